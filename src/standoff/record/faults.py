"""SQLite's errors as sentences, and what is said of versions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec

from standoff.errors import RecordError, StandoffError
from standoff.record.store import DAMAGED

BUSY_SECONDS = 30

_FULL = (
    "there is no room left for the situation file",
    "free disk space (or raise the quota) and run the command again; nothing recorded so far is lost",
)
_LOCKED = (
    f"the situation file has been in use by another process for more than {BUSY_SECONDS} seconds",
    "wait for that process to end and run the command again",
)
_READ_ONLY = ("the situation file cannot be written to", "check its permissions, or work on a copy")
_DAMAGED = (
    "the situation file is damaged",
    DAMAGED,
)
_NOT_ONE = ("this is not a situation file", "give the path of a file that `standoff add` made")
_UNREACHABLE = (
    "the situation file cannot be opened",
    "check that the folder exists and that you may write in it",
)
_TOO_BIG = ("a document or reading is too large for one entry", "split it, or leave it out")

_BY_CODE = {
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _NOT_ONE,
    sqlite3.SQLITE_CANTOPEN: _UNREACHABLE,
    sqlite3.SQLITE_TOOBIG: _TOO_BIG,
}


@contextmanager
def sentences(where: str) -> Iterator[None]:
    """Turn what sqlite3 raises into a `RecordError` that names the file and says what to do."""
    try:
        yield
    except sqlite3.Error as err:
        raise as_sentence(err, where) from err
    except UnicodeDecodeError as err:  # its message quotes what is damaged
        what, todo = _DAMAGED
        raise RecordError(what, where=where, todo=todo) from err


@contextmanager
def legible(where: str) -> Iterator[None]:
    """Turn what decoding raises on entries that do not hold what they should into a `RecordError`."""
    try:
        yield
    except StandoffError:  # a sentence already: a bad date that was asked for is no damage
        raise
    except (msgspec.MsgspecError, LookupError, TypeError, ValueError, AttributeError, RecursionError) as err:
        what = f"an entry of the log does not hold what it should: {err}"
        raise RecordError(what, where=where, todo=DAMAGED) from err


def as_sentence(err: sqlite3.Error, where: str) -> RecordError:
    """The `RecordError` for one database error."""
    code = getattr(err, "sqlite_errorcode", None)
    known = _BY_CODE.get(code & 0xFF) if code is not None else None
    if known is None and isinstance(err, sqlite3.OperationalError | sqlite3.DatabaseError):
        known = _by_message(str(err))
    what, todo = known or (
        f"the situation file could not be used: {err}",
        "run `standoff verify` to see whether it holds",
    )
    return RecordError(what, where=where, todo=todo)


def _by_message(message: str) -> tuple[str, str] | None:
    if "no such table" in message or "no such column" in message:
        return _DAMAGED
    return None


def newer(version: int, known: int) -> tuple[str, str]:
    """What is wrong with a situation of a newer version, and what to do."""
    return (
        f"the situation is of version {version}; this standoff reads up to version {known}",
        "upgrade standoff (pip install -U standoff)",
    )


def check_older(version: int, known: int, where: str, *, write: bool) -> None:
    """Raise `RecordError` when a situation of an older version was only opened to be read."""
    if not write:
        raise RecordError(
            f"the situation is of version {version} and can only be read after it is brought to "
            f"version {known}",
            where=where,
            todo="open it once where it can be written to",
        )
