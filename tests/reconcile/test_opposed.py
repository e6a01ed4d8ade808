"""Disputes that are not about numbers, and fairness to all sides."""

from __future__ import annotations

import random
import re

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.reconcile import reconcile
from tests.reconcile.world import World, derive, tolls

ONE, TWO, THREE = "2031-05-01", "2031-05-02", "2031-05-03"


def disputes(world, kind):
    return [each for each in derive(world).disputes if each.kind == kind]


def sluice() -> World:
    """River State and the Upland Side over a blocked sluice: aid, blame, an attack, a deal."""
    world = World()
    page = world.page("a", ONE)
    aid = page.says("River State", "lorries with grain are let through to the camp")
    passes = page.claim(
        "AID", "lorries with grain are let through", "River State", to="the camp", statement=aid
    )
    block = page.says("Upland Side", "River State keeps all grain from the camp", stance=("accuses",))
    stops = page.claim(
        "COERCE", "keeps all grain", "River State", targets="the camp", mode="withhold", statement=block
    )
    page.claim("ACCUSE", "hungry children, its doing", "Upland Side", to="River State", statement=block)
    blame = page.says("River State", "the Upland Side alone made the children hungry", stance=("accuses",))
    page.claim("ACCUSE", "made the children hungry", "River State", to="Upland Side", statement=blame)
    later = world.page("b", TWO)
    struck = later.claim(
        "ASSAULT", "shells fell on the sluice", "Upland Side", targets="the sluice", id="cl-hit"
    )
    no = later.says("Upland Side", "we did not shell it", stance=("denies",))
    denied = later.claim(
        "ASSAULT", "did not shell", "Upland Side", targets="the sluice", polarity="denied", statement=no
    )
    deal = later.claim("AGREE", "a truce deal over the sluice", "River State, Upland Side", when=TWO)
    good = later.says("Lake League", "the deal is wise", stance=("endorses",))
    later.claim("SUPPORT", "the deal is wise", "Lake League", statement=good)
    bad = later.says("Hills Guild", "the deal sells us out", stance=("rejects",))
    later.claim("REJECT", "the deal sells us out", "Hills Guild", statement=bad)
    later.claim("TERM", "both keep their rafts", of=deal)
    world.incident("in-hit", struck, denied)
    world.incident("in-deal", deal, type="AGREE", when=TWO)
    assert passes != stops
    return world


def test_aid_let_through_against_aid_blocked():
    [dispute] = disputes(sluice(), "access")
    assert [side.answer for side in dispute.sides] == ["yes: aid is let through", "no: aid is blocked"]
    assert [side.parties for side in dispute.sides] == [("River State",), ("Upland Side",)]
    assert dispute.question == "Is aid let through to the camp?"


def test_answers_about_access_at_different_times_are_a_change():
    world = World()
    for n, (day, kind, mode, who) in enumerate(
        [("2031-01-01", "AID", None, "Red Side"), ("2031-05-01", "COERCE", "withhold", "Blue Side")]
    ):
        page = world.page(f"p{n}", day)
        page.claim(kind, "grain", "Red Side", to="the camp", mode=mode, when=day, statement=page.says(who))
    assert not disputes(world, "access")


def test_a_denial_is_set_against_what_it_denies():
    [dispute] = [each for each in disputes(sluice(), "actor") if each.question.startswith("Did ")]
    assert {side.answer for side in dispute.sides} == {"yes", "no"}
    assert "carry out" in dispute.question


def test_a_denial_alone_shows_the_other_side_as_known_through_it_only():
    world = World()
    page = world.page("r", ONE)
    said = page.says("Red Side", "we burnt no barn", stance=("denies",))
    page.claim("ASSAULT", "burnt no barn", "Red Side", targets="the barn", polarity="denied", statement=said)
    assert not disputes(world, "occurrence")
    [dispute] = disputes(world, "actor")
    assert dispute.question.startswith("Did Red Side carry out")
    assert [(side.answer, side.only_through_opponent) for side in dispute.sides] == [
        ("no", False),
        ("yes", True),
    ]


def test_who_only_tells_of_a_deed_is_no_side_against_who_denies_having_done_it():
    world = World()
    page = world.page("r", ONE)
    page.claim("ASSAULT", "four died", targets="the barn")
    said = page.says("Red Side", "we burnt no barn", stance=("denies",))
    page.claim("ASSAULT", "burnt no barn", "Red Side", targets="the barn", polarity="denied", statement=said)
    [dispute] = disputes(world, "actor")
    assert [(side.parties, side.only_through_opponent) for side in dispute.sides] == [
        (("Red Side",), False),
        ((), True),
    ]


def test_a_side_told_only_by_its_opponent_is_marked():
    world = World()
    page = world.page("r", ONE)
    outer = page.says("Red Side", "Blue Side pretends that four died, but nine did")
    inner = page.says("Blue Side", "four died", parent=outer)
    ids = [
        page.count("four died", 4, role="killed", statement=inner),
        page.count("nine did", 9, role="killed", statement=outer),
    ]
    world.group("gr", "people", *ids)
    world.incident("in", *ids)
    [dispute] = disputes(world, "number")
    assert [(side.parties, side.only_through_opponent) for side in dispute.sides] == [
        (("Blue Side",), True),
        (("Red Side",), False),
    ]


def test_mutual_blame_is_a_question_of_responsibility():
    [dispute] = disputes(sluice(), "responsibility")
    assert {side.answer for side in dispute.sides} == {"River State", "Upland Side"}


def test_who_did_it():
    world = World()
    ids = []
    for n, (teller, doer) in enumerate([("Red Side", "Blue Side"), ("Blue Side", "Red Side")]):
        page = world.page(f"p{n}", ONE)
        ids.append(page.claim("ASSAULT", "the raid", doer, targets="the mill", statement=page.says(teller)))
    world.incident("in", *ids)
    [dispute] = disputes(world, "actor")
    assert dispute.question == "Who carried out an attack on the mill?"
    assert [side.answer for side in dispute.sides] == ["Blue Side", "Red Side"]


def test_a_deal_endorsed_and_denounced():
    world = sluice()
    [dispute] = disputes(world, "legitimacy")
    assert [side.parties for side in dispute.sides] == [("Lake League",), ("Hills Guild",)]
    [row] = derive(world).agreements
    assert row["parties"] == ["River State", "Upland Side"]
    assert [term["text"] for term in row["terms"]] == ["both keep their rafts"]
    assert (row["endorsed_by"], row["denounced_by"]) == (["Lake League"], ["Hills Guild"])


def test_access_rows_are_accounts_over_time():
    rows = derive(sluice()).access
    assert [row["state"] for row in rows] == ["delivered", "blocked"]
    assert all(row["text"] and row["source"] for row in rows)


def test_harm_rows_say_who_is_said_to_be_responsible_and_by_whom():
    world = tolls((ONE, "Fire Brigade", 12), (TWO, "City Hospital", 19))
    claim = world.pages[0].claim("ASSAULT", "shelled", "Red Side", statement=world.pages[0].statements[0].id)
    world.incident("in-1", claim, "qt-r0-0", "qt-r1-0", when=ONE)
    [row] = derive(world).harm
    assert (row["low"], row["high"], row["harm"], row["when"]) == (12, 19, "killed", ONE)
    assert [(each["party"], each["by"]) for each in row["said_to_be_responsible"]] == [
        ("Red Side", "Fire Brigade")
    ]


def test_the_timeline_quotes_the_text_in_the_order_of_events():
    world = sluice()
    items = derive(world).timeline
    texts = {each.id: each.text for each in world.pages}
    assert all(texts[item.report][item.span[0] : item.span[1]] == item.text for item in items)
    assert [item.report for item in items] == sorted(item.report for item in items)
    assert {item.precision for item in items} == {None, "day"}


def test_every_account_quotes_its_span():
    for world in (sluice(), tolls((ONE, "Fire Brigade", 12), (TWO, None, 19))):
        texts = {each.id: each.text for each in world.pages}
        for question in derive(world).questions:
            for account in question.accounts:
                assert texts[account.report][account.span[0] : account.span[1]] == account.text


# -- what always holds -------------------------------------------------------------------------------


def as_bytes(derived):
    return msgspec.json.encode(derived)


def test_the_order_of_reports_does_not_matter():
    world = sluice()
    reports, readings = world.reports(), world.readings()
    expected = as_bytes(derive(world))
    for seed in range(5):
        random.Random(seed).shuffle(reports)
        random.Random(seed + 9).shuffle(readings)
        assert as_bytes(reconcile(reports, readings, world.referents())) == expected


PARTY = st.sampled_from(["River State", "Upland Side", "Lake League", None])
TOLD = st.tuples(st.sampled_from([ONE, TWO, THREE, None]), PARTY, st.integers(1, 30))


@settings(max_examples=40, deadline=None)
@given(st.lists(TOLD, min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_any_tolls_in_any_order_derive_the_same_bytes(told, shuffler):
    world = tolls(*told)
    expected = as_bytes(derive(world))
    shuffler.shuffle(world.pages)
    assert as_bytes(derive(world)) == expected


def swapped(data, a, b):
    """JSON with two names, and the ids made of them, exchanged everywhere."""
    pairs = {a: b, b: a, a.lower().replace(" ", "-"): b.lower().replace(" ", "-")}
    pairs |= {b.lower().replace(" ", "-"): a.lower().replace(" ", "-")}
    pattern = re.compile("|".join(map(re.escape, sorted(pairs, key=len, reverse=True))))
    return pattern.sub(lambda found: pairs[found.group()], data.decode()).encode()


def with_swapped(world, a, b, derived_of=reconcile):
    def swap(records, kind):
        return msgspec.json.decode(swapped(msgspec.json.encode(records), a, b), type=kind)

    from standoff.model import Reading, Referents, Report

    return derived_of(
        swap(world.reports(), list[Report]), swap(world.readings(), list[Reading]),
        swap(world.referents(), Referents),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("a", "b"),
    [("River State", "Upland Side"), ("Lake League", "Hills Guild"), ("Upland Side", "Hills Guild")],
)
def test_swapping_two_parties_names_changes_nothing_but_names(a, b):
    world = sluice()
    expected = as_bytes(derive(world))
    # The names are equally long, so that spans are the same too.
    assert swapped(as_bytes(with_swapped(world, a, b)), a, b) == expected


@settings(max_examples=40, deadline=None)
@given(st.lists(TOLD, min_size=2, max_size=8))
def test_swapping_names_is_fair_for_any_tolls(told):
    world = tolls(*told)
    expected = as_bytes(derive(world))
    found = swapped(as_bytes(with_swapped(world, "River State", "Lake League")), "River State", "Lake League")
    assert found == expected
