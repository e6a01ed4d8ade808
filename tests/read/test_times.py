"""What the time layer says of invented sentences; nothing here is taken from a corpus."""

from __future__ import annotations

import calendar
import datetime as dt

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.corpora import corpus

from standoff.measure.times import TimeScore, align, load_gold, score
from standoff.model import Context, Time
from standoff.model.when import first_day, last_day, parse_when
from standoff.read.times import dateline_date, find_times

NLP = spacy.blank("en")
THURSDAY = "2019-08-15"


def read(text: str, published: str | None = THURSDAY) -> list[Time]:
    return find_times(NLP(text), Context(published=published))


def one(text: str, published: str | None = THURSDAY) -> Time:
    found = read(text, published)
    assert len(found) == 1, [(t.text, t.value) for t in found]
    return found[0]


DAYS = st.dates(dt.date(1960, 1, 1), dt.date(2039, 12, 31))


def renderings(day: dt.date) -> list[str]:
    long, short = calendar.month_name[day.month], calendar.month_abbr[day.month]
    ending = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}.get(day.day, "th")
    return [
        f"{long} {day.day}, {day.year}",
        f"{day.day} {long} {day.year}",
        f"{day.day}{ending} of {long}, {day.year}",
        f"{long} {day.day}{ending} {day.year}",
        f"{short}{'' if short == long else '.'} {day.day}, {day.year}",
        f"{day.day} {short.upper()} {day.year}",
        f"{long.upper()} {day.day}, {day.year}",
        day.isoformat(),
        f"{day.month}/{day.day}/{day.year}",
        f"{day.day:02d}.{day.month:02d}.{day.year}",
    ]


@given(day=DAYS)
@settings(max_examples=60, deadline=None)
def test_every_rendering_of_a_day_is_that_day(day: dt.date) -> None:
    for written in renderings(day):
        found = read(f"The bridge fell on {written}.", None)
        assert [(t.value, t.edtf, t.anchor) for t in found] == [(day.isoformat(), day.isoformat(), None)], (
            written
        )


WORDS = """the past two weeks ago Aug. 28 may May of 1999 '99 third quarter - , 5 p.m. Friday night every a
half and 12/31/99 2020-02-30 year fiscal summer later 0 99999999999 31 February century ’ 10:61 thousand last
next that day before yesterday 3rd twenty Easter Q4 1980s noon EST decades"""
PIECES = st.sampled_from([*WORDS.split(), "\n\n"])
PUBLISHED = st.sampled_from([None, "2019-08-15", "2019", "0001-01-01", "9999-12-31", "2019-08~", "junk"])


@given(text=st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=12).map(" ".join)), published=PUBLISHED)
@settings(max_examples=300, deadline=None)
def test_any_text_gives_times_that_lie_in_it(text: str, published: str | None) -> None:
    found = read(text, published)
    behind = 0
    for time in found:
        assert behind <= time.start < time.end <= len(text)
        assert text[time.start : time.end] == time.text
        assert time.value
        assert time.edtf is None or parse_when(time.edtf) is not None
        behind = time.end


@given(text=st.lists(PIECES, max_size=10).map(" ".join))
@settings(max_examples=60, deadline=None)
def test_without_a_date_nothing_is_anchored(text: str) -> None:
    spoken = [t for t in read(text, None) if t.anchor is not None]
    named = {t.edtf for t in read(text, None) if t.anchor is None and t.edtf}
    assert not spoken or named, "an anchor can only come from a date in the text"


@pytest.mark.parametrize(
    ("text", "value", "edtf"),
    [
        ("Troops left on Monday.", "2019-08-12", "2019-08-12"),
        ("Troops will leave on Monday.", "2019-08-19", "2019-08-19"),
        ("He spoke on Thursday.", "2019-08-15", "2019-08-15"),
        ("Last Thursday he spoke.", "2019-08-08", "2019-08-08"),
        ("The truce holds until Friday.", "2019-08-16", "2019-08-16"),
        ("It happened yesterday.", "2019-08-14", "2019-08-14"),
        ("It happened in June.", "2019-06", "2019-06"),
        ("It happened in November.", "2018-11", "2018-11"),
        ("It will happen in November.", "2019-11", "2019-11"),
        ("It will happen in June.", "2020-06", "2020-06"),
        ("They were seized three years ago.", "2016", "2016"),
        ("It began last week.", "2019-W32", "2019-08-05/2019-08-11"),
        ("It began last month.", "2019-07", "2019-07"),
        ("It began last summer.", "2019-SU", "2019-22"),
        ("It began in the 1980s.", "198", "198X"),
        ("It began in the 19th century.", "18", "18XX"),
        ("It began in the first half of 2016.", "2016-H1", "2016-01/2016-06"),
        ("It began in the third quarter of 2016.", "2016-Q3", "2016-07/2016-09"),
        ("It began in Q3 2016.", "2016-Q3", "2016-07/2016-09"),
        ("A few days ago it began.", "PAST_REF", "2019-08-12~"),
        ("It began on the night of 2016-02-03T14:30.", "2016-02-03T14:30", "2016-02-03T14:30"),
        ("He called this morning.", "2019-08-15TMO", "2019-08-15"),
        ("He called at 9:30 p.m. Wednesday.", "2019-08-14T21:30", "2019-08-14T21:30"),
        ("He called at noon on Aug. 2.", "2019-08-02T12:00", "2019-08-02T12:00"),
        ("Villagers fled on Christmas Day 2015.", "2015-12-25", "2015-12-25"),
        ("It began around 2004.", "2004", "2004~"),
    ],
)
def test_dates(text: str, value: str, edtf: str) -> None:
    times = [t for t in read(text) if t.value == value]
    assert [t.edtf for t in times] == [edtf], [(t.text, t.value, t.edtf) for t in read(text)]


@pytest.mark.parametrize(
    ("text", "value", "mod"),
    [
        ("more than 10 days", "P10D", "MORE_THAN"),
        ("nearly two weeks", "P2W", "LESS_THAN"),
        ("a decade", "P10Y", None),
        ("24 hours", "P1D", None),
        ("36 hours", "PT36H", None),
        ("two and a half years", "P2Y6M", None),
        ("a year and a half", "P1Y6M", None),
        ("the past three months", "P3M", None),
        ("twenty-one days", "P21D", None),
        ("several weeks", "PXW", None),
        ("years", "PXY", None),
        ("a couple of days", "P2D", "APPROX"),
    ],
)
def test_durations_carry_no_date(text: str, value: str, mod: str | None) -> None:
    time = one(f"They were stranded for {text}.")
    assert (time.type, time.value, time.mod, time.edtf) == ("DURATION", value, mod, None)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("every Monday", "XXXX-WXX-1"),
        ("each July", "XXXX-07"),
        ("daily", "P1D"),
        ("annually", "P1Y"),
        ("every two weeks", "P2W"),
    ],
)
def test_sets(text: str, value: str) -> None:
    time = one(f"The council meets {text}.")
    assert (time.type, time.value, time.edtf) == ("SET", value, None)


@pytest.mark.parametrize(
    "text",
    [
        "About 2000 people fled.",
        "They cited Resolution 1973.",
        "Flight 1549 landed.",
        "It cost $1995 in all.",
        "The 40-year-old farmer may march.",
        "May I come in?",
        "They fall and spring back.",
        "Three-quarters of it burned.",
        "The Daily Gazette and the Sunday Times wrote of it.",
        "April Smith and June Jones left.",
        "They marched on Bloody Sunday.",
        "More than a quarter of them left.",
    ],
)
def test_numbers_and_verbs_that_are_no_times(text: str) -> None:
    assert read(text) == []


def test_narrative_counts_from_the_last_date_named() -> None:
    found = read("The mill burned on 3 March 2016. The next day two died. Two days later it was closed.")
    assert [t.edtf for t in found] == ["2016-03-03", "2016-03-04", "2016-03-06"]
    assert [t.anchor for t in found] == [None, "2016-03-03", "2016-03-04"]


def test_both_ends_of_a_range_of_days() -> None:
    assert [t.edtf for t in read("They met on Aug. 28-30, 2016.")] == ["2016-08-28", "2016-08-30"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on Thursday", "XXXX-WXX-4"),
        ("last week", "XXXX-WXX"),
        ("in June", "XXXX-06"),
        ("on July 4", "XXXX-07-04"),
        ("today", "PRESENT_REF"),
        ("three years ago", "PAST_REF"),
    ],
)
def test_no_publication_date_leaves_relative_times_open(text: str, value: str) -> None:
    time = one(f"The road was cut {text}.", None)
    assert (time.value, time.edtf, time.anchor) == (value, None, None)


def test_a_year_alone_anchors_years_but_not_days() -> None:
    assert one("It fell last year.", "2019").edtf == "2018"
    assert one("It fell on Monday.", "2019").edtf is None


def test_dateline_anchors_when_no_date_is_given() -> None:
    text = "PORT ALMA, 4 FEB 90 (COAST PRESS) -- THE PIER BURNED YESTERDAY."
    assert dateline_date(NLP(text)) == "1990-02-04"
    assert [(t.edtf, t.anchor) for t in read(text, None)] == [
        ("1990-02-04", None),
        ("1990-02-03", "1990-02-04"),
    ]
    assert read(text, "1990-02-06")[1].edtf == "1990-02-05"


@pytest.mark.parametrize(
    "text", ["On 4 February 1990 - a Sunday - the pier burned.", "The pier burned on 4 February 1990.", ""]
)
def test_a_date_in_prose_is_no_dateline(text: str) -> None:
    assert dateline_date(NLP(text)) is None


def test_bounds_of_what_is_read_hold_the_day() -> None:
    week = one("It began last week.")
    assert (first_day(week.edtf), last_day(week.edtf)) == (dt.date(2019, 8, 5), dt.date(2019, 8, 11))


def test_score_counts_spans_and_values_one_to_one() -> None:
    text = "It fell on Monday and on 3 March 2016."
    found = read(text)
    gold = [*(_gold(t, t.value) for t in found[:1]), _gold(found[1], "2016-03-04")]
    assert score(gold, found) == TimeScore(gold=2, predicted=2, strict=2, relaxed=2, value=1, type=2)
    assert len(align(gold[:1], [found[0], found[0]])) == 1


def _gold(time: Time, value: str):  # type: ignore[no-untyped-def]  # a helper of one test
    from standoff.measure.times import Timex

    return Timex(time.start, time.end, time.type, value)


@pytest.mark.corpus
@pytest.mark.parametrize(("name", "floor"), [("timebank", 0.78), ("aquaint", 0.70)])
def test_surface_reading_keeps_its_level(name: str, floor: float) -> None:
    """Without any grammar, so that a change of the encoder cannot hide a change of the rules."""
    total = TimeScore()
    for text in load_gold(corpus("data/timeml") / f"{name}.jsonl")[::3]:
        total += score(text.timex, read(text.text, text.dct))
    assert total.f1(total.value) >= floor


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("It lasted from 1980-88.", ["1980", "1988"]),
        ("They lost in the 2011-12 season.", ["2011", "2012"]),
        ("The vote was in mid-March.", ["2019-03"]),
        ("It began in the second half of 2012.", ["2012-H2"]),
        ("It began on the weekend of March 9.", ["2019-W10-WE"]),
        ("It began in the last week of January.", ["2019-01"]),
        ("It began on the morning of March 3.", ["2019-03-03TMO"]),
        ("It began at 3:30 p.m. local time on Wednesday.", ["2019-08-14T15:30"]),
        ("It began at 0900 GMT.", ["2019-08-15T09:00"]),
        ("It began at 1600 hours.", ["2019-08-15T16:00"]),
        ("It began at 5 in the morning.", ["2019-08-15T05:00"]),
        ("It began on June 5th of last year.", ["2018-06-05"]),
        ("It began in 2012 - 13 people died.", ["2012"]),
        ("It took about 1600 hours.", ["PT1600H"]),
        ("It fed 2100 local people.", []),
        ("It took half an hour.", ["PT30M"]),
        ("It took a quarter of a century.", ["P25Y"]),
        ("It began half a century ago.", ["1969"]),
        ("The weeklong siege ended.", ["P1W"]),
        ("The day-long meeting ended.", ["P1D"]),
        ("The centuries-old mill burned.", ["PXC"]),
        ("They meet on Fridays.", ["XXXX-WXX-5"]),
        ("At the moment it is shut.", ["PRESENT_REF"]),
        ("They fled over the past four winters.", []),
        ("In March for the first time they met.", ["2019-03"]),
    ],
)
def test_expressions_of_everyday_news(text: str, values: list[str]) -> None:
    assert [t.value for t in read(text) if t.value != "PAST_REF"] == values


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The 30-day truce held.", "30-day"),
        ("The Tuesday deadline passed.", "Tuesday"),
        ("The Aug. 2 raid failed.", "Aug. 2"),
        ("Earlier Tuesday they met.", "Tuesday"),
        ("Early Tuesday they met.", "Early Tuesday"),
        ("They fell within two weeks.", "two weeks"),
        ("They left in August.", "August"),
        ("They stayed for a week or so.", "a week or so"),
        ("It fell nearly four years ago.", "nearly four years ago"),
    ],
)
def test_where_an_expression_begins_and_ends(text: str, words: str) -> None:
    assert one(text).text == words


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("more than four years ago", "../2015"),
        ("less than four years ago", "2015/.."),
        ("almost four years ago", "2015~"),
    ],
)
def test_what_lies_nearer_or_further_than_said_stays_open(text: str, edtf: str) -> None:
    assert one(f"It fell {text}.").edtf == edtf


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Pier burns in Port Alma\nPublished 4 February 1990 The pier burned yesterday.", "1990-02-04"),
        ("Pier burns in Port Alma\nSun 04 Feb 1990 The pier burned yesterday.", "1990-02-04"),
        ("Pier burns in Port Alma\nPosted on February 4 1990 by Coast Press", "1990-02-04"),
        ("Pier burns in Port Alma\nFebruary 4, 1990 10:30\nThe pier burned.", "1990-02-04"),
        ("Pier burns in Port Alma\nOn 4 February 1990 the pier burned.", None),
        ("Pier burns in Port Alma CPA Sunday 4 Feb 1990 The pier burned.", "1990-02-04"),
        ("THE PIER BURNED IN THE US SUNDAY 4 FEB 1990 AT DAWN", None),
        ("The pier burned.\nFebruary 4, 1990 was a Sunday.", None),
        ("Pier burns in Port Alma\nThe pier that was built on 4 February 1890 burned.", None),
    ],
)
def test_date_at_the_head_of_a_page(text: str, day: str | None) -> None:
    assert dateline_date(NLP(text)) == day


def test_published_and_narrative_anchors_are_told_apart() -> None:
    text = "The mill burned on 3 March 2016. The next day it was closed. Last week it was sold."
    assert [(t.edtf, t.anchor) for t in read(text)] == [
        ("2016-03-03", None),
        ("2016-03-04", "2016-03-03"),
        ("2019-08-05/2019-08-11", THURSDAY),
    ]
