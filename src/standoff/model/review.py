"""A review: a person's decision, appended and signed, never overwriting what it decides on."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from standoff.model.spans import Spans

Action = Literal["accept", "reject", "correct", "merge", "split", "add", "undo"]


class Anchor(msgspec.Struct, frozen=True, kw_only=True):
    """What a review names: report text hash, layer, spans and the quoted words.

    For things that have no words of their own (parties, incidents, questions) ``layer`` is
    that thing's kind and ``key`` its members' key; spans are empty.
    """

    layer: str
    text_sha256: str | None = None
    spans: Spans = ()
    quote: str | None = None
    key: str | None = None


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """Who decided what on which anchors, when and why. ``value`` holds corrected fields.

    ``undoes`` is the entry number of the review that an undo takes back.
    """

    action: Action
    targets: tuple[Anchor, ...] = ()
    value: dict[str, Any] | None = None
    by: str
    at: str
    why: str | None = None
    undoes: int | None = None
