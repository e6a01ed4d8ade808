"""Killed at any point, or shared by two processes, the record loses and doubles nothing."""

from __future__ import annotations

import multiprocessing
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from standoff.record import Record, verify
from tests.record.hand import Place
from tests.record.make import read, small

COUNT = 200
WORKER = """
import sys
from standoff.record import Record
from tests.record.make import read, small
with Record.open(sys.argv[1]) as record:
    for number in range({count}):
        one = small(number)
        if not record.knows(one.report.sha256, one.report.id):
            record.add(one, read(one))
        print(number, flush=True)
"""


def start(path: Place) -> subprocess.Popen[bytes]:
    root = Path(__file__).resolve().parents[2]
    return subprocess.Popen(
        [sys.executable, "-c", WORKER.format(count=COUNT), str(path)], cwd=root, stdout=subprocess.PIPE
    )


def check_whole(path: Place) -> None:
    result = verify(path)
    assert result.ok, result
    with Record.open(path) as record:
        reports = record.reports()
        readings = record.readings()
        assert [reading.report for reading in readings] == [report.id for report in reports]
        assert len(list(record.entries())) == 2 * len(reports)


@pytest.mark.parametrize("seed", range(2))
def test_killed_at_random_points_then_resumed(place: Place, tmp_path: Path, seed: int) -> None:
    path = place
    chance = random.Random(seed)
    told = 0
    for _ in range(3):
        process = start(path)
        assert process.stdout is not None
        last = None
        upto = told + chance.randrange(1, 40)
        for line in process.stdout:
            last = int(line)
            if last >= upto:
                break
        time.sleep(chance.random() * 0.02)
        process.send_signal(signal.SIGKILL)
        process.stdout.close()
        process.wait()
        assert last is not None
        told = max(told, last)
        with Record.open(path) as record:
            assert len(record.reports()) > told, "what was said to be recorded is there"
        check_whole(path)
    process = start(path)
    process.communicate()
    check_whole(path)
    with Record.open(path) as record:
        assert {report.id for report in record.reports()} == {f"r{number}.txt" for number in range(COUNT)}
        assert len(record.reports()) == COUNT
    assert [file.name for file in tmp_path.iterdir()] == (
        ["s.standoff"] if path == tmp_path / "s.standoff" else []
    )


def _add(path: str, numbers: list[int], start: Any) -> None:
    with Record.open(path) as record:
        start.wait(60)
        for number in numbers:
            record.add(small(number), read(small(number)))


def test_processes_add_at_once(place: Place) -> None:
    path = place
    context = multiprocessing.get_context("spawn")
    shares = [list(range(30)), list(range(20, 60)), list(range(60, 90)), list(range(30))]
    start = context.Barrier(len(shares))
    workers = [context.Process(target=_add, args=(str(path), share, start)) for share in shares]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0] * 4
    assert verify(path).ok, "the chain is unbroken"
    with Record.open(path) as record:
        assert sorted(report.id for report in record.reports()) == sorted(f"r{n}.txt" for n in range(90))
        assert len(list(record.entries(["acquisition"]))) == 40, "what two brought is one report, had twice"
        assert [entry.n for entry in record.entries()] == list(range(1, 2 * 90 + 40 + 1)), "nothing is lost"


def test_threads_take_turns(place: Place) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with Record.open(place) as record, ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: record.add(small(number), read(small(number))), range(40)))
        assert len(record.reports()) == 40
    assert verify(place).ok


CLOSES = """
import sys
from standoff.record import Record
with Record.open(sys.argv[1]) as record:
    record.append_output({"kind": "brief"})
"""


def test_a_file_that_is_open_twice_in_one_process_keeps_its_locks(tmp_path: Path) -> None:
    """Closing any handle of a file drops a process's locks on it: then another process that closes would
    believe it is the last, and take the log of what is still open away."""
    path = tmp_path / "event.standoff"
    root = Path(__file__).resolve().parents[2]
    with Record.open(path) as held:
        one = small(1)
        held.add(one, read(one))
        assert verify(path).ok  # opens and closes the same file here
        subprocess.run([sys.executable, "-c", CLOSES, str(path)], cwd=root, check=True)
        assert path.with_name(path.name + "-wal").exists(), "the log of an open file stays"
        two = small(2)
        held.add(two, read(two))
        assert verify(path).ok
        assert held.head().n == 5
    assert not path.with_name(path.name + "-wal").exists()
    check = verify(path)
    assert check.ok, check.problem
    with Record.open(path) as again:
        assert len(again.reports()) == 2
