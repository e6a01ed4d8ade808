"""Whom to believe, by name; and that only what a choice or a new report touches is computed again."""

from __future__ import annotations

import msgspec
import pytest

import standoff
from standoff.errors import UsageError
from standoff.model import Axes, Mention
from standoff.reconcile import Memo, Trust, ask, derive, reconcile
from standoff.reconcile.shelf import lay_out
from standoff.reconcile.trust import assumptions_named, trust_of
from tests.reconcile.world import World

DAYS = [f"2031-05-{day:02}" for day in range(1, 13)]


def told(*voices: tuple[str | None, int]) -> World:
    """Tolls of one incident by party (None: the report's own voice)."""
    world = World()
    ids = []
    for n, (party, number) in enumerate(voices):
        page = world.page(f"r{n}", DAYS[n], "The Gazette")
        said = page.says(party) if party else None
        ids.append(page.count(f"{number} dead", number, role="killed", as_of=DAYS[0], statement=said))
    world.group("gr-g", "guards", *ids)
    world.incident("in-1", *ids)
    return world


def inputs(world: World):
    return world.reports(), world.readings(), world.referents()


def bounds(world: World, **axes):
    groups = reconcile(*inputs(world), axes=Axes(**axes)).ledger.groups
    return [(step.low, step.high) for group in groups for step in group.steps]


VOICES = (("International Lamp Society", 12), ("Red Side", 20), (None, 15))


@pytest.mark.parametrize(
    ("axes", "expected"),
    [
        ({}, [(12, 20)]),
        ({"believe": ("International Lamp Society",)}, [(12, 12)]),
        ({"believe": ("lamp society",)}, [(12, 12)]),
        ({"believe": ("Red Side", "own")}, [(15, 20)]),
        ({"believe": ("The Gazette",)}, [(15, 15)]),
        ({"without": ("Red Side",)}, [(12, 15)]),
        ({"without": ("own", "Red Side")}, [(12, 12)]),
    ],
)
def test_a_choice_of_voices_is_what_the_ledger_counts(axes, expected):
    assert bounds(told(*VOICES), **axes) == expected


def test_a_choice_changes_no_question_and_no_dispute():
    world = told(*VOICES)
    everyone = reconcile(*inputs(world))
    some = reconcile(*inputs(world), axes=Axes(believe=("Red Side",)))
    assert some.questions == everyone.questions
    assert some.disputes == everyone.disputes


def test_a_spokesman_counts_with_whom_he_speaks_for():
    world = told(("Ada Quill", 12), ("Red Side", 20))
    world.represents["Ada Quill"] = "Lamp Society"
    assert bounds(world, believe=("Lamp Society",)) == [(12, 12)]
    assert bounds(world, without=("Lamp Society",)) == [(20, 20)]


def test_sources_without_a_name_can_be_left_out_or_believed_alone():
    world = told(("officials", 30), ("Ada Quill", 12))
    for page, name, form in (
        (world.pages[0], "officials", "description"),
        (world.pages[1], "Ada Quill", "name"),
    ):
        assert page.statements[0].party == name
        page.mention = Mention(id=f"mn-{page.id}", start=0, end=2, text=name, form=form, type="person")
    reports, readings, referents = inputs(world)
    readings = [
        msgspec.structs.replace(each, mentions=(page.mention,))
        for each, page in zip(readings, world.pages, strict=True)
    ]
    persons = tuple(msgspec.structs.replace(each, type="person") for each in referents.parties)
    party_of = {"mn-r0": "officials", "mn-r1": "ada-quill"}
    referents = msgspec.structs.replace(referents, parties=persons, party_of=party_of)
    shelf = lay_out(reports, readings, referents)
    assert trust_of(shelf, (), ("unnamed",)).without == {"officials", "unclear"}
    derived = reconcile(reports, readings, referents, axes=Axes(without=("unnamed",)))
    assert [step.low for step in derived.ledger.groups[0].steps] == [12]


@pytest.mark.parametrize("name", ["Blue Side", "", "Side Society"])
def test_a_name_that_nobody_has_is_refused(name):
    with pytest.raises(UsageError, match="nobody in this record"):
        bounds(told(*VOICES), believe=(name,))


def test_a_name_that_several_have_is_refused_with_their_names():
    world = told(("Red Hill Guild", 3), ("Red Lake Guild", 4))
    with pytest.raises(UsageError, match="Red Hill Guild and Red Lake Guild"):
        bounds(world, without=("Guild",))


def test_assumptions_are_named_as_printed_or_by_key():
    assert assumptions_named(["no other flow", "dead-of-group", "dead_of_group"]) == {
        "no other flow", "the dead counted were of this group",
    }  # fmt: skip
    with pytest.raises(UsageError, match="no-other-flow"):
        assumptions_named(["all is well"])


def test_the_flags_are_printed_as_the_other_axes_are():
    axes = Axes(
        as_of="2031-05-01", believe=("Ada Quill",), without=("own",), without_assumptions=("disjoint",)
    )
    assert axes.words() == (
        '--as-of 2031-05-01 --believe "Ada Quill" --without "own" --without-assumption "disjoint"'
    )
    assert axes.times == Axes(as_of="2031-05-01")


# -- computed again ----------------------------------------------------------------------------------


def balances(count: int) -> World:
    """Groups that lose by two parties' tolls."""
    world = World()
    for g in range(count):
        page = world.page(f"g{g}", DAYS[2])
        ids = [page.count(f"{90 + g} men", 90 + g, role="present", as_of=DAYS[0])]
        for n, party in enumerate(("Red Side", "Blue Side")):
            ids.append(
                page.count("dead", 4 + n, role="killed", as_of=DAYS[n + 1], statement=page.says(party))
            )
        world.group(f"gr-{g}", f"men of {g}", *ids)
    return world


def test_one_report_more_computes_again_what_it_touches_alone():
    world, memo = balances(30), Memo()
    derive(ask(*inputs(world)), Axes(), memo=memo)
    before = memo.computed
    page = world.page("late", DAYS[8])
    more = page.count("dead", 9, role="killed", as_of=DAYS[7], statement=page.says("Red Side"))
    world.group_of[more] = "gr-7"
    after = derive(ask(*inputs(world)), Axes(), memo=memo)
    assert memo.computed - before == 1
    assert after == reconcile(*inputs(world))


def test_another_choice_computes_again_what_it_touches_alone():
    world, memo = balances(30), Memo()
    page = world.page("late", DAYS[8])
    more = page.count("dead", 9, role="killed", as_of=DAYS[7], statement=page.says("Guild"))
    world.group_of[more] = "gr-7"
    asked = ask(*inputs(world))
    derive(asked, Axes(), memo=memo)
    before = memo.computed
    chosen = derive(asked, Axes(without=("Guild",)), memo=memo)
    assert memo.computed - before == 1
    assert chosen.ledger == reconcile(*inputs(world), trust=Trust(without=frozenset({"guild"}))).ledger


def test_a_person_chooses_in_python(tmp_path):
    report = tmp_path / "one.txt"
    report.write_text(
        "The mayor, Ada Quill, said on Monday that 12 people were killed in the fire at the mill.\n\n"
        "Officials said 20 people were killed in the fire.\n",
        encoding="utf-8",
    )
    with standoff.open(tmp_path / "s.standoff", create=True) as record:
        record.add(report, published="2031-05-06")
        everyone = record.ledger()[0]
        quill = record.ledger(believe=["Ada Quill"])[0]
        named = record.ledger(without=["unnamed"])[0]
        with pytest.raises(UsageError):
            record.ledger(believe=["Nobody Atall"])
    assert figures(everyone) >= {20}
    assert figures(quill) == {12}
    assert figures(named) == {12}


def figures(ledger) -> set[int]:
    return {step["high"] for group in ledger["groups"] for step in group["steps"]}
