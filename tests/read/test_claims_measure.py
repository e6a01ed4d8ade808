"""The MUC-4 score: what counts as found, on invented reports."""

from __future__ import annotations

from standoff.measure.claims import gold_entities, plain, score, score_report, slots_of
from standoff.model import Actor, Claim

TEMPLATE = {
    "PERP: INDIVIDUAL ID": ['"MASKED MEN"'],
    "PERP: ORGANIZATION ID": ['"RED DAWN" / "RD"'],
    "PHYS TGT: ID": ['"TOWN HALL" / "HALL"'],
    "HUM TGT: NAME": ['"ORLA VENN"'],
    "HUM TGT: DESCRIPTION": ['"MAYOR": "ORLA VENN"', '"CLERKS"'],
    "INCIDENT: INSTRUMENT ID": ['"BOMB"'],
}


def named(words: str, kind: str | None = None) -> Actor:
    return Actor(party_id=None, name=words, kind=kind)


def test_a_description_and_its_name_are_one_victim():
    gold = gold_entities([TEMPLATE, TEMPLATE])
    assert gold["victim"] == [frozenset({"orla venn", "mayor"}), frozenset({"clerks"})]
    assert gold["perp_organisation"] == [frozenset({"red dawn", "rd"})]


def test_one_gold_entity_is_found_once():
    gold = gold_entities([TEMPLATE])
    tally = score_report(gold, {"victim": [frozenset({"mayor"}), frozenset({"orla venn", "x"})]})["victim"]
    # both name one person, but share no form: one is right, the other spurious
    assert (tally.matched, tally.predicted, tally.gold) == (1, 2, 2)


def test_perfect_and_empty_predictions():
    gold = gold_entities([TEMPLATE])
    assert score([(gold, gold)])["micro"].f1 == 1.0
    assert score([(gold, {})])["micro"].f1 == 0.0
    assert score([({}, {})])["micro"].f1 == 0.0


def test_claims_become_slots():
    claim = Claim(
        id="c",
        type="ASSAULT",
        actors=(named("masked men", "person"), named("the Red Dawn", "organisation")),
        targets=(named("the town hall", "thing"), named("clerks", "person")),
        instruments=(named("a bomb", "weapon"),),
    )
    found = score([(gold_entities([TEMPLATE]), slots_of([claim]))])
    assert {slot: tally.matched for slot, tally in found.items()} == {
        "perp_individual": 1, "perp_organisation": 1, "target": 1, "victim": 1, "weapon": 1, "micro": 5,
    }  # fmt: skip


def test_what_a_rule_alone_found_and_what_is_no_attack_fills_no_slot():
    unweighed = Claim(id="c", type="ASSAULT", targets=(named("the mayor"),))
    meeting = Claim(id="d", type="CONSULT", targets=(named("the mayor", "person"),))
    assert not slots_of([unweighed, meeting])["victim"]


def test_strings_are_compared_without_case_article_or_punctuation():
    assert plain('The "Red  Dawn"') == plain("RED DAWN") == "red dawn"
