"""Whom a passage may meet is kept while nothing that it rests on changed: not who is near, in which order,
nor how telling the words are."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import partial
from types import SimpleNamespace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.reconcile import matter
from standoff.reconcile.answers import near as module
from standoff.reconcile.answers.near import near_of
from standoff.reconcile.answers.passages import Passage, weighed, weights_of
from standoff.reconcile.kept import Workings
from standoff.reconcile.matter import Weights, roughly
from tests.small import limits_that_few_reach

WITHIN = 5
STEPS = 12


small_limits = limits_that_few_reach((module, "MOST", 4), (module, "TRIED", 4), (matter, "DIGITS", 2))


def passages(dice: random.Random, report: int) -> list[Passage]:
    day = dice.choice([None, *(f"2031-01-{n:02}" for n in range(1, 29))])
    page: Any = SimpleNamespace(report=SimpleNamespace(id=f"r{report}"), published=day)
    return [
        Passage(
            page, (n, n + 1), None, None, None, "", (),
            frozenset(dice.choices("abcdefghijklmnop", k=3)),
            frozenset(), frozenset(), frozenset(dice.choices(["in-1", "in-2", "in-3", ""], k=1)) - {""}, n,
        )
        for n in range(dice.randrange(1, 5))
    ]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(dice=st.randoms(use_true_random=False))
def test_who_has_the_mark_of_before_meets_whom_it_met(dice: random.Random) -> None:
    shelf: Any = SimpleNamespace(kept=Workings())
    pool = [passages(dice, n) for n in range(16)]
    here: set[int] = set(dice.sample(range(16), 8))
    before: dict[str, Any] = {}
    for _ in range(STEPS):
        told = [each for n in sorted(here) for each in pool[n][: dice.choice([1, 4, 4])]]
        near = near_of(shelf, "told", told, Weights(each.words for each in told), told)
        now = {}
        for each in told:
            met = [(m.other, m.shared) for m in near.of(each, WITHIN, lambda _: True)]
            now[each.key] = mark, _ = near.mark(each, WITHIN), met
            was, had = before.get(each.key, (None, None))
            if mark is was:
                assert [(id(a), b) for a, b in met] == [(id(a), b) for a, b in had or ()]
        before = now
        here ^= {dice.randrange(16)}


def test_a_report_of_other_words_leaves_marks_as_they_were() -> None:
    shelf: Any = SimpleNamespace(kept=Workings())
    dice = random.Random(1)
    told = [each for n in range(8) for each in passages(dice, n)]
    other = replace(passages(dice, 8)[0], words=frozenset("z"), incidents=frozenset())
    weights = Weights(each.words for each in told)
    marks = []
    for here in (told, [*told, other]):
        near = near_of(shelf, "told", here, weights, here)
        marks.append([near.mark(each, WITHIN) for each in told])
    assert marks[0] == marks[1]


@settings(max_examples=150, deadline=None)
@given(dice=st.randoms(use_true_random=False))
def test_what_rests_on_how_telling_a_passage_is_is_kept_while_it_is_as_telling(dice: random.Random) -> None:
    kept = Workings()
    shelf: Any = SimpleNamespace(kept=kept)
    pool = [passages(dice, n) for n in range(16)]
    here = set(dice.sample(range(16), 8))

    def total(weights: Weights, passage: Passage) -> float:
        weighed(shelf, passage)
        return weights.total(passage.words)

    for _ in range(STEPS):
        kept.begin(())
        told = [each for n in sorted(here) for each in pool[n]]
        weights = weights_of(shelf, told)
        for each in told:
            found = kept.of(each.key, [each], partial(total, weights, each))
            assert found == weights.total(each.words)
        here ^= {dice.randrange(16)}


@given(n=st.integers(0, 10**9))
def test_a_number_is_roughly_itself(n: int) -> None:
    assert roughly(n) <= n < roughly(n) * 1.5 or n == 0
    assert roughly(roughly(n)) == roughly(n)
    assert roughly(n) <= roughly(n + 1)
