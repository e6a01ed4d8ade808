"""PostgreSQL's errors as sentences. Nothing here repeats a password."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from standoff.errors import RecordError
from standoff.record.address import Address, without_password
from standoff.record.faults import BUSY_SECONDS

if TYPE_CHECKING:
    import psycopg

_AGAIN = "run the command again; nothing recorded so far is lost"
_FULL = ("there is no room left in the database", "free disk space on its server; " + _AGAIN)
_BUSY = (
    f"the situation has been in use by another process for more than {BUSY_SECONDS} seconds",
    "wait for that process to end and run the command again",
)
_MAY_NOT = ("the database does not let this user do that", "ask who keeps it for the right to")
_READ_ONLY = ("the database can only be read", "connect to one that can be written to")
_DAMAGED = (
    "tables of the situation are missing or not as they were made",
    "run `standoff verify` to see what still holds, and go back to a copy",
)
_LOST = ("the connection to the database was lost", _AGAIN)
_CROWDED = ("the database takes no more connections", "try again later, or have it take more")
_TOO_BIG = ("a document or reading is too large for one entry", "split it, or leave it out")

_BY_STATE = {
    "53100": _FULL,
    "53300": _CROWDED,
    "55P03": _BUSY,
    "42501": _MAY_NOT,
    "25006": _READ_ONLY,
    "42P01": _DAMAGED,
    "42703": _DAMAGED,
    "42883": _DAMAGED,
    "54000": _TOO_BIG,
    "25P03": _LOST,
    "57P01": _LOST,
    "57P02": _LOST,
    "57P03": _LOST,
}


@contextmanager
def sentences(address: Address) -> Iterator[None]:
    """Turn what psycopg raises into a `RecordError` that names the place and says what to do."""
    import psycopg

    try:
        yield
    except psycopg.Error as err:
        raise as_sentence(err, address) from None


def as_sentence(err: psycopg.Error, address: Address) -> RecordError:
    """The `RecordError` for an error of a database that was reached."""
    import psycopg

    known = _BY_STATE.get(err.sqlstate or "")
    if known is None and isinstance(err, psycopg.OperationalError) and err.sqlstate is None:
        known = _LOST
    what, todo = known or (
        f"the database refused: {_said(err, address)}",
        "run `standoff verify` to see whether the situation holds",
    )
    if known is _MAY_NOT:
        what += f": {_said(err, address)}"
    return RecordError(what, where=address.shown, todo=todo)


def unreachable(err: psycopg.Error, address: Address) -> RecordError:
    """The `RecordError` for a database that could not be connected to."""
    return RecordError(
        f"the database cannot be opened: {_said(err, address)}",
        where=address.shown,
        todo="check the address and the password, and that the server runs and has that database",
    )


def _said(err: psycopg.Error, address: Address) -> str:
    """The message without its many lines of where and hints."""
    message = err.diag.message_primary or str(err)
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    plain = [line for line in lines if not line.startswith(("Is the server", "Multiple connection", "LINE"))]
    return without_password((plain or lines or ["no reason was given"])[0].rstrip(":"), address.conninfo)
