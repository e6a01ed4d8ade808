"""Whose a count is that goes on where somebody was quoted, and whose it is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import standoff
from standoff.model.spans import hull
from standoff.reconcile.carried import carried


def theirs(text: str) -> dict[str, str | None]:
    """By the words of each count that is carried over, whose it is then."""
    reading = standoff.read(text, published="2031-05-04")
    statements = {each.id: each for each in reading.statements}
    found = carried(reading, text)
    return {
        count.text: statements[found[count.id]].party for count in reading.quantities if count.id in found
    }


@pytest.mark.parametrize(
    ("behind", "count"),
    [
        ("Twenty people are missing.", "Twenty people"),
        ("A total of 62 people have been detained.", "62 people"),
        ("Of the dead, nine were guards.", "nine"),
        ("They took away 23 men.", "23 men"),
        ("Nine guards fell. Twenty people are missing.", "Twenty people"),
    ],
)
def test_a_count_that_opens_its_sentence_goes_on_with_what_was_told(behind: str, count: str) -> None:
    text = f"The harbour office said that the quay had burned. {behind}"
    assert [party for words, party in theirs(text).items() if count in words] == ["harbour office"]


@pytest.mark.parametrize(
    "behind",
    [
        "\n\nTwenty people are missing.",
        "The bishop said that twenty people are missing.",
        "In May, a fire at the mill killed 20 people.",
        "Nobody was at the mill. Twenty people are missing.",
    ],
)
def test_another_paragraph_teller_or_matter_ends_it(behind: str) -> None:
    assert theirs(f"The harbour office said that the quay had burned. {behind}") == {}


@given(st.text(alphabet='ab .\n"12,', max_size=60))
def test_any_text_is_taken(words: str) -> None:
    text = f"The office said that 12 died. {words} Twenty people are missing."
    reading = standoff.read(text)
    found = carried(reading, text)
    cues = {each.id: hull(each.cue) for each in reading.statements if each.cue}
    for count in reading.quantities:
        assert count.id not in found or cues[found[count.id]][1] <= count.start
