"""The workbench as it is used: read, correct, join, add, undo; two at once; killed; hostile; for everyone."""

from __future__ import annotations

import json
import os
import re
import signal
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from standoff.record import verify
from tests.story.browsing import Desk, axe, desk_at, served, told
from tests.story.driver import ok
from tests.web import hostile

pytestmark = pytest.mark.browser
WIRE = "report?id=02-southern-wire.txt"
VIEWS = {
    "overview": "",
    "disputes": "disputes",
    "dispute": "dispute?id={dispute}",
    "ledger": "ledger",
    "reports": "reports",
    "report": WIRE + "&pick={quantity}",
    "queue": "queue",
    "parties": "parties",
    "party": "party?id={party}",
    "places": "places",
    "timeline": "timeline",
    "access": "access",
    "harm": "harm",
    "victims": "victims",
    "agreements": "agreements",
    "search": "search?q=hospital",
    "history": "history",
}


def named(desk: Desk) -> dict[str, str]:
    """Ids that the addresses of views need."""
    report = told(desk, WIRE)
    return {
        "dispute": told(desk, "disputes")[0]["id"],
        "party": told(desk, "parties")[0]["id"],
        "quantity": report["quantities"][2]["id"],
    }


def toast(desk: Desk, words: str) -> int:
    """Wait for what was decided to be said; its entry."""
    text = desk.page.locator(".toast", has_text=words).last.inner_text()
    return int(re.search(r"entry (\d+)", text).group(1))  # type: ignore[union-attr]


def settled(desk: Desk, entry: int) -> None:
    """Wait until what follows from an entry is worked out and shown."""
    told(desk, f"overview?at_least={entry}")
    desk.page.wait_for_function("() => !document.querySelector('.busy')?.textContent")


def test_a_figure_is_corrected_and_the_dispute_moves_and_comes_back(desk: Desk) -> None:
    before = [side["answer"] for side in told(desk, "disputes")[0]["answers"]]
    assert "17" in before
    view = next(
        account
        for side in told(desk, f"dispute?id={named(desk)['dispute']}")["dispute"]["sides"]
        for account in side["accounts"]
        if account["best"] == 17
    )
    quantity = view["annotation"]
    desk.open(f"report?id={view['words']['report']}&pick={quantity}")
    desk.page.keyboard.press("e")
    for label in ("at least", "at most", "named figure"):
        desk.page.get_by_label(label, exact=True).fill("19")
    desk.page.get_by_label("Why (optional)").fill("counted again in the original")
    desk.page.get_by_role("button", name="Save").click()
    entry = toast(desk, "Corrected")
    settled(desk, entry)
    assert "19" in [side["answer"] for side in told(desk, "disputes")[0]["answers"]]
    desk.page.wait_for_selector("text=As the reader had it")
    desk.page.keyboard.press("z")
    settled(desk, toast(desk, "Taken back"))
    assert [side["answer"] for side in told(desk, "disputes")[0]["answers"]] == before
    assert desk.heard == []


def test_a_reading_is_accepted_and_rejected_by_keys_alone(desk: Desk) -> None:
    page = desk.open(WIRE)
    page.keyboard.press("u")
    page.wait_for_selector("#picked-title")
    first = re.search(r"pick=([\w-]+)", page.url).group(1)  # type: ignore[union-attr]
    page.keyboard.press("a")
    settled(desk, toast(desk, "Accepted"))
    page.keyboard.press("p")
    assert first in page.url
    page.wait_for_selector("#picked-title .accepted")
    page.keyboard.press("r")
    settled(desk, toast(desk, "Rejected"))
    page.keyboard.press("p")
    report = told(desk, WIRE)
    assert [gone["annotation"]["id"] for gone in report["rejected"]] == [first]
    page.goto(f"{desk.base}/{WIRE}&pick={first}")
    page.get_by_role("button", name="Restore").click()
    settled(desk, toast(desk, "Taken back"))
    assert told(desk, WIRE)["rejected"] == []
    assert desk.heard == []


@pytest.mark.parametrize("width", [1280, 1060])
def test_what_is_picked_stays_below_the_header_however_tall_it_is(desk: Desk, width: int) -> None:
    """At 1,060 pixels the links of the header take two rows."""
    desk.page.set_viewport_size({"width": width, "height": 480})
    page = desk.open(f"{WIRE}&pick={named(desk)['quantity']}")
    page.wait_for_selector("#picked-title")
    top = "document.querySelector('aside').getBoundingClientRect().top"
    bottom = "document.querySelector('header').getBoundingClientRect().bottom"
    page.evaluate(f"window.scrollBy(0, {top} - {bottom})")
    page.wait_for_function("window.scrollY > 0")
    assert page.evaluate(top) > page.evaluate(bottom)


def select(page: Any, words: str) -> None:
    """Drag over words of a report, as a hand does."""
    box = page.evaluate(
        """words => {
          const lines = [...document.querySelectorAll('article.text > div')];
          for (const line of lines) {
            const at = line.textContent.indexOf(words);
            if (at < 0) continue;
            line.scrollIntoView({ block: 'center' });
            const range = document.createRange();
            range.setStart(line.firstChild, at); range.setEnd(line.firstChild, at + words.length);
            const all = [...range.getClientRects()];
            const [first, last] = [all[0], all[all.length - 1]];
            const y = box => box.top + box.height / 2;
            return [first.left + 1, y(first), last.right - 1, y(last)];
          }
        }""",
        words,
    )
    page.mouse.move(box[0], box[1])
    page.mouse.down()
    page.mouse.move((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    page.mouse.move(box[2], box[3])
    page.mouse.up()


def test_what_the_reader_missed_is_added_with_the_words_it_stands_on(desk: Desk) -> None:
    page = desk.open(WIRE)
    words = "Shells hit the village"
    select(page, words)
    page.wait_for_selector(f"aside q:has-text('{words}')")
    page.keyboard.press("+")
    page.wait_for_selector(f"dd q:has-text('{words}')")
    page.get_by_label("who says it", exact=True).fill("Peter Lyall")
    page.get_by_role("button", name="Save").click()
    settled(desk, toast(desk, "Added"))
    report = told(desk, WIRE)
    (added,) = [each for each in report["statements"] if report["status"].get(each["id"]) == "added"]
    (start, end) = added["content"][0]
    assert report["report"]["text"][start:end] == words
    assert added["party"] == "Peter Lyall"
    assert desk.heard == []


def test_words_dragged_over_become_the_new_span(desk: Desk) -> None:
    report = told(desk, WIRE)
    quantity = next(each for each in report["quantities"] if each["text"] == "two days")
    page = desk.open(f"{WIRE}&pick={quantity['id']}")
    select(page, "for two days")
    page.wait_for_selector("text=Selected")
    page.keyboard.press("Enter")
    settled(desk, toast(desk, "Corrected"))
    now = told(desk, WIRE)
    assert "for two days" in [each["text"] for each in now["quantities"]]
    page.wait_for_selector("blockquote:has-text('for two days')")
    assert desk.heard == []


def test_the_queue_is_worked_through_and_undone(desk: Desk) -> None:
    page = desk.open("queue")
    asked = page.locator("#queue-ask").inner_text()
    page.keyboard.press("x")
    toast(desk, "Kept apart")
    page.wait_for_function("asked => document.querySelector('#queue-ask')?.textContent !== asked", arg=asked)
    page.keyboard.press("z")
    settled(desk, toast(desk, "Taken back"))
    waiting = told(desk, "queue")
    assert asked in [each["ask"] for each in waiting]
    assert desk.heard == []


def test_a_decision_that_is_worked_out_before_its_answer_comes_is_not_waited_for(desk: Desk) -> None:
    def late(asked: Any) -> None:
        answer = asked.fetch()
        desk.page.evaluate("entry => fetch(`/api/overview?at_least=${entry}`)", answer.json()["entry"])
        time.sleep(0.5)  # the news of it are heard meanwhile
        asked.fulfill(response=answer)

    page = desk.open("queue")
    page.route("**/api/reviews", late)
    page.keyboard.press("x")
    entry = toast(desk, "Kept apart")
    page.unroute("**/api/reviews")
    settled(desk, entry)
    page.keyboard.press("z")
    settled(desk, toast(desk, "Taken back"))
    assert desk.heard == []


def test_two_on_one_reading_are_shown_each_other(browser: Any, desk: Desk) -> None:
    """Neither is laid over the other unseen: the second is told, and chooses."""
    link = desk.page.evaluate(
        """async () => {
          const here = await (await fetch('/api/session')).json();
          const headers = { 'X-CSRF-Token': here.csrf };
          const made = await fetch('/api/session/link', { method: 'POST', headers });
          return (await made.json()).path;
        }"""
    )
    other = desk_at(browser, desk.base + link)
    view = f"{WIRE}&pick={named(desk)['quantity']}"
    for each in (desk, other):
        each.open(view)
        each.page.wait_for_selector("#picked-title")
    # The other page hears nothing of the first decision before it takes its own: as when both are quick.
    other.page.route("**/api/report?**", lambda route: route.abort())
    desk.page.keyboard.press("a")
    toast(desk, "Accepted")
    other.page.keyboard.press("r")
    dialog = other.page.get_by_role("dialog", name="Somebody decided on this while you looked")
    dialog.wait_for()
    assert "accepted: quantity" in dialog.inner_text()
    dialog.get_by_role("button", name="Decide over it").click()
    toast(other, "Rejected")
    assert [each["action"] for each in told(desk, "history?kind=review")["happenings"]] == [
        "reject",
        "accept",
    ]
    other.page.context.close()


def test_a_server_killed_in_the_middle_loses_nothing(browser: Any, mine: Path) -> None:
    with served(mine) as (process, url):
        desk = desk_at(browser, url)
        desk.open(f"{WIRE}&pick={named(desk)['quantity']}")
        desk.page.keyboard.press("a")
        entry = toast(desk, "Accepted")
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        desk.page.wait_for_selector("text=The server does not answer")
        desk.page.context.close()
    assert verify(mine).ok
    with served(mine) as (_, url):
        desk = desk_at(browser, url)
        newest = told(desk, "history?kind=review")["happenings"][0]
        assert (newest["entry"], newest["action"]) == (entry, "accept")
        desk.page.context.close()


def test_reports_are_added_by_file_and_by_text_with_progress(desk: Desk, tmp_path: Path) -> None:
    page = desk.open("reports")
    page.locator("summary", has_text="Add reports").click()
    page.get_by_role("textbox", name="Publisher").fill("Valley Post")
    page.get_by_label(re.compile("Published on")).fill("2019-05-10")
    file = tmp_path / "late.txt"
    file.write_text("At least 21 people were killed in Runanga, the Valley Trust said.", encoding="utf-8")
    page.get_by_label("Choose files").set_input_files(file)
    page.wait_for_selector("text=late.txt")
    page.wait_for_selector("text=1 report done", timeout=60_000)
    page.get_by_label("Text", exact=True).fill(
        "The road to Runanga is closed, the Valley Trust said on Friday."
    )
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_selector("a:has-text('pasted-')", timeout=60_000)
    page.wait_for_selector("td:has-text('Valley Post')")
    assert desk.heard == []


def test_brief_and_export_are_handed_out(desk: Desk, tmp_path: Path) -> None:
    page = desk.open("")
    page.get_by_role("button", name="Hand out").click()
    dialog = page.get_by_role("dialog")
    with page.expect_download() as waited:
        dialog.get_by_role("button", name="CSV").click()
    waited.value.save_as(tmp_path / "out.zip")
    assert "demo.accounts.csv" in zipfile.ZipFile(tmp_path / "out.zip").namelist()
    assert desk.heard == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_view_is_for_everyone(
    browser: Any, mine: Path, scheme: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """axe finds nothing serious; nothing is wider than a narrow screen. Pictures
    are kept in STANDOFF_PICTURES, if that names a folder."""
    kept = os.environ.get("STANDOFF_PICTURES")
    folder = Path(kept) if kept else tmp_path_factory.mktemp("pictures")
    script = axe(tmp_path_factory.mktemp("axe"))
    found: list[str] = []
    with served(mine) as (_, url):
        # axe is run from outside: the page's own policy would not let it in
        desk = desk_at(browser, url, color_scheme=scheme, bypass_csp=True, reduced_motion="reduce")
        ids = named(desk)
        for name, path in VIEWS.items():
            page = desk.open(path.format(**ids))
            page.wait_for_timeout(700)
            page.screenshot(path=folder / f"{name}-{scheme}.png")
            page.evaluate(script)
            result = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
            found += [
                f"{name}: {each['id']}: {each['nodes'][0]['html'][:200]}: "
                f"{each['nodes'][0]['failureSummary'][:300]}"
                for each in result["violations"]
                if each["impact"] in {"serious", "critical"}
            ]
            page.set_viewport_size({"width": 390, "height": 800})
            page.wait_for_timeout(150)
            if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
                found.append(f"{name}: wider than a narrow screen")
            page.screenshot(path=folder / f"{name}-{scheme}-narrow.png")
            page.set_viewport_size({"width": 1280, "height": 900})
        desk.page.context.close()
    assert found == []


def test_nothing_hostile_runs_on_any_view(browser: Any, tmp_path: Path) -> None:
    """Stored and reflected, under the page's own policy: it is shown as text, and asks nobody elsewhere."""
    lines = tmp_path / "hostile.jsonl"
    lines.write_text("\n".join(json.dumps(each) for each in hostile.reports()), encoding="utf-8")
    situation = tmp_path / "hostile.standoff"
    ok("add", situation, lines)
    with served(situation) as (_, url):
        desk = desk_at(browser, url)
        reports = told(desk, "reports")
        pages = ["", "disputes", "ledger", "reports", "queue", "parties", "places", "timeline", "history"]
        pages += ["access", "harm", "victims", "agreements", f"harm?q={_quoted(hostile.TAGS[0])}"]
        pages += [
            f"report?id={_quoted(each['id'])}&layer=statement.quantity.claim.mention" for each in reports[::9]
        ]
        pages += [f"party?id={_quoted(each['id'])}" for each in told(desk, "parties")[:6]]
        pages += [f"dispute?id={_quoted(each['id'])}" for each in told(desk, "disputes")[:4]]
        pages += [f"search?q={_quoted(each)}" for each in (*hostile.TAGS[:6], *hostile.HANDLERS[:4])]
        pages += [f"report?id={_quoted(each)}" for each in hostile.ADDRESSES[:3]]
        for path in pages:
            desk.page.goto(f"{desk.base}/{path}")
            desk.page.wait_for_timeout(250)
            assert desk.page.evaluate(f"window.{hostile.MARK} === undefined"), path
            assert (
                desk.page.locator(
                    "main script, main iframe, main object, main base, main form[action]"
                ).count()
                == 0
            )
        complaints = [each for each in desk.heard if "404" not in each]
        assert complaints == []
        desk.page.context.close()


def _quoted(text: str) -> str:
    from urllib.parse import quote

    return quote(text, safe="")


@pytest.mark.corpus
def test_a_real_cluster_is_read_and_decided_on(browser: Any, tmp_path: Path) -> None:
    folder = Path(__file__).resolve().parents[3] / "shared" / "data" / "clusters"
    found = sorted(folder.glob("lima97*")) if folder.is_dir() else []
    if not found:
        pytest.skip("the development corpora are not beside the checkout")
    situation = tmp_path / "lima97.standoff"
    ok("add", situation, *found)
    with served(situation) as (_, url):
        desk = desk_at(browser, url)
        report = told(desk, "reports")[0]["id"]
        page = desk.open(f"report?id={_quoted(report)}")
        page.keyboard.press("u")
        page.wait_for_selector("#picked-title")
        page.keyboard.press("a")
        settled(desk, toast(desk, "Accepted"))
        for path in ("", "disputes", "ledger", "parties", "timeline", "places"):
            desk.open(path)
            page.wait_for_timeout(300)
        assert desk.heard == []
        desk.page.context.close()
