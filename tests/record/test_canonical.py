"""An entry's bytes: RFC 8785, no floats, and everything comes back exactly."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from standoff.errors import RecordError
from standoff.model import Anchor, Candidate, Place, Quantity, ReaderInfo, Reading, Review
from standoff.record.canonical import (
    as_stored,
    canonical,
    canonical_json,
    escape,
    free,
    parse,
    restore,
    unescape,
)
from standoff.record.entries import reading_from, review_body, review_from

ANY_TEXT = st.text(st.characters(categories=None), max_size=12)
FINITE = st.floats(allow_nan=False, allow_infinity=False)
NUMBER = st.integers() | FINITE
JSON = st.recursive(
    st.none() | st.booleans() | NUMBER | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3),
    max_leaves=12,
)
QUANTITY = st.builds(
    Quantity,
    id=ANY_TEXT,
    start=st.integers(0, 9),
    end=st.integers(0, 9),
    text=ANY_TEXT | st.sampled_from(["null", "12", "1.0", "true", "NaN"]),
    kind=st.just("count"),
    low=st.none() | NUMBER,
    high=st.none() | NUMBER,
    best=st.none() | NUMBER,
    what=st.none() | ANY_TEXT | st.sampled_from(["null", "None", "5", "1e3"]),
    confidence=FINITE,
)
PLACE = st.builds(
    Place,
    id=ANY_TEXT,
    start=st.just(0),
    end=st.just(1),
    name=ANY_TEXT,
    lat=st.none() | FINITE,
    lon=st.none() | FINITE,
    geonameid=st.none() | st.integers(),
    candidates=st.lists(
        st.builds(Candidate, geonameid=st.none(), canonical=ANY_TEXT, lat=FINITE, lon=FINITE, score=FINITE),
        max_size=2,
    ).map(tuple),
)
READING = st.builds(
    Reading,
    report=ANY_TEXT,
    text_sha256=st.just("0" * 64),
    reader=st.builds(ReaderInfo, name=ANY_TEXT, version=ANY_TEXT),
    published=st.none() | ANY_TEXT,
    quantities=st.lists(QUANTITY, max_size=2).map(tuple),
    places=st.lists(PLACE, max_size=2).map(tuple),
)


def exact(value: Any) -> str:
    """A form in which 1 and 1.0, 0.0 and -0.0 differ."""
    return repr(ordered(msgspec.to_builtins(value)))


def ordered(value: Any) -> Any:
    """Objects have no order; lists have."""
    if isinstance(value, dict):
        return sorted((key, ordered(item)) for key, item in value.items())
    return [ordered(item) for item in value] if isinstance(value, list | tuple) else value


@given(READING)
def test_a_reading_comes_back_exactly(reading: Reading) -> None:
    data = canonical("reading", "2031-01-01T00:00:00Z", reading)
    assert exact(reading_from(data)) == exact(reading)
    assert canonical("reading", "2031-01-01T00:00:00Z", reading_from(data)) == data


@given(st.dictionaries(ANY_TEXT, JSON, max_size=4))
def test_a_review_comes_back_exactly(value: dict[str, Any]) -> None:
    review = Review(action="correct", targets=(Anchor(layer="time", key="k"),), value=value, by="A", at="t")
    data = canonical("review", "t", review_body(review))
    assert exact(review_from(parse(data)["body"])) == exact(review)


@given(st.dictionaries(ANY_TEXT, JSON, max_size=4))
def test_bytes_are_those_of_rfc_8785_and_hold_no_float(value: dict[str, Any]) -> None:
    data = canonical("output", "t", free(value))
    stored = as_stored(data)
    assert data == rfc8785.dumps(stored)
    assert canonical_json(stored) == data

    def floats(text: str) -> None:
        raise AssertionError(f"a float was written: {text}")

    json.loads(data, parse_float=floats)


@given(JSON)
def test_free_values_come_back(value: Any) -> None:
    assert exact(restore(free(value))) == exact(value)


@given(ANY_TEXT)
def test_every_string_can_be_written_as_utf_8(text: str) -> None:
    assert unescape(escape(text)) == text
    escape(text).encode()


def test_ordinary_strings_are_written_as_they_are() -> None:
    assert escape("Ḥamāh, 東京 🚌 \x00\n") == "Ḥamāh, 東京 🚌 \x00\n"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {1: "a"}, object()])
def test_what_is_no_json_is_refused_in_a_sentence(value: Any) -> None:
    with pytest.raises(RecordError):
        canonical("output", "t", {"x": value})


def test_numbers_are_integers_or_decimal_strings() -> None:
    data = canonical("output", "t", {"a": 0.1, "b": 7, "c": 2**60})
    assert as_stored(data)["body"] == {"a": "0.1", "b": 7, "c": "1152921504606846976"}
