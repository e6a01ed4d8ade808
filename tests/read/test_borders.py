"""Sentence borders that hold whatever the encoder scores."""

from __future__ import annotations

import pytest

from standoff.read.encoder.borders import fixed
from standoff.read.host import load_host


@pytest.mark.parametrize(
    ("words", "gaps", "ends"),
    [
        (["Maj", ".", "Gen.", "Orla", "Venn"], [2, 0, 1, 1, 1], [2, 3]),
        (["He", "saw", "the", "rep", ".", "She"], [2, 1, 1, 1, 0, 1], []),
        (["Lt.", "Venn", "left", ".", "He"], [2, 1, 1, 0, 1], [1]),
        (["Gen.", "Venn"], [2, 2], []),
    ],
)
def test_a_title_cut_short_ends_no_sentence(words: list[str], gaps: list[int], ends: list[int]) -> None:
    assert [k for k, added in enumerate(fixed(words, gaps, ())) if added < 0] == ends


def test_an_empty_line_begins_a_sentence_even_without_a_full_stop() -> None:
    text = "the plan is a bad one 1/2\n\nArden Maj. Gen. Pavel Orn defended the exchange.\n\nHe left"
    starts = [sentence.text.split()[0] for sentence in load_host().doc(text).sents]
    assert {"Arden", "He"} <= set(starts)
    assert not {"Gen.", "Pavel"} & set(starts)


LONG = (
    "The governor of the east told reporters that the bridge had been shut since the early hours of the "
    "morning, as he said."
)


@pytest.mark.parametrize(
    ("text", "second"),
    [
        (f"Bridge shut in the east\n{LONG}", "The"),
        (f"{LONG[:-1]}\nBridge shut", "Bridge"),
    ],
)
def test_a_new_line_of_an_unwrapped_text_begins_a_sentence(text: str, second: str) -> None:
    assert [sentence.text.split()[0] for sentence in load_host().doc(text).sents][-1] == second


def test_a_wrapped_line_goes_on() -> None:
    text = "The governor told reporters from\nArden that the bridge had been shut since the\nmorning."
    assert len(list(load_host().doc(text).sents)) == 1
