"""Mentions and chains on invented names."""

from __future__ import annotations

import pytest
import spacy

from standoff.model import Context, Mention
from standoff.read.mentions import find_mentions
from standoff.read.mentions.represents import represented
from standoff.read.mentions.spelling import same_name
from standoff.read.mentions.words import state_of
from standoff.read.raw import ATTRIBUTIONS, RawAttribution

BLANK = spacy.blank("en")


def named(text: str, *ents: tuple[str, str]) -> list[Mention]:
    """Mentions of a text with given entities and no grammar at all."""
    doc = BLANK(text)
    doc.user_data[ATTRIBUTIONS] = []
    spans, at = [], 0
    for words, label in ents:
        at = text.index(words, at)
        spans.append(doc.char_span(at, at + len(words), label=label))
        at += len(words)
    doc.ents = spans
    return find_mentions(doc, Context())


def parties(found: list[Mention]) -> dict[str, str | None]:
    return {m.text: m.party for m in found}


def test_surname_joins_its_full_name():
    found = named("Gen. Ada Rau spoke. Later Rau left.", ("Ada Rau", "PERSON"), ("Rau", "PERSON"))
    assert parties(found) == {"Ada Rau": "Ada Rau", "Rau": "Ada Rau"}


def test_headline_surname_before_the_full_name():
    found = named("Rau Resigns\n\nAda Rau resigned.", ("Rau", "PERSON"), ("Ada Rau", "PERSON"))
    assert set(parties(found).values()) == {"Ada Rau"}


def test_two_of_one_surname_are_told_apart_by_title():
    found = named(
        "Mr. Per Moe and Mrs. Ida Moe came. Mrs. Moe spoke.",
        ("Per Moe", "PERSON"), ("Ida Moe", "PERSON"), ("Moe", "PERSON"),
    )  # fmt: skip
    assert found[-1].party == "Ida Moe"


def test_acronym_in_brackets():
    found = named(
        "The Valley Relief Council (VRC) met. VRC left.",
        ("Valley Relief Council", "ORG"),
        ("VRC", "ORG"),
        ("VRC", "ORG"),
    )
    assert {m.party for m in found} == {"Valley Relief Council"}


def test_states_have_one_name():
    found = named("The U.S. objected. Britain agreed.", ("U.S.", "GPE"), ("Britain", "GPE"))
    assert [m.party for m in found] == ["United States", "United Kingdom"]
    assert [m.represents for m in found] == ["United States", "United Kingdom"]


def test_us_the_pronoun_is_no_state():
    assert state_of("us") is None
    assert state_of("US") == "United States"


def test_nationality_before_a_rank_says_whom_he_speaks_for():
    found = named("Norwegian Maj. Gen. Ole Dahl spoke.", ("Ole Dahl", "PERSON"))
    assert [(m.text, m.represents) for m in found] == [("Ole Dahl", "Norway")]


@pytest.mark.parametrize(
    ("words", "party"),
    [
        ("a spokesman for the Valley Front", "Valley Front"),
        ("the French envoy to the talks", "France"),
        ("Iraqi officials", "Iraq"),
        ("the Turkish foreign minister", "Turkey"),
        ("a resident of the town", None),
        ("the head of the Relief Council", "Relief Council"),
        ("an analyst at the Harbour Institute", None),
        ("Ambassador", None),
    ],
)
def test_represents(words, party):
    assert represented(words, lambda name: None) == party


def test_apposition_pronoun_and_representation(host):
    text = (
        "A spokeswoman for the Health Ministry, Lena Orvik, said nine people had died. "
        "“We expect more,” she said. Residents said otherwise."
    )
    found = find_mentions(host.doc(text), Context())
    by_text = {m.text: m for m in found}
    assert by_text["Lena Orvik"].represents == "Health Ministry"
    assert by_text["she"].party == "Lena Orvik"
    assert by_text["We"].party == "Health Ministry"
    assert by_text["Residents"].represents is None
    assert by_text["Residents"].type == "population"


@pytest.mark.parametrize(
    ("text", "pronoun", "party"),
    [
        ("Tomas Renn said the Harbour Council broke the pact when it left.", "it", "Harbour Council"),
        ("The army said the Northern Front withdrew before it shelled the mill.", "it", "Northern Front"),
        ("The Northern Front said it had lost four men at the mill.", "it", "Northern Front"),
        ("Colonel Idris Mbeki said Captain Paul Varga fired after he saw the lorry.", "he", "Paul Varga"),
        ("The Interior Ministry accused the Farmers' League of burning the depot before it left.", "it",
         "Farmers' League"),
        ("The Democratic Union blamed the Interior Ministry, saying it wanted to stop the vote.", "it",
         "Interior Ministry"),
        ("Residents said the soldiers left after they burned the market.", "they", "soldiers"),
        ("The Northern Front said the Home Guard attacked it on Monday.", "it", "Northern Front"),
        ("The Interior Ministry, which said it had no choice, closed the road.", "it", "Interior Ministry"),
        ("The League accused the Home Guard of murder. “They shot at women,” Tomas Renn said.", "They",
         "Home Guard"),
        ("The ministry blamed the rebels for the fire. They said the charge was a lie.", "They", "rebels"),
        ("The army shelled the villagers, and they fled.", "they", "villagers"),
        ("The Health Ministry counted the dead. They said nine had died.", "They", "Health Ministry"),
    ],
)  # fmt: skip
def test_a_pronoun_is_about_the_subject_that_its_clause_hangs_on(host, text, pronoun, party):
    found = find_mentions(host.doc(text), Context())
    assert next(m.party for m in found if m.text == pronoun) == party


def test_source_without_name_is_still_a_mention():
    doc = BLANK("Two people close to the talks said so.")
    doc.user_data[ATTRIBUTIONS] = [RawAttribution(source=((0, 29),), cue=((30, 34),), content=((35, 37),))]
    found = find_mentions(doc, Context())
    assert [m.text for m in found] == ["Two people close to the talks"]


def test_mentions_are_anchored(host):
    text = "Col. Juan Pereira met the rebels.\n\n“They lied,” he said. US officials and the envoy left."
    for each in find_mentions(host.doc(text), Context()):
        assert text[each.start : each.end] == each.text


def test_empty_and_blank_text():
    assert find_mentions(BLANK(""), Context()) == []
    assert find_mentions(BLANK(" \n "), Context()) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Qasim al-Rubaie", "Kassem el-Rubaie", True),
        ("Mohammed Tariq", "Muhammad Tarik", True),
        ("Abu Khalid al-Ansari", "Abu Khaled", True),
        ("Pyotr Denisov", "Pyotr Denisoff", True),
        ("Hassan Barzan", "Hussein Barzan", False),
        ("Samir Haddad", "Samar Haddad", False),
        ("Karim Barzan", "Ahmad Barzan", False),
        ("Karim", "Karim", False),
    ],
)
def test_spellings_of_one_name(one, other, same):
    assert same_name(one, other) is same
    assert same_name(other, one) is same


def test_a_name_in_another_spelling_joins_its_chain():
    found = named(
        "Sheikh Qasim al-Rubaie came. Later Kassem el-Rubaie left.",
        ("Qasim al-Rubaie", "PERSON"),
        ("Kassem el-Rubaie", "PERSON"),
    )
    assert {m.party for m in found} == {"Qasim al-Rubaie"}
