"""The report's own voice, and words that the report gives twice."""

from __future__ import annotations

import re
from bisect import bisect_right

from standoff.model import Span, Spans
from standoff.model import spans as sp
from standoff.read.statements.quotes import paragraphs
from standoff.read.statements.tokens import trimmed

WORD = re.compile(r"\w+")
NUMBERING = re.compile(r"\s+\(?\d+/\d*\)?\s*$")
SHORTEST = 5


def own_content(text: str, credited: list[Span]) -> Spans:
    """All paragraphs of a text without the spans credited to sources."""
    taken = sp.merge(credited)
    starts = [s for s, _ in taken]
    left: list[Span] = []
    for start, end in paragraphs(text):
        at = start
        index = max(0, bisect_right(starts, start) - 1)
        while index < len(taken) and taken[index][0] < end:
            low, high = taken[index]
            if low > at:
                left.append((at, low))
            at = max(at, high)
            index += 1
        if at < end:
            left.append((at, end))
    kept = (_words_only(text, span) for span in left)
    return tuple(span for span in kept if span)


def _words_only(text: str, span: Span) -> Span | None:
    start, end = sp.trim(text, span)
    while start < end and text[start] in ",;:—–-”’)\"'. \n":
        start += 1
    while start < end and text[end - 1] in " ,;:—–-“(\n":
        end -= 1
    return (start, end) if any(c.isalnum() for c in text[start:end]) else None


class Repeats:
    """Paragraphs by their words, to find where a quotation is shown a second time."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._table: dict[tuple[str, ...], list[Span]] = {}
        for span in paragraphs(text):
            inner = trimmed(text, span)
            if inner is not None:
                self._table.setdefault(key(text[slice(*inner)]), []).append(sp.trim(text, span))

    def of(self, piece: Span) -> Span | None:
        """Another paragraph with the very words of a piece (hash signs and numbering aside), or None."""
        wanted = key(self._text[slice(*piece)])
        if len(wanted) < SHORTEST:
            return None
        others = [s for s in self._table.get(wanted, ()) if not sp.overlap(s, piece)]
        return others[0] if others else None


def key(words: str) -> tuple[str, ...]:
    """The words alone, without case, marks and a tweet's numbering."""
    return tuple(WORD.findall(NUMBERING.sub("", words).casefold()))
