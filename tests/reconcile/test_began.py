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
        (
            "the first stones at the yard gate came from strikers",
            "guards at the yard gate struck without provocation",
        ),
        ("the guards were shelled first at the yard gate", "the soldiers at the yard gate struck first"),
        ("the police at the yard gate did not fire first", "the police fired first from the yard gate"),
        (
            "officers at the yard gate returned fire",
            "no sign that workers at the yard gate opened fire first",
        ),
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
        ("means", "officers at the mill used plastic bullets", "officers at the mill used a machine gun"),
        ("permit", "the carters parade was never permitted", "the council had permitted the parade"),
        ("permit", "they did not have the permit for the rally", "the rally had a permit from the mayor"),
        (
            "warned",
            "the mill crowd was ordered to disperse",
            "the mill guards shot at us without a warning",
        ),
        ("bodies", "no corpse at the mill was concealed", "the dead of the mill were carted off by barge"),
        ("road", "the mill road is passable", "the mill road was barricaded with looms"),
        ("truce", "the truce at the mill was intact", "guards violated the truce at the mill"),
        ("treated", "the mill prisoners were well treated", "the prisoners in the mill were beaten at night"),
        ("diverted", "the flour for the mill had been distributed", "the flour for the mill was looted"),
        ("armed", "pistols were drawn by the mill crowd", "the people at the mill held candles, no more"),
        ("lawful", "the raid on the mill was within the law", "the raid on the mill was a crime"),
        ("permit", "the carters march was legal", "the carters march had been banned the day before"),
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
        ("the carters parade was permitted", "the council had permitted the carters parade"),
        ("the mill road is passable", "the harbour quay was barricaded"),
        (
            "no officer at the mill used a machine gun",
            "officers at the mill never used a machine gun",
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


SECOND = "2031-05-20"


@pytest.mark.parametrize(
    ("one", "other", "day", "sides"),
    [
        ("the police fired first at the mill", "the strikers fired first at the mill", TWO, 2),
        ("the police fired first at the mill", "the strikers fired first at the mill", SECOND, 0),
        ("the police fired first at the mill", "the strikers fired first by the quay", TWO, 0),
    ],
)
def test_one_matter_ties_two_beginners_and_words_of_beginning_do_not(
    one: str, other: str, day: str, sides: int
) -> None:
    """ "Fired first" is in both whatever they tell of; one word besides counts within days."""
    world = World()
    world.page("a", ONE).speech("Tram Police", "said", other)
    world.page("b", day).speech("Carters Guild", "said", one)
    assert sum(len(each[1]) for each in in_words(world)) == sides


def test_two_clashes_in_two_places_have_two_beginners() -> None:
    world = World()
    for name, who, words, place, number in (
        ("a", "Tram Police", "the strikers in Velm fired first at the mill gate", "Velm", 1),
        ("b", "Carters Guild", "the police in Oster fired first at the mill gate", "Oster", 2),
    ):
        page = world.page(name, ONE)
        page.speech(who, "said", words)
        page.stands_at(place, number)
    assert in_words(world) == []


def test_a_speakers_own_men_are_of_its_side_and_nobody_seen_is_no_side() -> None:
    world = World()
    world.page("a", ONE).speech("Tram Police", "said", "our men did not fire first at the mill")
    page = world.page("b", TWO)
    page.speech("Carters Guild", "said", "the police fired first at the mill")
    page.speech("Anna Reed", "said", "Anna Reed did not see who fired first at the mill")
    page.names("Anna Reed", type_="person")
    assert in_words(world) == [("actor", BOTH)]


def test_that_somebody_did_not_fire_first_denies_no_attack() -> None:
    world = World()
    page = world.page("a", ONE)
    said = page.speech("Carters Guild", "said", "police fired at the carters in the mill yard")
    page.claim("ASSAULT", "fired at the carters", "police", "carters", statement=said, told=True)
    page.speech("Tram Police", "said", "police in the mill yard did not fire first")
    assert [each for each in in_words(world) if each[0] == "occurrence"] == []


@pytest.mark.parametrize(("day", "disputes"), [(TWO, 1), (SECOND, 0)])
def test_one_word_ties_what_every_conflict_has_only_within_days(day: str, disputes: int) -> None:
    world = World()
    world.page("a", ONE).speech("Tram Police", "said", "the truce at the mill was intact")
    world.page("b", day).speech("Carters Guild", "said", "guards violated the truce")
    assert len(derive(world).disputes) == disputes
