"""One name is one place in a record, whichever namesake a report's reader took."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from standoff.model import Place, Reading
from standoff.resolve.places import known_by_name, resolve_places
from tests.resolve.make import READER

AT_HOME = {"lat": 5.0, "lon": 20.0, "country": "CF", "radius_km": 2.0, "feature": "city"}
ABROAD = {"lat": 50.0, "lon": 14.0, "country": "CZ", "radius_km": 2.0, "feature": "city"}
LAND = {"lat": 6.0, "lon": 21.0, "country": "CF", "radius_km": 400.0, "feature": "country", "geonameid": 1}


def reading(report: str, *places: Place) -> Reading:
    return Reading(report=report, text_sha256=report, reader=READER, places=places)


def place(report: str, name: str, geonameid: int | None = None, **fields: object) -> Place:
    known = {"geonameid": geonameid, "canonical": f"{name} as listed"} if geonameid else {}
    return Place(
        **{"id": f"{report}-{name}", "start": 0, "end": 5, "name": name, "confidence": 0.7} | known | fields
    )  # type: ignore[arg-type]


def home(report: str) -> Place:
    return place(report, "Landia", **LAND)


def test_a_village_that_one_report_takes_for_its_namesake_abroad_is_the_unknown_one() -> None:
    a = reading("a", home("a"), place("a", "Toram", 7, **ABROAD))
    b = reading("b", home("b"), place("b", "Toram"))
    places, place_of = resolve_places([a, b])
    assert place_of["a-Toram"] == place_of["b-Toram"]
    village = next(each for each in places if each.id == place_of["a-Toram"])
    assert (village.lat, village.country, village.name) == (None, None, "Toram")
    assert village.reports == ("a", "b")


def test_a_name_without_a_point_is_the_one_place_of_its_name_at_home() -> None:
    a = reading("a", home("a"), place("a", "Toram", 8, **AT_HOME))
    b = reading("b", home("b"), place("b", "Toram"))
    places, place_of = resolve_places([a, b])
    assert place_of["b-Toram"] == place_of["a-Toram"]
    assert next(each for each in places if each.id == place_of["b-Toram"]).geonameid == 8


def test_a_village_of_a_land_that_nothing_else_is_of_loses_its_point() -> None:
    rows = [reading(each, home(each), place(each, "Toram", 7, **ABROAD)) for each in "ab"]
    places, place_of = resolve_places(rows)
    assert next(each for each in places if each.id == place_of["a-Toram"]).lat is None


def test_a_village_of_another_land_that_is_told_of_keeps_it() -> None:
    prague = {**ABROAD, "radius_km": 30.0, "geonameid": 9}
    rows = [reading(each, home(each), place(each, "Toram", 7, **ABROAD)) for each in "abcd"]
    rows[0] = reading("a", home("a"), place("a", "Toram", 7, **ABROAD), place("a", "Prague", **prague))
    places, place_of = resolve_places(rows)
    assert next(each for each in places if each.id == place_of["b-Toram"]).geonameid == 7


def test_cities_and_what_people_chose_keep_their_points() -> None:
    city = {**ABROAD, "radius_km": 30.0}
    a = reading(
        "a", home("a"), place("a", "Toram", 7, **city), place("a", "Selm", 6, confidence=1.0, **ABROAD)
    )
    b = reading("b", home("b"), place("b", "Toram"), place("b", "Selm"))
    others = [reading(each, home(each)) for each in "cdef"]
    places, place_of = resolve_places([a, b, *others])
    assert {each.geonameid for each in places} >= {6, 7}
    assert place_of["a-Toram"] != place_of["b-Toram"]


def test_a_town_of_a_land_that_nothing_else_is_of_keeps_its_point() -> None:
    town = {**ABROAD, "radius_km": 10.0}
    rows = [reading(each, home(each), place(each, "Toram", 7, **town)) for each in "ab"]
    places, place_of = resolve_places(rows)
    assert next(each for each in places if each.id == place_of["a-Toram"]).geonameid == 7


def test_where_two_places_at_home_bear_a_name_nothing_is_moved() -> None:
    one, two = place("a", "Toram", 8, **AT_HOME), place("b", "Toram", 9, **{**AT_HOME, "lat": 7.0})
    c = reading("c", home("c"), place("c", "Toram", 7, **ABROAD))
    d = reading("d", home("d"), place("d", "Toram"))
    rows = [reading("a", home("a"), one), reading("b", home("b"), two), c, d]
    _, place_of = resolve_places(rows)
    assert len({place_of[f"{each}-Toram"] for each in "abcd"}) == 4


NAMES = st.sampled_from(["Toram", "Selm", "Aru"])
POINTS = st.sampled_from(
    [{}, {"geonameid": 3, **AT_HOME}, {"geonameid": 4, **ABROAD}, {"geonameid": 5, **LAND}]
)


@given(st.lists(st.tuples(NAMES, POINTS), max_size=8), st.randoms())
def test_every_mention_keeps_one_place_in_any_order(
    told: list[tuple[str, dict[str, object]]], random
) -> None:
    rows = [
        reading(f"r{n}", place(f"r{n}", name, **point))  # type: ignore[arg-type]
        for n, (name, point) in enumerate(told)
    ]
    places, place_of = resolve_places(rows)
    assert sorted(place_of) == sorted(each.id for row in rows for each in row.places)
    assert sorted(m for each in places for m in each.mentions) == sorted(place_of)
    random.shuffle(rows)
    again, of = resolve_places(rows)
    assert of == place_of
    assert {each.id for each in again} == {each.id for each in places}


def test_where_no_country_is_known_the_name_told_more_often_without_a_point_is_the_one() -> None:
    a, b = reading("a", place("a", "Toram")), reading("b", place("b", "Toram", 7, **ABROAD))
    _, place_of = resolve_places([a, b])
    assert place_of["a-Toram"] == place_of["b-Toram"]
    c, d = reading("c", place("c", "Toram", 7, **ABROAD)), reading("d", place("d", "Toram", 7, **ABROAD))
    _, place_of = resolve_places([a, c, d])
    assert place_of["a-Toram"] != place_of["c-Toram"]


def test_a_name_in_the_capitals_of_a_dateline_is_known_as_it_is_written_elsewhere() -> None:
    sure = reading("a", place("a", "TORAM", 7, **AT_HOME | {"confidence": 0.95}))
    assert set(known_by_name([sure], {"a-TORAM": "pl-1"})) == {"TORAM", "Toram"}
    twice = [reading("a", place("a", "VOSKAR")), reading("b", place("b", "VOSKAR"))]
    assert known_by_name(twice, {"a-VOSKAR": "pl-2", "b-VOSKAR": "pl-2"})["Voskar"] == "pl-2"
    once = [reading("a", place("a", "VOSKAR"))]
    assert known_by_name(once, {"a-VOSKAR": "pl-2"}) == {}
