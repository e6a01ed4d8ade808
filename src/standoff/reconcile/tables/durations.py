"""How long a thing is said to have lasted, against how long it has lasted by the dates told.

Days are counted in both ways that people count them: 28 August to 7 September is 10 days, and the 7th is
the 11th day. A duration holds if either way lets it; whatever the clock, it is never taken finer than a day.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import ceil, floor

from standoff import vocab
from standoff.model import Quantity, Span
from standoff.reconcile.prose import sentence_around
from standoff.reconcile.shelf import Page
from standoff.reconcile.tables.since import lasting
from standoff.reconcile.tables.spread import Spread
from standoff.reconcile.wording import WORD

DAYS = {"day": 1.0, "night": 1.0, "week": 7.0, "month": 30.4375, "year": 365.25, "decade": 3652.5}
"""Mean days of a unit of the Gregorian calendar; units shorter than a day are no matter for the clock."""
HALF = 0.5
"""A round number of units larger than a day is taken as true to half a unit either way."""
AFTER = 24
"""Characters after a duration that may hold a noun or a word that makes it a point in time."""


@dataclass(frozen=True, slots=True)
class Lasting:
    """A duration as said, in days; ``noun`` is the key of the state of affairs it is said of, if any."""

    quantity: Quantity
    low: float | None
    high: float | None
    low_open: bool
    high_open: bool
    noun: str | None
    span: Span


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(vocab.load("en/situations")["cues"][kind])


def durations(page: Page) -> Iterator[Lasting]:
    """Lengths of days and more told in a report: no points in time ("three days ago"), ages or rates."""
    for quantity in page.reading.quantities:
        if quantity.kind != "duration" or quantity.unit not in DAYS or quantity.negated:
            continue
        after = page.text[quantity.end : quantity.end + AFTER]
        before = page.text[max(0, quantity.start - AFTER) : quantity.start].casefold()
        words = [word.casefold() for word in WORD.findall(after)]
        noun = next((lasting()[word] for word in words[:4] if word in lasting()), None)
        point = bool(words) and words[0] in _words("point") and noun is None
        if point or any(re.search(rf"\b{cue}\s*(?:the\s+last\s+)?$", before) for cue in _words("frequency")):
            continue
        low, high, low_open, high_open = in_days(quantity)
        span = sentence_around(page.text, (quantity.start, quantity.end))
        yield Lasting(quantity, low, high, low_open, high_open, noun, span)


def in_days(quantity: Quantity) -> tuple[float | None, float | None, bool, bool]:
    """Bounds of a duration in days, each with whether it is open. "18 weeks" is 122.5 to 129.5 days,
    "10 days" is 10; "more than four months" is more than 121.75."""
    unit = DAYS[quantity.unit or "day"]
    low, high, best = quantity.low, quantity.high, quantity.best
    if low is None and high is None and best is not None:
        low = high = best
    slack = HALF if unit > 1 else 0.0
    approximate = 0.1 * (best or 0) if quantity.approximate else 0.0
    least = None if low is None else (low - (0 if quantity.low_open else max(slack, approximate))) * unit
    most = None if high is None else (high + (0 if quantity.high_open else max(slack, approximate))) * unit
    return least, most, quantity.low_open, quantity.high_open


def elapsed(start: Spread, end: Spread) -> tuple[int | None, int | None]:
    """Fewest and most days from a start to an end: the fewest by the difference of the dates, the most with
    both days counted. None where a date is open."""
    fewest = (end.earliest - start.latest).days if end.earliest and start.latest else None
    most = (end.latest - start.earliest).days + 1 if end.latest and start.earliest else None
    return (None if fewest is None else max(0, fewest)), most


def verdict(said: Lasting, fewest: int | None, most: int | None) -> str:
    """Whether a duration as said holds against days reckoned: "holds", "too long", "too short" or "open"."""
    if most is not None and said.low is not None and _beyond(said.low, most, said.low_open):
        return "too long"
    if fewest is not None and said.high is not None and _beyond(fewest, said.high, said.high_open):
        return "too short"
    if fewest is None or most is None:
        return "open"
    return "holds"


def _beyond(low: float, high: float, strict: bool) -> bool:
    """Whether ``low`` is above ``high``; where the bound is open ("more than"), also when they are equal."""
    return low > high or (strict and low == high)


def day_number(since: Spread, on: Spread) -> tuple[int | None, int | None]:
    """Which day of it a date is, first and last possible; the day it began is day 1. None is not known."""
    low = (on.earliest - since.latest).days + 1 if on.earliest and since.latest else None
    high = (on.latest - since.earliest).days + 1 if on.latest and since.earliest else None
    return low if low is None else max(1, low), high


def reckoned_start(said: Lasting, told: Spread) -> Spread:
    """When it must have begun by its own duration, counted back from when that was told."""

    def back(day: dt.date | None, days: float | None, up: bool) -> dt.date | None:
        if day is None or days is None:
            return None
        try:
            return day - dt.timedelta(days=ceil(days) if up else floor(days))
        except OverflowError:
            return None

    return Spread(back(told.earliest, said.high, True), back(told.latest, said.low, False))
