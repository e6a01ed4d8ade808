"""Beginnings that reports tell of: "since 17 December", "the crisis began on Aug. 28"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from standoff import vocab
from standoff.model import Span, Time
from standoff.reconcile.figures.scope import FIRST_TIME
from standoff.reconcile.prose import sentence_around
from standoff.reconcile.shelf import Page
from standoff.reconcile.tables.heads import singular
from standoff.reconcile.wording import WORD, situation_cue

DAY_AFTER = 25
"""Characters after a clock time within which its day may be named."""
REACH = 40
"""Characters within which a word of beginning governs the date after it."""
WHOLE = "situation"
"""Key of the situation itself."""


@dataclass(frozen=True, slots=True)
class Began:
    """A beginning as told: its date (EDTF), the words from the cue to the date, and the noun that began
    (a key of `lasting`), where the words name one."""

    when: str
    span: Span
    noun: str | None
    time: str


@cache
def lasting() -> dict[str, str]:
    """Nouns for a state of affairs -> its key: the situation itself, or the noun in the singular."""
    listed = vocab.load("en/situations")["lasting"]
    return dict.fromkeys(listed["whole"], WHOLE) | {word: singular(word) for word in listed["own"]}


def since_in(page: Page, span: Span) -> Began | None:
    """The date that a stretch of text gives as a beginning ("since Friday"), if it gives one."""
    return next((began for began in beginnings(page, span) if began.noun is None), None)


def beginnings(page: Page, span: Span | None = None) -> Iterator[Began]:
    """Beginnings told in a report, or in a span of it, in text order."""
    for time in _times(page, span):
        if time.edtf is None:
            continue
        when, end = _with_day(page, time)
        since = _before(page, time, "since")
        if since is not None and not FIRST_TIME.search(page.text, max(0, since - REACH), since):
            yield Began(when, (since, end), None, time.id)
            continue
        begin = _before(page, time, "begin")
        if begin is not None:
            noun, start = _noun_before(page, begin)
            if noun is not None:
                yield Began(when, (start, end), noun, time.id)


def _with_day(page: Page, time: Time) -> tuple[str, int]:
    """The date of a time and where its words end: of a clock time that of the day named right after it
    ("just after 3 p.m. Tuesday"), by the day alone."""
    if time.type == "TIME":
        after = _times(page, (time.end, time.end + DAY_AFTER))
        day = next((each for each in after if each.type == "DATE" and each.edtf), None)
        if day is not None and day.edtf:
            return day.edtf, day.end
    return time.edtf or "", time.end


def _times(page: Page, span: Span | None) -> list[Time]:
    if span is None:
        return list(page.reading.times)
    times = page.reading.times
    first = bisect_left(times, span[0], key=lambda time: time.start)
    return [each for each in times[first:] if each.start < span[1]] if span[1] - span[0] > 0 else []


def _before(page: Page, time: Time, cue: str) -> int | None:
    """Where the last cue of a kind starts that stands right before a date, in its clause."""
    start = max(0, time.start - REACH)
    before = page.text[start : time.start]
    found = list(situation_cue(cue).finditer(before))
    if not found:
        return None
    between = before[found[-1].end() :]
    # Nothing but a preposition and small words may part them: another clause has dates of its own.
    near = len(WORD.findall(between)) <= 2 and not re.search(r"[.;:!?]\s", between)
    return start + found[-1].start() if near else None


def _noun_before(page: Page, at: int) -> tuple[str | None, int]:
    """The first noun for a state of affairs in the sentence before a verb of beginning, and where the
    words start that hold it."""
    start, _ = sentence_around(page.text, (at, at + 1))
    for word in WORD.finditer(page.text, start, at):
        key = lasting().get(word.group().casefold())
        if key is not None:
            return key, word.start()
    return None, at


def end_of(page: Page, span: Span) -> Span | None:
    """The word of ending that governs what stands at a span ("ended the 40-day siege"), if there is one."""
    start = max(0, span[0] - REACH)
    before = page.text[start : span[0]]
    found = list(situation_cue("end").finditer(before))
    if not found:
        return None
    between = before[found[-1].end() :]
    near = len(WORD.findall(between)) <= 2 and not re.search(r"[.;:!?]\s", between)
    meant = before[: found[-1].start()].rstrip().casefold().endswith(" to")  # "a deal to end the siege"
    return (start + found[-1].start(), start + found[-1].end()) if near and not meant else None
