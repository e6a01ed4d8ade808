"""Sessions looked up a moment ago, for as long as nobody has written to the register since.

Whoever writes, and from whichever process: what is held then is looked up anew.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

from standoff.people.opened import Session

MOST = 1000
"""Sessions that are held."""
Stamp = Callable[[], int | None]
"""A number that changes whenever anybody wrote; None: that cannot be told now."""


class Recent:
    """What was read of sessions, with the stamp of the register as it was before they were read."""

    def __init__(self, stamp: Stamp, close: Callable[[], None] = lambda: None) -> None:
        self._stamp, self.close = stamp, close
        self._held: dict[str, tuple[Session, int]] = {}
        self._at: int | None = None
        self._lock = threading.Lock()

    def stamp(self) -> int | None:
        """The register's stamp now: to be taken before what is kept under it is read."""
        with self._lock:
            return self._stamp()

    def keep(self, key_hash: str, session: Session, until: int, stamp: int | None) -> None:
        """Hold a session till a second, or till the register has another stamp than the one told."""
        with self._lock:
            self._clear_unless(stamp)
            if stamp is not None and len(self._held) < MOST:
                self._held[key_hash] = session, until

    def of(self, key_hash: str, now: int) -> Session | None:
        """The session of a key if it was read a moment ago and nobody wrote since; None: read it."""
        with self._lock:
            self._clear_unless(self._stamp())
            session, until = self._held.get(key_hash, (None, 0))
            return session if now <= until else None

    def _clear_unless(self, stamp: int | None) -> None:
        if stamp is None or stamp != self._at:
            self._held.clear()
            self._at = stamp


def of_connection(connection: sqlite3.Connection) -> Recent:
    """For a register that one connection alone writes to: its stamp is the rows it has written."""
    return Recent(lambda: connection.total_changes)


def of_file(path: Path) -> Recent:
    """For a register that anybody may write to, watched over a connection that never does.

    SQLite tells each connection whether another has committed since it last asked.
    """
    watching = sqlite3.connect(path, timeout=0, check_same_thread=False, isolation_level=None)

    def stamp() -> int | None:
        with contextlib.suppress(sqlite3.Error):  # somebody commits just now, or the file is gone
            (version,) = watching.execute("PRAGMA data_version").fetchone()
            return int(version)
        return None

    return Recent(stamp, watching.close)
