"""Pairs of figures labelled by hand: which contradict, which revise, which only look alike.

    python -m standoff.measure.pairs [DATA] [--given] [--errors]

A pair counts as called a contradiction when its two figures stand on two sides of one dispute about a number
(divergent bounds are none) and cannot both be true: a side holds its sources' earlier figures, too. Pairs
marked weak count neither way. Revisions and developments are one, as a rising toll may be called either: a
step of a series is recognised when its figures are linked so within one question. Joins are judged by the
pairs: two figures of one incident in the record, labelled as of different incidents, are a wrong join. 95 %
intervals draw the questions of each cluster again.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from standoff.errors import StandoffError
from standoff.measure.gold_clusters import DATA, Row, from_quantities, from_text, gold_of, names
from standoff.measure.intervals import Sums, f1, scored, share
from standoff.model import Account, View
from standoff.reconcile.figures.figure import Figure, make_figure, meet

CHANGES = frozenset({"revises", "corrects", "develops"})
NUMBER = frozenset({"number", "divergent"})


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """A labelled pair and what the record makes of it.

    ``called`` is contradiction, change, compatible (one question, neither), apart (two questions) or unread;
    ``joined`` whether both are of one incident, None when either is of none.
    """

    a: str
    b: str
    question: str
    label: str
    weak: bool
    called: str
    joined: bool | None


class Board:
    """A record's accounts laid on the gold rows of its cluster."""

    def __init__(self, rows: Sequence[Row], view: View) -> None:
        questions = [each for each in view.derived.questions if each.kind in NUMBER]
        self.question = {a.id: q.id for q in questions for a in q.accounts}
        self.side = {
            account: (dispute.id, n)
            for dispute in view.derived.disputes
            if dispute.kind == "number"
            for n, side in enumerate(dispute.sides)
            for account in side.accounts
        }
        told = {a.id: _figure(a) for q in questions for a in q.accounts}
        self.changed = {
            (q.id, frozenset((told[link.from_], told[link.to])))
            for q in questions
            for link in q.links
            if link.relation in CHANGES
        }
        by_report: defaultdict[str, list[Account]] = defaultdict(list)
        for question in questions:
            for account in question.accounts:
                by_report[account.report].append(account)
        self.on = {row["id"]: _over(by_report[row["doc"]], row) for row in rows}
        self.incident = {
            row: view.referents.incident_of.get(account.quantity or "")
            for row, account in self.on.items()
            if account is not None
        }

    def called(self, a: str, b: str) -> str:
        """What the record makes of two figures."""
        one, other = self.on[a], self.on[b]
        if one is None or other is None:
            return "unread"
        mine, theirs = self.side.get(one.id), self.side.get(other.id)
        opposed = mine and theirs and mine[0] == theirs[0] and mine[1] != theirs[1]
        if opposed and not meet(_in_arithmetic(one), _in_arithmetic(other)):
            return "contradiction"
        question = self.question[one.id]
        if question != self.question[other.id]:
            return "apart"
        if (question, frozenset((_figure(one), _figure(other)))) in self.changed:
            return "change"
        return "compatible"

    def joined(self, a: str, b: str) -> bool | None:
        """Whether two figures are of one incident."""
        one, other = self.incident.get(a), self.incident.get(b)
        return one == other if one and other else None


def _figure(account: Account) -> tuple[object, ...]:
    """A figure, by whomever, whenever and wherever it is told."""
    return account.low, account.high, account.best


def _in_arithmetic(account: Account) -> Figure:
    return make_figure(
        account.low,
        account.high,
        account.best,
        low_open=account.low_open,
        high_open=account.high_open,
        approximate=account.approximate,
    )


def _over(accounts: Sequence[Account], row: Row) -> Account | None:
    """The account on a row's words: that which overlaps most."""
    found = [
        (min(each.span[1], row["end"]) - max(each.span[0], row["start"]), each)
        for each in accounts
        if each.span[0] < row["end"] and row["start"] < each.span[1]
    ]
    return max(found, key=lambda pair: (pair[0], pair[1].id))[1] if found else None


def judge(gold: Mapping[str, object], view: View) -> list[Judged]:
    """Every labelled pair of a cluster against its record."""
    rows: list[Row] = gold["quantities"]  # type: ignore[assignment]
    pairs: list[Row] = gold["pairs"]  # type: ignore[assignment]
    board = Board(rows, view)
    asked = {row["id"]: row["question"] for row in rows}
    return [
        Judged(
            a=pair["a"],
            b=pair["b"],
            question=asked[pair["a"]],
            label=pair["label"],
            weak=pair.get("weak", False),
            called=board.called(pair["a"], pair["b"]),
            joined=board.joined(pair["a"], pair["b"]),
        )
        for pair in pairs
    ]


def series(gold: Mapping[str, object], view: View) -> list[tuple[str, int, int]]:
    """Every revision series: what it is about, its steps, and how many of them the record links so."""
    board = Board(gold["quantities"], view)  # type: ignore[arg-type]
    listed: list[Row] = gold["revisions"]  # type: ignore[assignment]
    return [
        (each["about"], len(each["steps"]), sum(board.called(a, b) == "change" for a, b in each["steps"]))
        for each in listed
    ]


def tally(judged: Sequence[Judged]) -> list[Counter[str]]:
    """Counts by question, which are drawn again for intervals."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for each in judged:
        if each.weak:
            continue
        counted = found[each.question]
        said, true = each.called == "contradiction", each.label == "contradiction"
        counted.update(said=said, true=true, right=said and true, pairs=1)
        if each.joined:
            counted.update(joined=1, joined_rightly=each.label != "different incident")
    return list(found.values())


def measures(sums: Sums) -> dict[str, object]:
    """Scores in percent."""
    return {
        "contradictions F1": f1(sums["right"], sums["said"], sums["true"]),
        "precision": share(sums["right"], sums["said"]),
        "recall": share(sums["right"], sums["true"]),
        "precision of joins": share(sums["joined_rightly"], sums["joined"]),
    }


def lines(
    judged: Mapping[str, list[Judged]], steps: Mapping[str, list[tuple[str, int, int]]]
) -> Iterator[str]:
    """A table over all clusters."""
    whole = [each for found in judged.values() for each in found]
    for name, found in (*judged.items(), ("all", whole)):
        scores, bounds = scored(tally(found), measures)  # type: ignore[arg-type]
        told = "  ".join(
            f"{key} {scores[key]:5.1f} ({bounds[key][0]:.0f}-{bounds[key][1]:.0f})" for key in scores
        )
        listed = [each for n, mine in steps.items() if name in {n, "all"} for each in mine]
        full = sum(done == size for _, size, done in listed)
        done = (
            f"series {full}/{len(listed)}, steps {sum(d for *_, d in listed)}/{sum(s for _, s, _ in listed)}"
        )
        yield f"{name:14} {told}  {done}"


def main(argv: Sequence[str] | None = None) -> int:
    """Score every cluster whose texts are there."""
    parser = argparse.ArgumentParser(prog="python -m standoff.measure.pairs", description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=DATA)
    parser.add_argument(
        "--given", action="store_true", help="quantities, sources and questions given by hand"
    )
    parser.add_argument("--errors", action="store_true", help="list pairs that are called otherwise")
    parser.add_argument("--on", nargs="*", default=None, help="only these clusters")
    asked = parser.parse_args(argv)
    judged: dict[str, list[Judged]] = {}
    steps = {}
    for name in asked.on or names():
        try:
            view = from_text(name, asked.data).view
        except StandoffError as error:
            sys.stderr.write(f"{name}: skipped, {error}\n")
            continue
        view = from_quantities(name, view) if asked.given else view
        judged[name], steps[name] = judge(gold_of(name), view), series(gold_of(name), view)
        for each in judged[name] if asked.errors else ():
            if (each.called == "contradiction") != (each.label == "contradiction"):
                weak = " (weak)" * each.weak
                sys.stdout.write(f"{each.a} {each.b}: {each.label}{weak}, called {each.called}\n")
    sys.stdout.writelines(f"{line}\n" for line in lines(judged, steps))
    return 0


if __name__ == "__main__":
    sys.exit(main())
