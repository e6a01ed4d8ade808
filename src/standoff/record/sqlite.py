"""The record in one SQLite file: WAL while it is open, one complete file once it is closed."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import struct
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from standoff.errors import RecordError
from standoff.record import schema
from standoff.record.faults import BUSY_SECONDS, check_older, newer, sentences
from standoff.record.sqlstore import Argument, SqlStore
from standoff.record.store import Cell, DerivedState

MAGIC = b"SQLite format 3\x00"
_NO_SIDE_FILES = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR}
POLL_SECONDS = 0.25
"""How often `SqliteStore.wait` looks: another process cannot tell us that it appended."""


_opening = threading.Lock()
_open_here: Counter[tuple[int, int] | None] = Counter()
"""How often this process holds each file open. Such a file is never opened beside SQLite: closing it again
would drop SQLite's locks on it (POSIX), and another process could take its log away under our feet."""


def _key(path: Path) -> tuple[int, int] | None:
    try:
        told = path.stat()
    except OSError:
        return None
    return told.st_dev, told.st_ino


class SqliteStore(SqlStore):
    """A situation file, open. Threads may share it; their writes take turns."""

    def __init__(self, path: Path, *, write: bool = True) -> None:
        super().__init__(str(path), path.stem, write=write)
        self.path = path
        with _opening:
            if not _open_here[_key(path)]:
                check_header(path)
            with sentences(self.where):
                self._con = connect(path, write=write)
            self._key = _key(path)
            if self._key is not None:
                _open_here[self._key] += 1
        try:
            with sentences(self.where):
                self._prepare(write)
        except BaseException:
            self._let_go()
            raise

    def _let_go(self) -> None:
        with _opening:
            self._con.close()
            if self._key is not None:
                _open_here[self._key] -= 1
                self._key = None

    def _prepare(self, write: bool) -> None:
        version = self._version()
        if write:
            to_wal(self._con)
            # A kill loses nothing committed; after a power cut the last transactions may be gone, whole.
            self._con.execute("PRAGMA synchronous = NORMAL")
            self._con.execute(f"PRAGMA max_page_count = {schema.MAX_FILE // schema.PAGE_SIZE}")
        if version < schema.VERSION:
            check_older(version, schema.VERSION, self.where, write=write)
            with self.write():
                # Asked again under the lock: another process may have done it in between.
                for version in range(self._version(), schema.VERSION):
                    schema.MIGRATIONS[version](self._con)
                    self._con.execute(f"PRAGMA user_version = {version + 1}")

    def _version(self) -> int:
        return int(self._con.execute("PRAGMA user_version").fetchone()[0])

    def _sentences(self) -> contextlib.AbstractContextManager[None]:
        return sentences(self.where)

    def _begin(self, *, write: bool) -> None:
        self._con.execute("BEGIN IMMEDIATE" if write else "BEGIN")

    def _commit(self) -> None:
        try:
            self._con.execute("COMMIT")
        except sqlite3.Error:
            self._rollback()
            raise

    def _rollback(self) -> None:
        if self._con.in_transaction:
            self._con.execute("ROLLBACK")

    def _run(self, sql: str, args: Sequence[Argument]) -> list[tuple[Any, ...]]:
        return self._con.execute(sql, args).fetchall()

    def replace_derived(
        self, state: DerivedState, columns: Sequence[str], rows: Iterable[Sequence[Cell]]
    ) -> None:
        """Put a derived table in the place of the one of that name."""
        self._check_names(state, columns)
        listed = ", ".join(f'"{name}"' for name in ("row_number", *columns))
        marks = ", ".join("?" * (len(columns) + 1))
        with sentences(self.where):
            self.drop_derived(state.name)
            types = listed.replace('"row_number"', '"row_number" INTEGER PRIMARY KEY', 1)
            self._con.execute(f'CREATE TABLE "{state.name}" ({types})')
            self._con.executemany(
                f'INSERT INTO "{state.name}" ({listed}) VALUES ({marks})',  # noqa: S608 (names are checked)
                ((number, *row) for number, row in enumerate(rows, start=1)),
            )
            self._con.execute("INSERT INTO derived VALUES (?, ?, ?, ?, ?, ?)", state)

    def drop_derived(self, name: str) -> None:
        """Remove a derived table."""
        self._check_derived(name)
        with sentences(self.where):
            self._con.execute(f'DROP TABLE IF EXISTS "{name}"')
            self._con.execute("DELETE FROM derived WHERE name = ?", (name,))

    def derived_rows(self, name: str) -> tuple[list[str], list[tuple[Cell, ...]]]:
        """Columns and rows of a derived table, in the order they were given."""
        self._check_derived(name)
        columns = [str(row[1]) for row in self._ask(f'PRAGMA table_info("{name}")')][1:]
        listed = ", ".join(f'"{column}"' for column in columns) or "NULL"
        rows = self._ask(f'SELECT {listed} FROM "{name}" ORDER BY "row_number"')  # noqa: S608
        return columns, rows

    def core(self) -> Mapping[str, str]:
        """The SQL of every object of the format, by name."""
        return schema.CORE

    def objects(self) -> dict[str, str]:
        """The SQL of every table, index, trigger and view by name, for `verify`."""
        rows = self._ask("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return {str(name): str(sql) for name, sql in rows}

    def fault(self) -> str | None:
        """What SQLite's own integrity check says first, or None."""
        found = str(self._ask("PRAGMA integrity_check(1)")[0][0])
        return None if found == "ok" else found

    def wait(self, after: int, timeout: float) -> int:
        """Number of the last entry, once it is over ``after`` or the time is up; asked again and again."""
        until = time.monotonic() + timeout
        while (last := self.head().n) <= after and (left := until - time.monotonic()) > 0:
            time.sleep(min(POLL_SECONDS, left))
        return last

    def backup(self, target: Path) -> None:
        """Copy the whole file as it stands now into a new one."""
        with sentences(self.where), contextlib.closing(sqlite3.connect(target)) as con:
            self._con.backup(con)
            con.execute("PRAGMA journal_mode = DELETE")

    def close(self) -> None:
        """Bring the write-ahead log into the file; the last to close removes the side files."""
        with self._lock:
            with contextlib.suppress(sqlite3.Error):
                self._con.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._let_go()


def check_header(path: Path) -> None:
    """Raise `RecordError` unless the file's first bytes are those of a situation file we can read."""
    try:
        if path.is_dir():
            raise RecordError("this is a folder, not a situation file", where=str(path))
        with path.open("rb") as file:
            start = file.read(100)
    except FileNotFoundError as err:
        raise RecordError(
            "there is no such situation file", where=str(path), todo="make one with `standoff add`"
        ) from err
    except OSError as err:
        raise RecordError(
            f"the situation file cannot be read: {err.strerror or err}", where=str(path)
        ) from err
    problem = header_problem(start)
    if problem:
        raise RecordError(problem[0], where=str(path), todo=problem[1])


def header_problem(start: bytes) -> tuple[str, str] | None:
    """What is wrong with a file that begins so, and what to do; None when nothing is."""
    todo = "give the path of a file that `standoff add` made"
    if not start:
        return "this file is empty, it is not a situation file", todo
    if len(start) < 100 or not start.startswith(MAGIC):
        return "this is not a situation file", todo
    if struct.unpack(">I", start[68:72])[0] != schema.APPLICATION_ID:
        return "this is an SQLite file of another program, not a situation file", todo
    version = struct.unpack(">I", start[60:64])[0]
    if version > schema.VERSION:
        return newer(version, schema.VERSION)
    return None


def connect(path: Path, *, write: bool) -> sqlite3.Connection:
    """A connection that trusts nothing stored in the file but its tables."""
    base = path.absolute().as_uri()
    # To read, too, we ask to write: only then does the last to close take the side files away.
    con = _open(f"{base}?mode=rw") if write or os.access(path, os.W_OK) else _open(f"{base}?mode=ro")
    try:
        con.execute("SELECT 1 FROM sqlite_master").fetchall()
    except sqlite3.OperationalError as err:
        con.close()
        pending = path.with_name(path.name + "-wal").exists()
        if write or pending or err.sqlite_errorcode & 0xFF not in _NO_SIDE_FILES:
            raise
        # Side files cannot be made here (read-only folder) and none are pending: read it as it lies.
        con = _open(f"{base}?immutable=1")
    if not write:
        con.execute("PRAGMA query_only = ON")
    con.execute("PRAGMA trusted_schema = OFF")
    con.execute("PRAGMA cell_size_check = ON")
    return con


def _open(uri: str) -> sqlite3.Connection:
    return sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)


def to_wal(con: sqlite3.Connection) -> None:
    """Switch to write-ahead logging. SQLite does not wait for others here, so we do."""
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            con.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as err:
            if err.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.01)


def create_file(path: Path) -> None:
    """Make an empty situation file at once or not at all; whoever comes second keeps the first one's."""
    with beside(path) as draft:
        with contextlib.closing(sqlite3.connect(draft, isolation_level=None)) as con:
            schema.create(con)
        publish(draft, path)


@contextlib.contextmanager
def beside(path: Path) -> Iterator[Path]:
    """A new file in the same folder, removed at the end unless it was moved."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.absolute().parent)
    except OSError as err:
        raise RecordError(
            f"the situation file cannot be made: {err.strerror or err}",
            where=str(path),
            todo="check that the folder exists and that you may write in it",
        ) from err
    os.close(handle)
    draft = Path(name)
    try:
        with sentences(str(path)):
            yield draft
    finally:
        draft.unlink(missing_ok=True)
        for side in ("-journal", "-wal", "-shm"):
            draft.with_name(draft.name + side).unlink(missing_ok=True)


def publish(draft: Path, path: Path) -> bool:
    """Give the finished file its name unless that name is taken; False when it is."""
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    draft.chmod(0o666 & ~_umask())
    try:
        os.link(draft, path)
    except FileExistsError:
        return False
    except OSError:
        # No hard links on this file system: the check and the move are two steps there.
        if path.exists():
            return False
        draft.rename(path)
    return True


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
