"""The tables, functions, triggers and views of a situation in PostgreSQL, and its migrations.

What is written here is what the server gives back of it (``pg_get_triggerdef`` and its like), so that
`verify` can compare the two.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from standoff.record.readable import SHOWN, Column, Shown
from standoff.record.schema import MAX_ENTRY

if TYPE_CHECKING:
    import psycopg

FORMAT = "standoff"
VERSION = 1
LOCK = 0x53544F46  # "STOF"
"""Upper half of the advisory lock that writers take; the lower half is the oid of table ``entry``."""

_WORD = 'text COLLATE "C"'
_COLUMNS = {
    "situation": (
        ("format", "text", f"PRIMARY KEY CHECK (format = '{FORMAT}')"),
        ("version", "integer", "NOT NULL"),
    ),
    "entry": (
        ("n", "bigint", "PRIMARY KEY CHECK (n > 0)"),
        ("kind", _WORD, "NOT NULL"),
        ("at", _WORD, "NOT NULL"),
        ("report", _WORD, ""),
        ("sha256", _WORD, ""),
        ("text_sha256", _WORD, ""),
        ("body", "bytea", f"NOT NULL CHECK (octet_length(body) <= {MAX_ENTRY})"),
        ("hash", _WORD, "NOT NULL"),
    ),
    "content": (
        ("sha256", _WORD, "PRIMARY KEY"),
        ("size", "bigint", "NOT NULL"),
        ("crc32", "bigint", "NOT NULL"),
        ("packed", "bytea", "NOT NULL"),
    ),
    "derived": (
        ("name", _WORD, "PRIMARY KEY"),
        ("head", "bigint", "NOT NULL"),
        ("head_hash", "text", "NOT NULL"),
        ("version", "text", "NOT NULL"),
        ("rows", "bigint", "NOT NULL"),
        ("sha256", "text", "NOT NULL"),
        ("columns", "json", "NOT NULL"),
    ),
    "derived_row": (
        ("name", _WORD, "NOT NULL"),
        ("row_number", "bigint", "NOT NULL"),
        ("cells", "json", "NOT NULL"),
        ("", "", "PRIMARY KEY (name, row_number)"),
    ),
}

INDEXES = {
    # A hash index: a report's id may be longer than an entry of a B-tree can be.
    "entry_by_report": "CREATE INDEX entry_by_report ON entry USING hash (report) WHERE report IS NOT NULL",
    "entry_by_sha256": "CREATE INDEX entry_by_sha256 ON entry USING btree (sha256) WHERE sha256 IS NOT NULL",
    "entry_by_text_sha256": "CREATE INDEX entry_by_text_sha256 ON entry USING btree (text_sha256)"
    " WHERE text_sha256 IS NOT NULL",
    "entry_by_kind": "CREATE INDEX entry_by_kind ON entry USING btree (kind, n)",
}

# U+0000 cannot be text in PostgreSQL: U+FDD0 and 0000 stand for it, as U+FDD0 does for lone surrogates.
_JSON = r"""
SELECT regexp_replace(convert_from(body, 'UTF8'), '(?<!\\)((?:\\\\)*)\\u0000', E'\\1\uFDD00000', 'g')::json
"""
_APPEND_ONLY = """
BEGIN
  RAISE EXCEPTION 'the record is append-only' USING ERRCODE = 'integrity_constraint_violation';
END
"""
_TELL = """
BEGIN
  PERFORM pg_notify('standoff_' || TG_RELID, '');
  RETURN NULL;
END
"""
# Runs as the owner, so that who may add to the record need not own its views; it touches no others.
_SHOW = """
DECLARE
  listed text;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM derived WHERE name = table_name) THEN
    RAISE EXCEPTION '% is not a derived table', table_name;
  END IF;
  EXECUTE format('DROP VIEW IF EXISTS %I', table_name);
  IF NOT keep THEN
    RETURN;
  END IF;
  SELECT string_agg(
    format(', (cells ->> %s)::%s AS %I', place - 1,
      CASE WHEN told ->> 1 IN ('bigint', 'double precision') THEN told ->> 1 ELSE 'text' END, told ->> 0),
    '' ORDER BY place)
  INTO listed
  FROM derived, json_array_elements(derived.columns) WITH ORDINALITY AS each(told, place)
  WHERE derived.name = table_name;
  EXECUTE format('CREATE VIEW %I AS SELECT row_number%s FROM derived_row WHERE name = %L ORDER BY row_number',
    table_name, coalesce(listed, ''), table_name);
END
"""

FUNCTIONS = {
    "standoff_json": ("(body bytea) RETURNS json LANGUAGE sql IMMUTABLE", _JSON),
    "standoff_append_only": ("() RETURNS trigger LANGUAGE plpgsql", _APPEND_ONLY),
    "standoff_tell": ("() RETURNS trigger LANGUAGE plpgsql", _TELL),
    "standoff_show": (
        "(table_name text, keep boolean) RETURNS void LANGUAGE plpgsql"
        " SECURITY DEFINER SET search_path FROM CURRENT",
        _SHOW,
    ),
}

TRIGGERS = {
    f"{table}_no_{verb}": (
        f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
        f"FOR EACH {level} EXECUTE FUNCTION standoff_append_only()"
    )
    for table in ("entry", "content")
    for verb, level in (("update", "ROW"), ("delete", "ROW"), ("truncate", "STATEMENT"))
} | {
    "entry_told": "CREATE TRIGGER entry_told AFTER INSERT ON entry FOR EACH STATEMENT"
    " EXECUTE FUNCTION standoff_tell()"
}


def _column(column: Column) -> str:
    if column.kind == "column":
        return column.written if column.source == column.name else f"{column.source} AS {column.written}"
    path = "{" + column.source.replace("[", ".").replace("]", "").replace(".", ",") + "}"
    if column.kind == "count":
        return f"json_array_length(told #> '{path}') AS {column.written}"
    cast = "::bigint" if column.kind == "integer" else ""
    return f"(told #>> '{path}'){cast} AS {column.written}"


def _view(name: str, shown: Shown) -> str:
    listed = ",\n  ".join(("n AS entry", "at AS recorded", *map(_column, shown.columns)))
    told = "LATERAL (SELECT standoff_json(body) -> 'body' AS told) AS parsed"
    return (
        f"CREATE VIEW {name} AS SELECT\n  {listed}\nFROM entry, {told} WHERE kind = '{shown.kind}' ORDER BY n"
    )


_VIEWS = {
    "log": "CREATE VIEW log AS SELECT n AS entry, kind, at AS recorded, report,"
    " convert_from(body, 'UTF8') AS body, hash FROM entry ORDER BY n"
} | {name: _view(name, shown) for name, shown in SHOWN.items()}


def columns_of_view(names: list[str]) -> str:
    """How `verify` sees a view: by the columns it has, as servers write its SQL each in their own way."""
    return f"view {', '.join(names)}"


def _told(table: str) -> str:
    listed = (f"{name} {kind.split()[0]}" for name, kind, _ in _COLUMNS[table] if name)
    return f"table {', '.join(listed)}"


CORE = (
    {table: _told(table) for table in _COLUMNS}
    | INDEXES
    | {name: body for name, (_, body) in FUNCTIONS.items()}
    | TRIGGERS
    | {"log": columns_of_view(["entry", "kind", "recorded", "report", "body", "hash"])}
    | {
        name: columns_of_view(["entry", "recorded", *(column.name for column in shown.columns)])
        for name, shown in SHOWN.items()
    }
)
"""Every object of the current version by name, as `PostgresStore.objects` gives it."""

_SCHEMA = "quote_ident(current_schema())::regnamespace"

OBJECTS = f"""
SELECT relname, CASE WHEN relkind IN ('v', 'm') THEN 'view ' ELSE 'table ' END || coalesce((
    SELECT string_agg(
      attname || CASE WHEN relkind IN ('v', 'm') THEN '' ELSE ' ' || format_type(atttypid, NULL) END,
      ', ' ORDER BY attnum)
    FROM pg_attribute WHERE attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped), '')
  FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND relnamespace = {_SCHEMA}
UNION ALL
SELECT relname, pg_get_indexdef(pg_class.oid, 0, true)
  FROM pg_class JOIN pg_index ON indexrelid = pg_class.oid
  WHERE relnamespace = {_SCHEMA} AND indisvalid AND NOT indisprimary
UNION ALL
SELECT tgname, CASE WHEN tgenabled IN ('O', 'A') THEN pg_get_triggerdef(pg_trigger.oid, true) ELSE 'off' END
  FROM pg_trigger JOIN pg_class ON tgrelid = pg_class.oid
  WHERE relnamespace = {_SCHEMA} AND NOT tgisinternal
UNION ALL
SELECT proname, prosrc FROM pg_proc
  WHERE pronamespace = {_SCHEMA} AND proname LIKE 'standoff\\_%'
"""  # noqa: S608 (constants only)
"""Name and definition of everything in the schema."""

THERE = """
SELECT 1 FROM pg_class JOIN pg_namespace ON relnamespace = pg_namespace.oid
  JOIN pg_attribute ON attrelid = pg_class.oid
  WHERE nspname = %s AND relname = 'situation' AND relkind = 'r' AND attname = 'format'
"""
"""A row when there is a situation. Asks the catalog itself: ``to_regclass`` may not have heard yet of what
another process made while this one waited for the lock."""

FOREIGN = f"""
SELECT relname FROM pg_class
  WHERE relnamespace = {_SCHEMA} AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
  AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e')
  ORDER BY relname LIMIT 1
"""  # noqa: S608 (constants only)
"""A table in the schema that belongs to no extension, where there is one."""

Migration = Callable[["psycopg.Connection[Any]"], None]
MIGRATIONS: dict[int, Migration] = {}
"""``MIGRATIONS[v]`` brings a situation of version v to v + 1. It may add tables and columns; it never
touches ``entry.body``, ``entry.hash`` or ``content``, which mean the same for good."""


def statements() -> list[str]:
    """The SQL that makes an empty situation in the schema that comes first in the search path."""
    made = []
    for table, columns in _COLUMNS.items():
        listed = ",\n  ".join(" ".join(filter(None, column)) for column in columns)
        made.append(f"CREATE TABLE {table} (\n  {listed}\n)")
    names = ", ".join(f"'{name}'" for name in CORE)
    made += [
        f"ALTER TABLE derived ADD CHECK (name NOT IN ({names}))",
        # What is packed is not tried to be packed again.
        "ALTER TABLE content ALTER COLUMN packed SET STORAGE EXTERNAL",
        *(
            f"CREATE FUNCTION {name}{head} AS $standoff${body}$standoff$"
            for name, (head, body) in FUNCTIONS.items()
        ),
        "REVOKE EXECUTE ON FUNCTION standoff_show(text, boolean) FROM PUBLIC",
        *INDEXES.values(),
        *TRIGGERS.values(),
        *_VIEWS.values(),
        f"INSERT INTO situation VALUES ('{FORMAT}', {VERSION})",  # noqa: S608
    ]
    return made
