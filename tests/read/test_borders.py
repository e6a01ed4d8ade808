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
