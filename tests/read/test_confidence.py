"""Confidence through its maps: bounded, rising, and as it was made where there is no map."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.model import Context, Reading
from standoff.read import Item, confidence, read_many
from standoff.read.confidence import calibrated, maps, quantity_forms, time_forms

TEXT = "The mayor of Paris said on Monday that 40 people had fled."
SHARES = st.floats(0.0, 1.0)
LINES = sorted(layer for layer, table in maps().items() if "line" in table)


def reading() -> Reading:
    context = Context(published="2031-05-07", report="r")
    (found,) = read_many([Item(text=TEXT, context=context)])
    return found


def only(monkeypatch: pytest.MonkeyPatch, **tables: Any) -> None:
    monkeypatch.setattr(confidence, "maps", lambda: tables)


def test_every_map_is_of_a_layer_that_asks_for_it():
    assert set(maps()) <= {"places", "quantities", "times"}


@pytest.mark.parametrize("layer", LINES)
@given(a=SHARES, b=SHARES)
def test_a_line_rises_and_stays_between_0_and_1(layer: str, a: float, b: float):
    low, high = sorted((a, b))
    assert 0.0 <= calibrated(layer, low) <= calibrated(layer, high) <= 1.0


@pytest.mark.parametrize("layer", LINES)
def test_a_line_goes_from_end_to_end_in_rising_corners(layer: str):
    corners = maps()[layer]["line"]
    assert (corners[0][0], corners[-1][0]) == (0.0, 1.0)
    assert all(a[0] < b[0] and a[1] <= b[1] for a, b in pairwise(corners))


def test_the_shares_of_forms_are_shares():
    shares = [share for table in maps().values() for share in table.get("forms", {}).values()]
    assert shares
    assert all(0.0 < share < 1.0 for share in shares)


@given(SHARES)
def test_a_layer_without_a_map_keeps_its_confidence(made: float):
    assert calibrated("statements", made, "no form") == made


def test_between_two_corners_a_line_is_straight_and_beyond_its_ends_level(monkeypatch: pytest.MonkeyPatch):
    only(monkeypatch, places={"line": [[0.2, 0.1], [0.6, 0.5], [0.8, 0.9]]})
    assert [calibrated("places", x) for x in (0.0, 0.2, 0.4, 0.7, 0.8, 1.0)] == [0.1, 0.1, 0.3, 0.7, 0.9, 0.9]


def test_the_first_form_that_is_known_tells(monkeypatch: pytest.MonkeyPatch):
    only(monkeypatch, times={"forms": {"DATE": 0.3, "DATE 0000 stated": 0.9}})
    assert calibrated("times", 1.0, *time_forms("DATE", "1998", False)) == 0.9
    assert calibrated("times", 1.0, *time_forms("DATE", "1998-05", False)) == 0.3
    assert calibrated("times", 1.0, *time_forms("SET", "P1D", False)) == 1.0


def test_a_quantity_is_told_by_its_digits_and_by_what_its_rule_gives_it():
    assert quantity_forms("some 40 people", 0.95) == ("digits 0.95", "digits")
    assert quantity_forms("dozens of people", 0.8) == ("words 0.80", "words")


@pytest.mark.parametrize("layer", ["places", "times", "quantities"])
def test_the_layer_asks_its_map(layer: str, monkeypatch: pytest.MonkeyPatch):
    forms = dict.fromkeys(("DATE", "digits"), 0.123)
    only(monkeypatch, **{layer: {"line": [[0.0, 0.123], [1.0, 0.123]], "forms": forms}})
    found = reading()
    others = {"places", "times", "quantities"} - {layer}
    assert {each.confidence for each in getattr(found, layer)} == {0.123}
    assert all(each.confidence != 0.123 for name in others for each in getattr(found, name))


def test_statements_and_claims_come_calibrated_out_of_their_models(monkeypatch: pytest.MonkeyPatch):
    before = reading()
    line = {"line": [[0.0, 0.123], [1.0, 0.123]]}
    only(monkeypatch, statements=line, claims=line)
    after = reading()
    assert (after.statements, after.claims) == (before.statements, before.claims)
