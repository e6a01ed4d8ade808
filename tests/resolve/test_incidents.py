"""One occurrence told in many ways comes together; two like ones stay apart."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.model import Incident
from standoff.resolve import resolve
from standoff.resolve.incidents.words import died_later, kinds_in, several, sites_in, strange, turns
from standoff.vocab import load
from tests.resolve.make import Page


def incidents(*pages: Page) -> tuple[Incident, ...]:
    return resolve([p.report() for p in pages], [p.reading() for p in pages]).incidents


def told(
    name: str, text: str, *, when: str | None = None, place: str | None = None, target: str = "people",
    published: str = "2021-03-05",
) -> Page:  # fmt: skip
    page = Page(name, text, published)
    places = (page.place(place, 7),) if place else ()
    page.claim(text, when=when, targets=(target,), places=places)
    return page


def test_a_report_without_a_date_joins_the_only_incident_of_its_place_and_kind() -> None:
    found = incidents(
        told(
            "a", "A fire in Velm killed miners on Thursday.", when="2021-03-04", place="Velm", target="miners"
        ),
        told("b", "The fire at Velm killed miners.", place="Velm", target="miners", published="2021-03-07"),
    )
    assert len(found) == 1
    assert "method" in (found[0].reason or "")


def test_a_report_that_fits_two_incidents_joins_neither_and_says_so() -> None:
    found = incidents(
        told("a", "A blast in Velm killed guards.", when="2021-03-03", place="Velm", target="guards"),
        told("b", "A blast in Velm killed guards!", when="2021-03-04", place="Velm", target="guards"),
        told("c", "The blast in Velm killed guards.", place="Velm", target="guards", published="2021-03-06"),
    )
    assert len(found) == 3
    (open_one,) = (each for each in found if each.reports == ("c",))
    assert len(open_one.possibly_same) == 2


def test_sites_of_other_names_are_other_places() -> None:
    found = incidents(
        told("a", "A fire at Osk colliery in Velm killed miners.", place="Velm", target="miners"),
        told("b", "A fire at Tarn colliery in Velm killed miners.", place="Velm", target="miners"),
    )
    assert len(found) == 2
    assert all(each.possibly_same for each in found[1:])


def test_one_named_site_is_one_place_though_the_dates_told_differ_by_a_day() -> None:
    one = told("a", "A fire at Osk colliery killed miners.", when="2021-03-04", target="miners")
    two = told("b", "The Osk colliery fire killed miners.", when="2021-03-03", target="miners")
    assert len(incidents(one, two)) == 1


def test_a_sum_over_several_occurrences_is_none_of_them() -> None:
    one = told("a", "A fire in Velm killed miners.", when="2021-03-04", place="Velm", target="miners")
    many = told("b", "Two recent accidents in Velm, a fire among them, killed miners.", place="Velm",
                target="miners")  # fmt: skip
    assert len(incidents(one, many)) == 2


def test_a_count_of_harm_that_no_claim_holds_is_of_the_occurrence_told_beside_it() -> None:
    page = told("a", "A fire in Velm killed miners. At least 30 were missing.", place="Velm", target="miners")
    count = page.count("30", 30, "miners", "missing")
    found = resolve([page.report()], [page.reading()])
    assert found.incident_of[count] == found.incidents[0].id


def test_a_person_may_set_two_claims_of_one_report_apart() -> None:
    page = Page("a", "Shells hit a yard. Shells hit a barn.", "2021-03-05")
    one = page.claim("Shells hit a yard.", targets=("yard",))
    two = page.claim("Shells hit a barn.", targets=("barn",))
    together = resolve([page.report()], [page.reading()])
    assert len(together.incidents) == 1
    apart = resolve([page.report()], [page.reading()], parted=[[one.id, two.id]])
    assert len(apart.incidents) == 2
    again = resolve([page.report()], [page.reading()], joined=[[one.id, two.id]])
    assert len(again.incidents) == 1


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("troops stormed the house", {"raid"}),
        ("killed by mortar shells", {"shelling"}),
        ("the ferry capsized", {"sinking"}),
        ("a quiet day", set()),
    ],
)
def test_kinds_of_occurrence(words: str, kinds: set[str]) -> None:
    assert kinds_in(words) == kinds


def test_words_about_occurrences() -> None:
    assert strange(frozenset({"sinking"}), frozenset({"shelling"}))
    assert not strange(frozenset({"raid"}), frozenset({"shooting"}))
    assert sites_in("a blast at the Osk market") == {"osk market"}
    assert not sites_in("Fatal mine accident in the north")
    assert not sites_in("AT THE OSK MARKET")
    assert several("three separate attacks killed 12")
    assert turns("In a separate incident, a boy died")


@settings(max_examples=30, deadline=None)
@given(st.permutations(range(6)))
def test_no_order_of_reports_changes_what_is_joined(order: list[int]) -> None:
    pages = [
        told(f"r{i}", f"A blast in Velm killed {who} {i}.", when=when, place="Velm", target=who)
        for i, (who, when) in enumerate(
            [("guards", "2021-03-03"), ("guards", None), ("miners", "2021-03-03"), ("miners", None),
             ("guards", "2021-03-04"), ("people", None)]
        )
    ]  # fmt: skip
    wanted = msgspec.json.encode(incidents(*pages))
    assert msgspec.json.encode(incidents(*(pages[i] for i in order))) == wanted


def test_a_toll_without_a_town_is_of_the_town_its_report_speaks_of() -> None:
    one = told("a", "A fire in Velm killed 15 sailors.", when="2021-03-04", place="Velm", target="sailors")
    one.count("15 sailors", 15, "sailors", "killed")
    two = Page("b", "Calm was back in Velm.\n\nIts tally of dead sailors fell to 11.", "2021-03-05")
    two.place("Velm", 7)
    two.count("11", 11, "sailors", "killed")
    assert len(incidents(one, two)) == 1


def test_also_on_a_day_turns_to_another_kind_of_occurrence() -> None:
    page = Page("a", "A blast killed 18 sailors. Also on Friday a flood killed four sailors.", "2021-03-05")
    page.count("18 sailors", 18, "sailors", "killed")
    page.count("four sailors", 4, "sailors", "killed")
    assert len(incidents(page)) == 2


def test_sums_of_both_sites_go_together_and_what_has_a_place_apart() -> None:
    text = "Between them the blasts killed 70 people: 52 in the yard in Velm. A note gave 61 for both sites."
    page = Page("a", text, "2021-03-05")
    velm = page.place("Velm", 7)
    ids = [
        page.count(words, n, "people", "killed") for words, n in (("70 people", 70), ("52", 52), ("61", 61))
    ]
    page.quantities[1] = msgspec.structs.replace(page.quantities[1], place=velm)
    found = resolve([page.report()], [page.reading()])
    whole, own, earlier = (found.incident_of[each] for each in ids)
    assert whole == earlier != own


def test_an_office_is_another_name_of_who_holds_it() -> None:
    page = Page("a", "The Defence Minister, Ana Preda, spoke.", "2021-03-05")
    page.mention("The Defence Minister", "Ana Preda", form="description")
    page.mention("Ana Preda", "Ana Preda")
    (party,) = resolve([page.report()], [page.reading()]).parties
    assert (party.name, party.aliases) == ("Ana Preda", ("Defence Minister",))


def at_night(name: str, when: str, words: str) -> Page:
    return told(name, f"{words} in Velm killed miners.", when=when, place="Velm", target="miners")


def test_what_was_at_night_may_be_told_by_the_day_before_or_the_day_after() -> None:
    apart = incidents(at_night("a", "2021-03-03", "A blast"), at_night("b", "2021-03-04", "The blast"))
    one = incidents(
        at_night("a", "2021-03-03", "An overnight blast"), at_night("b", "2021-03-04", "The blast")
    )
    later = incidents(
        at_night("a", "2021-03-03", "An overnight blast"), at_night("b", "2021-03-05", "The blast")
    )
    assert [len(apart), len(one), len(later)] == [2, 1, 2]


@pytest.mark.parametrize(
    ("words", "later"),
    [
        ("A third miner died on Friday.", True),
        ("Two more miners have died.", True),
        ("A miner died of his burns on Friday.", True),
        ("A miner died in a hospital.", True),
        ("Three miners died on Friday.", False),
        ("The third shaft was where miners died.", False),
    ],
)
def test_a_later_death_is_told_apart_from_what_caused_it(words: str, later: bool) -> None:
    assert died_later(words) is later


def test_every_word_of_a_kind_of_occurrence_is_found_where_it_stands_alone() -> None:
    """The pattern looks at the first two letters of a word before it looks at any word."""
    for row in load("en/incident_words")["kinds"].values():
        for word in row["words"]:
            assert kinds_in(f"The {word.replace('*', '').upper()} of the mill."), word
