"""The fitting of confidence maps: shares of forms, rising lines, and errors of folds never fitted on."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.measure.layers.base import Outcome
from standoff.measure.reliability import calibration_error
from standoff.read import confidence

training = pytest.importorskip("training.confidence")


def cases(count: int, said: float, right: float, *forms: str, seed: int = 7) -> list:
    """So many judged annotations in as many documents."""
    draw = random.Random(seed)
    return [
        training.Case(f"{seed}-{n}", "made", Outcome(said, draw.random() < right), forms)
        for n in range(count)
    ]


JUDGED = st.lists(st.tuples(st.floats(0.0, 1.0), st.booleans()), min_size=1, max_size=400)


@given(JUDGED)
def test_a_fitted_line_rises_from_0_to_1_and_stays_a_share(judged: list[tuple[float, bool]]):
    own = [training.Case(str(n), "made", Outcome(*each)) for n, each in enumerate(judged)]
    corners = training.line(own)
    assert all(0.0 <= y <= 1.0 for _, y in corners)
    assert all(a[1] <= b[1] for a, b in pairwise(corners))
    with training.under({"made": {"line": corners}}):
        told = [confidence.calibrated("made", k / 20) for k in range(21)]
    assert told == sorted(told)


def test_a_rare_form_has_the_share_of_the_coarser_one():
    own = [*cases(200, 1.0, 1.0, "fine", "coarse"), *cases(3, 1.0, 0.0, "rare", "coarse", seed=8)]
    shares = training.forms(own)
    assert set(shares) == {"fine", "coarse"}
    assert shares["fine"] > shares["coarse"] > 0.9


def test_a_map_stands_only_while_it_is_tried():
    before = confidence.maps
    with training.under({"made": {"forms": {"a": 0.5}}}):
        assert confidence.calibrated("made", 1.0, "a") == 0.5
    assert confidence.maps is before
    with pytest.raises(ZeroDivisionError), training.under({}):
        raise ZeroDivisionError
    assert confidence.maps is before
    training.held_out("made", cases(50, 0.9, 0.5, "a"))
    assert confidence.maps is before


def test_too_sure_a_layer_gets_a_map_that_helps_on_documents_never_seen():
    own = [*cases(300, 0.9, 0.9, "sound"), *cases(300, 0.9, 0.2, "poor", seed=8)]
    row, table = training.settle("quantities", own)
    assert row.mapped
    assert set(table["forms"]) == {"sound", "poor"}
    assert row.after < 0.06 < 0.3 < row.before


def test_a_map_that_does_not_help_out_of_fold_is_not_kept(monkeypatch: pytest.MonkeyPatch):
    own = cases(300, 0.9, 0.5, "a")
    monkeypatch.setattr(training, "fit", lambda _: {"forms": {"a": 0.0}})
    row, table = training.settle("quantities", own)
    assert (row.mapped, table) == (False, {})
    assert row.before == row.after == round(calibration_error([each.outcome for each in own]), 4)


@pytest.mark.parametrize("layer", ["statements", "claims"])
def test_a_layer_whose_model_is_calibrated_gets_no_map(layer: str):
    row, table = training.settle(layer, cases(300, 0.9, 0.5))
    assert (row.own, row.mapped, table) == (True, False, {})
