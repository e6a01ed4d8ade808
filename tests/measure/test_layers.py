"""Every yardstick: a perfect reading has no faults and right outcomes, an empty one misses everything."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from standoff.measure import marked, places, times
from standoff.measure.intervals import scored
from standoff.measure.layers.base import Document, Fault, Yardstick
from standoff.measure.layers.claims import CLAIMS
from standoff.measure.layers.marked import MARKED
from standoff.measure.layers.places import PLACES
from standoff.measure.layers.rows import ROWS
from standoff.measure.layers.statements import STATEMENTS, Gold
from standoff.measure.layers.times import TIMES
from standoff.model import Actor, Claim, Place, Quantity, ReaderInfo, Reading, Statement, Time

TEXT = 'Orla Venn said on Monday that 40 tons of rice reached Arla. "We saw armed men," she said.'
NO = Reading(report="r", text_sha256="", reader=ReaderInfo(name="r", version="1"))


def at(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def reading(**layers: Any) -> Reading:
    return msgspec.structs.replace(NO, **layers)


TONS = Quantity(
    id="q", start=at("40 tons")[0], end=at("40 tons")[1], text="40 tons", kind="measure", low=40, high=40,
    best=40, unit="ton",
)  # fmt: skip
MARKED_TONS = marked.Row(
    start=at("40 tons")[0], end=at("40 tons")[1], low=40, high=40, best=40, bound="=", kind="measure",
    unit="tons",
)  # fmt: skip
SAID = Statement(
    id="s", voice="source", source=(at("Orla Venn"),), content=(at("that 40 tons of rice reached Arla"),)
)
MONDAY = Time(
    id="t", start=at("Monday")[0], end=at("Monday")[1], text="Monday", type="DATE", value="2031-05-05"
)
ARLA = Place(id="p", start=at("Arla")[0], end=at("Arla")[1], name="Arla", lat=10.0, lon=20.0)
ATTACK = Claim(
    id="c", type="ASSAULT", actors=(Actor(party_id=None, name="armed men", kind="person", confidence=0.9),)
)
ROW = {
    "value_min": 40, "value_max": 40, "modality": "=", "source": None, "surface": "40 tons",
    "span_text_start_offset": at("40 tons")[0], "span_end": at("40 tons")[1],
}  # fmt: skip

CASES: dict[str, tuple[Yardstick, Any, Reading]] = {
    "statements": (STATEMENTS, [Gold(SAID.source, SAID.content)], reading(statements=(SAID,))),
    "times": (TIMES, [times.Timex(*at("Monday"), "DATE", "2031-05-05")], reading(times=(MONDAY,))),
    "places": (PLACES, [places.Gold(*at("Arla"), "Arla", 10.0, 20.0)], reading(places=(ARLA,))),
    "rows": (ROWS, [ROW], reading(quantities=(TONS,))),
    "marked": (
        MARKED,
        [marked.Stretch(doc="d", corpus="x", id="1", start=0, end=len(TEXT), rows=(MARKED_TONS,))],
        reading(quantities=(TONS,)),
    ),
    "claims": (CLAIMS, [{"PERP: INDIVIDUAL ID": ['"ARMED MEN"']}], reading(claims=(ATTACK,))),
}


def faults(yardstick: Yardstick, gold: Any, found: Reading) -> list[Fault]:
    return list(yardstick.faults(Document("d", TEXT, None, gold), found))


@pytest.mark.parametrize(("yardstick", "gold", "found"), CASES.values(), ids=CASES)
def test_a_perfect_reading_scores_all_and_has_no_faults(yardstick: Yardstick, gold: Any, found: Reading):
    document = Document("d", TEXT, None, gold)
    scores, _ = scored([yardstick.count(document, found)], yardstick.measures)
    assert 100.0 in scores.values()
    assert not faults(yardstick, gold, found)
    assert [each.right for each in yardstick.outcomes(document, found)] == [True]


@pytest.mark.parametrize(("yardstick", "gold", "found"), CASES.values(), ids=CASES)
def test_an_empty_reading_misses_what_there_is(yardstick: Yardstick, gold: Any, found: Reading):
    assert [each.kind for each in faults(yardstick, gold, NO)] == ["missed"]
    assert not list(yardstick.outcomes(Document("d", TEXT, None, gold), NO))


@pytest.mark.parametrize("name", ["statements", "times", "places", "claims"])
def test_what_gold_does_not_have_is_a_false_alarm(name: str):
    yardstick, _, found = CASES[name]
    assert [each.kind for each in faults(yardstick, [], found)] == ["false alarm"]
    (outcome,) = yardstick.outcomes(Document("d", TEXT, None, []), found)
    assert not outcome.right


def changed(found: Reading, layer: str, **fields: Any) -> Reading:
    (one,) = getattr(found, layer)
    return reading(**{layer: (msgspec.structs.replace(one, **fields),)})


@pytest.mark.parametrize(
    ("name", "layer", "fields", "told"),
    [
        ("statements", "statements", {"source": (at("armed men"),)}, "another source, unquoted"),
        ("statements", "statements", {"source": ()}, "no source, unquoted"),
        ("statements", "statements", {"content": (at("Arla"),)}, "content cut otherwise, unquoted"),
        ("times", "times", {"value": "2031-05-12"}, "DATE"),
        ("places", "places", {"lat": 50.0}, "another place, gold's is no candidate"),
        ("places", "places", {"lat": None, "lon": None}, "named, and not placed"),
        ("rows", "quantities", {"best": 41, "low": 41, "high": 41}, "another value"),
        ("rows", "quantities", {"approximate": True}, "another bound"),
        ("marked", "quantities", {"unit": "kg"}, "unit"),
        ("marked", "quantities", {"kind": "count"}, "kind"),
        ("marked", "quantities", {"best": None}, "value, bound"),
    ],
)
def test_a_wrong_answer_says_what_is_wrong_with_it(name: str, layer: str, fields: dict[str, Any], told: str):
    yardstick, gold, found = CASES[name]
    (fault,) = faults(yardstick, gold, changed(found, layer, **fields))
    assert (fault.kind, fault.type) == ("wrong", told)
