"""The tables and views of a situation file, its marks, its limits and its migrations."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from standoff.record.readable import SHOWN, Column, Shown

APPLICATION_ID = 0x53544F46  # "STOF"
VERSION = 1
PAGE_SIZE = 4096

MAX_DATA = 512 * 2**20
"""Bytes of one preserved document, unpacked."""
MAX_ENTRY = 256 * 2**20
"""Bytes of one entry."""
MAX_FILE = 64 * 2**30
"""Bytes of one situation file."""

TABLES = {
    "entry": """
CREATE TABLE entry (
  n INTEGER PRIMARY KEY CHECK (n > 0),
  kind TEXT NOT NULL,
  at TEXT NOT NULL,
  report TEXT,
  sha256 TEXT,
  text_sha256 TEXT,
  body BLOB NOT NULL CHECK (typeof(body) = 'blob'),
  hash TEXT NOT NULL
)""",
    "content": """
CREATE TABLE content (
  sha256 TEXT PRIMARY KEY,
  size INTEGER NOT NULL,
  crc32 INTEGER NOT NULL,
  packed BLOB NOT NULL CHECK (typeof(packed) = 'blob')
)""",
    "derived": """
CREATE TABLE derived (
  name TEXT PRIMARY KEY,
  head INTEGER NOT NULL,
  head_hash TEXT NOT NULL,
  version TEXT NOT NULL,
  rows INTEGER NOT NULL,
  sha256 TEXT NOT NULL
)""",
}

INDEXES = {
    f"entry_by_{column}": f"CREATE INDEX entry_by_{column} ON entry({column}) WHERE {column} IS NOT NULL"
    for column in ("report", "sha256", "text_sha256")
} | {"entry_by_kind": "CREATE INDEX entry_by_kind ON entry(kind)"}

TRIGGERS = {
    f"{table}_no_{verb}": (
        f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
        "BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END"
    )
    for table in ("entry", "content")
    for verb in ("update", "delete")
}


def _column(column: Column) -> str:
    """SQL for one column. Bodies are blobs, which JSON functions do not take as text."""
    if column.kind == "column":
        return column.written if column.source == column.name else f"{column.source} AS {column.written}"
    function = "json_array_length" if column.kind == "count" else "json_extract"
    return f"{function}(CAST(body AS TEXT), '$.body.{column.source}') AS {column.written}"


def _view(name: str, shown: Shown) -> str:
    listed = ",\n  ".join(("n AS entry", "at AS recorded", *map(_column, shown.columns)))
    return f"CREATE VIEW {name} AS SELECT\n  {listed}\nFROM entry WHERE kind = '{shown.kind}' ORDER BY n"


VIEWS = {
    "log": "CREATE VIEW log AS SELECT n AS entry, kind, at AS recorded, report,"
    " CAST(body AS TEXT) AS body, hash FROM entry ORDER BY n",
} | {name: _view(name, shown) for name, shown in SHOWN.items()}

CORE = TABLES | INDEXES | TRIGGERS | VIEWS
"""Every object of the current version by name; any other table is a derived one."""

Migration = Callable[[sqlite3.Connection], None]
MIGRATIONS: dict[int, Migration] = {}
"""``MIGRATIONS[v]`` brings a file of version v to v + 1. It may add tables and columns; it never
touches ``entry.body``, ``entry.hash`` or ``content``, which mean the same for good."""


def create(con: sqlite3.Connection) -> None:
    """Make an empty situation file."""
    con.execute(f"PRAGMA page_size = {PAGE_SIZE}")
    con.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    con.execute(f"PRAGMA user_version = {VERSION}")
    con.execute("BEGIN IMMEDIATE")
    for statement in CORE.values():
        con.execute(statement)
    con.execute("COMMIT")
