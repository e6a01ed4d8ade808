"""A cluster's record against its gold contradictions, revisions and look-alikes, each with a reason."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec

from standoff.model import Account, Dispute, Quantity, Question, View

Row = Mapping[str, Any]
CHANGES = frozenset({"revises", "corrects", "develops"})
NUMBER = re.compile(r"\d[\d,]*")
WORDS = {"dozen": 24}
NUMBER_KINDS = frozenset({"number", "divergent"})


class Contradiction(msgspec.Struct, frozen=True, kw_only=True):
    """A gold contradiction and what became of it; ``dispute`` is the id of the one that hits it."""

    about: str
    kind: str
    strong: bool
    found: bool
    verdict: str
    reason: str
    dispute: str | None = None


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """A gold revision series; ``scored`` when at least one step has figures at both ends."""

    about: str
    scored: bool
    found: bool
    steps: int
    steps_found: int
    reason: str


class LookAlike(msgspec.Struct, frozen=True, kw_only=True):
    """A pair that must not be flagged."""

    about: str
    flagged: bool


class Alarm(msgspec.Struct, frozen=True, kw_only=True):
    """A number dispute that hits no gold contradiction, and what its accounts are in gold."""

    dispute: str
    reason: str


class ClusterScore(msgspec.Struct, frozen=True, kw_only=True):
    """All of one cluster."""

    contradictions: tuple[Contradiction, ...]
    revisions: tuple[Series, ...]
    lookalikes: tuple[LookAlike, ...]
    alarms: tuple[Alarm, ...]


def score_gold(path: Path, view: View) -> ClusterScore:
    """Score a record against the gold of its cluster."""
    return score_cluster(json.loads(path.read_text(encoding="utf-8")), view)


def score_cluster(gold: Mapping[str, Any], view: View) -> ClusterScore:
    """Score a record against a cluster's gold: ``quantities``, ``contradictions``, ``revisions``, pairs."""
    board = _Board(gold["quantities"], view)
    contradictions = tuple(_contradiction(each, board) for each in gold["contradictions"])
    hits = {each.dispute for each in contradictions if each.dispute}
    number = [each for each in view.derived.disputes if each.kind == "number" and each.id not in hits]
    return ClusterScore(
        contradictions=contradictions,
        revisions=tuple(_series(each, board) for each in gold["revisions"]),
        lookalikes=tuple(
            LookAlike(about=each["about"], flagged=_hit(board, _pair_rows(each, board)) is not None)
            for each in gold["compatible_pairs"]
        ),
        alarms=tuple(Alarm(dispute=each.id, reason=_alarm(each, board, gold)) for each in number),
    )


class _Board:
    """The record's accounts and quantities, laid on the gold rows."""

    def __init__(self, rows: Sequence[Row], view: View) -> None:
        self.rows, self.view = rows, view
        self.questions = view.derived.questions
        self.disputes = view.derived.disputes
        self.account = {a.id: a for q in self.questions for a in q.accounts}
        self.quantities = {r.report: r.quantities for r in view.readings}

    def on(self, account: Account, row: Row) -> bool:
        """Whether an account stands on a row's words."""
        start, end = int(row["span_text_start_offset"]), int(row["span_end"])
        return account.report == row["doc"] and account.span[0] < end and start < account.span[1]

    def read(self, row: Row) -> list[Quantity]:
        """The quantities on a row's words."""
        start, end = row["span_text_start_offset"], row["span_end"]
        return [q for q in self.quantities.get(row["doc"], ()) if q.start < end and start < q.end]

    def asked(self, row: Row) -> list[Question]:
        """The number questions with an account on a row's words."""
        return [
            each
            for each in self.questions
            if each.kind in NUMBER_KINDS and any(self.on(account, row) for account in each.accounts)
        ]


# -- contradictions ---------------------------------------------------------------------------------


def _contradiction(gold: Mapping[str, Any], board: _Board) -> Contradiction:
    about = gold["about"] if isinstance(gold["about"], list) else [gold["about"]]
    weak = gold.get("weak", False)
    strong = gold["kind"] == "number" and not weak
    rows = [r for r in board.rows if r["question"] in about and r["doc"] in gold["docs"]]
    hit = _hit(board, rows) if gold["kind"] in {"number", "revision"} else None
    if hit:
        verdict, reason = "found", f"as {hit.id}"
    elif gold["kind"] == "revision":
        verdict, reason = "see revisions", "both figures are the report's own; scored as a revision"
    elif gold["kind"] == "number":
        verdict, reason = "missed", _why_apart(rows, board)
    else:
        verdict, reason = _in_words(gold, board)
    if weak:
        verdict += " (weak: counts neither way)"
    return Contradiction(
        about="; ".join(about),
        kind=gold["kind"],
        strong=strong,
        found=hit is not None,
        verdict=verdict,
        reason=reason,
        dispute=hit.id if hit else None,
    )


def _hit(board: _Board, rows: Sequence[Row]) -> Dispute | None:
    """The first dispute with accounts on different rows on two of its sides."""
    for dispute in board.disputes:
        sides = [
            {i for i, row in enumerate(rows) for a in side.accounts if board.on(board.account[a], row)}
            for side in dispute.sides
        ]
        held = [each for each in sides if each]
        if len(held) > 1 and len(set.union(*held)) > 1:
            return dispute
    return None


def _in_words(gold: Mapping[str, Any], board: _Board) -> tuple[str, str]:
    """A contradiction that has no figures: disputes that touch its reports, for a person to judge."""
    touching = []
    for dispute in board.disputes:
        reports = {board.account[a].report for side in dispute.sides for a in side.accounts}
        if dispute.kind not in NUMBER_KINDS and set(gold["docs"]) & reports:
            touching.append(f"{dispute.id} ({dispute.kind})")
    if touching:
        return "to be judged", f"disputes on the same reports: {', '.join(touching)}"
    return "missed", "no dispute in words touches its reports"


# -- revisions --------------------------------------------------------------------------------------


def figures(told: str) -> set[float]:
    """The numbers in a gold value's words."""
    found = {float(each.replace(",", "")) for each in NUMBER.findall(told)}
    return found | {float(WORDS[word]) for word in re.findall(r"[a-z]+", told.lower()) if word in WORDS}


def _valued(doc: str, told: str, about: str, board: _Board) -> list[Row]:
    """The gold rows in a report that hold one of the numbers told, those of the same question first."""
    numbers = figures(told)
    fitting = [r for r in board.rows if r["doc"] == doc and {r["value_min"], r["value_max"]} & numbers]
    same = [r for r in fitting if r["question"].startswith(about) or about.startswith(r["question"])]
    return same or fitting


def _series(gold: Mapping[str, Any], board: _Board) -> Series:
    ends = [_valued(doc, told, gold["about"], board) for doc, told in gold["series"]]
    steps = [(a, b) for a, b in pairwise(ends) if a and b]
    found = [any(_linked(board, x, y) for x in a for y in b if x is not y) for a, b in steps]
    missed = [step for step, held in zip(steps, found, strict=True) if not held]
    reason = "; ".join(dict.fromkeys(_why_apart([*a, *b], board) for a, b in missed))
    return Series(
        about=gold["about"],
        scored=bool(steps),
        found=bool(steps) and all(found),
        steps=len(steps),
        steps_found=sum(found),
        reason=reason if steps else "not told in figures that gold marks",
    )


def _linked(board: _Board, one: Row, other: Row) -> bool:
    for question in board.questions:
        for link in question.links:
            ends = board.account[link.from_], board.account[link.to]
            both = (board.on(ends[0], one) and board.on(ends[1], other)) or (
                board.on(ends[0], other) and board.on(ends[1], one)
            )
            if both and link.relation in CHANGES:
                return True
    return False


def _why_apart(rows: Sequence[Row], board: _Board) -> str:
    """Why no dispute or link joins these rows: the first thing that fails."""
    if not rows:
        return "gold marks no words for it"
    unread = [r["id"] for r in rows if not board.read(r)]
    if unread:
        return f"no quantity read at {', '.join(unread)}"
    asked = {r["id"]: board.asked(r) for r in rows}
    silent = [key for key, each in asked.items() if not each]
    if silent:
        return f"no question takes up {', '.join(silent)}"
    shared = set.intersection(*({q.id for q in each} for each in asked.values()))
    if not shared:
        roles = {r["id"]: sorted({q.role or "no role" for q in board.read(r)}) for r in rows}
        told = ", ".join(f"{key}: {'/'.join(each)}" for key, each in roles.items())
        return f"the figures fall under different questions ({told})"
    question = next(q for q in board.questions if q.id in shared)
    ids = {a.id for a in question.accounts if any(board.on(a, r) for r in rows)}
    links = sorted({x.relation for x in question.links if x.from_ in ids and x.to in ids})
    return (
        f"one question, joined as {', '.join(links)}" if links else "one question, and no link between them"
    )


# -- look-alikes and false alarms -------------------------------------------------------------------


def _pair_rows(gold: Mapping[str, Any], board: _Board) -> list[Row]:
    numbers = set().union(*(figures(each) for each in gold["values"]))
    return [
        r
        for r in board.rows
        if r["doc"] in gold["docs"]
        and {r["value_min"], r["value_max"]} & numbers
        and _share(r["question"], gold["about"])
    ]


def _share(one: str, other: str) -> bool:
    return bool(set(re.findall(r"\w{4,}", one.lower())) & set(re.findall(r"\w{4,}", other.lower())))


def _alarm(dispute: Dispute, board: _Board, gold: Mapping[str, Any]) -> str:
    accounts = [board.account[a] for side in dispute.sides for a in side.accounts]
    rows = [next((r for r in board.rows if board.on(a, r)), None) for a in accounts]
    asked = _ordered(r["question"] for r in rows if r)
    bare = sum(r is None for r in rows)
    if len(asked) > 1:
        return f"figures of different things are joined ({'; '.join(asked)})"
    if asked and any(asked[0] == each["about"] for each in gold["revisions"]):
        return f"a revision over time ({asked[0]})"
    named = asked[0] if asked else "none in gold"
    return f"{bare} of {len(accounts)} accounts stand on words that gold does not count ({named})"


def _ordered(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))
