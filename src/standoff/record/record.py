"""The record of one situation: what may be asked of it and appended to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec

from standoff.errors import AnchorError, MovedError, RecordError, ReviewError
from standoff.model import Acquisition, Axes, Preserved, Reading, Report, Review, sha256_hex, text_sha256
from standoff.record import derived, entries, views
from standoff.record.anchors import check_anchor, check_reading
from standoff.record.canonical import escape, free, parse
from standoff.record.entries import ABOUT_REPORTS, Entry, Kind
from standoff.record.faults import legible
from standoff.record.intake import Known, Outcome, decide, fold
from standoff.record.opening import open_store
from standoff.record.packing import Packed, pack, text_bytes, text_of, unpack
from standoff.record.store import Cell, DerivedState, Head, Store
from standoff.record.views import Snapshot


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """What `Record.add` did: under which id the report stands, which entries were appended."""

    report: str
    outcome: Outcome
    entries: tuple[int, ...]


class Record:
    """An append-only log of reports, readings and reviews, in one file or in a database.

    Use it as a context manager. Everything that a database might raise comes out as `RecordError`.
    """

    def __init__(self, store: Store) -> None:
        self._store, self._where = store, store.where
        self._followed = views.Followed()

    @classmethod
    def open(cls, place: str | Path, create: bool = True, *, write: bool = True) -> Self:
        """Open a situation, or make it first when it is missing and ``create`` is set.

        ``place`` is a file, or ``postgresql://USER@HOST/DATABASE?schema=NAME``. Raises `RecordError`
        when it is no situation, is newer, damaged, or out of reach.
        """
        return cls(open_store(place, create=create, write=write))

    @classmethod
    def create(cls, path: str | Path) -> Self:
        """Make a new situation file. Raises `RecordError` when something of that name is there."""
        path = Path(path)
        if path.exists():
            raise RecordError("there is something of that name already", where=str(path))
        return cls.open(path)

    @property
    def where(self) -> str:
        """Its path, or its address without a password."""
        return self._where

    @property
    def name(self) -> str:
        """What the situation is called: after its file, its schema, or its database."""
        return self._store.name

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, err: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of it; a file is then complete by itself."""
        self._store.close()

    # ---- appending

    def add(
        self, preserved: Preserved, reading: Reading | None = None, *, id_given: bool = False,
        at: str | None = None,
    ) -> Added:  # fmt: skip
        """Take a report in, with its bytes and (when there is one) its reading, all or nothing.

        ``id_given``: the id was stated with the report (JSON Lines ``id``), not taken from a file's
        name. ``at``: UTC ISO 8601 time of the entries, now when left out; it is custody only.
        Raises `AnchorError` when the reading does not stand in the text, `RecordError` when a given
        id already names another text.
        """
        report = preserved.report
        _check_preserved(preserved)
        if reading is not None:
            check_reading(reading, report.text, report.text_sha256)
        packed = _packed(preserved)
        at = at or now()
        with self._store.write():
            known = self._known_like(report)
            decision = decide(report, id_given, known, self._taken)
            self._put(packed)
            entry = self._append_report(report, decision.id, decision.report_entry, at)
            made = [entry]
            stored = report if decision.report_entry else self._described(decision.id)
            if reading is not None and self._wanted(reading, stored, decision.report_entry):
                told = msgspec.structs.replace(reading, report=decision.id)
                made.append(self._append("reading", at, msgspec.to_builtins(told)))
        return Added(report=decision.id, outcome=decision.outcome, entries=tuple(made))

    def append_reading(self, reading: Reading, *, at: str | None = None) -> int:
        """Add a reading of a recorded report; it becomes that report's reading. Returns the entry."""
        with self._store.write():
            report = self._described(reading.report)
            text = text_of(self._content(report.text_sha256))
            check_reading(reading, text, report.text_sha256)
            return self._append("reading", at or now(), msgspec.to_builtins(reading))

    def append_review(self, review: Review, *, at: str | None = None, after: int | None = None) -> int:
        """Add a person's decision. Raises `ReviewError` when it names nothing, or words not there.

        With ``after`` it is added only while that is the last entry; else `MovedError`, and nothing is.
        """
        with self._store.write():
            if after is not None and self._store.head().n != after:
                raise MovedError("the record has grown since", where=f"entry {after}", todo="look again")
            self._check_review(review)
            return self._append("review", at or now(), entries.review_body(review))

    def append_failure(self, report: str | None, stage: str, err: Exception, *, at: str | None = None) -> int:
        """Note that a stage failed on a report (or on something that never became one)."""
        body = {
            "report": report,
            "stage": stage,
            "code": getattr(err, "code", None),
            "what": str(err) or type(err).__name__,
        }
        with self._store.write():
            return self._append("failure", at or now(), body)

    def append_output(self, body: Mapping[str, Any], *, at: str | None = None) -> int:
        """Note something that left the record (a brief, an export) and what was withheld in it."""
        told = free(msgspec.to_builtins(dict(body)))
        with self._store.write():
            return self._append("output", at or now(), told)

    # ---- asking

    def knows(
        self, sha256: str, name: str, *, published: str | None = None, publisher: str | None = None
    ) -> bool:
        """Whether these bytes were taken in under this id or file name, told the same of them.

        Cheap: nothing is unpacked. Lets a caller skip, after an interruption, what is done.
        """
        found = self._store.find("sha256", sha256, ABOUT_REPORTS)
        for known in self._known(row.report for row in found):
            told = known.report
            same = (published in {None, told.published.value}) and (publisher in {None, told.publisher.value})
            if same and sha256 in known.sha256 and name in known.asked:
                return True
        return False

    def head(self) -> Head:
        """Number and hash of the last entry; ``(0, "")`` in an empty record."""
        return self._store.head()

    def wait(self, after: int, timeout: float) -> int:
        """Number of the last entry, as soon as it is over ``after`` or ``timeout`` seconds have passed.

        Others may use the record meanwhile. In a database each call holds a connection of its own.
        """
        return self._store.wait(after, timeout)

    def entries(
        self, kinds: Sequence[str] = (), *, upto: int | None = None, after: int = 0
    ) -> Iterator[Entry]:
        """The log in order, as plain data; entries up to number ``after`` are left out."""
        for row in self._store.rows(kinds, upto, after):
            with self._legible():
                entry = Entry(n=row.n, kind=row.kind, at=row.at, hash=row.hash, body=parse(row.body)["body"])
            yield entry

    def data(self, sha256: str) -> bytes:
        """Preserved bytes. Raises `RecordError` when there are none, or they are not what the hash says."""
        return self._content(sha256)

    def text(self, text_hash: str) -> str:
        """A text layer by its hash. Raises `RecordError` as `data` does."""
        return text_of(self._content(text_hash))

    def snapshot(self, axes: Axes | None = None) -> Snapshot:
        """Reports, their readings and all reviews as of one moment, cut along the axes."""
        axes = axes or Axes()
        with self._store.read(), self._legible():
            if axes.recorded_by is None:
                return self._followed.snapshot(self._store, axes, self.text)
            return views.snapshot(self._store, axes, self.text)

    def reports(self, axes: Axes | None = None) -> list[Report]:
        """Reports in the order they were added; see `left_out` for what ``known_by`` leaves out."""
        with self._store.read(), self._legible():
            return views.reports(self._store, axes or Axes(), self.text)[0]

    def left_out(self, axes: Axes) -> int:
        """How many reports ``known_by`` leaves out because their date is unknown or does not say."""
        with self._store.read(), self._legible():
            return views.reports(self._store, axes, None)[1]

    def readings(self, axes: Axes | None = None) -> list[Reading]:
        """The newest reading of each report, in the order of `reports`."""
        with self._store.read(), self._legible():
            held = views.reports(self._store, axes or Axes(), None)[0]
            return views.readings(self._store, axes or Axes(), held)

    def reviews(self, axes: Axes | None = None) -> list[tuple[int, Review]]:
        """All reviews with their entry numbers, in order."""
        with self._legible():
            return views.reviews(self._store, axes or Axes())

    def reviews_after(self, entry: int) -> list[tuple[int, Review]]:
        """Reviews that were appended after an entry, with their numbers."""
        with self._legible():
            rows = self._store.rows(("review",), None, entry)
            return [(row.n, entries.review_from(parse(row.body)["body"])) for row in rows]

    def acquisitions(self, report: str) -> list[Acquisition]:
        """Each time the bytes of a report were had, in log order."""
        rows = self._store.find("report", escape(report), ABOUT_REPORTS)
        with self._legible():
            return [entries.report_from(parse(row.body)["body"], "").acquired for row in rows]

    # ---- derived tables

    def replace_derived(
        self, tables: Mapping[str, Sequence[Mapping[str, Any]]], version: str, head: Head | None = None
    ) -> None:
        """Write derived rows as tables that any tool of the database can read, in place of the ones before.

        ``version`` names the code that derived them; ``head`` the entry they were derived from (the
        last one when left out). Tables that are not in ``tables`` are removed. Where someone has
        written tables of a later entry meanwhile, those stay.
        """
        with self._store.write():
            made_from = head or self._store.head()
            before = self._store.derived()
            if any(made_from.n < state.head for state in before):
                return
            for state in before:
                if state.name not in tables:
                    self._store.drop_derived(state.name)
            for name, rows in sorted(tables.items()):
                columns, cells = derived.table(rows)
                state = derived.state(name, made_from, version, columns, cells)
                self._store.replace_derived(state, columns, cells)

    def derived(self) -> list[DerivedState]:
        """Which derived tables there are and what they were made from."""
        return self._store.derived()

    def derived_rows(self, name: str) -> tuple[list[str], list[tuple[Cell, ...]]]:
        """Columns and rows of one derived table."""
        return self._store.derived_rows(name)

    # ---- inside

    def _legible(self) -> AbstractContextManager[None]:
        """What is decoded within is damaged where it cannot be."""
        return legible(self.where)

    def _append(self, kind: Kind, at: str, body: dict[str, Any]) -> int:
        row = entries.row(self._store.head(), kind, at, body)
        self._store.append(row)
        return row.n

    def _append_report(self, report: Report, name: str, own: bool, at: str) -> int:
        if own:
            told = msgspec.structs.replace(report, id=name)
            return self._append("report", at, entries.report_body(told, report.id))
        return self._append("acquisition", at, entries.report_body(report, report.id, of=name))

    def _put(self, contents: Sequence[Packed]) -> None:
        for packed in contents:
            self._store.put(*packed)

    def _wanted(self, reading: Reading, stored: Report, new: bool) -> bool:
        """Whether a reading that comes with another acquisition says anything new about that report."""
        if new:
            return True
        if (reading.text_sha256, reading.published) != (stored.text_sha256, stored.published.value):
            return False
        rows = self._store.find("report", escape(stored.id), ("reading",))
        with self._legible():
            last = entries.reading_from(rows[-1].body) if rows else None
        return last is None or (last.reader, last.text_sha256, last.published) != (
            reading.reader, reading.text_sha256, reading.published,
        )  # fmt: skip

    def _known_like(self, report: Report) -> list[Known]:
        rows = self._store.find("report", escape(report.id), ("report",))
        rows += self._store.find("sha256", report.sha256, ABOUT_REPORTS)
        if report.text.strip():
            rows += self._store.find("text_sha256", report.text_sha256, ABOUT_REPORTS)
        return self._known(row.report for row in sorted(rows, key=lambda row: row.n))

    def _known(self, names: Iterator[str | None]) -> list[Known]:
        """Recorded reports by (escaped) id, each once, without their texts."""
        found = []
        for name in dict.fromkeys(names):
            with self._legible():
                bodies = [
                    (row.kind, parse(row.body)["body"])
                    for row in self._store.find("report", name or "", ABOUT_REPORTS)
                ]
                found += [_known(bodies)] if bodies else []
        return found

    def _described(self, name: str) -> Report:
        known = self._known(iter([escape(name)]))
        if not known:
            raise RecordError(f"there is no report {name!r} in the record", where=self._where)
        return known[0].report

    def _taken(self, name: str) -> bool:
        return bool(self._store.find("report", escape(name), ("report",)))

    def _content(self, sha256: str) -> bytes:
        found = self._store.get(sha256)
        if found is None:
            raise RecordError(f"no content with SHA-256 {sha256} is in the record", where=self._where)
        size, _, packed = found
        return unpack(sha256, size, packed)

    def _check_review(self, review: Review) -> None:
        if review.action == "undo":
            self._check_undo(review)
        elif not review.targets:
            raise ReviewError(f"a review that would {review.action} names nothing")
        for anchor in review.targets:
            if anchor.text_sha256 is None:
                continue
            if not self._store.find("text_sha256", anchor.text_sha256, ABOUT_REPORTS):
                raise ReviewError("a review names a text that is not in the record")
            try:
                check_anchor(anchor, self.text(anchor.text_sha256))
            except AnchorError as err:
                raise ReviewError(err.what, where=err.where) from err

    def _check_undo(self, review: Review) -> None:
        rows = self._store.rows(("review",), review.undoes)
        if review.undoes is None or not any(row.n == review.undoes for row in rows):
            raise ReviewError(
                "an undo must name the entry of a review",
                where=f"entry {review.undoes}",
                todo="`standoff show SITUATION reviews` lists them",
            )


def _known(bodies: list[tuple[str, dict[str, Any]]]) -> Known:
    return Known(
        report=fold(views.since_extraction(bodies)),
        sha256=frozenset(body["report"]["sha256"] for _, body in bodies),
        asked=frozenset(body["asked"] for _, body in bodies),
    )


def now() -> str:
    """The clock as an entry's custody time. Never an anchor."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _packed(preserved: Preserved) -> list[Packed]:
    """Bytes and text layer ready to store; often (plain text) they are one and the same."""
    where = preserved.report.acquired.where
    data = pack(preserved.data, where)
    text = text_bytes(preserved.report.text)
    return [data] if sha256_hex(text) == data.sha256 else [data, pack(text, where)]


def _check_preserved(preserved: Preserved) -> None:
    report = preserved.report
    checks = {
        "bytes do not match their SHA-256": sha256_hex(preserved.data) == report.sha256,
        "size is not that of its bytes": len(preserved.data) == report.size,
        "text does not match its SHA-256": text_sha256(report.text) == report.text_sha256,
    }
    for what, holds in checks.items():
        if not holds:
            raise AnchorError(f"a report's {what}", where=report.id)
