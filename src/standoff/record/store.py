"""What a database must offer to hold a record. SQL lives only in classes that do.

`SqliteStore` keeps it in a file, `PostgresStore` in a schema of a database. Both pass the same tests
(``tests/record/test_store.py`` and those that take a ``place``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Literal, NamedTuple, Protocol

Key = Literal["report", "sha256", "text_sha256"]
Cell = str | int | float | None

NO_HASH = ""
"""The hash before the first entry."""


class Head(NamedTuple):
    """The last entry: its number (0 in an empty record) and its hash."""

    n: int
    hash: str


DAMAGED = "run `standoff verify` to see what still holds, and go back to a copy"
"""What to do about a record that is damaged."""


class Row(NamedTuple):
    """One entry as stored. ``report``, ``sha256`` and ``text_sha256`` repeat what ``body`` says."""

    n: int
    kind: str
    at: str
    report: str | None
    sha256: str | None
    text_sha256: str | None
    body: bytes
    hash: str


class DerivedState(NamedTuple):
    """What one derived table was made from: head, deriving version, and the hash of its rows."""

    name: str
    head: int
    head_hash: str
    version: str
    rows: int
    sha256: str


class Store(Protocol):
    """A place that keeps entries in order, contents under their hash, and derived tables."""

    where: str
    """Path or address as it may be shown, without a password."""
    name: str
    """What the situation is called."""

    def write(self) -> AbstractContextManager[None]:
        """One transaction that no other writer can enter; undone when an exception leaves it."""

    def read(self) -> AbstractContextManager[None]:
        """One transaction that sees the record as it was at its first question."""

    def head(self, upto: int | None = None) -> Head:
        """Number and hash of the last entry, or of the last one up to number ``upto``."""

    def append(self, row: Row) -> None:
        """Add an entry. Only within `write`."""

    def rows(self, kinds: Sequence[str] = (), upto: int | None = None, after: int = 0) -> Iterator[Row]:
        """Entries in order, of all kinds or of those named, up to and including number ``upto``."""

    def find(self, key: Key, value: str, kinds: Sequence[str]) -> list[Row]:
        """Entries of the named kinds whose column ``key`` holds ``value``, in order."""

    def put(self, sha256: str, size: int, crc32: int, packed: bytes) -> None:
        """Keep packed content under its hash, unless it is there. Only within `write`."""

    def get(self, sha256: str) -> tuple[int, int, bytes] | None:
        """Size, CRC-32 and packed bytes, or None."""

    def contents(self) -> Iterator[str]:
        """Hashes of all contents, sorted."""

    def replace_derived(
        self, state: DerivedState, columns: Sequence[str], rows: Iterable[Sequence[Cell]]
    ) -> None:
        """Put a derived table in the place of the one of that name. Only within `write`."""

    def drop_derived(self, name: str) -> None:
        """Remove a derived table. Only within `write`."""

    def derived(self) -> list[DerivedState]:
        """The derived tables that are there, by name."""

    def derived_rows(self, name: str) -> tuple[list[str], list[tuple[Cell, ...]]]:
        """Columns and rows of a derived table, in the order they were given."""

    def wait(self, after: int, timeout: float) -> int:
        """Number of the last entry, as soon as it is over ``after`` or ``timeout`` seconds have passed.

        Holds up no other use of the store meanwhile.
        """

    def core(self) -> Mapping[str, str]:
        """Every object that the format defines, by name, as `objects` gives it."""

    def objects(self) -> dict[str, str]:
        """The definition of every object that is there, by name."""

    def fault(self) -> str | None:
        """What the database's own check of itself finds first, or None."""

    def close(self) -> None:
        """Let go of it; a file is then complete by itself."""
