"""How large the interactive brief of a very large record is, what takes the room, and how soon it opens."""

from __future__ import annotations

import gzip
import json
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.browser import chromium

from bench.web import situation
from standoff.show.brief import interactive_html
from standoff.show.brief.payload import payload
from standoff.situation import Situation

MOST = 6
"""Parts of the payload that are told, largest first."""
WAIT = 120_000


def bench_brief() -> None:
    """Megabytes as they stand in the file and unpacked, seconds to write and to open it."""
    with tempfile.TemporaryDirectory() as folder:
        with Situation.open(Path(shutil.copy(situation(), Path(folder) / "bench.standoff"))) as held:
            view = held.view()
        data = payload(view)
        parts = sorted(((_size(part), name) for name, part in data.items()), reverse=True)
        print(f"brief payload {_size(data) / 1e6:.1f} MB of {len(view.reports):,} reports, in it "
              + ", ".join(f"{name} {size / 1e6:.1f}" for size, name in parts[:MOST]))  # fmt: skip
        print(f"brief payload packed {len(gzip.compress(_bytes(data), 9, mtime=0)) / 1e6:.1f} MB")
        began = time.perf_counter()
        path = Path(folder) / "brief.html"
        path.write_text(interactive_html(view), encoding="utf-8")
        print(f"brief interactive {path.stat().st_size / 1e6:.1f} MB, made in "
              f"{time.perf_counter() - began:.1f} s, open after {_opened(path):.1f} s")  # fmt: skip


def _bytes(data: Any) -> bytes:  # noqa: ANN401
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def _size(data: Any) -> int:  # noqa: ANN401
    return len(_bytes(data))


def _opened(path: Path) -> float:
    """Seconds until the first view stands there, in Chromium."""
    with chromium() as browser:
        page = browser.new_page()
        began = time.perf_counter()
        page.goto(path.as_uri(), timeout=WAIT)
        page.wait_for_selector("main h1", timeout=WAIT)
        return time.perf_counter() - began
