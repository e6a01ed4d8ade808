"""Spans: ``[start, end)`` in Unicode code points of a report's text layer."""

from __future__ import annotations

from collections.abc import Iterable

from standoff.errors import AnchorError

Span = tuple[int, int]
Spans = tuple[Span, ...]


def check_spans(spans: Iterable[Span], length: int, *, where: str = "text layer") -> None:
    """Raise `AnchorError` unless every span is non-empty and inside ``[0, length]``."""
    for start, end in spans:
        if not 0 <= start < end <= length:
            raise AnchorError(
                f"span [{start}, {end}) does not lie in a text of {length} code points", where=where
            )


def quote(text: str, spans: Iterable[Span], gap: str = " … ") -> str:
    """The quoted words; pieces of a discontinuous span are joined by ``gap``."""
    return gap.join(text[start:end] for start, end in spans)


def overlap(a: Span, b: Span) -> int:
    """Number of code points that two spans share."""
    start = a[0] if a[0] > b[0] else b[0]
    end = a[1] if a[1] < b[1] else b[1]
    return end - start if end > start else 0


def contains(outer: Span, inner: Span) -> bool:
    """Whether ``inner`` lies within ``outer`` (equal spans do)."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def covers(outer: Iterable[Span], inner: Span) -> bool:
    """Whether one piece of a discontinuous span contains ``inner``."""
    return any(contains(piece, inner) for piece in outer)


def hull(spans: Iterable[Span]) -> Span:
    """Smallest single span around all pieces. Raises `ValueError` when there are none."""
    pieces = list(spans)
    if len(pieces) == 1:
        return pieces[0]
    return min(s for s, _ in pieces), max(e for _, e in pieces)


def merge(spans: Iterable[Span], text: str = "") -> Spans:
    """Sort pieces and join those that touch, or that only white space of ``text`` parts."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and (start <= merged[-1][1] or (text and text[merged[-1][1] : start].isspace())):
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def trim(text: str, span: Span) -> Span:
    """The span without white space at either end (unchanged when it is all white space)."""
    start, end = span
    words = text[start:end]
    if not (words[:1].isspace() or words[-1:].isspace()):
        return span
    lead, tail = len(words) - len(words.lstrip()), len(words) - len(words.rstrip())
    return (start + lead, end - tail) if words.strip() else span


def utf16_offsets(text: str, offsets: Iterable[int]) -> list[int]:
    """Code-point offsets as UTF-16 code-unit offsets, for the browser only."""
    table = [0]
    for char in text:
        table.append(table[-1] + (2 if ord(char) > 0xFFFF else 1))
    return [table[offset] for offset in offsets]
