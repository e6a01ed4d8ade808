"""The interactive brief: one file from disk, no request, no complaint; what is withheld is nowhere in it."""

from __future__ import annotations

import base64
import gzip
import hashlib
import html as markup
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from standoff.errors import StandoffError
from standoff.model import Axes, Derived, Referents, View
from standoff.show import Withhold, write_brief
from standoff.show.brief import interactive, interactive_html, interactive_policy
from standoff.show.brief.payload import payload
from tests.browser import chromium
from tests.show.fixture import HOSTILE, view
from tests.show.test_browser import opened
from tests.show.test_withhold import NAMES, SOURCES, left

VIEW = view()
DATA = re.compile(r'<script type="application/gzip" id="payload">([A-Za-z0-9+/=]*)</script>')


@pytest.fixture
def stand_ins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A script and a style in the place of the built ones."""
    (tmp_path / "brief.js").write_text("void 0;", encoding="utf-8")
    (tmp_path / "brief.css").write_text("p { color: red }", encoding="utf-8")
    monkeypatch.setattr(interactive, "BUILT", tmp_path)
    interactive.built.cache_clear()
    yield tmp_path
    interactive.built.cache_clear()


def told(page: str) -> dict[str, Any]:
    found = DATA.search(page)
    assert found
    return json.loads(gzip.decompress(base64.b64decode(found.group(1))))


def test_the_payload_stands_in_it_as_data_that_ends_nothing(stand_ins):
    page = interactive_html(VIEW)
    whole = json.loads(json.dumps(payload(VIEW)))
    whole["findings"] = [{"status": each["status"]} for each in whole["findings"]]
    assert told(page)["brief"] == whole
    assert HOSTILE in told(page)["brief"]["reports"][2]["text"]
    assert HOSTILE not in page
    assert page.count("<script") == page.count("</script>") == 2
    assert page.count("<style") == page.count("</style>") == 1


def test_its_data_are_packed_and_the_same_each_time(stand_ins):
    data = {"text": "the same words " * 1000}
    assert interactive.packed(data) == interactive.packed(data)
    assert len(interactive.packed(data)) < len(data["text"]) / 20


def test_only_its_own_script_and_style_may_run(stand_ins):
    page = interactive_html(VIEW)
    policy = markup.unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', page).group(1))
    assert policy == interactive_policy()
    for name in ("script", "style"):
        inside = re.search(rf"<{name}>(.*?)</{name}>", page, re.DOTALL).group(1)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy


@pytest.mark.parametrize("bad", ["a = '</SCRIPT >'", "a = '<!--'", "b = '</style'"])
def test_a_script_that_could_end_itself_is_refused(stand_ins, bad):
    (stand_ins / "brief.js").write_text(bad, encoding="utf-8")
    with pytest.raises(StandoffError, match="cannot stand inside"):
        interactive_html(VIEW)


def test_what_was_not_built_is_told_in_a_sentence(stand_ins):
    (stand_ins / "brief.js").unlink()
    with pytest.raises(StandoffError, match="not built"):
        interactive_html(VIEW)


def test_what_is_withheld_is_nowhere_in_it(stand_ins):
    page = interactive_html(
        VIEW, Withhold(names=True, victims=True, sources=True, coarsen_km=50, no_text=True)
    )
    data = told(page)
    assert left(page + json.dumps(data, ensure_ascii=False), NAMES + SOURCES) == []
    assert all(report["text"] is None for report in data["brief"]["reports"])
    exact = {place["id"]: (place["lat"], place["lon"]) for place in payload(VIEW)["places"] if place["lat"]}
    assert all((p["lat"], p["lon"]) != exact.get(p["id"]) for p in data["brief"]["places"] if p["lat"])


def test_its_maps_are_of_what_is_told_and_of_all(stand_ins):
    maps = told(interactive_html(VIEW))["maps"]
    placed = {place["id"] for place in payload(VIEW)["places"] if place["lat"] is not None}
    drawn = {spot["id"] for spot in maps["all"]["spots"]} | set(maps["all"]["apart"])
    assert placed <= drawn
    empty = View(name="x", axes=Axes(), reports=(), readings=(), referents=Referents(), derived=Derived())
    assert told(interactive_html(empty))["maps"] == {"told": None, "all": None}


# --- as built, in Chromium


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as made:
        yield made


@pytest.fixture(scope="module")
def brief(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("brief") / "interactive.html"
    write_brief(VIEW, path, interactive=True)
    return path


PARTS = ("Overview", "Disputes", "Figures", "Ledger", "Events", "Parties", "Places", "Reports")
AMONG = ("Timeline", "Access", "Harm", "Victims", "Agreements")


@pytest.mark.browser
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 360)])
def test_every_part_opens_from_disk_without_a_request_or_a_complaint(browser, brief, scheme, width):
    page, heard = opened(browser, brief, color_scheme=scheme, viewport={"width": width, "height": 800})
    for part in PARTS:
        page.locator("header nav a", has_text=part).click()
        page.locator("h1", has_text="Timeline" if part == "Events" else part).wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= width, part
    page.locator("header nav a", has_text="Events").click()
    for part in AMONG:
        page.locator("main nav a", has_text=part).click()
        page.locator("h1", has_text=part).wait_for()
        assert page.locator("header nav a[aria-current]").inner_text() == "Events"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, part
    page.goto(f"{brief.as_uri()}#/figures")
    page.locator("main .plotted svg").first.wait_for()
    assert page.locator("main style").count() == 0
    assert heard == []


@pytest.mark.browser
def test_an_address_that_changes_while_the_brief_is_unpacked_is_heard(browser, brief):
    page = browser.new_page()
    page.add_init_script(
        "document.addEventListener('DOMContentLoaded', () => { location.hash = '#/parties'; })"
    )
    page.goto(brief.as_uri())
    page.locator("h1", has_text="Parties").wait_for()
    assert page.locator("header nav a[aria-current]").inner_text() == "Parties"


@pytest.mark.browser
def test_a_figure_leads_to_its_words_and_back(browser, brief):
    page, heard = opened(browser, brief)
    page.locator("nav a", has_text="Disputes").click()
    page.locator(".question a").first.click()
    page.locator('article li a[href*="/report"]').first.click()
    marked = page.locator("mark.asked")
    marked.first.wait_for()
    assert marked.all_inner_texts() == ["30 to 35 people"]
    page.locator("aside a", has_text="dispute 1").first.click()
    page.locator("h2", has_text="What each side says").wait_for()
    assert heard == []


@pytest.mark.browser
@pytest.mark.parametrize(
    ("view", "where", "words", "back"),
    [
        ("access", "td a", "The waterworks let supplies through to Brenk", "Access"),
        ("harm", ".toll a[href*='/report']", "At least 12 people", "Harm"),
        ("agreements", "ol dl a", "let supplies through", "Agreements"),
        ("victims", "td a", "Miro Vance", "Victims"),
    ],
)
def test_what_is_told_leads_to_its_words_and_back(browser, brief, view, where, words, back):
    page, heard = opened(browser, brief)
    page.goto(f"{brief.as_uri()}#/{view}")
    page.locator(where).first.click()
    marked = page.locator("mark.asked")
    marked.first.wait_for()
    assert "".join(marked.all_inner_texts()) == words
    label = {"victims": "victim", "agreements": "keeping of an agreement"}.get(view, view)
    page.locator("aside a", has_text=re.compile(f"^{label}$")).first.click()
    page.locator("h1", has_text=back).wait_for()
    assert "id=" in page.url
    assert page.locator("main", has_text="Only one is shown").count() == 1
    assert heard == []


@pytest.mark.browser
def test_what_is_told_is_looked_through(browser, brief):
    page, heard = opened(browser, brief)
    page.goto(f"{brief.as_uri()}#/harm")
    page.get_by_label("Find").fill("tarvel")
    page.wait_for_function("location.hash.includes('q=tarvel')")
    assert page.locator("main article").count() == 1
    page.get_by_label("Find").fill("nowhere at all")
    page.locator("text=Nothing fits these words").wait_for()
    assert heard == []


@pytest.mark.browser
def test_victims_are_withheld_from_their_view_too(browser, tmp_path):
    path = tmp_path / "withheld.html"
    write_brief(VIEW, path, Withhold(victims=True), interactive=True)
    page, heard = opened(browser, path)
    page.goto(f"{path.as_uri()}#/victims")
    page.locator("tbody th", has_text="withheld or not named").first.wait_for()
    told_there = page.locator("main").inner_text()
    assert "victim 1" in told_there
    assert "Miro" not in told_there
    assert "Vance" not in told_there
    assert heard == []


@pytest.mark.browser
def test_what_is_picked_is_what_the_other_panels_show(browser, brief):
    page, _ = opened(browser, brief)
    before = page.locator(".events > li").count()
    page.get_by_label("First day picked").fill("2031-03-06")
    page.get_by_label("First day picked").press("Tab")
    page.wait_for_function("location.hash.includes('from=2031-03-06')")
    assert page.locator(".events > li").count() < before
    page.get_by_role("button", name="Show everything").first.click()
    page.wait_for_function("!location.hash.includes('from')")
    assert page.locator(".events > li").count() == before


@pytest.mark.browser
def test_days_are_picked_by_dragging_over_the_axis(browser, brief):
    page, _ = opened(browser, brief)
    axis = page.locator(".when .axis svg")
    box = axis.bounding_box()
    page.mouse.move(box["x"] + 4, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 9, box["y"] + 40)
    page.mouse.up()
    page.wait_for_function("/from=2031-\\d\\d-\\d\\d/.test(location.hash)")
    assert page.locator(".picked button").count() == 1


@pytest.mark.browser
def test_what_is_pointed_at_in_a_chart_is_marked_in_its_table(browser, brief):
    page, heard = opened(browser, brief)
    page.locator("nav a", has_text="Ledger").click()
    page.locator(".plotted svg .pick > *").first.scroll_into_view_if_needed()
    box = page.locator(".plotted svg .pick > *").first.bounding_box()
    page.mouse.move(box["x"] + 2, box["y"] + 2)
    page.mouse.move(box["x"] + 4, box["y"] + 4)
    page.mouse.click(box["x"] + 4, box["y"] + 4)
    page.locator("tr.marked").wait_for()
    assert page.locator("tr.marked").count() == 1
    assert heard == []


@pytest.mark.browser
def test_hostile_words_stay_words(browser, brief):
    page, heard = opened(browser, brief)
    page.locator("nav a", has_text="Reports").click()
    page.locator("ol a").nth(2).click()
    page.locator("article.text").wait_for()
    assert HOSTILE in page.locator("article.text").inner_text()
    assert page.locator("article.text script, article.text img").count() == 0
    assert heard == []


@pytest.mark.browser
def test_arabic_runs_from_right_to_left_there_too(browser, brief):
    page, _ = opened(browser, brief)
    page.locator("nav a", has_text="Parties").click()
    page.get_by_role("link", name="Nadim Khoury").first.click()
    page.locator("ol.says").wait_for()
    way = "[...document.querySelectorAll('q')].filter(q => q.matches(':dir(rtl)')).map(q => q.textContent)"
    assert any("أحد" in words for words in page.evaluate(way))
    marks = "[...document.querySelectorAll('q:dir(rtl)')].map(q => getComputedStyle(q).quotes)"
    assert all(each.startswith('"«"') for each in page.evaluate(marks))
