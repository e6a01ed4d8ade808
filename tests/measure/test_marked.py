"""Fully marked stretches: what counts as the same value, bound and unit, and what as a false alarm."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from standoff.measure import marked
from standoff.measure.intervals import Sums
from standoff.measure.layers.base import Document
from standoff.measure.layers.marked import MARKED
from standoff.model import Quantity, ReaderInfo, Reading, Statement

TEXT = "The mayor said about 30 people fled. Later 5 to 7 boats left; 12 km off, dozens waited."


def row(words: str, bound: str, **fields: Any) -> marked.Row:
    start = TEXT.index(words)
    made = {"start": start, "end": start + len(words), "bound": bound, "kind": "count"} | fields
    return marked.Row(**made)


def amount(words: str, **fields: Any) -> Quantity:
    start = TEXT.index(words)
    made = {"id": words, "start": start, "end": start + len(words), "text": words, "kind": "count"} | fields
    return Quantity(**made)


@pytest.mark.parametrize(
    ("fields", "bound"),
    [
        ({"low": 7, "high": 7, "best": 7}, "="),
        ({"low": 6, "high": 8, "best": 7, "approximate": True}, "~"),
        ({"low": 7, "low_open": True}, ">"),
        ({"low": 6, "high": 7, "best": 7, "high_open": True, "approximate": True}, "<"),
        ({"low": 7}, ">="),
        ({"high": 7}, "<="),
        ({"low": 7, "high": 9}, "range"),
        ({"low": 24, "high": 99, "approximate": True}, "vague"),
        ({"approximate": True}, "vague"),
    ],
)
def test_every_bound_is_told(fields: dict[str, Any], bound: str):
    assert marked.bound_of(amount("30", **fields)) == bound


@pytest.mark.parametrize(
    ("gold", "found", "same"),
    [
        ({"bound": "~", "best": 30, "low": 27, "high": 33}, {"best": 30, "low": 28, "high": 32}, True),
        ({"bound": "~", "best": 30}, {"best": 31, "low": 28, "high": 33}, False),
        ({"bound": "=", "best": 30, "low": 30, "high": 30}, {"low": 30}, True),
        ({"bound": ">=", "low": 30}, {"best": 30, "low": 30, "high": 30}, True),
        ({"bound": "range", "low": 5, "high": 7}, {"low": 5, "high": 7}, True),
        ({"bound": "range", "low": 5, "high": 7}, {"low": 5}, False),
        ({"bound": "=", "best": 5}, {"low": 5, "high": 7}, False),
        ({"bound": "vague"}, {"low": 24, "high": 99, "approximate": True}, True),
        ({"bound": "vague", "low": 24, "high": 99}, {"low": 20, "high": 99}, False),
        ({"bound": "=", "best": 1 / 3}, {"best": 0.33333}, True),
    ],
)
def test_a_value_is_the_number_that_was_said(gold: dict[str, Any], found: dict[str, Any], same: bool):
    made = row("30", gold.pop("bound"), **gold)
    assert marked.same_value(made, amount("30", **found)) is same


def test_spans_are_paired_one_to_one_by_how_far_they_agree():
    rows = [row("about 30 people", "~", best=30)]
    wrong, right = amount("about 30", best=3), amount("30 people", best=30, approximate=True)
    (pair,) = marked.align(rows, [wrong, right])
    assert pair.found is right


def scores(rows: list[marked.Row], found: list[Quantity], end: int = len(TEXT)) -> dict[str, float]:
    speaker = Statement(id="s", voice="source", source=((0, 9),), party="the mayor")
    stretch = marked.Stretch(doc="d", corpus="x", id="1", start=0, end=end, rows=tuple(rows))
    info = ReaderInfo(name="r", version="1")
    reading = Reading(report="d", text_sha256="", reader=info, statements=(speaker,), quantities=tuple(found))
    counts = MARKED.count(Document("d", TEXT, None, [stretch]), reading)
    return {name: float(each[0]) for name, each in MARKED.measures(Sums([Counter(counts)], 1)).items()}


FLED = row("30", "~", best=30, source="mayor")
BOATS = row("5 to 7", "range", low=5, high=7)
AWAY = row("12 km", "=", best=12, kind="measure", unit="km")


def test_every_measure_counts_what_it_says():
    found = [
        amount("30", best=30, low=27, high=33, approximate=True, statement="s"),
        amount("5 to 7", low=5, high=7, approximate=True),
        amount("12 km", best=12, low=12, high=12, unit="mile"),
        amount("dozens", low=24, high=99, approximate=True),
    ]
    told = scores([FLED, BOATS, AWAY], found)
    assert (told["value precision"], told["value recall"]) == (75.0, 100.0)
    assert told["value F1"] == pytest.approx(200 * 3 / 7)
    assert told["value + bound F1"] == pytest.approx(200 * 2 / 7)
    assert told["value + unit F1"] == pytest.approx(200 * 2 / 7)
    assert told["kind accuracy"] == pytest.approx(200 / 3)
    # the mayor's figure and the measure of the report's own voice; the range has another bound
    assert told["value, bound and source"] == pytest.approx(200 / 3)


def test_what_begins_outside_a_stretch_is_not_judged():
    told = scores([FLED], [amount("30", best=30), amount("dozens", approximate=True)], TEXT.index("Later"))
    assert told["value precision"] == 100.0
