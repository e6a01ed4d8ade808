"""Derived rows as tables that any SQLite tool can read. Pure."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from standoff.model import sha256_hex
from standoff.record.canonical import Json, escape
from standoff.record.store import Cell, DerivedState, Head

_INT64 = 2**63


def table(rows: Sequence[Mapping[str, Any]]) -> tuple[list[str], list[tuple[Cell, ...]]]:
    """Columns in the order they are first met, and cells: scalars as they are, lists and objects as JSON."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    return columns, [tuple(_cell(row.get(name)) for name in columns) for row in rows]


def state(
    name: str, head: Head, version: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]]
) -> DerivedState:
    """What a derived table was made from, with a hash over its columns and rows."""
    return DerivedState(name, head.n, head.hash, version, len(rows), rows_sha256(columns, rows))


def rows_sha256(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """Hash of a table as stored."""
    told = [list(columns), *([repr(v) if isinstance(v, float) else v for v in row] for row in rows)]
    return sha256_hex(json.dumps(told).encode())


_PLAIN = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode


def _cell(value: Json) -> Cell:
    if type(value) is str and value.isascii():  # by far the most common, and nothing to escape
        return value
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, str):
        return escape(value)
    if isinstance(value, int) and not -_INT64 <= value < _INT64:
        return str(value)
    if isinstance(value, float):
        # SQLite has no NaN and no negative zero.
        return None if math.isnan(value) else value + 0.0
    if value is None or isinstance(value, int):
        return value
    return escape(_PLAIN(msgspec.to_builtins(value)))
