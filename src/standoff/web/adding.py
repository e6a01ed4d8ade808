"""Adding reports from the page: each job reads in a process of its own, so that the page stays quick.

What parses hostile documents is never the process that answers requests.
"""

from __future__ import annotations

import logging
import multiprocessing
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any

import msgspec

from standoff.errors import StandoffError
from standoff.preserve import Options, Upload
from standoff.situation import Outcome, Situation

KEPT = 50
"""Jobs whose outcome is remembered."""
WAITING = 8
"""Jobs that may wait or run at once."""
HELD = 512 * 2**20
"""Bytes of reports that may wait at once: they are held in memory."""
IDLE = 300.0
"""Seconds after which the reading process is let go: it holds some 400 MB."""
ENDED = "the process that reads was ended; what it had recorded is kept: add the rest again"
Source = str | Upload
log = logging.getLogger("standoff.web")


class Job(msgspec.Struct, kw_only=True):
    """Reports that are being added. ``outcomes`` grow as reports are recorded."""

    id: str
    by: str
    names: tuple[str, ...]
    total: int
    size: int = 0
    outcomes: list[Outcome] = []
    done: bool = False
    error: str | None = None


class Adder:
    """Adds reports to a situation, one after the other, in one process that is kept while it is used."""

    def __init__(
        self, target: str, told: Callable[[dict[str, Any]], None], grown: Callable[[], None]
    ) -> None:
        self._target, self._told, self._grown = target, told, grown
        self._lock = threading.Lock()
        self._jobs: dict[str, Job] = {}
        self._pool: ProcessPoolExecutor | None = None
        self._used = time.monotonic()
        self._worker = threading.Semaphore(1)
        self._ended = False

    def start(self, sources: Sequence[Source], options: Options, by: str) -> Job:
        """Begin to add. Raises `StandoffError` while too many jobs wait."""
        names = tuple(str(each) for each in sources)
        size = sum(len(each.data) for each in sources if isinstance(each, Upload))
        job = Job(id=uuid.uuid4().hex[:12], by=by, names=names, total=len(names), size=size)
        with self._lock:
            waiting = [each for each in self._jobs.values() if not each.done]
            if len(waiting) >= WAITING or sum(each.size for each in waiting) + size > HELD:
                raise StandoffError("too many reports are being added", todo="wait for the others to be done")
            self._jobs[job.id] = job
            for old in [each.id for each in self._jobs.values() if each.done][:-KEPT]:
                del self._jobs[old]
        threading.Thread(target=self._work, args=(job, tuple(sources), options), daemon=True).start()
        return job

    def job(self, name: str) -> Job | None:
        """A job by its id."""
        return self._jobs.get(name)

    def jobs(self) -> list[Job]:
        """Jobs, the newest last."""
        return list(self._jobs.values())

    def close(self) -> None:
        """End; what had been recorded stays."""
        self._ended = True
        self._let_go()

    def _let_go(self) -> None:
        """Let the reading process go."""
        with self._lock:
            if self._pool is not None:
                self._pool.shutdown(wait=False, cancel_futures=True)
                for process in list(getattr(self._pool, "_processes", None) or {}.values()):
                    process.terminate()
            self._pool = None

    def _work(self, job: Job, sources: Sequence[Source], options: Options) -> None:
        with self._worker:
            try:
                for source in sources:
                    job.outcomes.extend(self._submit(source, options).result())
                    self._tell(job)
                    self._grown()
            except BrokenProcessPool:
                self._let_go()
                job.error = ENDED
            except StandoffError as error:
                job.error = str(error)
            except CancelledError:
                job.error = ENDED
            except Exception as error:  # a job that is never done would stand in the way of others
                log.error(
                    "adding failed: %s", type(error).__name__
                )  # not what it says: that may hold secrets
                job.error = "something broke while this was read; what had been recorded is kept"
            job.done = True
            self._tell(job)
            self._used = time.monotonic()
        resting = threading.Timer(IDLE, self._rest)
        resting.daemon = True
        resting.start()

    def _tell(self, job: Job) -> None:
        self._told({"kind": "job", "job": msgspec.to_builtins(job)})

    def _submit(self, source: Source, options: Options) -> Future[list[Outcome]]:
        with self._lock:
            if self._ended:
                raise StandoffError(ENDED)
            if self._pool is not None:
                try:
                    return self._pool.submit(_add, self._target, source, options)
                except BrokenProcessPool:  # it was ended while nothing was read: another takes its place
                    self._pool.shutdown(wait=False)
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(1, context, initializer=_quietly)
            return self._pool.submit(_add, self._target, source, options)

    def _rest(self) -> None:
        if time.monotonic() - self._used >= IDLE:
            self._let_go()


def _quietly() -> None:
    """Ctrl-C is for the process that serves: it ends this one."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _add(target: str, source: Source, options: Options) -> list[Outcome]:
    with Situation.open(target, create=False) as situation:
        return list(situation.add([source], options))
