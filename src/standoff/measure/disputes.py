"""A record's disputes in words against a gold list: what is hit, what is missed and why, what is a false
alarm.

    python -m standoff.measure.disputes GOLD REPORTS

GOLD is a file of ``measure/gold/clusters``: its ``disputes`` have a kind and sides, each side the spans that
hold its answer; its ``not_disputes`` are look-alikes. A gold dispute is hit when a dispute of its kind or of
a near one has, on two of its own sides, accounts on the words of two gold sides. Disputes about numbers are
scored elsewhere. A found dispute that hits nothing touches a look-alike, or it is unmatched: a false alarm
until a person has judged it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import msgspec

from standoff.errors import StandoffError
from standoff.measure.pipeline import build
from standoff.model import Account, Dispute, View

Gold = Mapping[str, Any]
Words = tuple[str, int, int]
NUMBERS = frozenset({"number", "divergent"})
NEAR = (
    frozenset({"occurrence", "actor", "responsibility"}),
    frozenset({"occurrence", "nature"}),
    frozenset({"occurrence", "access"}),
    frozenset({"occurrence", "time"}),
    frozenset({"occurrence", "place"}),
    frozenset({"occurrence", "legitimacy"}),
    frozenset({"nature", "motive"}),
    frozenset({"nature", "access"}),
    frozenset({"nature", "legitimacy"}),
    frozenset({"motive", "legitimacy"}),
    frozenset({"motive", "responsibility"}),
    frozenset({"responsibility", "legitimacy"}),
)
"""Kinds that two careful readers may give to one dispute: a denial of a deed is about whether, and about
who."""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """A gold dispute and what became of it. ``dispute`` is the one that hits it, ``same_kind`` whether of
    its kind."""

    about: str
    kind: str
    weak: bool
    hit: bool
    same_kind: bool
    dispute: str | None
    reason: str


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A dispute of the record: it matches a gold one, touches a look-alike, or neither."""

    dispute: str
    kind: str
    question: str
    stands: Literal["matched", "look-alike", "unmatched"]
    about: str | None


class WordScore(msgspec.Struct, frozen=True, kw_only=True):
    """All disputes in words of one record. Weak gold disputes count neither way."""

    cluster: str
    reports: int
    outcomes: tuple[Outcome, ...]
    found: tuple[Found, ...]

    @property
    def hits(self) -> int:
        """Gold disputes hit, the weak left out."""
        return sum(each.hit for each in self.outcomes if not each.weak)

    @property
    def wanted(self) -> int:
        """Gold disputes, the weak left out."""
        return sum(not each.weak for each in self.outcomes)

    @property
    def alarms(self) -> int:
        """Found disputes that match nothing."""
        return sum(each.stands != "matched" for each in self.found)

    @property
    def alarms_per_report(self) -> float:
        """False alarms, until judged, for each report."""
        return self.alarms / self.reports if self.reports else 0.0


def score_file(path: Path, view: View) -> WordScore:
    """Score a record against the gold of its cluster."""
    return score_disputes(json.loads(path.read_text(encoding="utf-8")), view)


def score_disputes(gold: Gold, view: View) -> WordScore:
    """Score a record's disputes in words against ``gold["disputes"]`` and ``gold["not_disputes"]``."""
    board = _Board(view)
    disputes = [each for each in view.derived.disputes if each.kind not in NUMBERS]
    matches = [[each for each in disputes if board.matches(each, row)] for row in gold["disputes"]]
    outcomes = tuple(
        _outcome(row, held, board, disputes) for row, held in zip(gold["disputes"], matches, strict=True)
    )
    of: dict[str, str] = {}
    for row, held in zip(gold["disputes"], matches, strict=True):
        for each in held:
            of.setdefault(each.id, row["about"])
    found = tuple(_found(each, of, board, gold.get("not_disputes", ())) for each in disputes)
    return WordScore(
        cluster=gold.get("cluster", ""), reports=len(view.reports), outcomes=outcomes, found=found
    )


def near(kind: str, other: str) -> bool:
    """Whether two kinds are one, or kinds that readers may give to one dispute."""
    return kind == other or any({kind, other} <= each for each in NEAR)


class _Board:
    """The record's accounts by dispute and side."""

    def __init__(self, view: View) -> None:
        self.account: dict[str, Account] = {
            account.id: account for question in view.derived.questions for account in question.accounts
        }
        self.view = view

    def sides(self, dispute: Dispute) -> list[list[Account]]:
        return [[self.account[each] for each in side.accounts] for side in dispute.sides]

    def touched(self, accounts: Sequence[Account], spans: Sequence[Sequence[Any]]) -> bool:
        return any(_on(account, span) for account in accounts for span in spans)

    def covered(self, dispute: Dispute, row: Gold) -> list[set[int]]:
        """For each side of a dispute, the gold sides that it has accounts on."""
        return [
            {n for n, side in enumerate(row["sides"]) if self.touched(accounts, side["spans"])}
            for accounts in self.sides(dispute)
        ]

    def opposes(self, dispute: Dispute, row: Gold) -> bool:
        """Whether two sides of a dispute stand on two sides of a gold one."""
        held = [each for each in self.covered(dispute, row) if each]
        return any(a - b or b - a for n, a in enumerate(held) for b in held[n + 1 :])

    def matches(self, dispute: Dispute, row: Gold) -> bool:
        return near(dispute.kind, row["kind"]) and self.opposes(dispute, row)


def _on(account: Account, span: Sequence[Any]) -> bool:
    doc, start, end = span
    return bool(account.report == doc and account.span[0] < end and start < account.span[1])


def _outcome(row: Gold, held: Sequence[Dispute], board: _Board, disputes: Sequence[Dispute]) -> Outcome:
    best = next((each for each in held if each.kind == row["kind"]), held[0] if held else None)
    return Outcome(
        about=row["about"],
        kind=row["kind"],
        weak=bool(row.get("weak", False)),
        hit=best is not None,
        same_kind=best is not None and best.kind == row["kind"],
        dispute=best.id if best else None,
        reason=f"as {best.kind}" if best else _why_missed(row, board, disputes),
    )


def _why_missed(row: Gold, board: _Board, disputes: Sequence[Dispute]) -> str:
    """The first thing that fails: the kind, one side, the joining, or the reading."""
    opposed = [each for each in disputes if board.opposes(each, row)]
    if opposed:
        return f"found as {opposed[0].kind}, which is no near kind"
    touching = [each for each in disputes if any(board.covered(each, row))]
    if touching:
        return f"one side only stands in a dispute ({touching[0].kind})"
    asked = [
        each.kind
        for each in board.view.derived.questions
        if each.kind not in NUMBERS
        and sum(board.touched(each.accounts, side["spans"]) for side in row["sides"]) > 1
    ]
    if asked:
        return f"both sides answer one question ({asked[0]}), not against each other"
    unread = [side["party"] for side in row["sides"] if not _read(board.view, side["spans"])]
    if unread:
        return f"nothing a source says is read on the words of {', '.join(unread)}"
    return "both sides are read and not set against each other"


def _read(view: View, spans: Sequence[Sequence[Any]]) -> bool:
    """Whether a statement of a source or a claim stands on some of the words."""
    for reading in view.readings:
        mine = [(start, end) for doc, start, end in spans if doc == reading.report]
        held = [s for each in reading.statements if each.voice == "source" for s in each.content]
        held += [s for each in reading.claims for s in each.evidence]
        if any(a < end and start < b for start, end in mine for a, b in held):
            return True
    return False


def _found(each: Dispute, of: Mapping[str, str], board: _Board, lookalikes: Sequence[Gold]) -> Found:
    about = of.get(each.id)
    stands: Literal["matched", "look-alike", "unmatched"] = "matched" if about else "unmatched"
    if not about:
        for row in lookalikes:
            sides = board.sides(each)
            on = [{n for n, span in enumerate(row["spans"]) if board.touched(s, [span])} for s in sides]
            if len(set().union(*on)) > 1 and sum(bool(held) for held in on) > 1:
                about, stands = row["about"], "look-alike"
                break
    return Found(dispute=each.id, kind=each.kind, question=each.question, stands=stands, about=about)


def lines(score: WordScore) -> Iterator[str]:
    """The score in words: counts, then each gold dispute, then each found one."""
    strong = [each for each in score.outcomes if each.hit and not each.weak]
    same = sum(each.same_kind for each in strong)
    yield (
        f"{score.cluster}: {score.hits} of {score.wanted} disputes hit ({same} of the same kind), "
        f"{score.alarms} unmatched in {score.reports} reports ({score.alarms_per_report:.2f} a report)"
    )
    for each in score.outcomes:
        weak = " (weak)" if each.weak else ""
        yield f"  {'hit ' if each.hit else 'MISS'} {each.kind}{weak}: {each.about} | {each.reason}"
    for found in score.found:
        about = f" | {found.about}" if found.about else ""
        yield f"  {found.stands}: {found.kind}: {found.question}{about}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(prog="python -m standoff.measure.disputes")
    parser.add_argument("gold", type=Path, help="a gold file of a cluster")
    parser.add_argument("reports", type=Path, help="the cluster's reports, as JSON Lines")
    options = parser.parse_args(arguments)
    try:
        score = score_file(options.gold, build([options.reports]).view)
    except StandoffError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    sys.stdout.write("\n".join(lines(score)) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
