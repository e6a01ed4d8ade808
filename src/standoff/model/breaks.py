"""Breaks between the sentences of a text, by surface signs alone, found once for a text that many ask of."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache

BREAK = re.compile(r"(?<=[.!?…”\"])\s+(?=[\"“‘'(]?[^\W\d_a-z])|\n{2,}")
AHEAD = 2
"""So many characters behind a break are looked at."""


@lru_cache(maxsize=8192)
def breaks_of(text: str) -> tuple[list[int], list[int]]:
    """Where the breaks of a whole text begin, and where they end."""
    found = [each.span() for each in BREAK.finditer(text)]
    return [begin for begin, _ in found], [end for _, end in found]


def last_break(text: str, start: int, at: int) -> int | None:
    """Where the last break ends that begins at the start or later, in the text up to a point and the one
    character there."""
    begin, ends = breaks_of(text)
    n = bisect_right(ends, at) - 1
    touches = n >= 0 and ends[n] == at and not text[at : at + 1].isalpha()
    if touches or within_gap(text, start) or text[at : at + 1].isspace():
        return max((found.end() for found in BREAK.finditer(text, start, at + 1)), default=None)
    return ends[n] if n >= 0 and begin[n] >= start else None


def next_break(text: str, at: int, end: int) -> int | None:
    """Where the first break begins in the text between a point and an end."""
    begin, ends = breaks_of(text)
    n = bisect_left(begin, at)
    if n < len(begin) and ends[n] + AHEAD <= end and not within_gap(text, at):
        return begin[n]
    found = BREAK.search(text, at, end)
    return found.start() if found else None


def within_gap(text: str, at: int) -> bool:
    """Whether a point lies within white space: a break counts only from there on."""
    return at > 0 and text[at - 1 : at + 1].isspace()
