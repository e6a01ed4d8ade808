"""Parties as they are found by name: who speaks for whom, in an order that ranks nobody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.show.page.parties import Parties, folded, in_order
from standoff.show.page.shape import PartyLine


def line(name: str, represents: str | None = None, aliases: tuple[str, ...] = (), said: int = 1) -> PartyLine:
    return PartyLine(
        id=f"p-{name}", name=name, type="person", represents=represents, aliases=aliases,
        statements=said, reports=1, possibly_same=0,
    )  # fmt: skip


def parties(*lines: PartyLine) -> Parties:
    made = Parties.__new__(Parties)
    made.__dict__["parties"] = {each.id: each for each in lines}
    return made


def names(held: Parties, q: str = "", **asked: object) -> list[str]:
    return [each.party.name for each in held.parties_found(q, **asked).parties]  # type: ignore[arg-type]


def test_who_speaks_for_whom_goes_by_the_names_that_reports_give() -> None:
    held = parties(
        line("Ann", "The Guard"), line("Guard", None, ("The Guard",)), line("Self", "Self"),
        line("Bo", "Nobody known"),
    )  # fmt: skip
    rows = {each.party.name: each for each in held.parties_found().parties}
    assert rows["Ann"].above is not None
    assert rows["Ann"].above.name == "Guard"
    assert [each.name for each in rows["Guard"].below] == ["Ann"]
    assert rows["Self"].above is rows["Bo"].above is None


def test_those_beyond_the_first_few_speakers_are_counted() -> None:
    held = parties(line("Guard"), *(line(f"Ann {n}", "Guard") for n in range(6)))
    row = next(each for each in held.parties_found().parties if each.party.name == "Guard")
    assert (len(row.below), row.more_below) == (4, 2)


def test_they_stand_by_name_whoever_says_more() -> None:
    held = parties(line("b", said=99), line("a10"), line("Á"), line("a9"))
    assert names(held) == ["Á", "a9", "a10", "b"]


def test_any_of_their_names_fits_and_those_that_begin_so_come_first() -> None:
    held = parties(line("Old Guard"), line("Bureau", None, ("Guard office",)), line("Guárd"), line("Other"))
    assert names(held, "guard") == ["Guárd", "Bureau", "Old Guard"]
    assert names(held, "office guard") == ["Bureau"]
    assert names(held, "nothing") == []


def test_pages_of_them_hold_each_once() -> None:
    held = parties(*(line(f"n{n}", said=n % 2) for n in range(25)))
    shown = [name for first in range(0, 25, 10) for name in names(held, first=first, count=10)]
    assert shown == names(held) == [f"n{n}" for n in range(25)]
    assert len(names(held, only="speaking")) == 12
    assert held.parties_found(count=1).found == held.parties_found().total == 25


@given(st.text(), st.text())
def test_any_two_names_can_be_put_in_order(one: str, other: str) -> None:
    first, second = in_order(folded(one)), in_order(folded(other))
    assert (first < second) + (first > second) + (first == second) == 1


@pytest.mark.parametrize("name", ["9" * 5000, "²", "٣", "\ud800", ""])
def test_no_name_breaks_the_order(name: str) -> None:
    assert names(parties(line(name), line("a")), "")
