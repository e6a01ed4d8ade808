"""What comes again: "daily", "every Monday", "each July", "twice a week", "$5 a year"."""

from __future__ import annotations

from fractions import Fraction

from standoff.read.times.dates import MONTH_OF
from standoff.read.times.durations import REPEATED, period
from standoff.read.times.numbers import amount
from standoff.read.times.scene import UNIT_OF, Draft, Hit
from standoff.vocab import load, words

_ALWAYS = words("en/time_around", "repeated_always")
_LINKS = words("en/time_around", "repeated_before")
_DAYS: dict[str, int] = load("en/weekdays")["names"]
_SEASONS: dict[str, str] = load("en/seasons")["names"]
_PARTS: dict[str, str] = load("en/dayparts")["names"]


def adverb(hit: Hit) -> Draft | None:
    """As in "daily", "annually"; not "the Daily Gazette" or "the quarterly dividend"."""
    word, after = hit.lexemes("word")[0], hit.after()
    if after is not None and after.kind == "WORD":
        name = word.text.istitle() and after.text.istitle()
        if name or (word.lower not in _ALWAYS and after.lower not in _LINKS):
            return None
    return Draft("SET", REPEATED[hit.word("word")])


def every(hit: Hit) -> Draft | None:
    """As in "every day", "each Thursday", "every July", "every two weeks", "each summer"."""
    word = hit.lexemes("what")[0].lower
    if word in _DAYS:
        part = hit.word("part")
        return Draft("SET", f"XXXX-WXX-{_DAYS[word]}" + (f"T{_PARTS[part]}" if part else ""))
    if word in MONTH_OF:
        return Draft("SET", f"XXXX-{MONTH_OF[word]:02d}")
    if word in _SEASONS:
        return Draft("SET", f"XXXX-{_SEASONS[word]}")
    if word in _PARTS:
        return Draft("SET", f"XXXX-XX-XXT{_PARTS[word]}")
    unit = UNIT_OF[word]
    count = amount(hit.lexemes("count")) if "count" in hit else Fraction(2 if "other" in hit else 1)
    value = period(count, unit) if count is not None else None
    return Draft("SET", value) if value else None


def weekdays(hit: Hit) -> Draft | None:
    """As in "Tuesdays", "Tuesday nights", "Saturday mornings"."""
    part = hit.word("part")
    return Draft("SET", f"XXXX-WXX-{_DAYS[hit.word('weekday')]}" + (f"T{_PARTS[part]}" if part else ""))


def rate(hit: Hit) -> Draft | None:
    """As in "$5 a year", "twice a day", "400 per week": a unit that a number is counted by."""
    value = period(Fraction(1), UNIT_OF[hit.lexemes("unit")[-1].lower])
    return Draft("SET", value) if value else None
