"""What each score counts, on invented examples: a perfect reading gets all, an empty one nothing."""

from __future__ import annotations

from typing import Any

import pytest

from standoff.measure import claims, places, quantities, statements, times
from standoff.model import Actor, Claim, Place, Quantity, Statement, Time

TEXT = "Orla Venn said the bridge was shut. The mayor denied that it was ever open."


def said(source: str, content: str, text: str = TEXT) -> Statement:
    def span(words: str) -> tuple[tuple[int, int], ...]:
        start = text.index(words)
        return ((start, start + len(words)),) if words else ()

    return Statement(id=source + content, voice="source", source=span(source), content=span(content))


FIRST = said("Orla Venn", "the bridge was shut")
SECOND = said("The mayor", "that it was ever open")


def linked(gold: list[Statement], found: list[Statement], text: str = TEXT) -> statements.LinkedScore:
    return statements.linked_f1(gold, found, text)


def test_statements_read_perfectly_score_one_and_none_score_nothing():
    gold = [FIRST, SECOND]
    assert linked(gold, gold).all.f1 == 1.0
    assert linked(gold, []).all.f1 == 0.0
    assert linked([], gold).all.f1 == 0.0


def test_swapped_sources_score_nothing():
    swapped = [said("The mayor", "the bridge was shut"), said("Orla Venn", "that it was ever open")]
    assert linked([FIRST, SECOND], swapped).all.f1 == 0.0


def test_half_the_content_is_enough_and_less_is_not():
    assert linked([FIRST], [said("Venn", "bridge was")]).all.f1 == 1.0
    assert linked([FIRST], [said("Venn", "shut")]).all.f1 == 0.0


def test_a_statement_is_found_once():
    twice = linked([FIRST], [FIRST, said("Orla", "the bridge was shut")]).all
    assert (twice.precision, twice.recall) == (0.5, 1.0)


def test_quoted_and_unquoted_are_told_apart():
    text = 'Venn said "the road is shut". Ash said the road is open.'
    gold = [said("Venn", '"the road is shut"', text), said("Ash", "the road is open", text)]
    score = linked(gold, gold[:1], text)
    assert (score.quoted.f1, score.unquoted.f1) == (1.0, 0.0)


def when(start: int, end: int, value: str) -> Time:
    return Time(id=str(start), start=start, end=end, text="", type="DATE", value=value)


def test_times_need_the_span_for_strict_and_the_value_for_value():
    gold = [times.Timex(0, 5, "DATE", "2031-05-01"), times.Timex(9, 15, "DATE", "2031-05-02")]
    perfect = times.score(gold, [when(0, 5, "2031-05-01"), when(9, 15, "2031-05-02")])
    assert perfect.f1(perfect.value) == perfect.f1(perfect.strict) == 1.0
    rough = times.score(gold, [when(0, 4, "2031-05-01"), when(9, 15, "2031")])
    assert (rough.f1(rough.relaxed), rough.f1(rough.strict), rough.f1(rough.value)) == (1.0, 0.5, 0.5)
    assert times.score(gold, []).f1(0) == 0.0


def at(start: int, end: int, lat: float | None, lon: float | None) -> Place:
    return Place(id=str(start), start=start, end=end, name="x", lat=lat, lon=lon)


def test_places_must_be_near_and_unplaced_gold_asks_nothing():
    gold = [places.Gold(0, 4, "Arla", 10.0, 20.0), places.Gold(8, 12, "Brun", None, None)]
    assert places.score_text(gold, [at(0, 4, 10.5, 20.5), at(8, 12, 1, 1)]).table()["f1"] == 100.0
    far = places.score_text(gold, [at(0, 4, 12.0, 20.0)]).table()
    assert (far["f1"], far["detection"]) == (0.0, 100.0)
    assert places.score_text(gold, [at(0, 4, None, None)]).table()["f1"] == 0.0
    assert places.score_text(gold, []).table()["f1"] == 0.0


def row(low: int | None, high: int | None, modality: str, source: str | None = None) -> dict[str, Any]:
    return {
        "value_min": low,
        "value_max": high,
        "modality": modality,
        "source": source,
        "span_text_start_offset": 0,
        "span_end": 9,
        "surface": "x",
    }


def amount(**fields: Any) -> Quantity:
    return Quantity(id="q", start=0, end=5, text="x", kind="count", **fields)


@pytest.mark.parametrize(
    ("gold", "found"),
    [
        (row(7, 7, "="), amount(low=7, high=7, best=7)),
        (row(7, 7, "~"), amount(low=6, high=8, best=7, approximate=True)),
        (row(7, None, ">"), amount(low=7, low_open=True)),
        (row(7, None, ">="), amount(low=7)),
        (row(None, 7, "<="), amount(high=7)),
        (row(7, 9, "range"), amount(low=7, high=9)),
        (row(None, None, "vague"), amount(low=24, high=99, approximate=True)),
    ],
)
def test_a_right_quantity_has_value_bound_and_source(gold: dict[str, Any], found: Quantity):
    score = quantities.score_report([gold], [found], [], TEXT)
    assert (score.found, score.value, score.bound, score.source) == (1, 1, 1, 1)


def test_a_number_under_another_bound_has_the_value_only():
    score = quantities.score_report([row(7, None, ">=")], [amount(low=7, high=7, best=7)], [], TEXT)
    assert (score.found, score.value, score.bound, score.source) == (1, 1, 0, 0)


def test_another_number_is_found_and_no_more():
    score = quantities.score_report([row(7, 7, "=")], [amount(low=8, high=8, best=8)], [], TEXT)
    assert (score.found, score.value, score.bound) == (1, 0, 0)


def test_a_quantity_of_the_wrong_source_has_no_source():
    speaker = Statement(id="s", voice="source", party="Orla Venn")
    own = amount(low=7, high=7, best=7)
    attributed = amount(low=7, high=7, best=7, statement="s")
    for gold, found, right in (
        (row(7, 7, "=", "Orla Venn, mayor"), attributed, 1),
        (row(7, 7, "=", "the Ash council"), attributed, 0),
        (row(7, 7, "=", "Orla Venn, mayor"), own, 0),
        (row(7, 7, "="), own, 1),
        (row(7, 7, "="), attributed, 0),
    ):
        assert quantities.score_report([gold], [found], [speaker], TEXT).source == right


def test_claims_of_swapped_roles_score_nothing():
    template = {"PERP: INDIVIDUAL ID": ['"MASKED MEN"'], "HUM TGT: NAME": ['"ORLA VENN"']}
    gold = [claims.gold_entities([template])]

    def micro(doer: str, harmed: str) -> float:
        claim = Claim(
            id="c",
            type="ASSAULT",
            actors=(Actor(party_id=None, name=doer, kind="person"),),
            targets=(Actor(party_id=None, name=harmed, kind="person"),),
        )
        return claims.score([(gold[0], claims.slots_of([claim]))])["micro"].f1

    assert micro("masked men", "Orla Venn") == 1.0
    assert micro("Orla Venn", "masked men") == 0.0


@pytest.mark.parametrize(
    ("fits", "pairs"),
    [([], 0), ([[0], [0]], 1), ([[0, 1], [0]], 2), ([[], [1], [1, 2], [2, 0]], 3)],
)
def test_the_most_pairs_are_found(fits: list[list[int]], pairs: int):
    assert claims.most_pairs(fits) == pairs
