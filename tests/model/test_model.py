"""The nouns: spans, ids and dates hold what they promise for any text."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.errors import AnchorError, StandoffError
from standoff.model import annotation_id, slug, text_sha256
from standoff.model.spans import check_spans, covers, hull, merge, quote, trim, utf16_offsets
from standoff.model.when import first_day, last_day, parse_when

SPAN = st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda p: (p[0], p[0] + p[1]))
SPANS = st.lists(SPAN, max_size=6)


@given(SPANS)
def test_merged_spans_cover_the_same_offsets(spans: list[tuple[int, int]]) -> None:
    covered = {i for start, end in spans for i in range(start, end)}
    merged = merge(spans)
    assert {i for start, end in merged for i in range(start, end)} == covered
    assert all(a[1] < b[0] for a, b in itertools.pairwise(merged))
    assert all(covers(merged, span) for span in spans)
    if spans:
        assert hull(spans) == (merged[0][0], merged[-1][1])


@given(st.text(), st.data())
def test_utf16_offsets_are_those_of_the_encoded_text(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    (offset,) = utf16_offsets(text, [at])
    assert offset == len(text[:at].encode("utf-16-le", "surrogatepass")) // 2


@given(st.text(min_size=1), st.data())
def test_trim_keeps_the_words(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    left, right = trim(text, (start, end))
    assert text[left:right].strip() == text[start:end].strip()


@pytest.mark.parametrize("span", [(0, 0), (3, 2), (-1, 2), (2, 99)])
def test_spans_outside_the_text_are_errors(span: tuple[int, int]) -> None:
    with pytest.raises(AnchorError, match="does not lie"):
        check_spans([span], 10)


def test_quote_shows_the_gap_of_a_broken_quotation() -> None:
    assert quote("We go, he said, now.", [(0, 5), (16, 19)]) == "We go … now"


@given(st.text(), SPANS)
def test_ids_depend_on_content_alone(text: str, spans: list[tuple[int, int]]) -> None:
    digest = text_sha256(text)
    one = annotation_id("claim", digest, spans, "ASSAULT")
    assert one == annotation_id("claim", digest, tuple(spans), "ASSAULT")
    assert one != annotation_id("quantity", digest, spans, "ASSAULT")
    assert one != annotation_id("claim", digest, spans, "AID")
    assert one != annotation_id("claim", digest, [*spans, (90, 99)], "ASSAULT")


@given(st.text(min_size=1))
def test_slugs_are_stable_and_never_empty(name: str) -> None:
    assert slug(name)
    assert slug(slug(name)) == slug(name) or len(slug(name)) == 8


def test_slug_folds_accents_case_and_article() -> None:
    assert slug("The Élysée Palace") == slug("elysee palace") == "elysee-palace"


@given(st.dates(min_value=dt.date(1000, 1, 1)))
def test_a_day_is_its_own_bounds(day: dt.date) -> None:
    when = parse_when(day.isoformat())
    assert when is not None
    assert (when.earliest, when.latest) == (day, day)


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2017", "2017-01-01", "2017-12-31"),
        ("2017-02", "2017-02-01", "2017-02-28"),
        ("2017-08-28/2017-09-07", "2017-08-28", "2017-09-07"),
        ("2017-09-04~", "2017-09-04", "2017-09-04"),
        ("2017-09/..", "2017-09-01", None),
        ("../2017-09", None, "2017-09-30"),
        ("2017-09-07T14:30", "2017-09-07", "2017-09-07"),
        ("201X", "2010-01-01", "2019-12-31"),
    ],
)
def test_bounds_of_open_and_vague_dates(edtf: str, first: str | None, last: str | None) -> None:
    assert first_day(edtf) == (dt.date.fromisoformat(first) if first else None)
    assert last_day(edtf) == (dt.date.fromisoformat(last) if last else None)


@pytest.mark.parametrize("words", ["", None, "yesterday", "2017-02-30", "2017/2018/2019", "32", "a/b"])
def test_what_is_no_date_is_none(words: str | None) -> None:
    assert parse_when(words) is None


def test_unknown_ends_meet_everything() -> None:
    open_end, later = parse_when("2017-09-01/.."), parse_when("2018")
    earlier = parse_when("2016")
    assert open_end is not None
    assert later is not None
    assert earlier is not None
    assert open_end.may_meet(later)
    assert later.may_meet(open_end)
    assert not open_end.may_meet(earlier)


def test_an_error_is_one_sentence_with_place_advice_and_code() -> None:
    error = StandoffError("it broke", where="a.txt", todo="mend it")
    assert str(error) == "it broke (a.txt): mend it [SO-000]"
