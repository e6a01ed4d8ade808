"""A consistent copy of a situation file that may be in use."""

from __future__ import annotations

from pathlib import Path

from standoff.errors import RecordError
from standoff.record.sqlite import SqliteStore, beside, publish


def copy(path: str | Path, target: str | Path) -> None:
    """Copy a situation file as of now, side files and all, into one new file.

    Raises `RecordError` when something of the target's name is there: nothing is overwritten.
    """
    path, target = Path(path), Path(target)
    if target.is_dir():
        target = target / path.name
    taken = RecordError(
        "there is something of that name already", where=str(target), todo="choose another name"
    )
    if target.exists():
        raise taken
    store = SqliteStore(path, write=False)
    try:
        with beside(target) as draft:
            store.backup(draft)
            if not publish(draft, target):
                raise taken
    finally:
        store.close()
