"""How often figures of one question agree in noun and role, on rows and quantities given by hand."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.measure.roles import RoleScore, key_of, laid_on, score_roles, table
from standoff.model import Quantity


def quantity(start: int, what: str | None, role: str | None, best: int = 5) -> Quantity:
    return Quantity(
        id=f"q{start}", start=start, end=start + 8, text="", kind="count", low=best, high=best, best=best,
        what=what, group=what, role=role,
    )  # fmt: skip


def row(start: int, question: str, doc: str = "a", value: int = 5) -> dict[str, Any]:
    return {"doc": doc, "question": question, "start": start, "end": start + 8, "low": value, "high": value}


READ = {
    "a": [quantity(n, what, "killed") for n, what in ((0, "miners"), (10, "people"), (20, "pitmen"))],
    "b": [quantity(0, None, "killed"), quantity(10, "graders", "other"), quantity(20, None, None)],
}  # fmt: skip


def test_nouns_of_one_class_and_role_agree_and_general_ones_do_loosely() -> None:
    rows = [row(0, "dead"), row(10, "dead"), row(20, "dead")]
    score = score_roles(rows, READ)
    assert (score.rows, score.read, score.roled) == (3, 3, 3)
    assert (score.same, score.same_agree, score.same_loose) == (3, 1, 3)
    assert score.other == 0
    assert score.share("same_agree") == pytest.approx(1 / 3)
    assert score.share("other_agree") == 0.0


def test_pairs_of_two_questions_are_counted_apart() -> None:
    score = score_roles([row(0, "dead"), row(20, "dead elsewhere"), row(10, "graders", "b")], READ)
    assert (score.same, score.other, score.other_agree) == (0, 3, 1)


def test_a_count_that_names_nothing_agrees_with_nothing() -> None:
    rows = [row(20, "dead", "b"), row(20, "dead", "b"), row(40, "dead", "b"), row(0, "dead", "c")]
    score = score_roles(rows, READ)
    assert (score.read, score.roled, score.same_agree, score.same_loose) == (2, 0, 0, 0)


def test_bare_figures_of_harm_are_people() -> None:
    assert key_of(READ["b"][0])[:2] == ("people", True)
    assert key_of(None).noun is None


def test_the_quantity_with_the_number_is_laid_on_a_row_before_a_longer_one() -> None:
    part, whole = quantity(0, "hostages", "killed", 10), quantity(4, "hostages", "detained", 72)
    assert laid_on({**row(2, "dead", value=10), "end": 14}, [whole, part]) is part
    assert laid_on(row(50, "dead"), [whole, part]) is None
    old = {"doc": "a", "question": "x", "span_text_start_offset": 4, "span_end": 9, "value_min": 72}
    assert laid_on(old, [part, whole]) is whole


def test_the_table_sums_up_all_clusters() -> None:
    one = score_roles([row(0, "dead"), row(20, "dead")], READ)
    assert one + RoleScore() == one
    lines = table({"one": one, "two": one}).splitlines()
    assert [line.split()[0] for line in lines] == ["cluster", "one", "two", "all"]
    assert lines[3].split()[1:4] == ["4", "4", "4"]
    assert "2/2" in lines[3]


@given(st.lists(st.tuples(st.sampled_from("xyz"), st.integers(0, 2), st.sampled_from("ab")), max_size=12))
def test_agreement_never_exceeds_the_pairs_there_are(drawn: list[tuple[str, int, str]]) -> None:
    rows = [row(10 * at, question, doc) for question, at, doc in drawn]
    score = score_roles(rows, READ)
    n = len(rows)
    assert score.same + score.other == n * (n - 1) // 2
    assert 0 <= score.same_agree <= score.same_loose <= score.same
    assert 0 <= score.other_agree <= score.other_loose <= score.other
    assert score == score_roles(list(reversed(rows)), READ)
