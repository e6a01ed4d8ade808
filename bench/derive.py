"""What deriving costs once reports are read: seconds, memory, growth, and one report added to many.

Each size runs in a process of its own, on one core. Seconds are of CPU time: on a core that nothing else
uses that is the time one waits. Readings are made once and kept in the temporary folder.
"""

from __future__ import annotations

import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import msgspec

from bench.copies import Pair, copies
from standoff import demo
from standoff.model import Axes, Preserved, Sourced, View
from standoff.preserve import Options, take
from standoff.read import READER, read_many
from standoff.record import Head, Snapshot, apply_reviews
from standoff.situation import Situation, derive, item_of

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "data" / "fakes" / "reports.jsonl"
SIZES = (500, 1000, 2000, 5000)
KEPT = Path(tempfile.gettempdir()) / f"standoff-bench-{READER.name}-{READER.version}"
T = TypeVar("T")
TIMES = 3
"""How many reports are added one after the other; the middle time counts."""


def bench_derive(sizes: tuple[int, ...] = SIZES) -> None:
    """Every size of every source there is, then one report added to the largest."""
    for source in sources():
        base(source)
        before: tuple[int, float] | None = None
        for size in sizes:
            took, peak, found = _apart("derive", source, size)
            growth = (
                f"  growth {math.log(took / before[1]) / math.log(size / before[0]):4.2f}" if before else ""
            )
            print(
                f"derive  {source}  {size:5,} reports  {took:6.1f} s  {peak:6,.0f} MB peak{growth}  ({found})"
            )
            before = size, took
        took, peak, found = _apart("one", source, sizes[-1])
        print(f"one     {source}  added to {sizes[-1]:,}: {took:.1f} s  {peak:,.0f} MB peak  ({found})")


def sources() -> tuple[str, ...]:
    """The demo's reports, and the news of the development corpus where it lies beside the checkout."""
    return ("demo", "news") if CORPUS.exists() else ("demo",)


def base(source: str) -> list[Pair]:
    """The reports of a source with their readings, from the temporary folder once they are read."""
    kept = KEPT / f"{source}.json"
    if not kept.exists():
        found = _demo() if source == "demo" else _news()
        kept.parent.mkdir(exist_ok=True)
        kept.write_bytes(msgspec.json.encode(found))
    return msgspec.json.decode(kept.read_bytes(), type=list[Pair])


def _demo() -> list[Pair]:
    with tempfile.TemporaryDirectory() as folder, Situation.open(demo.build(Path(folder))) as record:
        held = record.record.snapshot()
    known = {each.report: each for each in held.readings}
    return [(each, known[each.id]) for each in held.reports if each.id in known]


def _news() -> list[Pair]:
    def stop(_source: str, error: Exception) -> None:
        raise error

    lines = [json.loads(line) for line in CORPUS.read_bytes().splitlines()]
    day_of = {line["id"]: _iso(line["date_in_table"]) for line in lines}
    reports = [
        msgspec.structs.replace(each.report, published=Sourced(value=day_of[each.report.id], origin="given"))
        for each in take(str(CORPUS), Options(), stop)
    ]
    return list(zip(reports, read_many([item_of(each) for each in reports]), strict=True))


def _iso(day: str) -> str:
    month, number, year = day.split("/")
    return f"{year}-{int(month):02}-{int(number):02}"


def view_of(pairs: list[Pair]) -> View:
    """Everything that these readings imply, without a file."""
    reports, readings = [report for report, _ in pairs], [reading for _, reading in pairs]
    held = Snapshot(head=Head(0, ""), reports=reports, readings=readings, reviews=[], left_out=0)
    return derive("bench", Axes(), reports, apply_reviews(reports, readings, ()), held)


def _apart(task: str, source: str, size: int) -> tuple[float, float, str]:
    """Seconds, peak MB and what was found, of a task in a process of its own."""
    command = [sys.executable, "-m", "bench.derive", task, source, str(size)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    took, peak, found = done.stdout.strip().splitlines()[-1].split(" ", 2)
    return float(took), float(peak), found


def _derive(source: str, size: int) -> tuple[float, str]:
    pairs = copies(base(source), size)
    view_of(pairs[:20])  # vocabularies and patterns are loaded before the clock runs
    took, view = _timed(lambda: view_of(pairs))
    return took, f"{len(view.referents.incidents):,} incidents, {len(view.derived.questions):,} questions"


def _one(source: str, size: int) -> tuple[float, str]:
    pairs = copies(base(source), size + TIMES)
    with tempfile.TemporaryDirectory() as folder, Situation.open(Path(folder) / "bench.standoff") as held:
        for pair in pairs[:size]:
            _put(held, pair)
        first, _ = _timed(held.view)
        again, _ = _timed(held.view)
        took = sorted(_timed(partial(_add, held, pair))[0] for pair in pairs[size:])
    opened = f"the first view of the open file {first:.1f} s, the same view again {again:.2f} s"
    return took[TIMES // 2], opened


def _add(held: Situation, pair: Pair) -> View:
    _put(held, pair)
    return held.view()


def _put(held: Situation, pair: Pair) -> None:
    report, reading = pair
    held.record.add(Preserved(report=report, data=report.text.encode(), id_given=True), reading)


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    start = time.process_time()
    done = work()
    return time.process_time() - start, done


def main() -> None:
    """A task of `_apart`: prints seconds, peak MB and what was found."""
    task, source, size = sys.argv[1:4]
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    took, found = {"derive": _derive, "one": _one}[task](source, int(size))
    print(took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, found)


if __name__ == "__main__":
    main()
