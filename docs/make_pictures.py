"""Draw the pictures of these pages from the invented demo: ``python3 tasks.py pictures``.

Needs Chromium (or Chrome) on the path; nothing is fetched. A part is found by what it shows, not by its
number, so that the pictures stay what their alternative texts say when the demo changes.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from standoff.demo import build
from standoff.show import write_brief
from standoff.situation import Situation

DOCS = Path(__file__).resolve().parent
WIDTH, HEIGHT = 1040, 880
"""The window, in CSS pixels."""
MOST = 150_000
"""Bytes that a picture may have."""


def parts(page: Page) -> dict[str, Locator]:
    """The part of the brief that each picture shows."""
    revised = page.locator(".chart", has=page.locator(".join.corrects"))
    return {
        "dispute.png": page.locator(".dispute", has=page.locator(".accounts li:nth-child(2) .figure")),
        "figures.png": revised,
        "ledger.png": page.locator(".chart", has=page.locator(".assumed")),
    }


PICTURES = ("brief.png", "dispute.png", "figures.png", "ledger.png", "workbench.png")


def workbench(browser: Browser, situation: Path, target: Path) -> None:
    """The page over the demo: a report whose words are being read, one figure of it picked."""
    command = (sys.executable, "-m", "standoff", "serve", str(situation), "--port", "0")
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:  # noqa: S603  (our own)
        try:
            address = (server.stderr.readline() if server.stderr else "").split()[-1]
            page = browser.new_page(viewport={"width": 1060, "height": 540}, color_scheme="light")
            page.goto(address)
            page.wait_for_selector("main h1")
            page.goto(f"{address.partition('/enter')[0]}/report?id=02-southern-wire.txt")
            page.get_by_role("button", name="At least nine people").first.click()
            page.wait_for_selector("#picked-title")
            page.mouse.move(0, 0)
            page.screenshot(path=target)
        finally:
            server.terminate()


def main(target: Path = DOCS) -> None:
    """Make the demo, open its brief, and draw each part into ``target``."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("the pictures need Chromium: install it, or put it on the path")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        brief = Path(folder) / "brief.html"
        situation = build(Path(folder))
        with Situation.open(situation, create=False) as record:
            write_brief(record.view(), brief)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        page.goto(brief.as_uri())
        page.screenshot(path=target / "brief.png")
        for name, part in parts(page).items():
            part.first.screenshot(path=target / name)
        workbench(browser, situation, target / "workbench.png")
        browser.close()
    for name in PICTURES:
        if (size := (target / name).stat().st_size) > MOST:
            sys.exit(f"docs/{name} has {size:,} bytes, more than {MOST:,}")


if __name__ == "__main__":
    main()
