"""What the ledger makes of wording and of time: splits, parts, balances, carry-over, assumptions."""

from __future__ import annotations

import pytest

from standoff.model import Relation
from standoff.reconcile import Trust
from tests.reconcile.world import World, derive, equals, remainder

FIRST, SECOND, THIRD, FOURTH = (f"2031-05-{day:02}" for day in (1, 5, 9, 12))


def part_of(of: str) -> Relation:
    return Relation(kind="part_of", of=of)


def steps(derived, name, kind=None):
    group = next(each for each in derived.ledger.groups if each.name == name)
    return [each for each in group.steps if kind is None or each.kind == kind]


def bounds(derived, name, kind):
    return [(each.low, each.high) for each in steps(derived, name, kind)]


def sums(derived):
    return [(each.text, each.holds) for each in derived.ledger.equations]


# -- the remaining -----------------------------------------------------------------------------------


def divers(dead: int = 21, rest: int = 9) -> World:
    """100 divers were down, 70 came up; a toll of the same report, in other words; the remaining."""
    world = World()
    page = world.page("d", FOURTH)
    toll = page.count(f"the toll is {dead}", dead, role="killed", as_of=FOURTH, measure="cumulative")
    whole = page.count("100 divers", 100, as_of=FOURTH)
    up = page.count("70 came up", 70, role="released", as_of=FOURTH, relation=part_of(whole))
    left = page.count("the remaining divers", rest, as_of=FOURTH, relation=remainder(whole))
    world.group("gr-d", "divers", whole, up, left)
    world.group("gr-p", "people", toll)
    return world


def test_a_loss_that_the_report_tells_elsewhere_closes_the_sum_by_a_named_assumption():
    derived = derive(divers())
    assert sums(derived) == [("100 = 70 + 21 + 9", "yes")]
    assert not derived.ledger.conflicts
    off = derive(divers(), assumptions_off=frozenset({"the dead counted were of this group"}))
    assert not off.ledger.conflicts


def test_where_no_loss_told_closes_the_sum_the_gap_is_shown_and_is_no_conflict():
    derived = derive(divers(dead=5, rest=12))
    assert sums(derived) == [("100 = 70 + 12 + 18 unexplained", "open")]
    assert bounds(derived, "divers", "unexplained") == [(18, 18)]
    assert not derived.ledger.conflicts


def test_a_count_no_larger_than_the_rest_is_no_whole_of_it():
    """Ten are missing, 24 were found dead, the search goes on for the other ten: of 34 in all."""
    world = World()
    page = world.page("m", FIRST)
    missing = page.count("10 went missing", 10, role="missing", as_of=FIRST)
    crew = page.count("34 divers were below", 34, role="missing", as_of=FIRST)
    dead = page.count("24 bodies", 24, role="killed", as_of=FIRST)
    rest = page.count("the other 10", 10, as_of=FIRST, measure="stock", relation=remainder(dead))
    world.group("gr-p", "people", missing, dead, rest)
    world.group("gr-d", "divers", crew)
    derived = derive(world)
    assert sums(derived) == [("34 = 24 + 10", "yes")]
    assert not derived.ledger.conflicts


def test_a_sum_by_one_reports_words_leaves_its_rivals_figures_alone():
    """Another report's 31 for the whole is in dispute with 34; it does not clash with the ten left."""
    world = World()
    page, other = world.page("m", FIRST), world.page("n", FIRST)
    crew = page.count("34 divers", 34, role="present", as_of=FIRST)
    up = page.count("24 came up", 24, role="released", as_of=FIRST)
    rest = page.count("the other 10", 10, role="present", as_of=FIRST, relation=remainder(crew))
    rival = other.count("31 divers", 31, role="present", as_of=FIRST, statement=other.says("Guild"))
    world.group("gr-d", "divers", crew, up, rest, rival)
    derived = derive(world)
    assert sums(derived) == [("34 = 24 + 10", "yes")]
    assert not derived.ledger.conflicts


def test_no_balance_from_a_count_whose_accounts_clash():
    world = World()
    page = world.page("g", FOURTH)
    rivals = [
        page.count(f"{n} guards", n, role="present", as_of=FIRST, statement=page.says(party))
        for n, party in ((200, "Red Side"), (900, "Blue Side"))
    ]
    dead = page.count("12 guards", 12, role="killed", as_of=SECOND)
    world.group("gr-g", "guards", *rivals, dead)
    assert not steps(derive(world), "guards", "remaining")
    assert bounds(derive(world, trust=Trust(without=frozenset({"blue-side"}))), "guards", "remaining") == [
        (188, 188)
    ]


def test_those_who_went_off_from_a_whole_are_a_split():
    world = World()
    page = world.page("b", FOURTH)
    whole = page.count("23 boats", 23, role="present", as_of=FIRST)
    off = page.count("nine turned off", 9, role="left", as_of=SECOND)
    rest = page.count("the remaining 14", 14, role="present", as_of=FOURTH, relation=remainder(whole))
    world.group("gr-b", "boats", whole, off, rest, unit="boat")
    assert [each.kind for each in steps(derive(world), "boats")] == ["stock", "split", "remaining"]


# -- wholes and parts --------------------------------------------------------------------------------


def test_parts_that_share_nobody_are_together_no_more_than_the_whole():
    world = World()
    page = world.page("p", FIRST)
    whole = page.count("9 people", 9, role="killed", as_of=FIRST)
    women = page.count("4 women", 4, role="killed", as_of=FIRST, sex="female", relation=part_of(whole))
    men = page.count("men", role="killed", as_of=FIRST, sex="male", relation=part_of(whole))
    world.group("gr-p", "people", whole, women, men)
    assert (0, 5) in [(each.low or 0, each.high) for each in steps(derive(world), "people", "killed")]
    off = derive(world, assumptions_off=frozenset({"nobody is counted in both groups"}))
    assert (0, 9) in [(each.low or 0, each.high) for each in steps(off, "people", "killed")]


def test_more_of_some_than_of_all_cannot_be_true_whoever_says_so():
    world = World()
    red, blue = world.page("r", FIRST), world.page("b", SECOND)
    whole = red.count("8 people", 8, role="killed", as_of=FIRST, statement=red.says("Red Side"))
    some = blue.count(
        "11 children", 11, role="killed", as_of=FIRST, age="child", statement=blue.says("Blue Side")
    )
    world.group("gr-p", "people", whole, some)
    world.incident("in-1", whole, some)
    [conflict] = derive(world).ledger.conflicts
    assert conflict.claims == (whole, some)
    assert "a count of some is of those counted in all" in conflict.sentence
    assert "8 people" in conflict.sentence
    assert "Blue Side" in conflict.sentence


# -- over time ---------------------------------------------------------------------------------------


def guards(*counts, party: str | None = None) -> World:
    """Counts of guards: (words, number, role, day), told by one party or in one report's own voice."""
    world = World()
    page = world.page("g", FOURTH)
    ids = []
    for words, number, role, day in counts:
        said = page.says(party) if party else None
        ids.append(page.count(words, number, role=role, as_of=day, statement=said))
    world.group("gr-g", "guards", *ids)
    return world


def test_a_count_carries_over_and_what_does_not_is_shown_as_unexplained():
    world = guards(("500 guards", 500, "present", FIRST), ("430 guards", 430, "present", THIRD))
    [step] = steps(derive(world), "guards", "unexplained")
    assert (step.low, step.high) == (70, 70)
    assert step.text == f"guards unaccounted for between {FIRST} and {THIRD}: 70"
    more = guards(("430 guards", 430, "present", FIRST), ("500 guards", 500, "present", THIRD))
    assert not steps(derive(more), "guards", "unexplained")  # a count above it: the first is not of all


def test_a_count_that_carries_over_bounds_the_vaguer_one_by_a_named_assumption():
    world = World()
    page = world.page("g", FOURTH)
    first = page.count("about 500 guards", 500, role="present", as_of=FIRST, approximate=True)
    later = page.count("480 guards", 480, role="present", as_of=THIRD)
    world.group("gr-g", "guards", first, later)
    step = steps(derive(world), "guards", "stock")[0]
    assert (step.low, step.high) == (480, 480)
    assert step.assumptions == ("no other flow",)
    assert (step.without_assumptions.low, step.without_assumptions.high) == (450, 550)


def test_a_later_count_carries_over_from_the_one_before_by_the_same_source():
    world = World()
    page = world.page("g", FOURTH)
    first = page.count("500 guards", 500, role="present", as_of=FIRST)
    told = [
        page.count(f"{n} guards", n, role="present", as_of=day, statement=page.says("Guild"))
        for n, day in ((460, SECOND), (440, THIRD))
    ]
    world.group("gr-g", "guards", first, *told)
    assert bounds(derive(world), "guards", "unexplained") == [(20, 20)]


def test_some_set_out_of_whom_others_turned_back():
    world = World()
    page = world.page("b", FOURTH)
    whole = page.count("40 boats set out", 40, role="left", as_of=FIRST)
    back = page.count("five turned back", 5, role="left", as_of=SECOND)
    sunk = page.count("two sank", 2, as_of=SECOND)
    rest = page.count("the other 33", 33, role="arrived", as_of=FOURTH, relation=remainder(whole))
    world.group("gr-b", "boats", whole, back, sunk, rest, unit="boat")
    assert sums(derive(world)) == [("40 = 5 + 2 + 33", "yes")]


def test_women_and_men_told_as_parts_are_no_more_than_all():
    world = World()
    page = world.page("p", FIRST)
    whole = page.count("22 divers", 22, role="killed", as_of=FIRST)
    women = page.count("5 women", 5, role="killed", as_of=FIRST, sex="female", relation=part_of(whole))
    men = page.count("19 men", 19, role="killed", as_of=FIRST, sex="male", relation=part_of(whole))
    for n, (id_, name) in enumerate(((whole, "divers"), (women, "women"), (men, "men"))):
        world.group(f"gr-{n}", name, id_)
    [conflict] = derive(world).ledger.conflicts
    assert conflict.claims == (whole, women, men)
    assert "nobody is counted in both groups" in conflict.sentence


def test_every_later_count_closes_the_balance_up_to_it():
    world = guards(
        ("500 guards", 500, "present", FIRST),
        ("40 died", 40, "killed", SECOND),
        ("460 guards", 460, "present", THIRD),
        ("50 died in all", 50, "killed", FOURTH),
        ("440 guards", 440, "present", FOURTH),
    )
    derived = derive(world)
    assert ("460 = 500 − 40", "yes") in sums(derived)
    assert ("440 = 500 − 50", "no") in sums(derived)
    assert bounds(derived, "guards", "unexplained") == [(10, 10)]
    assert not derived.ledger.conflicts


def test_those_who_came_may_have_been_counted_already():
    world = guards(
        ("100 guards", 100, "present", FIRST),
        ("30 came", 30, "arrived", SECOND),
        ("10 left", 10, "left", THIRD),
    )
    derived = derive(world)
    assert [each.kind for each in steps(derived, "guards")] == ["stock", "join", "left", "remaining"]
    assert bounds(derived, "guards", "remaining") == [(120, 120)]
    off = derive(world, assumptions_off=frozenset({"those who came were not yet counted"}))
    assert bounds(off, "guards", "remaining") == [(90, 120)]


def test_a_total_of_rival_counts_holds_whichever_source_is_right():
    world = World()
    page = world.page("g", FOURTH)
    start = page.count("200 guards", 200, role="present", as_of=FIRST)
    told = [
        page.count(f"{n} guards killed", n, role="killed", as_of=FOURTH, statement=page.says(party))
        for n, party in ((12, "Red Side"), (20, "Blue Side"))
    ]
    world.group("gr-g", "guards", start, *told)
    world.incident("in-1", told[0])
    world.incident("in-2", told[1])
    derived = derive(world)
    assert bounds(derived, "guards", "remaining") == [(168, 188)]
    red = derive(world, trust=Trust(without=frozenset({"blue-side"})))
    [step] = steps(red, "guards", "killed")
    assert (step.low, step.high, step.party, step.said_by.low) == (12, 12, "Red Side", ("Red Side",))


@pytest.mark.parametrize(
    ("start", "killed"),
    [
        ({"group": "foreign guards"}, {"group": "local guards"}),
        ({}, {"group": "enemy guards"}),
    ],
)
def test_no_balance_of_those_who_are_described_as_others(start, killed):
    world = World()
    page = world.page("g", FOURTH)
    whole = page.count("200 guards", 200, role="present", as_of=FIRST, what="guards", **start)
    dead = page.count("12 guards", 12, role="killed", as_of=SECOND, what="guards", **killed)
    world.group("gr-g", "guards", whole, dead)
    assert not steps(derive(world), "guards", "remaining")


def test_no_balance_from_a_word_without_a_figure_nor_of_people_in_general():
    world = World()
    page = world.page("g", FOURTH)
    vague = page.count("thousands of guards", role="present", as_of=FIRST, approximate=True, id="qt-v")
    dead = page.count("12 guards", 12, role="killed", as_of=SECOND)
    people = page.count("300 people", 300, role="present", as_of=FIRST)
    lost = page.count("8 people", 8, role="killed", as_of=SECOND)
    world.group("gr-g", "guards", vague, dead)
    world.group("gr-p", "people", people, lost)
    derived = derive(world)
    assert not steps(derived, "guards", "remaining")
    assert not steps(derived, "people", "remaining")


def series(*told) -> World:
    """Tolls of one incident: (day, party, low, exact)."""
    world = World()
    ids = []
    for n, (day, party, low, exact) in enumerate(told):
        page = world.page(f"r{n}", day)
        said = page.says(party)
        ids.append(
            page.count(f"{low} dead", low, role="killed", as_of=day, statement=said, at_least=not exact)
        )
    world.group("gr-p", "people", *ids)
    world.incident("in-1", *ids)
    return world


def test_a_cumulative_count_does_not_fall_by_a_named_assumption():
    derived = derive(series((FIRST, "Clinic", 9, False), (THIRD, "Guild", 14, True)))
    first, _ = steps(derived, "people", "killed")
    assert (first.low, first.high, first.assumptions) == (9, 14, ("a cumulative count does not fall",))
    assert (first.without_assumptions.low, first.without_assumptions.high) == (9, None)
    assert (first.said_by.low, first.said_by.high) == (("Clinic",), ("Guild",))


def test_unless_its_own_source_corrects_it():
    derived = derive(series((FIRST, "Clinic", 14, True), (THIRD, "Clinic", 13, True)))
    assert bounds(derived, "people", "killed") == [(13, 13)]
    assert not derived.ledger.conflicts


def test_a_like_number_is_the_same_number():
    world = World()
    page = world.page("k", FIRST)
    men = page.count("about 300 men", 300, role="present", as_of=FIRST, approximate=True)
    kin = page.count("a like number of kin", role="present", as_of=FIRST, relation=equals(men))
    world.group("gr-m", "men", men)
    world.group("gr-k", "kin", kin)
    [step] = steps(derive(world), "kin", "stock")
    assert (step.low, step.high, step.best) == (270, 330, 300)
    assert step.rests_on.low == ("qt-k-0", "qt-k-1")


def test_the_order_of_reports_changes_nothing():
    world = series((FIRST, "Clinic", 9, False), (SECOND, "Guild", 14, True), (THIRD, "League", 12, True))
    turned = series((FIRST, "Clinic", 9, False), (SECOND, "Guild", 14, True), (THIRD, "League", 12, True))
    turned.pages.reverse()
    assert derive(world).ledger == derive(turned).ledger


def test_swapping_two_parties_names_changes_nothing_but_names():
    told = ((FIRST, "Ash Side", 9, False), (SECOND, "Elm Side", 14, True), (THIRD, "Ash Side", 12, True))
    swap = {"Ash Side": "Elm Side", "Elm Side": "Ash Side"}
    one = derive(series(*told)).ledger.groups
    other = derive(series(*((day, swap[party], low, exact) for day, party, low, exact in told))).ledger.groups

    def row(step, names):
        said = [names.get(each, each) for each in (*step.said_by.low, *step.said_by.high, step.party)]
        return step.at, step.kind, step.low, step.high, step.rests_on, step.assumptions, said

    assert [row(each, swap) for each in one[0].steps] == [row(each, {}) for each in other[0].steps]
