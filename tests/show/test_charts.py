"""Charts and map: what is drawn stands where the numbers say, and nothing is invented."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.show.brief import charts
from standoff.show.brief.ledger_chart import sum_chart
from standoff.show.brief.map import HEIGHT, WIDTH, draw
from standoff.show.brief.svg import tag
from standoff.show.brief.wording import day, nested, pretty

COUNT = st.integers(0, 10**9)


@given(st.lists(st.tuples(st.none() | COUNT, st.none() | COUNT), min_size=1, max_size=9))
def test_a_scale_holds_every_bound_in_order_with_few_ticks(bounds):
    items = [{"low": low, "high": high, "best": None} for low, high in bounds]
    scale = charts.scale_of(items)
    known = sorted(value for pair in bounds for value in pair if value is not None)
    if not known:
        assert scale is None
        return
    assert scale.low <= known[0]
    assert known[-1] <= scale.high
    places = [scale.at(value) for value in known]
    assert places == sorted(places)
    assert all(0 < place < 100 for place in places)
    assert 2 <= len(scale.ticks) <= 6


def test_open_bounds_are_hollow_with_an_arrow_and_unknown_draws_nothing():
    scale = charts.Scale(0, 20, (0, 10, 20))
    for low, high, open_ in ((12, None, True), (None, 12, True), (12, 14, False)):
        drawn = charts.interval({"low": low, "high": high, "best": None}, scale, "x")
        assert ('class="arrow ' in drawn) == open_
        assert ('class="hollow"' in drawn) == open_
    unknown = charts.interval({"low": None, "high": None, "best": None}, scale, "x")
    assert 'class="bar"' not in unknown
    assert 'class="mark' not in unknown


def test_bounds_without_assumptions_are_drawn_apart_from_those_with_them():
    scale, item = charts.Scale(0, 20, (0, 10, 20)), {"low": 12, "high": 14, "best": None}
    drawn = charts.interval(item, scale, "x", 0, {"low": 12, "high": None})
    assert 'class="plain"' in drawn
    assert 'class="arrow plain-arrow"' in drawn
    assert 'class="hollow"' not in drawn


def test_no_marker_stands_at_a_number_nobody_said():
    scale = charts.Scale(0, 100, (0, 100))
    drawn = charts.interval({"low": 20, "high": 40, "best": None}, scale, "x")
    assert f'x="{scale.pct(20)}"' in drawn
    assert f'x="{scale.pct(40)}"' in drawn
    assert f'x="{scale.pct(30)}"' not in drawn


def test_sources_are_told_apart_by_shape():
    shapes = charts.shapes_of(["a", "b", "a", "c"])
    assert shapes == {"a": 0, "b": 1, "c": 2}
    scale, one = charts.Scale(0, 2, (0, 2)), {"low": 1, "high": 1, "best": 1}
    drawn = {re.sub(r'class="[^"]*"', "", charts.interval(one, scale, "", n)) for n in range(8)}
    assert len(drawn) == 8, "eight sources differ without their colours"


def test_svg_escapes_what_it_is_given():
    assert tag("text", '<b>"&', x="<") == '<text x="&lt;">&lt;b&gt;&#34;&amp;</text>'


@pytest.mark.parametrize(
    ("text", "drawn"), [("17 = 6 + 11", True), ("about 17 = 6 + 11", False), ("20 = 46 − 26", False)]
)
def test_only_exact_sums_are_drawn(text, drawn):
    assert (sum_chart(text) is not None) == drawn


def place(name: str, lat: float | None, lon: float | None, radius: float | None = 1.0, mentions: int = 1):
    return {
        "id": f"g-{name}", "name": name, "lat": lat, "lon": lon, "radius_km": radius, "mentions": mentions,
        "anchor": name,
    }  # fmt: skip


def test_far_and_unknown_places_are_listed_apart_and_areas_marked_so():
    near = [place("a", 10.0, 10.0), place("b", 10.3, 10.2), place("c", 9.8, 10.4)]
    others = [place("far", -40.0, 100.0), place("vast", 11.0, 11.0, 900.0), place("unknown", None, None)]
    drawn = draw(near + others)
    assert [each["name"] for _, each in drawn.shown] == ["a", "b", "c", "vast"]
    assert [each["name"] for each in drawn.apart] == ["far", "unknown"]
    assert str(drawn.svg).count('class="spot area"') == 1
    assert 'class="radius"' not in str(draw([place("vast", 11.0, 11.0, 900.0)]).svg)


def test_a_record_without_places_has_no_map():
    assert draw([]) is None
    assert draw([place("unknown", None, None)]) is None


@settings(max_examples=40)
@given(st.lists(st.tuples(st.floats(-85, 85), st.floats(-180, 180)), min_size=1, max_size=4))
def test_every_place_shown_lies_in_the_drawing(points):
    drawn = draw([place(str(n), lat, lon) for n, (lat, lon) in enumerate(points)])
    spots = re.findall(r'<circle cx="([-\d.]+)" cy="([-\d.]+)" r="11"', str(drawn.svg))
    assert len(spots) == len(drawn.shown) >= 1
    assert all(0 <= float(x) <= WIDTH and 0 <= float(y) <= HEIGHT for x, y in spots)


def test_the_date_line_does_not_tear_the_map_apart():
    drawn = draw([place("west", -17.0, 179.5), place("east", -17.2, -179.5)])
    xs = [float(x) for x in re.findall(r'<circle cx="([-\d.]+)"[^>]*r="11"', str(drawn.svg))]
    assert len(xs) == 2
    assert xs[0] < xs[1]
    assert math.isclose(sum(xs) / 2, WIDTH / 2, rel_tol=0.05)


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2031-03-04", "4 Mar 2031"), ("2031-03", "Mar 2031"), ("2031", "2031"), ("2031-21", "spring 2031"),
        ("2031-03-04T06:30", "4 Mar 2031 06:30"), ("2031-03-04/2031-03-06", "4 Mar 2031 to 6 Mar 2031"),
        ("../2031-03", "until Mar 2031"), ("2031-03/..", "Mar 2031 or later"), ("2031-03~", "about Mar 2031"),
        ("2031-03-04?", "4 Mar 2031 (uncertain)"), (None, "date not known"), ("nonsense", "nonsense"),
    ],
)  # fmt: skip
def test_dates_read_as_a_person_writes_them(edtf, words):
    assert day(edtf) == words


def test_sentences_keep_their_words():
    assert pretty("as of 2031-03-04, not 2031") == "as of 4 Mar 2031, not 2031"
    assert nested("“yes,” he said") is True
    assert nested("he said “yes.”") is True
    assert nested("he said so") is False
