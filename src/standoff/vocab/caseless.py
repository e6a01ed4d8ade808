"""Patterns of words matched without case, quickly where they do not hold.

The library's search without case tries every alternative at every place. A text in lower case searched for a
pattern in lower case passes over most of them at their first letter, which takes a half to a quarter of the
time. Most texts hold no match; only those that do are searched again as they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from sys import maxsize

LETTERS = re.compile(r"\\.|\(\?P<\w+>")
"""What of a pattern is no letter to be matched: signs after a backslash, names of groups."""
AGAIN = re.compile(r"\\[1-9]|\(\?P=")
"""A pattern that asks for what it found before."""
ALIKE = "ıſ"
"""Letters that match i and s without case, and are no capitals."""


class Caseless:
    """A pattern matched without case: it finds what `re` finds with ``IGNORECASE``."""

    __slots__ = ("_low", "_whole", "pattern")

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self._whole = re.compile(pattern, re.IGNORECASE)
        self._low = re.compile(pattern) if _is_low(pattern) else None

    def search(self, text: str, start: int = 0, end: int = maxsize) -> re.Match[str] | None:
        """The first match."""
        low = in_lower_case(text) if self._low else None
        if self._low and low is not None and self._low.search(low, start, end) is None:
            return None
        return self._whole.search(text, start, end)

    def match(self, text: str, start: int = 0, end: int = maxsize) -> re.Match[str] | None:
        """The match that begins at the start."""
        return self._whole.match(text, start, end)

    def finditer(self, text: str, start: int = 0, end: int = maxsize) -> Iterator[re.Match[str]]:
        """All matches."""
        low = in_lower_case(text) if self._low else None
        if self._low and low is not None and self._low.search(low, start, end) is None:
            return iter(())
        return self._whole.finditer(text, start, end)

    def sub(self, instead: str, text: str) -> str:
        """The text with something else in the place of each match."""
        return self._whole.sub(instead, text) if self.holds(text) else text

    def holds(self, text: str, start: int = 0, end: int = maxsize) -> bool:
        """Whether there is a match."""
        low = in_lower_case(text) if self._low else None
        pattern, text = (self._whole, text) if self._low is None or low is None else (self._low, low)
        return pattern.search(text, start, end) is not None

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where all matches stand."""
        low = in_lower_case(text) if self._low else None
        pattern, text = (self._whole, text) if self._low is None or low is None else (self._low, low)
        return [found.span() for found in pattern.finditer(text)]


@lru_cache(maxsize=256)
def in_lower_case(text: str) -> str | None:
    """The text in lower case, sign for sign; None where that is not what matching without case compares."""
    low = text.lower()
    return (
        low if low.isascii() or (len(low) == len(text) and not any(each in low for each in ALIKE)) else None
    )


def _is_low(pattern: str) -> bool:
    """Whether a pattern has the letters a to z alone, none of them a capital."""
    letters = [each for each in LETTERS.sub("", pattern) if each.isalpha()]
    return AGAIN.search(pattern) is None and all(each.isascii() and each.islower() for each in letters)
