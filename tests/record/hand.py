"""A person with the database's own tool, who may look at a situation and tamper with it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from standoff.record import pgschema, schema
from standoff.record.address import address_of

Place = Path | str
Statement = tuple[str, tuple[object, ...]]


@contextmanager
def opened(place: Place) -> Iterator[Any]:
    """A plain connection to the file, or to the schema of the database."""
    address = address_of(place)
    if address is None:
        with closing(sqlite3.connect(place, isolation_level=None)) as con:
            con.execute("PRAGMA synchronous = OFF")
            yield con
        return
    import psycopg

    with psycopg.connect(address.conninfo, autocommit=True) as con:
        con.execute(f"SET search_path TO {address.schema}")  # type: ignore[call-overload]
        yield con


def run(con: Any, place: Place, sql: str, *args: object) -> Any:
    """One statement; parameters are written ``?``."""
    if address_of(place) is None:
        return con.execute(sql, args)
    return con.execute(sql.replace("?", "%s"), args or None)


def ask(place: Place, sql: str, *args: object) -> list[dict[str, Any]]:
    """Rows with the names of their columns."""
    with opened(place) as con:
        found = run(con, place, sql, *args)
        names = [each[0] for each in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def refusal(place: Place, sql: str) -> str:
    """What the database says when it refuses a statement; empty when it does not."""
    with opened(place) as con:
        try:
            run(con, place, sql)
        except Exception as err:
            if not any(base.__name__ == "IntegrityError" for base in type(err).__mro__):
                raise
            return str(err)
    return ""


def tamper(place: Place, *statements: Statement) -> None:
    """Change what lies there as a person with such a tool could, triggers put back afterwards."""
    triggers = (schema if address_of(place) is None else pgschema).TRIGGERS
    with opened(place) as con:
        for name, sql in triggers.items():
            table = "" if address_of(place) is None else f" ON {sql.split(' ON ')[1].split()[0]}"
            run(con, place, f"DROP TRIGGER {name}{table}")
        for sql, args in statements:
            run(con, place, sql, *args)
        for sql in triggers.values():
            run(con, place, sql)


def names(place: Place) -> set[str]:
    """Tables and views that are there."""
    if address_of(place) is None:
        return {row["name"] for row in ask(place, "SELECT name FROM sqlite_master")}
    told = ask(place, "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace")
    return {row["relname"] for row in told}
