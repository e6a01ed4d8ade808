"""Joins a clock time or a part of the day and the day beside it: "10 p.m. Wednesday", "Friday at 9:30 a.m.",
"the morning of March 3"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from standoff.read.times.lexer import Lexed
from standoff.read.times.patterns import compile_pattern
from standoff.read.times.scene import Draft
from standoff.vocab import load

if TYPE_CHECKING:
    from standoff.read.times.finder import Found

_BETWEEN = compile_pattern("(?:COMMA? (?:ZONE TIME?)? COMMA? (?:ON|AT|OF)?)?")
_PART_OF = compile_pattern("THE (?:EARLY|LATE)? <part>(PART) (?:OF|ON)")
_PART_WORDS = 4
_PARTS: dict[str, str] = load("en/dayparts")["names"]
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


def join_part(found: list[Found], lexed: Lexed) -> list[Found]:
    """The same readings with "the morning of" joined to the day behind it."""
    joined, floor = [], 0
    for each in found:
        part = _part_before(each, lexed, floor)
        joined.append(part or each)
        floor = each.last
    return joined


def _part_before(day: Found, lexed: Lexed, floor: int) -> Found | None:
    if day.draft.type != "DATE" or not _DAY.fullmatch(day.draft.value):
        return None
    for first in range(max(floor, day.first - _PART_WORDS), day.first - 2):
        match = _PART_OF.fullmatch(lexed.symbols, first, day.first)
        if match:
            code = _PARTS[lexed.lexemes[match.start("part")].lower]
            draft = Draft("TIME", f"{day.draft.value}T{code}", mod=day.draft.mod, anchor=day.draft.anchor)
            return day._replace(first=first, draft=draft)
    return None


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
