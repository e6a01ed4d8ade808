"""Clock times, alone or with a day: "10 p.m. Wednesday", "noon", "14:30", "9 a.m. EDT on Aug. 4"."""

from __future__ import annotations

import re

from standoff.read.times.numbers import amount
from standoff.read.times.scene import Draft, Hit
from standoff.vocab import load

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
    clock = clock_value(hit)
    if clock is None:
        return None
    anchor = hit.story("day")
    if anchor is None or anchor.grain != "day":
        return Draft("TIME", f"XXXX-XX-XX{clock}", clock=True)
    return Draft("TIME", anchor.day.isoformat() + clock, anchor=anchor, clock=True)
