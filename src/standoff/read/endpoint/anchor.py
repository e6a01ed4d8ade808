"""Quoted words back to places in the text; what does not stand there is refused and counted."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from standoff.model import Span
from standoff.read.endpoint.shape import Quote

LIMIT = 6_000
"""Code points of one passage, at most, unless a paragraph alone is longer."""


class Anchor:
    """Finds quotes in one passage of a text, and counts what was asked and what was refused."""

    def __init__(self, text: str, passage: Span) -> None:
        self._text, self._passage = text, passage
        self.asked = self.refused = 0

    def span(self, quote: Quote) -> Span | None:
        """Where the words stand in the text, in code points; None when they do not stand there so often."""
        self.asked += 1
        start, end = self._passage
        at = start - 1
        for _ in range(max(1, quote.nth) if quote.words.strip() else 0):
            at = self._next(quote.words, at + 1, end)
            if at < 0:
                break
        if not quote.words.strip() or at < start:
            self.refused += 1
            return None
        return at, at + len(quote.words)

    def _next(self, words: str, at: int, end: int) -> int:
        """The next place of the words that cuts no word in two; -1 when there is none."""
        while (at := self._text.find(words, at, end)) >= 0:
            if not (self._joined(at) or self._joined(at + len(words))):
                return at
            at += 1
        return -1

    def _joined(self, at: int) -> bool:
        """Whether the signs on both sides of an offset belong to one word."""
        around = self._text[max(0, at - 1) : at + 1]
        return 0 < at < len(self._text) and all(c.isalnum() or unicodedata.combining(c) for c in around)

    def spans(self, quotes: Sequence[Quote]) -> tuple[Span, ...]:
        """Places of those quotes that stand in the passage, in text order."""
        return tuple(sorted({found for each in quotes if (found := self.span(each)) is not None}))


def passages(text: str, limit: int = LIMIT) -> Iterator[Span]:
    """The text in passages of whole paragraphs, each at most ``limit`` code points where that can be had."""
    start, size = 0, len(text)
    while start < size:
        end = min(size, start + limit)
        if end < size:
            cut = max(text.rfind("\n\n", start + 1, end), text.rfind("\n", start + limit // 2, end))
            cut = cut if cut > start else text.rfind(" ", start + 1, end)
            end = cut if cut > start else end
        if text[start:end].strip():
            yield start, end
        start = end
