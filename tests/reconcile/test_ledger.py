"""The ledger: wholes and parts, balances under assumptions, conflicts."""

from __future__ import annotations

import msgspec
import pytest

from standoff.reconcile import Trust
from tests.reconcile.world import World, derive, equals, remainder


def ferry() -> World:
    """23 boats set out with about 400 miners and as many relatives; 9 turned off, 14 are left; about
    65 miners have died since, says the harbour office."""
    world = World()
    page = world.page("f", "2031-05-12")
    start = "2031-05-02"
    boats = page.count("23 boats", 23, role="present", as_of=start)
    miners = page.count("about 400 miners", 400, role="present", as_of=start, approximate=True)
    kin = page.count(
        "as many relatives", 400, role="present", as_of=start, approximate=True, relation=equals(miners)
    )
    off = page.count("nine turned off", 9, role="left", as_of="2031-05-04")
    left = page.count("the remaining 14", 14, role="present", as_of="2031-05-12", relation=remainder(boats))
    said = page.says("Harbour Office")
    dead = page.count(
        "about 65 miners", 65, role="killed", as_of="2031-05-12", approximate=True, statement=said
    )
    world.group("gr-boats", "boats", boats, off, left, unit="boat")
    world.group("gr-miners", "miners", miners, dead)
    world.group("gr-kin", "relatives", kin)
    return world


def group(derived, name):
    return next(each for each in derived.ledger.groups if each.name == name)


def test_the_whole_is_what_left_and_what_remained():
    derived = derive(ferry())
    shown = next(each for each in derived.ledger.equations if each.text == "23 = 9 + 14")
    assert shown.holds == "yes"
    assert len(shown.terms) == 3


def test_what_is_left_of_a_group_is_bounded_under_named_assumptions():
    step = next(s for s in group(derive(ferry()), "miners").steps if s.kind == "remaining")
    # about 400 is 360 to 440, about 65 is 60 to 70
    assert (step.low, step.high, step.best) == (290, 380, 335)
    assert step.assumptions == ("no other flow", "the dead counted were of this group")
    assert (step.without_assumptions.low, step.without_assumptions.high) == (None, None)
    assert step.rests_on.low == ("qt-f-1", "qt-f-5")
    assert step.rests_on.high == ("qt-f-1", "qt-f-5")


@pytest.mark.parametrize(
    ("off", "low", "high"),
    [
        ("no other flow", None, None),
        # The dead of this group are at most the dead counted, and may be none.
        ("the dead counted were of this group", 290, 440),
    ],
)
def test_an_assumption_can_be_switched_off(off, low, high):
    derived = derive(ferry(), assumptions_off=frozenset({off}))
    steps = [s for s in group(derived, "miners").steps if s.kind == "remaining"]
    assert [(s.low, s.high) for s in steps] == ([] if low is None else [(low, high)])
    assert all(off not in s.assumptions for s in steps)


def test_groups_said_to_be_equal_are_summed():
    both = group(derive(ferry()), "miners and relatives together")
    assert [(s.low, s.high, s.best) for s in both.steps] == [(720, 880, 800)]
    assert "nobody is counted in both groups" in both.steps[0].assumptions


def test_a_step_is_labelled_by_the_one_party_it_comes_from():
    steps = {s.kind: s for s in group(derive(ferry()), "miners").steps}
    assert steps["killed"].party == "Harbour Office"
    assert steps["stock"].party is None


def test_whom_to_believe_recomputes_the_ledger():
    trusting = derive(ferry(), trust=Trust(without=frozenset({"harbour-office"})))
    assert [s.kind for s in group(trusting, "miners").steps] == ["stock"]


def test_three_claims_that_cannot_all_be_true_are_one_conflict():
    world = ferry()
    page = world.pages[0]
    page.quantities[4] = msgspec.structs.replace(page.quantities[4], low=12, high=12, best=12)
    ledger = derive(world).ledger
    assert [each.holds for each in ledger.equations if each.text.startswith("23")] == ["no"]
    assert [each.claims for each in ledger.conflicts] == [("qt-f-0", "qt-f-3", "qt-f-4")]
    assert ledger.conflicts[0].sentence.startswith("These three cannot all be true:")
    assert "23 boats" in ledger.conflicts[0].sentence
    # The stated figures stand, for nobody chose between them.
    steps = group(derive(world), "boats").steps
    assert [(s.kind, s.low) for s in steps] == [
        ("stock", 23), ("split", 9), ("remaining", 12), ("unexplained", 2),
    ]  # fmt: skip


def test_what_a_later_count_leaves_unexplained_is_shown():
    world = World()
    page = world.page("p", "2031-05-12")
    start = page.count("500 guards", 500, role="present", as_of="2031-05-01")
    gone = page.count("40 guards had left", 40, role="left", as_of="2031-05-10")
    end = page.count("430 guards", 430, role="present", as_of="2031-05-11")
    world.group("gr-g", "guards", start, gone, end)
    derived = derive(world)
    step = next(s for s in group(derived, "guards").steps if s.kind == "unexplained")
    # 500 - 40 = 460 are accounted for, 430 were counted.
    assert (step.low, step.high) == (30, 30)
    assert not derived.ledger.conflicts
    [equation] = derived.ledger.equations
    assert (equation.text, equation.holds) == ("430 = 500 − 40", "no")


def test_a_parent_group_is_the_sum_of_its_parts():
    world = World()
    page = world.page("p", "2031-05-12")
    men = page.count("30 men", 30, role="present", as_of="2031-05-01")
    women = page.count("45 women", 45, role="present", as_of="2031-05-01")
    world.group("gr-m", "men", men, parent="gr-all")
    world.group("gr-w", "women", women, parent="gr-all")
    world.group("gr-all", "villagers")
    assert [(s.low, s.high) for s in group(derive(world), "villagers").steps] == [(75, 75)]


def test_clashing_accounts_span_their_range_and_name_nobody_right():
    world = World()
    ids = []
    for n, (party, number) in enumerate([("Red Side", 100), ("Blue Side", 160)]):
        page = world.page(f"p{n}", "2031-05-12")
        ids.append(page.count(f"{number} men", number, role="present", statement=page.says(party)))
    world.group("gr-m", "men", *ids)
    step = group(derive(world), "men").steps[0]
    assert (step.low, step.high, step.best) == (100, 160, None)
    assert step.rests_on.low == (ids[0],)
    assert step.rests_on.high == (ids[1],)


def test_a_count_of_the_day_of_the_losses_is_taken_to_be_before_them_by_a_named_assumption():
    world = World()
    page = world.page("p", "2031-05-12")
    start = page.count("50 divers", 50, role="present", as_of="2031-05-12")
    dead = page.count("8 divers died", 8, role="killed", as_of="2031-05-12")
    world.group("gr-d", "divers", start, dead)
    step = next(s for s in group(derive(world), "divers").steps if s.kind == "remaining")
    assert (step.low, step.high) == (42, 42)
    assert "the group was counted before it lost any" in step.assumptions


def test_what_remains_of_a_whole_is_no_second_figure_of_it():
    world = World()
    page = world.page("p", "2031-05-12")
    whole = page.count("23 boats", 23, role="present", as_of="2031-05-12")
    off = page.count("nine turned off", 9, role="left", as_of="2031-05-12")
    rest = page.count("the remaining 14", 14, role="present", as_of="2031-05-12", relation=remainder(whole))
    world.group("gr-b", "boats", whole, off, rest, unit="boat")
    derived = derive(world)
    assert not [link for each in derived.questions for link in each.links]
    assert [(each.text, each.holds) for each in derived.ledger.equations] == [("23 = 9 + 14", "yes")]
