"""Sentences are found alike by the breaks of the whole text and by those of a stretch."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from standoff.model.spans import trim
from standoff.reconcile.prose import LONGEST, _breaks, sentence_around

PIECES = st.sampled_from([".", "!", " ", "  ", "\n", "\n\n\n", "A", "b", '"', "“", "(", "Lt.", " word", "7"])
TEXTS = st.lists(PIECES, max_size=30).map("".join)


def by_a_stretch(text: str, span: tuple[int, int]) -> tuple[int, int]:
    start, end = max(0, span[0] - LONGEST), min(len(text), span[1] + LONGEST)
    before = [last for _, last in _breaks(text, start, span[0] + 2) if last <= span[0]]
    after = [first for first, _ in _breaks(text, span[1], end)]
    left = before[-1] if before else (start if start == 0 else span[0])
    right = after[0] if after else (end if end == len(text) else span[1])
    return trim(text, (left, right)) if left < right else span


@given(text=TEXTS, at=st.integers(0, 60), length=st.integers(0, 9), long=st.booleans())
@example(text="It fell.\n\n\nIt rose.", at=9, length=1, long=False)
def test_a_sentence_is_the_same_however_its_ends_are_found(
    text: str, at: int, length: int, long: bool
) -> None:
    text = f"{text}{' word' * 90 if long else ''}{text}"
    span = min(at, len(text)), min(at + length, len(text))
    assert sentence_around(text, span) == by_a_stretch(text, span)
