"""The log cut along the axes: which reports, which readings, which reviews."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec

from standoff.errors import UsageError
from standoff.model import Axes, Reading, Report, Review
from standoff.model.when import last_day, parse_when
from standoff.record.canonical import escape, parse
from standoff.record.entries import ABOUT_REPORTS, reading_from, report_from, review_from
from standoff.record.intake import fold
from standoff.record.store import Head, Store

Texts = Callable[[str], str]


class Snapshot(msgspec.Struct, frozen=True, kw_only=True):
    """Everything derived output rests on, as of one moment.

    ``head`` is the last entry seen; ``left_out`` how many reports `known_by` could not place.
    """

    head: Head
    reports: list[Report]
    readings: list[Reading]
    reviews: list[tuple[int, Review]]
    left_out: int


def snapshot(store: Store, axes: Axes, texts: Texts) -> Snapshot:
    """Reports with their texts, newest readings, and reviews."""
    held, left_out = reports(store, axes, texts)
    return Snapshot(
        head=store.head(axes.recorded_by),
        reports=held,
        readings=readings(store, axes, held),
        reviews=reviews(store, axes),
        left_out=left_out,
    )


def reports(store: Store, axes: Axes, texts: Texts | None) -> tuple[list[Report], int]:
    """Reports in the order they were added, and how many ``known_by`` left out for want of a date.

    Without ``texts`` the text layers stay empty.
    """
    told: dict[str, list[tuple[str, dict[str, Any]]]] = {}
    for row in store.rows(ABOUT_REPORTS, axes.recorded_by):
        told.setdefault(row.report or "", []).append((row.kind, parse(row.body)["body"]))
    held, left_out = [], 0
    day = _day(axes.known_by)
    for bodies in told.values():
        report = fold(since_extraction(bodies))
        known = True if day is None else known_by(report, day)
        left_out += known is None
        if known:
            text = texts(report.text_sha256) if texts else ""
            held.append(msgspec.structs.replace(report, text=text))
    return held, left_out


def since_extraction(bodies: Sequence[tuple[str, dict[str, Any]]]) -> Iterable[Report]:
    """The reports of one id, its last `report` entry first, as `fold` wants them."""
    last = max((n for n, (kind, _) in enumerate(bodies) if kind == "report"), default=0)
    order = [last, *(n for n in range(len(bodies)) if n != last)]
    return (report_from(bodies[n][1], "") for n in order)


def readings(store: Store, axes: Axes, held: Sequence[Report]) -> list[Reading]:
    """The newest reading of each report, of the text it has now, in the order of the reports."""
    newest: dict[str, bytes] = {}
    wanted = {escape(report.id): report.text_sha256 for report in held}
    for row in store.rows(("reading",), axes.recorded_by):
        if row.report in wanted and row.text_sha256 == wanted[row.report]:
            newest[row.report] = row.body
    return [reading_from(newest[name]) for name in wanted if name in newest]


def reviews(store: Store, axes: Axes) -> list[tuple[int, Review]]:
    """All reviews with their entry numbers, in order."""
    rows = store.rows(("review",), axes.recorded_by)
    return [(row.n, review_from(parse(row.body)["body"])) for row in rows]


def known_by(report: Report, day: dt.date) -> bool | None:
    """Whether the report was published by that day; None when its date is unknown or does not say."""
    when = parse_when(report.published.value)
    if when is None or (when.latest is None and when.earliest is None):
        return None
    if when.latest is not None and when.latest <= day:
        return True
    return False if when.earliest is not None and when.earliest > day else None


def _day(known_by: str | None) -> dt.date | None:
    if known_by is None:
        return None
    day = last_day(known_by)
    if day is None:
        raise UsageError(f"{known_by!r} is not a date", todo="write it as YYYY-MM-DD")
    return day
