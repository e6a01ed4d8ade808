"""The brief in Chromium: from disk, without a network, with and without script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from standoff.show import Withhold, write_brief
from tests.browser import chromium
from tests.show.fixture import view

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as made:
        yield made


@pytest.fixture(scope="module")
def brief(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("brief") / "brief.html"
    write_brief(view(), path, Withhold())
    return path


def opened(browser: Any, path: Path, **options: Any) -> tuple[Any, list[str]]:
    page = browser.new_context(**options).new_page()
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("dialog", lambda dialog: heard.append(dialog.message))
    page.on(
        "request", lambda request: heard.append(request.url) if not request.url.startswith("file:") else None
    )
    page.goto(path.as_uri())
    return page, heard


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_opens_without_a_word_of_complaint(browser, brief, scheme):
    page, heard = opened(browser, brief, color_scheme=scheme)
    assert heard == []
    assert page.title() == "Ossel dam: the brief"
    ink, paper = (
        page.evaluate(f"getComputedStyle(document.body).{name}") for name in ("color", "backgroundColor")
    )
    bright = [sum(map(int, value[4:-1].split(",")[:3])) for value in (ink, paper)]
    assert (bright[0] > bright[1]) == (scheme == "dark")


def test_a_figure_opens_its_words_without_script(browser, brief):
    page, heard = opened(browser, brief, java_script_enabled=False)
    page.locator("#dispute-1 a.figure").first.click()
    target = page.locator("mark:target")
    assert target.inner_text() == "30 to 35 people"
    assert target.bounding_box()["y"] < page.viewport_size["height"]
    assert heard == []


def test_a_link_into_a_closed_part_opens_it(browser, brief):
    page, _ = opened(browser, brief)
    link = page.locator("a.back").first
    link.click()
    assert page.evaluate("document.querySelector(':target').getClientRects().length") > 0


def test_it_fits_a_narrow_screen(browser, brief):
    page, _ = opened(browser, brief, viewport={"width": 360, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_arabic_words_run_from_right_to_left(browser, brief):
    page, _ = opened(browser, brief)
    way = "[...document.querySelectorAll('q')].filter(q => q.matches(':dir(rtl)')).map(q => q.textContent)"
    assert any("أحد" in words for words in page.evaluate(way))


def test_the_keyboard_reaches_the_brief_first(browser, brief):
    page, _ = opened(browser, brief)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"


def test_a_filter_leaves_the_lines_that_match(browser, brief):
    page, _ = opened(browser, brief)
    page.locator("#timeline-filter").fill("blocked the road")
    assert page.locator("#timeline li:visible").count() == 1
