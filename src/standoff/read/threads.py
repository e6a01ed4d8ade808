"""One thread a process: how many cores work is said by ``--jobs`` and CPU affinity, never by a library.

The encoder's session is told so itself; linear algebra and the tokenizer take it from the environment,
and must find it there before they are loaded.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

ONE = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
}


def cores() -> int:
    """Cores this process may use (CPU affinity obeyed where the system tells it)."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def one_thread() -> None:
    """Let libraries that are loaded from now on compute with one thread, unless the user said otherwise."""
    for name, value in ONE.items():
        os.environ.setdefault(name, value)


@contextmanager
def one_thread_each() -> Iterator[None]:
    """The same for processes started meanwhile; this one's environment is left as it was."""
    mine = {name: value for name, value in ONE.items() if name not in os.environ}
    os.environ.update(mine)
    try:
        yield
    finally:
        for name in mine:
            os.environ.pop(name, None)
