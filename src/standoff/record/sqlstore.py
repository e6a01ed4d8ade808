"""What a record asks in SQL that SQLite and PostgreSQL understand alike; the base of both stores."""

from __future__ import annotations

import contextlib
import re
import threading
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

import msgspec

from standoff.errors import RecordError
from standoff.record.store import DAMAGED, NO_HASH, Cell, DerivedState, Head, Key, Row

Argument = Cell | bytes
_COLUMNS = "n, kind, at, report, sha256, text_sha256, body, hash"
_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
_LAST = 2**62


class SqlStore(ABC):
    """A record in a database, open. Threads may share it; their transactions take turns."""

    mark: ClassVar[str] = "?"
    """How the driver writes a parameter."""

    def __init__(self, where: str, name: str, *, write: bool) -> None:
        self.where, self.name = where, name
        self._lock = threading.RLock()
        self._depth, self._writable = 0, write

    # ---- what each database does its own way

    @abstractmethod
    def core(self) -> Mapping[str, str]:
        """Every object that the format defines, by name, as `objects` gives it."""

    @abstractmethod
    def objects(self) -> dict[str, str]:
        """The definition of every table, index, trigger and view that is there, by name."""

    @abstractmethod
    def fault(self) -> str | None:
        """What the database's own check of itself finds first, or None."""

    @abstractmethod
    def replace_derived(
        self, state: DerivedState, columns: Sequence[str], rows: Iterable[Sequence[Cell]]
    ) -> None:
        """Put a derived table in the place of the one of that name."""

    @abstractmethod
    def drop_derived(self, name: str) -> None:
        """Remove a derived table."""

    @abstractmethod
    def derived_rows(self, name: str) -> tuple[list[str], list[tuple[Cell, ...]]]:
        """Columns and rows of a derived table, in the order they were given."""

    @abstractmethod
    def wait(self, after: int, timeout: float) -> int:
        """Number of the last entry, as soon as it is over ``after`` or ``timeout`` seconds have passed."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the database."""

    @abstractmethod
    def _sentences(self) -> contextlib.AbstractContextManager[None]:
        """Turns the driver's errors into `RecordError`."""

    @abstractmethod
    def _begin(self, *, write: bool) -> None:
        """Start a transaction: alone with the log to write, or of one moment to read."""

    @abstractmethod
    def _commit(self) -> None:
        """End it; when that fails, it is undone."""

    @abstractmethod
    def _rollback(self) -> None:
        """Undo it. Raises nothing: another error is on its way."""

    @abstractmethod
    def _run(self, sql: str, args: Sequence[Argument]) -> list[tuple[Any, ...]]:
        """Run one statement; its rows, if it gives any."""

    # ---- transactions

    @contextlib.contextmanager
    def _transaction(self, *, write: bool) -> Iterator[None]:
        with self._lock, self._sentences():
            if self._depth == 0:
                self._begin(write=write)
            self._depth += 1
            try:
                yield
            except BaseException:
                self._depth -= 1
                if self._depth == 0:
                    self._rollback()
                raise
            self._depth -= 1
            if self._depth == 0:
                self._commit()

    def write(self) -> contextlib.AbstractContextManager[None]:
        """One transaction in which head read and append cannot be parted by another writer."""
        if not self._writable:
            raise RecordError("the situation was opened to be read, not written", where=self.where)
        return self._transaction(write=True)

    def read(self) -> contextlib.AbstractContextManager[None]:
        """One snapshot."""
        return self._transaction(write=False)

    def _ask(self, sql: str, args: Sequence[Argument] = ()) -> list[tuple[Any, ...]]:
        with self._lock, self._sentences():
            return self._run(sql.replace("?", self.mark), args)

    # ---- the log

    def head(self, upto: int | None = None) -> Head:
        """Number and hash of the last entry, or of the last one up to number ``upto``."""
        last = _LAST if upto is None else upto
        found = self._ask("SELECT n, hash FROM entry WHERE n <= ? ORDER BY n DESC LIMIT 1", (last,))
        return Head(int(found[0][0]), str(found[0][1])) if found else Head(0, NO_HASH)

    def append(self, row: Row) -> None:
        """Add an entry."""
        self._ask(f"INSERT INTO entry ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)  # noqa: S608

    def rows(self, kinds: Sequence[str] = (), upto: int | None = None, after: int = 0) -> Iterator[Row]:
        """Entries in order, those up to number ``after`` left out; fetched a few at a time."""
        last = after
        while batch := self._batch(kinds, upto, last):
            yield from batch
            last = batch[-1].n

    def _batch(self, kinds: Sequence[str], upto: int | None, after: int) -> list[Row]:
        sql = f"SELECT {_COLUMNS} FROM entry WHERE n > ?"  # noqa: S608 (constants only)
        args: list[Cell] = [after]
        if kinds:
            sql += f" AND kind IN ({','.join('?' * len(kinds))})"
            args += kinds
        if upto is not None:
            sql += " AND n <= ?"
            args.append(upto)
        return [self._row(found) for found in self._ask(sql + " ORDER BY n LIMIT 256", args)]

    def find(self, key: Key, value: str, kinds: Sequence[str]) -> list[Row]:
        """Entries of the named kinds whose column ``key`` holds ``value``, in order."""
        marks = ",".join("?" * len(kinds))
        sql = f"SELECT {_COLUMNS} FROM entry WHERE {key} = ? AND kind IN ({marks}) ORDER BY n"  # noqa: S608
        return [self._row(found) for found in self._ask(sql, [value, *kinds])]

    def _row(self, found: Sequence[object]) -> Row:
        """An entry, if its columns hold what they are declared to: in a damaged file they may not."""
        try:
            return msgspec.convert(tuple(found), Row, builtin_types=(bytes,))
        except msgspec.ValidationError as err:
            raise RecordError(f"entry {found[0]} is damaged: {err}", where=self.where, todo=DAMAGED) from err

    # ---- contents

    def put(self, sha256: str, size: int, crc32: int, packed: bytes) -> None:
        """Keep packed content under its hash, unless it is there."""
        self._ask(
            "INSERT INTO content (sha256, size, crc32, packed) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (sha256) DO NOTHING",
            (sha256, size, crc32, packed),
        )

    def get(self, sha256: str) -> tuple[int, int, bytes] | None:
        """Size, CRC-32 and packed bytes, or None."""
        found = self._ask("SELECT size, crc32, packed FROM content WHERE sha256 = ?", (sha256,))
        return found[0] if found else None

    def contents(self) -> Iterator[str]:
        """Hashes of all contents, sorted."""
        for (name,) in self._ask("SELECT sha256 FROM content ORDER BY sha256"):
            yield str(name)

    # ---- derived tables

    def derived(self) -> list[DerivedState]:
        """The derived tables that are there, by name."""
        rows = self._ask("SELECT name, head, head_hash, version, rows, sha256 FROM derived ORDER BY name")
        return [DerivedState(*row) for row in rows]

    def _check_names(self, state: DerivedState, columns: Sequence[str]) -> None:
        """One rule for both databases, so that what is in one can be copied to the other."""
        taken = state.name in self.core() or state.name.startswith(("sqlite", "standoff", "pg_"))
        if not _NAME.fullmatch(state.name) or taken:
            raise RecordError(f"{state.name!r} cannot be the name of a derived table")
        if bad := [name for name in columns if not _NAME.fullmatch(name) or name == "row_number"]:
            raise RecordError(f"{bad[0]!r} cannot be the name of a column", where=state.name)

    def _check_derived(self, name: str) -> None:
        if name in self.core() or not _NAME.fullmatch(name):
            raise RecordError(f"{name!r} is not a derived table", where=self.where)
