"""Calendar dates: "Aug. 28", "28 August 2017", "2017-08-28", "June 1998", "1998", "the early 1990s"."""

from __future__ import annotations

import datetime as dt
import re

from standoff.read.times.anchor import Anchor
from standoff.read.times.calendar import easter, make_day, near_month, near_weekday, shift, value_at
from standoff.read.times.numbers import DECADE, full_year, ordinal, spoken_year
from standoff.read.times.numbers import amount as number_of
from standoff.read.times.scene import Draft, Hit, TimexType
from standoff.read.times.weigh import ahead_signs
from standoff.vocab import load, words

_MONTHS = load("en/months")
MONTH_OF: dict[str, int] = _MONTHS["names"] | _MONTHS["short"]
_AMBIGUOUS = frozenset(_MONTHS["rules"]["verbs"])
_HOLIDAYS = load("en/holidays")
_YEAR_BEFORE = words("en/year_contexts", "before")
_NEVER_AFTER = words("en/year_contexts", "never_after")
_NEVER_BEFORE = words("en/year_contexts", "never_before")
_ARTICLES = words("en/time_around", "month_articles")
_DETERMINERS = words("en/time_around", "month_after")
_RANGE = words("en/time_around", "range")
_SURE = words("en/time_around", "month_sure")
_NOT_BEFORE = words("en/time_around", "month_not_before")
_PAPERS = words("en/weekdays", "papers")
_UNTIL = words("en/tense_cues", "until")
_CLOCK_WORDS = 4
_TAIL: dict[str, int] = load("en/time_around")["pointers"]
_GIVEN_NAMES = words("en/time_around", "given_names")
_NAMED_DAYS = words("en/weekdays", "named")
_LONG_YEAR = re.compile(r"(1[5-9]|20)\d\d")


def year_of(hit: Hit, name: str = "year") -> int | None:
    """Year of a group in digits, two digits or words."""
    if name not in hit:
        return None
    lexemes = hit.lexemes(name)
    digits = re.sub(r"\D", "", lexemes[0].text)
    if digits and len(lexemes) == 1:
        pivot = hit.published.day.year if hit.published else None
        return int(digits) if len(digits) == 4 else full_year(int(digits), pivot)
    return spoken_year(lexemes)


def day_number(hit: Hit, name: str = "day") -> int | None:
    """Day of the month of a group: "28", "4th", "twenty-first"."""
    lexemes = hit.lexemes(name)
    if len(lexemes) == 1:
        return ordinal(lexemes[0].text)
    tens, ones = number_of(lexemes[:1]), ordinal(lexemes[-1].text)
    return int(tens) + ones if tens is not None and ones is not None else None


def month_day(hit: Hit) -> Draft | None:
    """A month and a day, with a year or on the side of the anchor that the tense tells."""
    month, day, year = MONTH_OF[hit.lexemes("month")[0].lower], day_number(hit), year_of(hit)
    if day is None or make_day(2000, month, day) is None:
        return None
    if year is not None:
        date = make_day(year, month, day)
        return Draft("DATE", date.isoformat()) if date else None
    if _counts_what_follows(hit):
        return None
    anchor = hit.published
    if anchor is None:
        return Draft("DATE", f"XXXX-{month:02d}-{day:02d}")
    if tail := hit.word("tail"):
        year = anchor.day.year + _TAIL[tail]
    else:
        year = (
            anchor.day.year if anchor.grain == "year" else _unsaid_year(hit, month, anchor, "day of a month")
        )
    date = make_day(year, month, day)
    return Draft("DATE", date.isoformat(), anchor=anchor) if date else None


def _counts_what_follows(hit: Hit) -> bool:
    """Whether the number behind a month counts the noun behind it: "In May, 23 divers", "in May 12 men"."""
    text, lexemes = hit.scene.lexed.text, hit.lexemes()
    first, last = lexemes[0], lexemes[-1]
    if re.match(r"\s+[a-z]", text[last.end : last.end + 3]) is None:
        return False
    comma = re.fullmatch(r"[^\W\d_]+,\s+\d+", text[first.start : last.end])
    return comma is not None or re.search(r"\b[Ii]n\s+$", text[: first.start][-5:]) is not None


def second_day(hit: Hit) -> Draft | None:
    """The other end of "Aug. 28-30" or "April 24 and 25": a day of the month just named."""
    latest, day = hit.scene.focus.latest, day_number(hit)
    if hit.first != hit.scene.ended or latest is None or latest.grain != "day" or day is None:
        return None
    date = make_day(latest.day.year, latest.day.month, day)
    return Draft("DATE", date.isoformat(), first=hit.first + 1) if date and date > latest.day else None


def second_year(hit: Hit) -> Draft | None:
    """The other end of "1980-88" or "the 2011-12 season"."""
    latest = hit.scene.focus.latest
    if hit.first != hit.scene.ended or latest is None or latest.grain != "year":
        return None
    text = hit.scene.lexed.text[hit.offset - 4 : hit.lexemes()[-1].end]
    if not re.fullmatch(r"\d{4}\W\d\d", text):  # not "in 2012 - 13 people died"
        return None
    year = latest.day.year // 100 * 100 + int(hit.word("year"))
    return Draft("DATE", f"{year:04d}", first=hit.first + 1) if year > latest.day.year else None


def week_of(hit: Hit) -> Draft | None:
    """As in "the week of March 6", "the weekend of 9 May"."""
    draft = month_day(hit)
    try:
        day = dt.date.fromisoformat(draft.value) if draft else None
    except ValueError:
        return None
    return Draft("DATE", value_at(day, hit.unit()), anchor=draft.anchor) if day and draft else None


def _unsaid_year(hit: Hit, month: int, anchor: Anchor, kind: str) -> int:
    """Year of a month named without one: of the last such month, or of the next where the signs say so;
    behind a dash or "to" the first such month after the date in front."""
    start = hit.scene.focus.latest
    before = hit.before()
    grain = "month" if kind == "month" else "day"
    is_range = before is not None and hit.first == hit.scene.ended + 1 and before.lower in _RANGE
    if start and is_range and start.grain == grain:
        return near_month(start.day, month, "future")
    behind, ahead = near_month(anchor.day, month, "past"), near_month(anchor.day, month, "future")
    signs = ahead_signs(hit, kind, (month - anchor.day.month) % 12)
    is_ahead = hit.is_ahead(signs, f"{behind:04d}-{month:02d}", f"{ahead:04d}-{month:02d}")
    return ahead if is_ahead else behind


def month(hit: Hit) -> Draft | None:
    """A month, with a year ("June 1998"), a pointer ("last June"), or alone ("in June")."""
    head = hit.lexemes("month")[0]
    number, year = MONTH_OF[head.lower], year_of(hit)
    if year is None and not _surely_month(hit, head.text):
        return None
    if year is not None:
        return Draft("DATE", f"{year:04d}-{number:02d}")
    anchor = hit.published
    if anchor is None:
        return Draft("DATE", f"XXXX-{number:02d}")
    return Draft("DATE", f"{_pointed_year(hit, number, anchor):04d}-{number:02d}", anchor=anchor)


def _pointed_year(hit: Hit, number: int, anchor: Anchor) -> int:
    day, pointer, tail = anchor.day, hit.word("pointer"), hit.word("tail")
    if anchor.grain == "year":
        return day.year
    if tail:
        return day.year + _TAIL[tail]
    if pointer == "this":
        return day.year
    if pointer in {"last", "past", "this past"}:
        return near_month(day, number, "past") - (number == day.month)
    if pointer in {"next", "coming", "this coming"}:
        return near_month(day, number, "future") + (number == day.month)
    return _unsaid_year(hit, number, anchor, "month")


def _surely_month(hit: Hit, text: str) -> bool:
    if text.lower() in _GIVEN_NAMES and "pointer" not in hit and _is_given_name(hit):
        return False
    if text.lower() not in _AMBIGUOUS or "pointer" in hit or "tail" in hit:
        return len(text) > 3 or text.lower() == "may"
    before, after = hit.before(), hit.after()
    if before is not None and before.kind == "DASH":
        before = hit.before(2)
    if before is None or text.islower():
        return False
    if before.lower in _SURE and text.istitle():
        return True
    if after is not None and after.lower in _NOT_BEFORE:
        return False
    return before.lower in _DETERMINERS or (before.lower in _ARTICLES and (text.istitle() or text == "MAY"))


def _is_given_name(hit: Hit) -> bool:
    """As in "April Smith said": a capitalised word behind, and nothing in front that wants a month."""
    before, after = hit.before(), hit.after()
    wanted = before is not None and before.lower in _DETERMINERS | _SURE | _ARTICLES
    return after is not None and after.kind == "WORD" and after.text.istitle() and not wanted


def year(hit: Hit) -> Draft | None:
    """A four-digit year alone, unless the words around number something else."""
    found = year_of(hit)
    if found is None or not _is_year(hit, found):
        return None
    return Draft("DATE", f"{found:04d}")


def _is_year(hit: Hit, found: int) -> bool:
    before, after = hit.before(), hit.after()
    left = before.lower if before else ""
    right = after.lower if after else ""
    strong = left in _YEAR_BEFORE
    if (
        left in _NEVER_AFTER
        or right in _NEVER_BEFORE
        or (left in {"$", "#", "£", "€", ".", "/", ":"} and not strong)
    ):
        return left == "." and _LONG_YEAR.fullmatch(str(found)) is not None and right in {"", ",", "."}
    if (after and after.kind in {"MONEY", "CLOCK"}) or right in {"%", "/"}:
        return False
    if 1700 <= found <= 2059:
        return True
    return strong and left in {"in", "since", "year"} and 1000 <= found < 2100


def short_year(hit: Hit) -> Draft | None:
    """As in "'96" alone, after a word that wants a year."""
    before = hit.before()
    found = year_of(hit)
    if found is None or before is None or before.lower not in _YEAR_BEFORE:
        return None
    return Draft("DATE", f"{found:04d}")


def iso(hit: Hit) -> Draft | None:
    """As in "2017-09-07" with or without a clock time."""
    text = hit.lexemes()[0].text.replace(" ", "T")
    day, _, clock = text.partition("T")
    numbers = [int(part) for part in day.split("-")]
    if make_day(*numbers) is None:
        return None
    if not clock:
        return Draft("DATE", day)
    time = re.match(r"\d\d:\d\d(:\d\d)?", clock)
    return Draft("TIME", f"{day}T{time[0]}" if time else day)


def numeric(hit: Hit) -> Draft | None:
    """As in "09/07/2017" (month first unless it cannot be), "2017/9/7", "28.08.2017" (day first)."""
    lexeme = hit.lexemes()[0]
    parts = [int(part) for part in re.split(r"[/.]", lexeme.text)]
    if parts[0] > 31:
        year, month, day = parts
    elif lexeme.kind == "DOTTED":
        day, month, year = parts
    else:
        month, day, year = parts if parts[0] <= 12 else (parts[1], parts[0], parts[2])
    if year < 100:
        year = full_year(year, hit.published.day.year if hit.published else None)
    date = make_day(year, month, day)
    return Draft("DATE", date.isoformat()) if date else None


def decade(hit: Hit) -> Draft | None:
    """As in "the 1990s", "the '80s", "the nineties"."""
    lexeme = hit.lexemes("decade")[0]
    digits = re.sub(r"\D", "", lexeme.text)
    tens = int(digits) if digits else DECADE[lexeme.lower]
    plain_tens = len(digits) == 2 and not lexeme.text.startswith(("'", "’"))
    before = hit.before()
    if (plain_tens or not digits) and not (
        "the" in hit and before and before.lower not in {"of", "their", "his", "her"}
    ):
        return None
    year = tens if tens >= 1000 else full_year(tens, hit.published.day.year if hit.published else None)
    return Draft("DATE", f"{year // 10:03d}")


def century(hit: Hit) -> Draft | None:
    """As in "the 19th century"."""
    number = ordinal(hit.lexemes("ordinal")[-1].text)
    if number is None or not 1 <= number <= 30:
        return None
    return Draft("DATE", f"{number - 1:02d}")


def weekday(hit: Hit) -> Draft | None:
    """A weekday, by pointer ("last Friday") or tense, with or without a part of the day."""
    number = load("en/weekdays")["names"].get(hit.lexemes("weekday")[0].lower)
    number = number or load("en/weekdays")["short"][hit.lexemes("weekday")[0].lower]
    part, after = hit.word("part"), hit.after()
    if hit.word("weekday").endswith("s") or _is_named_day(hit):
        return None
    if after is not None and after.text.istitle() and after.lower in _PAPERS:
        return None
    code = f"T{load('en/dayparts')['names'][part]}" if part else ""
    kind: TimexType = "TIME" if part else "DATE"
    anchor = hit.story("day") if "previous" in hit else hit.published
    if anchor is None or anchor.grain != "day":
        return Draft(kind, f"XXXX-WXX-{number}{code}")
    first = hit.first + ("the" in hit and "pointer" not in hit)
    day = near_weekday(anchor.day, number, _weekday_side(hit, anchor, number))
    if day is not None and (hit.word("pointer") in {"last", "past", "previous"} and day == anchor.day):
        day = shift(day, "day", -7)
    return Draft(kind, day.isoformat() + code, anchor=anchor, first=first) if day else None


def _is_named_day(hit: Hit) -> bool:
    """As in "Black Friday"."""
    before = hit.before()
    return before is not None and before.text.istitle() and before.lower in _NAMED_DAYS


def _weekday_side(hit: Hit, anchor: Anchor, number: int) -> str:
    pointer = hit.word("pointer")
    if pointer.endswith(("last", "past", "previous", "preceding", "prior")):
        return "past"
    if pointer.endswith(("next", "coming", "following", "upcoming")):
        return "future"
    if any(lexeme.text in _UNTIL for lexeme in hit.lead(_CLOCK_WORDS)):  # not at a sentence's head
        return "next"
    behind, ahead = (near_weekday(anchor.day, number, side) for side in ("past", "next"))
    signs = ahead_signs(hit, "weekday", (number - anchor.day.isoweekday()) % 7)
    return "next" if hit.is_ahead(signs, str(behind), str(ahead)) else "past"


def holiday(hit: Hit, name: str) -> Draft | None:
    """A holiday of the calendar, in the year stated or on the side that the tense tells."""
    anchor, stated = hit.published, year_of(hit)
    if stated is None and anchor is None:
        return Draft("DATE", f"XXXX-{_HOLIDAYS['fixed'][name]}") if name in _HOLIDAYS["fixed"] else None
    if stated is not None:
        return Draft("DATE", _holiday_in(name, stated))
    assert anchor is not None
    this = _holiday_in(name, anchor.day.year)
    before_now = this <= anchor.day.isoformat()
    last = hit.word("pointer") == "last"
    future = hit.word("pointer") == "next" or (not last and hit.side() == "future")
    step = (
        1
        if before_now and future
        else (-1 if not before_now and not future and (last or hit.side() == "past") else 0)
    )
    return Draft("DATE", _holiday_in(name, anchor.day.year + step), anchor=anchor)


def _holiday_in(name: str, year: int) -> str:
    if name in _HOLIDAYS["fixed"]:
        return f"{year:04d}-{_HOLIDAYS['fixed'][name]}"
    if name in _HOLIDAYS["easter"]:
        day = shift(easter(year), "day", _HOLIDAYS["easter"][name])
    else:
        month, weekday_number, count, extra = _HOLIDAYS["nth"][name]
        first = make_day(year, month) or easter(year)
        edge = shift(first, "month", 1) if count < 0 else first
        found = near_weekday(edge or first, weekday_number, "next")
        day = shift(found or first, "day", 7 * (count if count < 0 else count - 1) + extra)
    return value_at(day or easter(year), "day")
