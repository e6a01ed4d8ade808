"""What is kept from view to view changes nothing, in which order ever reports come and go: after each step
all is what deriving the same reports at once gives, byte by byte."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cache
from typing import Any

import msgspec
from bench.copies import Pair, copies
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from standoff import situation
from standoff.demo import REPORTS, listed
from standoff.model import Axes
from standoff.preserve import Given, Options, take
from standoff.read import read_many
from standoff.reconcile import matter
from standoff.reconcile.answers import near
from standoff.record import Head, Snapshot, apply_reviews
from standoff.remembered import Remembered
from standoff.resolve.incidents import index
from standoff.situation import item_of
from tests.small import limits_that_few_reach

MANY = 27
STEPS = 8
SLOW: dict[str, Any] = {
    "suppress_health_check": [HealthCheck.too_slow],
    "phases": (Phase.explicit, Phase.reuse, Phase.generate),  # to shrink a failure would take many minutes
}


@cache
def pairs() -> tuple[Pair, ...]:
    """Copies of the demo's reports: three tellings each of three like events."""
    reports = []
    for row in listed():
        options = Options(given=Given(published=row.published, publisher=row.publisher))
        reports += [each.report for each in take(str(REPORTS / row.file), options, _never)]
    readings = read_many([item_of(each) for each in reports])
    return tuple(copies(list(zip(reports, readings, strict=True)), MANY))


def _never(source: str, error: Exception) -> None:
    raise AssertionError(source) from error


small_limits = limits_that_few_reach(
    (near, "MOST", 4), (near, "TRIED", 3), (matter, "DIGITS", 2), (index, "CANDIDATES", 4)
)


def shown(chosen: Sequence[Pair], remembered: Remembered | None = None) -> bytes:
    """All that reports imply, as bytes."""
    reports, readings = [each for each, _ in chosen], [each for _, each in chosen]
    snapshot = Snapshot(head=Head(0, ""), reports=reports, readings=readings, reviews=[], left_out=0)
    effective = apply_reviews(reports, readings, ())
    view, _ = situation._derived("grown", Axes(), reports, effective, snapshot, remembered)
    return msgspec.json.encode((view.derived, view.referents, view.readings), order="sorted")


@settings(max_examples=6, deadline=None, **SLOW)
@given(dice=st.randoms(use_true_random=False))
def test_reports_that_come_and_go_leave_nothing_behind(dice: random.Random) -> None:
    remembered = Remembered()
    here = set(dice.sample(range(MANY), MANY // 2))
    for _ in range(STEPS):
        chosen = [pairs()[n] for n in dice.sample(sorted(here), len(here))]
        assert shown(chosen, remembered) == shown(chosen)
        here ^= set(dice.sample(range(MANY), dice.choice([1, 1, 1, 3])))
    remembered.forget()


@settings(max_examples=3, deadline=None, **SLOW)
@given(dice=st.randoms(use_true_random=False))
def test_reports_added_one_at_a_time_in_any_order_are_as_if_added_at_once(dice: random.Random) -> None:
    remembered = Remembered()
    order = dice.sample(pairs(), MANY)
    grown = [shown(order[: n + 1], remembered) for n in range(MANY)][-1]
    remembered.forget()
    assert grown == shown(pairs())
