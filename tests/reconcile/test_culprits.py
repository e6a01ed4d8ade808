"""Who did it: two voices that lay one incident at two doors, or the one clears whom the other names."""

from __future__ import annotations

import pytest

from standoff.model import Derived
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
