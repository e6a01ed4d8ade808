"""Which kind of quantity a number is, by the unit written beside it."""

from __future__ import annotations

import re

import msgspec

from standoff import vocab
from standoff.model.annotation import QuantityKind
from standoff.read.quantities.amounts import SIGNS, Amount
from standoff.read.quantities.persons import is_person, is_plural, singular

CONTEXTS = vocab.load("en/number_contexts")
PARENTS = frozenset(CONTEXTS["parents"])
DAYS_AND_MONTHS = frozenset(CONTEXTS["months"]) | frozenset(CONTEXTS["day_words"])
UNITS = vocab.load("en/units")


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """Kind and unit of a number, and where the words for it end. ``words`` are as written."""

    kind: QuantityKind
    unit: str | None
    end: int
    words: str | None = None
    hyphened: bool = False


def _table(kinds: list[str]) -> dict[str, tuple[QuantityKind, str]]:
    table: dict[str, tuple[QuantityKind, str]] = {}
    for kind in kinds:
        for name, forms in UNITS[kind].items():
            table.update({form.lower(): (kind, name) for form in forms})
    return table


TABLE = _table(["rate", "percent", "measure", "duration"])
MONEY: dict[str, str] = {**UNITS["currency_words"], **UNITS["currency_of"]}


def _pattern(words: list[str]) -> str:
    ordered = sorted(words, key=lambda w: (-len(w), w))
    return "|".join(re.escape(w).replace(r"\ ", r"[\s-]+") for w in ordered)


_SHORT = frozenset({"m", "g", "mi", "ha", "min", "mins", "sec", "secs", "in"})
UNIT = re.compile(
    rf"(?P<gap>\s*-\s*|(?:\s+(?:more|additional|further|consecutive|straight|long|full|whole|extra|solid|crucial))?\s+|)(?P<unit>{_pattern(list(TABLE))})(?![\w])",
    re.IGNORECASE,
)
OF_MONEY = re.compile(rf"(?:\s+(?:of\s+)?|-)(?P<unit>{_pattern(list(MONEY))})(?!\w)", re.IGNORECASE)
AGE_AFTER = re.compile(r"(?:-|\s)old\b|\s+of\s+age\b", re.IGNORECASE)
AGED = re.compile(
    r"(?<!\w)(?:aged?|ages)(?:\s+(?:from|of|as))?\s+(?:\d{1,3},?\s+(?:and|or|to)\s+)?$", re.IGNORECASE
)
COUNTS_ON = re.compile(r"\s+[^\W\d_]+s\b")
AGE_COMMA = re.compile(r"(?<=[A-Za-z.’'”\"]),\s*$")
NO_RATE = "|".join(UNITS["per"]["no_rate"])
PER = re.compile(
    rf"\s+(?:(?:an?|each|every)\s+"
    rf"(?:(?P<a>{_pattern(UNITS['per']['words'])})|(?P<priced>{_pattern(UNITS['per']['priced'])}))"
    rf"|per\s+(?P<noun>{_pattern(list(TABLE))}|[^\W\d_]+))\b"
    rf"(?!\s+(?:{NO_RATE})\b)|\s*/\s?(?P<slash>day|week|month|year|hour|kg|tonne|ton|barrel|litre|person)\b"
    r"|\s+(?P<daily>daily)\b",
    re.IGNORECASE,
)
MINUS = re.compile(r"(?<!\w)(?:minus|negative)\s+$|(?<=\S)(?<![\d–-])[ (][-−]$", re.IGNORECASE)
ZERO_ABOVE = re.compile(r"\s+below\s+zero\b", re.IGNORECASE)
RICHTER = re.compile(r"\s+(?:on|in)\s+the\s+(?:open-ended\s+)?richter\b(?:\s+scale\b)?", re.IGNORECASE)
BELOW_ZERO = frozenset({"degree", "°C", "°F", "%"})
SCALES_OF = {word: name for name, words in UNITS["scale"].items() for word in words}
SCALE_BEFORE = re.compile(rf"(?<!\w)(?P<word>{_pattern(list(SCALES_OF))})(?:\s+(?:of\s+)?|-)$", re.IGNORECASE)
SCALE_AFTER = re.compile(rf"[\s-]+(?P<word>{'|'.join(UNITS['scale'])})\b", re.IGNORECASE)
WEIGHT = re.compile(rf"(?<!\w)(?:{_pattern(UNITS['weight']['words'])})(?!\w)[^.;]{{0,24}}$", re.IGNORECASE)
WEIGHED = re.compile(
    r"\s+(?:of\s+(?!debt|aid|cash|funding|damage|tax|investment|spending)|heavier|lighter|in\s+weight)",
    re.IGNORECASE,
)
AGED_OF = re.compile(
    rf"(?<!\w)(?:{_pattern(CONTEXTS['aged_of'])})\s+of\s+(?:only\s+|just\s+|about\s+)?$", re.IGNORECASE
)


def rate_after(text: str, end: int, *, counted: bool = False) -> tuple[str, int] | None:
    """ "a day", "per week" right after a number or its noun: the rate's unit and where it ends.

    Behind a count ("one of them a child") only times and heads make one.
    """
    found = PER.match(text, end)
    if not found or (counted and found["priced"]):
        return None
    if found["daily"]:
        return "per day", found.end()
    word = re.sub(r"\s+", " ", (found["a"] or found["priced"] or found["noun"] or found["slash"]).lower())
    return f"per {TABLE[word][1] if word in TABLE else singular(word)}", found.end()


def below_zero(text: str, amount: Amount, unit: Unit) -> int | None:
    """Where the sign before a number below zero begins; None for any other number."""
    if unit.unit not in BELOW_ZERO or amount.hedges or amount.is_range:
        return None
    found = MINUS.search(text, max(0, amount.start - 12), amount.start)
    if found is None:
        return amount.start if ZERO_ABOVE.match(text, unit.end) else None
    return found.end() - len(found[0].lstrip(" ("))


def _money(text: str, amount: Amount) -> Unit | None:
    if amount.sign is not None:
        code = SIGNS.get(amount.sign) or SIGNS.get(amount.sign.upper())
        found = OF_MONEY.match(text, amount.core[1])
        end = found.end() if found else amount.end
        return Unit(kind="money", unit=code or None, end=max(end, amount.end))
    found = OF_MONEY.match(text, amount.end)
    if not found:
        return None
    name = re.sub(r"[\s-]+", " ", found["unit"].lower())
    if name == "pounds" and _weighs(text, amount.start, found.end()):
        return Unit(kind="measure", unit="lb", end=found.end(), words=found["unit"])
    return Unit(kind="money", unit=MONEY[name] or None, end=found.end(), words=found["unit"])


def _weighs(text: str, start: int, end: int) -> bool:
    """Whether pounds are a weight here: "300 pounds of flour", "weighs 300 pounds"."""
    return bool(WEIGHED.match(text, end) or WEIGHT.search(text, max(0, start - 40), start))


def _scale(text: str, amount: Amount) -> Unit | None:
    """ "magnitude 6.3", "a 6.3-magnitude quake"."""
    before = SCALE_BEFORE.search(text, max(0, amount.core[0] - 24), amount.core[0])
    if before:
        name = SCALES_OF[re.sub(r"\s+", " ", before["word"].lower())]
        return Unit(kind="measure", unit=name, end=amount.end, words=name, hyphened=True)
    after = RICHTER.match(text, amount.end) or SCALE_AFTER.match(text, amount.end)
    name = next(iter(UNITS["scale"]))
    return Unit(kind="measure", unit=name, end=after.end(), words=name, hyphened=True) if after else None


def _tail(amount: Amount) -> Unit | None:
    """Letters glued to the digits that are a unit: "18km", "41C"."""
    if amount.last.tail in {"C", "F"}:
        return Unit(kind="measure", unit=f"°{amount.last.tail}", end=amount.end, words=amount.last.tail)
    entry = TABLE.get(amount.last.tail.lower())
    return Unit(kind=entry[0], unit=entry[1], end=amount.end, words=amount.last.tail) if entry else None


def _measured(text: str, amount: Amount) -> Unit | None:
    found = UNIT.match(text, amount.end)
    if not found or (amount.last.word == "half" and amount.last.fraction):
        return None
    words = found["unit"]
    if words.lower() in _SHORT and (not amount.last.digits or words != words.lower()):
        return None
    kind, unit = (
        TABLE[re.sub(r"[\s-]+", " ", words.lower())] if words.lower() not in TABLE else TABLE[words.lower()]
    )
    hyphened = "-" in found["gap"]
    end = found.end()
    if kind == "duration":
        old = AGE_AFTER.match(text, end)
        if old and unit in {"year", "month", "day", "week"}:
            return _aged(text, unit, old, words, hyphened)
        if AGED_OF.search(text, max(0, amount.start - 40), amount.start):
            return Unit(kind="age", unit=unit, end=end, words=words)
    return Unit(kind=kind, unit=unit, end=end, words=words, hyphened=hyphened)


def _aged(text: str, unit: str, old: re.Match[str], words: str, hyphened: bool) -> Unit:
    """ "7-year-old boy" is an age, "the 18-week-old siege" how long a thing has lasted."""
    kind: QuantityKind = "age" if unit in {"year", "month"} else "duration"
    return Unit(kind=kind, unit=unit, end=old.end(), words=words, hyphened=hyphened)


def _bare_age(text: str, amount: Amount) -> Unit | None:
    """ "aged 7" and "Name, 34, said"."""
    low, high = amount.bounds.low, amount.bounds.high
    value = amount.bounds.best if amount.bounds.best is not None else (low if low is not None else high)
    if value is None or not 0 <= value <= 115:
        return None
    before = text[max(0, amount.start - 40) : amount.start]
    if AGED.search(before) or (AGED_OF.search(before) and not COUNTS_ON.match(text, amount.end)):
        return Unit(kind="age", unit="year", end=amount.end)
    if _under_age(before, amount):
        return Unit(kind="age", unit="year", end=amount.end)
    after = text[amount.end : amount.end + 2]
    alone = amount.last.plain and amount.start == amount.core[0] and not amount.is_range
    closed = after[:1] in {",", ")"} or after.strip() == "."
    named = _ends_name(before, 1 if after[:1] == "," else 2) or (after[:1] == "," and _ends_person(before))
    if alone and AGE_COMMA.search(before) and closed and named:
        return Unit(kind="age", unit="year", end=amount.end) if value >= 1 else None
    return None


def _under_age(before: str, amount: Amount) -> bool:
    """ "voters under 30", "children younger than 12"."""
    words = re.findall(r"[^\W\d_]+", before)
    simple = amount.last.plain or not (amount.last.digits or amount.last.word)
    bounded = bool(amount.hedges) and amount.hedges[-1] in {"fewer", "more"} and simple
    if words and words[-1].lower() in {"are", "is", "were", "was", "aged"}:
        words.pop()
    return bounded and bool(words) and is_person(words[-1])


def _ends_person(before: str) -> bool:
    """Whether the words before end in one person: "the driver, 34,", "a mother of five, 32,"."""
    words = re.findall(r"[^\W\d_]+", before.lower())[-3:]
    if len(words) == 3 and words[1] == "of" and words[0] in PARENTS:
        return True
    return bool(words) and is_person(words[-1]) and not is_plural(words[-1])


def _ends_name(before: str, least: int) -> bool:
    """Whether the words before end in a name of at least ``least`` capitalised words, no day or month."""
    words = re.findall(r"[^\W\d_][\w'’.-]*", before)
    last = words[-least:]
    return len(last) == least and all(w[0].isupper() and w.lower() not in DAYS_AND_MONTHS for w in last)


def unit_of(text: str, amount: Amount) -> Unit | None:
    """The unit beside a number; None for a plain count. Shares of a whole count as percent."""
    if amount.last.fraction:
        return Unit(kind="percent", unit="%", end=amount.end)
    return (
        _scale(text, amount)
        or _money(text, amount)
        or _tail(amount)
        or _measured(text, amount)
        or _bare_age(text, amount)
    )
