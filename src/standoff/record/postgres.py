"""The record in a schema of a PostgreSQL database, for many who work at once.

Writers take turns by an advisory lock, held for one transaction; readers see one moment and wait for
nobody. Derived rows lie in one table, as rows are seen as of one moment and dropped tables are not; a
view of each derived table's name shows them with columns.
"""

from __future__ import annotations

import contextlib
import json
import math
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from standoff.errors import RecordError
from standoff.record import pgschema
from standoff.record.address import PUBLIC, Address
from standoff.record.canonical import MARK
from standoff.record.faults import BUSY_SECONDS, check_older, newer
from standoff.record.pgfaults import sentences, unreachable
from standoff.record.sqlstore import Argument, SqlStore
from standoff.record.store import Cell, DerivedState

try:
    import psycopg
    from psycopg import sql
except ImportError as err:
    raise RecordError(
        "situations in PostgreSQL need its driver, which is not installed",
        todo='pip install "standoff[postgres]"',
    ) from err

CONNECT_SECONDS = 10
IDLE_MINUTES = 10
"""A transaction that stands still so long is ended by the server: its holder hangs, and others wait."""
_NUL = f"{MARK}0000"
"""Stands for U+0000, which PostgreSQL cannot keep as text; see `canonical.escape`."""

_Connection = psycopg.Connection[tuple[Any, ...]]


class PostgresStore(SqlStore):
    """A situation in a database, open. Threads may share it; their transactions take turns."""

    mark: ClassVar[str] = "%s"

    def __init__(self, address: Address, *, write: bool = True, create: bool = False) -> None:
        self._address = address
        self._con = connect(address, write=write)
        try:
            database = self._con.info.dbname
            name = database if address.schema == PUBLIC else address.schema
            super().__init__(address.shown, name, write=write)
            with sentences(address):
                self._prepare(create=create and write)
        except BaseException:
            self._con.close()
            raise

    # ---- opening

    def _prepare(self, *, create: bool) -> None:
        version = self._version()
        if version is None and create:
            make(self._con, self._address)
            version = self._version()
        if version is None:
            raise RecordError(
                "there is no situation in this schema", where=self.where, todo="make one with `standoff add`"
            )
        if version > pgschema.VERSION:
            what, todo = newer(version, pgschema.VERSION)
            raise RecordError(what, where=self.where, todo=todo)
        found = self._con.execute("SELECT to_regclass('entry')::oid").fetchone()
        if found is None or found[0] is None:
            raise psycopg.errors.UndefinedTable
        oid = int(found[0])
        self._lock_number, self._channel = pgschema.LOCK << 32 | oid, f"standoff_{oid}"
        if version < pgschema.VERSION:
            self._migrate(version)

    def _version(self) -> int | None:
        """Version of the situation in this schema, None when there is none."""
        there = self._con.execute("SELECT to_regclass('situation')").fetchone()
        if there is None or there[0] is None:
            return None
        try:
            found = self._con.execute("SELECT version FROM situation WHERE format = %s", (pgschema.FORMAT,))
        except psycopg.errors.UndefinedColumn:  # another program's table
            return None
        row = found.fetchone()
        return None if row is None else int(row[0])

    def _migrate(self, version: int) -> None:
        check_older(version, pgschema.VERSION, self.where, write=self._writable)
        with self.write():
            # Asked again under the lock: another process may have done it in between.
            for old in range(self._version() or version, pgschema.VERSION):
                pgschema.MIGRATIONS[old](self._con)
                self._con.execute("UPDATE situation SET version = %s", (old + 1,))

    # ---- transactions

    def _sentences(self) -> contextlib.AbstractContextManager[None]:
        return sentences(self._address)

    def _begin(self, *, write: bool) -> None:
        if not write:
            self._execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            return
        # Read committed: what is asked after the lock was had sees what its last holder wrote.
        self._execute("BEGIN ISOLATION LEVEL READ COMMITTED")
        try:
            self._con.execute("SELECT pg_advisory_xact_lock(%s)", (self._lock_number,))
        except BaseException:
            self._rollback()
            raise

    def _commit(self) -> None:
        try:
            self._con.execute("COMMIT")
        except BaseException:
            self._rollback()
            raise

    def _rollback(self) -> None:
        with contextlib.suppress(psycopg.Error):
            if self._con.info.transaction_status != psycopg.pq.TransactionStatus.IDLE:
                self._con.execute("ROLLBACK")

    def _execute(self, sql: str, args: Sequence[Argument] | None = None) -> psycopg.Cursor[tuple[Any, ...]]:
        try:
            return self._con.execute(sql, args, binary=True)
        except psycopg.OperationalError:
            if self._depth or not self._con.broken:
                raise
        # Lost outside of any transaction, as when the server was started anew: nothing was begun.
        self._con = connect(self._address, write=self._writable)
        return self._con.execute(sql, args, binary=True)

    def _run(self, sql: str, args: Sequence[Argument]) -> list[tuple[Any, ...]]:
        told = [arg.replace("\0", _NUL) if isinstance(arg, str) else arg for arg in args]
        found = self._execute(sql, told or None)
        if found.description is None:
            return []
        return [tuple(map(_back, row)) for row in found]

    # ---- derived tables

    def replace_derived(
        self, state: DerivedState, columns: Sequence[str], rows: Iterable[Sequence[Cell]]
    ) -> None:
        """Put a derived table in the place of the one of that name."""
        self._check_names(state, columns)
        cells = [tuple(row) for row in rows]
        told = json.dumps(list(zip(columns, column_types(len(columns), cells), strict=True)))
        before = self._ask("SELECT columns, sha256 FROM derived WHERE name = ?", (state.name,))
        self._ask(
            "INSERT INTO derived (name, head, head_hash, version, rows, sha256, columns) "
            "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET head = excluded.head, "
            "head_hash = excluded.head_hash, version = excluded.version, rows = excluded.rows, "
            "sha256 = excluded.sha256, columns = excluded.columns",
            (*state, told),
        )
        if not before or before[0][1] != state.sha256:
            self._write_rows(state.name, cells)
        if not before or before[0][0] != json.loads(told):
            self._ask("SELECT standoff_show(?, true)", (state.name,))

    def _write_rows(self, name: str, rows: Iterable[tuple[Cell, ...]]) -> None:
        self._ask("DELETE FROM derived_row WHERE name = ?", (name,))
        with (
            self._sentences(),
            self._con.cursor() as cursor,
            cursor.copy("COPY derived_row (name, row_number, cells) FROM STDIN") as copy,
        ):
            for number, row in enumerate(rows, start=1):
                copy.write_row((name, number, json.dumps([*map(_cell, row)], ensure_ascii=False)))

    def drop_derived(self, name: str) -> None:
        """Remove a derived table."""
        self._check_derived(name)
        if self._ask("SELECT 1 FROM derived WHERE name = ?", (name,)):
            self._ask("SELECT standoff_show(?, false)", (name,))
            self._ask("DELETE FROM derived_row WHERE name = ?", (name,))
            self._ask("DELETE FROM derived WHERE name = ?", (name,))

    def derived_rows(self, name: str) -> tuple[list[str], list[tuple[Cell, ...]]]:
        """Columns and rows of a derived table, in the order they were given."""
        self._check_derived(name)
        found = self._ask("SELECT columns FROM derived WHERE name = ?", (name,))
        columns = [str(column) for column, _ in found[0][0]] if found else []
        rows = self._ask("SELECT cells FROM derived_row WHERE name = ? ORDER BY row_number", (name,))
        return columns, [tuple(map(_cell_back, cells)) for (cells,) in rows]

    # ---- for `verify`

    def core(self) -> Mapping[str, str]:
        """The definition of every object of the format, by name."""
        return pgschema.CORE

    def objects(self) -> dict[str, str]:
        """The definition of everything that is in the schema, by name."""
        return {str(name): str(told) for name, told in self._ask(pgschema.OBJECTS)}

    def fault(self) -> str | None:
        """A derived table that can no longer be seen; the server keeps watch over its own files."""
        there = self.objects()
        for name, columns in self._ask("SELECT name, columns FROM derived ORDER BY name"):
            told = pgschema.columns_of_view(["row_number", *(column for column, _ in columns)])
            if there.get(name) != told:
                return f"the view of derived table {name} is missing or has other columns"
        return None

    # ---- waiting

    def wait(self, after: int, timeout: float) -> int:
        """Number of the last entry, as soon as it is over ``after`` or ``timeout`` seconds have passed.

        The server tells of it. Each call holds a connection of its own meanwhile, and no lock.
        """
        until = time.monotonic() + timeout
        with sentences(self._address), connect(self._address, write=False) as con:
            con.execute(sql.SQL("LISTEN {}").format(sql.Identifier(self._channel)))
            while True:
                # Asked after listening began: what is appended in between is not missed.
                found = con.execute("SELECT coalesce(max(n), 0) FROM entry").fetchone()
                last, left = int(found[0]) if found else 0, until - time.monotonic()
                if last > after or left <= 0:
                    return last
                for _ in con.notifies(timeout=left, stop_after=1):
                    pass

    def close(self) -> None:
        """Let go of the connection."""
        with self._lock:
            self._con.close()


def connect(address: Address, *, write: bool) -> _Connection:
    """A connection that finds the situation's own schema first. Raises `RecordError`."""
    try:
        con = psycopg.connect(address.conninfo, autocommit=True, **_defaults(address))
    except psycopg.Error as err:
        raise unreachable(err, address) from None
    with sentences(address):
        con.execute(sql.SQL("SET search_path TO {}, pg_temp").format(sql.Identifier(address.schema)))
        con.execute(f"SET lock_timeout = '{BUSY_SECONDS}s'")
        con.execute(f"SET idle_in_transaction_session_timeout = '{IDLE_MINUTES}min'")
        if not write:
            con.execute("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY")
    return con


def _defaults(address: Address) -> dict[str, Any]:
    """What we ask for where the address does not say."""
    told = psycopg.conninfo.conninfo_to_dict(address.conninfo)
    ours: dict[str, Any] = {"connect_timeout": CONNECT_SECONDS, "application_name": "standoff"}
    return {key: value for key, value in ours.items() if key not in told} | {"client_encoding": "UTF8"}


def make(con: _Connection, address: Address) -> None:
    """Make an empty situation, at once or not at all; whoever comes second keeps the first one's."""
    with con.transaction():
        con.execute("SELECT pg_advisory_xact_lock(%s)", (pgschema.LOCK << 32,))
        if con.execute(pgschema.THERE, (address.schema,)).fetchone():
            return
        _check_free(con, address)
        for statement in pgschema.statements():
            con.execute(statement)


def _check_free(con: _Connection, address: Address) -> None:
    (encoding,) = con.execute("SHOW server_encoding").fetchone() or ("unknown",)
    if encoding != "UTF8":
        raise RecordError(
            f"the database's encoding is {encoding}, which cannot hold every text",
            where=address.shown,
            todo="make one with `createdb --encoding UTF8 --template template0 NAME`",
        )
    # Asked first: the right to make schemas is not needed where there is one.
    if con.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", (address.schema,)).fetchone() is None:
        con.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(address.schema)))
    other = con.execute(pgschema.FOREIGN).fetchone()
    if other:
        raise RecordError(
            f"this schema belongs to another program: it holds {other[0]}",
            where=address.shown,
            todo="name another one in the address, ?schema=NAME",
        )


def column_types(count: int, rows: Sequence[Sequence[Cell]]) -> list[str]:
    """The type of each column in the view: numbers where all cells are, else text."""
    types = []
    for place in range(count):
        met = {type(cell) if _plain(cell) else str for row in rows if (cell := row[place]) is not None}
        number = "bigint" if met == {int} else "double precision" if met and met <= {int, float} else "text"
        types.append(number)
    return types


def _plain(cell: Cell) -> bool:
    return not isinstance(cell, float) or math.isfinite(cell)


def _cell(cell: Cell) -> Any:  # noqa: ANN401  (JSON)
    """A cell as JSON, which has no infinity and, in PostgreSQL, no U+0000."""
    if isinstance(cell, str):
        return cell.replace("\0", _NUL)
    return cell if _plain(cell) else {"real": str(cell)}


def _cell_back(cell: Any) -> Cell:  # noqa: ANN401
    return float(cell["real"]) if isinstance(cell, dict) else _back(cell)


def _back(value: Any) -> Any:  # noqa: ANN401
    return value.replace(_NUL, "\0") if isinstance(value, str) else value
