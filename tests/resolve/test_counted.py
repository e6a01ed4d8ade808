"""What a count counts, and on whose side they were."""

from __future__ import annotations

import msgspec
import pytest

from standoff.model import Statement
from standoff.resolve.counted import Counted, Counts, noun_class, of_what
from tests.resolve.make import Page


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("at least two of the rebels", "fighters"),
        ("members of the security forces", "soldiers"),
        ("members of the movement", "fighters"),
        ("members of a family choir", "people"),
        ("Peruvians", "people"),
        ("lives", "people"),
        ("some 40 lorries", "trucks"),
        ("signatures", None),
    ],
)
def test_the_class_of_a_noun(words: str, name: str | None) -> None:
    assert noun_class(words) == name


def test_the_count_before_a_noun_is_no_part_of_it() -> None:
    assert of_what("five or six of the rebels") == "rebels"
    assert of_what("37") == ""


def counted(text: str, words: str, what: str, party: str, role: str = "killed") -> Counted | None:
    page = Page("r", text)
    quantity = page.count(words, 4, what, role)
    page.statements.append(Statement(id="s", voice="source", content=((0, len(text)),), party=party))
    reading = page.reading()
    (only,) = (q for q in reading.quantities if q.id == quantity)
    return Counts(reading, text).of(msgspec.structs.replace(only, statement="s"))


@pytest.mark.parametrize(
    ("text", "words", "what", "party", "name"),
    [
        ("On our side, four dead.", "four dead", "dead", "army", "soldiers"),
        ("On our side, four dead.", "four dead", "dead", "Hill Front", "fighters"),
        ("On the enemy side, four dead.", "four dead", "dead", "army", "fighters"),
        ("On the enemy side, four dead.", "four dead", "dead", "Hill Front", "soldiers"),
        ("He owned to four dead in army ranks.", "four dead", "dead", "Hill Front", "soldiers"),
        ("We buried four martyrs.", "four martyrs", "martyrs", "Hill Front", "fighters"),
        ("We buried four martyrs.", "four martyrs", "martyrs", "city council", "people"),
        ("Among our own, four dead.", "four dead", "dead", "city council", "people"),
        ("The enemy fled. There were four dead.", "four dead", "dead", "army", "people"),
    ],
)
def test_the_dead_are_of_the_side_that_the_words_give_them(
    text: str, words: str, what: str, party: str, name: str
) -> None:
    found = counted(text, words, what, party)
    assert found is not None
    assert found.name == name


def test_people_of_a_nation_are_a_group_unless_the_whole_class_is() -> None:
    found = counted("Four Peruvian pilgrims died.", "Four Peruvian pilgrims", "pilgrims", "council")
    assert found == Counted("pilgrims", "person", None)  # `group` says whose they are


@pytest.mark.parametrize(("unit", "one"), [("person", "person"), (None, "loom-mender")])
def test_a_noun_that_no_class_has_is_of_persons_where_the_reader_says_so(unit: str | None, one: str) -> None:
    page = Page("r", "Four loom-menders were killed.")
    page.count("Four loom-menders", 4, "loom-menders", "killed")
    reading = page.reading()
    (quantity,) = (msgspec.structs.replace(each, unit=unit) for each in reading.quantities)
    assert Counts(reading, "").of(quantity) == Counted("loom-menders", one)
