"""Periods with a pointer or a number: "last week", "the third quarter", "this summer", "the year"."""

from __future__ import annotations

from standoff.read.times.anchor import Anchor
from standoff.read.times.calendar import make_day, quarter_of, season_year, shift, value_at
from standoff.read.times.dates import year_of
from standoff.read.times.numbers import ordinal
from standoff.read.times.scene import Draft, Hit, TimexType
from standoff.vocab import load, words

_SEASONS: dict[str, str] = load("en/seasons")["names"]
_SEASON_VERBS = frozenset(load("en/seasons")["rules"]["verbs"])
_SEVERAL_SEASONS = frozenset(word for word in _SEASONS if word.endswith("s"))
_PARTS: dict[str, str] = load("en/dayparts")["names"]
UNIT_WORDS = frozenset(load("en/time_units")["singular"])
_STEP: dict[str, int] = load("en/time_around")["pointers"]
_STOPS = words("en/time_around", "no_clause")
_OF_DAY = words("en/time_around", "of_day")
_OF_STORY = words("en/time_around", "of_story")
UNKNOWN = {
    "day": "XXXX-XX-XX", "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX",
    "quarter": "XXXX-QX",
    "year": "XXXX", "decade": "XXX", "century": "XX", "night": "XXXX-XX-XXTNI", "fortnight": "XXXX-WXX",
}  # fmt: skip


def _with_part(part: str) -> tuple[str, TimexType]:
    return (f"T{_PARTS[part]}", "TIME") if part else ("", "DATE")


def day_word(hit: Hit) -> Draft | None:
    """As in "today", "yesterday", "tomorrow", "the day before yesterday", with a part of the day."""
    before = hit.before()
    if hit.lexemes("word")[0].text == "Today" and before is not None and before.text[:1].isupper():
        return None
    step = {"today": 0, "yesterday": -1, "tomorrow": 1}[hit.word("word")]
    step *= 2 if "twice" in hit else 1
    part = hit.word("part")
    code, kind = _with_part(part)
    anchor = hit.published
    if anchor is None or anchor.grain != "day":
        return Draft(kind, "PRESENT_REF" if not step and not part else f"XXXX-XX-XX{code}")
    day = shift(anchor.day, "day", step)
    return Draft(kind, day.isoformat() + code, anchor=anchor) if day else None


def part_of_day(hit: Hit) -> Draft | None:
    """As in "this morning", "last night", "tonight", "the next morning", "that evening"."""
    pointer, word = hit.word("pointer"), hit.word("part")
    adverbs = load("en/dayparts")["adverbs"]
    code = _PARTS.get(word) or adverbs[word][1]
    storied = hit.word("pointer").removeprefix("the ") in {"next", "following", "that", "same", "previous"}
    anchor = hit.story("day") if storied else hit.published
    if anchor is None or anchor.grain != "day":
        return Draft("TIME", f"XXXX-XX-XXT{code}")
    step = _STEP.get(pointer.split()[-1], 0) if pointer else 0
    if word == "overnight" and hit.side() != "future":
        step = -1
    day = shift(anchor.day, "day", step)
    return Draft("TIME", f"{day.isoformat()}T{code}", anchor=anchor) if day else None


def pointed(hit: Hit) -> Draft | None:
    """As in "last week", "this month", "next year", "the following day", "the current quarter"."""
    pointer, unit = hit.word("pointer").split()[-1], hit.unit()
    if unit in {"second", "minute", "hour"} or _is_title(hit) or _is_one_of(hit, pointer):
        return None
    if unit in {"decade", "century"} and pointer in {"last", "past", "next", "coming"}:
        return Draft("DURATION", "P10Y" if unit == "decade" else "P100Y")
    storied = pointer in _OF_STORY and ("the" in hit or pointer in {"that", "same"})
    anchor = hit.story(unit) if storied else hit.published
    if unit == "quarter" and storied and hit.scene.focus.quarter:
        return _from_quarter(hit, _STEP[pointer])
    if pointer in {"that", "same"} and hit.scene.focus.latest is None:
        anchor = None
    if anchor is None or not anchor.as_fine_as(unit):
        return Draft("DATE", UNKNOWN.get(unit, "XXXX"))
    day = shift(anchor.day, unit, _STEP[pointer])
    if (unit == "weekend" and pointer == "last") or (unit == "day" and pointer == "latest"):
        day = shift(anchor.day, "week", -1)
    kind: TimexType = "TIME" if unit == "night" else "DATE"
    return Draft(kind, value_at(day, unit), anchor=anchor) if day else None


def _is_title(hit: Hit) -> bool:
    """Capitalised through and through, as the name of a broadcast is."""
    return len(hit.lexemes()) > 1 and all(lexeme.text.istitle() for lexeme in hit.lexemes())


def _is_one_of(hit: Hit, pointer: str) -> bool:
    """As in "the last week of January": the last among several, not the one just over."""
    after = hit.after()
    return pointer == "last" and "the" in hit and after is not None and after.lower == "of"


def _from_quarter(hit: Hit, step: int) -> Draft | None:
    year, number = hit.scene.focus.quarter or (1, 1)
    start = make_day(year, number * 3 - 2)
    day = shift(start, "quarter", step) if start else None
    return Draft("DATE", value_at(day, "quarter")) if day else None


def bare(hit: Hit) -> Draft | None:
    """As in "the week", "the year", "the quarter", "the weekend", "the day": the one under discussion."""
    unit, after = hit.unit(), hit.after()
    if hit.lexemes("unit")[0].lower not in UNIT_WORDS or (after and after.kind == "DASH"):
        return None
    if unit == "quarter":
        return known_quarter(hit)
    if unit == "year" and after and after.lower in {"ended", "ending", "to", "through"}:
        return Draft("DURATION", "P1Y")
    anchor = hit.published
    before = hit.before()
    if unit == "day" and (before is None or before.lower not in _OF_DAY):
        return None  # "spent the day in court" tells no date
    if unit in {"day", "month"}:
        anchor = hit.story(unit)
    if anchor is None or not anchor.as_fine_as(unit):
        return Draft("DATE", UNKNOWN[unit])
    day = anchor.day
    if unit == "weekend" and hit.side() != "future" and day.isoweekday() < 6:
        day = shift(day, "week", -1) or day
    return Draft("DATE", value_at(day, unit), anchor=anchor)


def stated_quarter(hit: Hit) -> Draft | None:
    """As in "the 1988 quarter", "the 1988 period": the quarter under discussion, in another year."""
    year, focus = year_of(hit), hit.scene.focus.quarter
    if year is None:
        return None
    return Draft("DATE", f"{year:04d}-Q{focus[1]}" if focus else f"{year:04d}", aside=True)


def beside(hit: Hit) -> Draft | None:
    """As in "the day before", "the week after", "the year before", where no clause follows."""
    after, unit = hit.after(), hit.unit()
    if after is not None and after.kind == "WORD" and after.lower not in _STOPS:
        return None
    anchor = hit.story(unit)
    if anchor is None or not anchor.as_fine_as(unit):
        return None
    day = shift(anchor.day, unit, -1 if "earlier" in hit else 1)
    return Draft("DATE", value_at(day, unit), anchor=anchor) if day else None


def known_quarter(hit: Hit) -> Draft | None:
    """The quarter the report is about: the last one named, else the last one ended."""
    if hit.scene.focus.quarter:
        year, number = hit.scene.focus.quarter
        return Draft("DATE", f"{year:04d}-Q{number}")
    anchor = hit.published
    if anchor is None:
        return Draft("DATE", "XXXX-QX")
    day = shift(anchor.day, "quarter", -1)
    return Draft("DATE", value_at(day, "quarter"), anchor=anchor) if day else None


def year_ago_quarter(hit: Hit) -> Draft | None:
    """As in "the year-earlier quarter": one year before the quarter under discussion."""
    stated = ordinal(hit.lexemes("ordinal")[0].text) if "ordinal" in hit else None
    focus, anchor = hit.scene.focus.quarter, hit.published
    if focus is None and stated is None:
        return (
            Draft("DATE", value_at(shift(anchor.day, "year", -1) or anchor.day, "year")) if anchor else None
        )
    year = focus[0] if focus else (anchor.day.year if anchor else None)
    number = stated or (focus[1] if focus else 0)
    value = f"{year - 1:04d}-Q{number}" if year else f"XXXX-Q{number}"
    return Draft("DATE", value, anchor=anchor, aside=True)


def quarter(hit: Hit) -> Draft | None:
    """As in "the third quarter (of 1998)", "this year's second quarter", "1990's first half"."""
    number = ordinal(hit.lexemes("ordinal")[0].text) if "ordinal" in hit else None
    if number is None:
        number = 1 if hit.word("half") == "first" else 2
    halves = "halfword" in hit
    if not 1 <= number <= (2 if halves else 4):
        return None
    letter, anchor = ("H" if halves else "Q"), hit.published
    stated = year_of(hit)
    if stated is not None:
        return Draft("DATE", f"{stated:04d}-{letter}{number}")
    if anchor is None:
        return Draft("DATE", f"XXXX-{letter}{number}")
    year = (
        anchor.day.year + _STEP[hit.word("pointer")]
        if "pointer" in hit
        else _stretch_year(hit, number, halves, anchor)
    )
    return Draft("DATE", f"{year:04d}-{letter}{number}", anchor=anchor)


def quarter_code(hit: Hit) -> Draft | None:
    """As in "Q3 2016", "2016 Q3", "Q3"."""
    number, year = int(hit.word("code")[1]), year_of(hit)
    if year is not None:
        return Draft("DATE", f"{year:04d}-Q{number}")
    anchor = hit.published
    if anchor is None or not anchor.as_fine_as("quarter"):
        return Draft("DATE", f"XXXX-Q{number}")
    return Draft("DATE", f"{_stretch_year(hit, number, False, anchor):04d}-Q{number}", anchor=anchor)


def _stretch_year(hit: Hit, number: int, halves: bool, anchor: Anchor) -> int:
    now = (anchor.day.month + 5) // 6 if halves else quarter_of(anchor.day)
    just_over = number == (now - 2) % (2 if halves else 4) + 1
    if hit.side() == "future" and not just_over:
        return anchor.day.year + (number < now)
    return anchor.day.year - (number > now)


def season(hit: Hit) -> Draft | None:
    """As in "last summer", "the winter of 1994", "summer 2016", "this fall", "in the summer"."""
    lexeme = hit.lexemes("season")[0]
    code, stated, pointer = _SEASONS[lexeme.lower], year_of(hit), hit.word("pointer")
    if stated is not None:
        return Draft("DATE", f"{stated:04d}-{code}")
    if lexeme.lower in _SEASON_VERBS and not pointer and not _noun_place(hit):
        return None
    if lexeme.lower in _SEVERAL_SEASONS:
        return None
    anchor = hit.published
    if anchor is None:
        return Draft("DATE", f"XXXX-{code}")
    return Draft("DATE", f"{_season_year(hit, code, pointer, anchor):04d}-{code}", anchor=anchor)


def _noun_place(hit: Hit) -> bool:
    before = hit.before()
    return (
        "the" in hit
        and before is not None
        and before.lower in {"in", "during", "until", "by", "since", "of", "for"}
    )


def _season_year(hit: Hit, code: str, pointer: str, anchor: Anchor) -> int:
    if pointer in {"last", "past", "this past"}:
        return season_year(anchor.day, code, "past")
    if pointer in {"next", "coming", "this coming", "upcoming"}:
        return season_year(anchor.day, code, "future")
    if pointer == "this":
        return anchor.day.year
    return season_year(anchor.day, code, "future" if hit.side() == "future" else "past")


def fiscal_year(hit: Hit) -> Draft | None:
    """As in "fiscal 1990", "the fiscal year", "fiscal year 1990"."""
    stated = year_of(hit)
    if stated is not None:
        return Draft("DATE", f"{stated:04d}", edtf=f"{stated:04d}~")
    anchor = hit.published
    if anchor is None:
        return Draft("DATE", "XXXX")
    year = anchor.day.year + _STEP.get(hit.word("pointer"), 0)
    return Draft("DATE", f"{year:04d}", anchor=anchor, edtf=f"{year:04d}~")


def year_end(hit: Hit) -> Draft | None:
    """As in "year-end", "year's end"."""
    anchor = hit.published
    if anchor is None or "pointer" in hit:
        return Draft("DATE", "XXXX-12-31") if anchor is None else None
    if "dash" in hit:
        return Draft("DATE", f"{anchor.day.year:04d}-12-31", anchor=anchor)
    return Draft("DATE", f"{anchor.day.year:04d}", mod="END", anchor=anchor)
