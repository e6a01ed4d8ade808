"""Days and moments of accounts: when a thing was said, of what time, and which comes first."""

from __future__ import annotations

import datetime as dt

from standoff.model.when import first_day, last_day, parse_when

DAY, WEEK, MONTH, YEAR = 1, 7, 31, 366


def precision(edtf: str | None) -> str | None:
    """Day, week, month, year or interval; None when nothing is known."""
    when = parse_when(edtf)
    if when is None or edtf is None:
        return None
    if when.earliest is None or when.latest is None:
        return "interval"
    days = (when.latest - when.earliest).days + 1
    if "/" in edtf and days > DAY:
        return "week" if days == WEEK else "interval"
    return next((name for limit, name in _LIMITS if days <= limit), "interval")


_LIMITS = ((DAY, "day"), (WEEK, "week"), (MONTH, "month"), (YEAR, "year"))


def day_of(*candidates: str | None) -> dt.date | None:
    """Last day of the first candidate that is a date."""
    return next((day for day in map(last_day, candidates) if day is not None), None)


def starts_after(edtf: str | None, limit: dt.date | None) -> bool:
    """Whether an EDTF expression begins after a day. Unknown does not."""
    first = first_day(edtf)
    return limit is not None and first is not None and first > limit


def same_moment(a: str | None, b: str | None) -> bool:
    """Whether two as-of times are one: the same day, or the same wider expression."""
    if a is None or b is None:
        return a is b
    if precision(a) == "day" and precision(b) == "day":
        return first_day(a) == first_day(b)
    return a == b


def days_apart(a: dt.date | None, b: dt.date | None) -> int | None:
    """Days between two days, or None when one is unknown."""
    return abs((a - b).days) if a and b else None
