"""Places that no gazetteer has, told by the words beside their names. All names are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from standoff.model import Context, Mention, Place
from standoff.read.host import load_host
from standoff.read.layers import Layers
from standoff.read.places.gazetteer import gazetteer
from standoff.read.places.lookup import Lookup
from standoff.read.places.page import Page
from standoff.read.places.runs import told_runs
from standoff.read.places.told import cues

BODIES = ("person", "organisation", "armed_group")


def read(text: str) -> tuple[list[Place], list[Mention]]:
    layers = Layers(load_host().doc(text), Context())
    return layers.get("places"), layers.get("mentions")


def found(text: str, name: str) -> list[Place]:
    """The places of that name, and a check that nobody of that name is mentioned beside them."""
    places, mentions = read(text)
    spans = [(place.start, place.end) for place in places if place.name.casefold() == name.casefold()]
    for mention in mentions:
        if mention.type in BODIES and mention.form == "name":
            assert not any(start <= mention.start and mention.end <= end for start, end in spans)
    return [place for place in places if (place.start, place.end) in spans]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Fighting broke out on Friday in the town of Oum Talouba, near the border.", "Oum Talouba"),
        ("The rebels entered Oum Talouba at dawn and raised their flag.", "Oum Talouba"),
        ("Shelling of Tal Zerkan went on for a third day, residents said.", "Tal Zerkan"),
        ("The village of Kazhimir was hit by two rockets on Sunday.", "Kazhimir"),
        ("At least six people died when shells fell on Wadi Sulim camp on Monday.", "Wadi Sulim"),
        ("Government troops retook Mbandera after a week of fighting.", "Mbandera"),
        ("The army said the battle for Shakhlovo was over.", "Shakhlovo"),
        ("Thousands fled Dar Ghezira as the column drew near.", "Dar Ghezira"),
    ],
)
def test_the_words_beside_a_name_nobody_knows_make_it_a_place(text: str, name: str) -> None:
    (place,) = found(text, name)
    assert (place.lat, place.lon, place.geonameid, place.candidates) == (None, None, None, ())


def test_all_mentions_of_a_name_are_read_as_the_surest() -> None:
    text = (
        "The rebels took the town of Oum Talouba on Friday.\n\nOum-Talouba was quiet on Saturday. "
        "A trader from Oum Talouba said that shops were closed."
    )
    assert len(found(text, "Oum Talouba")) + len(found(text, "Oum-Talouba")) == 3


def test_names_in_capitals_are_read_the_same() -> None:
    text = (
        "REBELS ENTERED THE TOWN OF OUM TALOUBA ON FRIDAY, A SOURCE SAID. TEN PEOPLE DIED IN OUM TALOUBA, "
        "IN WHICH A MARKET WAS HIT."
    )
    assert len(found(text, "OUM TALOUBA")) == 2
    assert not found(text, "IN")


def test_speakers_and_bodies_are_no_places() -> None:
    text = (
        "Colonel Djibar Tafek told reporters that troops had captured Mr Kelmo Issar. "
        "Kelmo Issar said nothing. In a report to Zentrix, the firm said that it trusted Tafek."
    )
    places, mentions = read(text)
    assert not places
    assert {"Kelmo Issar", "Djibar Tafek"} <= {m.text for m in mentions if m.type == "person"}


def test_a_known_town_taken_for_a_person_is_a_place_and_no_person() -> None:
    text = "The talks were held in Addis Ababa on Monday, the ministry said."
    places, mentions = read(text)
    assert [place.name for place in places] == ["Addis Ababa"]
    assert not [m for m in mentions if m.type == "person" and m.form == "name"]


def test_a_short_form_of_a_body_is_no_hamlet() -> None:
    places, _ = read("The UN said on Monday that the UN Security Council would meet in New York.")
    assert [place.name for place in places] == ["New York"]


@pytest.mark.parametrize(
    ("text", "name", "feature"),
    [
        ("Police in Peru said a bomb exploded in Lima on Monday.", "Lima", "city"),
        ("The Lima region in Peru was flooded on Monday.", "Lima", "admin1"),
        ("The White House in Washington said the United States would not talk.", "Washington", "city"),
        ("Seattle and Tacoma, in the state of Washington, were flooded.", "Washington", "admin1"),
    ],
)
def test_a_bare_name_is_the_town_and_not_the_unit_around_it(text: str, name: str, feature: str) -> None:
    places, _ = read(text)
    assert feature in {place.feature for place in places if place.name.startswith(name)}


def test_a_small_namesake_far_from_the_whole_report_is_not_taken() -> None:
    text = "Troops in Chad moved from Abeche to Arada on Sunday. N'Djamena said Arada was calm."
    places, _ = read(text)
    arada = [place for place in places if place.name == "Arada"]
    assert arada
    assert all(place.lat is None and place.candidates for place in arada)


def test_cues_of_a_list_hold_for_each_name() -> None:
    words = ["the", "villages", "of", "Orlat", ",", "Bramo", "and", "Tasse"]
    page = Page(Doc(load_host().doc("x").vocab, words=words, pos=["X"] * len(words)))
    assert cues(page, 3, 4).kind_of
    assert cues(page, 7, 8).kind_of


@given(
    st.lists(
        st.sampled_from(["the", "town", "of", "Oum", "-", "Zerk", "in", "and", "IN", "said", ",", "camp"])
    )
)
def test_runs_lie_in_order_and_apart(words: list[str]) -> None:
    pos = ["PROPN" if word[0].isupper() else "NOUN" for word in words]
    doc = Doc(load_host().doc("x").vocab, words=words, pos=pos)
    runs = told_runs(Page(doc), Lookup(gazetteer()), lambda at: False)
    bounds = [at for run in runs for at in (run.first, run.last)]
    assert bounds == sorted(bounds)
    assert all(run.first < run.last <= len(words) for run in runs)


@pytest.mark.parametrize(
    ("text", "wide"),
    [
        ("DORVIK, Ostmarra, May 4 (Agency) - Shells hit the market in Dorvik on Friday.", {"Ostmarra"}),
        ("Dorvik, Ostmarra (AG) - Shells hit the market in Dorvik on Friday.", {"Ostmarra"}),
        ("Fighting went on in southern Ostmarra and in the town of Dorvik on Friday.", {"Ostmarra"}),
        ("Troops entered Ostmarra province and the town of Dorvik on Friday.", {"Ostmarra"}),
        ("DORVIK, May 4 (Agency) - Fighting went on in southern Dorvik on Friday.", set()),
        ("Troops entered the town of Dorvik on Friday.", set()),
    ],
)
def test_what_tells_that_an_unknown_name_is_of_more_than_a_town(text: str, wide: set[str]):
    places, _ = read(text)
    assert {each.name for each in places if each.feature == "region"} == wide
    assert "dorvik" in {each.name.casefold() for each in places if each.feature != "region"}


def test_what_stands_second_in_a_dateline_is_no_small_town_of_that_name():
    (town,) = found("Traders came to Varzaneh near Isfahan in Iran on Friday.", "Varzaneh")
    assert town.feature == "city"
    for where in ("in Dorvik", "near Isfahan in Iran"):
        text = f"DORVIK, Varzaneh, May 4 (Agency) - Shells hit the market {where} on Friday."
        assert [(each.lat, each.feature) for each in found(text, "Varzaneh")] == [(None, "region")]
