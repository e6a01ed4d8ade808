"""Which places something may have happened at, on invented sentences."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from standoff import read
from standoff.model import Place
from standoff.read.where import _speech, dateline, scenes


@pytest.mark.parametrize(
    "tail", ["speaking from Geneva", "told reporters in Geneva", "said at a news conference in Geneva"]
)
def test_where_it_was_told_is_not_where_it_happened(tail: str):
    if tail.startswith("speaking"):
        text = f"Two guards were killed on Monday, Colonel Orla Venn told reporters, {tail}."
    else:
        text = f"Two guards were killed on Monday, Colonel Orla Venn {tail}."
    (guards,) = [each for each in read(text, published="2031-05-08").quantities if each.role == "killed"]
    assert guards.place is None


def test_a_place_within_what_is_told_stays():
    text = "Colonel Orla Venn told reporters in Geneva that two guards were killed in Nairobi on Monday."
    made = read(text, published="2031-05-08")
    (guards,) = [each for each in made.quantities if each.role == "killed"]
    names = {each.id: each.name for each in made.places}
    assert names.get(guards.place or "", guards.place) == "Nairobi"


@pytest.mark.parametrize("kind", ["valley", "province"])
def test_a_kind_behind_the_name_is_part_of_the_place(kind: str):
    made = read(f"Two guards were killed in the Sinai {kind} on Monday.", published="2031-05-08")
    (guards,) = [each for each in made.quantities if each.role == "killed"]
    names = {each.id: each.name for each in made.places}
    assert (names.get(guards.place or "") or "").startswith("Sinai")


@pytest.mark.parametrize(
    ("text", "as_of"),
    [
        ("The death toll from a ferry fire in Kenya last week has risen to 40, rescuers said.", "2031-05-08"),
        ("The death toll rose to 40 on Monday, rescuers said.", "2031-05-05"),
        ("Toll of ferry fire rises to 40\nThe blaze was put out on Monday.", "2031-05-08"),
    ],
)
def test_the_date_of_the_event_is_not_the_date_of_the_toll(text: str, as_of: str):
    (toll,) = [each for each in read(text, published="2031-05-08").quantities if each.kind == "count"]
    assert toll.as_of == as_of


@pytest.mark.parametrize("word", sorted(word for word in _speech()[1] if " " not in word))
def test_a_sentence_that_hangs_on_a_hearer_or_an_occasion_comes_to_an_end(word: str):
    doc = Doc(
        spacy.blank("en").vocab, words=[word, "in", "Arla"], heads=[0, 0, 1], lemmas=[word, "in", "Arla"],
        deps=["ROOT", "prep", "pobj"], pos=["NOUN", "ADP", "PROPN"],
    )  # fmt: skip
    place = Place(id="p", start=doc[2].idx, end=doc[2].idx + 4, name="Arla")
    assert scenes(doc, [place], [], []) == [place]


@pytest.mark.parametrize(
    ("opening", "rest"),
    [
        ("DORVIK, Ostmarra, May 4 (Agency) - ", "Shells hit"),
        ("Dorvik, Ostmarra (AG) - ", "Shells hit"),
        ("Dorvik, 4 May (AG). ", "Shells hit"),
        ("DORVIK, May 4. /Agpress/. ", "Shells hit"),
    ],
)
def test_the_text_begins_behind_its_dateline(opening: str, rest: str):
    text = f"{opening}{rest} the market of Dorvik on Friday, killing four people, the Guild said."
    begin, body = dateline(text)
    assert (begin, text[body : body + len(rest)]) == (0, rest)
    (said,) = [each for each in read(text).statements if each.party == "Guild"]
    assert said.content[0][0] == body


@pytest.mark.parametrize(
    "text",
    [
        "Anna Brink, the mayor of Dorvik, said that two people died.",
        "Gunmen (some of them masked) - about 20 - entered.",
    ],
)
def test_a_sentence_is_no_dateline(text: str):
    assert dateline(text) == (0, 0)
