"""Things that were destroyed: "burned 40 huts", "five cars burning", "set three of the trucks on fire"."""

from __future__ import annotations

import re
from functools import cache

from standoff import vocab
from standoff.read.event_words import verb_forms
from standoff.read.quantities.draft import Draft
from standoff.read.quantities.page import Page
from standoff.read.quantities.persons import is_person, singular

BEFORE, BEHIND = 60, 70
"""Code points before and behind a count within which words tell what became of it."""
CLAUSE = re.compile(r"[.;:!?\n“”\"]|,\s+(?:and|but|while|which|who|where)\s")
SOME = (
    r"(?:\s+(?:as\s+many\s+as|up\s+to|at\s+least|more\s+than|about|around|some|nearly|the|other|[\w-]+ly))*"
    r"\s*$"
)
"""Words between a verb and the count that it is done to."""


def destroyed(page: Page, draft: Draft) -> bool:
    """Whether the words round a count of things tell that they were destroyed or burned."""
    what = singular(draft.what or "")
    if not what or draft.kind != "count" or draft.personal or is_person(what) or what in _kept():
        return False
    if any(word in _words()["is"] for word in draft.counted.words[:-1]):
        return True
    before = CLAUSE.split(page.text[max(0, draft.start - BEFORE) : draft.start])[-1]
    behind = CLAUSE.split(page.text[draft.end : draft.end + BEHIND])[0]
    if _doing().search(before) or _done().match(behind):
        return True
    return _setting().search(before) is not None and _alight().match(behind) is not None


def spoils(word: str) -> bool:
    """Whether a verb form tells that a thing is destroyed."""
    return word.casefold() in _forms()


@cache
def _words() -> dict[str, list[str]]:
    found: dict[str, list[str]] = vocab.load("en/quantity_roles")["destroyed"]
    return found


@cache
def _kept() -> frozenset[str]:
    return frozenset(_words()["kept"])


def _any(*lists: list[str]) -> str:
    words = {word for each in lists for word in each}
    return "|".join(
        re.escape(each).replace(r"\ ", r"\s+") for each in sorted(words, key=lambda w: (-len(w), w))
    )


@cache
def _forms() -> list[str]:
    return sorted({form for verb in _words()["done"] for form in verb_forms(verb)})


@cache
def _doing() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_any(_forms(), _words()['doing'])}){SOME}", re.IGNORECASE)


@cache
def _done() -> re.Pattern[str]:
    was = r"(?:had|has|have|were|was|are|is|been|being|be|also|then|reportedly|completely|partly)"
    return re.compile(rf"\s+(?:{was}\s+)*(?:{_any(_forms(), _words()['became'])})\b", re.IGNORECASE)


@cache
def _setting() -> re.Pattern[str]:
    return re.compile(rf"\bset(?:ting|s)?{SOME}", re.IGNORECASE)


@cache
def _alight() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{_any(_words()['alight'])})\b", re.IGNORECASE)
