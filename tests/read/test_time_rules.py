"""The rules match their examples, and what they give becomes EDTF that holds the right days."""

from __future__ import annotations

import calendar
import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.model.when import parse_when
from standoff.read.times.edtf import to_edtf
from standoff.read.times.lexer import lex
from standoff.read.times.rules import RULES

DAYS = st.dates(dt.date(1960, 1, 1), dt.date(2039, 12, 31))


@pytest.mark.parametrize("number", range(len(RULES)))
def test_every_rule_matches_its_example(number: int) -> None:
    assert RULES[number].pattern.fullmatch(lex(RULES[number].example).symbols), RULES[number].example


def _values(day: dt.date) -> dict[str, tuple[dt.date, dt.date]]:
    """TIMEX3 values that hold a day, with their first and last days told by the calendar alone."""

    def month(year: int, number: int) -> tuple[dt.date, dt.date]:
        return dt.date(year, number, 1), dt.date(year, number, calendar.monthrange(year, number)[1])

    year, week = day.year, day.isocalendar()
    monday = day - dt.timedelta(days=day.weekday())
    days = [monday + dt.timedelta(days=step) for step in range(7)]
    quarter, half = (day.month - 1) // 3, (day.month - 1) // 6
    return {
        day.isoformat(): (day, day),
        f"{day.isoformat()}TMO": (day, day),
        f"{day.isoformat()}T09:30": (day, day),
        f"{day.isoformat()}T24:00": (day, day),
        f"{year}-{day.month:02d}": month(year, day.month),
        f"{year}": (dt.date(year, 1, 1), dt.date(year, 12, 31)),
        f"{year // 10}": (dt.date(year // 10 * 10, 1, 1), dt.date(year // 10 * 10 + 9, 12, 31)),
        f"{year // 100}": (dt.date(year // 100 * 100, 1, 1), dt.date(year // 100 * 100 + 99, 12, 31)),
        f"{year}-Q{quarter + 1}": (month(year, quarter * 3 + 1)[0], month(year, quarter * 3 + 3)[1]),
        f"{year}-H{half + 1}": (month(year, half * 6 + 1)[0], month(year, half * 6 + 6)[1]),
        f"{week.year}-W{week.week:02d}": (days[0], days[6]),
        f"{week.year}-W{week.week:02d}-WE": (days[5], days[6]),
    }


@given(
    day=DAYS, mod=st.sampled_from([None, "APPROX", "BEFORE", "AFTER", "ON_OR_BEFORE", "ON_OR_AFTER", "END"])
)
@settings(max_examples=60, deadline=None)
def test_edtf_of_every_value_holds_exactly_its_days(day: dt.date, mod: str | None) -> None:
    for value, (first, last) in _values(day).items():
        when = parse_when(to_edtf(value, mod))
        assert when is not None, value
        opens = (mod or "").removeprefix("ON_OR_")
        assert when.earliest == (None if opens == "BEFORE" else first), (value, mod, when)
        assert when.latest == (None if opens == "AFTER" else last), (value, mod, when)


@given(text=st.text(alphabet="0123456789-XTWQHPSUMODEFRYZ:_", max_size=14))
@settings(max_examples=200, deadline=None)
def test_edtf_of_any_value_is_edtf_or_nothing(text: str) -> None:
    found = to_edtf(text)
    assert found is None or parse_when(found) is not None


@pytest.mark.parametrize(
    "value", ["P3D", "PXW", "PRESENT_REF", "XXXX-WXX-1", "XXXX-12-25", "2019-W60", "2019-Q5", "2019-02-30"]
)
def test_what_is_no_date_has_no_edtf(value: str) -> None:
    assert to_edtf(value) is None
