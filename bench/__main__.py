"""``python -m bench [read|add|cold|size|derive|decide|web|page|brief]``: words per second, peak memory, cold
start, size on disk, what deriving costs at growing sizes, how soon a decision is derived, how quick server
and page are, how large the interactive brief is.

The reports are the 704 of the development corpus where it lies beside the checkout, else the demo's,
repeated. Every figure is of a whole process, as its user would start it.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from importlib.metadata import distributions
from pathlib import Path

from bench.brief import bench_brief
from bench.decide import bench_decide
from bench.derive import bench_derive
from bench.page import bench_page
from bench.web import bench_web

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "data" / "fakes" / "reports.jsonl"
DEMO = ROOT / "src" / "standoff" / "demo_reports"
WORD = re.compile(r"\w+")


def reports(most: int) -> tuple[bytes, int, str]:
    """JSON Lines of at most ``most`` reports, their number of words, and what they are."""
    if CORPUS.exists():
        lines = CORPUS.read_bytes().splitlines()[:most]
        name = f"{len(lines)} news reports"
    else:
        texts = [path.read_text("utf-8") for path in sorted(DEMO.glob("0*.txt"))]
        lines = [json.dumps({"text": texts[i % len(texts)]}).encode() for i in range(most)]
        name = f"{len(lines)} demo reports"
    words = sum(len(WORD.findall(json.loads(line)["text"])) for line in lines)
    return b"\n".join(lines) + b"\n", words, name


def timed(command: list[str], data: bytes, cores: int) -> tuple[float, float, float]:
    """Wall seconds, CPU seconds and peak MB of a process (its workers counted in), on so many cores."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as given:
        given.write(data)
        given.seek(0)
        child = subprocess.Popen(
            command, stdin=given, stdout=subprocess.DEVNULL, preexec_fn=lambda: _pin(cores)
        )
        _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{' '.join(command)} failed")
    return time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def _pin(cores: int) -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[:cores]))


def standoff(*words: str) -> list[str]:
    """The command line as a list."""
    return [sys.executable, "-m", "standoff", *words]


def bench_read() -> None:
    """Words per second of `standoff read`, on one core and on two."""
    data, words, name = reports(400)
    for cores in (1, 2):
        command = standoff("read", "-", "--input-format", "jsonl", "--jobs", str(cores))
        wall, cpu, peak = timed(command, data, cores)
        print(f"read  {cores} core(s)  {words / wall:7,.0f} words/s wall  {words / cpu:7,.0f} words/s CPU  "
              f"{peak:5,.0f} MB peak  ({name}, {words:,} words, {wall:.1f} s)")  # fmt: skip


def bench_add() -> None:
    """Words per second of `standoff add`, on one core and on two, and the time of the first look."""
    data, words, name = reports(400)
    for cores in (1, 2):
        with tempfile.TemporaryDirectory() as folder:
            file = str(Path(folder) / "bench.standoff")
            command = standoff("add", file, "-", "--input-format", "jsonl", "--jobs", str(cores))
            wall, cpu, peak = timed(command, data, cores)
            size = Path(file).stat().st_size / 1e6
            speed = f"{words / wall:7,.0f} words/s wall  {words / cpu:7,.0f} words/s CPU"
            print(f"add   {cores} core(s)  {speed}  {peak:5,.0f} MB peak  ({name}, {size:.1f} MB file)")
            if cores == 2:
                wall, _, peak = timed(standoff("show", file, "disputes", "--format", "json"), b"", 1)
                print(f"show  disputes of {name}: {wall:.1f} s, {peak:,.0f} MB peak")


def bench_cold() -> None:
    """Seconds of `standoff read` on one article, started cold, and of `standoff --help`."""
    text = (DEMO / "02-southern-wire.txt").read_bytes()
    for words in (("read", "-"), ("--help",)):
        walls = [timed(standoff(*words), text, 1) for _ in range(3)]
        wall, _, peak = sorted(walls)[1]
        print(f"cold  standoff {' '.join(words):8} {wall:.2f} s  {peak:,.0f} MB peak (median of 3)")


def bench_size() -> None:
    """Megabytes on disk of the package's own data and of everything a plain install brings."""
    package = ROOT / "src" / "standoff"
    own = sum(path.stat().st_size for path in package.rglob("*") if path.is_file() and path.suffix != ".pyc")
    wanted = {
        _key(line.split("==")[0]) for line in (ROOT / "requirements" / "run.txt").read_text().split("\n")
    }
    total = 0
    for found in distributions():
        if _key(found.metadata["Name"]) in wanted:
            total += sum(_size(Path(str(found.locate_file(each)))) for each in found.files or [])
    print(f"size  the package {own / 1e6:.0f} MB, its dependencies {total / 1e6:.0f} MB on disk")


def _key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).strip().lower()


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


TASKS = {
    "read": bench_read, "add": bench_add, "cold": bench_cold, "size": bench_size, "derive": bench_derive,
    "decide": bench_decide, "web": bench_web, "page": bench_page, "brief": bench_brief,
}  # fmt: skip


def main() -> None:
    """Run the benchmarks named, or all."""
    for name in sys.argv[1:] or TASKS:
        TASKS[name]()


if __name__ == "__main__":
    main()
