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


class Followed:
    """The whole log as read so far: a later look reads only what was appended since.

    The log never changes behind its head, so what was read stays true.
    """

    def __init__(self) -> None:
        self._n = 0
        self._told: dict[str, list[tuple[str, dict[str, Any]]]] = {}
        self._reports: dict[str, Report] = {}
        self._readings: dict[tuple[str, str | None], Reading] = {}
        self._reviews: list[tuple[int, Review]] = []

    def snapshot(self, store: Store, axes: Axes, texts: Texts) -> Snapshot:
        """What `snapshot` gives, for axes without ``recorded_by``."""
        head = store.head()
        self._follow(store, head.n, texts)
        held, left_out = cut(self._reports.values(), axes)
        newest = [self._readings.get((escape(each.id), each.text_sha256)) for each in held]
        return Snapshot(
            head=head,
            reports=held,
            readings=[reading for reading in newest if reading],
            reviews=list(self._reviews),
            left_out=left_out,
        )

    def _follow(self, store: Store, upto: int, texts: Texts) -> None:
        told = dict(self._told)
        changed: dict[str, None] = {}
        reviews: list[tuple[int, Review]] = []
        for row in store.rows((*ABOUT_REPORTS, "reading", "review"), upto, self._n):
            name = row.report or ""
            if row.kind == "reading":
                self._readings[name, row.text_sha256] = reading_from(row.body)
            elif row.kind == "review":
                reviews.append((row.n, review_from(parse(row.body)["body"])))
            else:
                told[name] = [*told.get(name, ()), (row.kind, parse(row.body)["body"])]
                changed[name] = None
        for name in changed:
            report = fold(since_extraction(told[name]))
            self._reports[name] = msgspec.structs.replace(report, text=texts(report.text_sha256))
        # last, so that an entry that cannot be read leaves nothing half followed
        self._told, self._n = told, upto
        self._reviews += reviews


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
    held, left_out = cut((fold(since_extraction(bodies)) for bodies in told.values()), axes)
    if texts:
        held = [msgspec.structs.replace(each, text=texts(each.text_sha256)) for each in held]
    return held, left_out


def cut(reports: Iterable[Report], axes: Axes) -> tuple[list[Report], int]:
    """Those published by ``known_by``, and how many it leaves out for want of a date."""
    day = _day(axes.known_by)
    if day is None:
        return list(reports), 0
    told = [(each, known_by(each, day)) for each in reports]
    return [each for each, known in told if known], sum(known is None for _, known in told)


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
