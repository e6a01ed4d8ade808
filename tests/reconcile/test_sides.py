"""Who stands on which side of a number, and what a count answers."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.model import Derived
from tests.reconcile.world import World, derive

DAYS = ("2021-03-03", "2021-03-04", "2021-03-05", "2021-03-06")


def world_of(rows: list[tuple[str, str, float]], at_least: frozenset[int] = frozenset()) -> Derived:
    """Tolls of one incident: day, source, figure."""
    world, ids = World(), []
    for n, (day, who, number) in enumerate(rows):
        page = world.page(f"r{n}", day)
        ids.append(
            page.count(
                f"{number} dead", number, role="killed", statement=page.says(who), at_least=n in at_least
            )
        )
    world.group("gr-people", "people", *ids)
    world.incident("in-1", *ids)
    return derive(world)


def test_a_source_stands_on_one_side_with_its_figures_over_time() -> None:
    derived = world_of([(DAYS[0], "Red", 12), (DAYS[1], "Blue", 40), (DAYS[2], "Red", 15)])
    (dispute,) = derived.disputes
    assert [side.parties for side in dispute.sides] == [("Red",), ("Blue",)]
    assert len(dispute.sides[0].accounts) == 2


def test_who_later_gives_the_higher_figure_that_nobody_holds_down_stands_with_the_lower_ones() -> None:
    """Red and Green count on; only Blue cannot be true beside them."""
    rows = [(DAYS[0], "Blue", 40), (DAYS[1], "Red", 12), (DAYS[3], "Green", 15)]
    (dispute,) = world_of(rows).disputes
    assert [side.parties for side in dispute.sides] == [("Blue",), ("Red", "Green")]


def test_a_side_names_its_figures_from_the_lowest_to_the_highest() -> None:
    rows = [(DAYS[0], "Blue", 40), (DAYS[1], "Red", 5), (DAYS[2], "Green", 7), (DAYS[3], "Red", 9)]
    (dispute,) = world_of(rows).disputes
    assert dispute.sides[1].answer.startswith("7 and 9")


def test_figures_of_one_day_are_not_counted_on_one_from_the_other() -> None:
    world, ids = World(), []
    for name, who, number in (("a", "Blue", 40), ("b", None, 12), ("c", "Green", 15)):
        page = world.page(name, DAYS[0] if name == "a" else DAYS[1])
        statement = page.says(who) if who else None
        ids.append(page.count(f"{number} dead", number, role="killed", statement=statement))
    world.group("gr-people", "people", *ids)
    world.incident("in-1", *ids)
    (dispute,) = derive(world).disputes
    assert len(dispute.sides) == 3


def test_a_bound_that_fits_two_sides_takes_neither() -> None:
    rows = [(DAYS[0], "Red", 40), (DAYS[0], "Blue", 60), (DAYS[1], "Green", 20)]
    (dispute,) = world_of(rows, frozenset({2})).disputes
    assert {party for side in dispute.sides for party in side.parties} == {"Red", "Blue"}


def test_who_repeats_a_sides_figure_stands_with_it() -> None:
    (dispute,) = world_of([(DAYS[0], "Red", 40), (DAYS[0], "Blue", 60), (DAYS[1], "Green", 60)]).disputes
    assert dispute.sides[1].parties == ("Blue", "Green")


@given(
    st.lists(
        st.tuples(st.sampled_from(DAYS), st.sampled_from(["Red", "Blue", "Green"]), st.integers(1, 60)),
        max_size=7,
    )
)
def test_no_source_is_on_two_sides_and_sides_stand_by_first_account(rows: list[tuple[str, str, int]]) -> None:
    derived = world_of(rows)
    days = {account.id: account.published or "" for q in derived.questions for account in q.accounts}
    for dispute in derived.disputes:
        parties = [party for side in dispute.sides for party in side.parties]
        assert len(parties) == len(set(parties))
        firsts = [min(days[account] for account in side.accounts) for side in dispute.sides]
        assert firsts == sorted(firsts)


def test_a_side_says_what_it_holds_last_and_what_it_held_before() -> None:
    derived = world_of([(DAYS[0], "Red", 12), (DAYS[1], "Blue", 40), (DAYS[2], "Red", 15)])
    (dispute,) = derived.disputes
    assert [side.answer for side in dispute.sides] == ["15; earlier 12", "40"]


@given(
    st.lists(
        st.tuples(st.sampled_from(DAYS), st.sampled_from(["Red", "Blue", "Green"]), st.integers(1, 60)),
        max_size=7,
    )
)
def test_a_sides_answer_names_every_figure_that_its_sources_gave(rows: list[tuple[str, str, int]]) -> None:
    derived = world_of(rows)
    answers = {account.id: account.answer for q in derived.questions for account in q.accounts}
    for dispute in derived.disputes:
        for side in dispute.sides:
            named = set(re.findall(r"\d+", side.answer))
            assert named == {answers[account] for account in side.accounts}


def test_a_bound_against_one_side_stands_with_the_nearest_of_the_others() -> None:
    rows = [(DAYS[0], "Green", 20), (DAYS[1], "Red", 90), (DAYS[1], "Blue", 26), (DAYS[2], "Grey", 17)]
    (dispute,) = world_of(rows, frozenset({0})).disputes
    assert ("Green", "Blue") in [side.parties for side in dispute.sides]


def test_a_figure_that_its_own_report_gives_up_reaffirms_nothing() -> None:
    """ "31, up from 26" does not hold to 26 against who said 27 the day before."""
    world = World()
    before, after = world.page("r0", DAYS[1]), world.page("r1", DAYS[2])
    ids = [before.count("27 dead", 27, role="killed", statement=before.says("Hospital"))]
    ministry = after.says("Ministry")
    ids += [after.count(f"{n} dead", n, role="killed", statement=ministry) for n in (31, 26)]
    world.group("gr-people", "people", *ids)
    world.incident("in-1", *ids)
    assert not derive(world).disputes


def test_an_outlet_is_of_one_side_whatever_the_report() -> None:
    """A paper that speaks of "our" men is one source with the party it quotes, in every such report."""
    world, ids = World(), []
    for n, (day, number) in enumerate([(DAYS[0], 5), (DAYS[2], 9)]):
        page = world.page(f"r{n}", day, "The Valley Voice")
        page.tells("Our martyrs fell, said the bandits' victims. ")
        if n == 0:
            page.speech("Valley Front", "said", "it held the town")
        ids.append(page.count(f"{number} martyrs", number, role="killed"))
    world.group("gr-fighters", "fighters", *ids)
    world.incident("in-1", *ids)
    derived = derive(world)
    assert not derived.disputes
    (question,) = [q for q in derived.questions if q.kind == "number"]
    assert {link.relation for link in question.links} == {"revises"}


def test_an_outlet_that_tells_both_figures_sets_neither_against_the_other() -> None:
    """ "Ten are missing; 34 were, said the manager" and, a day on, "nine are missing" is no dispute."""
    world, ids = World(), []
    first, second = world.page("r0", DAYS[0], "Wire"), world.page("r1", DAYS[0], "Wire")
    ids.append(first.count("10 missing", 10, role="missing", measure="stock"))
    ids.append(
        first.count("34 missing", 34, role="missing", measure="stock", statement=first.says("Manager"))
    )
    ids.append(second.count("9 missing", 9, role="missing", measure="stock"))
    world.group("gr-people", "people", *ids)
    world.incident("in-1", *ids)
    assert not derive(world).disputes


def test_bodies_found_here_and_there_are_no_dispute() -> None:
    rows = [(DAYS[0], "Fire brigade", 9), (DAYS[0], "Minister", 21)]
    world, ids = World(), []
    for n, (day, who, number) in enumerate(rows):
        page = world.page(f"r{n}", day)
        ids.append(page.count(f"{number} bodies", number, role="killed", statement=page.says(who)))
    world.group("gr-bodies", "bodies", *ids)
    world.incident("in-1", *ids)
    assert not derive(world).disputes


@pytest.mark.parametrize(("joined", "disputes"), [("were registered, but", 1), ("were registered, and", 0)])
def test_but_sets_a_named_sources_figure_against_the_reports_own(joined: str, disputes: int) -> None:
    """ "700 were registered, but the agency counts 4,000": in one sentence, of one report."""
    world = World()
    page = world.page("r0", DAYS[0], "Wire")
    agency = page.says("Agency")
    own = page.count("700 children", 700, role="present", measure="stock")
    page.tells(joined)
    other = page.count("4,000 children", 4000, role="present", measure="stock", statement=agency)
    page.text = page.text.replace(". ", ", ")  # one sentence; every span stays where it is
    world.group("gr-children", "children", own, other)
    assert len(derive(world).disputes) == disputes


def test_who_holds_to_a_contested_figure_takes_part_though_another_was_its_witness() -> None:
    """Army and Office both say 3; the Army, by whom the figure was found to be contested, gives it up."""
    rows = [
        (DAYS[0], "Ministry", 11),
        (DAYS[0], "Office", 3),
        (DAYS[1], "Army", 3),
        (DAYS[1], "Ministry", 11),
        (DAYS[2], "Army", 7),
    ]
    (dispute,) = world_of(rows).disputes
    assert {party for side in dispute.sides for party in side.parties} == {"Ministry", "Office", "Army"}
