"""Joins a clock time and the day beside it: "10 p.m. Wednesday", "noon on Aug. 4", "Friday at 9:30 a.m."."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from standoff.read.times.lexer import Lexed
from standoff.read.times.patterns import compile_pattern
from standoff.read.times.scene import Draft

if TYPE_CHECKING:
    from standoff.read.times.finder import Found

_BETWEEN = compile_pattern("(?:COMMA? ZONE? COMMA? (?:ON|AT|OF)?)?")
_DAY = re.compile(r"(?:\d{4}|XXXX)-(?:\d\d-\d\d|WXX-\d|XX-XX)")


def merge_clock(found: list[Found], lexed: Lexed) -> list[Found]:
    """The same readings with each clock time joined to a day that stands next to it."""
    merged: list[Found] = []
    for each in found:
        joined = _join(merged[-1], each, lexed) if merged else None
        if joined:
            merged[-1] = joined
        else:
            merged.append(each)
    return merged


def _join(left: Found, right: Found, lexed: Lexed) -> Found | None:
    if not _BETWEEN.fullmatch(lexed.symbols, left.last, right.first):
        return None
    for day, clock in ((left.draft, right.draft), (right.draft, left.draft)):
        head = _DAY.match(day.value)
        if head and clock.clock and not day.clock and ":" not in day.value:
            time = clock.value[clock.value.index("T") :]
            draft = Draft("TIME", head[0] + time, mod=clock.mod, anchor=day.anchor)
            return left._replace(last=right.last, draft=draft)
    return None
