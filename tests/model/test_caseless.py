"""Patterns matched without case find what the library finds without case, in whatever letters."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.vocab import Caseless

PATTERNS = (
    r"\b(?:is|sink|Kite)\b",
    r"\b(?:si|sk|kiss?)\w*\s+(?P<who>[^,;.]{1,9}?)(?:,|$)",
    r"\b(?:not|n[’\x27]t|no(?!\.? ?\d))\b|n[’\x27]t\b",
    r"(?<=[.!?])\s+(?=[^\W\d_a-z])|(k)\1",
    r"^\W*no|\bno (?:\w+ )?$",
)
LETTERS = st.text("isknoISKNOtTıİſKςΣßẞ é’',. \n7", max_size=24)


@cache
def both(pattern: str) -> tuple[Caseless, re.Pattern[str]]:
    return Caseless(pattern), re.compile(pattern, re.IGNORECASE)


@pytest.mark.parametrize("pattern", PATTERNS)
@given(text=LETTERS, start=st.integers(0, 25), end=st.integers(0, 25))
def test_it_finds_what_is_found_without_case(pattern: str, text: str, start: int, end: int) -> None:
    ours, plain = both(pattern)
    found, sought = ours.search(text, start, end), plain.search(text, start, end)
    assert (found and found.regs) == (sought and sought.regs)
    assert ours.holds(text, start, end) == (sought is not None)
    begun, sought = ours.match(text, start, end), plain.match(text, start, end)
    assert (begun and begun.regs) == (sought and sought.regs)
    every = [each.regs for each in plain.finditer(text, start, end)]
    assert [each.regs for each in ours.finditer(text, start, end)] == every
    assert ours.spans(text) == [each.span() for each in plain.finditer(text)]
    assert ours.sub("-", text) == plain.sub("-", text)
