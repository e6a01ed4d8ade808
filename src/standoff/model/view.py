"""The three time axes that every view can be cut along."""

from __future__ import annotations

import msgspec


class Axes(msgspec.Struct, frozen=True, kw_only=True):
    """``as_of``: held on a date; ``known_by``: published by then; ``recorded_by``: in the log by an entry."""

    as_of: str | None = None
    known_by: str | None = None
    recorded_by: int | None = None

    def words(self) -> str:
        """The flags as printed on every table and brief, or an empty string."""
        flags = (
            ("--as-of", self.as_of),
            ("--known-by", self.known_by),
            ("--recorded-by", self.recorded_by),
        )
        return " ".join(f"{flag} {value}" for flag, value in flags if value is not None)
