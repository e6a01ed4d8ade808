"""Quantities against fully marked stretches: F1 of value, bound and unit; see `standoff.measure.marked`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from standoff.measure import marked as scorer
from standoff.measure.intervals import Counts, Floats, Sums, f1, share
from standoff.measure.layers.base import Document, Fault, Outcome, Yardstick
from standoff.measure.layers.rows import told
from standoff.model import Quantity, Reading

Judged = tuple[scorer.Stretch, list[Quantity], list[scorer.Pair]]


def _judged(document: Document, reading: Reading) -> Iterator[Judged]:
    for stretch in document.gold:
        found = scorer.inside(stretch, reading.quantities)
        yield stretch, found, scorer.align(stretch.rows, found)


def count(document: Document, reading: Reading) -> Counts:
    """Tallies of one document's stretches."""
    statements = {each.id: each for each in reading.statements}
    total: Counts = Counter()
    for stretch, found, pairs in _judged(document, reading):
        right = [each for each in pairs if each.value]
        total.update(
            rows=len(stretch.rows),
            predicted=len(found),
            value=len(right),
            bound=sum(each.bound for each in right),
            unit=sum(each.unit for each in right),
            kind=sum(each.row.kind == each.found.kind for each in right),
            sourced=sum(scorer.sourced(each, statements, document.text) for each in pairs),
        )
    return total


def measures(sums: Sums) -> dict[str, Floats]:
    """F1 of value, value + bound, value + unit; precision and recall of value; kind; sourced."""
    rows, predicted, value = sums["rows"], sums["predicted"], sums["value"]
    return {
        "value F1": f1(value, predicted, rows),
        "value precision": share(value, predicted),
        "value recall": share(value, rows),
        "value + bound F1": f1(sums["bound"], predicted, rows),
        "value + unit F1": f1(sums["unit"], predicted, rows),
        "kind accuracy": share(sums["kind"], value),
        "value, bound and source": share(sums["sourced"], rows),
    }


def faults(document: Document, reading: Reading) -> Iterator[Fault]:
    """Rows missed, numbers that are no quantities, and pairs that differ in something."""
    statements = {each.id: each for each in reading.statements}
    for stretch, found, pairs in _judged(document, reading):
        for pair in pairs:
            agrees = {"value": pair.value, "bound": pair.bound, "unit": pair.unit}
            agrees["kind"] = pair.row.kind == pair.found.kind
            wrong = [name for name, right in agrees.items() if not right]
            if not wrong and not scorer.sourced(pair, statements, document.text):
                wrong = ["source"]
            if wrong:
                yield _fault("wrong", ", ".join(wrong), pair.row, pair.found)
        for row in stretch.rows:
            if not any(pair.row is row for pair in pairs):
                yield _fault("missed", row.kind, row, None)
        for each in found:
            if not any(pair.found is each for pair in pairs):
                yield _fault("false alarm", each.kind, None, each)


def _fault(kind: str, how: str, row: scorer.Row | None, found: Quantity | None) -> Fault:
    one = row or found
    return Fault(
        kind=kind,  # type: ignore[arg-type]
        type=how,
        start=one.start if one else None,
        end=one.end if one else None,
        gold=_said(row) if row else "",
        found=told(found) if found else "",
    )


def _said(row: scorer.Row) -> str:
    numbers = f"{row.low}, {row.high}, {row.best}".replace("None", "–")
    return f"{row.bound} {numbers} {row.kind} {row.unit or ''} (source: {row.source or 'own voice'})"


def outcomes(document: Document, reading: Reading) -> Iterator[Outcome]:
    """Every quantity of the stretches, right when value and bound are."""
    for _, found, pairs in _judged(document, reading):
        right = {id(each.found) for each in pairs if each.value and each.bound}
        for each in found:
            yield Outcome(each.confidence, id(each) in right, each)


MARKED = Yardstick(layer="quantities", count=count, measures=measures, faults=faults, outcomes=outcomes)
