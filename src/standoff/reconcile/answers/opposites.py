"""Descriptions that exclude each other, as the vocabulary pairs them, and which of them a text may hold.

A text of a few words is searched for the forms that its words can make, never for all: one pattern of every
form of every pair took half of the time.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache

from standoff.model.derived import QuestionKind
from standoff.reconcile.matter import WORD, stem
from standoff.vocab import Caseless, load

WITHIN = 30
"""Days within which two descriptions may be of one thing."""
GIVEN = 2.2
"""What it counts that both speak of a thing of the few that can be so described, where the vocabulary does
not say."""
JOINT = re.compile("[-’']")
GAP = r"\s+(?:[\w’'-]+\s+){0,3}?"
"""What a lone ``*`` in a phrase stands for: up to three words."""
Side = tuple[int, int]
"""The number of a contrast, and one of its sides."""


@dataclass(frozen=True)
class Contrast:
    """Two descriptions that exclude each other: the forms of the words of each; ``ask`` names its question;
    ``of`` the things that can be so described, where only few can (``of_words`` the longest word of each form
    of them); ``named`` that one party must be named by
    both; ``days`` how far apart both may be told; ``given`` what it counts that both speak of such a thing;
    ``alike`` that any two such things may be one; ``tied`` that every conflict has many of them, so that more
    than a word must tie two.
    """

    kind: QuestionKind
    ask: str
    sides: tuple[tuple[str, ...], tuple[str, ...]]
    stems: frozenset[str]
    of: Caseless | None
    of_words: frozenset[str]
    named: bool
    days: int
    given: float
    alike: bool
    tied: bool


@cache
def contrasts() -> tuple[Contrast, ...]:
    """Every pair of descriptions of the vocabulary."""
    return tuple(
        Contrast(
            row["kind"],
            row["ask"],
            (_all_forms(row["a"]), _all_forms(row["b"])),
            frozenset(stem(word) for side in ("a", "b") for word in row[side] if " " not in word),
            Caseless(_words_of(_all_forms(row["of"]))) if "of" in row else None,
            frozenset(map(_longest, _all_forms(row.get("of", [])))),
            row.get("named", False),
            row.get("days", WITHIN),
            row.get("given", GIVEN if "of" in row else 0.0),
            row.get("alike", False),
            row.get("tied", False),
        )
        for row in load("en/disputes")["opposed"]
    )


@lru_cache(maxsize=8192)
def _any_of(forms: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(_words_of(forms), re.IGNORECASE)


def _words_of(forms: tuple[str, ...]) -> str:
    plain = [r"\s+".join(map(re.escape, form.split())).replace(r"\s+\*\s+", GAP) for form in forms]
    return r"\b(?:" + "|".join(plain) + r")\b"


def _all_forms(words: list[str]) -> tuple[str, ...]:
    return tuple(form for each in words for form in _forms(each))


def _forms(words: str) -> list[str]:
    """A word in its regular forms; a phrase as it is."""
    if " " in words:
        return [words]
    if words.endswith("y"):
        return [words, f"{words[:-1]}ies", f"{words[:-1]}ied", f"{words}ing"]
    if words.endswith("e"):
        return [words, f"{words}s", f"{words}d", f"{words[:-1]}ing"]
    return [words, f"{words}s", f"{words}es", f"{words}ed", f"{words}ing"]


@cache
def _by_word() -> dict[str, tuple[tuple[Side, int], ...]]:
    """For the longest word of every form: of which sides it is, and at which place among their forms."""
    found: dict[str, dict[tuple[Side, int], None]] = defaultdict(dict)
    for n, contrast in enumerate(contrasts()):
        for side, forms in enumerate(contrast.sides):
            for place, form in enumerate(forms):
                found[_longest(form)][(n, side), place] = None
    return {word: tuple(places) for word, places in found.items()}


@cache
def _contrasts_of() -> dict[str, frozenset[int]]:
    """For the longest word of every form: of which contrasts it is."""
    return {word: frozenset(n for (n, _), _ in places) for word, places in _by_word().items()}


def _longest(form: str) -> str:
    longest: str = max(WORD.findall(form), key=len)
    return longest.casefold()


@lru_cache(maxsize=65536)
def _parts(word: str) -> tuple[str, ...]:
    """A word, and the words that it is joined of: a form may stand in any of them ("ex-smuggler's")."""
    starts = [0, *(joint.end() for joint in JOINT.finditer(word))]
    ends = [*(joint.start() for joint in JOINT.finditer(word)), len(word)]
    return tuple(word[start:end] for start in starts for end in ends if start < end)


def patterns_for(words: set[str]) -> dict[int, list[re.Pattern[str] | None]]:
    """For every contrast that has one of these words, and one for a thing that can be so described, a pattern
    for each side: of those of its forms whose longest word is among them, which is far quicker than one of
    all its forms."""
    places, known = _by_word(), _contrasts_of()
    maybe: set[int] = set().union(*(known[word] for word in words & known.keys()))
    parts = words.union(*(_parts(word) for word in words if not word.isalpha())) if maybe else set()
    numbers = {n for n in maybe if contrasts()[n].of is None or contrasts()[n].of_words & parts}
    there: dict[Side, set[int]] = defaultdict(set)
    for part in parts & known.keys() if numbers else ():
        for side, place in places[part]:
            there[side].add(place)
    return {
        n: [
            _any_of(tuple(forms[place] for place in sorted(there[n, side]))) if there.get((n, side)) else None
            for side, forms in enumerate(contrasts()[n].sides)
        ]
        for n in sorted(numbers)
    }
