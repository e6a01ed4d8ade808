"""The incidents nearest to a day are found without a look at each."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from standoff.resolve.incidents.index import BITS, CANDIDATES, nearest


@given(st.lists(st.none() | st.integers(1, 12), max_size=200), st.integers(1, 12))
def test_the_nearest_are_those_of_a_plain_sort(days: list[int | None], day: int) -> None:
    marks = [(-1 if each is None else each) << BITS | n for n, each in enumerate(days)]
    plain = sorted((0 if each is None else abs(each - day), n) for n, each in enumerate(days))
    assert nearest(marks[::-1], day) == [n for _, n in plain[:CANDIDATES]]
