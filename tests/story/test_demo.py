"""The product as a newcomer meets it: the demo is built, looked at from every side, decided on, handed on."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from standoff.exchange import FORMATS
from standoff.show import WHATS
from tests.story.conftest import Demo
from tests.story.driver import ok, process, refused, rows, standoff

pytestmark = pytest.mark.xdist_group("demo")
NEVER_EMPTY = set(WHATS) - {"reviews", "orphans"}


def schema(name: str) -> Draft202012Validator:
    return Draft202012Validator(ok("schema", name).json())


# ---- what the demo says and leaves behind


def test_the_demo_shows_what_is_contested_first_and_says_what_to_do_next(demo: Demo) -> None:
    said = demo.said.out
    headings = ("Disputes", "Ledger", "Access", "The brief:", "standoff why ")
    places = [
        said.rindex(f"\n{heading}") if heading[-1] != " " else said.rindex(heading) for heading in headings
    ]
    assert places == sorted(places)
    assert demo.said.err == ""
    assert (demo.folder / "brief.html").stat().st_size > 0
    assert {path.suffix for path in (demo.folder / "reports").iterdir()} >= {
        ".txt",
        ".html",
        ".pdf",
        ".eml",
        ".md",
    }
    commands = [line.strip() for line in said.splitlines() if line.strip().startswith("standoff ")]
    assert len(commands) >= 3


def test_every_table_of_the_demo_fits_in_80_columns(demo: Demo) -> None:
    for what in WHATS:
        table = ok("show", demo.situation, what).out
        assert max(map(len, table.splitlines())) <= 80, what


def test_what_the_demo_says_to_do_next_works(demo: Demo) -> None:
    lines = [line.strip() for line in demo.said.out.splitlines() if line.strip().startswith("standoff ")]
    told = [line.split("  ")[0].split()[1:] for line in lines]
    for command in told:
        if command[0] in {"why", "show"}:
            assert ok(*command).out


def test_the_demo_again_adds_nothing(demo: Demo) -> None:
    before = demo.situation.read_bytes()
    ok("demo", "--into", demo.folder)
    assert entries(demo.situation) == entries_of(before, demo.folder)


def entries(situation: Path) -> list[tuple[int, str]]:
    with sqlite3.connect(situation) as con:
        return con.execute("SELECT n, hash FROM entry ORDER BY n").fetchall()


def entries_of(data: bytes, folder: Path) -> list[tuple[int, str]]:
    path = folder / "before.sqlite"
    path.write_bytes(data)
    try:
        return entries(path)
    finally:
        path.unlink()


# ---- every WHAT, every form


@pytest.mark.parametrize("what", WHATS)
def test_every_what_as_table_json_and_csv(demo: Demo, what: str) -> None:
    table = ok("show", demo.situation, what).out
    assert table.strip()
    assert "Traceback" not in table
    found = rows(demo.situation, what)
    schema(what).validate(found)
    if what in NEVER_EMPTY:
        assert found, what
    read = list(
        csv.DictReader(io.StringIO(ok("show", demo.situation, what, "--format", "csv").out, newline=""))
    )
    if what != "ledger":
        assert len(read) == len(found)
        assert not found or set(read[0]) == set(found[0])
    assert ok("show", demo.situation, what, "--format", "json").out.endswith("\n")


def every_id(node: Any) -> Iterable[str]:
    """Ids of things anywhere in rows."""
    if isinstance(node, list):
        for each in node:
            yield from every_id(each)
    elif isinstance(node, dict):
        if isinstance(node.get("id"), str):
            yield node["id"]
        for each in node.values():
            yield from every_id(each)


@pytest.mark.parametrize("what", sorted(NEVER_EMPTY))
def test_why_explains_whatever_a_table_names(demo: Demo, what: str) -> None:
    ids = list(dict.fromkeys(every_id(rows(demo.situation, what))))
    assert ids
    for each in (ids[0], ids[len(ids) // 2], ids[-1]):
        assert ok("why", demo.situation, each).out.strip()


def accounts(situation: Path) -> dict[str, Any]:
    """Every account by its id."""
    return {each["id"]: each for question in rows(situation, "questions") for each in question["accounts"]}


def test_why_leads_a_dispute_back_to_the_very_words(demo: Demo) -> None:
    known = accounts(demo.situation)
    for dispute in rows(demo.situation, "disputes"):
        branches = str.maketrans("", "", "│├└─")
        told = "".join(ok("why", demo.situation, dispute["id"]).out.translate(branches).split())
        for account in (known[name] for side in dispute["sides"] for name in side["accounts"]):
            assert account["report"] in told
            assert "".join(account["text"].split())[:20] in told


def test_every_account_quotes_the_text_it_points_at(demo: Demo) -> None:
    import standoff as package

    with package.open(demo.situation) as record:
        view = record.view()
    texts = {report.id: report.text for report in view.reports}
    found = [account for question in view.derived.questions for account in question.accounts]
    assert found
    for account in found:
        assert texts[account.report][account.span[0] : account.span[1]] == account.text


# ---- what the event of the demo was written to show


def test_a_reprint_is_a_copy_of_one_origin(demo: Demo) -> None:
    reports = {row["id"]: row for row in rows(demo.situation, "reports")}
    wire, reprint = reports["02-southern-wire.txt"], reports["03-harbour-standard.html"]
    assert wire["origin"] == reprint["origin"]
    assert wire["copies"] == [reprint["id"]]
    assert reprint["copies"] == [wire["id"]]
    assert reprint["origin_evidence"]
    others = [row["origin"] for name, row in reports.items() if name not in {wire["id"], reprint["id"]}]
    assert len({*others, wire["origin"]}) == len(others) + 1
    known = accounts(demo.situation)
    for dispute in rows(demo.situation, "disputes"):
        for side in dispute["sides"]:
            # One party quoted in two papers is one origin of what it says; two whom one paper quotes may
            # have been heard by different media.
            heard = {known[name]["origin"] for name in side["accounts"]}
            assert side["origins"] <= max(len(heard), len(side["parties"]))


def test_publisher_and_date_carry_their_origin(demo: Demo) -> None:
    reports = {row["id"]: row for row in rows(demo.situation, "reports")}
    assert reports["01-coast-courier.txt"]["published"] == {"value": "2019-05-05", "origin": "given"}
    assert reports["06-alpine-voice.html"]["published"] == {"value": "2019-05-08", "origin": "metadata"}
    assert reports["05-joint-command.eml"]["published"] == {"value": "2019-05-07", "origin": "metadata"}
    assert reports["09-coast-courier.md"]["author"] == {"value": "Jonah Pell", "origin": "metadata"}
    assert all(row["publisher"]["value"] for row in reports.values())


def test_a_relayed_quotation_names_speaker_and_relays(demo: Demo) -> None:
    relayed = [
        row
        for row in rows(demo.situation, "statements")
        if row["report"] == "08-southern-wire.txt" and "single loaf" in (row["text"] or "")
    ]
    chains = [
        (row["party"], [relay["name"] for relay in row["via"]]) for row in relayed if row["voice"] == "source"
    ]
    assert ("Aldous Fenn", ["Radio Karamea", "The Coast Courier"]) in chains


def test_aid_let_through_and_aid_blocked_stand_against_each_other(demo: Demo) -> None:
    (dispute,) = [row for row in rows(demo.situation, "disputes") if row["kind"] == "access"]
    sides = {side["answer"].split(":")[0]: set(side["parties"]) for side in dispute["sides"]}
    assert set(sides) == {"yes", "no"}
    assert any("Joint Command" in party or "Whitlow" in party for party in sides["yes"])
    assert any("Red Lantern" in party or "Sorley" in party for party in sides["no"])


def test_who_shelled_the_village_is_disputed(demo: Demo) -> None:
    disputes = [
        row
        for row in rows(demo.situation, "disputes")
        if row["kind"] in {"responsibility", "occurrence", "actor"}
    ]
    parties = {party for row in disputes for side in row["sides"] for party in side["parties"]}
    assert any("Joint Command" in party for party in parties)
    assert any("Guard" in party for party in parties)


def test_a_revised_toll_keeps_every_figure(demo: Demo) -> None:
    tolls = [
        (account["low"], account["report"][:2])
        for question in rows(demo.situation, "questions")
        if "killed" in question["question"]
        for account in question["accounts"]
    ]
    assert {(9, "02"), (14, "04"), (17, "06"), (15, "07"), (13, "08")} <= set(tolls)
    relations = {
        link["relation"]
        for question in rows(demo.situation, "questions")
        if "killed" in question["question"]
        for link in question["links"]
    }
    assert relations & {"revises", "corrects"}
    assert "contradicts" in relations


def test_groups_split_and_shrink(demo: Demo) -> None:
    ledger = rows(demo.situation, "ledger")
    carriages = [group for group in ledger["groups"] if "carriages" in group["name"]]
    assert {18, 13, 5, 4, 9} <= {step["best"] for group in carriages for step in group["steps"]}
    assert any(sum_["holds"] == "yes" and "18" in sum_["text"] for sum_ in ledger["equations"])
    for group in ledger["groups"]:
        for step in group["steps"]:
            assert None in (step["low"], step["high"]) or step["low"] <= step["high"]


def test_the_deal_has_parties_terms_and_a_breach(demo: Demo) -> None:
    agreements = rows(demo.situation, "agreements")
    parties = {name for row in agreements for name in row["parties"]}
    assert any("Provincial Council" in name for name in parties)
    assert any("Alpine Guard" in name for name in parties)
    assert any(row["terms"] for row in agreements)


def test_hidden_words_of_a_hostile_page_are_not_read(demo: Demo) -> None:
    figures = [row for row in rows(demo.situation, "quantities") if row["report"] == "07-inland-mirror.html"]
    assert figures
    assert 9999 not in {row["best"] for row in figures}


# ---- the axes


def test_known_by_leaves_later_reports_out_and_says_so(demo: Demo) -> None:
    early = rows(demo.situation, "reports", "--known-by", "2019-05-06")
    assert [row["id"][:2] for row in early] == ["01", "02"]
    table = ok("show", demo.situation, "reports", "--known-by", "2019-05-06").out
    assert "--known-by 2019-05-06" in table


def test_a_report_without_a_date_is_never_known_by_a_date(mine: Path, tmp_path: Path) -> None:
    undated = tmp_path / "undated.txt"
    undated.write_text("Some 30 people were killed in Runanga, a witness said.")
    ok("add", mine, undated)
    shown = ok("show", mine, "reports", "--known-by", "2030-01-01").out
    assert "undated.txt" not in shown
    assert "1 report" in shown
    assert "undated.txt" in {row["id"] for row in rows(mine, "reports")}


def test_as_of_holds_what_was_held_then(demo: Demo) -> None:
    def carriages(*axes: str) -> set[float]:
        groups = rows(demo.situation, "ledger", *axes)["groups"]
        return {s["best"] for g in groups if "carriages" in g["name"] for s in g["steps"]}

    assert 9 in carriages()
    assert 9 not in carriages("--as-of", "2019-05-06")
    assert 18 in carriages("--as-of", "2019-05-06")


# ---- decisions


def test_recorded_by_gives_the_former_output_back_byte_for_byte(mine: Path, tmp_path: Path) -> None:
    forms = [("disputes", "json"), ("ledger", "csv"), ("quantities", "csv"), ("reports", "table")]

    def everything(*axes: object) -> list[str]:
        ok("brief", mine, "-o", tmp_path / "then.html", *axes)
        shown = [ok("show", mine, what, "--format", form, *axes).out for what, form in forms]
        return [*shown, (tmp_path / "then.html").read_text(encoding="utf-8")]

    then = ("--recorded-by", len(entries(mine)))
    before = everything(*then)
    assert before[:3] == everything()[:3]
    toll = next(row for row in rows(mine, "quantities") if row["best"] == 13 and row["role"] == "killed")
    ok("review", mine, "reject", toll["id"], "--why", "a test", "--by", "T. Ester")
    (tmp_path / "later.txt").write_text(
        "Seventy-one people were killed in Runanga, a surgeon, Ada Quill, said."
    )
    ok("add", mine, tmp_path / "later.txt", "--published", "2019-05-12", "--publisher", "Later News")
    assert all(now != former for now, former in zip(everything(), before, strict=True))
    assert everything(*then) == before


def test_a_rejected_figure_is_gone_and_undo_brings_it_back(mine: Path) -> None:
    before = rows(mine, "quantities")
    target = next(row for row in before if row["low"] == 9 and row["role"] == "killed")
    said = ok("review", mine, "reject", target["id"], "--why", "not a toll", "--by", "Ann Reviewer").err
    entry = said.split()[-1]
    assert target["id"] not in {row["id"] for row in rows(mine, "quantities")}
    assert target["id"] not in json.dumps(rows(mine, "questions"))
    (review,) = rows(mine, "reviews")
    assert (review["by"], review["why"], review["action"]) == ("Ann Reviewer", "not a toll", "reject")
    ok("review", mine, "undo", entry, "--by", "Ann Reviewer")
    assert rows(mine, "quantities") == before
    assert len(rows(mine, "reviews")) == 2
    ok("verify", mine)


def test_a_correction_changes_what_follows_from_it(mine: Path) -> None:
    target = next(row for row in rows(mine, "quantities") if row["best"] == 13 and row["role"] == "killed")
    ok(
        "review",
        mine,
        "correct",
        target["id"],
        "--set",
        "best=12",
        "--set",
        "low=12",
        "--set",
        "high=12",
        "--by",
        "A",
    )
    (now,) = [row for row in rows(mine, "quantities") if row["id"] == target["id"]]
    assert (now["low"], now["best"], now["high"], now["review"]) == (12, 12, 12, "corrected")
    assert now["text"] == target["text"]
    accounts = [
        a
        for q in rows(mine, "questions")
        for a in q["accounts"]
        if a["span"] == [target["start"], target["end"]]
    ]
    assert {12} == {account["low"] for account in accounts if account["report"] == target["report"]}


def test_two_parties_merge_and_part_again(mine: Path) -> None:
    names = {row["name"] for row in rows(mine, "parties")}
    assert {"Hanna Sorley", "Ruth Tamsin"} <= names
    entry = ok(
        "review", mine, "merge", "Hanna Sorley", "Ruth Tamsin", "--by", "A", "--why", "a test"
    ).err.split()[-1]
    merged = [
        row
        for row in rows(mine, "parties")
        if {"Hanna Sorley", "Ruth Tamsin"} & {row["name"], *row["aliases"]}
    ]
    assert len(merged) == 1
    ok("review", mine, "undo", entry, "--by", "A")
    assert {row["name"] for row in rows(mine, "parties")} == names


def test_accepting_and_adding(mine: Path) -> None:
    target = rows(mine, "quantities")[0]
    ok("review", mine, "accept", target["id"], "--by", "A")
    assert next(row for row in rows(mine, "quantities") if row["id"] == target["id"])["review"] == "accepted"
    ok(
        "review",
        mine,
        "add",
        "quantity",
        "01-coast-courier.txt",
        "0-4",
        "--set",
        "best=3",
        "--set",
        "kind=count",
        "--by",
        "A",
    )
    added = [row for row in rows(mine, "quantities") if row["review"] == "added"]
    assert [(row["text"], row["best"], row["report"]) for row in added] == [
        ("Deal", 3, "01-coast-courier.txt")
    ]


def test_a_review_that_names_nothing_is_refused_and_leaves_no_trace(mine: Path) -> None:
    before = entries(mine)
    for command in (
        ("reject", "qt-000000000000"), ("merge", "Nobody Here", "Ruth Tamsin"), ("undo", "1"), ("undo", "x"),
        ("correct", rows(mine, "quantities")[0]["id"], "--set", "colour=red"), ("burn", "x"), ("reject",),
    ):  # fmt: skip
        assert "[SO-420]" in refused(standoff("review", mine, *command), 7)
    assert entries(mine) == before


# ---- handing on


def test_the_same_reports_again_add_nothing(mine: Path, demo: Demo) -> None:
    before = entries(mine)
    from standoff.demo import listed

    for row in listed():
        given = [
            (f"--{field}", getattr(row, field)) for field in ("publisher", "published") if getattr(row, field)
        ]
        ok("add", mine, demo.folder / "reports" / row.file, *(word for pair in given for word in pair))
    assert entries(mine) == before


def test_any_sqlite_tool_finds_readable_tables_that_hold_what_is_shown(mine: Path) -> None:
    target = next(row for row in rows(mine, "quantities") if row["low"] == 9 and row["role"] == "killed")
    ok("review", mine, "reject", target["id"], "--by", "A")
    with closing(sqlite3.connect(mine)) as con:
        for what in ("reports", "statements", "quantities", "disputes", "timeline"):
            found = {name for (name,) in con.execute(f"SELECT id FROM {what}")}
            assert found == {row["id"] for row in rows(mine, what)}, what
        assert con.execute("SELECT text FROM quantities WHERE id = ?", (target["id"],)).fetchall() == []
    assert ok("verify", mine).err == "", "the tables are of the last entry"


def test_verify_and_a_changed_byte(mine: Path) -> None:
    told = ok("verify", mine).out
    head = told.split()[-1]
    ok("verify", mine, "--head", head)
    assert "[SO-410]" in refused(standoff("verify", mine, "--head", "0" * 64), 6)
    with sqlite3.connect(mine) as con:
        con.execute("PRAGMA writable_schema = ON")
        for (name,) in con.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            con.execute(f"DROP TRIGGER {name}")
        con.execute(
            "UPDATE entry SET body = CAST(replace(CAST(body AS TEXT), 'Wire', 'Wirf') AS BLOB) WHERE n = 3"
        )
    con.close()
    refused(standoff("verify", mine), 6)


def test_a_copy_shows_the_same(demo: Demo, tmp_path: Path) -> None:
    ok("copy", demo.situation, tmp_path / "demo.standoff")
    assert entries(tmp_path / "demo.standoff") == entries(demo.situation)
    for what in ("disputes", "ledger"):
        assert rows(tmp_path / "demo.standoff", what) == rows(demo.situation, what)


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_every_export_is_written_with_what_it_cannot_hold(demo: Demo, tmp_path: Path, form: str) -> None:
    done = ok("export", demo.situation, "--to", form, "-o", tmp_path / "out")
    files = [Path(line) for line in done.out.splitlines()]
    assert files
    assert all(path.stat().st_size for path in files)
    assert any("losses" in path.name for path in files)
    for path in files:
        if path.suffix in {".json", ".geojson", ".jsonld"}:
            json.loads(path.read_text(encoding="utf-8"))
    again = [hashlib.sha256(path.read_bytes()).digest() for path in files]
    ok("export", demo.situation, "--to", form, "-o", tmp_path / "out")
    assert [hashlib.sha256(path.read_bytes()).digest() for path in files] == again


class Markup(HTMLParser):
    """What a browser would run or load of a page: scripts, handlers, addresses."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.scripts: list[str] = []
        self.handlers: list[str] = []
        self.addresses: list[str] = []
        self.tags: set[str] = set()
        self._script: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self._script = tag if tag == "script" and dict(attrs).get("type") != "application/json" else None
        self.handlers += [f"{tag} {name}" for name, _ in attrs if name.startswith("on")]
        self.addresses += [
            value or "" for name, value in attrs if name in {"href", "src", "action", "content"}
        ]

    def handle_data(self, data: str) -> None:
        if self._script:
            self.scripts.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._script = None


def test_nothing_of_the_hostile_page_can_run_in_the_brief(demo: Demo) -> None:
    page = Markup((demo.folder / "brief.html").read_text(encoding="utf-8"))
    assert page.handlers == []
    assert not any("alert(" in script or "document.domain" in script for script in page.scripts)
    assert not {"iframe", "object", "embed"} & page.tags
    assert not any(
        address.strip().lower().startswith(("javascript:", "http:", "//")) for address in page.addresses
    )


def test_the_brief_is_the_same_whenever_it_is_written(demo: Demo, tmp_path: Path) -> None:
    for name in ("one.html", "two.html"):
        ok("brief", demo.situation, "-o", tmp_path / name)
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


def test_what_is_withheld_in_a_brief_is_logged(mine: Path, tmp_path: Path) -> None:
    before = len(entries(mine))
    ok("brief", mine, "-o", tmp_path / "b.html", "--withhold", "names", "--no-text")
    with sqlite3.connect(mine) as con:
        kinds = [kind for (kind,) in con.execute("SELECT kind FROM entry WHERE n > ?", (before,))]
    con.close()
    assert kinds == ["output"]
    assert "Aldous Fenn" not in (tmp_path / "b.html").read_text(encoding="utf-8")


def test_as_a_process_of_its_own(demo: Demo, tmp_path: Path) -> None:
    done = process(
        "show", demo.situation, "disputes", "--format", "json", cwd=tmp_path, env={"PYTHONHASHSEED": "7"}
    )
    assert done.code == 0, done.err
    assert done.json() == rows(demo.situation, "disputes")
    assert list(tmp_path.iterdir()) == []
