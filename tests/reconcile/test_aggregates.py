"""Aggregates under named rules: what each takes, sets aside and says."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff import vocab
from standoff.errors import UsageError
from standoff.model import Account, Aggregate, Mention, Question, QuestionLink
from standoff.reconcile import aggregate, reconcile
from standoff.reconcile.figures.aggregates import rules
from standoff.reconcile.trust import Trust
from tests.reconcile.world import World, derive, tolls

ONE, TWO, THREE, FOUR = "2031-05-01", "2031-05-02", "2031-05-03", "2031-05-04"
ALL = ("minmax", "best_low_high", "lowest", "conservative", "latest")


def account(n: int, text: str = "people", **bounds: Any) -> Account:
    known = {"party_id": f"p-{n}", "source": f"P{n}", "as_of": None, **bounds}
    return Account(
        id=f"ac-{n}", report=f"r{n}", span=(0, 1), text=text, origin=f"or-{n}", said=None,
        published=f"2031-05-0{n}", statement=None, **known,
    )  # fmt: skip


def exact(n: int, value: float, **more: Any) -> Account:
    return account(n, f"{value:g} people", low=value, high=value, best=value, **more)


def asked(*accounts: Account, links: tuple[QuestionLink, ...] = ()) -> Question:
    return Question(id="qn-1", question="How many?", kind="number", accounts=accounts, links=links)


def bounds(found: Aggregate) -> tuple[Any, Any, Any]:
    return found.low, found.high, found.best


def figures(world: World, nth: int = 0) -> dict[str, Aggregate]:
    return {each.rule: each for each in derive(world).questions[nth].aggregates}


# -- what every rule keeps to -------------------------------------------------------------------------


def test_every_rule_is_data_with_an_owner_a_version_and_a_source():
    assert tuple(rules()) == ALL
    for about in rules().values():
        assert about["version"] >= 1
        assert about["of"]
        assert about["means"]
        assert about["source"]


FIGURE = st.one_of(
    st.integers(0, 500).map(lambda n: {"low": n, "high": n, "best": n}),
    st.integers(0, 500).map(lambda n: {"low": n}),
    st.integers(0, 500).map(lambda n: {"high": n}),
    st.integers(0, 500).map(lambda n: {"low": max(0, n - 5), "high": n + 5, "best": n, "approximate": True}),
    st.just({"low": 24, "high": 99, "approximate": True, "text": "Dozens of people"}),
    st.just({}),
)


@given(st.lists(FIGURE, min_size=1, max_size=7), st.sampled_from(ALL), st.data())
def test_each_account_is_used_or_set_aside_with_a_reason_and_bounds_are_never_crossed(given_, rule, data):
    accounts = [account(n, **figure) for n, figure in enumerate(given_, 1)]
    links = data.draw(
        st.lists(
            st.tuples(st.integers(1, len(accounts)), st.integers(1, len(accounts)),
                      st.sampled_from(["revises", "corrects", "repeats", "compatible"])),
            max_size=4,
        )
    )  # fmt: skip
    made = tuple(
        QuestionLink(from_=f"ac-{a}", to=f"ac-{b}", relation=kind, reason="x")
        for a, b, kind in links
        if a != b
    )
    found = aggregate(asked(*accounts, links=made), rule)
    aside = [each.account for each in found.set_aside]
    assert sorted((*found.used, *aside)) == sorted(each.id for each in accounts)
    assert all(each.why for each in found.set_aside)
    if found.low is not None and found.high is not None:
        assert found.low <= found.high
        assert found.best is None or found.low <= found.best <= found.high


@pytest.mark.parametrize("rule", ALL)
def test_unknown_stays_unknown_and_is_never_nought(rule):
    found = aggregate(asked(account(1)), rule)
    assert bounds(found) == (None, None, None)
    assert [each.why for each in found.set_aside] == ["it gives no bounds"]


def test_there_is_no_rule_by_any_other_name():
    with pytest.raises(UsageError, match="use one of minmax"):
        aggregate(asked(exact(1, 3)), "average")


@pytest.mark.parametrize("rule", ALL)
def test_what_its_own_source_replaced_goes_with_what_had_repeated_it(rule):
    """12, 12 again, then 15 of one source: the first 12 does not stay when the second is revised."""
    found = figures(tolls((ONE, "Brigade", 12), (TWO, "Brigade", 12), (THREE, "Brigade", 15)))[rule]
    assert found.low == 15
    assert len(found.set_aside) == 2


def test_a_voice_that_is_not_trusted_is_set_aside_and_named():
    world = tolls((ONE, "Brigade", 12), (TWO, "Ministry", 19))
    [question] = derive(world, trust=Trust(without=frozenset({"ministry"}))).questions
    for found in question.aggregates:
        assert found.low == 12
        assert [each.why for each in found.set_aside] == ["its source was left out by choice"]


# -- rule by rule -------------------------------------------------------------------------------------


def test_minmax_says_where_its_high_end_is_only_the_highest_figure_named():
    found = aggregate(asked(exact(1, 10), account(2, "at least 14 people", low=14)), "minmax")
    assert bounds(found) == (10, 14, None)
    assert "“at least 14 people” sets no upper bound: the highest figure named is given" in found.notes


def test_a_figure_said_as_about_is_taken_at_the_figure_named_but_not_by_ours():
    about = account(1, "about 85 people", low=80, high=90, best=85, approximate=True)
    assert bounds(aggregate(asked(about), "minmax")) == (85, 85, None)
    assert bounds(aggregate(asked(about), "lowest")) == (85, 85, 85)
    assert aggregate(asked(about), "conservative").low == 80


def test_more_than_n_stays_open():
    found = aggregate(asked(account(1, "more than 20 people", low=20, low_open=True)), "minmax")
    assert (found.low, found.low_open) == (20, True)
    assert (
        "“more than 20 people” is taken as 20"
        in aggregate(asked(account(1, "more than 20 people", low=20, low_open=True)), "lowest").notes
    )


@pytest.mark.parametrize(
    ("text", "ours", "value"),
    [
        ("Dozens of people", (24, 99), 12),
        ("tens of people", (20, 99), 10),
        ("Hundreds", (200, 999), 100),
        ("several people", (3, 9), 3),
        ("a few people", (2, 9), 3),
        ("several hundred people", (300, 999), 300),  # in no table: our low
        ("hundreds of thousands of people", (200000, 999999), 200000),
        ("scores of people", (40, 199), 40),
    ],
)
def test_vague_words_go_by_each_conventions_own_table(text, ours, value):
    vague = asked(account(1, text, low=ours[0], high=ours[1], approximate=True))
    found = aggregate(vague, "lowest")
    assert bounds(found) == (value, value, value)
    assert any(text in note for note in found.notes)
    assert bounds(aggregate(vague, "minmax")) == (*ours, None)
    assert any("no table of Airwars" in note for note in aggregate(vague, "minmax").notes)
    assert not any("table" in note for note in aggregate(vague, "conservative").notes)


def test_the_larger_value_of_a_vague_word_is_named_beside_the_one_taken():
    found = aggregate(asked(account(1, "several people", low=3, high=9, approximate=True)), "lowest")
    assert any("which takes 10 where" in note for note in found.notes)


def test_words_such_as_as_many_as_are_no_vague_number():
    found = aggregate(asked(account(1, "as many as 20 people", high=20)), "lowest")
    assert bounds(found) == (None, None, None)
    assert [each.why for each in found.set_aside] == ["it gives no figure that could be the lowest"]


def test_conservative_is_the_smallest_low_of_the_origins_that_stand():
    found = aggregate(
        asked(exact(1, 14), account(2, low=9), account(3, "up to 5 people", high=5)), "conservative"
    )
    assert bounds(found) == (9, None, None)
    assert [(each.account, each.why) for each in found.set_aside] == [("ac-3", "it gives no lower bound")]
    assert "“up to 5 people” sets no lower bound and allows fewer" in found.notes


def test_latest_takes_the_newest_of_each_origin_whoever_prints_it():
    """The hospital's newest count stands in another paper than its first."""
    world = World()
    told = [
        ("a", ONE, "Hospital", "10 people", 10), ("b", THREE, "Hospital", "at least 9 people", None),
        ("c", TWO, "Brigade", "14 people", 14),
    ]  # fmt: skip
    counted = []
    for name, day, party, words, n in told:
        page = world.page(name, day)
        said = page.says(party)
        counted.append(
            page.count(words, n, role="killed", statement=said)
            if n else page.count(words, 9, at_least=True, role="killed", statement=said)
        )  # fmt: skip
    world.group("gr-people", "people", *counted)
    world.incident("in-1", *counted)
    found = figures(world)["latest"]
    assert (found.low, found.high) == (9, 14)
    assert [each.why for each in found.set_aside] == ["its origin gave a newer figure"]


def test_latest_goes_by_the_time_a_figure_is_of_before_the_day_it_was_told():
    old = exact(1, 20, party_id="p", source="P", as_of="2031-05-01")
    late = exact(3, 12, party_id="p", source="P", as_of="2031-04-20")
    assert bounds(aggregate(asked(old, late), "latest")) == (20, 20, None)


def test_best_has_most_origins_and_is_the_later_on_a_tie():
    one, two, three = exact(1, 10), exact(2, 12), exact(3, 12)
    assert aggregate(asked(one, two, three), "best_low_high").best == 12
    assert aggregate(asked(one, two), "best_low_high").best == 12
    again = exact(3, 12, party_id="p-2", source="P2")
    assert (
        aggregate(asked(exact(1, 12), again, exact(4, 10), exact(5, 10), exact(6, 10)), "best_low_high").best
        == 10
    )


def test_nobody_is_a_figure_and_a_bare_denial_is_none():
    nobody = account(1, "no civilians", low=0, high=0, best=0, answer="not 0")
    denial = account(2, "14 people", low=14, high=14, best=14, answer="not 14")
    found = aggregate(asked(nobody, denial, exact(3, 5)), "minmax")
    assert bounds(found) == (0, 5, None)
    assert [each.why for each in found.set_aside] == ["it only denies a figure"]


# -- contested status, and whose losses ---------------------------------------------------------------


def struck(*told: tuple[str, str, str, str, str | None, float]) -> World:
    """A world in which each of (day, party, words, what, status, number) tells of one incident's dead."""
    world = World()
    counted = []
    for day, party, words, what, status, n in told:
        page = world.page(f"r-{party}-{n}-{status}", day)
        statement = page.says(party)
        counted.append(
            page.count(words, n, what=what, group=what, role="killed", status=status, statement=statement)
        )
    by_noun: dict[str, list[str]] = {}
    for (_, _, _, what, _, _), each in zip(told, counted, strict=True):
        by_noun.setdefault(what, []).append(each)
    for what, members in by_noun.items():
        world.group(f"gr-{what}", what, *members)
    world.incident("in-1", *counted)
    return world


def lows(world: World, rule: str = "minmax") -> dict[str, Any]:
    return {
        question.question: each.low
        for question in derive(world).questions
        for each in question.aggregates if each.rule == rule
    }  # fmt: skip


def test_the_minimum_is_nought_for_civilians_and_for_combatants_where_status_is_contested():
    world = struck(
        (ONE, "Residents", "12 villagers", "villagers", "civilian", 12),
        (TWO, "Army", "12 fighters", "fighters", "combatant", 12),
    )
    assert set(lows(world).values()) == {0}
    notes = [note for q in derive(world).questions for each in q.aggregates for note in each.notes]
    assert any(
        "civilian status is contested: Residents says civilian (“12 villagers”)" in note for note in notes
    )
    assert set(lows(world, "conservative").values()) == {12}


@pytest.mark.parametrize(
    ("second", "why"),
    [
        (("Residents", "12 fighters", "fighters", "combatant", 12), "one source tells of both"),
        (("Army", "40 fighters", "fighters", "combatant", 40), "they cannot be the same people"),
        (("Army", "12 villagers", "villagers", "civilian", 12), "both say civilian"),
        (("Army", "12 people", "people", None, 12), "nothing is said of status"),
    ],
)
def test_status_is_not_contested_by_what_may_be_true_beside_it(second, why):
    world = struck((ONE, "Residents", "12 villagers", "villagers", "civilian", 12), (TWO, *second))
    assert 0 not in lows(world).values(), why


def test_a_source_that_tells_both_apart_contests_nothing():
    world = struck(
        (ONE, "Residents", "12 villagers", "villagers", "civilian", 12),
        (TWO, "Army", "12 fighters", "fighters", "combatant", 12),
        (TWO, "Army", "3 villagers", "villagers", "civilian", 3),
    )
    assert 0 not in lows(world).values()


def losses(world: World) -> list[str]:
    found = [note for q in derive(world).questions for each in q.aggregates for note in each.notes]
    return [note for note in found if note.startswith("a figure by")]


def test_every_rule_says_where_a_party_counts_the_losses_of_another():
    world = struck((ONE, "Army", "30 Hill Front fighters", "fighters", "combatant", 30))
    page = world.pages[0]
    quantity = page.quantities[0]
    start = page.text.index("Hill Front")
    end = start + len("Hill Front")
    known = Mention(
        id="mn-1", start=start, end=end, text="Hill Front", form="name", type="armed_group",
        party="Hill Front", party_id="hill-front",
    )  # fmt: skip
    world.represents["Hill Front"] = "Hill Front"
    found = losses_with(world, known)
    assert quantity.text == "30 Hill Front fighters"
    assert found == ["a figure by Army of members of another party (Hill Front)"] * len(ALL)


def losses_with(world: World, mention: Mention) -> list[str]:
    readings = [msgspec.structs.replace(each, mentions=(mention,)) for each in world.readings()]
    made = reconcile(world.reports(), readings, world.referents())
    return [
        note for q in made.questions for each in q.aggregates for note in each.notes if "figure by" in note
    ]


def test_combatants_who_are_not_said_to_be_its_own_are_named_as_such():
    world = struck((ONE, "Army", "30 fighters", "fighters", "combatant", 30))
    assert losses(world) == ["a figure by Army of fighters, who are not said to be its own"] * len(ALL)


def test_a_reports_own_figure_and_one_of_civilians_need_no_such_note():
    assert not losses(struck((ONE, "Army", "30 villagers", "villagers", "civilian", 30)))
    assert not losses(tolls((ONE, None, 30)))


def test_stocks_of_several_days_and_counts_of_no_known_role_are_said_to_be_so():
    world = World()
    ids = []
    for day, n in ((ONE, 40), (TWO, 30)):
        page = world.page(f"r-{n}", day)
        ids.append(page.count(f"{n} people", n, role="present", as_of=day, statement=page.says("Brigade")))
    world.group("gr-people", "people", *ids)
    assert (
        "the accounts are of different days: what is counted may have changed"
        in figures(world)["minmax"].notes
    )


def test_the_note_sentences_and_tables_are_vocabulary():
    assert vocab.load("aggregation_rules")["vague"]["acled"]["source"]
    assert vocab.load("en/aggregates")["notes"]["contested"]


def test_a_group_that_belongs_to_a_party_by_name_is_that_partys():
    def noted(status: str | None, kind: str) -> set[str]:
        world = struck((ONE, "Army", "30 people", "people", status, 30))
        world.represents["Hill Front"] = "Hill Front"
        known = world.referents()
        parties = tuple(
            msgspec.structs.replace(each, type=kind) if each.name == "Hill Front" else each
            for each in known.parties
        )
        groups = tuple(msgspec.structs.replace(each, party="Hill Front") for each in known.groups)
        referents = msgspec.structs.replace(known, groups=groups, parties=parties)
        made = reconcile(world.reports(), world.readings(), referents)
        return {note for q in made.questions for each in q.aggregates for note in each.notes}

    loss = "a figure by Army of members of another party (Hill Front)"
    assert loss in noted(None, "armed_group")
    assert loss in noted("combatant", "state")
    assert loss not in noted(None, "state")  # the nationals of a state are no losses of its side
