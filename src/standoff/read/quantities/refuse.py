"""Numbers that are no quantities: dates, years, clock times, ordinals, names, codes, numbering, scores."""

from __future__ import annotations

import re
from collections.abc import Sequence

from standoff import vocab
from standoff.model import Time
from standoff.read.quantities.amounts import Amount
from standoff.read.quantities.page import Page
from standoff.read.quantities.persons import is_person, is_plural
from standoff.read.quantities.units import Unit

WORDS = vocab.load("en/number_contexts")


def _any(words: list[str]) -> str:
    return "|".join(
        re.escape(w).replace(r"\ ", r"\s+") for w in sorted(set(words), key=lambda w: (-len(w), w))
    )


WEAK = frozenset(WORDS["weak_heads"])
PARTED = frozenset(WORDS["parted_heads"])
DETERMINED = re.compile(r"(?<!\w)(?:the|a|an|this|that|each|every|same|whole|entire)\s+$", re.IGNORECASE)
MONTH = _any(WORDS["months"])
MONTH_BEFORE = re.compile(
    rf"(?<!\w)(?P<month>{MONTH})[\s,]+(?:(?:\d{{1,2}}(?:st|nd|rd|th)?\s*(?:,|and|to|or|-|–)\s*))?$", re.I
)
MONTH_AFTER = re.compile(rf"\s*(?:st|nd|rd|th)?(?:\s+of)?[\s-]+(?P<month>{MONTH})(?!\w)", re.IGNORECASE)
SHORT_YEAR = re.compile(rf"(?<!\w)\d{{1,2}}\s+(?:{MONTH})\s+$", re.IGNORECASE)
HEAD_BEFORE = re.compile(rf"(?<![\w])(?P<head>{_any(WORDS['name_heads'])})\s*[-#]?\s*$", re.IGNORECASE)
SLUG_BEFORE = re.compile(rf"(?:^|\n)[^\n]{{0,12}}?\b(?:{_any(WORDS['slugs'])})[ \t]+$", re.IGNORECASE)
SLUG_AFTER = re.compile(r"[ \t]*[-–—:]+[ \t]*[A-Z]")
YEAR_BEFORE = re.compile(rf"(?<!\w)(?:{_any(WORDS['year_before'])})[\s-]*$", re.IGNORECASE)
CLOCK_AFTER = re.compile(rf"\s*(?:{_any(WORDS['clock_after'])})(?!\w)", re.IGNORECASE)
GLUED_BEFORE = re.compile(
    r"(?:[^\W\d_]['’]?-|[#/:_@\\]|\d[.:/–-]|[°′″\[]|[^\W\d_]\d*|\+[\d ]*|(?<!\w)['’])\Z"
)
GLUED_AFTER = re.compile(
    r"[:/]\d|-\d|-to-|[°º˚]?[′″']?\d|\s?[°º˚]\s?(?:\d|[NSEW]\b)|[′″]|\]|-[A-Z]\b|\.\d|/[a-z]|['’]?s\b(?!\w)|_|\\|@"
)
TAG = re.compile(r"<[/!]?[a-zA-Z][^<>]*>")
LONGEST_TAG = 400
LIST_NUMBER = re.compile(r"(?:^|\n)[ \t]*\(?$")
LIST_END = re.compile(r"[.)][ \t]")
PARENTHESIS = re.compile(r"\($")
SPORTS = re.compile(rf"(?<!\w)(?:{_any(WORDS['sports'])})\s+(?:by\s+)?$", re.IGNORECASE)
SCORE = re.compile(r"\d+\s?[-–]\s?\d+(?![\d,]|\s*-?\s*\w*(?:year|day|hour|minute))")
PLURAL_AFTER = re.compile(r"\s+(?:[a-z]+\s+)?[a-z]+s\b", re.IGNORECASE)
PHONE = re.compile(
    r"(?:\+\d|(?<![\w.,])0\d)\d{0,3}(?:[ ().-]{1,2}\d{2,5}){1,4}(?!\d)|(?<!\d)\d{3}-\d{4}(?!\d)"
)
ADDRESS = re.compile(rf"(?:\s+[A-Z][\w'’.-]*){{1,3}}?\s+(?:{_any(WORDS['streets'])})(?!\w)", re.IGNORECASE)
HOURS = re.compile(r"(?:[01]\d|2[0-3])[0-5][05]")
NOTHING_AFTER = re.compile(r"\s*(?:[.,;)]|$)|\s+(?:on|in|at|yesterday|today|last|local|when|and|but)\b", re.I)
COUNTS_BEFORE = re.compile(
    r"(?<!\w)(?:to|of|numbered|number|totalled|totaled|reached|is|are|was|were)\s+$", re.I
)
DOTTED = re.compile(r"\d{1,2}\.[0-5]\d")
NUMBERED = re.compile(r"(?<!\w)(?:number|numero)\s+$", re.IGNORECASE)
ORDINAL = frozenset({"st", "nd", "rd", "th"})
CAPTIVITY = re.compile(
    r"(?:\s+straight|\s+consecutive)?\s+(?P<unit>day|week|month|year|night)\b", re.IGNORECASE
)
AGO = re.compile(r"\s+(?:\w+\s+)?(?:ago|later|earlier|before|after|from|since|of)\b", re.IGNORECASE)


def refused(page: Page, amount: Amount, unit: Unit | None, times: Sequence[Time]) -> bool:
    """Whether a number counts or measures nothing."""
    text, (start, end) = page.text, amount.core
    if _in_markup(text, start):
        return True
    if amount.sign is not None:
        return False
    if amount.last.tail and (unit is None or unit.words != amount.last.tail):
        return True
    if amount.first.digits or amount.last.digits:
        before, after = text[max(0, start - 30) : start], text[end : end + 30]
        if _coded(text, before, after, amount, unit) or _dated(before, after, amount, unit):
            return True
    elif _lower_name(text, amount, unit):
        return True
    return _in_time(amount, unit, times) or (unit is None and page.named(start, end))


def _in_markup(text: str, at: int) -> bool:
    """Whether a number stands inside a tag that was left in the text: "<img width=40>"."""
    opens = text.rfind("<", max(0, at - LONGEST_TAG), at)
    return opens >= 0 and TAG.match(text, opens) is not None and text.find(">", opens) > at


def _coded(text: str, before: str, after: str, amount: Amount, unit: Unit | None) -> bool:
    """Glued to letters or other digits, numbered, or right after a word that takes a number as a name."""
    if GLUED_BEFORE.search(before) and not amount.hedges:
        return True
    if GLUED_AFTER.match(after) and not (unit and unit.hyphened):
        return True
    if _phone(text, amount.core[0]) or (amount.last.digits[:1] == "0" and amount.last.digits[1:2].isdigit()):
        return True
    if (
        unit is None
        and amount.last.plain
        and (street := ADDRESS.match(after))
        and street[0].strip()[0].isupper()
    ):
        return True
    if SLUG_AFTER.match(after) and SLUG_BEFORE.search(text, max(0, amount.core[0] - 30), amount.core[0]):
        return True
    line = LIST_NUMBER.search(text, max(0, amount.core[0] - 12), amount.core[0])
    if line and LIST_END.match(after) and amount.last.plain:
        return True
    scored = SPORTS.search(before) and SCORE.match(text, amount.core[0])
    if unit is None and scored and not (amount.is_range and PLURAL_AFTER.match(after)):
        return True
    numbering = amount.last.plain or ("." in amount.last.digits and amount.core[1] - amount.core[0] < 6)
    return unit is None and not amount.hedges and numbering and _name_head(before)


def _phone(text: str, start: int) -> bool:
    """Whether a number stands in a telephone number."""
    first = max(0, start - 20)
    return any(m.start() <= start < m.end() for m in PHONE.finditer(text, first, start + 24))


def _name_head(before: str) -> bool:
    found = HEAD_BEFORE.search(before)
    if not found:
        return False
    head = found["head"]
    if head.lower() in PARTED and head.isupper():
        # Upper-case wire text: "IN ZONE 18", but "IN THE ZONE 18 WERE HURT".
        return DETERMINED.search(before, 0, found.start()) is None
    return head.lower() not in WEAK or (head[0].isupper() and not head.isupper())


def _dated(before: str, after: str, amount: Amount, unit: Unit | None) -> bool:
    """Day of a month, year, clock time."""
    value = amount.last.bounds.best or 0
    clock = amount.last.plain or DOTTED.fullmatch(amount.last.digits)
    if clock and CLOCK_AFTER.match(after) and not (unit and unit.kind != "duration"):
        return True
    if unit is not None:
        return False
    if amount.last.plain and value <= 31 and not amount.hedges:
        month = MONTH_BEFORE.search(before)
        if month and _is_month(month["month"]) and not _many_behind(after):
            return True
        month = MONTH_AFTER.match(after)
        if month and _is_month(month["month"]):
            return True
    if _hours(before, after, amount):
        return True
    if amount.last.plain and len(amount.last.digits) == 2 and SHORT_YEAR.search(before):
        return True
    return amount.last.plain and len(amount.last.digits) == 4 and _year(before, after, amount)


def _many_behind(after: str) -> bool:
    """Whether a plural stands right behind, in small letters: "May, 23 divers"."""
    found = re.match(r"\s+([a-z]+)\b", after)
    return found is not None and (found[1].endswith("s") or (is_person(found[1]) and is_plural(found[1])))


def _hours(before: str, after: str, amount: Amount) -> bool:
    """ "around 2100", "between 0800 and 1300": hours of the day, with nothing counted behind them."""
    digits = [each.digits for each in (amount.first, amount.last)]
    if not all(HOURS.fullmatch(each) for each in digits) or not NOTHING_AFTER.match(after):
        return False
    if amount.is_range:
        return any(each[0] == "0" for each in digits)
    return amount.hedges == ("about",) and not COUNTS_BEFORE.search(before)


def _is_month(word: str) -> bool:
    """ "may" and "march" only count with a capital."""
    return word.lower() not in {"may", "march", "mar", "dec", "sun"} or word[0].isupper()


def _year(before: str, after: str, amount: Amount) -> bool:
    value = amount.last.bounds.best or 0
    if not 1500 <= value <= 2100 or amount.hedges:
        return False
    counted = re.match(
        r"\s+(?:[a-z]+\s+)?(?:people|persons|men|women|children|\w+(?:ers|ees|ians|iers|ants|ents|ists|als))\b",
        after,
    )
    if counted and not re.search(r"(?<!\w)(?:in|since|by|the|late|early|of)\s+$", before, re.IGNORECASE):
        return False
    if (amount.is_range and len(amount.first.digits) == 4) or MONTH_BEFORE.search(before):
        return True
    return value >= 1900 or bool(YEAR_BEFORE.search(before))


def _lower_name(text: str, amount: Amount, unit: Unit | None) -> bool:
    """Number words in names: "Group of Seven", "Chapter Three", "World War Two"."""
    if unit is not None or amount.hedges or amount.first.word:
        return False
    before = text[max(0, amount.core[0] - 30) : amount.core[0]]
    found = HEAD_BEFORE.search(before)
    return NUMBERED.search(before) is not None or bool(
        found
        and found["head"][0].isupper()
        and text[amount.core[0]].isupper()
        and not found["head"].isupper()
    )


def _in_time(amount: Amount, unit: Unit | None, times: Sequence[Time]) -> bool:
    """Inside a date or clock time that names no length of time."""
    if unit is not None:
        return False
    start, end = amount.core
    return any(t.start <= start and end <= t.end and t.type in {"DATE", "TIME"} for t in times)
