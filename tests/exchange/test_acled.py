"""ACLED's table: unknown deaths are the one 0 of the project, and are marked as such."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from standoff.exchange.acled import BESIDE, COLUMNS, acled
from standoff.model import (
    Aggregate,
    Axes,
    Derived,
    Incident,
    Party,
    PlaceReferent,
    Question,
    Referents,
    View,
)


def incident(name: str, **more: Any) -> Incident:
    told = {
        "type": "ASSAULT",
        "mode": "aerial",
        "when": "2031-05-02",
        "quantities": ("q",),
        "reports": ("a",),
    }
    return Incident(id=name, name="attack or harm (aerial)", **{**told, **more})


def asked(name: str, lowest: float | None, low: float | None, high: float | None) -> Question:
    rule = {"version": 2, "of": "x", "means": "x", "source": "x"}
    return Question(
        id=name, question="How many people were killed?", kind="number", incident="in-1",
        aggregates=(
            Aggregate(id="a1", rule="lowest", low=lowest, high=lowest, best=lowest, **rule),
            Aggregate(id="a2", rule="minmax", low=low, high=high, **rule),
        ),
    )  # fmt: skip


def figure(question: str, *, disputed: bool = False, harm: str = "killed") -> dict[str, object]:
    return {"question": question, "harm": harm, "disputed": disputed}


def view(*incidents: Incident, questions: tuple[Question, ...] = (), figures: Any = ()) -> View:
    place = PlaceReferent(id="g-1", name="Ossel", lat=1.23456, lon=-2.5, radius_km=20.0, country="NZ")
    party = Party(id="p-1", name="River Command", type="armed_group")
    harm = ({"incident": "in-1", "figures": list(figures)},) if figures else ()
    return View(
        name="dam", axes=Axes(), reports=(), readings=(),
        referents=Referents(incidents=incidents, places=(place,), parties=(party,)),
        derived=Derived(questions=questions, harm=harm),
    )  # fmt: skip


def rows(of: View) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(acled(of).files["dam.acled.csv"])))


def test_columns_are_those_of_the_codebook_then_ours() -> None:
    header = acled(view()).files["dam.acled.csv"].splitlines()[0]
    assert header == ",".join((*COLUMNS, *BESIDE))
    assert len(COLUMNS) == 31


def test_unknown_deaths_are_zero_and_say_so() -> None:
    (row,) = rows(view(incident("in-1")))
    assert (row["fatalities"], row["fatalities_flag"], row["fatalities_low"]) == ("0", "not reported", "")


def test_the_lowest_figure_is_written_with_what_it_stands_for() -> None:
    told = view(
        incident("in-1", place="g-1", actors=("p-1",)),
        questions=(asked("qn-1", 9, 9, 17), asked("qn-2", 2, 2, 2)),
        figures=[figure("qn-1", disputed=True), figure("qn-2")],
    )
    (row,) = rows(told)
    assert (row["fatalities"], row["fatalities_flag"]) == ("9", "reported")
    assert (row["fatalities_low"], row["fatalities_high"]) == ("9", "17")
    assert "contested" in row["fatalities_note"]
    assert (row["event_type"], row["sub_event_type"]) == ("Explosions/Remote violence", "Air/drone strike")
    assert (row["location"], row["latitude"], row["longitude"], row["geo_precision"]) == (
        "Ossel", "1.2346", "-2.5000", "2",
    )  # fmt: skip
    assert row["actor1"] == "River Command"


def test_injured_are_not_dead() -> None:
    told = view(
        incident("in-1"), questions=(asked("qn-1", 9, 9, 9),), figures=[figure("qn-1", harm="injured")]
    )
    assert rows(told)[0]["fatalities_flag"] == "not reported"


@pytest.mark.parametrize(
    ("when", "day", "exact"),
    [
        ("2031-05-02", "2031-05-02", "1"),
        ("2031-05-02/2031-05-06", "2031-05-04", "2"),
        ("2031-05", "2031-05-16", "3"),
        ("2031-05-02T14:00", "2031-05-02", "1"),
    ],
)
def test_a_date_is_its_middle_with_its_precision(when: str, day: str, exact: str) -> None:
    (row,) = rows(view(incident("in-1", when=when)))
    assert (row["event_date"], row["time_precision"]) == (day, exact)


@pytest.mark.parametrize("when", [None, "2031", "2031-05/..", "2031-01/2031-12"])
def test_nothing_coarser_than_a_month_is_a_row(when: str | None) -> None:
    made = acled(view(incident("in-1", when=when)))
    assert rows(view(incident("in-1", when=when))) == []
    assert [loss.count for loss in made.losses if "month" in loss.what] == [1]


def test_what_fits_no_type_is_told_as_lost() -> None:
    made = acled(view(incident("in-1", type="ACCUSE", mode=None)))
    assert [str(loss) for loss in made.losses] == [
        "1 incidents of no ACLED type: what was done fits none of its types without a coder"
    ]
