"""Amounts of time and dates counted by them: "two weeks", "a 10-day", "years", "three years ago"."""

from __future__ import annotations

from fractions import Fraction

from standoff.read.times.anchor import Anchor
from standoff.read.times.calendar import shift, value_at
from standoff.read.times.edtf import to_edtf
from standoff.read.times.numbers import amount
from standoff.read.times.scene import Draft, Hit
from standoff.vocab import load, words

_UNITS = load("en/time_units")
_ISO: dict[str, tuple[str, int]] = _UNITS["iso"]
VAGUE: dict[str, str] = _UNITS["vague"]
REPEATED: dict[str, str] = _UNITS["repeated"]
LASTING: dict[str, str] = _UNITS["lasting"]
_FINER = {
    "year": ("month", 12), "month": ("week", 4), "week": ("day", 7), "decade": ("year", 10),
    "century": ("year", 100),
}  # fmt: skip
_SMALLER = {"TH": ("TM", 60), "TM": ("TS", 60), "Y": ("M", 12), "D": ("TH", 24), "W": ("D", 7)}
_HOURS_OF_DAY = words("en/time_around", "hours_of_day")
_PLURAL = frozenset(_UNITS["plural"])
_CLOCK_UNITS = frozenset({"second", "minute", "hour"})


def period(count: Fraction, unit: str) -> str | None:
    """ISO 8601 duration of so many units; None when it would need a fraction."""
    letters, factor = _ISO[unit]
    count *= Fraction(factor)
    if unit == "hour" and count == 24:
        return "P1D"
    rest = ""
    if count.denominator != 1 and letters in _SMALLER:
        small, times = _SMALLER[letters]
        whole, part = Fraction(count // 1), count % 1
        if (part * times).denominator == 1:
            count, rest = whole, f"{int(part * times)}{small[-1]}"
    if count.denominator != 1:
        return None
    clock = "T" if letters.startswith("T") else ""
    head = f"{int(count)}{letters.lstrip('T')}" if count or not rest else ""
    gap = "T" if rest and not clock and letters == "D" else ""
    return f"P{clock}{head}{gap}{rest}"


def quantity(hit: Hit) -> Fraction | None:
    """How many: a number, "a", "half a", "a couple"; None when it is vague ("several", "a few")."""
    lexemes = hit.lexemes("count")
    lowers = [lexeme.lower for lexeme in lexemes]
    extra = Fraction(1, 2) if "plushalf" in hit else Fraction(0)
    if "couple" in lowers:
        return Fraction(2)
    if lowers[:2] in (["half", "a"], ["half", "an"], ["a", "half"]) or lowers == ["half"]:
        return Fraction(1, 2)
    if "quarter" in lowers:
        return Fraction(1, 4)
    if lowers in (["a"], ["an"], ["one"], ["another"]):
        return extra + Fraction(1)
    if "range" in hit or "several" in lowers:
        return None
    found = amount(lexemes)
    return found + extra if found is not None else None


def duration(hit: Hit) -> Draft | None:
    """As in "two weeks", "the past three months", "10-day", "a few days", "24 hours"."""
    unit = hit.unit()
    if _is_age(hit) or (hit.word("count") in {"one", "a", "an"} and unit == "second"):
        return None
    first, last = hit.lexemes("count")[0], hit.lexemes("unit")[0]
    after = hit.after()
    if unit == "quarter" and hit.word("count") == "a" and after and after.lower == "of":
        return None
    if unit == "quarter" and hit.scene.lexed.text[first.end : last.start] == "-":
        return None
    if unit in {"night", "weekend"} and hit.word("count") in {"a", "an", "one"}:
        return None
    if hit.word("count") in {"a", "an"} and hit.word("unit") in _PLURAL:
        return Draft("DURATION", VAGUE[unit], first=hit.first + 1)
    count = _low_of_range(hit) if "range" in hit else quantity(hit)
    value = period(count, unit) if count is not None else VAGUE[unit]
    if hit.word("count") in {"a", "an"} and _is_rate(hit):
        return Draft("SET", value) if value else None
    mod = "APPROX" if "couple" in hit.word("count") or "about" in hit else None
    return Draft("DURATION", value, mod=mod, first=hit.first + _is_attribute(hit)) if value else None


def _is_attribute(hit: Hit) -> bool:
    """As in "the 30-day truce": the article belongs to the noun behind."""
    dash, after = hit.lexemes()[-2].kind == "DASH", hit.after()
    return dash and hit.lexemes()[0].lower == "the" and after is not None and after.kind == "WORD"


def _is_rate(hit: Hit) -> bool:
    """As in "$5 a year", "40 flights a week": a number, and its noun if any, stands right in front."""
    near, far = hit.before(1), hit.before(2)
    if near is None or near.kind in {"NUMERAL", "MONEY"}:
        return near is not None
    return far is not None and far.kind in {"NUMERAL", "MONEY"} and near.lower.endswith("s")


def half_more(hit: Hit) -> Draft | None:
    """As in "two and a half years", "one-and-a-half hours"."""
    count = amount(hit.lexemes("count"))
    value = period(count + Fraction(1, 2), hit.unit()) if count is not None else None
    return Draft("DURATION", value) if value else None


def counted_one(hit: Hit) -> Draft | None:
    """As in "a week or so ago", "a year or two later"."""
    anchor = hit.published if hit.word("way") in {"ago", "back"} else hit.story(hit.unit())
    step = 1 if hit.word("way") in {"later", "after"} else -1
    if anchor is None or not anchor.as_fine_as(hit.unit()):
        return Draft("DATE", "PAST_REF" if step < 0 else "FUTURE_REF")
    return _exactly(hit, Fraction(step), hit.unit(), anchor)


def _low_of_range(hit: Hit) -> Fraction | None:
    return amount(hit.lexemes("low"))


def _is_age(hit: Hit) -> bool:
    after, second = hit.after(), hit.after(1)
    if after and after.lower in {"old", "olds"}:
        return True
    return bool(after and second and after.kind == "DASH" and second.lower in {"old", "olds"})


def vague(hit: Hit) -> Draft | None:
    """As in "weeks", "recent months", "the coming days", "centuries"."""
    unit = hit.unit()
    if "recent" in hit and unit in {"year", "day", "decade"}:
        return Draft("DATE", "PAST_REF")
    bare = len(hit.lexemes()) == 1 or hit.lexemes()[-1].lower in {"ago", "old"}
    if unit == "second" or (unit == "quarter" and bare) or _is_age(hit) or _is_time_of_day(hit):
        return None
    return Draft("DURATION", VAGUE[unit])


def _is_time_of_day(hit: Hit) -> bool:
    """As in "the early hours of Friday"."""
    before, after = hit.before(), hit.after()
    return bool(before and after and before.lower in _HOURS_OF_DAY and after.lower == "of")


def long(hit: Hit) -> Draft | None:
    """As in "day-long", "weeklong"."""
    unit = hit.unit() if "unit" in hit else LASTING[hit.word("long")]
    value = period(Fraction(1), unit)
    return Draft("DURATION", value) if value else None


def quarter_century(hit: Hit) -> Draft | None:
    """As in "the quarter-century war"."""
    return Draft("DURATION", "P25Y")


def counted(hit: Hit) -> Draft | None:
    """As in "three years ago", "two days later", "a week earlier", "two weeks from now"."""
    unit, direction = hit.unit(), hit.word("way")
    if _is_age(hit):
        return None
    step = -1 if direction in {"ago", "back", "earlier", "before", "previously", "beforehand"} else 1
    from_now = direction in {"ago", "back", "from now", "hence", "from today"}
    if not from_now and not (unit == "year" and step < 0):
        return _counted_on(hit, step)
    anchor = hit.published if from_now else hit.story(unit)
    count = _low_of_range(hit) if "range" in hit else quantity(hit)
    if unit in _CLOCK_UNITS:
        return _short(hit, count, unit)
    if count is None:
        return _vaguely(hit, unit, step, anchor)
    if anchor is None or not anchor.as_fine_as(unit):
        return Draft("DATE", "PAST_REF" if step < 0 else "FUTURE_REF") if from_now else duration(hit)
    if unit == "year" and count == 1 and step < 0 and (of_quarter := _quarter_a_year_ago(hit)):
        return of_quarter
    return _exactly(hit, count * step, unit, anchor)


def _counted_on(hit: Hit, step: int) -> Draft | None:
    """As in "two days later": the value is the amount (TimeML), the EDTF the date that it leads to."""
    draft, unit = duration(hit), hit.unit()
    anchor = hit.story(unit)
    count = quantity(hit) if "range" not in hit else None
    if draft and anchor and count is not None and anchor.as_fine_as(unit) and unit not in _CLOCK_UNITS:
        reached = _exactly(hit, count * step, unit, anchor)
        if reached:
            draft.edtf, draft.anchor = to_edtf(reached.value), anchor
    return draft


def _exactly(hit: Hit, count: Fraction, unit: str, anchor: Anchor) -> Draft | None:
    if count.denominator != 1:
        finer = _FINER.get(unit)
        if finer is None:
            return None
        unit, count = finer[0], Fraction(round(count * finer[1]))
    day = shift(anchor.day, unit, int(count))
    if day is None:
        return None
    grain = (
        "day" if anchor.grain == "day" and unit == "week" and "way" in hit and _said_exactly(hit) else unit
    )
    grain = {"decade": "year", "century": "year", "night": "day", "fortnight": "week"}.get(grain, grain)
    return Draft("DATE", value_at(day, grain), mod="APPROX" if "about" in hit else None, anchor=anchor)


def _said_exactly(hit: Hit) -> bool:
    return hit.word("way") in {"later", "earlier", "before", "after"}


def _short(hit: Hit, count: Fraction | None, unit: str) -> Draft | None:
    value = period(count, unit) if count is not None else VAGUE[unit]
    return Draft("DURATION", value) if value else None


def _vaguely(hit: Hit, unit: str, step: int, anchor: Anchor | None) -> Draft:
    if anchor is None or not anchor.as_fine_as(unit):
        return Draft("DATE", "PAST_REF" if step < 0 else "FUTURE_REF")
    near = shift(anchor.day, unit, 3 * step)
    if near is None or hit.word("count") not in {"a few", "few"}:
        return Draft("DATE", "PAST_REF" if step < 0 else "FUTURE_REF", anchor=anchor)
    grain = {"year": "year", "month": "month", "week": "week", "day": "day"}.get(unit, "day")
    edtf = near.isoformat() if grain in {"day", "week"} else value_at(near, grain)
    return Draft("DATE", "PAST_REF" if step < 0 else "FUTURE_REF", anchor=anchor, edtf=f"{edtf}~")


def _quarter_a_year_ago(hit: Hit) -> Draft | None:
    """In a report on quarters, "a year ago" is the same quarter of the year before."""
    focus = hit.scene.focus
    if focus.quarter is None or hit.offset - focus.quarter_at > 700:
        return None
    return Draft("DATE", f"{focus.quarter[0] - 1:04d}-Q{focus.quarter[1]}", anchor=hit.published, aside=True)


def year_earlier(hit: Hit) -> Draft | None:
    """As in "year-earlier" and "year-ago" in front of a noun; the article stays outside."""
    found = _quarter_a_year_ago(hit)
    anchor = hit.published
    day = shift(anchor.day, "year", -1) if anchor else None
    found = found or Draft("DATE", value_at(day, "year") if day else "XXXX", anchor=anchor, aside=True)
    found.first = hit.last - 3
    return found
