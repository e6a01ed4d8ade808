"""The one conductor: takes reports in, has them read, and derives what they imply.

Only this module knows the order of the stages: preserve, read, resolve, reconcile. What they return
is appended to the record; everything shown is derived from the record again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import msgspec

from standoff.errors import ClashError, InputError, ReaderError, StandoffError, UsageError
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
from standoff.preserve import Given, Options, Upload, take
from standoff.preserve import checked as checked_given
from standoff.reconcile import Asked, ask, count_again
from standoff.reconcile import derive as derive_all
from standoff.record import Effective, Head, Record, Snapshot, apply_reviews
from standoff.remembered import Remembered, collector_released
from standoff.remembered import collector_paused as collector_paused
from standoff.resolve import bind, resolve
from standoff.show import WHATS, rows

if TYPE_CHECKING:  # what only looks at a record need not wait for the reader to load
    from standoff.read import Item

VERSION = "standoff-derive-1"
TABLES = tuple(what for what in WHATS if what not in {"reports", "reviews"})
Progress = Callable[[str, int], None]
KEPT = 6  # views along other axes that are held, beside the whole one


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one report that was added; ``exit_code`` is that of the error, if there was one."""

    report: str
    outcome: str
    error: str | None = None
    exit_code: int = 0
    warnings: tuple[str, ...] = ()


class _Waiting(msgspec.Struct, kw_only=True):
    """Something taken in that is not recorded yet: a report, or an outcome that is settled already."""

    preserved: Preserved | None = None
    outcome: Outcome | None = None


class Situation:
    """One unfolding event under record. Use it as a context manager."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._views: dict[tuple[Axes, int], View] = {}
        self._asked: dict[tuple[Axes, int], Asked] = {}
        self._remembered = Remembered()

    @classmethod
    def open(cls, place: str | Path, *, create: bool = True, write: bool = True) -> Self:
        """Open a situation, or make it when it is missing and ``create`` is set.

        ``place`` is a file, or ``postgresql://USER@HOST/DATABASE?schema=NAME``. With ``write`` off the
        file and its folder (or the database) may be read-only.

        Raises `RecordError` when it is missing (``create`` off), damaged, newer, or no situation.
        """
        return cls(Record.open(place, create=create, write=write))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, err: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of it; a file is then complete by itself."""
        self._record.close()
        self._remembered.forget()
        collector_released()

    @property
    def record(self) -> Record:
        """The log itself."""
        return self._record

    def add(
        self,
        sources: Iterable[str | Upload],
        options: Options | None = None,
        *,
        jobs: int = 1,
        progress: Progress | None = None,
        reader: str | None = None,
    ) -> Iterator[Outcome]:
        """Take in and read every report of ``sources``; one outcome each, as it is recorded.

        Each report is recorded whole or not at all. What was recorded before an interruption is
        recognised by its bytes and not read again. A source that cannot be had is one of the outcomes
        and keeps none of the others out. Raises `UsageError` for a date given that is none.
        """
        options = options or Options()
        checked_given(options.given)
        waiting: deque[_Waiting] = deque()

        def items() -> Iterator[Item]:
            for each in self._taken(sources, options, progress):
                waiting.append(each)
                if each.preserved:  # one without text goes along, so that the log keeps the order
                    yield item_of(each.preserved.report)

        for reading in _read(items(), jobs, reader):
            yield from _settled(waiting)
            preserved = waiting.popleft().preserved
            if preserved is None:
                raise ReaderError("the reader gave more readings than it was given reports")
            yield self._put(preserved, reading if preserved.report.text.strip() else None)
        yield from _settled(waiting)

    def _taken(
        self, sources: Iterable[str | Upload], options: Options, progress: Progress | None
    ) -> Iterator[_Waiting]:
        """Whatever the sources hold, in order, and whether it must be read."""
        passed: list[Outcome] = []

        def pass_over(source: str, error: StandoffError) -> None:
            passed.append(_refused(source, error))

        for source in sources:
            for preserved in take(source, options, pass_over):
                yield from (_Waiting(outcome=each) for each in passed)
                passed.clear()
                if progress:
                    progress(preserved.report.id, 1)
                yield self._sorted(preserved, options.given)
            yield from (_Waiting(outcome=each) for each in passed)
            passed.clear()

    def _sorted(self, preserved: Preserved, given: Given) -> _Waiting:
        report = preserved.report
        if self._record.knows(report.sha256, report.id, published=given.published, publisher=given.publisher):
            return _Waiting(outcome=_outcome(report.id, "known", report.error))
        return _Waiting(preserved=preserved)

    def _put(self, preserved: Preserved, reading: Reading | None) -> Outcome:
        report = preserved.report
        try:
            added = self._record.add(preserved, reading, id_given=preserved.id_given)
        except ClashError as error:
            self._record.append_failure(report.id, "record", error)
            return _refused(report.id, error)
        return _outcome(
            added.report, added.outcome, report.error, reading.warnings if reading else report.warnings
        )

    def view(self, axes: Axes | None = None) -> View:
        """Everything there is to show under ``axes``. Raises `UsageError` for axes that are no dates."""
        with collector_paused(keep=True):
            return self._view(axes)

    def _view(self, axes: Axes | None) -> View:
        axes = checked(axes or Axes())
        last = self._record.head().n
        if axes.recorded_by is not None and not 0 <= axes.recorded_by <= last:
            what, todo = f"the log has no entry {axes.recorded_by}", f"it goes up to {last}"
            raise UsageError(what, where="--recorded-by", todo=todo)
        times = axes.times
        if (times, last) not in self._views:
            self._forget(last)
            snapshot = self._record.snapshot(axes)
            effective = apply_reviews(snapshot.reports, snapshot.readings, snapshot.reviews)
            self._views[times, last], self._asked[times, last] = _derived(
                self._record.name, times, snapshot.reports, effective, snapshot, self._remembered
            )
        if (axes, last) not in self._views:  # whom to believe changes the ledger alone
            base, asked = self._views[times, last], self._asked[times, last]
            self._forget(last)
            derived = count_again(base.derived, asked, axes, memo=self._remembered.memo)
            self._views[axes, last] = msgspec.structs.replace(base, axes=axes, derived=derived)
        return self._views[axes, last]

    def _forget(self, last: int) -> None:
        """Let go of views of an older log, which nobody asks for again, and of the oldest on other axes."""
        kept = [held for held in self._views if held[1] == last and held[0] != Axes()][-KEPT:]
        self._views = {held: self._views[held] for held in self._views if held in {*kept, (Axes(), last)}}
        self._asked = {held: asked for held, asked in self._asked.items() if held in self._views}

    def review(self, review: Review, *, after: int | None = None) -> int:
        """Append a decision; see `Record.append_review`."""
        return self._record.append_review(review, after=after)

    def publish(self) -> None:
        """Write what holds now beside the log as plain tables, for any tool of the database.

        Reports and reviews stand there already, as views over the log itself.
        """
        view = self.view()
        with collector_paused():
            tables = {what: rows(view, what).flat for what in TABLES}
            self._record.replace_derived(tables, VERSION, Head(*view.head))


def derive(
    name: str, axes: Axes, reports: Sequence[Report], effective: Effective, snapshot: Snapshot
) -> View:
    """Resolve and reconcile effective readings into a view. Pure: same input, same view.

    Reports stand in the order of their publication, undated ones last, never in that of adding them.
    """
    return _derived(name, axes, reports, effective, snapshot, None)[0]


def _derived(
    name: str,
    axes: Axes,
    reports: Sequence[Report],
    effective: Effective,
    snapshot: Snapshot,
    remembered: Remembered | None,
) -> tuple[View, Asked]:
    """The view, and the questions that it was derived from.

    ``remembered`` is what was worked out before; it saves time and changes nothing.
    """
    with collector_paused():
        return _worked_out(name, axes, reports, effective, snapshot, remembered)


def _worked_out(
    name: str,
    axes: Axes,
    reports: Sequence[Report],
    effective: Effective,
    snapshot: Snapshot,
    remembered: Remembered | None,
) -> tuple[View, Asked]:
    reports = sorted(reports, key=_by_publication)
    place = {report.id: n for n, report in enumerate(reports)}
    readings = sorted(effective.readings, key=lambda reading: place[reading.report])
    if remembered:
        readings = remembered.steady(readings)
    kept = remembered.kept if remembered else None
    joined = [decision.ids for decision in effective.merges]
    parted = [decision.ids for decision in effective.splits]
    referents = resolve(reports, readings, joined=joined, parted=parted, kept=kept)
    bound = bind(readings, referents, kept)
    decisions = (*effective.merges, *effective.splits, *effective.question_decisions)
    questions = [each.review for each in sorted(decisions, key=lambda d: d.entry)]
    workings = remembered.workings(axes) if remembered else None
    asked = ask(reports, bound, referents, axes=axes, reviews=questions, parted=parted, kept=workings)
    view = View(
        name=name,
        axes=axes,
        reports=tuple(reports),
        readings=bound,
        referents=referents,
        derived=derive_all(asked, axes, memo=remembered.memo if remembered else None),
        reviews=tuple(snapshot.reviews),
        orphans=tuple(Orphan(entry=o.entry, review=o.review, reason=o.reason) for o in effective.orphans),
        status=dict(effective.status_of),
        entries=effective.entries_of,
        originals=effective.originals,
        rejected=effective.rejected,
        undated=snapshot.left_out,
        head=(snapshot.head.n, snapshot.head.hash),
    )
    return view, asked


def _by_publication(report: Report) -> tuple[bool, str, str]:
    published = report.published.value
    return published is None, published or "", report.id


def item_of(report: Report) -> Item:
    """What a reader needs of a report."""
    from standoff.read import Item

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


def read_reports(reports: Iterable[Report], jobs: int = 1, reader: str | None = None) -> Iterator[ReadOutput]:
    """Read reports one by one, each resolved within itself only. Constant memory, input order.

    ``reader`` is the name of another reader than the package's own (see ``docs/readers.md``).
    """
    waiting: deque[Report] = deque()

    def items() -> Iterator[Item]:
        for report in reports:
            waiting.append(report)
            yield item_of(report)

    for reading in _read(items(), jobs, reader):
        report = waiting.popleft()
        (bound,) = bind([reading], resolve_one(report, reading))
        yield output(report, bound)


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


def _settled(waiting: deque[_Waiting]) -> Iterator[Outcome]:
    """Outcomes that stand before the next report that is being read."""
    while waiting and (outcome := waiting[0].outcome):
        waiting.popleft()
        yield outcome


def _outcome(report: str, outcome: str, error: str | None, warnings: tuple[str, ...] = ()) -> Outcome:
    code = InputError.exit_code if error else 0
    return Outcome(report=report, outcome=outcome, error=error, exit_code=code, warnings=warnings)


def _read(items: Iterable[Item], jobs: int, reader: str | None) -> Iterator[Reading]:
    """`read_many`, with a sentence for a process that was killed (mostly for want of memory)."""
    from standoff.read.held import ctrl_c_held

    with ctrl_c_held():
        from standoff.read import READER, read_many

    try:
        yield from read_many(items, jobs, reader or READER.name)
    except BrokenProcessPool as error:
        raise ReaderError(
            "a process that read reports was ended from outside",
            todo="run the same command again, with fewer --jobs if memory was short",
        ) from error


def _refused(source: str, error: StandoffError) -> Outcome:
    return Outcome(report=source, outcome="refused", error=str(error), exit_code=error.exit_code)
