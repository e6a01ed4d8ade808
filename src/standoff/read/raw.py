"""What the encoder says of attributions before anything is resolved."""

from __future__ import annotations

import msgspec

from standoff.model import Spans

ATTRIBUTIONS = "standoff.attributions"
"""Key of ``Doc.user_data`` under which the encoder leaves a ``list[RawAttribution]``."""


class RawAttribution(msgspec.Struct, frozen=True, kw_only=True):
    """Source, cue and content as code-point spans, linked, with the linker's confidence (0 to 1)."""

    source: Spans = ()
    cue: Spans = ()
    content: Spans = ()
    confidence: float = 1.0
