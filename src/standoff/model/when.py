"""Dates that may be open, approximate or intervals, written as EDTF (ISO 8601-2:2019, level 1).

A `When` is the bounds of an EDTF expression. ``None`` at either side is unknown or open.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from functools import lru_cache

import msgspec
from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

PLAIN_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
PLAIN_MONTH = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?")
"""A year, or a month of a year (not a season, which has a number above 12)."""


class When(msgspec.Struct, frozen=True, kw_only=True):
    """Bounds of a date: both ends inclusive days; ``approximate`` for ``~``, ``uncertain`` for ``?``."""

    edtf: str
    earliest: dt.date | None
    latest: dt.date | None
    approximate: bool = False
    uncertain: bool = False

    def may_meet(self, other: When) -> bool:
        """Whether the two may share a day; unknown ends meet everything."""
        starts_late = self.earliest and other.latest and self.earliest > other.latest
        ends_early = self.latest and other.earliest and self.latest < other.earliest
        return not (starts_late or ends_early)


def _day(struct: Sequence[int]) -> dt.date | None:
    year, month, day = struct[0], struct[1], struct[2]
    try:
        return dt.date(year, month, day)
    except (ValueError, TypeError):
        return None


def _bounds(side: str) -> tuple[dt.date | None, dt.date | None] | None:
    """First and last day of one side of an interval; open sides have neither."""
    if side in {"", ".."}:
        return None, None
    if PLAIN_DAY.fullmatch(side.split("T")[0]):  # by far the most common form; the library's grammar is slow
        try:
            return (day := dt.date.fromisoformat(side[:10])), day
        except ValueError:
            if "T" not in side:
                return None
    if PLAIN_MONTH.fullmatch(side) and side > "0001":
        year, month = int(side[:4]), int(side[5:] or 0)
        last = calendar.monthrange(year, month or 12)[1]
        return dt.date(year, month or 1, 1), dt.date(year, month or 12, last)
    try:
        parsed = parse_edtf(side.split("T")[0])
        return _day(parsed.lower_strict()), _day(parsed.upper_strict())
    except (EDTFParseException, AttributeError, TypeError, ValueError, OverflowError):
        return None


@lru_cache(maxsize=16384)
def parse_when(edtf: str | None) -> When | None:
    """Bounds of an EDTF string, or None when it is empty or not EDTF. Clock times keep their day."""
    sides = [_bounds(side) for side in edtf.split("/")] if edtf else []
    if not edtf or len(sides) > 2 or sides[0] is None or sides[-1] is None:
        return None
    return When(
        edtf=edtf,
        earliest=sides[0][0],
        latest=sides[-1][1],
        approximate="~" in edtf or "%" in edtf,
        uncertain="?" in edtf or "%" in edtf,
    )


@lru_cache(maxsize=16384)
def first_day(edtf: str | None) -> dt.date | None:
    """Earliest day of an EDTF expression, or None."""
    when = parse_when(edtf)
    return when.earliest if when else None


@lru_cache(maxsize=16384)
def last_day(edtf: str | None) -> dt.date | None:
    """Latest day of an EDTF expression, or None."""
    when = parse_when(edtf)
    return when.latest if when else None
