"""Quantities against the clusters' hand-read rows: recall only, since the gold does not mark all numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from standoff.measure import quantities as scorer
from standoff.measure.intervals import Counts, Floats, Sums, share
from standoff.measure.layers.base import Document, Fault, Outcome, Yardstick
from standoff.model import Quantity, Reading

COUNTED = ("rows", "value", "bound", "source")
NAMES = {"value": "value", "bound": "value and bound", "source": "value, bound and source"}


def count(document: Document, reading: Reading) -> Counts:
    """Tallies of one document's rows."""
    score = scorer.score_report(document.gold, reading.quantities, reading.statements, document.text)
    return Counter({name: getattr(score, name) for name in COUNTED})


def measures(sums: Sums) -> dict[str, Floats]:
    """Shares of all rows."""
    return {name: share(sums[key], sums["rows"]) for key, name in NAMES.items()}


def faults(document: Document, reading: Reading) -> Iterator[Fault]:
    """Rows missed, or with another value, bound or source."""
    statements = {each.id: each for each in reading.statements}
    for row in document.gold:
        near = _near(row, reading)
        good = [each for each in near if scorer.right_bound(row, each)]
        if any(scorer.same_source(row, each, statements, document.text) for each in good):
            continue
        value = any(scorer.right_value(row, each) for each in near)
        how = "another source" if good else "another bound" if value else "another value"
        credited = [statements.get(each.statement or "") for each in near]
        parties = [each.party if each else "no statement" for each in credited]
        yield Fault(
            kind="wrong" if near else "missed",
            type=how if near else str(row["modality"]),
            start=row["span_text_start_offset"],
            end=row["span_end"],
            gold=f"{row['modality']} {row['value_min']}, {row['value_max']}; source {row['source']}",
            found="; ".join(map(told, near)) + f"; parties {parties}" if near else "",
        )


def _near(row: Mapping[str, Any], reading: Reading) -> list[Quantity]:
    start, end = row["span_text_start_offset"], row["span_end"]
    return [each for each in reading.quantities if each.start < end and start < each.end]


def told(found: Quantity) -> str:
    """A quantity in a few words: low, high, best and how they are meant."""
    marks = ("low_open", "high_open", "approximate")
    how = "".join(f" {name}" for name in marks if getattr(found, name))
    numbers = f"{found.low}, {found.high}, {found.best}".replace("None", "–")
    return f"{numbers}{how} {found.kind} {found.unit or ''}".strip()


def outcomes(document: Document, reading: Reading) -> Iterator[Outcome]:
    """Every quantity on a row's words, right when it has the row's value and bound."""
    judged: dict[str, bool] = {}
    held = {each.id: each for each in reading.quantities}
    for row in document.gold:
        for each in _near(row, reading):
            judged[each.id] = judged.get(each.id, False) or scorer.right_bound(row, each)
    for key, right in judged.items():
        yield Outcome(held[key].confidence, right, held[key])


ROWS = Yardstick(layer="quantities", count=count, measures=measures, faults=faults, outcomes=outcomes)
