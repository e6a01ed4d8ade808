"""Clock times, alone or with a day: "10 p.m. Wednesday", "noon", "14:30", "9 a.m. EDT on Aug. 4"."""

from __future__ import annotations

import re

from standoff.read.times.numbers import amount
from standoff.read.times.scene import Draft, Hit
from standoff.vocab import load, words

_AT = words("en/time_around", "hour_after")
_ROUGHLY = frozenset({"about", "around"})
_BESIDE = words("en/time_around", "hour_before") | words("en/weekdays", "names")
_NOON: dict[str, str] = load("en/dayparts")["clock"]


def clock_value(hit: Hit) -> str | None:
    """As in "T14:30" of the group ``clock`` (or ``noon``), or None when it is no time of day."""
    if "noon" in hit:
        return f"T{_NOON[hit.word('noon')]}"
    lexemes = hit.lexemes("clock")
    numbers = [int(part) for part in re.findall(r"\d+", lexemes[0].text)]
    if not numbers:
        spoken = amount(lexemes[:1])
        numbers = [int(spoken)] if spoken is not None else []
    if not numbers:
        return None
    hour, minutes = numbers[0], numbers[1] if len(numbers) > 1 else 0
    half = lexemes[-1].lower.replace(".", "")
    if half in {"am", "pm"}:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif hour > 24:
        return None
    return f"T{hour:02d}:{minutes:02d}"


def alone(hit: Hit) -> Draft | None:
    """A clock time, on the last day named or the day of publication; `merge` joins it to a day beside it."""
    return _on_the_day(hit, clock_value(hit))


def military(hit: Hit) -> Draft | None:
    """As in "0900 GMT", "at 1600 hours", "at 2200 on 3 May"; not "2000 local people", "at 1990 levels"."""
    digits = hit.word("military")
    if not re.fullmatch(r"([01]\d|2[0-4])[0-5]\d", digits) or not _is_told_as_time(hit):
        return None
    draft = _on_the_day(hit, f"T{digits[:2]}:{digits[2:]}")
    if draft and "at" in hit:
        draft.first = hit.first + 1
    return draft


def _is_told_as_time(hit: Hit) -> bool:
    before, after, zone = hit.before(), hit.after(), hit.word("zone")
    if "at" in hit:
        return after is not None and (after.text in {"[", "("} or after.lower in _BESIDE)
    if zone == "local":
        return hit.lexemes()[-1].lower == "time"
    return zone != "hours" or (before is not None and before.lower in _AT - _ROUGHLY)


def spoken(hit: Hit) -> Draft | None:
    """As in "at 5 in the morning", "eight in the evening"."""
    before, hour, part = hit.before(), hit.amount("spoken"), hit.word("part")
    if before is None or before.lower not in _AT or hour is None or not 1 <= hour <= 12:
        return None
    late = part in {"afternoon", "evening"} or (part == "night" and hour > 5)
    return _on_the_day(hit, f"T{int(hour) % 12 + (12 if late else 0):02d}:00")


def _on_the_day(hit: Hit, clock: str | None) -> Draft | None:
    if clock is None:
        return None
    anchor = hit.story("day")
    if anchor is None or anchor.grain != "day":
        return Draft("TIME", f"XXXX-XX-XX{clock}", clock=True)
    return Draft("TIME", anchor.day.isoformat() + clock, anchor=anchor, clock=True)
