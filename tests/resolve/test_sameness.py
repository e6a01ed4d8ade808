"""Which names are one party, and which are not."""

from __future__ import annotations

import pytest

from standoff.resolve.sameness import Named, ministry_in, nation_and_body, same, speaks_for, untitled


def people(*names: str) -> dict[str, Named]:
    keys = [name.casefold().replace(" ", "-") for name in names]
    return {key: Named(tuple(key.split("-")), "person", frozenset()) for key in keys}


def joined(named: dict[str, Named]) -> set[frozenset[str]]:
    return {frozenset((a, b)) for a, b, _ in same(named)}


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("Sorin Dalca Preda", "Sorin Preda"),
        ("Sorin Dalca Preda", "Preda"),
        ("Colonel Sorin Preda", "Sorin Preda"),
        ("Yusuf Chaudhuri", "Chowdhury"),
        ("Zenab Nour", "Zainab Nour"),
    ],
)
def test_a_shorter_or_otherwise_spelt_name_is_the_one_bearer(full: str, short: str) -> None:
    (pair,) = joined(people(full, short))
    assert len(pair) == 2


@pytest.mark.parametrize(
    "names",
    [("Sorin Preda", "Mihai Preda", "Preda"), ("Sorin Preda", "Sorin Dalca"), ("Ana Preda", "Ana Predescu")],
)
def test_names_of_two_bearers_stay_apart(names: tuple[str, ...]) -> None:
    assert not joined(people(*names))


def test_who_is_only_described_is_nobodys_short_name() -> None:
    officer = {"officer": Named(("officer",), "described", frozenset())}
    assert not joined(officer | people("Air Officer"))


def test_a_short_name_chained_to_one_party_is_that_party() -> None:
    front = Named(("front", "for", "renewal"), "organisation", frozenset({"ffr"}))
    named = {"front-for-renewal": front, "ffr": Named(("ffr",), "organisation", frozenset())}
    assert joined(named) == {frozenset(("front-for-renewal", "ffr"))}
    other = Named(("free", "farmers", "rally"), "organisation", frozenset({"ffr"}))
    assert not joined(named | {"free-farmers-rally": other})


def test_a_nations_army_has_many_names_and_the_bare_one_where_it_is_alone() -> None:
    def bodies(*names: str) -> dict[str, Named]:
        return {n: Named(tuple(n.split("-")), "organisation", frozenset()) for n in names}

    assert len(joined(bodies("peru-s-army", "peruvian-army", "army"))) == 2
    assert not joined(bodies("peruvian-army", "ecuadorian-army", "army"))


def test_who_speaks_for_a_state_by_name() -> None:
    assert speaks_for(("army", "spokesman")) == (None, "army")
    assert nation_and_body(("peruvian", "general", "staff")) == ("Peru", "general staff")
    assert speaks_for(("hospital", "spokesman")) == (None, None)
    assert ministry_in(["state", "minister", "for", "labour"]) == "labour ministry"
    assert ministry_in(["prime", "minister"]) is None


@pytest.mark.parametrize(("name", "bare"), [("Dr. Ana Preda", "Ana Preda"), ("General", "General")])
def test_titles_are_no_part_of_a_name(name: str, bare: str) -> None:
    assert " ".join(untitled(tuple(name.split()))) == bare


def bodies(*names: str) -> dict[str, Named]:
    return {n: Named(tuple(n.split("-")), "organisation", frozenset()) for n in names}


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("northern-salt-league", "league"),
        ("front-for-the-renewal-of-velm", "front"),
        ("rope-and-sail-makers-mutual-federation", "makers-federation"),
        ("labour-ministry", "said-ministry"),
        ("regional-salvage-headquarters", "salvage-headquarters"),
        ("ffr", "ffr-rebel-movement"),
    ],
)
def test_a_body_by_the_head_of_its_name(full: str, short: str) -> None:
    assert joined(bodies(full, short)) == {frozenset((full, short))}


@pytest.mark.parametrize(
    "names",
    [
        ("northern-salt-league", "southern-rice-league", "league"),
        ("labour-ministry", "health-ministry", "ministry"),
        ("northern-salt-league", "salt"),
        ("velm-hospital", "hospital"),
    ],
)
def test_a_head_of_two_bodies_is_neithers(names: tuple[str, ...]) -> None:
    assert not joined(bodies(*names))


def test_the_forces_of_a_country_or_a_people_are_not_the_country_or_the_people() -> None:
    assert not joined(bodies("chad", "chad-rebels"))
    people = Named(("velmari",), "population", frozenset())
    assert not joined({"velmari": people, **bodies("velmari-fighters")})
    assert joined(bodies("salt-guard", "salt-guard-fighters"))


@pytest.mark.parametrize(
    ("names", "pairs"),
    [
        (("health-office", "health-officials"), 1),
        (("harbour-ministry", "rebel-harbour-authorities"), 1),
        (("health-office", "northern-health-department", "health-officials"), 0),
        (("health-office", "harbour-officials"), 0),
        (("officials", "health-office"), 0),
    ],
)
def test_officials_named_by_a_matter_are_of_its_only_body(names: tuple[str, ...], pairs: int) -> None:
    named = {name: Named(tuple(name.split("-")), "organisation", frozenset()) for name in names}
    assert len(joined(named)) == pairs
