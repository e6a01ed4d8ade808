"""Fairness and order in any world: counts, blame, denials, aid, deals and remainders by any of three parties.

Two parties' names are exchanged in all texts, readings and referents. They are of one length, so that
every span stays, and everything derived must be the same but for the names.
"""

from __future__ import annotations

import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.model import Reading, Referents, Report
from standoff.model.ids import slug
from standoff.reconcile import aggregate, reconcile
from standoff.reconcile.figures.aggregates import rules
from tests.reconcile.world import World, derive, remainder

RED, SEA, LOW = "Redwood League", "Seaward Circle", "Lowland Parish"
PARTY = st.sampled_from([RED, SEA, LOW, None])
DAY = st.sampled_from(["2031-05-01", "2031-05-02", "2031-05-03", "2031-05-07", None])
KIND = st.sampled_from(
    ["killed", "killed of a side", "present", "rest", "raid", "no raid", "blame", "right", "aid", "no aid",
     "deal", "kept"]
)  # fmt: skip
FACT = st.tuples(KIND, DAY, PARTY, PARTY, st.integers(1, 40))
FACTS = st.lists(FACT, min_size=1, max_size=10)


def told_world(facts) -> World:
    """One report a fact; what is told of the raid is of one incident, all people of one group."""
    world = World()
    tolls, raids, deals = [], [], []
    for n, (kind, day, speaker, other, number) in enumerate(facts):
        page = world.page(f"r{n}", day, f"Paper {n % 3}")
        said = page.says(speaker, f"{speaker} says of {other} and {number}") if speaker else None
        other = other or LOW
        more = {"statement": said}
        if kind == "killed":
            tolls.append(page.count(f"{number} dead", number, role="killed", **more))
        elif kind == "killed of a side":
            own = page.count(f"{number} of the {other} dead", number, role="killed", group=other, **more)
            world.group(f"gr-{slug(other)}", f"people ({other})", own, parent="gr-people")
        elif kind == "present":
            tolls.append(page.count(f"{number} people", number, role="present", as_of=day, **more))
        elif kind == "rest":
            whole = page.count(f"{number + 5} people", number + 5, role="present", as_of=day, **more)
            gone = page.count("5 left", 5, role="left", as_of=day, **more)
            left = page.count("the rest", number, role="present", relation=remainder(whole), **more)
            tolls += [whole, gone, left]
        elif kind in {"raid", "no raid"}:
            polarity = "affirmed" if kind == "raid" else "denied"
            raids.append(
                page.claim("ASSAULT", f"the {other} raid", other, "the mill", polarity=polarity, **more)
            )
        elif kind == "blame":
            page.claim("ACCUSE", f"the fault of the {other}", speaker or "", to=other, **more)
        elif kind == "right":
            raids.append(page.claim("SUPPORT", f"the {other} did right", speaker or "", to=other, **more))
        elif kind in {"aid", "no aid"}:
            type_, mode = ("AID", None) if kind == "aid" else ("COERCE", "withhold")
            page.claim(type_, f"grain of the {other}", other, to="the camp", mode=mode, **more)
        elif kind == "deal":
            deals.append(
                page.claim("AGREE", f"a deal with the {other}", f"{speaker or SEA}, {other}", **more)
            )
        elif deals:
            page.claim("TERM", "both keep their rafts", of=deals[0], **more)
    world.group("gr-people", "people", *tolls)
    world.incident(
        "in-raid", *[each for each in tolls if each], *raids, when="2031-05-01", targets=(slug(LOW),)
    )
    return world


def exchanged(data: bytes, a: str, b: str) -> bytes:
    """JSON with two names, and the ids made of them, exchanged everywhere."""
    pairs = {a: b, b: a, slug(a): slug(b), slug(b): slug(a)}
    pattern = re.compile("|".join(map(re.escape, pairs)))
    return pattern.sub(lambda found: pairs[found[0]], data.decode()).encode()


def numbered(data: bytes) -> bytes:
    """JSON with numbers, by first appearance, for ids that are hashes: some are made of a party's group."""
    seen: dict[bytes, int] = {}
    return re.sub(
        rb"\b[a-z]{1,2}-[0-9a-f]{10}\b", lambda found: b"%d" % seen.setdefault(found[0], len(seen)), data
    )


def inputs(world: World, a: str = RED, b: str = RED):
    """Reports, readings and referents of a world, with two names exchanged if they differ."""

    def told(records, kind):
        data = msgspec.json.encode(records)
        return msgspec.json.decode(exchanged(data, a, b) if a != b else data, type=kind)

    return (
        told(world.reports(), list[Report]),
        told(world.readings(), list[Reading]),
        told(world.referents(), Referents),
    )


def everything(derived) -> bytes:
    """All that is derived, with the aggregates of each number under each rule."""
    figures = [
        aggregate(question, rule)
        for question in derived.questions
        if question.kind in {"number", "divergent"}
        for rule in rules()
    ]
    return msgspec.json.encode((derived, figures))


@given(FACTS)
def test_exchanging_two_names_changes_nothing_but_names(facts):
    world = told_world(facts)
    expected = numbered(everything(reconcile(*inputs(world))))
    for a, b in ((RED, SEA), (SEA, LOW), (RED, LOW)):
        assert numbered(exchanged(everything(reconcile(*inputs(world, a, b))), a, b)) == expected


@given(FACTS, st.randoms(use_true_random=False))
def test_the_order_of_reports_changes_nothing(facts, random):
    world = told_world(facts)
    expected = everything(derive(world))
    random.shuffle(world.pages)
    assert everything(derive(world)) == expected


@given(FACTS)
def test_sides_stand_by_the_day_of_their_first_account(facts):
    derived = derive(told_world(facts))
    day_of = {
        each.id: each.said or each.published or "~"
        for question in derived.questions
        for each in question.accounts
    }
    for dispute in derived.disputes:
        firsts = [min(day_of[each] for each in side.accounts) for side in dispute.sides]
        assert firsts == sorted(firsts)


@given(FACTS)
def test_what_a_source_said_is_never_the_reports_own(facts):
    world = told_world(facts)
    said = {each.id for page in world.pages for each in page.statements}
    for question in derive(world).questions:
        for account in question.accounts:
            if account.statement in said:
                assert account.source is not None


@pytest.mark.parametrize("kind", ["killed", "raid", "aid", "blame", "rest", "deal"])
def test_the_world_tells_of_each_kind(kind):
    facts = [(kind, "2031-05-01", RED, SEA, 4), (kind, "2031-05-02", SEA, RED, 9)]
    facts += [("no raid", "2031-05-03", SEA, SEA, 1), ("no aid", "2031-05-03", LOW, SEA, 1)]
    assert derive(told_world(facts)).questions
