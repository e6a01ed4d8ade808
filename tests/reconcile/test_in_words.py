"""Disputes found by words: denials in few or other words, and accounts that exclude each other."""

from __future__ import annotations

import random

import msgspec
import pytest

from standoff.reconcile import reconcile
from standoff.reconcile.answers.akin import one_camp
from standoff.reconcile.answers.opposites import contrasts, patterns_for
from standoff.reconcile.matter import WORD, Weights, clause_around, stem, stems
from standoff.reconcile.shelf import lay_out
from tests.reconcile.world import World, derive

ONE, TWO, THREE = "2031-05-01", "2031-05-02", "2031-05-03"


def disputes(world, kind=None):
    found = [each for each in derive(world).disputes if each.kind not in {"number", "divergent"}]
    return [each for each in found if kind is None or each.kind == kind]


def sides(dispute):
    return [side.parties for side in dispute.sides]


def charge(
    page, accuser="Weavers", accused="River Army", words="the River Army of shelling the market at dawn"
):
    said = page.speech(accuser, "accused", words, "accuses")
    page.names(accused)
    page.claim("ACCUSE", "shelling the market", accuser, to=accused, statement=said, told=True)
    return said


# -- denials ------------------------------------------------------------------------------------------


def test_a_denial_in_other_words_meets_the_charge():
    world = World()
    page = world.page("a", ONE)
    charge(page)
    page.speech("River Army", "denied", "that artillery had fired on the stalls", "denies")
    [dispute] = disputes(world)
    assert sides(dispute) == [("Weavers",), ("River Army",)]
    assert [side.answer for side in dispute.sides] == ["yes", "no"]
    assert all(word not in dispute.question for word in ("stalls", "dawn"))


def test_a_denial_in_another_report_meets_the_charge():
    world = World()
    charge(world.page("a", ONE))
    other = world.page("b", TWO)
    other.speech("River Army", "said", "we shelled no market and fired at nobody")
    [dispute] = disputes(world)
    assert sides(dispute) == [("Weavers",), ("River Army",)]


@pytest.mark.parametrize(
    ("cue", "words", "stance"),
    [
        ("said", "this is a lie and the generals know it", "denies"),
        ("called", "the charge absurd", "asserts"),
        ("dismissed as", "a fabrication the reports", "rejects"),
        ("rejected", "the accusation", "rejects"),
    ],
)
def test_a_verdict_points_at_the_charge_before_it(cue, words, stance):
    world = World()
    page = world.page("a", ONE)
    charge(page)
    page.speech("River Army", cue, words, stance)
    [dispute] = disputes(world)
    assert sides(dispute) == [("Weavers",), ("River Army",)]


@pytest.mark.parametrize(
    "words",
    [
        "it could neither confirm nor deny that the market was shelled",
        "it was not in a position to name who shelled the market",
        "it had no comment on the market",
        "it was not aware of shelling at the market",
    ],
)
def test_who_neither_confirms_nor_denies_is_no_side(words):
    world = World()
    page = world.page("a", ONE)
    charge(page)
    page.speech("Lake Union", "said", words)
    assert not disputes(world)


def test_it_did_not_denies_what_another_said_right_before():
    world = World()
    page = world.page("a", ONE)
    page.speech("Weavers", "said", "the deal covers the looms")
    page.speech("River Guild", "said", "it did not")
    [dispute] = disputes(world, "occurrence")
    assert sides(dispute) == [("Weavers",), ("River Guild",)]


def test_a_party_that_disowns_its_own_official_stands_against_him():
    world = World()
    page = world.page("a", ONE)
    page.speech("Harbour Deputy", "said", "the looms had been poisoned by the weavers")
    page.speech("Harbour Office", "said", "his remarks did not reflect its position")
    world.represents = {"Harbour Deputy": "Harbour Office"}
    [dispute] = disputes(world, "occurrence")
    assert sides(dispute) == [("Harbour Deputy",), ("Harbour Office",)]


def test_a_denial_that_a_report_only_tells_of_is_the_partys():
    world = World()
    page = world.page("a", ONE)
    charge(page)
    page.tells("a charge flatly denied by the River Army")
    page.names("River Army")
    [dispute] = disputes(world)
    assert sides(dispute) == [("Weavers",), ("River Army",)]


def test_what_is_thrown_out_in_one_sentence_has_both_sides():
    world = World()
    page = world.page("a", ONE)
    page.speech(
        "River Army",
        "said",
        "it hit a depot, rejecting accounts by the bakers that bombs fell on the bread queue",
    )
    [dispute] = disputes(world, "occurrence")
    assert sides(dispute) == [("River Army",), ("the bakers",)] or sides(dispute) == [
        ("the bakers",), ("River Army",),
    ]  # fmt: skip


def test_another_doers_deed_is_not_what_is_denied():
    world = World()
    page = world.page("a", ONE)
    said = page.speech("Weavers", "said", "the Hill Front shelled the market")
    page.claim("ASSAULT", "shelled", "Hill Front", targets="the market", statement=said, told=True)
    said = page.speech("River Army", "denied", "that the River Army shelled the bridge", "denies")
    more = {"polarity": "denied", "statement": said, "told": True}
    page.claim("ASSAULT", "shelled the bridge", "River Army", targets="the bridge", **more)
    found = [each for each in disputes(world) if ("Weavers",) in sides(each)]
    assert not found


def test_no_risk_answers_a_fear_told_right_before():
    world = World()
    page = world.page("a", ONE)
    page.speech("River Office", "said", "the move could spread the fever to the city")
    page.speech("Healers", "said", "there was no such risk")
    [dispute] = disputes(world, "occurrence")
    assert sides(dispute) == [("River Office",), ("Healers",)]


def test_a_plan_denied_is_not_met_by_a_deed():
    world = World()
    page = world.page("a", ONE)
    page.speech("River Army", "denied", "that it planned to seize the northern harbour", "denies")
    page.tells("On Friday fighters seized the northern harbour and its customs house")
    assert not [each for each in disputes(world) if len([s for s in each.sides if s.accounts]) > 1]


# -- descriptions, hours, reasons, mutual blame -----------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "first", "second"),
    [
        ("nature", "the twelve engineers were guests", "the twelve engineers are hostages held at gunpoint"),
        (
            "nature",
            "those on the trawler were smugglers, not fishermen",
            "those on the trawler were fishermen",
        ),
        ("place", "the trawler was in international waters", "the trawler was inside our territorial waters"),
        ("access", "the gate of the mill was padlocked", "all gates of the mill stood open"),
        ("legitimacy", "the boat had a valid licence", "the licence of the boat had expired"),
        ("nature", "the retreat was a tactical retreat", "their retreat was a rout"),
    ],
)
def test_descriptions_that_exclude_each_other(kind, first, second):
    world = World()
    page = world.page("a", ONE)
    page.speech("Weavers", "said", first)
    page.speech("River Guild", "said", second)
    [dispute] = disputes(world, kind)
    assert sides(dispute) == [("Weavers",), ("River Guild",)]
    assert "Weavers" not in dispute.question


def test_descriptions_of_two_things_are_no_dispute():
    world = World()
    page = world.page("a", ONE)
    page.speech("Weavers", "said", "the people of the eastern hamlet were civilians")
    later = world.page("b", TWO)
    later.speech("River Guild", "said", "the men at the quarry were fighters")
    assert not disputes(world)


def test_one_party_against_itself_is_no_dispute():
    world = World()
    page = world.page("a", ONE)
    page.speech("Weavers", "said", "the twelve engineers were guests")
    page.speech("Weavers", "said", "the twelve engineers are hostages")
    assert not disputes(world)


def test_hours_that_cannot_both_hold():
    world = World()
    for name, party, hour in (
        ("a", "Weavers", "05:45"),
        ("b", "River Guild", "06:20"),
        ("c", "Bakers", "05:50"),
    ):
        page = world.page(name, ONE)
        page.speech(party, "said", f"the explosion was at {hour}")
        page.at(hour, f"2031-05-01T{hour}")
    [dispute] = disputes(world, "time")
    assert sides(dispute) == [("Weavers", "Bakers"), ("River Guild",)]


def test_two_reasons_for_one_act():
    world = World()
    page = world.page("a", ONE)
    page.speech("Weavers", "said", "the guild closed the bridge to starve the town")
    page.speech("River Guild", "said", "the bridge was closed for urgent repairs")
    [dispute] = disputes(world, "motive")
    assert [side.answer for side in dispute.sides] == ["to starve the town", "for urgent repairs"]


def test_each_accused_the_other():
    world = World()
    page = world.page("a", ONE)
    page.tells("Each side accused the other of having broken the truce")
    for party, words in (
        ("Weavers", "the guild's men burnt the looms"),
        ("River Guild", "weavers stoned the ferry"),
    ):
        said = page.speech(party, "said", words)
        page.claim("ASSAULT", words.split()[-1], targets="it", statement=said, told=True)
    [dispute] = disputes(world, "responsibility")
    assert sides(dispute) == [("Weavers",), ("River Guild",)]


def test_another_account_is_set_against_the_one_before():
    world = World()
    page = world.page("a", ONE)
    page.speech("Weavers", "said", "the eight had chosen to stay")
    page.speech("River Army", "said", "the army has another account: they drowned")
    [dispute] = disputes(world, "nature")
    assert sides(dispute) == [("Weavers",), ("River Army",)]


def test_words_repeated_only_to_deny_them_are_said_to_be_denied():
    world = World()
    page = world.page("a", ONE)
    page.speech("Weavers", "said", "the grain convoy was held up at the checkpoint of the mill")
    page.speech("River Guild", "denied", "that the grain convoy had been blocked at the mill", "denies")
    page.speech("River Guild", "said", "every lorry of the grain convoy has gone through the mill")
    found = [each for each in disputes(world, "access") if len(each.sides) == 2]
    assert any("denies: " in side.answer for each in found for side in each.sides)
    for dispute in found:
        assert "is “that the grain" not in dispute.why


# -- what always holds ----------------------------------------------------------------------------------


def quarrel() -> World:
    world = World()
    page = world.page("a", ONE)
    charge(page)
    page.speech("River Army", "denied", "that artillery had fired on the stalls", "denies")
    other = world.page("b", TWO)
    other.speech("Weavers", "said", "the twelve engineers were guests")
    other.speech("River Army", "said", "the twelve engineers are hostages")
    other.speech("Weavers", "said", "the army closed the bridge to starve the town")
    other.speech("River Army", "said", "the bridge was closed for urgent repairs")
    last = world.page("c", THREE)
    last.speech("River Army", "said", "we shelled no market")
    return world


def test_the_order_of_reports_does_not_matter():
    world = quarrel()
    expected = msgspec.json.encode(derive(world))
    reports, readings = world.reports(), world.readings()
    for seed in range(5):
        random.Random(seed).shuffle(reports)
        random.Random(seed + 7).shuffle(readings)
        assert msgspec.json.encode(reconcile(reports, readings, world.referents())) == expected


def test_every_account_has_an_id_of_its_own_and_quotes_its_words():
    world = quarrel()
    texts = {each.id: each.text for each in world.pages}
    questions = derive(world).questions
    assert len({each.id for each in questions}) == len(questions)
    for question in questions:
        assert len({each.id for each in question.accounts}) == len(question.accounts)
        for account in question.accounts:
            assert texts[account.report][account.span[0] : account.span[1]] == account.text


def test_no_dispute_is_shown_twice():
    pairs = [
        frozenset((account, n) for n, side in enumerate(each.sides) for account in side.accounts)
        for each in disputes(quarrel())
    ]
    assert len(pairs) == len(set(pairs)) == 3


# -- words ------------------------------------------------------------------------------------------------


def test_stems_join_forms_of_one_word():
    for forms in (
        ["shelled", "shelling", "shells"],
        ["executed", "execution"],
        ["denies", "denied"],
        ["burnt", "burns"],
    ):
        assert len({stem(each) for each in forms}) == 1


def test_notions_join_what_differs_in_words():
    assert stems("the army shelled the market") & stems("artillery fired on the bazaar")
    assert not stems("and they said that it was")


def test_a_rare_word_weighs_more():
    weights = Weights([stems("the loom burnt"), stems("the mill burnt"), stems("the barn burnt")])
    assert weights.of("loom") > weights.of("burn")


def test_a_clause_is_not_cut_within_an_hour():
    text = "the blast came at 4:00 a.m., they said"
    start, end = clause_around(text, (18, 22))
    assert text[start:end] == "the blast came at 4:00 a.m."


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Karesian army", "Karesia's government", True),
        ("Karesian army", "Karesian rebels", False),
        ("Karesian army", "Norian army", False),
        ("the army", "Karesia", None),
    ],
)
def test_camps_by_name(a, b, same):
    world = World()
    page = world.page("a", ONE)
    page.says(a)
    page.says(b)
    shelf = lay_out(world.reports(), world.readings(), world.referents())
    one, two = (shelf.speaker(each) for each in page.statements)
    assert one_camp(shelf, one, two) is same
    assert one_camp(shelf, two, one) is same


def test_the_vocabulary_of_contrasts_is_sound():
    for each in contrasts():
        assert each.kind in {"nature", "place", "access", "legitimacy", "responsibility", "occurrence"}
        assert all(form.strip() for side in each.sides for form in side)


def test_a_form_is_found_wherever_its_words_stand():
    """Alone, in a phrase over a line's end, joined by a hyphen, before a possessive mark."""
    for text in ("they were smugglers", "ex-smugglers", "the smuggler's boat"):
        words = {word.casefold() for word in WORD.findall(text)}
        found = [side for sides in patterns_for(words | {"smugglers"}).values() for side in sides if side]
        assert any(side.search(text) for side in found), text
    assert patterns_for({"weather"}) == {}


def test_what_locks_a_door_and_opens_an_exit_is_of_one_kind():
    world = World()
    world.page("a", ONE).speech("Dockers", "said", "the door of the ward was padlocked that night")
    world.page("b", TWO).speech("Harbour Board", "said", "all exits of the ward stood open")
    [dispute] = disputes(world, "access")
    assert sides(dispute) == [("Dockers",), ("Harbour Board",)]


def test_that_a_party_did_not_fire_somewhere_answers_that_it_did():
    world = World()
    one, two = world.page("a", ONE), world.page("b", TWO)
    one.tells("The Eastern Guard fired six rounds at a post near Oresk on Thursday")
    one.names("Eastern Guard", type_="armed_group")
    one.claim("ASSAULT", "fired", "Eastern Guard", told=True)
    one.stands_at("Oresk", 7)
    two.speech("Salt League", "said", "the Eastern Guard did not fire at all on Oresk")
    two.names("Eastern Guard", type_="armed_group")
    two.stands_at("Oresk", 7)
    [dispute] = disputes(world)
    assert [side.answer for side in dispute.sides] == ["yes", "no"]
