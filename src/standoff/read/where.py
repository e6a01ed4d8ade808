"""Which place names say where something was: not datelines, parts of longer names, or speakers' homes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from spacy.tokens import Doc

from standoff import vocab
from standoff.model import Mention, Place, Span, Statement
from standoff.model.spans import contains
from standoff.read.grammar import tokens_in

NAMING = frozenset({"compound", "amod", "nmod", "poss", "nsubj"})
"""Roles in which a place name names a party or a thing ("Syria agreed", "the Paris police")."""
DATELINE = re.compile(r"\s*[^\n]{0,90}?(?:\s[—–-]{1,2}\s|\)\s*[—–-]{1,2}\s)")
NAMED = re.compile(
    r"\s*[^\W\d_a-z][\w'’.-]+(?: [^\W\d_a-z][\w'’.-]+){0,2},[^\n()/]{2,40}?"
    r"(?:\([^\n()]{2,40}\)|/[^\n/]{2,40}/)(?:\s*[—–-]{1,2}\s|[.:]\s)"
)
"""A dateline in small letters, with its agency: "Port City, 4 May (Agency) - "."""
SHOUTED = re.compile(r"[^\W\d_][\w.'’-]*")


def scenes(
    doc: Doc, places: Sequence[Place], mentions: Iterable[Mention], statements: Iterable[Statement]
) -> list[Place]:
    """The places that something may be said to have happened at, in text order."""
    persons = [(m.start, m.end) for m in mentions if m.type == "person"]
    held = [each for each in statements if each.voice == "source"]
    tellers = [span for s in held for span in (*s.source, *s.cue)]
    told = [span for s in held for span in s.content]
    taken = sorted({*persons, *tellers})
    text = doc.text  # made anew by spaCy at each call
    _, start = dateline(text)
    return [
        place
        for place in places
        if place.start >= start
        and not _within(taken, place)
        and not _names_something(doc, text, place)
        and not _told_there(doc, place, told)
    ]


def dateline(text: str) -> Span:
    """Where ``CITY, May 6 (Agency) —`` stands on the first lines; the text proper begins at its end."""
    offset = 0
    for line in text[:1200].splitlines(keepends=True)[:8]:
        named, found = NAMED.match(line), DATELINE.match(line)
        first = SHOUTED.search(line)
        shouted = found and first and first[0].isupper() and len(first[0]) > 2
        opening = named or (found if shouted else None)
        if opening and first and first.start() < 3:
            return offset + first.start(), offset + opening.end()
        offset += len(line)
    return 0, 0


def _within(taken: Iterable[tuple[int, int]], place: Place) -> bool:
    return any(contains(span, (place.start, place.end)) for span in taken)


def _names_something(doc: Doc, text: str, place: Place) -> bool:
    tokens = tokens_in(doc, place.start, place.end)
    if tokens is None:
        return False
    root = tokens.root
    if tokens.end < len(doc) and doc[tokens.end].lower_ in _kinds() and root.head.i == tokens.end:
        root = root.head  # "the Sinai desert": the kind of place is part of the place
        return root.dep_ in NAMING
    follows = text[place.end : place.end + 2]
    nested = follows[:1] in {"-", "’", "'"} or (follows[:1] == " " and follows[1:].isupper())
    return root.dep_ in NAMING or (nested and root.dep_ != "pobj")


@cache
def _kinds() -> frozenset[str]:
    """Kinds of places that may follow a name; facilities do not, they are things of their own."""
    kinds = vocab.load("en/places_words")["kinds"]
    return frozenset(word for kind, words in kinds.items() if kind != "facility" for word in words)


@cache
def _speech() -> tuple[frozenset[str], frozenset[str]]:
    """Verbs of speaking; hearers and occasions, which may stand between such a verb and its place."""
    media = vocab.load("en/channels")["media"]
    return frozenset(media["speaking"]), frozenset(media["hearers"]) | frozenset(media["occasions"])


def _told_there(doc: Doc, place: Place, told: Iterable[tuple[int, int]]) -> bool:
    """Whether somebody speaks there ("told reporters in Orley"), outside of what is told itself."""
    tokens = tokens_in(doc, place.start, place.end)
    if tokens is None or tokens.root.dep_ != "pobj":
        return False
    governor = tokens.root.head.head
    speaking, between = _speech()
    # spaCy makes a token anew at each look: only its number tells whether it is the same
    while governor.lower_ in between and governor.head.i != governor.i:
        governor = governor.head
        if governor.pos_ == "ADP":
            governor = governor.head
    speaks = governor.lemma_.lower() in speaking
    return speaks and not any(start <= governor.idx < end for start, end in told)
