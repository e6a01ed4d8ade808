"""From a TIMEX3 value to EDTF (ISO 8601-2, level 1). What no EDTF can say is None."""

from __future__ import annotations

import datetime as dt
import re

from standoff.model.when import parse_when
from standoff.vocab import load

_SEASONS: dict[str, str] = load("en/seasons")["edtf"]
_APPROXIMATE = frozenset({"APPROX"})
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def to_edtf(value: str, mod: str | None = None) -> str | None:
    """EDTF of a TIMEX3 value, None when it is no date: weeks, quarters and halves as intervals; with a mod
    AFTER or BEFORE the side that the words leave open is open, with APPROX both ends are approximate."""
    plain = _plain(value)
    if plain is None or parse_when(plain) is None:
        return None
    start, _, end = plain.partition("/")
    if mod in _APPROXIMATE and "T" not in plain and not plain.endswith("X"):
        return f"{start}~/{end}~" if end else f"{start}~"
    if mod in {"ON_OR_AFTER", "AFTER"}:
        return f"{start}/.."
    if mod in {"ON_OR_BEFORE", "BEFORE"}:
        return f"../{end or start}"
    return plain


def _plain(value: str) -> str | None:
    if re.fullmatch(_DATE, value):
        return value
    if re.fullmatch(r"\d{3}", value):
        return value + "X"
    if re.fullmatch(r"\d{2}", value):
        return value + "XX"
    if re.fullmatch(r"\dXXX", value):
        return value
    if match := re.fullmatch(r"(\d{4}-\d\d-\d\d)T(.*)", value):
        return _clock(match[1], match[2])
    if match := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        return f"{match[1]}-{_SEASONS[match[2]]}"
    if match := re.fullmatch(r"(\d{4})-([QH])([1-4])", value):
        return _stretch(int(match[1]), match[2], int(match[3]))
    if match := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        return _week(int(match[1]), int(match[2]), bool(match[3]))
    return None


def _clock(day: str, clock: str) -> str | None:
    if clock.startswith("24"):
        return day
    return f"{day}T{clock}" if re.match(r"\d\d", clock) else day


def _stretch(year: int, kind: str, number: int) -> str | None:
    length = 3 if kind == "Q" else 6
    last = number * length
    return f"{year:04d}-{last - length + 1:02d}/{year:04d}-{last:02d}" if last <= 12 else None


def _week(year: int, week: int, weekend: bool) -> str | None:
    try:
        first = dt.date.fromisocalendar(year, week, 6 if weekend else 1)
        last = dt.date.fromisocalendar(year, week, 7)
    except ValueError:
        return None
    return f"{first.isoformat()}/{last.isoformat()}"
