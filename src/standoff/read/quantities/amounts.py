"""Amounts: numerals joined into ranges, with the hedges and currency signs around them."""

from __future__ import annotations

import re

import msgspec

from standoff import vocab
from standoff.model.annotation import Number
from standoff.read.quantities import rules
from standoff.read.quantities.numerals import SCALES, SUFFIXES, Numeral
from standoff.read.quantities.persons import is_person, is_plural
from standoff.read.quantities.rules import Bounds, tidy

WORDS = vocab.load("en/numbers")
UNITS = vocab.load("en/units")
SIGNS: dict[str, str] = UNITS["currency_signs"]
CHANGE = vocab.load("en/numbers")["joins"]["change"]


def _any(words: list[str]) -> str:
    ordered = sorted(set(words), key=lambda w: (-len(w), w))
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in ordered)


KIND_OF = {w: kind for kind, words in WORDS["hedges"].items() for w in words}
BEFORE = re.compile(rf"(?<![\w-])(?P<hedge>{_any(list(KIND_OF))})(?:(?<=[~≈<>≤≥=])|\s+)\s*$", re.IGNORECASE)
VERB_OF = {w: kind for kind, words in WORDS["verbs"].items() for w in words}
VERB = re.compile(rf"(?<![\w-])(?P<verb>{_any(list(VERB_OF))})\s+$", re.IGNORECASE)
# Before a small number in words and a plural these tell where or when ("under five presidents").
PLACING = frozenset({"under", "over", "above", "below"})
# "handed over twelve bodies": the particle of a verb, no bound.
HANDED = re.compile(r"(?<!\w)(?:hand|turn)(?:s|ed|ing)?\s+$", re.IGNORECASE)
PLURAL = re.compile(r"\s+(?P<noun>[^\W\d_]+s)\b")
MEASURES = frozenset(UNITS["currency_words"]).union(
    *(forms for kind in ("duration", "measure", "percent") for forms in UNITS[kind].values())
)
MILLION = re.compile(rf"\s+(?:{_any(list(UNITS['currency_words']))})\b", re.IGNORECASE)
NEXT = re.compile(r"\s+(?P<word>[^\W\d_]+)\b")
AFTER_OF = {w: kind for kind, words in WORDS["after"].items() for w in words}
AFTER = re.compile(rf"(?:(?<=\w)|\s)\s*(?P<hedge>{_any(list(AFTER_OF))})(?!\w)", re.IGNORECASE)
LATE = re.compile(rf",?\s+(?P<hedge>{_any(WORDS['after_the_noun']['words'])})(?!\w|\s+than\b)", re.IGNORECASE)
SIGN = re.compile(rf"(?<![\w$])(?P<sign>{_any(list(SIGNS))})\s?$")
BETWEEN = re.compile(r"(?<!\w)between\s+$", re.IGNORECASE)
# "rose by nine to 64" tells a change and where it led.
BY_NUMBER = re.compile(r"(?<!\w)by\s+(?:about\s+|some\s+|nearly\s+|almost\s+|a\s+|an\s+)?$", re.IGNORECASE)
FROM = re.compile(r"(?P<lead>(?:\S+\s+){0,6})from\s+$", re.IGNORECASE)
_SIGN_IN = _any(list(SIGNS))
_JOIN_WORDS = _any([w for w in WORDS["joins"]["range"] if w[0].isalpha()])
JOIN = re.compile(
    rf"\s*(?:%|per\s?cent|pct)?\s*(?:(?P<word>{_JOIN_WORDS})\s+"
    rf"|(?P<dash>[-–—]))\s*(?:an?\s+)?(?:{_SIGN_IN})?\s?",
    re.IGNORECASE,
)
SCALE_AT_END = re.compile(rf"({'|'.join(SCALES)}|(?<=\d)(?:{'|'.join(SUFFIXES)}))$", re.IGNORECASE)
TAG_OPEN = re.compile(r"<[/!]?[a-zA-Z][^<>]*\Z")
WINDOW = 48


class Amount(msgspec.Struct, frozen=True, kw_only=True):
    """A number or range with its hedges. ``core`` is the numerals alone; ``sign`` a currency sign before.

    ``hedges`` holds kinds from the number outwards; ``last`` the numeral nearest to what is counted.
    """

    start: int
    end: int
    core: tuple[int, int]
    bounds: Bounds
    first: Numeral
    last: Numeral
    sign: str | None = None
    hedges: tuple[str, ...] = ()
    is_range: bool = False


def _scale_of(text: str) -> Number:
    found = SCALE_AT_END.search(text)
    if not found:
        return 1
    word = found[1].lower()
    return SCALES.get(word) or SUFFIXES[word]


def _changes(text: str, start: int) -> bool:
    """Whether "from A to B" here tells a change ("rose from 20 to 30")."""
    found = FROM.search(text, max(0, start - 80), start)
    words = found["lead"].lower().split()[-4:] if found else []
    return any(word.strip(",") in CHANGE for word in words)


def _mixed(text: str, a: Numeral, b: Numeral, between: str) -> bool:
    """Whether the two differ in kind: "up 12 percent to 30,000", "40 for $5"."""
    percent = re.search(r"%|per\s?cent|pct", between) is not None
    if percent and not re.match(r"\s*(?:%|per\s?cent|pct)", text[b.end : b.end + 10]):
        return True
    sign = SIGN.search(text, max(0, b.start - 6), b.start) is not None
    return sign and SIGN.search(text, max(0, a.start - 6), a.start) is None


def _measured(text: str, last: Numeral) -> bool:
    """Whether a unit follows."""
    found = NEXT.match(text, last.end)
    return text[last.end : last.end + 1] == "%" or bool(found and found["word"].lower() in MEASURES | {"per"})


def _range(text: str, a: Numeral, b: Numeral) -> Bounds | None:
    """Bounds of "a to b", "between a and b", "a or b"; None when the two are no range."""
    join = JOIN.fullmatch(text, a.end, b.start)
    low, high = a.bounds.best, b.bounds.best
    if not join or low is None or high is None or a.fraction != b.fraction:
        return None
    if "\n\n" in join[0] or _mixed(text, a, b, join[0]):
        return None
    scale = _scale_of(text[b.start : b.end]) if _scale_of(text[a.start : a.end]) == 1 else 1
    if scale > 1 and low * scale < high:
        low = tidy(low * scale)
    word = (join["word"] or "").lower()
    if word == "to" and BY_NUMBER.search(text, max(0, a.start - 24), a.start) and not _measured(text, b):
        return None
    if word == "and" and not BETWEEN.search(text, max(0, a.start - 12), a.start):
        return None
    if not low < high or (a.tail and a.tail != b.tail) or _changes(text, a.start):
        return None
    return rules.span(low, high)


def _sign(text: str, start: int) -> tuple[str | None, int]:
    """Currency sign right before ``start`` and where it begins."""
    found = SIGN.search(text, max(0, start - 6), start)
    return (found["sign"], found.start()) if found else (None, start)


def _before(text: str, start: int, *, placed: bool = False) -> tuple[tuple[str, ...], int]:
    """Hedges before ``start``, from the number outwards, and where they begin.

    ``placed`` where "under" and its like would tell a place or time.
    """
    kinds: list[str] = []
    while len(kinds) < 4:
        found = BEFORE.search(text, max(0, start - WINDOW), start)
        if not found or "\n\n" in found[0]:
            break
        word = re.sub(r"\s+", " ", found["hedge"].lower())
        if word == "over" and HANDED.search(text, max(0, found.start("hedge") - 16), found.start("hedge")):
            break
        if (word == "some" and kinds) or (placed and word in PLACING) or _closes_tag(text, found):
            break
        kinds.append(KIND_OF[word])
        start = found.start()
    verb = VERB.search(text, max(0, start - 16), start)
    if verb:
        kinds.append(VERB_OF[verb["verb"].lower()])
    return tuple(kinds), start


def _closes_tag(text: str, found: re.Match[str]) -> bool:
    """Whether a ">" ends a tag that was left in the text, and says nothing of the number."""
    at = found.start("hedge")
    return text[at : at + 1] == ">" and TAG_OPEN.search(text, max(0, at - 400), at) is not None


def _placed(text: str, last: Numeral) -> bool:
    """Whether the number is a small one in words with a counted plural right after it."""
    if last.digits or last.bounds.best is None or last.bounds.best >= 10:
        return False
    found = PLURAL.match(text, last.end)
    return found is not None and found["noun"].lower() not in MEASURES


def _millions(text: str, last: Numeral, sign: str | None) -> bool:
    """Whether the "m" glued to a number is a million: beside a currency or persons."""
    if last.tail.lower() != "m":
        return False
    following = NEXT.match(text, last.end)
    persons = following is not None and is_plural(following["word"]) and is_person(following["word"])
    return sign is not None or persons or MILLION.match(text, last.end) is not None


def _after(text: str, end: int) -> tuple[tuple[str, ...], int]:
    """A hedge after ``end`` ("or so", "or more") and where it ends."""
    found = AFTER.match(text, end)
    if not found:
        return (), end
    word = re.sub(r"\s+", " ", found["hedge"].lower())
    if word == "plus" and not text[found.end() :].lstrip()[:1].isalpha():
        return (), end
    if word == "plus" and text[end : end + 1].isspace():
        return (), end
    if word == "at least" and text[found.end() : found.end() + 2].strip()[:1].isalnum():
        return (), end
    return (AFTER_OF[word],), found.end()


def after_noun(text: str, end: int) -> tuple[tuple[str, ...], int]:
    """A hedge after the counted noun that ends at ``end`` ("20 dead or more") and where it ends."""
    found = LATE.match(text, end)
    if not found:
        return (), end
    return (AFTER_OF[re.sub(r"\s+", " ", found["hedge"].lower())],), found.end()


def amount(text: str, first: Numeral, last: Numeral, bounds: Bounds) -> Amount:
    """An amount from its numerals: currency sign, hedges before and after, bounds under the rule."""
    core = (first.start, last.end)
    sign, start = _sign(text, core[0])
    is_range = first is not last
    if is_range:
        between = BETWEEN.search(text, max(0, start - 12), start)
        start = between.start() if between else start
    kinds_after, end = _after(text, core[1])
    kinds_before, start = _before(text, start, placed=sign is None and _placed(text, last))
    kinds = kinds_after + kinds_before
    if _millions(text, last, sign):
        bounds = rules.times(bounds, 10**6)
        last = msgspec.structs.replace(last, tail="", plain=False)
        first = last if not is_range else first
    return Amount(
        start=start,
        end=end,
        core=core,
        bounds=rules.hedged(bounds, kinds),
        first=first,
        last=last,
        sign=sign,
        hedges=kinds,
        is_range=is_range,
    )


def amounts(text: str, numerals: list[Numeral]) -> list[Amount]:
    """Every numeral as an amount, ranges joined, in text order."""
    found: list[Amount] = []
    i = 0
    while i < len(numerals):
        first, joined = numerals[i], None
        if i + 1 < len(numerals) and numerals[i + 1].start - first.end < 32:
            joined = _range(text, first, numerals[i + 1])
        last = numerals[i + 1] if joined else first
        found.append(amount(text, first, last, joined or first.bounds))
        i += 2 if joined else 1
    return found
