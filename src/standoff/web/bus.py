"""News for open pages: told by any thread, heard by each page that listens (server-sent events)."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator, Iterator
from typing import Any

BACKLOG = 256
"""News that a page may be behind; a slower one is told to look at everything again."""
News = dict[str, Any]
SESSIONS = "sessions"
"""News that sessions have ended: whoever listens looks whether theirs still holds. It is not passed on."""


class Bus:
    """Hands news to whoever listens. Safe to tell from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ears: set[tuple[asyncio.AbstractEventLoop, asyncio.Queue[News | None]]] = set()

    def tell(self, news: News) -> None:
        """Tell everybody who listens now."""
        with self._lock:
            ears = list(self._ears)
        for loop, queue in ears:
            with contextlib.suppress(RuntimeError):  # its loop has closed: nobody listens there any more
                loop.call_soon_threadsafe(_put, queue, news)

    @property
    def listening(self) -> int:
        """How many listen."""
        return len(self._ears)

    def close(self) -> None:
        """End what everybody hears."""
        with self._lock:
            ears = list(self._ears)
        for loop, queue in ears:
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(queue.put_nowait, None)

    async def hear(self, pause: float) -> AsyncIterator[News | None]:
        """News as they come; None after ``pause`` seconds without any, so that one can look around."""
        with self._listening() as queue:
            while True:
                try:
                    news = await asyncio.wait_for(queue.get(), pause)
                except TimeoutError:
                    yield None
                    continue
                if news is None:
                    return
                yield news

    @contextlib.contextmanager
    def _listening(self) -> Iterator[asyncio.Queue[News | None]]:
        # One more than the backlog: the end can always be told.
        ear = asyncio.get_running_loop(), asyncio.Queue[News | None](BACKLOG + 2)
        with self._lock:
            self._ears.add(ear)
        try:
            yield ear[1]
        finally:
            with self._lock:
                self._ears.discard(ear)


def _put(queue: asyncio.Queue[News | None], news: News) -> None:
    if queue.qsize() < BACKLOG:
        queue.put_nowait(news)
    elif queue.qsize() == BACKLOG:
        queue.put_nowait({"kind": "behind"})
