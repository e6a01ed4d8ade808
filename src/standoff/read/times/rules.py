"""The table of rules: a pattern over lexeme classes and the function that reads its match.

At one place the longest match that its function accepts wins; among equals the earlier rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from standoff.read.times import clock, dates, durations, periods, repeats
from standoff.read.times.patterns import compile_pattern
from standoff.read.times.scene import Draft, Hit

Reader = Callable[[Hit], Draft | None]


class Rule(NamedTuple):
    """A compiled pattern and its reader."""

    pattern: re.Pattern[str]
    read: Reader


_LASTS = "(?:LAST|PAST|PREVIOUS|NEXT|COMING|FOLLOWING|FIRST|FINAL|LATEST)"
_PART = "DASH? <part>(PART)"

_TABLE: list[tuple[str, Reader]] = [
    # dates
    (
        "(?:{weekday} COMMA?)? {month_} DASH? THE? <day>({day}) (?:COMMA? "
        "<year>({year})|(?=(?:DASH|TO|AND|OR) DAYNUM COMMA? <year>(YEAR)))?",
        dates.month_day,
    ),
    (
        "(?:{weekday} COMMA?)? THE? <day>({day}) DASH? OF? {month_} (?:COMMA? DASH? "
        "<year>(YEAR|YEARSHORT|YEARTWO))?",
        dates.month_day,
    ),
    ("{month_} COMMA? OF? <year>({year}|{spoken})", dates.month),
    ("<pointer>(THIS? PAST|THIS? COMING|LAST|NEXT|THIS)? <month>(MONTH|MONTHSHORT)", dates.month),
    ("{month_} (?:OF|COMMA)? <tail>(LAST|THIS|NEXT) YEARUNIT", dates.month),
    ("<year>(YEAR)", dates.year),
    ("THE YEARUNIT <year>(YEAR|{spoken})", dates.year),
    ("<year>(CARDINAL CARDINAL DASH? CARDINAL?)", dates.year),
    ("<year>(YEARSHORT)", dates.short_year),
    ("(?:AND|DASH|TO|OR) <day>(DAYNUM|ORDDAY) (?:COMMA? YEAR)?", dates.second_day),
    ("DASH <year>(YEARTWO)", dates.second_year),
    ("THE <unit>(WEEK|WEEKEND) OF {month_} <day>({day})", dates.week_of),
    ("ISO", dates.iso),
    ("SLASH|DOTTED", dates.numeric),
    ("<the>(THE)? <decade>(DECADE|DECADENAME)", dates.decade),
    ("THE? <ordinal>((?:CARDINAL DASH)? ORDWORD|ORDNUM) DASH? CENTURY", dates.century),
    (
        "<the>(THE)? <pointer>(THIS? PAST|THIS? COMING|LAST|NEXT|THIS|<previous>(PREVIOUS|FOLLOWING))? "
        "<weekday>(WEEKDAY) (?:{part_})?",
        dates.weekday,
    ),
    # days and parts of days
    ("<word>(YESTERDAY|TODAY|TOMORROW) (?:{part_})?", periods.day_word),
    ("<twice>(THE DAY BEFORE) <word>(YESTERDAY)", periods.day_word),
    ("<twice>(THE DAY AFTER) <word>(TOMORROW)", periods.day_word),
    (
        "<pointer>(THIS|THAT|LAST|THE? SAME|THE? NEXT|THE FOLLOWING|THE PREVIOUS) <part>(PART)",
        periods.part_of_day,
    ),
    ("<part>(ADVERB)", periods.part_of_day),
    # periods
    (
        "<the>(THE)? <pointer>(LAST|PAST|PREVIOUS|THIS|NEXT|COMING|FOLLOWING|CURRENT|SAME|THAT|THAT "
        "SAME|LATEST|THIS PAST|THIS COMING) <unit>(UNIT)",
        periods.pointed,
    ),
    ("THE <unit>(WEEK|WEEKEND|QUARTER|YEARUNIT|DAY|MONTHUNIT)", periods.bare),
    ("THE <unit>(UNIT) (?:<earlier>(BEFORE)|AFTER)", periods.beside),
    ("THE LATEST (?:QUARTER|PERIOD)", periods.known_quarter),
    ("THE <year>(YEAR) (?:QUARTER|PERIOD)", periods.stated_quarter),
    ("<pointer>(LAST) YEARUNIT POSSESSIVE QUARTER", periods.year_ago_quarter),
    ("THE COMPARABLE PERIOD LAST YEARUNIT", periods.year_ago_quarter),
    ("THE <unit>(UNITS) AHEAD", durations.vague),
    ("(?:MID DASH?)? <part>(PART) <word>(YESTERDAY|TODAY|TOMORROW)", periods.day_word),
    (
        "(?:THE|A)? COMPARABLE? YEARUNIT DASH? AGOADJ FISCAL? (?:<ordinal>(ORDWORD) DASH?)? "
        "(?:QUARTER|PERIOD)",
        periods.year_ago_quarter,
    ),
    (
        "(?:THE|<pointer>(THIS|LAST|NEXT) YEARUNIT POSSESSIVE|<year>(YEAR) POSSESSIVE?)? FISCAL? DASH? "
        "<ordinal>({ordinal}) DASH? FISCAL? QUARTER (?:(?:OF|IN)? (?:FISCAL|CALENDAR)? {year_of})?",
        periods.quarter,
    ),
    ("<code>(QCODE) (?:DASH|OF)? <year>({year})?", periods.quarter_code),
    ("<year>(YEAR) DASH? <code>(QCODE)", periods.quarter_code),
    ("THE <year>(YEAR) FISCAL? <ordinal>({ordinal}) DASH? QUARTER", periods.quarter),
    (
        "(?:THE|<pointer>(THIS|LAST|NEXT) YEARUNIT POSSESSIVE|<year>(YEAR) POSSESSIVE?)? "
        "<half>(FIRST|SECONDORD|LAST|FINAL) <halfword>(HALF) (?:OF|IN) {year_of}",
        periods.quarter,
    ),
    (
        "THE? <pointer>(THIS? PAST|THIS? COMING|LAST|NEXT|THIS)? <season>(SEASON) (?:COMMA? OF? "
        "<year>({year}|{spoken}))?",
        periods.season,
    ),
    ("<the>(THE) <season>(SEASON) (?:OF <year>({year}|{spoken}))?", periods.season),
    ("THE? <pointer>(CURRENT|LAST|LATEST|NEXT|THIS)? FISCAL YEARUNIT <year>({year})?", periods.fiscal_year),
    ("FISCAL <year>({year})", periods.fiscal_year),
    ("YEARUNIT <dash>(DASH) END", periods.year_end),
    ("YEARUNIT POSSESSIVE? END", periods.year_end),
    ("<military>(NUM) <zone>(ZONE|HOURS) (?:ZONE|TIME)?", clock.military),
    ("<at>(AT) <military>(NUM)", clock.military),
    # amounts of time
    (
        "(?:THE|THIS)? {lasts}? {count_} MORE? (?:DASH? {kind})? DASH? <unit>({unit}) "
        "<plushalf>(AND A HALF)? <about>(OR SO)?",
        durations.duration,
    ),
    (
        "(?:THE|THIS)? {lasts}? <count>({words}|NUM) DASH? AND DASH? A DASH? HALF DASH? <unit>({unit})",
        durations.half_more,
    ),
    ("(?:THE)? {lasts} <unit>(UNITS)", durations.vague),
    ("<recent>(RECENT) <unit>(UNITS)", durations.vague),
    ("<unit>(UNITS) (?:DASH OLD|AGO)?", durations.vague),
    ("<unit>(UNIT) DASH LONG", durations.long),
    ("<long>(LASTING)", durations.long),
    ("QUARTER DASH? CENTURY", durations.quarter_century),
    (
        "{count_} MORE? <unit>({unit}) <plushalf>(AND A HALF)? <about>(OR SO)? "
        "<way>(AGO|EARLIER|LATER|FROM NOW|FROM TODAY)",
        durations.counted,
    ),
    ("A <unit>(UNIT) OR <about>(SO|CARDINAL) <way>(AGO|EARLIER|LATER)", durations.counted_one),
    ("(?:THE|A)? YEARUNIT DASH AGOADJ", durations.year_earlier),
    ("THE? YEARUNIT DASH AGOADJ {count_} <unit>(UNITS)", durations.duration),
    # the clock
    ("<clock>({clock}) (?:IN THE PART)? (?:ZONE TIME?)?", clock.alone),
    ("<spoken>(HOURNUM|CARDINAL) IN THE <part>(PART)", clock.spoken),
    ("<noon>(NOON)", clock.alone),
    # repetition
    ("<word>(REPEATED)", repeats.adverb),
    (
        "EVERY <other>(OTHER|OTHERALT)? (?:<count>({number}))? "
        "<what>(UNIT|UNITS|WEEKDAY|MONTH|SEASON|PART) <part>(PART)?",
        repeats.every,
    ),
    ("<weekday>(WEEKDAYS|WEEKDAY) <part>(PARTS)", repeats.weekdays),
    ("<weekday>(WEEKDAYS)", repeats.weekdays),
    ("ONCE A <unit>(UNIT)", repeats.rate),
    ("PER <unit>(UNIT)", repeats.rate),
]  # fmt: skip

_SHORTHAND = {
    "{month_}": "(?:<month>(MONTH|MONTHDOUBT)|<month>(MONTHSHORT) DOT?)",
    "{count_}": "<count>(<range>(<low>({number}) (?:TO|OR) {number}|<low>(NUM) DASH NUM)"
    "|{number}|{some}|HALF A|A HALF DASH?|A QUARTER (?:OF A|DASH)?|A|ONE|OTHER)",
    "{part_}": _PART,
    "{lasts}": _LASTS,
    "{kind}": "(?:TRADING|FULL|CALENDAR)",
    "{year_of}": "(?:<year>({year}|{spoken})|<pointer>(LAST|THIS|NEXT) YEARUNIT)",
}


def _write_out(source: str) -> str:
    for short, long in _SHORTHAND.items():
        source = source.replace(short, long)
    return source


RULES: list[Rule] = [Rule(compile_pattern(_write_out(source)), read) for source, read in _TABLE]
