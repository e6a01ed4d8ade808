"""ACLED's event table (31 columns, current codebook) and what its one number cannot say, beside it.

ACLED writes 0 where no death is mentioned. Here alone unknown becomes 0, and a companion column says so.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from standoff.exchange.common import days, dumps, precision
from standoff.exchange.loss import Export, losses
from standoff.model import Aggregate, Incident, PlaceReferent, Question, View
from standoff.vocab import load

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction",
    "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude",
    "longitude", "geo_precision", "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
BESIDE = (
    "fatalities_flag",
    "fatalities_rule",
    "fatalities_low",
    "fatalities_high",
    "fatalities_note",
    "incident",
)
"""Columns that ACLED has not: whether the number was reported, and the figures it stands for."""
WEEK, MONTH = 7, 31
TOWN_KM, PART_KM = 10.0, 50.0
"""Radii of uncertainty up to which a place is ACLED's 1 (a town) and 2 (near it, part of a region). Ours."""
RULE = "lowest"


def acled(view: View) -> Export:
    """One row an incident that ACLED's scheme has a type for; the rest is in the loss report."""
    table = _Table(view)
    rows = [row for incident in view.referents.incidents if (row := table.row(incident))]
    rows.sort(key=lambda row: (row["event_date"], row["event_id_cnty"]))
    out = io.StringIO()
    writer = csv.DictWriter(out, (*COLUMNS, *BESIDE), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    name = f"{view.name}.acled.csv"
    zeros = sum(row["fatalities_flag"] == "not reported" for row in rows)
    nowhere = sum(not row["location"] for row in rows)
    disputed = sum("contested" in row["fatalities_note"] for row in rows)
    held = losses(
        ("incidents of no ACLED type", table.untyped, "what was done fits none of its types without a coder"),
        ("incidents without a month", table.undated, "ACLED records nothing coarser than a month"),
        ("incidents told as denied or planned only", table.unheld, "ACLED records what happened"),
        ("rows without a place", nowhere, "kept, though ACLED asks for a location"),
        ("deaths not reported", zeros, "ACLED's 0 stands for unknown: see fatalities_flag"),
        ("contested figures", disputed, "one number stands for several accounts: see fatalities_note"),
        ("rows", len(rows), "actor kinds, region and administrative units are a coder's to fill in"),
    )
    return Export(files={name: out.getvalue(), f"{name}-metadata.json": dumps(_about(name))}, losses=held)


class _Table:
    """Rows of one view, and a count of what gave none."""

    def __init__(self, view: View) -> None:
        self._view, self._told = view, load("acled")
        self._places = {place.id: place for place in view.referents.places}
        self._parties = {party.id: party for party in view.referents.parties}
        self._reports = {report.id: report for report in view.reports}
        self.untyped = self.undated = self.unheld = 0

    def row(self, incident: Incident) -> dict[str, Any] | None:
        """The row of an incident, or None."""
        kind = self._kind(incident)
        if kind is None:
            self.untyped += 1
            return None
        if not self._happened(incident):
            self.unheld += 1
            return None
        day = _day(incident.when)
        if day is None:
            self.undated += 1
            return None
        event_date, time_precision = day
        place = self._places.get(incident.place or "")
        names = [self._parties[each].name for each in incident.actors if each in self._parties]
        against = [self._parties[each].name for each in incident.targets if each in self._parties]
        row: dict[str, Any] = dict.fromkeys((*COLUMNS, *BESIDE), "")
        row |= {
            "event_id_cnty": incident.id,
            "event_date": event_date.isoformat(),
            "year": event_date.year,
            "time_precision": time_precision,
            "disorder_type": self._told["disorder"][kind["event"]],
            "event_type": kind["event"],
            "sub_event_type": kind["sub"],
            "actor1": names[0] if names else "",
            "assoc_actor_1": "; ".join(names[1:]),
            "actor2": against[0] if against else "",
            "assoc_actor_2": "; ".join(against[1:]),
            "source": "; ".join(self._sources(incident)),
            "notes": self._notes(incident, names),
            "incident": incident.id,
        }
        return row | _where(place) | self._deaths(incident)

    def _kind(self, incident: Incident) -> Mapping[str, str] | None:
        wanted = incident.type, incident.mode or ""
        found: Mapping[str, str] | None = next(
            (each for each in self._told["event"] if (each["type"], each["mode"]) == wanted), None
        )
        return found

    @cached_property
    def _claims(self) -> dict[str, tuple[str, str]]:
        return {c.id: (c.modality, c.polarity) for r in self._view.readings for c in r.claims}

    def _happened(self, incident: Incident) -> bool:
        """Whether some account holds that it took place; counts of it suppose that it did."""
        told = [self._claims[each] for each in incident.claims if each in self._claims]
        held = any(
            modality in {"actual", "historical"} and polarity == "affirmed" for modality, polarity in told
        )
        return held or bool(incident.quantities)

    def _sources(self, incident: Incident) -> Iterator[str]:
        names = (self._reports[each] for each in incident.reports if each in self._reports)
        return iter(dict.fromkeys(report.publisher.value or report.id for report in names))

    def _notes(self, incident: Incident, actors: list[str]) -> str:
        said = f"{incident.name}, as told in {len(incident.reports)} report(s)"
        who = f"; said to have taken part, not established: {', '.join(actors)}" if actors else ""
        return f"{said}{who}. ACLED's actor 1 is not the aggressor."

    # ---- deaths

    @cached_property
    def _killed(self) -> dict[str, list[tuple[Question, bool]]]:
        """Questions of how many were killed by incident, with whether each is contested."""
        asked = {question.id: question for question in self._view.derived.questions}
        found: dict[str, list[tuple[Question, bool]]] = {}
        for row in self._view.derived.harm:
            for figure in _figures(row):
                question = asked.get(str(figure["question"]))
                if figure["harm"] == "killed" and question is not None:
                    held = found.setdefault(str(row["incident"]), [])
                    held.append((question, bool(figure["disputed"])))
        return found

    def _deaths(self, incident: Incident) -> dict[str, Any]:
        """ACLED's number: of the groups that are counted the largest lowest figure, since all died there."""
        told = [
            (aggregate, question, disputed)
            for question, disputed in self._killed.get(incident.id, ())
            for aggregate in question.aggregates
            if aggregate.rule == RULE and aggregate.best is not None
        ]
        if not told:
            return {"fatalities": 0, "fatalities_flag": "not reported", "fatalities_rule": self._told["rule"]}
        aggregate, question, disputed = max(told, key=lambda each: (each[0].best or 0, each[1].id))
        wide = next((each for each in question.aggregates if each.rule == "minmax"), aggregate)
        notes = [question.question, *aggregate.notes]
        notes += ["contested: see the disputes of the record"] if disputed else []
        return {
            "fatalities": aggregate.best,
            "fatalities_flag": "reported",
            "fatalities_rule": f"{aggregate.rule}-{aggregate.version}, {self._told['rule']}",
            "fatalities_low": _known(wide, "low"),
            "fatalities_high": _known(wide, "high"),
            "fatalities_note": "; ".join(notes),
        }


def _figures(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = row["figures"]
    return found


def _known(aggregate: Aggregate, bound: str) -> Any:  # noqa: ANN401  (a number, or empty: unknown)
    value = getattr(aggregate, bound)
    return "" if value is None else value


def _day(edtf: str | None) -> tuple[dt.date, int] | None:
    """The day that stands for a date, its middle, and ACLED's precision: 1 a day, 2 a week, 3 a month."""
    first, last = days(edtf)
    if first is None or last is None or precision(edtf) == "year":
        return None
    begin, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    length = (end - begin).days + 1
    if length > MONTH:
        return None
    return begin + dt.timedelta(days=(length - 1) // 2), 1 if length == 1 else 2 if length <= WEEK else 3


def _where(place: PlaceReferent | None) -> dict[str, Any]:
    if place is None:
        return {}
    told: dict[str, Any] = {"location": place.name, "country": place.country or ""}
    if place.lat is None or place.lon is None:
        return told
    radius = place.radius_km or 0.0
    exact = 1 if radius <= TOWN_KM else 2 if radius <= PART_KM else 3
    return told | {"latitude": f"{place.lat:.4f}", "longitude": f"{place.lon:.4f}", "geo_precision": exact}


def _about(name: str) -> dict[str, Any]:
    columns = [{"name": each, "titles": each} for each in (*COLUMNS, *BESIDE)]
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "url": name,
        "dc:description": "Incidents under ACLED's event types, by standoff's own table, not by its coders. "
        "fatalities is 0 where none are reported (fatalities_flag says so); country is ISO 3166 alpha-2.",
        "tableSchema": {"columns": columns},
    }
