"""The tables and views of a situation file, its marks, its limits and its migrations."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

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


def _json(path: str, name: str = "") -> str:
    """SQL for one value of an entry's body. Bodies are blobs, which JSON functions do not take as text."""
    return f"json_extract(CAST(body AS TEXT), '$.body.{path}')" + (f" AS {name}" if name else "")


def _view(name: str, kind: str, *columns: str) -> str:
    listed = ",\n  ".join(("n AS entry", "at AS recorded", *columns))
    return f"CREATE VIEW {name} AS SELECT\n  {listed}\nFROM entry WHERE kind = '{kind}' ORDER BY n"


_SOURCED = tuple(_json(f"report.{key}.value", key) for key in ("title", "author", "publisher", "published"))
_CUSTODY = (
    _json("report.acquired.at", "acquired"),
    _json("report.acquired.where", '"where"'),
    "sha256",
    "text_sha256",
)

VIEWS = {
    "log": "CREATE VIEW log AS SELECT n AS entry, kind, at AS recorded, report,"
    " CAST(body AS TEXT) AS body, hash FROM entry ORDER BY n",
    "reports": _view(
        "reports",
        "report",
        "report AS id",
        *_SOURCED,
        _json("report.url", "url"),
        _json("report.media_type", "media_type"),
        _json("report.size", "size"),
        _json("report.error", "error"),
        *_CUSTODY,
    ),
    "acquisitions": _view("acquisitions", "acquisition", "report", *_SOURCED, *_CUSTODY),
    "readings": _view(
        "readings",
        "reading",
        "report",
        _json("reader.name", "reader"),
        _json("reader.version", "version"),
        *(
            f"json_array_length(CAST(body AS TEXT), '$.body.{layer}') AS {layer}"
            for layer in ("statements", "mentions", "times", "places", "quantities", "claims")
        ),
    ),
    "reviews": _view(
        "reviews",
        "review",
        _json("action", "action"),
        '{} AS "by"'.format(_json("by")),
        _json("why", "why"),
        _json("targets[0].layer", "layer"),
        _json("targets[0].quote", "quote"),
        _json("targets[0].key", "key"),
        _json("targets", "targets"),
        _json("value", "value"),
        _json("undoes", "undoes"),
    ),
    "failures": _view(
        "failures", "failure", "report", _json("stage", "stage"), _json("code", "code"), _json("what", "what")
    ),
}

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
