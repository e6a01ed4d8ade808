"""Who did it: two voices that lay one incident at two doors, or the one clears whom the other names."""

from __future__ import annotations

import msgspec
import pytest

from standoff.model import Actor, Derived
from standoff.read import read_many
from standoff.reconcile import reconcile
from standoff.resolve import resolve
from standoff.situation import item_of
from tests.resolve.make import Page

RAID = "DORVIK, Ostmarra, May 4 (Agency) - Gunmen killed nine traders at the Dorvik market on Tuesday. "


def derived(*texts: str) -> Derived:
    pages = [Page(f"r{n}", RAID + text, f"2032-05-{4 + n:02}") for n, text in enumerate(texts)]
    reports = [page.report() for page in pages]
    readings = list(read_many([item_of(each) for each in reports]))
    return reconcile(reports, readings, resolve(reports, readings))


def sides(found: Derived) -> list[set[str]]:
    """The parties of each side of the disputes about who did it."""
    return [set(side.parties) for each in found.disputes if each.kind == "actor" for side in each.sides]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "The government blames the Harbour Front for the killings.",
            "The Harbour Front said the raid was the work of the Lake Militia.",
        ),
        (
            "The government accused the Harbour Front of carrying out the raid.",
            "The Harbour Front said everything pointed to the Lake Militia.",
        ),
        (
            "The government holds the Harbour Front responsible.",
            'The Harbour Front said it had "nothing to do with" the raid.',
        ),
        (
            "The government said the Harbour Front was behind the raid.",
            "The Harbour Front denied any involvement.",
        ),
        (
            "The government said the raid was carried out by the Harbour Front.",
            "The Harbour Front said it had no hand in the killings.",
        ),
    ],
)
def test_each_names_another_or_clears_itself(one: str, other: str) -> None:
    assert sides(derived(one, other)) == [{"government"}, {"Harbour Front"}]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "The government blames the Harbour Front for the killings.",
            "The mayor blames the Harbour Front, too.",
        ),
        (
            "The government accused the Harbour Front of breaking a promise.",
            "The Harbour Front said it had nothing to do with the ferry contract.",
        ),
        (
            "The government blames the Harbour Front for the killings.",
            "The Harbour Front said it mourned the dead.",
        ),
    ],
)
def test_who_agree_or_speak_of_something_else_are_no_sides(one: str, other: str) -> None:
    assert sides(derived(one, other)) == []


def test_a_party_that_nobody_names_is_cleared_of_nothing() -> None:
    found = derived("The mayor said it was raining.", "The army said it had no hand in the raid.")
    assert sides(found) == []


def test_the_question_names_neither_party_and_no_key_of_ours() -> None:
    found = derived(
        "The government blames the Harbour Front for the killings.",
        "The Harbour Front said the raid was the work of the Lake Militia.",
    )
    (question,) = [each.question for each in found.disputes if each.kind == "actor"]
    assert question.startswith("Who carried out")
    assert not any(word in question for word in ("Front", "Militia", "government", "thing:"))


def test_each_side_answers_with_a_name() -> None:
    found = derived(
        "The government blames the Harbour Front for the killings.",
        "The Harbour Front said it had no hand in the killings.",
    )
    (dispute,) = [each for each in found.disputes if each.kind == "actor"]
    assert [side.answer for side in dispute.sides] == ["Harbour Front", "not Harbour Front"]


def test_two_accusations_are_asked_of_once() -> None:
    found = derived(
        "The government accused the Harbour Front of killing the traders.",
        "The Harbour Front accused the government of killing the traders.",
    )
    assert len({each.question for each in found.disputes if each.kind in {"actor", "responsibility"}}) == 1


def of_one_text(text: str) -> list[tuple[str, str]]:
    """Kinds and questions of the disputes of a text and of a second report that tells of the raid only."""
    return [
        (each.kind, each.question) for each in derived(text, "The Guild said nine traders had died.").disputes
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The ministry has not withdrawn its figure of 12 dead.",
        "The doctor said that nine traders had died, one of them a man who did not live to see the night.",
    ],
)
def test_what_is_not_done_to_a_figure_or_told_of_a_man_denies_no_attack(text: str) -> None:
    assert [kind for kind, _ in of_one_text(text) if kind in {"occurrence", "actor"}] == []


def test_a_denied_accusation_without_an_accuser_is_asked_of() -> None:
    page = Page("r0", RAID + "Nobody accused the Harbour Front of killing them. ", "2032-05-04")
    made = page.report()
    (reading,) = read_many([item_of(made)])
    said = (
        next(each for each in reading.statements if each.voice == "source")
        if len(reading.statements) > 1
        else None
    )
    claim = next(each for each in reading.claims if each.type == "ASSAULT")
    source = msgspec.structs.replace(
        reading.statements[-1], id="st-said", voice="source", party="mayor", content=claim.evidence,
        stance=("denies",),
    )  # fmt: skip
    accused = Actor(party_id=None, name="Harbour Front")
    denied = msgspec.structs.replace(
        claim, id="cl-denied", type="ACCUSE", polarity="denied", actors=(), targets=(), recipients=(accused,),
        statement="st-said",
    )  # fmt: skip
    told = msgspec.structs.replace(
        denied, id="cl-told", polarity="affirmed", statement=said.id if said else None
    )
    changed = msgspec.structs.replace(
        reading, statements=(*reading.statements, source), claims=(*reading.claims, denied, told)
    )
    found = reconcile([made], [changed], resolve([made], [changed]))
    assert any("Harbour Front" in each.question for each in found.questions)
