"""A situation's place, opened: a file or a schema of a database, each by its own store."""

from __future__ import annotations

from pathlib import Path

from standoff.errors import RecordError
from standoff.record.address import Address, address_of
from standoff.record.sqlite import SqliteStore, create_file
from standoff.record.sqlstore import SqlStore


def open_store(place: str | Path, *, create: bool = False, write: bool = True) -> SqlStore:
    """Open what is at a path or address, or make it first when it is missing and ``create`` is set.

    Raises `RecordError` when it is no situation, is newer, damaged, or out of reach.
    """
    address = address_of(place)
    if address is not None:
        return _in_database(address, create=create, write=write)
    path = Path(place)
    if create and write and not path.exists():
        create_file(path)
    return SqliteStore(path, write=write)


def _in_database(address: Address, *, create: bool, write: bool) -> SqlStore:
    try:
        # Imported late: who keeps files need not have the driver, nor wait for it to load.
        from standoff.record.postgres import PostgresStore
    except RecordError as err:
        raise RecordError(err.what, where=address.shown, todo=err.todo) from None
    return PostgresStore(address, write=write, create=create)
