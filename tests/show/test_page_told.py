"""What the workbench's views are told: disputes, the ledger over a choice, the still map."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.model import LedgerGroup, LedgerStep
from standoff.show.brief.map import draw, still
from standoff.show.page import Parts
from standoff.show.words import around
from tests.show.fixture import view

PARTS = Parts(view(), {"tarvel-post.txt": 7})


def test_a_dispute_brings_the_text_around_each_account_and_what_a_decision_must_name():
    told = PARTS.dispute_view("ds-deaths")
    accounts = [account for side in told.dispute.sides for account in side.accounts]
    texts = {report.id: report.text for report in PARTS.view.reports}
    assert set(told.around) == {account.id for account in accounts}
    for account in accounts:
        before, after = (each.strip("…") for each in told.around[account.id])
        assert before + account.words.text + after in texts[account.words.report]
    assert {account.annotation for account in accounts} - {None} <= set(told.seen)


def test_what_would_settle_a_dispute_is_told_once_and_never_when_it_is_settled():
    for told in (PARTS.dispute_view(each).dispute for each in PARTS.disputes):
        assert told.settle
        assert len(set(told.settle)) == len(told.settle)
    settled = msgspec.structs.replace(PARTS.view.derived.disputes[0], status="settled")
    assert PARTS.dispute(1, settled).settle == ()


def test_a_dispute_in_a_list_has_the_name_of_its_place():
    assert PARTS.disputes["ds-deaths"].place_name == "Tarvel"


def test_all_voices_can_be_chosen_whoever_is_believed_now():
    """The list of voices is that of the whole record: a choice could not be widened again otherwise."""
    steps = [
        LedgerStep(
            at=None,
            kind="stock",
            low=1,
            high=1,
            best=1,
            text="1",
            rests_on=msgspec.convert({"low": [], "high": []}, _type("rests_on")),
            said_by=msgspec.convert({"low": [name], "high": []}, _type("said_by")),
            assumptions=(f"assumed by {name}",),
            without_assumptions=msgspec.convert({"low": 1, "high": 1}, _type("without_assumptions")),
        )
        for name in ("one", "two")
    ]
    whole, chosen = (_counted(steps), _counted(steps[:1]))
    told = chosen.ledger_view(None, whole=whole)
    assert told.voices == ("one", "two")
    assert told.assumptions == ("assumed by one", "assumed by two")
    assert len(told.group.steps) == 1


def _type(field: str) -> type:
    return next(each.type for each in msgspec.structs.fields(LedgerStep) if each.name == field)


def _counted(steps: list[LedgerStep]) -> Parts:
    base = view()
    group = LedgerGroup(id="gr-x", name="lorries", unit="lorry", steps=tuple(steps))
    ledger = msgspec.structs.replace(base.derived.ledger, groups=(group,))
    derived = msgspec.structs.replace(base.derived, ledger=ledger)
    return Parts(msgspec.structs.replace(base, derived=derived), {})


def test_the_overview_has_a_map_of_the_places_that_events_and_disputes_name():
    told = PARTS.overview
    on_it = {spot.id for spot in told.map.spots} | set(told.map.apart)
    assert on_it == {place.id for place in told.places}
    assert [mark.place for mark in told.marks] == ["g-1", None]
    assert msgspec.json.decode(msgspec.json.encode(told))["map"]["land"]


def test_the_drawn_map_is_the_still_one():
    places = [
        {"id": f"g-{n}", "name": f"p{n}", "lat": lat, "lon": 10.0, "radius_km": 1.0, "mentions": 1}
        for n, lat in enumerate((10.0, 10.2, None))
    ]
    made, drawn = still(places), draw(places)
    assert [spot.id for spot in made.spots] == [place["id"] for _, place in drawn.shown] == ["g-0", "g-1"]
    assert list(made.apart) == [place["id"] for place in drawn.apart] == ["g-2"]
    assert all(each.path in str(drawn.svg) for each in made.land)


@given(st.text(alphabet="ab \n", max_size=400), st.data())
def test_the_words_around_are_those_of_the_text(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    before, after = around(text, (start, end), width=40)
    assert text[:start].endswith(before.removeprefix("…"))
    assert text[end:].startswith(after.removesuffix("…"))
    assert "\n\n" not in before
    assert "\n\n" not in after
    assert max(len(before), len(after)) <= 41


def test_an_id_that_is_not_there_is_a_key_error():
    with pytest.raises(KeyError):
        PARTS.dispute_view("ds-nothing")
