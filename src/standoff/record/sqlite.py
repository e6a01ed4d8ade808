"""The record in one SQLite file: WAL while it is open, one complete file once it is closed."""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
import struct
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from standoff.errors import RecordError
from standoff.record import schema
from standoff.record.faults import BUSY_SECONDS, sentences
from standoff.record.store import NO_HASH, Cell, DerivedState, Head, Key, Row

MAGIC = b"SQLite format 3\x00"
_COLUMNS = "n, kind, at, report, sha256, text_sha256, body, hash"
_NO_SIDE_FILES = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR}
_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")


class SqliteStore:
    """A situation file, open. Threads may share it; their writes take turns."""

    def __init__(self, path: Path, *, write: bool = True) -> None:
        self.path, self.where = path, str(path)
        self._lock = threading.RLock()
        self._depth, self._writable = 0, write
        check_header(path)
        with sentences(self.where):
            self._con = connect(path, write=write)
            try:
                self._prepare(write)
            except BaseException:
                self._con.close()
                raise

    def _prepare(self, write: bool) -> None:
        version = int(self._con.execute("PRAGMA user_version").fetchone()[0])
        if write:
            to_wal(self._con)
            # A kill loses nothing committed; after a power cut the last transactions may be gone, whole.
            self._con.execute("PRAGMA synchronous = NORMAL")
            self._con.execute(f"PRAGMA max_page_count = {schema.MAX_FILE // schema.PAGE_SIZE}")
        if version < schema.VERSION:
            self._migrate(version, write)

    def _migrate(self, version: int, write: bool) -> None:
        if not write:
            raise RecordError(
                f"the situation file is of version {version} and can only be read after it is brought to "
                f"version {schema.VERSION}",
                where=self.where,
                todo="open it once where it can be written to",
            )
        with self.write():
            # Asked again under the lock: another process may have done it in between.
            version = int(self._con.execute("PRAGMA user_version").fetchone()[0])
            while version < schema.VERSION:
                schema.MIGRATIONS[version](self._con)
                version += 1
                self._con.execute(f"PRAGMA user_version = {version}")

    @contextlib.contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        with self._lock, sentences(self.where):
            if self._depth == 0:
                self._con.execute(begin)
            self._depth += 1
            try:
                yield
            except BaseException:
                self._depth -= 1
                if self._depth == 0 and self._con.in_transaction:
                    self._con.execute("ROLLBACK")
                raise
            self._depth -= 1
            if self._depth == 0:
                self._commit()

    def _commit(self) -> None:
        try:
            self._con.execute("COMMIT")
        except sqlite3.Error:
            if self._con.in_transaction:
                self._con.execute("ROLLBACK")
            raise

    def write(self) -> contextlib.AbstractContextManager[None]:
        """One immediate transaction: head read and append cannot be parted by another writer."""
        if not self._writable:
            raise RecordError("the situation file was opened to be read, not written", where=self.where)
        return self._transaction("BEGIN IMMEDIATE")

    def read(self) -> contextlib.AbstractContextManager[None]:
        """One snapshot."""
        return self._transaction("BEGIN")

    def _ask(self, sql: str, args: Sequence[Cell] = ()) -> list[tuple[Cell, ...]]:
        with self._lock, sentences(self.where):
            return self._con.execute(sql, args).fetchall()

    def head(self, upto: int | None = None) -> Head:
        """Number and hash of the last entry, or of the last one up to number ``upto``."""
        last = 2**62 if upto is None else upto
        found = self._ask("SELECT n, hash FROM entry WHERE n <= ? ORDER BY n DESC LIMIT 1", (last,))
        return Head(int(found[0][0] or 0), str(found[0][1])) if found else Head(0, NO_HASH)

    def append(self, row: Row) -> None:
        """Add an entry."""
        with sentences(self.where):
            self._con.execute(f"INSERT INTO entry ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)  # noqa: S608

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
        return [Row(*found) for found in self._ask(sql + " ORDER BY n LIMIT 256", args)]  # type: ignore[arg-type]

    def find(self, key: Key, value: str, kinds: Sequence[str]) -> list[Row]:
        """Entries of the named kinds whose column ``key`` holds ``value``, in order."""
        marks = ",".join("?" * len(kinds))
        sql = f"SELECT {_COLUMNS} FROM entry WHERE {key} = ? AND kind IN ({marks}) ORDER BY n"  # noqa: S608
        return [Row(*found) for found in self._ask(sql, [value, *kinds])]  # type: ignore[arg-type]

    def put(self, sha256: str, size: int, crc32: int, packed: bytes) -> None:
        """Keep packed content under its hash, unless it is there."""
        with sentences(self.where):
            self._con.execute(
                "INSERT INTO content (sha256, size, crc32, packed) VALUES (?, ?, ?, ?) "
                "ON CONFLICT (sha256) DO NOTHING",
                (sha256, size, crc32, packed),
            )

    def get(self, sha256: str) -> tuple[int, int, bytes] | None:
        """Size, CRC-32 and packed bytes, or None."""
        found = self._ask("SELECT size, crc32, packed FROM content WHERE sha256 = ?", (sha256,))
        return found[0] if found else None  # type: ignore[return-value]

    def contents(self) -> Iterator[str]:
        """Hashes of all contents, sorted."""
        for (name,) in self._ask("SELECT sha256 FROM content ORDER BY sha256"):
            yield str(name)

    def replace_derived(
        self, state: DerivedState, columns: Sequence[str], rows: Iterable[Sequence[Cell]]
    ) -> None:
        """Put a derived table in the place of the one of that name."""
        if not _NAME.fullmatch(state.name) or state.name in schema.CORE or state.name.startswith("sqlite"):
            raise RecordError(f"{state.name!r} cannot be the name of a derived table")
        if bad := [name for name in columns if not _NAME.fullmatch(name) or name == "row_number"]:
            raise RecordError(f"{bad[0]!r} cannot be the name of a column", where=state.name)
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
        if name in schema.CORE or not _NAME.fullmatch(name):
            raise RecordError(f"{name!r} is not a derived table", where=self.where)
        with sentences(self.where):
            self._con.execute(f'DROP TABLE IF EXISTS "{name}"')
            self._con.execute("DELETE FROM derived WHERE name = ?", (name,))

    def derived(self) -> list[DerivedState]:
        """The derived tables that are there, by name."""
        rows = self._ask("SELECT name, head, head_hash, version, rows, sha256 FROM derived ORDER BY name")
        return [DerivedState(*row) for row in rows]  # type: ignore[arg-type]

    def derived_rows(self, name: str) -> tuple[list[str], list[tuple[Cell, ...]]]:
        """Columns and rows of a derived table, in the order they were given."""
        if not _NAME.fullmatch(name):
            raise RecordError(f"{name!r} is not a derived table", where=self.where)
        columns = [str(row[1]) for row in self._ask(f'PRAGMA table_info("{name}")')][1:]
        listed = ", ".join(f'"{column}"' for column in columns) or "NULL"
        rows = self._ask(f'SELECT {listed} FROM "{name}" ORDER BY "row_number"')  # noqa: S608
        return columns, rows

    def objects(self) -> dict[str, str]:
        """The SQL of every table, index, trigger and view by name, for `verify`."""
        rows = self._ask("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return {str(name): str(sql) for name, sql in rows}

    def fault(self) -> str | None:
        """What SQLite's own integrity check says first, or None."""
        found = str(self._ask("PRAGMA integrity_check(1)")[0][0])
        return None if found == "ok" else found

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
            self._con.close()


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
        return (
            f"the situation file is of version {version}; this standoff reads up to version {schema.VERSION}",
            "upgrade standoff (pip install -U standoff)",
        )
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
