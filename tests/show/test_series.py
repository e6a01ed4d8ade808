"""Figures over time: a source's answers are joined in the order of telling, and nobody else's are."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.show.brief.charts import Scale
from standoff.show.brief.series import JOINED, REACH, Join, in_rows, joins_of, lines_of

SCALE = Scale(0.0, 100.0, (0.0, 50.0, 100.0))
LINE = re.compile(r'<line x1="([\d.]+)%" x2="([\d.]+)%" y1="([\d.]+)%" y2="([\d.]+)%" class="join (\w+)"')


def account(name: str, source: str, day: str | None, value: int) -> dict[str, Any]:
    return {"id": name, "source": source, "party_id": source, "said": day, "published": None, "answer": None,
            "low": value, "high": value, "best": value}  # fmt: skip


def asked(accounts: list[dict[str, Any]], *links: tuple[str, str, str]) -> dict[str, Any]:
    told = [{"from": newer, "to": older, "relation": relation} for newer, older, relation in links]
    return {"accounts": accounts, "links": told}


THREE = [
    account("a", "Red", "2031-03-04", 14),
    account("b", "Blue", "2031-03-05", 17),
    account("c", "Red", "2031-03-06", 13),
]


@pytest.mark.parametrize("relation", JOINED)
def test_an_answer_is_joined_to_the_one_of_its_source_that_it_follows(relation):
    item = asked(THREE, ("c", "a", relation))
    joins = joins_of(item, in_rows(item))
    assert joins == [Join(2, 0, relation)]
    drawn = {row: LINE.search(str(pieces[0])) for row, pieces in lines_of(joins, THREE, SCALE).items()}
    assert set(drawn) == {0, 1, 2}, "a piece in each row it crosses"
    assert {found.group(5) for found in drawn.values()} == {relation}, "its stroke tells what it means"
    assert drawn[0].group(1) == SCALE.pct(14).rstrip("%")
    assert drawn[2].group(2) == SCALE.pct(13).rstrip("%")


def test_answers_of_different_sources_are_never_joined():
    item = asked(THREE, ("b", "a", "develops"), ("c", "b", "repeats"), ("c", "a", "contradicts"))
    assert joins_of(item, in_rows(item)) == []


def test_of_one_day_a_figure_stands_above_the_one_that_follows_it():
    lead, body = account("lead", "Red", "2031-03-04", 34), account("body", "Red", "2031-03-04", 8)
    other = account("other", "Blue", "2031-03-03", 5)
    for relation in ("revises", "develops"):
        item = asked([other, lead, body], ("lead", "body", relation))
        assert [row["id"] for row in in_rows(item)] == ["other", "body", "lead"]


def test_who_replaced_a_figure_is_followed_by_what_says_the_same_later():
    again = [*THREE[:1], account("c", "Red", "2031-03-05", 13), account("d", "Red", "2031-03-06", 13)]
    item = asked(again, ("c", "a", "corrects"), ("d", "a", "corrects"))
    assert joins_of(item, in_rows(item)) == [Join(1, 0, "corrects"), Join(2, 1, "repeats")]


def test_a_long_join_is_drawn_at_its_ends_so_that_charts_grow_with_their_rows():
    others = [account(f"x{n}", "Blue", "2031-03-05", n) for n in range(REACH + 5)]
    rows = [THREE[0], *others, THREE[2]]
    drawn = lines_of([Join(len(rows) - 1, 0, "corrects")], rows, SCALE)
    assert set(drawn) == {0, len(rows) - 1}


RELATION = st.sampled_from([*JOINED, "compatible", "contradicts"])


@st.composite
def questions(draw):
    days = sorted(draw(st.lists(st.sampled_from(["2031-03-04", "2031-03-05", "2031-03-06"]), max_size=8)))
    accounts = [
        account(f"a{n}", draw(st.sampled_from(["Red", "Blue", "Green"])), day, draw(st.integers(0, 100)))
        for n, day in enumerate(days)
    ]
    place = st.integers(0, max(0, len(accounts) - 1))
    pairs = draw(st.lists(st.tuples(place, place, RELATION), max_size=8)) if accounts else []
    return asked(accounts, *((f"a{a}", f"a{b}", relation) for a, b, relation in pairs if a != b))


@given(questions())
def test_rows_keep_every_account_and_the_days_and_lines_do_not_break(item):
    rows = in_rows(item)
    assert sorted(row["id"] for row in rows) == sorted(each["id"] for each in item["accounts"])
    assert [row["said"] for row in rows] == [each["said"] for each in item["accounts"]]
    for join in joins_of(item, rows):
        assert rows[join.newer]["source"] == rows[join.older]["source"]
        drawn = sorted(lines_of([join], rows, SCALE).items())
        found = [LINE.search(str(pieces[0])) for _, pieces in drawn]
        for above, below in pairwise(found):
            assert float(above.group(2)) == pytest.approx(float(below.group(1)), abs=0.02)
            assert (above.group(4), below.group(3)) == ("100", "0")
