"""The rules: a pattern over lexeme classes and the function that reads its match.

The patterns are ``vocab/en/time_rules.toml``. At one place the longest match that its function accepts
wins; among equals the earlier rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from standoff.read.times import clock, dates, durations, periods, repeats
from standoff.read.times.patterns import compile_pattern
from standoff.read.times.scene import Draft, Hit
from standoff.vocab import load

Reader = Callable[[Hit], Draft | None]
_ROOMS = {"clock": clock, "dates": dates, "durations": durations, "periods": periods, "repeats": repeats}


class Rule(NamedTuple):
    """A compiled pattern, its reader, and words that it matches."""

    pattern: re.Pattern[str]
    read: Reader
    example: str


def _reader(name: str) -> Reader:
    room, _, function = name.partition(".")
    found: Reader = getattr(_ROOMS[room], function)
    return found


RULES: list[Rule] = [
    Rule(compile_pattern(each["pattern"]), _reader(each["reads"]), each["example"])
    for each in load("en/time_rules")["rule"]
]
