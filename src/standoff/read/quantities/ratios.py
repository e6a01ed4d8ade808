"""Two numbers that make one: shares ("one in five") and rates ("14 per 100,000 people")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from standoff import vocab
from standoff.read.quantities import rules
from standoff.read.quantities.amounts import Amount
from standoff.read.quantities.draft import Draft
from standoff.read.quantities.nouns import Nouns
from standoff.read.quantities.rules import tidy
from standoff.read.quantities.units import unit_of

RATIOS = vocab.load("en/numbers")["ratios"]


def _any(words: list[str]) -> str:
    ordered = sorted(words, key=lambda w: (-len(w), w))
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in ordered)


SHARE = re.compile(rf"\s+(?P<word>{_any(RATIOS['share'])})\s+", re.IGNORECASE)
RATE = re.compile(rf"(?:\s+[^\W\d_][\w-]*){{0,3}}?\s+(?:{_any(RATIOS['rate'])})\s+", re.IGNORECASE)
# What may stand before a share: the start of a clause, or a word of the list.
OPENING = re.compile(rf"(?:^|[.,;:(\"“\n-]\s*|(?<!\w)(?:{_any(RATIOS['before'])})\s+)$", re.IGNORECASE)
MOST = 20
WINDOW = 24


def _is_share(text: str, a: Amount, b: Amount) -> bool:
    """Whether "A in B" is a share: small, no year or length of time, and at the head of its clause."""
    top, bottom = a.last.bounds.best, b.last.bounds.best
    found = SHARE.fullmatch(text, a.end, b.start)
    if not found or a.is_range or b.is_range or b.hedges or top is None or bottom is None:
        return False
    if not 0 < top < bottom or top > MOST or a.sign or b.sign or unit_of(text, a) or unit_of(text, b):
        return False
    if found["word"].lower() != "in":
        return True
    if b.last.plain and len(b.last.digits) == 4:
        return False
    return OPENING.search(text, max(0, a.start - WINDOW), a.start) is not None


def _is_rate(text: str, a: Amount, b: Amount) -> bool:
    """Whether "A per B" is a rate: B a round number, 100 or more."""
    base = b.last.bounds.best
    if base is None or base < 100 or base % 100 or b.is_range or b.sign or a.end > b.start:
        return False
    return b.start - a.end < 2 * WINDOW and RATE.fullmatch(text, a.end, b.start) is not None


def _share(nouns: Nouns, a: Amount, b: Amount) -> Draft:
    counted = nouns.after(b.end)
    bottom = b.last.bounds.best or 1
    return Draft(
        start=a.start,
        end=max(b.end, counted.end),
        kind="percent",
        unit="%",
        bounds=rules.times(a.bounds, 100 / bottom),
        counted=counted,
        anchor=counted.head,
        hedges=a.hedges,
        number_start=a.core[0],
        number_end=b.core[1],
    )


def _rate(text: str, nouns: Nouns, a: Amount, b: Amount) -> Draft:
    counted, of = nouns.after(a.end), nouns.after(b.end)
    unit = f"per {tidy(b.last.bounds.best or 0):,}"
    return Draft(
        start=a.start,
        end=max(b.end, of.end),
        kind="rate",
        unit=f"{unit} {of.what}" if of.what else unit,
        bounds=a.bounds,
        counted=counted,
        anchor=counted.head,
        hedges=a.hedges,
        number_start=a.core[0],
        number_end=a.core[1],
    )


def ratios(text: str, nouns: Nouns, amounts: Sequence[Amount]) -> dict[int, Draft]:
    """The ratios among amounts in text order, by the index of the first of their two numbers."""
    found: dict[int, Draft] = {}
    for i, (a, b) in enumerate(pairwise(amounts)):
        if i - 1 in found or b.start - a.end > 2 * WINDOW:
            continue
        if _is_share(text, a, b):
            found[i] = _share(nouns, a, b)
        elif _is_rate(text, a, b):
            found[i] = _rate(text, nouns, a, b)
    return found
