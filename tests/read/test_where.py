"""Which places something may have happened at, on invented sentences."""

from __future__ import annotations

import pytest

from standoff import read


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
