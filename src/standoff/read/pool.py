"""Reading on several cores: chunks of items to worker processes, readings back in order.

Memory stays constant: no more than a few chunks a worker are under way at once. Every process computes
with one thread: as many cores work as there are processes, and no more are started than may be used.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice

from standoff.model import Reading
from standoff.read.choose import open_reader
from standoff.read.held import ctrl_c_held
from standoff.read.reader import DEFAULT, Item
from standoff.read.threads import cores, one_thread_each

CHUNK_CHARS = 60_000
CHUNK_ITEMS = 64
FOREIGN_ITEMS = 4
"""Items of a chunk for a reader that is not ours: it may be slow, and a chunk that fails is lost whole."""
AHEAD = 2


def workers(jobs: int, *, waits: bool = False) -> int:
    """Processes to start for ``jobs``: no more than there are cores, unless the reader mostly waits."""
    return max(1, jobs if waits else min(jobs, cores()))


def read_many(items: Iterable[Item], jobs: int = 1, reader: str = DEFAULT) -> Iterator[Reading]:
    """Readings of ``items`` in order, by ``jobs`` processes (one: in this process) of the reader named.

    Raises `UsageError` for a name that is none, before anything is started.
    """
    here = open_reader(reader) if jobs <= 1 or reader != DEFAULT else None
    jobs = workers(jobs, waits=getattr(here, "waits", False))
    stream = iter(items)
    first = list(islice(stream, 2)) if jobs > 1 else []
    if len(first) < 2:
        yield from (here or open_reader(reader)).read(_chain(first, stream))
        return
    yield from _in_parallel(_chain(first, stream), jobs, reader)


def _chain(first: list[Item], rest: Iterator[Item]) -> Iterator[Item]:
    yield from first
    yield from rest


def _in_parallel(items: Iterator[Item], jobs: int, reader: str) -> Iterator[Reading]:
    pending: deque[Future[list[Reading]]] = deque()
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_start) as pool:
        try:
            for chunk in _chunks(items, CHUNK_ITEMS if reader == DEFAULT else FOREIGN_ITEMS):
                with ctrl_c_held(), one_thread_each():
                    pending.append(pool.submit(_read_chunk, chunk, reader))
                if len(pending) >= jobs * AHEAD:
                    yield from pending.popleft().result()
            while pending:
                yield from pending.popleft().result()
        finally:
            for future in pending:
                future.cancel()


def _chunks(items: Iterator[Item], most: int) -> Iterator[list[Item]]:
    chunk: list[Item] = []
    size = 0
    for item in items:
        chunk.append(item)
        size += len(item.text)
        if size >= CHUNK_CHARS or len(chunk) >= most:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _start() -> None:
    """Workers leave Ctrl-C to the parent, which stops handing out work."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _read_chunk(chunk: list[Item], reader: str) -> list[Reading]:
    return list(open_reader(reader).read(chunk))
