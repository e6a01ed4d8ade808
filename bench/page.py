"""How quick the page is in a browser: first paint, views after a link is followed, a long report scrolled.

The situation is the one of `bench.web`, with one report of 20,000 words more; the server and the built page
are those that `standoff serve` starts. Chromium draws without a graphics card here.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import quote

import pytest
from tests.browser import chromium

from bench.copies import copies
from bench.derive import base, sources
from bench.web import serving, situation
from standoff.situation import Situation

WORDS = 20_000
LONG = "a-long-report"
LOADS, ROUNDS = 7, 7
"""How often the overview is loaded afresh, and each view is gone to."""
SCROLLS = 3
SLOW_MS = 50
SIZE = {"width": 1280, "height": 900}
MOST_MS = 300_000

NOWHERE = ["/nowhere", "main > h1 + p > a"]
SOUGHT = ("killed", "hospital", "minister", "aid", "border", "convoy", "wounded")
LISTS = {
    "overview": "main .board .events li", "disputes": "main .contested li", "ledger": "main .ledger section",
    "timeline": "main ol > li", "parties": "main tbody tr", "places": "main .atlas svg circle",
    "reports": "main tbody tr", "queue": "#queue-ask", "history": "main ol > li",
}  # fmt: skip
"""Views, and what each shows of its content."""
THINGS = {
    "dispute": ("/api/disputes", "main .sides article"),
    "party": ("/api/parties", "#says-title"),
    "report": ("/api/reports", "article.text div"),
}
IDS = "path => fetch(path).then(answer => answer.json()).then(all => all.map(each => each.id))"

PAINTS = """() => new Promise(done => new PerformanceObserver(list => {
  const first = performance.getEntriesByName('first-contentful-paint')[0];
  done([first.startTime, list.getEntries().at(-1).startTime]);
}).observe({ type: 'largest-contentful-paint', buffered: true }))"""

FOLLOW = """([href, shown]) => new Promise((done, failed) => {
  if (document.querySelector(shown)) return failed(new Error(`${shown} is there before ${href}`));
  const link = document.createElement('a');
  link.href = href;
  document.getElementById('content').append(link);
  const begun = performance.now();
  let shownAfter = 0, longest = 0, last = begun;
  const look = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (!shownAfter && document.querySelector(shown)) {
      requestAnimationFrame(() => setTimeout(() => shownAfter = performance.now() - begun));
    }
    if (shownAfter && now - begun > shownAfter + 500) done([shownAfter, longest]);
    else if (now - begun > 60000) failed(new Error(`${shown} does not come after ${href}`));
    else requestAnimationFrame(look);
  };
  link.click();
  link.remove();
  look();
})"""
"""Follow a link as a click does: milliseconds till the frame is drawn that brought what is looked for, and
the longest between two frames till half a second later, while which nothing can be typed."""

SCROLL = """() => new Promise(done => {
  const frames = [];
  let last = performance.now(), still = 0;
  const step = now => {
    frames.push(now - last);
    last = now;
    const before = scrollY;
    scrollBy(0, innerHeight / 3);
    still = scrollY === before ? still + 1 : 0;
    if (still < 3) requestAnimationFrame(step);
    else done([frames.slice(1), scrollY]);
  };
  scrollTo(0, 0);
  requestAnimationFrame(now => { last = now; requestAnimationFrame(step); });
})"""


def bench_page() -> None:
    """All of it, or a sentence on why there is no browser."""
    try:
        with chromium() as browser:
            _measured(browser)
    except pytest.skip.Exception as why:
        print(f"page  left out: {why}")


def _measured(browser: Any) -> None:  # noqa: ANN401  (playwright's)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(_with_a_long_report(), Path(folder) / "bench.standoff"))
        with serving(path, "standoff") as (address, _), _desk(browser, address) as page:
            state, where = page.context.storage_state(), address.partition("/enter")[0]
            _first(browser, state, where)
            _views(page)
            _long(browser, state, where)


def _with_a_long_report() -> Path:
    """The situation of `bench.web` and one long report, kept in the temporary folder."""
    made = situation()
    path = made.with_name(f"page-{WORDS}-{made.name}")
    if path.exists():
        return path
    draft = Path(shutil.copy(made, path.with_suffix(".draft")))
    with tempfile.TemporaryDirectory() as folder, Situation.open(draft) as held:
        told = Path(folder) / "long.jsonl"
        told.write_text(json.dumps({"id": LONG, "text": _text()}), encoding="utf-8")
        outcomes = [each.outcome for each in held.add([str(told)])]
    print(f"page  made a report of {WORDS:,} words ({', '.join(outcomes)})")
    draft.rename(path)
    return path


def _text() -> str:
    """So many words of copies of reports, one after the other."""
    held: list[str] = []
    count = 0
    for report, _ in copies(base(sources()[-1]), 1000):
        held.append(report.text.strip())
        count += len(report.text.split())
        if count >= WORDS:
            break
    text = "\n\n".join(held)
    end = [each.end() for each in re.finditer(r"\S+", text)]
    return text[: end[WORDS - 1]]


@contextmanager
def _desk(browser: Any, address: str, **options: Any) -> Iterator[Any]:  # noqa: ANN401
    """A new window at an address, once the view is there."""
    context = browser.new_context(viewport=SIZE, **options)
    page = context.new_page()
    page.set_default_timeout(MOST_MS)
    page.goto(address)
    page.wait_for_selector("main h1")
    yield page
    context.close()


def _first(browser: Any, state: Any, where: str) -> None:  # noqa: ANN401
    """The overview, loaded afresh by a browser that has nothing of it yet."""
    paints = []
    for _ in range(LOADS):
        with _desk(browser, where, storage_state=state) as page:
            page.wait_for_selector(".board .events")
            page.wait_for_timeout(1000)
            paints.append(page.evaluate(PAINTS))
    for name, took in zip(("first", "largest"), zip(*paints, strict=True), strict=True):
        print(f"page  overview afresh, {name} contentful paint  {_times(took)}")


def _views(page: Any) -> None:  # noqa: ANN401
    """Each view from a page that shows nothing, as a link within the page leads there."""
    for name, shown, addresses in _asked(page):
        took = []
        for n in range(ROUNDS):
            page.evaluate(FOLLOW, NOWHERE)
            took.append(page.evaluate(FOLLOW, [addresses[n % len(addresses)], shown]))
        print(f"page  {name:9} {_followed(took)}")


def _asked(page: Any) -> Iterator[tuple[str, str, list[str]]]:  # noqa: ANN401
    """Views with what they show first, and addresses of each."""
    for name, shown in LISTS.items():
        yield name, shown, [f"/{name}" if name != "overview" else "/"]
    for name, (path, shown) in THINGS.items():
        ids = page.evaluate(IDS, path)
        step = max(1, len(ids) // ROUNDS)
        yield name, shown, [f"/{name}?id={quote(each, safe='')}" for each in ids[::step][:ROUNDS]]
    yield "search", "main .hits li", [f"/search?q={each}" for each in SOUGHT]


def _long(browser: Any, state: Any, where: str) -> None:  # noqa: ANN401
    """The long report: till its text is there, then from its top to its end."""
    opened, frames, slow, longest = [], 0, [], []
    for _ in range(SCROLLS):
        with _desk(browser, f"{where}/search", storage_state=state) as page:
            opened.append(page.evaluate(FOLLOW, [f"/report?id={LONG}", "article.text div"]))
            page.wait_for_timeout(500)
            gaps, height = page.evaluate(SCROLL)
        frames = len(gaps)
        slow.append(sum(gap > SLOW_MS for gap in gaps))
        longest.append(max(gaps))
    print(f"page  report of {WORDS:,} words, till its text is shown  {_followed(opened)}")
    print(
        f"page  report of {WORDS:,} words, scrolled {height:,} pixels in {frames} frames: "
        f"median {median(slow):.0f} and at worst {max(slow)} longer than {SLOW_MS} ms, "
        f"the longest {max(longest):.0f} ms   ({SCROLLS})"
    )


def _followed(took: Sequence[tuple[float, float]]) -> str:
    shown, longest = zip(*took, strict=True)
    return f"{_times(shown)}   longest frame {median(longest):5.0f} ms, worst {max(longest):5.0f} ms"


def _times(took: Sequence[float]) -> str:
    return f"median {median(took):6.0f} ms   worst {max(took):6.0f} ms   ({len(took)})"


if __name__ == "__main__":
    bench_page()
