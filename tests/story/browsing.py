"""A browser on a served situation: what it shows, and everything that it complains of."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from standoff.web.static import BUILT
from tests.browser import chromium
from tests.story.driver import ROOT, started

NOT_OURS = ("GL Driver Message", "Using custom renderer implementation")
"""What Chromium's software rendering and Recogito say of themselves."""


class Desk(NamedTuple):
    """A browser that is signed in, the server's address, and what was heard: complaints, foreign requests."""

    page: Any
    base: str
    heard: list[str]

    def open(self, view: str) -> Any:
        self.page.goto(f"{self.base}/{view}")
        self.page.wait_for_selector("main h1")
        return self.page


@contextmanager
def on_the_page() -> Iterator[Any]:
    """A browser for the built page. Skips where either is missing."""
    if not (BUILT / "index.html").is_file():
        pytest.skip("the page is not built: python3 tasks.py page")
    with chromium() as made:
        yield made


def address(process: Any) -> str:
    """What the server printed."""
    for line in process.stdout:
        if found := re.search(rb"https?://\S+", line):
            return found.group().decode()
    raise AssertionError("the server said nothing")


def listening(browser: Any, base: str, **options: Any) -> Desk:
    """A new browser window for the server at ``base``, nowhere yet."""
    size = options.pop("viewport", {"width": 1280, "height": 900})
    page = browser.new_context(viewport=size, **options).new_page()
    page.set_default_timeout(15_000)
    heard: list[str] = []
    page.on("console", lambda said: _note(heard, said.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("dialog", lambda dialog: (heard.append(dialog.message), dialog.dismiss()))
    page.on(
        "request",
        lambda asked: heard.append(asked.url) if not asked.url.startswith((base, "blob:", "data:")) else None,
    )
    return Desk(page, base, heard)


def desk_at(browser: Any, url: str, **options: Any) -> Desk:
    """A new browser window that comes in by ``url``."""
    made = listening(browser, url.partition("/enter")[0], **options)
    made.page.goto(url)
    made.page.wait_for_selector("nav")
    return made


def _note(heard: list[str], said: str) -> None:
    if not any(each in said for each in NOT_OURS):
        heard.append(said)


def told(desk: Desk, path: str) -> Any:
    """What the server answers to the page under ``/api/``."""
    return desk.page.evaluate("path => fetch(path).then(answer => answer.json())", f"/api/{path}")


@contextmanager
def served(situation: Path) -> Iterator[tuple[Any, str]]:
    """`standoff serve` on a situation: the process, and the address that lets one in once."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    with started("serve", situation, "--port", "0", **pipes) as process:
        yield process, address(process)


def axe(folder: Path) -> str:
    """The script of axe-core, as the page's lock names it."""
    installed = ROOT / "page" / "node_modules" / "axe-core" / "axe.min.js"
    if not installed.exists():
        npm = Path(sys.executable).parent / "npm"
        if not npm.exists():
            pytest.skip("there is no npm in this environment: the dev lock brings it")
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(ROOT / "page" / name, folder / name)
        subprocess.run([str(npm), "ci", "--ignore-scripts"], cwd=folder, check=True, capture_output=True)
        installed = folder / "node_modules" / "axe-core" / "axe.min.js"
    return installed.read_text(encoding="utf-8")
