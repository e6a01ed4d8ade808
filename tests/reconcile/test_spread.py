"""Order under uncertainty and the counting of days, against brute force."""

from __future__ import annotations

import datetime as dt
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from standoff.model import Quantity
from standoff.model.when import parse_when
from standoff.reconcile.tables.durations import Lasting, day_number, elapsed, in_days, reckoned_start, verdict
from standoff.reconcile.tables.spread import OPEN, Spread, common, places, spread_of, surely_before

DAYS = st.integers(0, 9).map(lambda n: dt.date(2031, 3, 1) + dt.timedelta(days=n))


@st.composite
def spreads(draw: st.DrawFn) -> Spread:
    """Any spread within ten days; either side may be open."""
    first, last = sorted((draw(DAYS), draw(DAYS)))
    return Spread(draw(st.sampled_from([first, None])), draw(st.sampled_from([last, None])))


@given(st.lists(spreads(), max_size=8))
def test_places_leave_room_for_all_that_is_surely_before_and_after(some):
    for at, (first, last) in enumerate(places(some)):
        before = sum(surely_before(other, some[at]) for other in some)
        after = sum(surely_before(some[at], other) for other in some)
        assert (first, last) == (1 + before, len(some) - after)
        assert 1 <= first <= last <= len(some)


@given(st.lists(spreads(), max_size=8))
def test_sorting_by_the_first_possible_day_breaks_no_certain_order(some):
    shown = sorted(some, key=lambda each: (each.anchor is None, each.anchor or dt.date.min))
    for at, early in enumerate(shown):
        assert not any(surely_before(late, early) for late in shown[at + 1 :])


@given(st.lists(spreads(), max_size=5))
def test_common_days_are_those_that_all_allow(some):
    found, agree = common(some)
    window = [dt.date(2031, 2, 20) + dt.timedelta(days=n) for n in range(30)]

    def allows(each: Spread, day: dt.date) -> bool:
        return each.meets(Spread(day, day))

    shared = [day for day in window if all(allows(each, day) for each in some)]
    assert agree == bool(shared)
    for day in window:
        if agree:
            assert allows(found, day) == (day in shared)
        elif any(allows(each, day) for each in some):
            assert allows(found, day)  # nobody's day is lost where they disagree


@given(spreads(), spreads())
def test_days_elapsed_hold_whatever_days_are_true(start, end):
    fewest, most = elapsed(start, end)
    if None in {*start, *end}:
        assert (fewest is None) == (end.earliest is None or start.latest is None)
        return
    pairs = [
        (a, b) for a, b in product(range_of(start), range_of(end)) if a <= b
    ]  # it does not end before it begins
    for a, b in pairs:
        assert fewest <= (b - a).days <= most
        assert fewest <= (b - a).days + 1 <= most
    if pairs:
        assert fewest == min((b - a).days for a, b in pairs)
        assert most == max((b - a).days for a, b in pairs) + 1


def range_of(spread: Spread) -> list[dt.date]:
    assert spread.earliest
    assert spread.latest
    return [spread.earliest + dt.timedelta(days=n) for n in range((spread.latest - spread.earliest).days + 1)]


@given(DAYS, DAYS)
def test_the_day_it_began_is_day_one(began, on):
    low, high = day_number(Spread(began, began), Spread(on, on))
    assert high == (on - began).days + 1
    assert low == max(1, (on - began).days + 1)


def lasting(low=None, high=None, unit="day", **more) -> Lasting:
    best = low if low == high else None
    quantity = Quantity(
        id="q", start=0, end=1, text="x", kind="duration", low=low, high=high, best=best, unit=unit, **more
    )
    return Lasting(quantity, *in_days(quantity), noun=None, span=(0, 1))


def held(said: Lasting, start: str, end: str) -> str:
    return verdict(said, *elapsed(spread_of(start), spread_of(end)))


def test_more_than_ten_days_from_28_august_to_7_september_holds_counted_with_both_ends():
    assert held(lasting(10, low_open=True), "2017-08-28", "2017-09-07") == "holds"
    assert held(lasting(10, 10), "2017-08-28", "2017-09-07") == "holds"
    assert held(lasting(10, low_open=True), "2017-08-29", "2017-09-07") == "too long"
    assert held(lasting(11, low_open=True), "2017-08-28", "2017-09-07") == "too long"
    assert held(lasting(5, 5), "2017-08-28", "2017-09-07") == "too short"


def test_weeks_and_months_are_round_numbers():
    assert held(lasting(18, 18, "week"), "1996-12-17", "1997-04-22") == "holds"
    assert held(lasting(4, unit="month", low_open=True), "1996-12-17", "1997-04-22") == "holds"
    assert held(lasting(5, 5, "month"), "1996-12-17", "1997-04-22") == "too long"
    assert held(lasting(3, 3, "week"), "1996-12-17", "1997-04-22") == "too short"


def test_what_cannot_be_reckoned_is_open_unless_a_bound_settles_it():
    assert held(lasting(10, 10), "../2017-08-28", "2017-09-30") == "too short"
    assert held(lasting(10, 10), "../2017-08-28", "2017-09-07") == "open"
    assert held(lasting(40, 40), "2017-08-28/..", "2017-09-07") == "too long"
    assert held(lasting(2, 2), "2017-08-28/..", "2017-09-07") == "open"


@given(DAYS, st.integers(1, 400), st.sampled_from(["day", "week", "month", "year"]))
def test_a_beginning_reckoned_back_makes_its_own_duration_hold(told, number, unit):
    said = lasting(number, number, unit)
    on = Spread(told, told)
    start = reckoned_start(said, on)
    assert verdict(said, *elapsed(start, on)) == "holds"


@given(st.sampled_from(["2031-03", "2031-03-05", "2031-03-05/2031-03-09", "2031", "2031-03-05/..", None]))
def test_a_spread_is_the_bounds_of_its_expression(edtf):
    when = parse_when(edtf)
    assert spread_of(edtf) == (Spread(when.earliest, when.latest) if when else OPEN)
