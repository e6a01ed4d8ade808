"""How quick the workbench is: each view's answer, many people at once, a decision till it is derived.

A situation of 1,000 reports is made of copies of few and kept in the temporary folder; the server runs as a
process of its own, as `standoff serve` starts it.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles
from typing import Any

import httpx

from bench.copies import copies
from bench.derive import KEPT, base, sources
from standoff.model import Preserved
from standoff.situation import Situation

REPORTS = 1000
STATEMENTS = 20_000
"""At least so many of each."""
ROUNDS = 15
"""How often each view is asked for when nobody else asks."""
READERS, REVIEWERS = 20, 5
BURSTS = 5
SECONDS = 20.0
THINKS = 0.5, 1.5
"""Seconds between two requests of one reader; a reviewer decides every few seconds."""
DECIDES = 3.0, 6.0
Samples = dict[str, list[float]]


def bench_web() -> None:
    """Views one by one, then everybody at once."""
    made = situation()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(made, Path(folder) / "bench.standoff"))
        began = time.perf_counter()
        with serving(path) as (address, process):
            ready = time.perf_counter() - began
            asyncio.run(_measured(address))
            print(
                f"web   answers {ready:.1f} s after it was started; {_memory(process.pid):,.0f} MB at the end"
            )


def situation() -> Path:
    """The situation file, made once: reports enough for both numbers."""
    path = KEPT / f"web-{REPORTS}-{STATEMENTS}.standoff"
    if path.exists():
        return path
    path.parent.mkdir(exist_ok=True)
    draft = path.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    with Situation.open(draft) as held:
        total = 0
        for count, (report, reading) in enumerate(copies(base(sources()[-1]), 10 * REPORTS), 1):
            kept = Preserved(report=report, data=report.text.encode(), id_given=True)
            held.record.add(kept, reading)
            total += len(reading.statements)
            if count >= REPORTS and total >= STATEMENTS:
                break
    print(f"web   made a situation of {count:,} reports and {total:,} statements")
    draft.rename(path)
    return path


@contextmanager
def serving(path: Path, program: str = "tests.web.serving") -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A server of a situation (its page stood in for, unless told), and the address that lets one in."""
    process = subprocess.Popen(
        [sys.executable, "-m", program, "serve", str(path), "--port", "0"],
        stderr=subprocess.PIPE, text=True, cwd=Path(__file__).resolve().parents[1],
    )  # fmt: skip
    try:
        assert process.stderr
        for line in process.stderr:
            if found := re.search(r"open (http\S+)", line):
                yield found[1], process
                break
        else:
            sys.exit("the server did not start")
    finally:
        process.terminate()
        process.wait(60)


async def _measured(address: str) -> None:
    where = re.match(r"https?://[^/]+", address)
    assert where
    async with httpx.AsyncClient(
        base_url=where[0], timeout=60, limits=httpx.Limits(max_connections=60)
    ) as client:
        await client.get(address)
        client.headers["x-csrf-token"] = (await client.get("/api/session")).json()["csrf"]
        views = await _views(client)
        await _one_by_one(client, views)
        names = [
            each["id"]
            for report in views["report"]
            for each in (await _told(client, "report", report))["quantities"]
        ]
        await _decided(client, names[-3:])
        await _at_one_instant(client, views, unpacked=True)
        await _at_one_instant(client, views, unpacked=False)
        await _at_once(client, views, names[:-3])


async def _told(client: httpx.AsyncClient, view: str, params: dict[str, Any]) -> Any:  # noqa: ANN401
    return (await client.get(f"/api/{view}", params=params)).json()


async def _views(client: httpx.AsyncClient) -> dict[str, list[dict[str, Any]]]:
    """Views with parameters to ask for them with."""
    chance = random.Random(7)
    ids = {
        "dispute": [each["id"] for each in await _told(client, "disputes", {})],
        "party": [each["id"] for each in await _told(client, "parties", {})],
        "report": [each["id"] for each in await _told(client, "reports", {})],
    }
    told = await _told(client, "overview", {})
    counted = (
        f"{told['rests_on']['reports']:,} reports, {told['rests_on']['statements']:,} statements of sources, "
    )
    print(
        f"web   {counted}{len(ids['dispute']):,} disputes, {len(ids['party']):,} parties, "
        f"{len(told['marks']):,} events"
    )
    plain = (
        "overview",
        "disputes",
        "ledger",
        "parties",
        "places",
        "events",
        "reports",
        "queue",
        "history",
        "changes",
    )
    views: dict[str, list[dict[str, Any]]] = {each: [{}] for each in plain}
    for view, known in ids.items():
        views[view] = [{"id": each} for each in chance.sample(known, min(ROUNDS, len(known)))]
    views["why"] = [*views["dispute"]]
    views["search"] = [
        {"q": each} for each in ("killed", "hospital", "minister said", '"of the"', "aid conv", "border")
    ]
    return views


async def _one_by_one(client: httpx.AsyncClient, views: dict[str, list[dict[str, Any]]]) -> None:
    for view, asked in views.items():
        took, sizes = [], []
        for n in range(ROUNDS):
            began = time.perf_counter()
            got = await client.get(f"/api/{view}", params=asked[n % len(asked)])
            took.append(time.perf_counter() - began)
            sizes.append(len(got.content))
            assert got.status_code == 200, got.text
        print(
            f"web   {view:9} {_told_times(took)}   first {took[0] * 1000:6.1f} ms   "
            f"{max(sizes) / 1000:8,.0f} kB"
        )


async def _decided(client: httpx.AsyncClient, names: list[str]) -> None:
    """From a decision to the first view that rests on it."""
    for name in names:
        began = time.perf_counter()
        entry = (await client.post("/api/reviews", json={"action": "accept", "targets": [name]})).json()[
            "entry"
        ]
        appended = time.perf_counter() - began
        got = await client.get("/api/overview", params={"at_least": entry})
        took = time.perf_counter() - began
        assert int(got.headers["x-standoff-head"]) >= entry
        print(
            f"web   a decision: answered in {appended * 1000:.0f} ms, "
            f"overview that rests on it after {took:.2f} s"
        )


async def _at_one_instant(
    client: httpx.AsyncClient, views: dict[str, list[dict[str, Any]]], *, unpacked: bool
) -> None:
    """All ask in the same instant, as open pages do that hear of a new view.

    ``unpacked`` counts till the answer is unpacked too, one after the other by this one process; people have
    a machine each.
    """
    chance, took = random.Random(3), list[float]()

    async def one() -> None:
        view = chance.choice(list(views))
        began = time.perf_counter()
        async with client.stream("GET", f"/api/{view}", params=chance.choice(views[view])) as got:
            if unpacked:
                await got.aread()
            else:
                async for _ in got.aiter_raw():
                    pass
        took.append(time.perf_counter() - began)
        assert got.status_code == 200

    for _ in range(BURSTS):
        await asyncio.gather(*(one() for _ in range(READERS + REVIEWERS)))
        await asyncio.sleep(1)
    how = "" if unpacked else ", not unpacked"
    print(f"web   {READERS + REVIEWERS} in one instant, {BURSTS} times{how}: {_told_times(took)}")


async def _at_once(
    client: httpx.AsyncClient, views: dict[str, list[dict[str, Any]]], names: list[str]
) -> None:
    chance, took, end = random.Random(5), Samples(), time.monotonic() + SECONDS

    async def timed(kind: str, asked: Awaitable[httpx.Response]) -> httpx.Response:
        began = time.perf_counter()
        got = await asked
        took.setdefault(kind, []).append(time.perf_counter() - began)
        assert got.status_code < 500, got.text
        return got

    async def reader() -> None:
        tags: dict[str, str] = {}
        await asyncio.sleep(chance.uniform(0, THINKS[1]))  # people do not begin in the same instant
        while time.monotonic() < end:
            view = chance.choice(list(views))
            params = chance.choice(views[view])
            key = json.dumps([view, params])
            headers = {"if-none-match": tags[key]} if key in tags else {}
            got = await timed(view, client.get(f"/api/{view}", params=params, headers=headers))
            tags[key] = got.headers["etag"]
            await asyncio.sleep(chance.uniform(*THINKS))

    async def reviewer(mine: list[str]) -> None:
        await asyncio.sleep(chance.uniform(0, THINKS[1]))
        while time.monotonic() < end:
            params = chance.choice(views["report"])
            await timed("report", client.get("/api/report", params=params))
            if mine:
                body = {"action": "accept", "targets": [mine.pop()]}
                await timed("decision", client.post("/api/reviews", json=body))
            await asyncio.sleep(chance.uniform(*DECIDES))

    chance.shuffle(names)
    people = [reader() for _ in range(READERS)] + [reviewer(names[n::REVIEWERS]) for n in range(REVIEWERS)]
    await asyncio.gather(*people)
    every = [each for kind in took.values() for each in kind]
    print(
        f"web   {READERS} readers and {REVIEWERS} reviewers, {SECONDS:.0f} s, {len(every)} requests: "
        f"{_told_times(every)}"
    )
    for kind, times in sorted(took.items(), key=lambda each: -max(each[1]))[:5]:
        print(f"web     {kind:9} {_told_times(times)}   worst {max(times) * 1000:.0f} ms   ({len(times)})")


def _told_times(took: list[float]) -> str:
    cuts = quantiles(took, n=100, method="inclusive") if len(took) > 1 else took * 99
    return f"p50 {cuts[49] * 1000:6.1f} ms   p95 {cuts[94] * 1000:6.1f} ms"


def _memory(process: int) -> float:
    status = Path(f"/proc/{process}/status")
    found = re.search(r"VmHWM:\s+(\d+)", status.read_text()) if status.exists() else None
    return int(found[1]) / 1024 if found else float("nan")


if __name__ == "__main__":
    os.environ.setdefault("PYTHONPATH", "src")
    bench_web()
