"""Sentences of a text, by surface signs alone."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache

from standoff import vocab
from standoff.model import Span
from standoff.model.breaks import AHEAD, BREAK, within_gap
from standoff.model.spans import trim

TITLE = re.compile(r"\b(\w+)\.$")
LONGEST = 400


def sentence_around(text: str, span: Span) -> Span:
    """The sentence that holds a span, by surface signs alone; the span itself when that is too long."""
    start, end = max(0, span[0] - LONGEST), min(len(text), span[1] + LONGEST)
    left, right = _break_before(text, start, span[0]), _break_after(text, span[1], end)
    if left is None:
        left = start if start == 0 else span[0]
    if right is None:
        right = end if end == len(text) else span[1]
    return trim(text, (left, right)) if left < right else span


def _break_before(text: str, start: int, at: int) -> int | None:
    """Where the last break ends that begins at the start or later, and ends by a point."""
    if within_gap(text, start) or text[at : at + 1].isspace():
        # Further than the point, for the break right before a span looks ahead at its first words.
        return max((end for _, end in _breaks(text, start, at + AHEAD) if end <= at), default=None)
    begin, ends = _all_breaks(text)
    n = bisect_right(ends, at) - 1
    return ends[n] if n >= 0 and begin[n] >= start else None


def _break_after(text: str, at: int, end: int) -> int | None:
    """Where the first break begins between a point and an end."""
    begin, ends = _all_breaks(text)
    n = bisect_left(begin, at)
    if n < len(ends) and ends[n] + AHEAD <= end and not within_gap(text, at):
        return begin[n]
    return next((first for first, _ in _breaks(text, at, end)), None)


@lru_cache(maxsize=8192)
def _all_breaks(text: str) -> tuple[list[int], list[int]]:
    """Where the breaks of a whole text begin, and where they end: many spans are asked of one text."""
    found = list(_breaks(text, 0, len(text)))
    return [begin for begin, _ in found], [end for _, end in found]


def _breaks(text: str, start: int, end: int) -> Iterator[Span]:
    """Ends of sentences within a stretch; a title cut short before a name ("Lt. Gen. Orr") is none."""
    titles = vocab.words("en/abbreviations", "before_names")
    for found in BREAK.finditer(text, start, end):
        last = TITLE.search(text, max(0, found.start() - 8), found.start())
        if last is None or last.group(1).casefold() not in titles:
            yield found.span()
