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


def joins_of(item: Mapping[str, Any]) -> list[Join]:
    """One join an answer: to the nearest earlier row of its source that a link of it names."""
    row = {account["id"]: n for n, account in enumerate(item["accounts"])}
    found: dict[int, Join] = {}
    for link in item["links"]:
        newer, older = row.get(link["from"]), row.get(link["to"])
        if newer is None or older is None or link["relation"] not in JOINED:
            continue
        if not _one_source(item["accounts"][newer], item["accounts"][older]):
            continue
        join = Join(newer, older, link["relation"])
        kept = found.get(newer)
        if kept is None or abs(newer - older) < abs(kept.newer - kept.older):
            found[newer] = join
    return [found[n] for n in sorted(found)]


def _one_source(a: Account, b: Account) -> bool:
    return (a["source"], a["party_id"]) == (b["source"], b["party_id"])


def lines_of(joins: Sequence[Join], accounts: Sequence[Account], scale: Scale) -> dict[int, list[Markup]]:
    """What each row draws: a join runs from marker to marker, a piece in every row that it crosses."""
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
    for row in range(upper, lower + 1):
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
