"""Times against TIMEX3 gold: value, relaxed and strict F1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import msgspec

from standoff.measure import times as scorer
from standoff.measure.intervals import Counts, Floats, Sums, f1
from standoff.measure.layers.base import Document, Fault, Outcome, Yardstick
from standoff.model import Reading


def count(document: Document, reading: Reading) -> Counts:
    """Tallies of one document."""
    return Counter(msgspec.structs.asdict(scorer.score(document.gold, reading.times)))


def measures(sums: Sums) -> dict[str, Floats]:
    """F1 of values, of overlapping spans, of equal spans."""
    names = ("value", "relaxed", "strict")
    return {f"{name} F1": f1(sums[name], sums["predicted"], sums["gold"]) for name in names}


def faults(document: Document, reading: Reading) -> Iterator[Fault]:
    """Expressions missed, found where there is none, or with another value, by TIMEX3 type."""
    pairs = scorer.align(document.gold, reading.times)
    for gold, found in pairs:
        if gold.value != found.value:
            yield Fault(
                kind="wrong", type=gold.type, start=gold.start, end=gold.end,
                gold=gold.value, found=f"{found.value} [{found.text}]",
            )  # fmt: skip
    met = {id(gold) for gold, _ in pairs}, {id(found) for _, found in pairs}
    for gold in document.gold:
        if id(gold) not in met[0]:
            yield Fault(kind="missed", type=gold.type, start=gold.start, end=gold.end, gold=gold.value)
    for found in reading.times:
        if id(found) not in met[1]:
            yield Fault(
                kind="false alarm", type=found.type, start=found.start, end=found.end, found=found.value
            )


def outcomes(document: Document, reading: Reading) -> Iterator[Outcome]:
    """Every expression, right when its span overlaps a gold one of the same value."""
    right = {id(f) for g, f in scorer.align(document.gold, reading.times) if g.value == f.value}
    for each in reading.times:
        yield Outcome(each.confidence, id(each) in right, each)


TIMES = Yardstick(layer="times", count=count, measures=measures, faults=faults, outcomes=outcomes)
