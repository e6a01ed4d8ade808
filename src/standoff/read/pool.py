"""Reading on several cores: chunks of items to worker processes, readings back in order.

Memory stays constant: no more than a few chunks a worker are under way at once.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice

from standoff.model import Reading
from standoff.read.choose import open_reader
from standoff.read.held import ctrl_c_held
from standoff.read.reader import DEFAULT, Item

CHUNK_CHARS = 60_000
CHUNK_ITEMS = 64
AHEAD = 2


def cores() -> int:
    """Cores this process may use (CPU affinity obeyed where the system tells it)."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def read_many(items: Iterable[Item], jobs: int = 1, reader: str = DEFAULT) -> Iterator[Reading]:
    """Readings of ``items`` in order, by ``jobs`` processes (one: in this process) of the reader named."""
    here = open_reader(reader)  # a name that is none is told before anything is started
    stream = iter(items)
    if jobs <= 1:
        yield from here.read(stream)
        return
    first = list(islice(stream, CHUNK_ITEMS))
    if len(first) < 2:
        yield from here.read(first)
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
            for chunk in _chunks(items):
                with ctrl_c_held():
                    pending.append(pool.submit(_read_chunk, chunk, reader))
                if len(pending) >= jobs * AHEAD:
                    yield from pending.popleft().result()
            while pending:
                yield from pending.popleft().result()
        finally:
            for future in pending:
                future.cancel()


def _chunks(items: Iterator[Item]) -> Iterator[list[Item]]:
    chunk: list[Item] = []
    size = 0
    for item in items:
        chunk.append(item)
        size += len(item.text)
        if size >= CHUNK_CHARS or len(chunk) >= CHUNK_ITEMS:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _start() -> None:
    """Workers leave Ctrl-C to the parent, which stops handing out work."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _read_chunk(chunk: list[Item], reader: str) -> list[Reading]:
    return list(open_reader(reader).read(chunk))
