"""The views of finding as they are used, in Chromium, under the page's own policy: nothing may complain."""

from __future__ import annotations

import re
import time
import zipfile
from itertools import pairwise

import pytest

from tests.story.browsing import listening, served, told
from tests.story.driver import standoff

api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = pytest.mark.browser
PASSWORD = b"a password of some length\n"
VIEWS = (
    "parties",
    "party?id=p-anders-whitlow",
    "places",
    "places?map=still",
    "timeline",
    "search?q=train",
    "history",
)
ALERTS = """() => {
  window.alerts = [];
  const shown = () => [...document.querySelectorAll('[role=alert]')].map(each => each.textContent);
  const note = () => window.alerts.push(...shown());
  new MutationObserver(note).observe(document.body, { childList: true, subtree: true });
}"""
"""Keeps the words of every alert that is shown from then on, however short."""


def test_each_view_has_its_headings_in_order_and_nothing_complains(desk):
    for view in VIEWS:
        page = desk.open(view)
        page.wait_for_timeout(300)
        found = page.locator("main").locator("h1, h2, h3, h4").evaluate_all("all => all.map(e => e.tagName)")
        levels = [int(each[1]) for each in found]
        assert levels[0] == 1
        assert levels.count(1) == 1, view
        assert all(after <= before + 1 for before, after in pairwise(levels)), (view, levels)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), view
    assert desk.heard == []


def test_a_place_is_picked_by_keyboard_and_shows_its_events(desk):
    at = next(each for each in told(desk, "places")["places"] if each["id"] == "g-6212566")
    assert at["events"] > 1
    page = desk.open("places")
    page.get_by_role("button", name="Runanga").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**place=g-6212566*")
    api.expect(page.locator("#events-title")).to_have_text("Runanga")
    api.expect(page.locator("section ol > li")).to_have_count(at["events"])
    page.get_by_role("button", name="All places").click()
    api.expect(page.locator("#events-title")).to_contain_text("Events without a place")
    api.expect(page.locator("section ol > li")).to_have_count(told(desk, "places")["unplaced"])
    assert desk.heard == []


def test_the_still_map_draws_land_places_and_their_radii(desk):
    page = desk.open("places?map=still")
    page.wait_for_selector("path.land")
    api.expect(page.locator("svg .spot")).to_have_count(8)
    api.expect(page.locator("svg path.radius").first).to_be_attached()
    page.locator("svg a", has_text="Reefton").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**place=*")


def test_a_search_marks_what_was_sought_and_leads_to_the_words(desk):
    page = desk.open("search")
    page.keyboard.type("shelled vil")
    page.wait_for_url("**q=shelled+vil*")
    page.wait_for_selector("a.hit mark")
    assert {each.lower() for each in page.locator("a.hit mark").all_inner_texts()} <= {
        "shelled",
        "village",
        "villages",
        "villagers",
    }
    page.keyboard.press("ArrowDown")
    assert re.search(r"/report\?id=.*&at=\d+-\d+|/party\?id=", page.evaluate("document.activeElement.href"))
    page.get_by_label("Search reports, statements and parties").first.fill("qqqq")
    page.wait_for_selector("text=Nothing holds")
    assert desk.heard == []


def test_the_slider_shows_the_record_as_it_was_and_the_address_keeps_it(desk):
    page = desk.open("history")
    entries = page.locator("main ol > li")
    api.expect(entries.nth(1)).to_be_visible()
    page.locator("#entry").focus()
    page.keyboard.press("Home")
    page.wait_for_url("**recorded_by=1*")
    api.expect(entries).to_have_count(1)
    page.get_by_role("link", name="Timeline").last.click()
    page.wait_for_url("**/timeline?recorded_by=1*")
    api.expect(page.locator("header")).to_contain_text("earlier record")
    assert desk.heard == []


def test_two_parties_are_joined_and_it_is_undone_from_the_log(desk):
    page = desk.open("party?id=p-lantern")
    # Which id the two have is learned late; the page stands meanwhile, though the old id is gone.
    page.route("**/api/party?*at_least=*", lambda asked: (time.sleep(0.7), asked.continue_()))
    page.evaluate(ALERTS)
    page.get_by_role("combobox").fill("red lan")
    page.get_by_role("option").first.click()
    page.get_by_label("Why").fill("the same body")
    page.get_by_role("button", name="Merge with Red Lantern").click()
    page.wait_for_selector("#same [role=status]")
    page.wait_for_url("**id=p-red-lantern*")
    page.wait_for_selector("h1:has-text('Red Lantern')")
    assert page.evaluate("window.alerts") == []
    desk.open("parties?q=lantern&only=all")
    page.wait_for_selector("tbody tr")
    joined = page.locator("tbody tr").count()
    desk.open("history?kind=review")
    page.wait_for_selector("text=the same body")
    page.get_by_role("button", name="Undo entry").click()
    page.wait_for_selector("text=taken back by entry")
    desk.open("parties?q=lantern&only=all")
    api.expect(page.locator("tbody tr")).to_have_count(joined + 1)


def test_what_is_handed_out_comes_as_files(desk, tmp_path):
    page = desk.open("timeline")
    page.get_by_role("button", name="Hand out").click()
    dialog = page.get_by_role("dialog")
    with page.expect_download() as waited:
        dialog.get_by_role("button", name="GeoJSON").click()
    waited.value.save_as(tmp_path / "out.zip")
    assert waited.value.suggested_filename == "demo-geojson.zip"
    assert any(name.endswith("losses.txt") for name in zipfile.ZipFile(tmp_path / "out.zip").namelist())
    dialog.get_by_label("the texts of reports").check()
    with page.expect_download() as waited:
        dialog.get_by_role("button", name="Save the brief").click()
    waited.value.save_as(tmp_path / "brief.html")
    assert (tmp_path / "brief.html").read_bytes().startswith(b"<!doctype html>")
    dialog.get_by_role("button", name="Close").click()
    desk.open("history?kind=output")
    page.wait_for_selector("text=withheld: ")
    assert desk.heard == []


def test_a_team_signs_in_invites_and_takes_access_away(browser, mine):
    assert (
        standoff("people", mine, "add", "Ada", "--role", "owner", "--password-stdin", stdin=PASSWORD).code
        == 0
    )
    with served(mine) as (_, url):
        base = url.rstrip("/")
        ada, ben = listening(browser, base), listening(browser, base)
        page = ada.open("people")
        page.get_by_label("Name").fill("Ada")
        page.get_by_label("Password", exact=True).fill("not the password")
        page.get_by_role("button", name="Sign in").click()
        api.expect(page.get_by_role("alert")).to_contain_text("do not fit")
        page.get_by_label("Password", exact=True).fill(PASSWORD.decode().strip())
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("button", name="Make an invitation").click()
        link = page.get_by_label("Address of the invitation").input_value()
        ben.page.goto(link)
        ben.page.get_by_label("Name").fill("Ben")
        ben.page.get_by_label("Password", exact=True).fill("another long password")
        ben.page.get_by_label("The same password again").fill("another long password")
        assert "#" not in ben.page.url
        ben.page.get_by_role("button", name="Join").click()
        ben.page.wait_for_selector("nav")
        ada.open("people")
        page.get_by_role("button", name="Take access from Ben").click()
        page.wait_for_selector("text=has no access any more")
        ben.open("history")
        ben.page.wait_for_selector("text=Sign in")
