"""What is joined, what stays apart, and that order never matters."""

from __future__ import annotations

import random

import msgspec
import pytest

from standoff.model import Referents
from standoff.resolve import bind, resolve
from standoff.resolve.names import skeleton
from tests.resolve.make import Page


def resolved(*pages: Page, **more: object) -> Referents:
    return resolve([p.report() for p in pages], [p.reading() for p in pages], **more)  # type: ignore[arg-type]


def names(found: Referents) -> set[str]:
    return {party.name for party in found.parties}


@pytest.mark.parametrize(("others", "joined"), [((), True), (("Labour Ministry",), False)])
def test_the_ministry_is_the_one_that_the_record_tells_of(others: tuple[str, ...], joined: bool) -> None:
    pages = [Page("a", "The Ministry of Justice spoke."), Page("b", "The Justice Ministry left."),
             Page("c", "The ministry denied it.")]  # fmt: skip
    pages[0].mention("Ministry of Justice", type="organisation")
    pages[1].mention("Justice Ministry", type="organisation")
    pages[2].mention("ministry", type="organisation", form="description", party="ministry")
    for n, other in enumerate(other for other in others for _ in range(2)):
        pages.append(Page(f"d{n}", f"The {other} came."))
        pages[-1].mention(other, type="organisation")
    found = resolved(*pages).party_of
    one, two, bare = (found[page.mentions[0].id] for page in pages[:3])
    assert one == two
    assert (bare == one) is joined


def test_ministries_of_one_first_word_stay_apart() -> None:
    names = ("Ministry of Public Health", "Ministry of Public Works", "Public Works Ministry")
    pages = [Page(f"p{n}", f"The {name} spoke.") for n, name in enumerate(names)]
    for page, name in zip(pages, names, strict=True):
        page.mention(name, type="organisation")
    health, works, again = (resolved(*pages).party_of[page.mentions[0].id] for page in pages)
    assert health != works == again


def test_a_surname_with_one_bearer_is_that_person() -> None:
    one, two = Page("a", "Mara Lindqvist spoke."), Page("b", "Lindqvist left.")
    one.mention("Mara Lindqvist"), two.mention("Lindqvist")
    found = resolved(one, two)
    assert names(found) == {"Mara Lindqvist"}
    assert "one bearer" in (found.parties[0].reason or "")


def test_a_surname_with_two_bearers_stays_apart() -> None:
    one, two = Page("a", "Mara Lindqvist met Otto Lindqvist."), Page("b", "Lindqvist left.")
    one.mention("Mara Lindqvist"), one.mention("Otto Lindqvist"), two.mention("Lindqvist")
    assert names(resolved(one, two)) == {"Mara Lindqvist", "Otto Lindqvist", "Lindqvist"}


def test_two_spellings_of_a_full_name_are_joined_and_say_why() -> None:
    one, two = Page("a", "Mohammed al-Saleh spoke."), Page("b", "Muhammad Salih left.")
    one.mention("Mohammed al-Saleh"), two.mention("Muhammad Salih")
    (party,) = resolved(one, two).parties
    assert "spelling" in (party.reason or "")


@pytest.mark.parametrize(
    ("a", "b"),
    [("Deir el-Zour", "Deir ez-Zor"), ("Qasim", "Kassem"), ("Houssein", "Husein"), ("al-Bab", "el Bab")],
)
def test_transliterations_share_a_skeleton(a: str, b: str) -> None:
    assert skeleton(a) == skeleton(b)


def test_a_body_is_shown_by_its_name_and_not_by_its_fighters() -> None:
    one = Page("a", "The Salt Guard spoke. Salt Guard fighters left.")
    one.mention("Salt Guard", type="armed_group"), one.mention("Salt Guard fighters", type="armed_group")
    assert names(resolved(one)) == {"Salt Guard"}


def test_known_aliases_are_one_party() -> None:
    one, two = Page("a", "The U.S. agreed."), Page("b", "The United States agreed.")
    one.mention("U.S.", type="state"), two.mention("United States", type="state")
    assert names(resolved(one, two)) == {"United States"}


def test_a_person_may_join_and_part() -> None:
    one, two = Page("a", "The envoy Ada Vance spoke."), Page("b", "A. V. Marsh left.")
    first, second = one.mention("Ada Vance"), two.mention("A. V. Marsh")
    assert len(resolved(one, two).parties) == 2
    joined = resolved(one, two, joined=[[first.id, second.id]])
    assert len(joined.parties) == 1
    assert joined.parties[0].reason == "joined by a person"
    three = Page("c", "Vance left.")
    third = three.mention("Vance")
    assert len(resolved(one, three).parties) == 1
    assert len(resolved(one, three, parted=[[first.id, third.id]]).parties) == 2


def attack(name: str, text: str, *, when: str | None, mode: str | None, target: str, published: str) -> Page:
    page = Page(name, text, published)
    page.claim(text, mode=mode, when=when, targets=(target,), places=(page.place("Velm", 7),))
    return page


def test_place_time_and_target_join_two_reports() -> None:
    one = attack("a", "Shells hit the market in Velm.", when="2021-03-04", mode="shell", target="market",
                 published="2021-03-05")  # fmt: skip
    two = attack("b", "The market at Velm was hit.", when="2021-03-04", mode=None, target="market",
                 published="2021-03-06")  # fmt: skip
    (incident,) = resolved(one, two).incidents
    assert incident.reports == ("a", "b")
    assert "place, time and target" in (incident.reason or "")


def test_like_events_on_one_day_in_one_town_stay_apart() -> None:
    one = attack("a", "Shells hit the market in Velm.", when="2021-03-04", mode="shell", target="market",
                 published="2021-03-05")  # fmt: skip
    two = attack("b", "A bomb hit the school in Velm.", when="2021-03-04", mode="bomb", target="school",
                 published="2021-03-05")  # fmt: skip
    found = resolved(one, two).incidents
    assert len(found) == 2
    assert any(incident.possibly_same for incident in found)


def test_another_day_is_another_incident() -> None:
    one = attack("a", "Shells hit the market in Velm.", when="2021-03-04", mode="shell", target="market",
                 published="2021-03-05")  # fmt: skip
    two = attack("b", "Shells hit the market of Velm.", when="2021-03-07", mode="shell", target="market",
                 published="2021-03-08")  # fmt: skip
    assert len(resolved(one, two).incidents) == 2


def test_equal_figures_alone_never_join() -> None:
    pages = []
    for name, town in (("a", "Velm"), ("b", "Osk")):
        page = Page(name, f"Nine people were killed in {town}.", "2021-03-05")
        count = page.count("Nine people", 9, "people", "killed")
        page.claim(page.text, targets=("people",), places=(page.place(town, len(town)),),
                   quantities=(count,), when="2021-03-04")  # fmt: skip
        pages.append(page)
    assert len(resolved(*pages).incidents) == 2


def test_a_denial_about_another_target_is_another_story() -> None:
    page = Page("a", "They bombed the bridge. They did not bomb the school.", "2021-03-05")
    page.claim("They bombed the bridge.", targets=("bridge",))
    page.claim("They did not bomb the school.", targets=("school",), polarity="denied")
    assert len(resolved(page).incidents) == 2


def test_a_reprint_and_its_source_are_one_origin_with_evidence() -> None:
    body = " ".join(f"Sentence number {i} of the wire story says something of its own." for i in range(12))
    one, two = (
        Page("a", body, "2021-03-04", "Wire"),
        Page("b", "By our staff. " + body, "2021-03-05", "Paper"),
    )
    other = Page("c", " ".join(f"Another text, line {i}, on other things." for i in range(12)), "2021-03-04")
    found = resolved(one, two, other)
    assert found.origin_of["a"] == found.origin_of["b"] != found.origin_of["c"]
    origin = next(o for o in found.origins if o.id == found.origin_of["a"])
    assert origin.name == "Wire"
    assert "eight-word runs" in origin.evidence


def test_a_short_quotation_is_no_copy() -> None:
    words = "The council said that it would open the bridge at noon on the following Monday morning."
    long = " ".join(f"Paragraph {i} of a long report about many other things entirely." for i in range(40))
    found = resolved(Page("a", words), Page("b", f"{long} {words}"))
    assert found.origin_of["a"] != found.origin_of["b"]


def test_counts_of_one_noun_class_are_one_group() -> None:
    page = Page("a", "Ten gunmen and five rebels came. Three lorries left.")
    page.count("Ten gunmen", 10, "gunmen"), page.count("five rebels", 5, "rebels")
    page.count("Three lorries", 3, "lorries")
    found = resolved(page)
    assert {group.name: len(group.members) for group in found.groups} == {"fighters": 2, "trucks": 1}


def test_a_named_person_harmed_is_a_victim() -> None:
    page = Page("a", "Shells killed Ada Vance in Velm.", "2021-03-04")
    page.mention("Ada Vance")
    page.claim(page.text, targets=("Ada Vance",))
    (victim,) = resolved(page).victims
    assert (victim.name, victim.report) == ("Ada Vance", "a")
    assert page.text[slice(*victim.span)] == victim.text


@pytest.mark.parametrize(
    ("word", "harm"),
    [
        ("killed", "killed"),
        ("shot dead", "killed"),
        ("wounded", "injured"),
        ("kidnapped", "kidnapped"),
        ("hit", None),
    ],
)
def test_what_became_of_a_victim_is_what_the_word_says(word: str, harm: str | None) -> None:
    page = Page("a", f"Shells {word} Ada Vance in Velm.", "2021-03-04")
    page.mention("Ada Vance")
    page.claim(page.text, targets=("Ada Vance",), trigger=word)
    assert [each.harm for each in resolved(page).victims] == [harm]


def test_of_two_claims_that_which_says_what_became_of_a_victim_is_told() -> None:
    text = "Men hit Ada Vance at the gate. Ada Vance was killed."
    page = Page("a", text, "2021-03-04")
    page.mention("Ada Vance")
    page.claim("Men hit Ada Vance at the gate", targets=("Ada Vance",), trigger="hit")
    page.claim("Ada Vance was killed", targets=("Ada Vance",), trigger="killed")
    assert [each.harm for each in resolved(page).victims] == ["killed"]


def test_what_the_words_say_of_a_victim_stands_before_a_number_beside_it() -> None:
    page = Page("a", "Ada Vance, 60, was killed.", "2021-03-04")
    page.mention("Ada Vance")
    made = page.claim("Ada Vance, 60, was killed", targets=("Ada Vance",), trigger="killed")
    told = msgspec.structs.replace(made.targets[0], age=61, sex="female", status="civilian")
    page.claims[0] = msgspec.structs.replace(made, targets=(told,))
    (victim,) = resolved(page).victims
    assert (victim.age, victim.sex, victim.status) == (61, "female", "civilian")


def test_nobody_is_a_victim_of_what_is_only_planned() -> None:
    page = Page("a", "They will go on to strike Ada Vance.", "2021-03-04")
    page.mention("Ada Vance")
    page.claim(page.text, targets=("Ada Vance",), modality="planned")
    assert resolved(page).victims == ()


def test_bound_readings_name_parties_and_incidents() -> None:
    page = attack("a", "Shells hit the market in Velm.", when="2021-03-04", mode="shell", target="market",
                  published="2021-03-05")  # fmt: skip
    reading = page.reading()
    (bound,) = bind([reading], resolved(page))
    assert bound.claims[0].incident is not None
    assert reading.claims[0].incident is None


def test_order_of_reports_changes_nothing() -> None:
    pages = [
        attack(f"r{i}", f"Shells hit market {i % 3} in Velm.", when=f"2021-03-0{i % 4 + 1}", mode="shell",
               target=f"market {i % 3}", published="2021-03-09")
        for i in range(9)
    ]  # fmt: skip
    wanted = msgspec.json.encode(resolved(*pages))
    for seed in range(5):
        random.Random(seed).shuffle(pages)
        assert msgspec.json.encode(resolved(*pages)) == wanted


def test_a_doubt_about_one_other_incident_is_told_once() -> None:
    one = attack("a", "Shells hit the market in Velm.", when="2021-03-04", mode="shell", target="market",
                 published="2021-03-05")  # fmt: skip
    others = [
        attack(name, f"A bomb hit the school in Velm{'.' * n}", when="2021-03-04", mode="bomb",
               target="school", published="2021-03-05")
        for n, name in enumerate(("b", "c"), 1)
    ]  # fmt: skip
    for incident in resolved(one, *others).incidents:
        doubts = [each.other for each in incident.possibly_same]
        assert len(doubts) == len(set(doubts))
