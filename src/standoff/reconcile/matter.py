"""What a passage is about: its words by stem, with the notions they belong to, and how telling each is.

Stems are cut by rule, so that "shelled", "shelling" and "shells" are one; notions ("kill", "strike") come
from ``en/disputes.toml`` and join what differs in words. A word is the more telling the fewer passages have
it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from itertools import chain
from math import fsum, log
from typing import Any

from standoff import vocab

WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
NOTION = "≈"
"""Begins the key of a notion, so that it meets no stem."""
SHORTEST = 3
FEW = 20
"""Added to the number of passages, so that in a small record a word that two of them share still weighs."""
DIGITS = 4
"""Of so many binary digits is a number of passages that says how telling a word is."""


@cache
def table(name: str) -> dict[str, Any]:
    """One table of the words by which sides differ."""
    found: dict[str, Any] = vocab.load("en/disputes")[name]
    return found


@cache
def pattern(section: str, key: str) -> vocab.Caseless:
    """A pattern of the vocabulary, matched without case."""
    return vocab.Caseless(table(section)[key])


@cache
def _base_forms() -> dict[str, str]:
    irregular: dict[str, list[str]] = vocab.load("en/verb_forms")["irregular"]
    return {form: base for base, forms in irregular.items() for form in forms}


ENDINGS = (
    ("ies", "y"), ("ations", "at"), ("ation", "at"), ("ions", ""), ("ion", ""), ("ments", ""), ("ment", ""),
    ("ings", ""), ("ing", ""), ("ied", "y"), ("ed", ""), ("es", ""), ("s", ""), ("ly", ""),
)  # fmt: skip
"""Endings and what takes their place, the longer first."""


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A word's stem: casefolded, without its ending, a doubled last consonant or a final e."""
    plain = re.sub(r"['’]s?$", "", word.casefold())
    plain = _base_forms().get(plain) or _base_forms().get(plain.removesuffix("s")) or plain
    for ending, instead in ENDINGS:
        if plain.endswith(ending) and len(plain) - len(ending) >= SHORTEST and not plain.endswith("ss"):
            plain = plain[: len(plain) - len(ending)] + instead
            break
    if len(plain) > SHORTEST and plain[-1] == plain[-2] and plain[-1] not in "aeiousl":
        plain = plain[:-1]
    return plain[:-1] if len(plain) > SHORTEST and plain.endswith("e") else plain


@cache
def _empty() -> frozenset[str]:
    return frozenset(each for word in table("words")["empty"] for each in (word, stem(word)))


@cache
def _notions() -> dict[str, str]:
    concepts: dict[str, list[str]] = vocab.load("en/disputes")["concepts"]
    return {
        stem(word): NOTION + name for name, words in concepts.items() for word in words if " " not in word
    }


def stems(text: str) -> frozenset[str]:
    """Stems of the words of a text that say what it is about, with their notions."""
    return frozenset(chain.from_iterable(map(_telling, WORD.findall(text))))


@lru_cache(maxsize=65536)
def _telling(word: str) -> tuple[str, ...]:
    """A word's stem, and its notion if it has one; nothing where it says nothing of what a text is about."""
    plain = word.casefold()
    cut = stem(plain)
    if word == "March":  # the month; a march is telling
        return ()
    if len(plain) < SHORTEST or plain in _empty() or cut in _empty():
        return ()
    return (cut, _notions()[cut]) if cut in _notions() else (cut,)


def surface(text: str, wanted: Iterable[str]) -> list[str]:
    """The words of a text that have one of these stems, as they are written, each stem once."""
    left = set(wanted)
    found = []
    for match in WORD.finditer(text):
        cut = stem(match.group())
        if cut in left:
            left.discard(cut)
            found.append(match.group())
    return found


def roughly(n: int) -> int:
    """A number by its first binary digits: small ones as they are, larger ones only when they grow by a step
    of six to twelve percent."""
    rest = max(n.bit_length() - DIGITS, 0)
    return n >> rest << rest


class Weights:
    """How telling each stem is in a record: the logarithm of how few passages have it, counted roughly, so
    that one report more leaves most weights as they are."""

    def __init__(self, passages: Iterable[frozenset[str]]) -> None:
        self._held: Counter[str] = Counter()
        self._all = 0
        for words in passages:
            self._held.update(words)
            self._all += 1
        self._weight: dict[str, float] = {}
        self._compared: tuple[Weights, frozenset[str]] | None = None

    def changed_since(self, before: Weights) -> Callable[[str], bool]:
        """Whether a stem weighs otherwise than in an earlier record."""
        if before is self:
            return lambda _: False
        if roughly(before._all) != roughly(self._all):
            return lambda _: True
        if self._compared is None or self._compared[0] is not before:
            self._compared = before, self._other_steps(before)
            before._compared = None  # or each would hold on to all that were before it
        return self._compared[1].__contains__

    def _other_steps(self, before: Weights) -> frozenset[str]:
        """The stems whose number of passages is another one by now, counted roughly."""
        now, was = self._held, before._held
        moved = [key for key, n in now.items() if was.get(key) != n]
        gone = [key for key in was if key not in now]
        return frozenset(key for key in (*moved, *gone) if self._step(key) != before._step(key))

    def _step(self, key: str) -> int:
        return roughly(self._held[key])

    def of(self, key: str) -> float:
        """Weight of one stem or notion; a notion weighs less than a word of its own."""
        known = self._weight.get(key)
        if known is None:
            found = log((roughly(self._all) + FEW) / (self._step(key) + 1))
            known = self._weight[key] = 0.6 * found if key.startswith(NOTION) else found
        return known

    def total(self, keys: Iterable[str]) -> float:
        """Weight of several together. Summed exactly, so that equal sets weigh the same."""
        return fsum(map(self.of, keys))


CUT = vocab.Caseless(r"(?<!\d)[,:]|[,:](?!\d)|[;—]| -- | - |\b(?:and|but|while|who|which|whereas)\b")


def clause_around(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """The clause of a text around some words, by commas, colons and joining words."""
    cuts = [0, *_cuts(text), len(text)]  # in order
    return cuts[bisect_right(cuts, span[0]) - 1], cuts[bisect_left(cuts, span[1])]


@lru_cache(maxsize=256)
def _cuts(text: str) -> tuple[int, ...]:
    return tuple(chain.from_iterable(CUT.spans(text)))
