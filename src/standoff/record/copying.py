"""A consistent copy of a situation that may be in use, from a file or database to a file or database."""

from __future__ import annotations

import contextlib
from pathlib import Path

from standoff.errors import RecordError
from standoff.record import schema
from standoff.record.address import address_of
from standoff.record.opening import open_store
from standoff.record.sqlite import SqliteStore, beside, connect, publish
from standoff.record.store import Store


def copy(place: str | Path, target: str | Path) -> str:
    """Copy a situation as of now into one new file, or into a schema of a database that holds none.

    The copy has the same entries, contents and derived tables, byte for byte. Returns where it lies, as
    it may be shown. Raises `RecordError` when something is there already: nothing is overwritten.
    """
    if address_of(target) is not None:
        with contextlib.closing(open_store(place, write=False)) as source:
            return _to_database(source, target)
    with contextlib.closing(open_store(place, write=False)) as source:
        path = Path(target)
        if path.is_dir():
            path = path / (source.path.name if isinstance(source, SqliteStore) else f"{source.name}.standoff")
        _to_file(source, path)
    return str(path)


def _to_file(source: Store, path: Path) -> None:
    taken = RecordError(
        "there is something of that name already", where=str(path), todo="choose another name"
    )
    if path.exists():
        raise taken
    with beside(path) as draft:
        if isinstance(source, SqliteStore):
            source.backup(draft)
        else:
            with contextlib.closing(connect(draft, write=True)) as con:
                schema.create(con)
            with contextlib.closing(SqliteStore(draft)) as sink:
                pour(source, sink)
        if not publish(draft, path):
            raise taken


def _to_database(source: Store, target: str | Path) -> str:
    with contextlib.closing(open_store(target, create=True)) as sink:
        pour(source, sink)
        return sink.where


def pour(source: Store, sink: Store) -> None:
    """Write all that one store holds into another, empty one; all of it or nothing."""
    with source.read(), sink.write():
        if sink.head().n or next(sink.contents(), None):
            raise RecordError(
                "there is a situation already",
                where=sink.where,
                todo="name another place: nothing is overwritten",
            )
        for sha256 in source.contents():
            found = source.get(sha256)
            if found is None:
                raise RecordError(f"content {sha256} is not where its index says", where=source.where)
            sink.put(sha256, *found)
        for row in source.rows():
            sink.append(row)
        for state in source.derived():
            columns, rows = source.derived_rows(state.name)
            sink.replace_derived(state, columns, rows)
