"""A report's text with its passages marked: escaped, nested, each leading back to what rests on it."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup, escape

ONE = Markup('<a class="back" href="#{anchor}" title="{label}" aria-label="to {label}">↑</a>')
SEVERAL = Markup(
    '<a class="back" href="#use-{passage}" title="used in {n} places" aria-label="to {n} uses">↑{n}</a>'
)

STRONG = ("dispute", "figures", "ledger", "a sum", "what cannot")
"""What a label begins with when a figure or a dispute rests on the passage."""


class Piece(NamedTuple):
    """A passage, or a part of one that crosses another; ``first``/``last`` part of it."""

    start: int
    end: int
    passage: dict[str, Any]
    first: bool
    last: bool


def marked(text: str, passages: Sequence[dict[str, Any]]) -> Markup:
    """The text as HTML: every passage a mark with its id, followed by a link back."""
    out: list[str | Markup] = []
    open_: list[Piece] = []
    at = 0

    def close(until: int) -> None:
        nonlocal at
        while open_ and open_[-1].end <= until:
            piece = open_.pop()
            out.extend((escape(text[at : piece.end]), Markup("</mark>"), _back(piece)))
            at = piece.end

    for piece in pieces_of(passages, len(text)):
        close(piece.start)
        out.extend((escape(text[at : piece.start]), _open(piece)))
        at = piece.start
        open_.append(piece)
    close(len(text))
    return Markup("").join((*out, escape(text[at:])))


def pieces_of(passages: Sequence[dict[str, Any]], length: int) -> Iterator[Piece]:
    """Passages as pieces that lie within one another or apart, in text order, outer ones first."""
    inside = [(n, p) for n, p in enumerate(passages) if 0 <= p["start"] < p["end"] <= length]
    waiting = [(p["start"], -p["end"], n, True) for n, p in inside]
    heapq.heapify(waiting)
    ends: list[int] = []
    while waiting:
        start, minus, n, first = heapq.heappop(waiting)
        while ends and ends[-1] <= start:
            ends.pop()
        end = -minus
        if ends and end > ends[-1]:
            heapq.heappush(waiting, (ends[-1], minus, n, False))
            end = ends[-1]
        ends.append(end)
        yield Piece(start, end, passages[n], first, end == -minus)


def _strong(piece: Piece) -> bool:
    return any(cited["label"].startswith(STRONG) for cited in piece.passage["cited_by"])


def _open(piece: Piece) -> Markup:
    kind = "strong" if _strong(piece) else "soft"
    if not piece.first:
        return Markup('<mark class="{}">').format(kind)
    return Markup('<mark class="{}" id="{}" tabindex="-1">').format(kind, piece.passage["id"])


def _back(piece: Piece) -> Markup:
    """An arrow after what figures rest on: to the one that does, or to the list of all that do.

    What else is cited has no arrow, or the text could not be read for them; it stands in that list too.
    """
    cited = piece.passage["cited_by"]
    if not piece.last or not _strong(piece):
        return Markup("")
    if len(cited) == 1:
        return ONE.format(anchor=cited[0]["anchor"], label=cited[0]["label"])
    return SEVERAL.format(passage=piece.passage["id"], n=len(cited))
