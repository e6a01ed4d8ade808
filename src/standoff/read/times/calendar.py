"""Calendar arithmetic: a day and a unit as a TIMEX3 value, and the day so many units away."""

from __future__ import annotations

import datetime as dt

from standoff.vocab import load

SEASON_STARTS: dict[str, int] = load("en/seasons")["starts"]
_MONTHS_IN = {
    "month": 1,
    "quarter": 3,
    "half": 6,
    "year": 12,
    "decade": 120,
    "century": 1200,
    "millennium": 12000,
}
_DAYS_IN = {"day": 1, "night": 1, "weekend": 7, "week": 7, "fortnight": 14}
GRAINS = ("day", "week", "month", "quarter", "half", "year", "decade", "century")


def make_day(year: int, month: int = 1, day: int = 1) -> dt.date | None:
    """The date, or None where there is no such day."""
    try:
        return dt.date(year, month, day)
    except (ValueError, OverflowError):
        return None


def shift(day: dt.date, unit: str, count: int) -> dt.date | None:
    """The day ``count`` units on, or back if negative; at most the month's end. None if out of range."""
    if unit in _DAYS_IN:
        try:
            return day + dt.timedelta(days=count * _DAYS_IN[unit])
        except OverflowError:
            return None
    if unit not in _MONTHS_IN:
        return day
    months = day.year * 12 + day.month - 1 + count * _MONTHS_IN[unit]
    year, month = divmod(months, 12)
    for last in (day.day, 30, 29, 28):
        found = make_day(year, month + 1, min(day.day, last))
        if found:
            return found
    return None


def quarter_of(day: dt.date) -> int:
    """1 to 4."""
    return (day.month + 2) // 3


def value_at(day: dt.date, unit: str) -> str:
    """TIMEX3 value of the day, week, month ... that holds ``day``."""
    week = day.isocalendar()
    plain = {
        "week": f"{week.year:04d}-W{week.week:02d}",
        "fortnight": f"{week.year:04d}-W{week.week:02d}",
        "weekend": f"{week.year:04d}-W{week.week:02d}-WE",
        "month": f"{day.year:04d}-{day.month:02d}",
        "quarter": f"{day.year:04d}-Q{quarter_of(day)}",
        "half": f"{day.year:04d}-H{1 if day.month < 7 else 2}",
        "year": f"{day.year:04d}",
        "decade": f"{day.year // 10:03d}",
        "century": f"{day.year // 100:02d}",
        "millennium": f"{day.year // 1000:01d}XXX",
        "night": f"{day.isoformat()}TNI",
    }
    return plain.get(unit, day.isoformat())


def near_weekday(anchor: dt.date, weekday: int, side: str) -> dt.date | None:
    """The ``weekday`` (1 Monday) on or before ("past"), after ("future"), or on or after ("next") a day."""
    behind = (anchor.isoweekday() - weekday) % 7
    days = -behind if side == "past" else (7 - behind if side == "future" or behind else 0)
    return shift(anchor, "day", days)


def near_month(anchor: dt.date, month: int, side: str) -> int:
    """Year of the last ("past") or next ("future") such month; the anchor's own month counts for both."""
    if side == "past":
        return anchor.year - (month > anchor.month)
    if side == "future":
        return anchor.year + (month < anchor.month)
    distance = (month - anchor.month + 5) % 12 - 5
    return anchor.year + (anchor.month - 1 + distance) // 12


def season_year(anchor: dt.date, code: str, side: str) -> int:
    """Year in which the last or next such season begins; winter belongs to the year of its December."""
    start = SEASON_STARTS[code]
    begun = anchor.month >= start
    if side == "past":
        return anchor.year if begun else anchor.year - 1
    over = anchor.month >= start + 3
    return anchor.year + 1 if over else anchor.year


def easter(year: int) -> dt.date:
    """Western Easter Sunday (anonymous Gregorian computus)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return dt.date(year, month, day + 1)
