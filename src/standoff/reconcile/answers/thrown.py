"""Denials that tell themselves whose words they deny: "rejecting accounts by X that ...", "a rebel claim to
have ..."."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from standoff.model.ids import slug
from standoff.reconcile.answers.denials import Denial
from standoff.reconcile.answers.passages import Passage
from standoff.reconcile.matter import pattern, stem, stems
from standoff.reconcile.shelf import Shelf

SAME_SENTENCE = 90
"""How far before a second verb, in code points, its subject's words may end."""


@dataclass(frozen=True)
class Matched:
    """A denial with the passages that tell what it denies."""

    denial: Denial
    against: tuple[Passage, ...]


def thrown_out(shelf: Shelf, page: list[Passage]) -> list[Matched]:
    """Denials of one page whose own sentence holds both sides, in the order of the passages."""
    found = []
    for each in page:
        if each.retold:
            continue
        for match in pattern("denial", "thrown_out").finditer(each.text):
            made = _both(shelf, each, match, page)
            if made:
                found.append(made)
    return found


def _both(shelf: Shelf, host: Passage, match: re.Match[str], page: list[Passage]) -> Matched | None:
    denier = host if host.party else _subject(host, page)
    whose = _author(shelf, host, match, page)
    if denier is None or denier.party is None or whose is None:
        return None
    name, author = whose
    if author == denier.party:
        return None
    start = host.span[0]
    end = start + match.end("what")
    claims = tuple(c for c in host.claims if c.trigger and start + match.start("what") <= c.trigger[0] < end)
    denied = replace(
        denier,
        page=host.page,
        statement=host.statement if host.party else denier.statement,
        span=host.span if host.party else (start + match.start(), end),
        said=(start + match.start("what"), end),
        claims=claims,
        retold=denier.statement.party
        if denier.statement and denier.statement.party
        else shelf.name(denier.party),
        host=host.span,
    )
    text = host.page.text[start + match.start("what") : end]
    told = replace(
        host,
        span=(start + match.start("what"), end),
        said=None,
        party=author,
        speaker=author,
        words=stems(text) & host.words,
        named=frozenset(),
        claims=claims,
        retold=name,
        host=host.span,
    )
    words = stems(text)
    return Matched(Denial(denied, False, frozenset(), True, True, words, text), (told,))


def _subject(host: Passage, page: list[Passage]) -> Passage | None:
    """Whose second verb this is: the source of the statement that ends right before, in one sentence."""
    before = [each for each in page if each.statement and not each.retold and each.span[1] <= host.span[0]]
    last = max(before, key=lambda each: each.span[1], default=None)
    if last is None or host.span[0] - last.span[1] > SAME_SENTENCE:
        return None
    return None if re.search(r"[.!?]\s|\n", host.page.text[last.span[1] : host.span[0]]) else last


def _author(shelf: Shelf, host: Passage, match: re.Match[str], page: list[Passage]) -> tuple[str, str] | None:
    """Name and party of whose words are thrown out: named after "by", or by the word before ("a rebel
    claim")."""
    by, adjective = match.group("by"), match.group("whose")
    if by:
        return by, shelf.principal(shelf.party_called(by))
    if adjective is None:
        return None
    root = stem(adjective)
    for each in page:
        if each.party and root in {stem(word) for word in slug(shelf.name(each.party)).split("-")}:
            return shelf.name(each.party), each.party
    return None
