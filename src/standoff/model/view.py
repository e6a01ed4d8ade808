"""The axes that a view can be cut along, and a view itself."""

from __future__ import annotations

import json

import msgspec

from standoff.model.annotation import Claim, Mention, Place, Quantity, Statement, Time
from standoff.model.derived import Derived
from standoff.model.reading import Reading
from standoff.model.referent import Referents
from standoff.model.report import Report
from standoff.model.review import Review

Annotation = Statement | Mention | Time | Place | Quantity | Claim


class Axes(msgspec.Struct, frozen=True, kw_only=True):
    """What a view is cut along.

    ``as_of``: held on a date; ``known_by``: published by then; ``recorded_by``: in the log by an entry.
    For the ledger alone: ``believe`` names the only voices it counts, ``without`` those it leaves out,
    ``without_assumptions`` the assumptions that are switched off.
    """

    as_of: str | None = None
    known_by: str | None = None
    recorded_by: int | None = None
    believe: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    without_assumptions: tuple[str, ...] = ()

    def words(self) -> str:
        """The flags as printed on every table and brief, or an empty string."""
        flags = (
            ("--as-of", self.as_of),
            ("--known-by", self.known_by),
            ("--recorded-by", self.recorded_by),
            *(("--believe", json.dumps(name, ensure_ascii=False)) for name in self.believe),
            *(("--without", json.dumps(name, ensure_ascii=False)) for name in self.without),
            *(("--without-assumption", json.dumps(name)) for name in self.without_assumptions),
        )
        return " ".join(f"{flag} {value}" for flag, value in flags if value is not None)

    @property
    def times(self) -> Axes:
        """The axes of time alone."""
        return Axes(as_of=self.as_of, known_by=self.known_by, recorded_by=self.recorded_by)


class Orphan(msgspec.Struct, frozen=True, kw_only=True):
    """A review that no longer finds what it named: kept, listed, never moved to a look-alike."""

    entry: int
    review: Review
    reason: str


class View(msgspec.Struct, frozen=True, kw_only=True):
    """Everything there is to show of a situation under one set of axes.

    ``readings`` are effective (reviews applied) and bound to ``referents``; ``undated`` counts the
    reports that ``known_by`` left out for want of a date; ``status`` maps annotation ids to
    accepted, corrected or added (a rejected annotation is in no reading);
    ``entries`` maps annotation ids to the log entries of the reviews that acted on them, ``originals`` those
    that were corrected to the annotation as the reader made it, and ``rejected`` holds what was taken out;
    ``head`` is the entry number and hash the view was made from.
    """

    name: str
    axes: Axes
    reports: tuple[Report, ...]
    readings: tuple[Reading, ...]
    referents: Referents
    derived: Derived
    reviews: tuple[tuple[int, Review], ...] = ()
    orphans: tuple[Orphan, ...] = ()
    status: dict[str, str] = {}
    entries: dict[str, tuple[int, ...]] = {}
    originals: dict[str, Annotation] = {}
    rejected: dict[str, Annotation] = {}
    undated: int = 0
    head: tuple[int, str] = (0, "")
