"""The one conductor: takes reports in, has them read, and derives what they imply.

Only this module knows the order of the stages: preserve, read, resolve, reconcile. What they return
is appended to the record; everything shown is derived from the record again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec

from standoff.errors import ClashError, UsageError
from standoff.model import (
    Axes,
    Context,
    Orphan,
    Preserved,
    Reading,
    ReadOutput,
    Referents,
    Report,
    Review,
    View,
)
from standoff.model.when import parse_when
from standoff.preserve import Options, take
from standoff.read import Item, read_many
from standoff.reconcile import reconcile
from standoff.record import Effective, Record, Snapshot, apply_reviews
from standoff.resolve import bind, resolve

VERSION = "standoff-derive-1"
Progress = Callable[[str, int], None]


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one report that was added."""

    report: str
    outcome: str
    error: str | None = None
    warnings: tuple[str, ...] = ()


class Situation:
    """One unfolding event under record. Use it as a context manager."""

    def __init__(self, record: Record, path: Path) -> None:
        self._record, self.path = record, path
        self._views: dict[tuple[Axes, int], View] = {}

    @classmethod
    def open(cls, path: str | Path, *, create: bool = True, write: bool = True) -> Self:
        """Open a situation file, or make it when it is missing and ``create`` is set.

        With ``write`` off the file and its folder may be read-only.

        Raises `RecordError` when it is missing (``create`` off), damaged, newer, or no situation file.
        """
        return cls(Record.open(path, create=create, write=write), Path(path))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, err: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Bring everything into the one file and let go of it."""
        self._record.close()

    @property
    def record(self) -> Record:
        """The log itself."""
        return self._record

    def add(
        self,
        sources: Iterable[str],
        options: Options | None = None,
        *,
        jobs: int = 1,
        progress: Progress | None = None,
    ) -> Iterator[Outcome]:
        """Take in and read every report of ``sources``; one outcome each, as it is recorded.

        Each report is recorded whole or not at all. What was recorded before an interruption is
        recognised by its bytes and not read again.
        """
        options = options or Options()
        waiting: deque[Preserved] = deque()
        done: deque[Outcome] = deque()

        def items() -> Iterator[Item]:
            for preserved in self._taken(sources, options, done, progress):
                waiting.append(preserved)
                yield item_of(preserved.report)

        for reading in read_many(items(), jobs):
            yield from _drain(done)
            yield self._put(waiting.popleft(), reading)
        yield from _drain(done)

    def _taken(
        self,
        sources: Iterable[str],
        options: Options,
        done: deque[Outcome],
        progress: Progress | None,
    ) -> Iterator[Preserved]:
        """Reports that must be read; those known or unreadable are settled on the way."""
        for source in sources:
            for preserved in take(source, options):
                report = preserved.report
                if progress:
                    progress(report.id, 1)
                given = options.given
                if self._record.knows(
                    report.sha256, report.id, published=given.published, publisher=given.publisher
                ):
                    done.append(Outcome(report=report.id, outcome="known", error=report.error))
                elif report.error or not report.text.strip():
                    done.append(self._put(preserved, None))
                else:
                    yield preserved

    def _put(self, preserved: Preserved, reading: Reading | None) -> Outcome:
        report = preserved.report
        try:
            added = self._record.add(preserved, reading, id_given=preserved.id_given)
        except ClashError as error:
            self._record.append_failure(report.id, "record", error)
            return Outcome(report=report.id, outcome="refused", error=error.sentence())
        return Outcome(
            report=added.report,
            outcome=added.outcome,
            error=report.error,
            warnings=(*report.warnings, *(reading.warnings if reading else ())),
        )

    def view(self, axes: Axes | None = None) -> View:
        """Everything there is to show under ``axes``. Raises `UsageError` for axes that are no dates."""
        axes = checked(axes or Axes())
        snapshot = self._record.snapshot(axes)
        key = (axes, snapshot.head[0])
        if key not in self._views:
            effective = apply_reviews(snapshot.reports, snapshot.readings, snapshot.reviews)
            self._views[key] = derive(self.path.stem, axes, snapshot.reports, effective, snapshot)
        return self._views[key]

    def review(self, review: Review) -> int:
        """Append a person's decision; returns its entry number. Raises `ReviewError`."""
        return self._record.append_review(review)

    def publish_tables(self, tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        """Write derived rows into the file as plain tables, for any SQLite tool."""
        self._record.replace_derived(tables, VERSION)


def derive(
    name: str, axes: Axes, reports: Sequence[Report], effective: Effective, snapshot: Snapshot
) -> View:
    """Resolve and reconcile effective readings into a view. Pure: same input, same view."""
    joined = [decision.ids for decision in effective.merges]
    parted = [decision.ids for decision in effective.splits]
    referents = resolve(reports, effective.readings, joined=joined, parted=parted)
    bound = tuple(bind(reading, referents) for reading in effective.readings)
    decisions = (*effective.merges, *effective.splits, *effective.question_decisions)
    questions = [each.review for each in sorted(decisions, key=lambda d: d.entry)]
    return View(
        name=name,
        axes=axes,
        reports=tuple(reports),
        readings=bound,
        referents=referents,
        derived=reconcile(reports, bound, referents, axes=axes, reviews=questions),
        reviews=tuple(snapshot.reviews),
        orphans=tuple(Orphan(entry=o.entry, review=o.review, reason=o.reason) for o in effective.orphans),
        status=dict(effective.status_of),
        undated=snapshot.left_out,
        head=(snapshot.head.n, snapshot.head.hash),
    )


def item_of(report: Report) -> Item:
    """What a reader needs of a report."""
    return Item(
        text=report.text,
        language=report.language.value,
        warnings=report.warnings,
        context=Context(
            report=report.id,
            text_sha256=report.text_sha256,
            published=report.published.value,
            publisher=report.publisher.value,
            title=report.title.value,
            author=report.author.value,
        ),
    )


def read_reports(reports: Iterable[Report], jobs: int = 1) -> Iterator[ReadOutput]:
    """Read reports one by one, each resolved within itself only. Constant memory, input order."""
    waiting: deque[Report] = deque()

    def items() -> Iterator[Item]:
        for report in reports:
            waiting.append(report)
            yield item_of(report)

    for reading in read_many(items(), jobs):
        report = waiting.popleft()
        yield output(report, bind(reading, resolve_one(report, reading)))


def resolve_one(report: Report, reading: Reading) -> Referents:
    """Referents of a single report."""
    return resolve([report], [reading])


def output(report: Report, reading: Reading) -> ReadOutput:
    """The fixed object that `standoff read` gives for a report."""
    return ReadOutput(
        schema="standoff-read-1",
        id=report.id,
        text=report.text,
        text_sha256=report.text_sha256,
        published=report.published.value,
        published_origin=report.published.origin,
        publisher=report.publisher.value,
        title=report.title.value,
        language=report.language.value,
        reader=reading.reader,
        warnings=reading.warnings,
        statements=reading.statements,
        mentions=reading.mentions,
        times=reading.times,
        places=reading.places,
        quantities=reading.quantities,
        claims=reading.claims,
    )


def checked(axes: Axes) -> Axes:
    """The axes, if their dates are dates. Raises `UsageError` naming the flag that is not."""
    for flag, value in (("--as-of", axes.as_of), ("--known-by", axes.known_by)):
        if value is not None and parse_when(value) is None:
            raise UsageError(f"{value!r} is no date", where=flag, todo="write it like 2021-03-04")
    return axes


def _drain(done: deque[Outcome]) -> Iterator[Outcome]:
    while done:
        yield done.popleft()
