"""An account as one convention sees it: its bounds, with vague words by the convention's own table."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from standoff import vocab
from standoff.model import Account
from standoff.model.annotation import Number

NUMERAL = re.compile(r"\d")
WORD = re.compile(r"[^\W\d_]+")


class Seen(NamedTuple):
    """``low``: the least it says; ``top``: the most it names (a lower bound names itself, and is then
    ``unbounded``); ``named``: the one figure it stands for, where it has one; ``origin``: whose words."""

    account: Account
    origin: str
    low: Number | None
    top: Number | None
    named: Number | None
    low_open: bool = False
    top_open: bool = False
    unbounded: bool = False
    notes: tuple[str, ...] = ()


def seen_under(account: Account, rule: dict[str, Any], origin: str | None = None) -> Seen:
    """The account under a rule of ``aggregation_rules.toml``."""
    whose = origin or account.party_id or account.origin
    if account.approximate and account.best is None:
        return _vague(account, rule, whose)
    if account.approximate and rule["named"]:
        note = () if account.low == account.high else (_note("approximate", text=account.text),)
        return Seen(account, whose, account.best, account.best, account.best, notes=note)
    low = account.low if account.low is not None or account.high is not None else account.best
    top = account.high if account.high is not None else (account.best if account.best is not None else low)
    return Seen(
        account,
        whose,
        low,
        top,
        account.best if account.best is not None else low,
        low_open=account.low_open and low is not None,
        top_open=account.high_open and account.high is not None,
        unbounded=account.high is None and low is not None and account.best is None,
    )


def _vague(account: Account, rule: dict[str, Any], origin: str) -> Seen:
    """A vague word: one number by the convention's table, if that has the word; else our bounds."""
    entry = _entry(account.text, rule.get("vague"))
    if entry is not None:
        key = "vague_larger" if "larger" in entry else "vague"
        words = _note(key, text=account.text, value=entry["best"], of=rule["of"], larger=entry.get("larger"))
        return Seen(account, origin, entry["best"], entry["best"], entry["best"], notes=(words,))
    ours = rule["of"] == "standoff"
    note = () if ours else (_note("vague_ours", text=account.text, of=rule["of"]),)
    top = account.high if account.high is not None else account.low
    unbounded = account.high is None
    return Seen(account, origin, account.low, top, None, unbounded=unbounded, notes=note)


def _entry(text: str, table: str | None) -> dict[str, int] | None:
    """The table's entry for the one number word of a text. "Several hundred" and "5 of many" have none."""
    if table is None or NUMERAL.search(text):
        return None
    words: dict[str, dict[str, int]] = vocab.load("aggregation_rules")["vague"][table]["words"]
    told = [word for word in map(str.casefold, WORD.findall(text)) if word in words or word in _numbers()]
    return words.get(told[0]) if len(told) == 1 else None


@cache
def _numbers() -> frozenset[str]:
    """Every word that counts, in the language that the reader reads."""
    words = vocab.load("en/numbers")
    return frozenset({*words["cardinals"], *words["scales"], *words["vague"]})


def _note(key: str, **parts: object) -> str:
    template: str = vocab.load("en/aggregates")["notes"][key]
    return template.format(**parts)
