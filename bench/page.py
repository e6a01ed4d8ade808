"""How quick the page is in Chromium: first paint, from a link to its view, and a long report scrolled.

The large situation is that of `bench.web`; the long report is made of the texts at hand, one below the other.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from tests.browser import chromium
from tests.story.browsing import served

from bench.derive import KEPT, base, sources
from bench.web import situation
from standoff.situation import Situation

WORDS = 20_000
ROUNDS = 5
SIZE = {"width": 1280, "height": 900}
VIEWS = ("disputes", "ledger", "reports", "queue", "parties", "places", "timeline", "search", "history", "")
WORD = re.compile(r"\w+")

PAINT = """() => new Promise(done => {
  let largest = 0;
  new PerformanceObserver(list => { for (const each of list.getEntries()) largest = each.startTime; })
    .observe({ type: 'largest-contentful-paint', buffered: true });
  setTimeout(() => {
    const first = performance.getEntriesByName('first-contentful-paint')[0];
    done([first ? first.startTime : NaN, largest]);
  }, 50);
})"""
SHOWN = "() => document.querySelector('main h1') && !document.querySelector('main .late')"
FOLLOW = """href => new Promise(done => {
  const link = document.createElement('a');
  link.href = href;
  document.body.append(link);
  const before = document.querySelector('main h1');
  const began = performance.now();
  link.click();
  link.remove();
  const look = () => {
    const now = document.querySelector('main h1');
    const shown = now && now !== before && !document.querySelector('main .late');
    if (shown) requestAnimationFrame(() => done(performance.now() - began));
    else if (performance.now() - began > 20000) done(NaN);
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})"""
"""Follows a link as a click does: the time till a frame after the view's heading stands and nothing loads."""
SCROLL = """() => new Promise(done => {
  const text = [...document.querySelectorAll('main *')].find(each =>
    each.scrollHeight > each.clientHeight + 400 && /auto|scroll/.test(getComputedStyle(each).overflowY)
  ) ?? document.scrollingElement;
  const frames = [];
  let last = performance.now(), top = -1;
  const step = now => {
    frames.push(now - last);
    last = now;
    if (text.scrollTop === top) return done(frames.slice(1));
    top = text.scrollTop;
    text.scrollTop += 300;
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
})"""


def bench_page() -> None:
    """First paint and every view on the large situation, then the long report."""
    try:
        _measured()
    except pytest.skip.Exception as reason:
        print(f"page  not measured: {reason}")


def _measured() -> None:
    with chromium() as browser:
        with _entered(browser, situation()) as (page, where):
            _paint(page, where)
            for view in VIEWS:
                _follow(page, where, view)
        with _entered(browser, _long()) as (page, where):
            _scrolled(page, where)


@contextmanager
def _entered(browser: Any, path: Path) -> Iterator[tuple[Any, str]]:  # noqa: ANN401 (playwright is optional)
    with TemporaryDirectory() as folder, served(Path(shutil.copy(path, folder))) as (_, address):
        page = browser.new_context(viewport=SIZE).new_page()
        page.set_default_timeout(300_000)
        page.goto(address)
        page.wait_for_function(SHOWN)
        yield page, address.partition("/enter")[0]
        page.context.close()


def _paint(page: Any, where: str) -> None:  # noqa: ANN401
    first, largest = [], []
    for _ in range(ROUNDS):
        page.goto(f"{where}/")
        page.wait_for_function(SHOWN)
        painted = page.evaluate(PAINT)
        first.append(painted[0])
        largest.append(painted[1])
    print(f"page  overview   first paint {_told(first)}   largest paint {_told(largest)}")


def _follow(page: Any, where: str, view: str) -> None:  # noqa: ANN401
    took = []
    for _ in range(ROUNDS):
        page.goto(f"{where}/{'disputes' if view != 'disputes' else 'reports'}")
        page.wait_for_function(SHOWN)
        took.append(page.evaluate(FOLLOW, f"/{view}"))
    print(f"page  {view or 'overview':9}  from its link {_told(took)}")


def _scrolled(page: Any, where: str) -> None:  # noqa: ANN401
    report = page.evaluate("fetch('/api/reports').then(each => each.json())")[0]["id"]
    opened = []
    for _ in range(ROUNDS):
        page.goto(f"{where}/reports")
        page.wait_for_function(SHOWN)
        opened.append(page.evaluate(FOLLOW, f"/report?id={report}"))
    frames = page.evaluate(SCROLL)
    slow = sum(each > 50 for each in frames)
    print(
        f"page  a report of {WORDS:,} words: from its link {_told(opened)}; scrolled in {len(frames)} "
        f"frames, {slow} of more than 50 ms, the longest {max(frames):.0f} ms"
    )


def _long() -> Path:
    """A situation of one report of `WORDS` words, made once."""
    path = KEPT / f"long-{WORDS}.standoff"
    if path.exists():
        return path
    texts, words = [], 0
    while words < WORDS:
        for report, _ in base(sources()[-1]):
            texts.append(report.text)
            words += len(WORD.findall(report.text))
            if words >= WORDS:
                break
    lines = path.with_suffix(".jsonl")
    lines.write_text(json.dumps({"id": "long", "text": "\n\n".join(texts)}), encoding="utf-8")
    draft = path.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    with Situation.open(draft) as held:
        list(held.add([str(lines)]))
    draft.rename(path)
    return path


def _told(took: list[float]) -> str:
    return f"{median(took):5.0f} ms (worst {max(took):.0f})"


if __name__ == "__main__":
    bench_page()
