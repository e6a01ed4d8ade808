"""Whether a situation is what it says: hashes, chain, canonical form, anchors, derived tables.

Nothing is read or extracted again, and nothing is written.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from standoff.errors import StandoffError, VerifyError
from standoff.model import Report
from standoff.record import derived
from standoff.record.address import shown
from standoff.record.anchors import check_anchor, check_reading, layers
from standoff.record.canonical import FORMAT, as_stored, canonical_json, parse
from standoff.record.entries import (
    ABOUT_REPORTS,
    KINDS,
    card,
    chain_hash,
    reading_from,
    report_from,
    review_from,
)
from standoff.record.opening import open_store
from standoff.record.packing import text_of, unpack
from standoff.record.store import Head, Row, Store

_T = TypeVar("_T")


class VerifyReport(msgspec.Struct, frozen=True, kw_only=True):
    """The result. ``problem`` is the first thing that does not fit, ``where`` it lies; None when all fits.

    ``notes`` are not damage: derived tables that are behind the log or made by another version.
    """

    path: str
    ok: bool
    problem: str | None = None
    where: str | None = None
    entries: int = 0
    contents: int = 0
    annotations: int = 0
    head: Head = Head(0, "")
    notes: tuple[str, ...] = ()

    def require(self) -> None:
        """Raise `VerifyError` unless everything fits."""
        if not self.ok:
            raise VerifyError(self.problem or "the situation does not verify", where=self.where)


class _MisfitError(Exception):
    """The first thing that does not fit."""

    def __init__(self, what: str, where: str) -> None:
        super().__init__(what)
        self.what, self.where = what, where


def verify(place: str | Path, head: str | None = None, *, version: str | None = None) -> VerifyReport:
    """Check a situation (see `Record.open`) against itself, and against a ``head`` hash kept elsewhere.

    ``version`` names the installed deriving code; that it differs from the recorded one is only noted.
    """
    check = _Check(place)
    try:
        check.run(head, version)
    except _MisfitError as err:
        return check.report(err.what, err.where)
    except StandoffError as err:
        return check.report(err.what, err.where or check.path)
    return check.report()


class _Check:
    def __init__(self, place: str | Path) -> None:
        self.place, self.path = place, shown(place)
        self.store: Store
        self.head = Head(0, "")
        self.hashes: list[str] = [""]
        self.named: set[str] = set()
        self.texts: dict[str, str] = {}
        self.contents = self.annotations = 0
        self.notes: list[str] = []

    def report(self, problem: str | None = None, where: str | None = None) -> VerifyReport:
        return VerifyReport(
            path=self.path,
            ok=problem is None,
            problem=problem,
            where=where,
            entries=self.head.n,
            contents=self.contents,
            annotations=self.annotations,
            head=self.head,
            notes=tuple(self.notes),
        )

    def run(self, head: str | None, version: str | None) -> None:
        self.store = open_store(self.place, write=False)
        try:
            with self.store.read():
                self._file()
                self._contents()
                for row in self.store.rows():
                    self._entry(row)
                self._unnamed()
                self._derived(version)
                self._kept_head(head)
        finally:
            self.store.close()

    def _file(self) -> None:
        fault = self.store.fault()
        if fault:
            raise _MisfitError(f"the database is damaged: {fault}", self.store.where)
        objects, core = self.store.objects(), self.store.core()
        for name, sql in core.items():
            if objects.get(name, "").split() != sql.split():
                raise _MisfitError(f"{name} is missing or not as this format defines it", "its tables")
        derived_names = {state.name for state in self.store.derived()}
        extra = sorted(set(objects) - set(core) - derived_names)
        if extra:
            self.notes.append(f"tables of another program: {', '.join(extra)}")

    def _contents(self) -> None:
        for sha256 in self.store.contents():
            found = self.store.get(sha256)
            where = f"content {sha256}"
            if found is None:
                raise _MisfitError("content is not where its index says", where)
            size, crc32, packed = found
            if zlib.crc32(packed) != crc32:
                raise _MisfitError("stored content has changed (its CRC-32 differs)", where)
            self._hold(partial(unpack, sha256, size, packed), where)
            self.contents += 1

    def _hold(self, check: Callable[[], _T], where: str) -> _T:
        """Run one check; whatever is wrong is the first thing that does not fit."""
        try:
            return check()
        except StandoffError as err:
            raise _MisfitError(err.what, f"{where}, {err.where}" if err.where else where) from err
        except (msgspec.ValidationError, LookupError, TypeError, ValueError) as err:
            raise _MisfitError(f"it does not hold what it should: {err}", where) from err

    def _entry(self, row: Row) -> None:
        where = f"entry {row.n}"
        if row.n != self.head.n + 1:
            raise _MisfitError(f"entry {self.head.n + 1} is missing", where)
        if chain_hash(self.head.hash, row.body) != row.hash:
            raise _MisfitError("the entry does not match its hash in the chain", where)
        told = self._hold(lambda: parse(row.body), where)
        if canonical_json(as_stored(row.body)) != row.body:
            raise _MisfitError("the entry is not in canonical form", where)
        if told.get("format") != FORMAT or told.get("kind") not in KINDS:
            raise _MisfitError("the entry is of an unknown format or kind", where)
        about = self._hold(lambda: card(told["kind"], told["body"]), where)
        beside = (row.kind, row.at, row.report, row.sha256, row.text_sha256)
        if beside != (told["kind"], told.get("at"), about.report, about.sha256, about.text_sha256):
            raise _MisfitError("the columns beside the entry do not repeat what it says", where)
        self._hold(lambda: self._holds(row, told["body"]), where)
        self.head = Head(row.n, row.hash)
        self.hashes.append(row.hash)

    def _holds(self, row: Row, body: dict[str, Any]) -> None:
        if row.kind in ABOUT_REPORTS:
            self._report(report_from(body, ""), row)
        elif row.kind == "reading":
            reading = reading_from(row.body)
            text_hash = self.texts.get(row.report or "")
            if text_hash is None:
                raise _MisfitError("a reading of a report that is not there", f"entry {row.n}")
            check_reading(reading, self._text(reading.text_sha256), text_hash)
            self.annotations += sum(1 for _ in layers(reading))
        elif row.kind == "review":
            for anchor in review_from(body).targets:
                if anchor.text_sha256 is not None:
                    check_anchor(anchor, self._text(anchor.text_sha256))

    def _report(self, report: Report, row: Row) -> None:
        where = f"entry {row.n}"
        found = self.store.get(report.sha256)
        if found is None:
            raise _MisfitError(f"the preserved bytes {report.sha256} are missing", where)
        if found[0] != report.size:
            raise _MisfitError("the report's size is not that of its preserved bytes", where)
        self.named.add(report.sha256)
        self._text(report.text_sha256)
        if row.kind == "report":
            self.texts[row.report or ""] = report.text_sha256
        elif row.report not in self.texts:
            raise _MisfitError("an acquisition of a report that is not there", where)

    def _text(self, text_hash: str) -> str:
        found = self.store.get(text_hash)
        if found is None:
            raise _MisfitError(f"the text layer {text_hash} is missing", "contents")
        self.named.add(text_hash)
        return text_of(unpack(text_hash, found[0], found[2]))

    def _unnamed(self) -> None:
        for sha256 in self.store.contents():
            if sha256 not in self.named:
                raise _MisfitError("content that no entry names", f"content {sha256}")

    def _derived(self, version: str | None) -> None:
        for state in self.store.derived():
            where = f"derived table {state.name}"
            if state.head >= len(self.hashes) or self.hashes[state.head] != state.head_hash:
                raise _MisfitError("it was made from entries that are not in the log", where)
            columns, rows = self._hold(partial(self.store.derived_rows, state.name), where)
            if len(rows) != state.rows or derived.rows_sha256(columns, rows) != state.sha256:
                raise _MisfitError("its rows have changed since it was made", where)
            if state.head < self.head.n:
                self._note(f"derived tables are of entry {state.head}, the log is at {self.head.n}")
            if version is not None and state.version != version:
                self._note(f"derived by {state.version}; installed is {version}")

    def _note(self, note: str) -> None:
        if note not in self.notes:
            self.notes.append(note)

    def _kept_head(self, head: str | None) -> None:
        if head is None:
            return
        kept = head.strip().lower()
        if kept in self.hashes[1:]:
            if kept != self.head.hash:
                after = self.head.n - self.hashes.index(kept)
                self._note(f"the head given is entry {self.hashes.index(kept)}; {after} came after it")
            return
        raise _MisfitError("the head given is not in this log: it is another log, or was rewritten", "head")
