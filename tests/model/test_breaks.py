"""Breaks of sentences are found alike in a whole text and in the stretch of it that matters."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from standoff.model.breaks import BREAK, last_break, next_break

PIECES = st.sampled_from([".", "!", " ", "  ", "\n", "\n\n\n", "A", "b", '"', "“", "(", "É", " word", "7"])
TEXTS = st.lists(PIECES, max_size=30).map("".join)
POINTS = st.integers(0, 60)


@given(text=TEXTS, start=POINTS, at=POINTS)
@example(text='It fell. "We rose.', start=0, at=9)
@example(text="It fell.\n\n\nWe rose.", start=9, at=11)
def test_the_last_break_is_that_of_the_stretch(text: str, start: int, at: int) -> None:
    start, at = sorted((min(start, len(text)), min(at, len(text))))
    found = [each.end() for each in BREAK.finditer(text, start, at + 1)]
    assert last_break(text, start, at) == (found[-1] if found else None)


@given(text=TEXTS, at=POINTS, end=POINTS)
@example(text='It fell. "We rose.', at=3, end=10)
def test_the_next_break_is_that_of_the_stretch(text: str, at: int, end: int) -> None:
    at, end = sorted((min(at, len(text)), min(end, len(text))))
    found = BREAK.search(text, at, end)
    assert next_break(text, at, end) == (found.start() if found else None)
