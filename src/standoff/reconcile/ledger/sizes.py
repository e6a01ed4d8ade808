"""How counts of the model compare: in size, in time, and in what they say they count."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cache
from typing import Any

from standoff import vocab
from standoff.model.annotation import Number
from standoff.model.when import first_day, last_day
from standoff.reconcile.accounts import Told
from standoff.reconcile.ledger.given import overlap
from standoff.reconcile.ledger.terms import Edges, Unknown, edges
from standoff.reconcile.wording import WORD

FIRST = dt.date.min


@cache
def rules() -> dict[str, Any]:
    """Which roles add to, take from, or are states of a group; order of assumptions; budgets."""
    found: dict[str, Any] = vocab.load("aggregation_rules")["ledger"]
    return found


@cache
def roles(*names: str) -> frozenset[str]:
    """Roles of the named lists together, e.g. ``roles("losses", "gains")``."""
    return frozenset(role for name in names for role in rules()[name])


def known(unknown: Unknown, report: str | None = None) -> list[Told]:
    """Accounts that say something of the value: those of one report, if it has any, else all."""
    return [each for each in unknown.known if each.page.report.id == report] or unknown.known


def _edges(unknown: Unknown, report: str | None) -> Edges:
    """Lowest low and highest high that is said; None where an account leaves that side open."""
    return unknown.edges if report is None else edges(known(unknown, report))


def below(a: Unknown, b: Unknown, report: str | None = None) -> bool:
    """Whether all that is said of ``a`` (in one report, if named) lies below all that is said of ``b``."""
    high, low = _edges(a, report)[1], _edges(b, report)[0]
    return high is not None and low is not None and high < low


def no_more(a: Unknown, b: Unknown, report: str | None = None) -> bool:
    """Whether ``a`` is by all that is said no more than ``b``."""
    high, low = _edges(a, report)[1], _edges(b, report)[0]
    return high is not None and low is not None and high <= low


def can_close(whole: Unknown, parts: Iterable[tuple[int, Unknown]], report: str | None = None) -> bool:
    """Whether a whole may be the signed sum of its parts, by what is said of them."""
    least, most = _edges(whole, report)
    low: Number | None = 0
    high: Number | None = 0
    for sign, part in parts:
        least_of, most_of = _edges(part, report)
        first, second = (least_of, most_of) if sign > 0 else (most_of, least_of)
        low = None if low is None or first is None else low + sign * first
        high = None if high is None or second is None else high + sign * second
    apart = low is not None and most is not None and low > most
    return not apart and not (high is not None and least is not None and high < least)


def out_of_scale(start: Unknown, flows: list[Unknown]) -> bool:
    """Whether a count is so much larger or smaller than what left it that they count other things."""
    lows = [each.figure.low for each in start.told if each.figure.low is not None]
    highs = [each.figure.high for each in start.told if each.figure.high is not None]
    lost = [each.figure.low for flow in flows for each in flow.told if each.figure.low is not None]
    if not lost:
        return False
    most: int = rules()["balance_scale"]
    return bool(highs and max(lost) > max(highs)) or bool(lows and min(lows) > most * max(1, *lost))


def day(moment: str | None, *, last: bool = False) -> dt.date:
    """First (or last) day of a moment; the first of all days when it is unknown."""
    found = last_day(moment) if last else first_day(moment)
    return found or FIRST


def moment_key(moment: str | None) -> tuple[dt.date, dt.date, str]:
    """Time order of moments: by first day, then last; an unknown moment comes first, as a start."""
    return day(moment), day(moment, last=True), moment or ""


def by_index(unknowns: Iterable[Unknown]) -> list[Unknown]:
    """Unknowns in the order they were made."""
    return sorted(unknowns, key=lambda each: each.index)


def falls(earlier: Unknown, later: Unknown) -> bool:
    """Whether the accounts of the later moment lie below all that the earlier ones allow."""
    return below(later, earlier)


def _described(unknown: Unknown) -> frozenset[str]:
    """What the words say of those counted, beside the noun itself: "foreign" of "foreign fighters"."""
    if unknown.described is not None:
        return unknown.described
    found: set[str] = set()
    for quantity in (each.quantity for each in unknown.told):
        if quantity is not None:
            noun = {word.casefold() for word in WORD.findall(quantity.what or "")}
            found |= {word.casefold() for word in WORD.findall(quantity.group or "")} - noun
    unknown.described = frozenset(found)
    return unknown.described


def may_be_of(flow: Unknown, start: Unknown) -> bool:
    """Whether a flow may be of those counted at the start: neither is named by who speaks of it, and
    where both are described they share a word of it ("foreign" and "local" fighters do not)."""
    mine, other = _described(flow), _described(start)
    if (mine | other) & frozenset(rules()["relative"]):
        return False
    return not mine or not other or bool(mine & other)


def vague(unknown: Unknown) -> bool:
    """Whether only words without a figure ("dozens") say how many."""
    told = known(unknown)
    return not told or all(each.figure.vague for each in told)


def torn(unknown: Unknown) -> bool:
    """Whether its accounts clash, so that nobody tells of all that they span."""
    low, high = overlap(unknown.told)
    return low is not None and high is not None and low.value > high.value
