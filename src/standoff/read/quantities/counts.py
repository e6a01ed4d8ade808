"""Drafts from amounts: counts, money, measures, percents, durations, ages, rates."""

from __future__ import annotations

import re
from collections.abc import Sequence

from standoff import vocab
from standoff.model import Time
from standoff.model.annotation import QuantityKind
from standoff.read.quantities import rules
from standoff.read.quantities.amounts import Amount, after_noun, amounts
from standoff.read.quantities.draft import Draft
from standoff.read.quantities.nouns import Counted, Nouns
from standoff.read.quantities.numerals import numerals
from standoff.read.quantities.page import Page
from standoff.read.quantities.persons import is_person
from standoff.read.quantities.ratios import ratios
from standoff.read.quantities.refuse import CAPTIVITY, ORDINAL, refused
from standoff.read.quantities.roles import DONE, lemma
from standoff.read.quantities.units import Unit, below_zero, rate_after, unit_of

CONTEXTS = vocab.load("en/number_contexts")
REST = "|".join(vocab.load("en/numbers")["rest"]["remaining"])
REMAINING = re.compile(rf"(?<!\w)(?:the|its|their|his|her|all)\s+(?:{REST})\s+$", re.IGNORECASE)
NOT_ONE = re.compile(r"(?<!\w)not\s+$", re.IGNORECASE)
ALL_BUT = re.compile(r"(?<!\w)all\s+but\s+$", re.IGNORECASE)
TWO = re.compile(
    r"(?<!\w)both(?=\s+(?:of\s+|the\s+|his\s+|her\s+|their\s+|were\b|are\b|have\b|had\b|died\b|[a-z]+s\b))",
    re.I,
)
LASTING = frozenset(CONTEXTS["lasting"])
NOT_BOTH = frozenset(CONTEXTS["not_both"])
ONE_AFTER = frozenset(CONTEXTS["one_after"])
ONE_BEFORE = frozenset(CONTEXTS["one_before"])
TELLING = frozenset(vocab.load("en/quantity_roles")["elliptic"]["telling"])
HYPHEN = re.compile(r"-(?P<noun>[^\W\d_]{2,}?)s?(?![\w-])", re.IGNORECASE)
NOT_HYPHENED = frozenset(CONTEXTS["not_hyphened"])
SOME_DAY = re.compile(
    r"one\s+(?:day|night|morning)(?!\s+(?:after|before|later|earlier|ago|of|in|at|to))", re.IGNORECASE
)
LASTED = re.compile(r"(?<!\w)(?:for|in|than|within|after|just|only|lasted|took|by)\s+$", re.IGNORECASE)
THESE_DAYS = re.compile(r"one\s+of\s+(?:these|those)\s+days", re.IGNORECASE)


def _duration_ordinal(page: Page, amount: Amount) -> Draft | None:
    """ "their 118th day": a length of time told by an ordinal."""
    if amount.last.tail.lower() not in ORDINAL or amount.last.bounds.best is None:
        return None
    found = CAPTIVITY.match(page.text, amount.core[1])
    if not found:
        return None
    return Draft(
        start=amount.core[0],
        end=found.end(),
        kind="duration",
        bounds=amount.last.bounds,
        unit=found["unit"].lower(),
        what=found["unit"].lower() + "s",
        number_start=amount.core[0],
        number_end=found.end(),
    )


def _measured(page: Page, nouns: Nouns, amount: Amount, unit: Unit) -> Draft:
    """A number with a unit: money, measure, percent, duration, age, rate."""
    rate = (
        rate_after(page.text, unit.end) if unit.kind in {"measure", "money", "duration", "percent"} else None
    )
    kind: QuantityKind = "rate" if rate else unit.kind
    name, end = unit.unit, unit.end
    if rate:
        name, end = f"{unit.unit or unit.words} {rate[0]}", rate[1]
    counted = Counted()
    if kind in {"measure", "age"}:
        counted = _of_what(nouns, kind, end)
        end = max(end, counted.end) if kind == "measure" else end
        rate = rate_after(page.text, end) if kind == "measure" and counted.end else None
        if rate:
            kind, name, end = "rate", f"{unit.unit or unit.words} {rate[0]}", rate[1]
    following = re.findall(r"\w+", page.text[unit.end : unit.end + 40].lower())[:3]
    if unit.kind == "age" and counted.how == "none" and LASTING & set(following):
        kind = "duration"
    start, bounds = amount.start, amount.bounds
    minus = below_zero(page.text, amount, unit)
    if minus is not None:
        start, bounds = minus, rules.negative(bounds)
    return Draft(
        start=start,
        end=end,
        kind=kind,
        bounds=bounds,
        counted=counted,
        anchor=page.at(max(unit.end - 1, 0)) if kind == "measure" else counted.head,
        unit=name,
        what=counted.what or (unit.words.lower() if unit.words else None),
        group=counted.group,
        hedges=amount.hedges,
        number_start=amount.core[0],
        number_end=amount.core[1],
    )


def _of_what(nouns: Nouns, kind: str, end: int) -> Counted:
    """What a measure measures ("tonnes of food") or an age is of ("7-year-old boy")."""
    counted = nouns.after(end, many=kind == "measure")
    if kind == "measure":
        return counted if counted.how == "part" and counted.whole_at is None else Counted()
    return counted if counted.how == "plain" and is_person(counted.what or "") else Counted()


def _one_counts(page: Page, nouns: Nouns, amount: Amount) -> bool:
    """Whether the word "one" counts here ("one hostage", "one of the buses") and is no pronoun."""
    i = page.at(amount.core[0])
    if i is None or amount.hedges:
        return i is not None
    before, after = nouns.word(i - 1) if i else "", nouns.word(i + 1)
    if after == "of" and before in {"every", "each"}:
        return False  # "every one of the nine": they are nine
    if after == "of":
        return nouns.word(i + 2) in {
            "the",
            "them",
            "his",
            "her",
            "its",
            "their",
            "those",
            "these",
            "our",
            "my",
        }
    if before == "not":
        return after not in ONE_AFTER
    if before == "that" and is_person(after) and lemma(nouns.word(i - 2) or "-") in TELLING:
        return True
    if before in ONE_BEFORE:
        return before == "the" and page.tokens[i].tag_ == "CD" and after not in ONE_AFTER
    if after in {"was", "has", "is"}:
        following = {nouns.word(j) for j in range(i + 2, i + 5)}
        return page.tokens[i].tag_ == "CD" and bool(
            following & {"killed", "injured", "wounded", "dead", "missing", "died"}
        )
    return after not in ONE_AFTER and page.text[amount.core[1] : amount.core[1] + 1] not in {",", "-"}


def _bare(page: Page, nouns: Nouns, amount: Amount) -> bool:
    """Numbers in words alone that count nothing: "at one", "nine to five"."""
    text = page.text[amount.core[0] : amount.core[1]].lower()
    if text == "one":
        return not _one_counts(page, nouns, amount)
    if text in {"zero"}:
        before = page.text[max(0, amount.core[0] - 8) : amount.core[0]].lower()
        return before.endswith(("ground ", "at ", "from ", "below ", "above "))
    return False


def _hyphened(page: Page, amount: Amount) -> Counted | None:
    """ "a 20-member team", "a 3,000-strong force", "a 300-page report"."""
    found = HYPHEN.match(page.text, amount.core[1])
    if not found or found["noun"].lower() in NOT_HYPHENED or amount.bounds.best == 1:
        return None
    noun = found["noun"].lower()
    i = page.at(found.end())
    following = page.tokens[i].lower_ if i is not None and noun == "strong" else None
    what = following if following and following.isalpha() else noun
    return Counted(how="plain", what=what, group=what, head=None, end=found.end(), words=(what,))


def _idle(page: Page, nouns: Nouns, amount: Amount) -> bool:
    """A number with no noun and nothing said of it: the end of a list, a stray code, a lone "one"."""
    if amount.hedges:
        return False
    i = page.at(amount.core[0])
    before = nouns.word(i - 1) if i else ""
    after = page.text[amount.core[1] :].lstrip(" ")[:1]
    if page.text[amount.core[0] : amount.core[1]].lower() == "one":
        return lemma(before) not in DONE and nouns.word((i or 0) + 1) not in {"was", "is", "has", "died"}
    if before in {"", ":", "=", "|", "#", "[", "("} or not before.strip():
        return after in {"", ".", "\n", ")", "|", "]", ",", ";"}
    return before in {".", "!", "?"} and after in {"", ".", "\n"}


def _counted(page: Page, nouns: Nouns, amount: Amount) -> Draft | None:
    """A plain count, with what it counts; None for a number that stands for nothing."""
    hyphened = _hyphened(page, amount)
    if hyphened is None and page.text[amount.core[1] : amount.core[1] + 1] == "-" and not amount.hedges:
        return None
    counted = hyphened or nouns.after(amount.end, many=amount.bounds.best != 1)
    if counted.how == "none" and _idle(page, nouns, amount):
        return None
    text, end = page.text, max(amount.end, counted.end)
    late, end = after_noun(text, end) if end > amount.end else ((), end)
    rate = rate_after(text, end, counted=True)
    start = amount.start
    draft = Draft(
        start=start,
        end=rate[1] if rate else end,
        kind="rate" if rate else "count",
        bounds=rules.hedged(amount.bounds, late) if late else amount.bounds,
        unit=rate[0] if rate else None,
        counted=counted,
        anchor=counted.head,
        hedges=late + amount.hedges,
        number_start=amount.core[0],
        number_end=amount.core[1],
    )
    never = NOT_ONE.search(text, max(0, start - 8), start)
    if never and text[start : amount.core[1]].lower() == "one":
        draft.start, draft.bounds, draft.negated = never.start(), rules.exact(0), True
    before = REMAINING.search(text, max(0, start - 20), start)
    if before and amount.core[0] == start:
        draft.start, draft.relation = before.start(), "remainder"
    return draft


def _some_day(text: str, amount: Amount) -> bool:
    """ "one day they will", "one of these days": no number of days."""
    start = amount.core[0]
    if amount.hedges or text[start : amount.core[1]].lower() != "one":
        return False
    lasted = LASTED.search(text, max(0, start - 12), start)
    return bool(THESE_DAYS.match(text, start) or (SOME_DAY.match(text, start) and not lasted))


def draft_of(page: Page, nouns: Nouns, amount: Amount, times: Sequence[Time]) -> Draft | None:
    """The draft of one amount, or None when it is no quantity."""
    ordinal = _duration_ordinal(page, amount)
    if ordinal:
        return ordinal
    unit = unit_of(page.text, amount)
    if refused(page, amount, unit, times) or _some_day(page.text, amount):
        return None
    if unit is not None and not (unit.kind == "percent" and amount.last.fraction):
        return _measured(page, nouns, amount, unit)
    if _bare(page, nouns, amount):
        return None
    draft = _counted(page, nouns, amount)
    if draft is not None and amount.last.fraction:
        draft.kind, draft.unit, draft.relation = "percent", "%", "part_of"
    return draft


def _both(page: Page, nouns: Nouns) -> list[Draft]:
    """ "both hostages", "both were killed"."""
    found = []
    for match in TWO.finditer(page.text):
        i = page.at(match.start())
        counted = nouns.after(match.end())
        skip = i is None or any(t.lower_ == "and" for t in page.tokens[i + 2 : i + 4])
        determiner = re.compile(r"\s+(?:the|his|her|their)\b", re.IGNORECASE).match(page.text, match.end())
        if determiner:
            counted = nouns.after(determiner.end())
        if skip or (
            counted.how == "none"
            and not re.match(r"\s+(?:were|are|have|had|died)\b", page.text[match.end() : match.end() + 8])
        ):
            continue
        if counted.what in NOT_BOTH:
            continue
        if counted.how == "plain" and not nouns.tokens[counted.head or 0].tag_.endswith("S"):
            continue
        found.append(
            Draft(
                start=match.start(),
                end=max(match.end(), counted.end),
                kind="count",
                bounds=rules.exact(2),
                counted=counted,
                anchor=counted.head if counted.head is not None else i,
                confidence=0.7,
                number_start=match.start(),
                number_end=match.end(),
            )
        )
    return found


def counts(page: Page, nouns: Nouns, times: Sequence[Time]) -> list[Draft]:
    """Drafts of every number and of "both", in text order."""
    found = []
    held = amounts(page.text, numerals(page.text))
    paired = ratios(page.text, nouns, held)
    for i, amount in enumerate(held):
        draft = paired.get(i)
        if draft is None and i - 1 not in paired:
            draft = draft_of(page, nouns, amount, times)
        if draft is not None:
            found.append(draft)
    return sorted(found + _both(page, nouns), key=lambda d: (d.start, d.end))
