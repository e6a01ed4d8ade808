"""Look-ups that several formats need."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from standoff.model import Claim, Mention, Place, Quantity, Reading, Report, Statement, Time, View
from standoff.model.when import parse_when

Annotation = Statement | Mention | Time | Place | Quantity | Claim


def pairs(view: View) -> Iterator[tuple[Report, Reading]]:
    """Each report that was read, with its reading."""
    readings = {reading.report: reading for reading in view.readings}
    for report in view.reports:
        if report.id in readings:
            yield report, readings[report.id]


def each_annotation(reading: Reading) -> Iterator[tuple[str, Annotation]]:
    """Every annotation of a reading with its layer."""
    for layer, held in (
        ("statement", reading.statements),
        ("mention", reading.mentions),
        ("time", reading.times),
        ("place", reading.places),
        ("quantity", reading.quantities),
        ("claim", reading.claims),
    ):
        for annotation in held:
            yield layer, annotation


def days(edtf: str | None) -> tuple[str | None, str | None]:
    """First and last day of an EDTF date as ISO; None where it is open or unknown."""
    when = parse_when(edtf)
    if when is None:
        return None, None
    return (
        when.earliest.isoformat() if when.earliest else None,
        when.latest.isoformat() if when.latest else None,
    )


def precision(edtf: str | None) -> str | None:
    """How exact a date is: day, month, year, or interval."""
    if edtf is None or parse_when(edtf) is None:
        return None
    if "/" in edtf:
        return "interval"
    return {1: "year", 2: "month"}.get(
        edtf.split("T")[0].replace("-XX", "").strip("~?%").lstrip("-").count("-") + 1, "day"
    )


def dumps(value: Any) -> str:  # noqa: ANN401 (JSON-like)
    """JSON as a file: two spaces, ends with a newline."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
