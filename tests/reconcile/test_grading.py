"""Airwars' grade: its definitions as data, tried in order; never a finding of the record."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from standoff.reconcile import reconcile
from standoff.reconcile.grading import TESTS, airwars
from tests.reconcile.world import Page, World

ONE, TWO = "2031-05-01", "2031-05-02"


def told(world: World, party: str, words: str, n: int, **more: Any) -> tuple[Page, str, str]:
    """A report in which a party tells of so many killed: the page, the quantity and the statement."""
    page = world.page(f"r{len(world.pages)}", more.pop("day", ONE))
    said = page.says(party)
    what = words.split(" ", 1)[1]
    return page, page.count(words, n, what=what, group=what, role="killed", statement=said, **more), said


def grades(world: World, counted: list[str], claims: list[str], sides: dict[str, str]) -> list[Any]:
    """Grades of a world in which all of it is one incident; ``sides`` says what kind a party is."""
    world.group("gr-people", "people", *counted)
    world.incident("in-1", *counted, *claims)
    known = world.referents()
    parties = tuple(
        msgspec.structs.replace(each, type=sides.get(each.name, "population")) for each in known.parties
    )
    referents = msgspec.structs.replace(known, parties=parties)
    return list(reconcile(world.reports(), world.readings(), referents).grades)


def strike(sources: list[str], actor: str = "Hill Front", words: str = "12 people", **more: Any) -> list[Any]:
    """Each source tells of the dead, the first of them also of who attacked."""
    world, counted, claims = World(), [], []
    for n, party in enumerate(sources):
        page, quantity, said = told(world, party, words, 12, **more)
        counted.append(quantity)
        if n == 0 and actor:
            claims.append(
                page.claim("ASSAULT", "the attack", actors=actor, quantities=(quantity,), statement=said)
            )
    return grades(world, counted, claims, {actor: "armed_group", "Army": "state"})


def test_the_definitions_are_airwars_own_with_their_source():
    scheme = airwars()
    assert [each["name"] for each in scheme["grade"]] == list(TESTS)
    assert all(each["means"].endswith(".") and each["tested"] for each in scheme["grade"])
    assert "Airwars" in scheme["source"]


@pytest.mark.parametrize(
    ("sources", "actor", "grade"),
    [
        (["Residents"], "Hill Front", "weak"),
        (["Residents", "Hospital"], "Hill Front", "fair"),
        (["Residents", "Residents"], "Hill Front", "weak"),  # one source in two papers
        (["Residents", "Hospital"], "", None),  # nobody is said to have attacked
        (["Hill Front"], "Hill Front", "confirmed"),
        (["Residents", "Hill Front"], "Hill Front", "fair"),  # it tells of the dead, not of its own act
    ],
)
def test_each_grade_is_given_by_its_definition(sources, actor, grade):
    [found] = strike(sources, actor)
    assert found.grade == grade
    assert (found.means is None) == (grade is None)
    assert found.why
    assert found.rests_on


def test_a_party_that_says_it_killed_combatants_has_accepted_no_harm_to_civilians():
    [found] = strike(["Hill Front"], words="12 soldiers", status="combatant")
    assert found.grade != "confirmed"


def test_discounted_needs_more_than_the_word_of_the_side_said_to_have_done_it():
    [by_all] = strike(["Hospital"], actor="Hill Front", words="12 soldiers", status="combatant")
    [by_itself] = strike(["Hill Front"], actor="Hill Front", words="12 soldiers", status="combatant")
    assert by_all.grade == "discounted"
    assert by_itself.grade == "weak"


def test_combatants_in_an_incident_with_others_are_not_graded():
    world = World()
    first, people, said = told(world, "Residents", "12 people", 12)
    _, soldiers, _ = told(world, "Hospital", "3 soldiers", 3, status="combatant")
    claim = first.claim("ASSAULT", "the attack", actors="Hill Front", quantities=(people,), statement=said)
    found = grades(world, [people, soldiers], [claim], {"Hill Front": "armed_group"})
    assert {each.grade for each in found} == {"fair", None}


def test_contested_is_when_different_sources_name_different_sides():
    world = World()
    a, one, said_a = told(world, "Residents", "12 people", 12)
    b, two, said_b = told(world, "Hospital", "12 people", 12)
    claims = [
        a.claim("ASSAULT", "the attack", actors="Hill Front", quantities=(one,), statement=said_a),
        b.claim("ASSAULT", "the attack", actors="Army", quantities=(two,), statement=said_b),
    ]
    sides = {"Hill Front": "armed_group", "Army": "state"}
    [found] = grades(world, [one, two], claims, sides)
    assert found.grade == "contested"
    assert set(claims) <= set(found.rests_on) or found.why == "it is in open dispute who did it"


def test_a_disaster_has_no_grade_of_airwars():
    world = World()
    page, one, said = told(world, "Residents", "12 people", 12)
    claim = page.claim("ASSAULT", "the blast", mode="explosives", quantities=(one,), statement=said)
    [found] = grades(world, [one], [claim], {})
    assert found.grade is None
    assert found.why == "no attack is reported: Airwars grades harm from military action"
