"""Clusters with pairs labelled by hand: their gold, their reports, and the record that is made of them.

The gold lies in ``gold/clusters/NAME.json``; texts of invented clusters beside it, those of corpora under
the data folder. Labels were made by reading, before any rule was tuned on them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from standoff.measure.pipeline import Built, build
from standoff.model import (
    Axes,
    Group,
    Quantity,
    ReaderInfo,
    Reading,
    Referents,
    Report,
    Statement,
    View,
)
from standoff.model.ids import slug
from standoff.reconcile import reconcile
from standoff.resolve.names import canonical
from standoff.resolve.origins import resolve_origins
from standoff.resolve.sameness import untitled

GOLD = Path(__file__).parent / "gold" / "clusters"
DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
BY_HAND = ReaderInfo(name="by-hand", version="1")
Row = Mapping[str, Any]


def names(gold: Path = GOLD) -> tuple[str, ...]:
    """Every cluster of a folder of gold."""
    return tuple(sorted(path.stem for path in gold.glob("*.json")))


def gold_of(name: str, gold: Path = GOLD) -> dict[str, Any]:
    """The gold of a cluster."""
    found: dict[str, Any] = json.loads((gold / f"{name}.json").read_text(encoding="utf-8"))
    return found


def texts_of(name: str, data: Path = DATA, gold: Path = GOLD) -> Path:
    """The file of a cluster's reports; it may not be there."""
    if gold_of(name, gold)["texts"] == "here":
        return gold / f"{name}.jsonl"
    return data / "clusters" / name / "reports.jsonl"


def from_text(name: str, data: Path = DATA, gold: Path = GOLD) -> Built:
    """The record made of the reports alone. Raises `InputError` when they are not there."""
    return build([texts_of(name, data, gold)])


def from_quantities(name: str, view: View, folder: Path = GOLD) -> View:
    """The record made of quantities, their sources and questions as given by hand.

    Of ``view``, the record read from the same reports, only the parties are taken: who speaks for whom.
    """
    gold, reports = gold_of(name, folder), view.reports
    readings = tuple(_reading(report, gold) for report in reports)
    origins, origin_of = resolve_origins(reports)
    labels = sorted({row["question"] for row in gold["quantities"]})
    members = {
        label: tuple(r["id"] for r in gold["quantities"] if r["question"] == label) for label in labels
    }
    groups = tuple(
        Group(id=f"gr-{slug(label)}", name=label, unit="item", noun=label, members=members[label])
        for label in labels
    )
    referents = Referents(
        parties=view.referents.parties,
        groups=groups,
        group_of={each: group.id for group in groups for each in group.members},
        origins=origins,
        origin_of=origin_of,
    )
    return View(
        name=name,
        axes=Axes(),
        reports=reports,
        readings=readings,
        referents=referents,
        derived=reconcile(reports, readings, referents),
        reviews=(),
        orphans=(),
        status={},
        undated=0,
        head=(0, ""),
    )


def _reading(report: Report, gold: Row) -> Reading:
    rows = [row for row in gold["quantities"] if row["doc"] == report.id]
    own = Statement(id=f"own-{report.id}", voice="report", content=((0, len(report.text)),))
    said = {row["source"]: _statement(report, row) for row in reversed(rows) if row["source"]}
    return Reading(
        report=report.id,
        text_sha256=report.text_sha256,
        reader=BY_HAND,
        published=report.published.value,
        statements=(own, *said.values()),
        quantities=tuple(_quantity(report, row, said.get(row["source"], own).id) for row in rows),
    )


def _statement(report: Report, row: Row) -> Statement:
    source = " ".join(untitled(tuple(canonical(row["source"])[0].split())))
    return Statement(
        id=f"by-{report.id}-{slug(row['source'])}",
        voice="source",
        content=((row["start"], row["end"]),),
        party=source,
    )


def _quantity(report: Report, row: Row, statement: str) -> Quantity:
    low, high = row["low"], row["high"]
    role = "present" if row["measure"] == "stock" else "killed"
    return Quantity(
        id=row["id"],
        start=row["start"],
        end=row["end"],
        text=report.text[row["start"] : row["end"]],
        kind="count",
        low=None if row["approximate"] and low == high else low,
        high=None if row["approximate"] and low == high else high,
        best=low if low == high else None,
        approximate=row["approximate"],
        what=row["question"],
        group=row["question"],
        role=role,
        measure=row["measure"],
        as_of=row["as_of"],
        statement=statement,
    )


def text_hashes(name: str) -> dict[str, str]:
    """SHA-256 of the text layers that the gold was marked on, by report."""
    return msgspec.convert(gold_of(name)["text_sha256"], dict[str, str])
