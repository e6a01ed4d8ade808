"""From a person's decision to the view that rests on it, in one open situation of 1,000 reports."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from bench.copies import copies
from bench.derive import base, sources
from standoff.model import Preserved, View
from standoff.reviewing import make_review
from standoff.situation import Situation

REPORTS = 1000
Targets = Callable[[View, int], list[str]]
TIMES = 3
"""Decisions of each kind; the middle and the longest are told."""


def bench_decide() -> None:
    """Seconds (elapsed) from appending a decision to the whole view, by kind of decision."""
    for source in sources():
        path = Path(tempfile.mkdtemp()) / "bench.standoff"
        with Situation.open(path) as held:
            for report, reading in copies(base(source), REPORTS):
                kept = Preserved(report=report, data=report.text.encode(), id_given=True)
                held.record.add(kept, reading)
            began = time.perf_counter()
            view = held.view()
            print(f"decide {source:5} first view {time.perf_counter() - began:6.2f} s")
            for action, targets, values in _wishes(view):
                taken = [_decided(held, action, targets(held.view(), n), values) for n in range(TIMES)]
                middle, longest = median(taken), max(taken)
                print(f"decide {source:5} {action:8} middle {middle:5.2f} s   longest {longest:5.2f} s")


def _decided(held: Situation, action: str, targets: list[str], values: dict[str, object]) -> float:
    review = make_review(held.view(), action, targets, values, "bench", None)
    began = time.perf_counter()
    held.review(review)
    held.view()
    return time.perf_counter() - began


def _wishes(view: View) -> Iterator[tuple[str, Targets, dict[str, object]]]:
    """Kinds of decisions, and what the ``n``-th of each is about: quantities, spread over the reports."""

    def quantity(now: View, n: int) -> list[str]:
        readings = [each for each in now.readings if each.quantities]
        return [readings[(n + 1) * len(readings) // (TIMES + 1)].quantities[0].id]

    def pair(now: View, n: int) -> list[str]:
        likely = [(p.name, o.other) for p in now.referents.parties for o in p.possibly_same]
        if len(likely) > n:
            names = {p.id: p.name for p in now.referents.parties}
            return [likely[n][0], names[likely[n][1]]]
        speaking = [p.name for p in now.referents.parties if p.statements]
        return speaking[2 * n : 2 * n + 2]

    def addition(now: View, n: int) -> list[str]:
        return ["quantity", now.reports[(n + 1) * len(now.reports) // (TIMES + 1)].id, "0-4"]

    def newest(now: View, n: int) -> list[str]:
        return [str(now.reviews[-1 - n][0])]

    yield "accept", quantity, {}
    yield "correct", quantity, {"best": 21, "low": 21, "high": 21}
    yield "reject", quantity, {}
    yield "add", addition, {"kind": "count", "best": 3, "low": 3, "high": 3, "role": "killed"}
    yield "merge", pair, {}
    yield "split", pair, {}
    yield "undo", newest, {}
