"""The shape of exact words in the brief, and of what cites them."""

from __future__ import annotations

import msgspec

from standoff.model import Span, Spans


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """Exact words: the report, where they stand in its text layer, and the passage that shows them.

    ``text`` is null when texts are withheld; its ``pieces`` are joined by " … ". ``span`` reaches from the
    first to the last; both always count the report's own text layer.
    """

    report: str
    report_number: int
    span: Span
    pieces: Spans
    text: str | None
    passage: str


class Cite(msgspec.Struct, frozen=True, kw_only=True):
    """An annotation that something rests on, and its words."""

    id: str
    source: str
    words: Words
