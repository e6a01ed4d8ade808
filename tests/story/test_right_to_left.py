"""Reports that run from right to left, with Latin names and digits in them: shown, marked, added to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.story.browsing import Desk, desk_at, served, told
from tests.story.driver import ok
from tests.story.test_workbench import settled, toast

pytestmark = pytest.mark.browser
ARABIC = (
    "BBC Monitoring 🕊️ وكالة الوادي\n"
    "قالت منظمة Northern Relief إن 14 شخصا قتلوا وإن 37 جرحوا في Runanga يوم 7 مايو.\n"
    "Filed by Peter Lyall.\n"
    "وقال متحدث باسم القيادة: «وصلت 6 شاحنات إلى Ahaura» في 9 مايو 2019.\n"
)
HEBREW = "דובר הפיקוד אמר כי 12 לוחמים נהרגו ליד Runanga ביום שני.\nלדברי Peter Lyall, נפצעו 30 איש.\n"
REPORTS = (
    {"id": "valley-ar", "text": ARABIC, "language": "ar-EG", "published": "2019-05-09"},
    {"id": "north-he", "text": HEBREW, "published": "2019-05-10"},
)
TEXTS = {str(each["id"]): str(each["text"]) for each in REPORTS}


@pytest.fixture
def desk(browser: Any, tmp_path: Path) -> Iterator[Desk]:
    """One person alone with a report in Arabic and one in Hebrew."""
    lines, situation = tmp_path / "reports.jsonl", tmp_path / "valley.standoff"
    lines.write_text("\n".join(json.dumps(each) for each in REPORTS), encoding="utf-8")
    ok("add", situation, lines)
    with served(situation) as (_, url):
        made = desk_at(browser, url)
        yield made
        made.page.context.close()


def add(desk: Desk, report: str, layer: str, words: str, **values: Any) -> None:
    """Add an annotation on words of a report, as the page does."""
    start = TEXTS[report].index(words)
    wish = {
        "action": "add",
        "targets": [layer, report, f"{start}-{start + len(words)}"],
        "values": values,
    }
    entry = desk.page.evaluate(
        """async wish => {
          const here = await (await fetch('/api/session')).json();
          const headers = { 'X-CSRF-Token': here.csrf, 'Content-Type': 'application/json' };
          const made = await fetch('/api/reviews', { method: 'POST', headers, body: JSON.stringify(wish) });
          return await made.json();
        }""",
        wish,
    )["entry"]
    told(desk, f"overview?at_least={entry}")


def count(best: int) -> dict[str, Any]:
    return {"kind": "count", "low": best, "high": best, "best": best, "group": "people", "role": "killed"}


def painted(desk: Desk) -> dict[str, list[str]]:
    """The words under each kind of highlight."""
    desk.page.wait_for_function("CSS.highlights.size > 0")
    found: dict[str, list[str]] = desk.page.evaluate(
        "Object.fromEntries([...CSS.highlights].map(([name, held]) => [name, [...held].map(String)]))"
    )
    return found


def drag(page: Any, words: str) -> None:
    """Drag over words as a hand does: from the side on which their line begins to the other."""
    begin, end, height = page.evaluate(
        """words => {
          for (const line of document.querySelectorAll('article.text > div')) {
            const at = line.textContent.indexOf(words);
            if (at < 0) continue;
            line.scrollIntoView({ block: 'center' });
            const range = document.createRange();
            range.setStart(line.firstChild, at); range.setEnd(line.firstChild, at + words.length);
            const box = range.getBoundingClientRect();
            const sides = [box.left + 1, box.right - 1];
            if (getComputedStyle(line).direction === 'rtl') sides.reverse();
            return [...sides, box.top + box.height / 2];
          }
        }""",
        words,
    )
    page.mouse.move(begin, height)
    page.mouse.down()
    page.mouse.move((begin + end) / 2, height)
    page.mouse.move(end, height)
    page.mouse.up()


def test_the_text_runs_from_right_to_left_and_the_page_does_not(desk: Desk) -> None:
    for report in TEXTS:
        page = desk.open(f"report?id={report}")
        page.wait_for_selector("article.text")
        shown = page.evaluate(
            """() => {
              const lines = [...document.querySelectorAll('article.text > div')];
              const box = document.querySelector('article.text').getBoundingClientRect();
              const first = line => {
                const range = document.createRange();
                range.setStart(line.firstChild, 0); range.setEnd(line.firstChild, 1);
                return range.getBoundingClientRect();
              };
              return {
                article: document.querySelector('article.text').dir,
                page: getComputedStyle(document.body).direction,
                lines: lines.map(line => getComputedStyle(line).direction),
                starts: lines.map(line => {
                  const range = document.createRange();
                  range.selectNodeContents(line);
                  const [whole, at] = [range.getBoundingClientRect(), first(line)];
                  return Math.abs(box.right - whole.right) < 2 ? 'right' : 'left';
                }),
                aside: document.querySelector('aside').getBoundingClientRect().left > box.left,
                wide: document.documentElement.scrollWidth <= innerWidth,
              };
            }"""
        )
        assert (shown["article"], shown["page"]) == ("rtl", "ltr")
        latin = [
            not any("\u0590" <= sign <= "\u08ff" for sign in line) for line in TEXTS[report].splitlines()
        ]
        assert shown["lines"] == ["ltr" if each else "rtl" for each in latin]
        assert shown["starts"] == ["left" if each else "right" for each in latin]
        assert shown["aside"]
        assert shown["wide"]
    assert desk.heard == []


def test_a_highlight_covers_the_words_it_is_of(desk: Desk) -> None:
    number, said = "14 شخصا قتلوا", "وصلت 6 شاحنات إلى Ahaura"
    desk.open("")
    add(desk, "valley-ar", "quantity", number, **count(14))
    add(desk, "valley-ar", "statement", said, party="القيادة", kind="direct")
    add(desk, "north-he", "quantity", "12 לוחמים", **count(12))
    desk.open("report?id=valley-ar")
    marks = painted(desk)
    assert number in marks["quantity-sure"]
    assert said in marks["content-sure"]
    (quote,) = [each for each in desk.page.locator("aside .words").all() if each.inner_text() == said]
    assert quote.evaluate("each => getComputedStyle(each).direction") == "rtl"
    desk.open("report?id=north-he")
    assert "12 לוחמים" in painted(desk)["quantity-sure"]
    report = told(desk, "report?id=valley-ar")
    text = report["report"]["text"]
    for quantity in report["quantities"]:
        assert text[quantity["start"] : quantity["end"]] == quantity["text"]
    assert desk.heard == []


@pytest.mark.parametrize(
    "words",
    ["متحدث باسم القيادة", "37 جرحوا في Runanga", "منظمة Northern Relief إن 14 شخصا", "Filed by Peter"],
)
def test_words_dragged_over_are_added_with_their_own_offsets(desk: Desk, words: str) -> None:
    page = desk.open("report?id=valley-ar")
    page.wait_for_selector("article.text")
    drag(page, words)
    page.wait_for_selector("aside p:has-text('Selected') q")
    assert page.locator("aside q").first.inner_text() == words
    assert painted(desk)["found"] == [words]
    page.keyboard.press("+")
    page.wait_for_selector(f"dd q:has-text('{words}')")
    page.get_by_label("who says it", exact=True).fill("القيادة")
    page.get_by_role("button", name="Save").click()
    settled(desk, toast(desk, "Added"))
    report = told(desk, "report?id=valley-ar")
    (added,) = [each for each in report["statements"] if report["status"].get(each["id"]) == "added"]
    (start, end) = added["content"][0]
    assert (start, end) == (ARABIC.index(words), ARABIC.index(words) + len(words))
    assert desk.heard == []


def test_a_span_is_changed_by_keys_word_by_word(desk: Desk) -> None:
    desk.open("")
    add(desk, "north-he", "quantity", "12 לוחמים", **count(12))
    held = told(desk, "report?id=north-he")
    (quantity,) = [each for each in held["quantities"] if held["status"].get(each["id"]) == "added"]
    page = desk.open(f"report?id=north-he&pick={quantity['id']}")
    page.wait_for_selector("#picked-title")
    page.keyboard.press("]")
    page.keyboard.press("]")
    page.keyboard.press("[")
    page.wait_for_selector("text=Selected")
    assert painted(desk)["found"] == ["12 לוחמים נהרגו"]
    page.keyboard.press("Enter")
    settled(desk, toast(desk, "Corrected"))
    held = told(desk, "report?id=north-he")
    spans = [HEBREW[each["start"] : each["end"]] for each in held["quantities"]]
    assert "12 לוחמים נהרגו" in spans
    assert spans == [each["text"] for each in held["quantities"]]
    assert desk.heard == []


def test_words_are_selected_by_shift_and_arrows(desk: Desk) -> None:
    """A selection that stands in the text grows by Shift and an arrow, in the way that the text runs."""
    page = desk.open("report?id=north-he")
    page.wait_for_selector("article.text")
    words = "דובר הפיקוד"
    page.evaluate(
        """() => {
          const node = document.querySelector('article.text > div').firstChild;
          getSelection().setBaseAndExtent(node, 0, node, 1);
        }"""
    )
    page.keyboard.down("Shift")
    for _ in words[1:]:
        page.keyboard.press("ArrowLeft")
    page.wait_for_function("words => getSelection().toString() === words", arg=words)
    page.wait_for_timeout(50)  # what is selected is looked at a moment after it changed
    page.keyboard.up("Shift")
    page.wait_for_selector(f"aside p:has-text('Selected') q:has-text('{words}')")
    assert painted(desk)["found"] == [words]
    assert desk.heard == []
