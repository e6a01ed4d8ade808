"""Calibration errors: none where confidence is the share right, all of it where it is the opposite."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.errors import InputError
from standoff.measure.calibrated import Calibrated, load_calibrated, put_calibrated
from standoff.measure.crossed import Crossed, load_crossed, put_crossed
from standoff.measure.layers.base import Outcome
from standoff.measure.reliability import bins, calibration_error, separation


def outcomes(*pairs: tuple[float, int, int]) -> list[Outcome]:
    """(confidence, right, wrong) as so many outcomes each."""
    return [Outcome(c, k < right) for c, right, wrong in pairs for k in range(right + wrong)]


def test_a_confidence_that_is_the_share_right_has_no_error():
    assert calibration_error(outcomes((0.5, 10, 10), (0.9, 18, 2))) == pytest.approx(0.0)


def test_a_sure_reader_that_is_always_wrong_has_all_of_it():
    assert calibration_error(outcomes((1.0, 0, 30))) == 1.0
    assert calibration_error([]) == 0.0


@given(
    st.lists(st.tuples(st.sampled_from([0.1, 0.4, 0.5, 0.9, 1.0]), st.booleans()), min_size=1, max_size=80)
)
def test_bins_hold_all_cases_once_and_never_part_equal_confidences(drawn: list[tuple[float, bool]]):
    made = bins([Outcome(*each) for each in drawn])
    assert sum(each.cases for each in made) == len(drawn)
    assert len(made) <= 10
    assert len({round(each.confidence, 9) for each in made}) == len(made)
    assert 0.0 <= calibration_error([Outcome(*each) for each in drawn]) <= 1.0


def test_separation_is_one_where_right_ones_stand_above_wrong_ones():
    assert separation(outcomes((0.9, 5, 0), (0.2, 0, 5))) == 1.0
    assert separation(outcomes((0.2, 5, 0), (0.9, 0, 5))) == 0.0
    assert separation(outcomes((0.7, 5, 5))) == 0.5


def test_cross_validated_scores_are_kept_by_corpus_and_measure(tmp_path: Path):
    path = tmp_path / "crossed.toml"
    first = Crossed(corpus="A", measure="f1", folds=5, score=70.0, interval=(60.5, 80.0), by="x")
    other = Crossed(corpus="B", measure="f1", folds=5, score=71.0, interval=(61.5, 81.0), by="y")
    put_crossed([first, other], path)
    again = Crossed(corpus="A", measure="f1", folds=5, score=72.0, interval=(62.5, 82.0), by="x")
    put_crossed([again], path)
    assert load_crossed(path) == (again, other)
    assert load_crossed(tmp_path / "none.toml") == ()


def test_calibration_errors_are_written_and_read_back(tmp_path: Path):
    path = tmp_path / "calibrated.toml"
    made = Calibrated(
        layer="times", corpora="A", cases=10, right=0.8, folds=5, before=0.2, after=0.03, separation=0.7,
        mapped=True, bins=((5, 0.5, 0.6), (5, 0.9, 1.0)),
    )  # fmt: skip
    put_calibrated([made], path)
    assert load_calibrated(path) == (made,)
    path.write_text("calibrated = 3\n")
    with pytest.raises(InputError, match="no file of calibration errors"):
        load_calibrated(path)
