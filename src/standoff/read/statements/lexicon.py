"""Cue words with all their forms, looked up without a lemmatiser so that upper-case wire text works."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from spacy.tokens import Token

from standoff import vocab

VERB_TAGS = frozenset({"VERB", "AUX", "PROPN", "ADJ", "NOUN"})
VOWELS = "aeiou"


@cache
def cues() -> dict[str, Any]:
    """The cue vocabulary."""
    return vocab.load("en/cues")


@cache
def frame(name: str) -> frozenset[str]:
    """Lemmas of one frame: that, to, object, object_and, passive, nouns."""
    return frozenset(cues()[name])


@cache
def forms() -> dict[str, str]:
    """Every inflected form of every cue verb, lower case, to its lemma."""
    data = cues()
    lemmas = {lemma for name in ("that", "to", "object", "passive") for lemma in data[name]}
    lemmas |= set(data["prepositional"]) | set(data["irregular"])
    table: dict[str, str] = {}
    for lemma in sorted(lemmas):
        for form in inflected(lemma):
            table.setdefault(form, lemma)
    for lemma, extra in data["irregular"].items():
        table.update(dict.fromkeys([*extra, lemma], lemma))
    return table


def inflected(lemma: str) -> list[str]:
    """A regular verb's forms, its lemma first."""
    if lemma.endswith("e"):
        return [lemma, lemma + "s", lemma + "d", lemma[:-1] + "ing"]
    if lemma.endswith("y") and lemma[-2:-1] not in VOWELS:
        return [lemma, lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"]
    plural = "es" if lemma.endswith(("s", "sh", "ch", "x", "z")) else "s"
    return [lemma, lemma + plural, lemma + "ed", lemma + "ing"]


def cue_lemma(token: Token) -> str | None:
    """The cue verb that a token is a form of, or None; nouns count only in upper-case text."""
    lemma = forms().get(token.lower_)
    if lemma is None or token.pos_ not in VERB_TAGS:
        return None
    shouted = token.is_upper and len(token) > 1
    return lemma if token.pos_ in {"VERB", "AUX"} or shouted or token.lower_ in SAYING else None


SAYING = frozenset({"said", "says", "told", "tells", "adds", "added", "wrote", "writes", "tweeted", "tweets"})


@cache
def silent_pattern() -> re.Pattern[str]:
    """Phrases by which nothing was said: no statement, and never a denial."""
    return re.compile(r"\b(?:" + "|".join(cues()["silent_phrases"]) + r")\b", re.IGNORECASE)


def is_silent(text: str, start: int, end: int) -> bool:
    """Whether a cue at ``[start, end)`` belongs to words that say that nothing was said."""
    for match in silent_pattern().finditer(text, max(0, start - 40), min(len(text), end + 40)):
        if match.start() < end and match.end() > start:
            return True
    return False


@cache
def according_pattern() -> re.Pattern[str]:
    """ "According to" and its like, whatever white space parts their words."""
    phrases = (r"\s+".join(phrase.split()) for phrase in cues()["according"])
    return re.compile(r"\b(?:" + "|".join(phrases) + r")\b", re.IGNORECASE)


@cache
def stances() -> dict[str, tuple[str, ...]]:
    """Cue lemma (or lemma and preposition) to the stands it shows, in the order of the vocabulary."""
    table: dict[str, list[str]] = {}
    for stance, lemmas in cues()["stance"].items():
        for lemma in lemmas:
            table.setdefault(lemma, []).append(stance)
    return {lemma: tuple(found) for lemma, found in table.items()}


@cache
def shapes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Stands that the words of a content show whatever its cue."""
    return tuple(
        (stance, re.compile("|".join(patterns), re.IGNORECASE))
        for stance, patterns in cues()["shape"].items()
    )
