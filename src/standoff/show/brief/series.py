"""A source's figures over time: which of its answers follows which, and the lines that join them.

Time runs down the rows of a chart, values across it. What a join means is told by its stroke and in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from standoff.show.brief.charts import Scale, percent
from standoff.show.brief.svg import tag

JOINED = {
    "revises": "replaces its own",
    "corrects": "lowers its own",
    "develops": "later state, after its own",
    "repeats": "says again its own",
}
"""Links between answers of one source that are drawn, with words for them."""
SIDESTEP = 3
"""Pixels by which the lines of different sources stand apart, so that none hides another."""

REACH = 30
"""Rows that a join crosses at most; a longer one is drawn at its ends only, and told in words as ever."""

Account = Mapping[str, Any]


class Join(NamedTuple):
    """That an answer follows an earlier one of its own source: numbers of their rows."""

    newer: int
    older: int
    relation: str

    @property
    def words(self) -> str:
        """What the newer answer does to the older one, as a person says it."""
        return JOINED[self.relation]


def in_rows(item: Mapping[str, Any]) -> list[Account]:
    """Accounts in the order of telling; of one day, a figure stands above the one of its source that follows
    it, though a report may tell the newer first."""
    accounts = list(item["accounts"])
    links = _links(item, {account["id"]: account for account in accounts})
    older = {
        newer["id"]: old
        for newer, old, relation in reversed(links)
        if relation != "repeats" and _told(newer) == _told(old)
    }

    def steps(account: Account) -> int:
        passed: set[str] = set()
        while account["id"] in older and account["id"] not in passed:
            passed.add(account["id"])
            account = older[account["id"]]
        return len(passed)

    days = {day: n for n, day in enumerate(dict.fromkeys(map(_told, accounts)))}
    return sorted(accounts, key=lambda account: (days[_told(account)], steps(account)))


def joins_of(item: Mapping[str, Any], rows: Sequence[Account]) -> list[Join]:
    """One join an answer, to the answer of its source that it follows.

    Where several replace the same older figure, the first of them does; the others follow that one.
    """
    place = {account["id"]: n for n, account in enumerate(rows)}
    found: dict[int, Join] = {}
    for newer, older, relation in _links(item, {account["id"]: account for account in rows}):
        join = Join(place[newer["id"]], place[older["id"]], relation)
        kept = found.get(join.newer)
        if kept is None or abs(join.newer - join.older) < abs(kept.newer - kept.older):
            found[join.newer] = join
    taken: dict[int, int] = {}
    joins = []
    for n in sorted(found):
        join = found[n]
        first = taken.setdefault(join.older, n) if join.relation != "repeats" else n
        if first != n:
            same = _answer(rows[first]) == _answer(rows[n])
            join = Join(n, first, "repeats" if same else join.relation)
        joins.append(join)
    return joins


def _links(item: Mapping[str, Any], named: Mapping[str, Account]) -> list[tuple[Account, Account, str]]:
    """Newer, older and relation of each link between two answers of one source."""
    return [
        (named[link["from"]], named[link["to"]], link["relation"])
        for link in item["links"]
        if link["relation"] in JOINED
        and link["from"] in named
        and link["to"] in named
        and _one_source(named[link["from"]], named[link["to"]])
    ]


def _told(account: Account) -> str | None:
    told: str | None = account["said"] or account["published"]
    return told


def _answer(account: Account) -> tuple[Any, ...]:
    return tuple(account[name] for name in ("low", "high", "best", "answer"))


def _one_source(a: Account, b: Account) -> bool:
    return (a["source"], a["party_id"]) == (b["source"], b["party_id"])


def lines_of(joins: Sequence[Join], accounts: Sequence[Account], scale: Scale) -> dict[int, list[Markup]]:
    """What each row draws: a join runs from marker to marker, a piece in every row that it crosses (see
    `REACH`)."""
    sources = list(dict.fromkeys(accounts[join.newer]["source"] for join in joins))
    drawn: dict[int, list[Markup]] = {}
    for join in joins:
        aside = sources.index(accounts[join.newer]["source"]) - (len(sources) - 1) / 2
        for row, piece in _pieces(join, accounts, scale):
            drawn.setdefault(row, []).append(
                tag("g", piece, transform=f"translate({aside * SIDESTEP:g} 0)") if aside else piece
            )
    return drawn


def _pieces(join: Join, accounts: Sequence[Account], scale: Scale) -> Iterator[tuple[int, Markup]]:
    ends = {n: value_of(accounts[n]) for n in (join.newer, join.older)}
    upper, lower = sorted(ends)
    first, last = ends[upper], ends[lower]
    if first is None or last is None:
        return
    start, end = scale.at(first), scale.at(last)
    rows = range(upper, lower + 1) if lower - upper <= REACH else (upper, lower)
    for row in rows:
        top, bottom = max(row, upper + 0.5), min(row + 1, lower + 0.5)
        x1, x2 = (start + (end - start) * (y - upper - 0.5) / (lower - upper) for y in (top, bottom))
        yield (
            row,
            tag(
                "line",
                x1=percent(x1),
                x2=percent(x2),
                y1=percent((top - row) * 100),
                y2=percent((bottom - row) * 100),
                class_=f"join {join.relation}",
            ),
        )


def value_of(account: Account) -> float | None:
    """Where an answer is joined: at the number as said, else at the bound that it sets."""
    return next((account[name] for name in ("best", "low", "high") if account[name] is not None), None)
