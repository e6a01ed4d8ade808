"""Who began it, and the descriptions of what is done in clashes: two voices in words that share little."""

from __future__ import annotations

import pytest

from standoff.reconcile.answers.opposites import contrasts
from standoff.vocab import load
from tests.reconcile.world import World, derive

ONE, TWO = "2031-05-01", "2031-05-02"


def told(first: str, second: str, *, who: str = "Tram Police", other: str = "Carters Guild") -> World:
    """Two voices in two reports on one place."""
    world = World()
    for name, day, speaker, words in (("a", ONE, who, first), ("b", TWO, other, second)):
        page = world.page(name, day)
        page.speech(speaker, "said", words)
    return world


def in_words(world: World) -> list[tuple[str, list[tuple[str, ...]]]]:
    found = [each for each in derive(world).disputes if each.kind not in {"number", "divergent"}]
    return [(each.kind, [side.parties for side in each.sides]) for each in found]


BOTH = [("Tram Police",), ("Carters Guild",)]


@pytest.mark.parametrize(
    ("state", "crowd"),
    [
        ("the first shots in the yard came from strikers", "police in the yard opened fire without warning"),
        ("the police were fired upon first at the yard gate", "the soldiers at the yard gate shot first"),
        ("the police at the yard gate did not fire first", "the police fired first from the yard gate"),
        ("officers at the yard gate returned fire", "no evidence that strikers at the yard gate fired first"),
        ("strikers in the yard started the violence", "the violence in the yard was provoked by the police"),
    ],
)
def test_each_side_says_that_the_other_began(state: str, crowd: str) -> None:
    assert in_words(told(state, crowd)) == [("actor", BOTH)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the police in the yard fired first", "the soldiers in the yard shot first"),
        ("he did not see who fired first in the yard", "the police in the yard fired first"),
        ("the police in the yard fired first into the air", "the strikers in the yard fired first"),
        ("the police in the yard fired first", "the strikers ate first in the yard"),
    ],
)
def test_who_agree_or_do_not_say_are_no_sides(one: str, other: str) -> None:
    assert not [each for each in in_words(told(one, other)) if each[0] == "actor"]


@pytest.mark.parametrize(
    ("ask", "one", "other"),
    [
        ("means", "officers at the mill used rubber bullets", "officers at the mill used live ammunition"),
        ("permit", "the carters march had not been authorised", "the council had authorised the march"),
        ("permit", "they did not have the permit for the rally", "the rally had a permit from the mayor"),
        (
            "warned",
            "the mill crowd was ordered to disperse",
            "nobody told us to disperse at the mill, he shot",
        ),
        ("bodies", "no body from the mill has been hidden", "they took bodies away from the mill in a cart"),
        ("road", "the mill bridge was now open to traffic", "the mill bridge remained blocked on Friday"),
        ("truce", "the truce at the mill was intact", "they broke the truce at the mill"),
        ("treated", "the mill prisoners were well treated", "the prisoners in the mill were beaten at night"),
        ("diverted", "the flour for the mill had been distributed", "the flour for the mill was looted"),
        ("armed", "dynamite was carried by the mill crowd", "the people at the mill carried flags, no more"),
        ("withdrawn", "the troops have left the mill", "the troops are still in the mill"),
    ],
)
def test_what_excludes_each_other_is_set_side_by_side(ask: str, one: str, other: str) -> None:
    assert any(each.ask == ask for each in contrasts())
    found = derive(told(one, other)).disputes
    template = load("en/questions")["nature"][ask].split("{")[0]
    assert any(each.question.startswith(template) for each in found), [each.question for each in found]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the carters march had been authorised", "the council had authorised the carters march"),
        ("the mill bridge was now open to traffic", "the harbour road remained blocked"),
        (
            "no officer at the mill carried live ammunition",
            "officers at the mill had not used live ammunition",
        ),
    ],
)
def test_what_may_both_be_so_is_no_dispute(one: str, other: str) -> None:
    assert not in_words(told(one, other))


def test_every_description_has_a_question() -> None:
    assert {each.ask for each in contrasts()} <= set(load("en/questions")["nature"])


def test_who_denies_having_begun_says_that_the_other_did() -> None:
    world = World()
    for name, day, speaker, cue, words in (
        ("a", ONE, "Tram Police", "denied", "that police in the yard fired first"),
        ("b", TWO, "Carters Guild", "said", "police in the yard fired first"),
    ):
        world.page(name, day).speech(speaker, cue, words)
    assert in_words(world) == [("actor", BOTH)]
