"""Aggregates of one number question under named, versioned rules: what each used and set aside, and why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from standoff import vocab
from standoff.errors import UsageError
from standoff.model import Account, Question
from standoff.model.annotation import Number
from standoff.reconcile.findings import superseded
from standoff.reconcile.trust import Trust
from standoff.reconcile.wording import WORD


class SetAside(msgspec.Struct, frozen=True, kw_only=True):
    """An account that a rule did not use, and why."""

    account: str
    why: str


class Aggregate(msgspec.Struct, frozen=True, kw_only=True):
    """A figure under a named rule. None is unknown or unbounded, never 0.

    ``means`` says the rule in words; ``notes`` what a reader must know of the figure, such as that
    it is a party's figure of another party's losses.
    """

    rule: str
    version: int
    of: str
    means: str
    low: Number | None = None
    high: Number | None = None
    best: Number | None = None
    used: tuple[str, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    notes: tuple[str, ...] = ()


Chosen = tuple[Number | None, Number | None, Number | None]


def rules() -> tuple[str, ...]:
    """Names of the rules."""
    return tuple(vocab.load("aggregation_rules")["rules"])


def aggregate(
    question: Question,
    rule: str = "minmax",
    *,
    group_party: str | None = None,
    status_contested: bool = False,
    trust: Trust | None = None,
) -> Aggregate:
    """The question's figure under a rule. ``group_party`` is the party whose members are counted;
    ``status_contested`` says that sources contest who was a civilian (minmax then starts at 0).

    Raises `UsageError` for a rule that does not exist.
    """
    if rule not in RULES:
        raise UsageError(f"there is no aggregation rule {rule!r}", todo=f"use one of {', '.join(rules())}")
    about: dict[str, Any] = vocab.load("aggregation_rules")["rules"][rule]
    used, aside = _usable(question, rule, trust or Trust())
    low, high, best = RULES[rule](used)
    if rule == "minmax" and status_contested and low is not None:
        low = 0
    return Aggregate(
        rule=rule,
        version=about["version"],
        of=about["of"],
        means=about["means"],
        low=low,
        high=high,
        best=best,
        used=tuple(each.id for each in used),
        set_aside=tuple(aside),
        notes=tuple(_notes(used, group_party)),
    )


def _usable(question: Question, rule: str, trust: Trust) -> tuple[list[Account], list[SetAside]]:
    replaced = superseded(question.links)
    copies = {link.from_ for link in question.links if link.relation == "repeats"}
    used, aside = [], []
    for account in question.accounts:
        parties = (account.party_id,) if account.party_id else ()
        if account.id in replaced:
            why = "its own source replaced it"
        elif account.id in copies:
            why = "it repeats an account already used"
        elif not trust.counts(own=account.source is None, parties=parties):
            why = "its source was left out by choice"
        elif rule != "lowest" and account.low is None and account.high is None and account.best is None:
            why = "it gives no bounds"
        elif account.answer is not None and account.answer.startswith("not "):
            why = "it only denies a figure"
        else:
            used.append(account)
            continue
        aside.append(SetAside(account=account.id, why=why))
    return used, aside


def _lows(accounts: list[Account]) -> list[Number]:
    known = (each.low if each.low is not None else each.best for each in accounts)
    return [low for low in known if low is not None]


def _highs(accounts: list[Account]) -> list[Number]:
    known = (each.high if each.high is not None else (each.best or each.low) for each in accounts)
    return [high for high in known if high is not None]


def _minmax(accounts: list[Account]) -> Chosen:
    return min(_lows(accounts), default=None), max(_highs(accounts), default=None), None


def _best_low_high(accounts: list[Account]) -> Chosen:
    """Best: the value with most origins, the later told on a tie (accounts stand in time order)."""
    origins: dict[Number, set[str]] = {}
    for each in accounts:
        value = each.best if each.best is not None else each.low
        if value is not None:
            held = origins.pop(value, set())
            origins[value] = held | {each.origin}
    best = None
    for value, of in origins.items():
        best = value if best is None or len(of) >= len(origins[best]) else best
    low, high, _ = _minmax(accounts)
    return low, high, best


def _lowest(accounts: list[Account]) -> Chosen:
    table = vocab.load("aggregation_rules")["vague"]["lowest"]
    values: list[Number] = []
    for each in accounts:
        vague = [table[word] for word in map(str.casefold, WORD.findall(each.text)) if word in table]
        values += vague[:1] if vague and each.best is None else _lows([each])
    lowest = min(values, default=None)
    return lowest, lowest, lowest


def _conservative(accounts: list[Account]) -> Chosen:
    low = min(_lows(accounts), default=None)
    return low, None, None


def _latest(accounts: list[Account]) -> Chosen:
    newest = {each.origin: each for each in accounts}
    return _minmax(list(newest.values()))


RULES: dict[str, Callable[[list[Account]], Chosen]] = {
    "minmax": _minmax,
    "best_low_high": _best_low_high,
    "lowest": _lowest,
    "conservative": _conservative,
    "latest": _latest,
}


def _notes(used: list[Account], group_party: str | None) -> list[str]:
    if group_party is None:
        return []
    others = dict.fromkeys(
        each.source for each in used if each.source and each.party_id and each.party_id != group_party
    )
    return [f"a figure by {source} of members of another party" for source in others]
