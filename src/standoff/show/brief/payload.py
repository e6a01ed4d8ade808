"""The one payload that the brief is made of."""

from __future__ import annotations

import msgspec


class Brief(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a brief shows."""

    schema: str
