"""Every id that any view of the demo shows is explained, down to quoted words with their offsets."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from standoff.show import WHATS, json_text
from standoff.show.index import Index
from standoff.show.proof import Node, Proofs
from standoff.show.why import why
from standoff.situation import Situation
from tests.story.conftest import Demo
from tests.story.driver import ok, refused, standoff

pytestmark = pytest.mark.xdist_group("demo")
ID = re.compile(r"[a-z]{1,4}[-:]\S+")
REPORTS = {"report", "reports", "copies"}
PLAIN = {"rule", "text", "mode", "scheme", "best", "unit"}
"""Fields whose words may look like an id and are none."""


def ids(value: Any, key: str = "") -> Iterator[str]:
    """Every string that looks like an id, wherever it stands, and the names of reports."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from ids(each, name)
    elif isinstance(value, list):
        for each in value:
            yield from ids(each, key)
    elif isinstance(value, str) and key not in PLAIN and (key in REPORTS or ID.fullmatch(value)):
        yield value


def leaves(node: Node) -> Iterator[Node]:
    yield node
    for each in node.below:
        yield from leaves(each)


@pytest.fixture(scope="module")
def view(demo: Demo) -> Any:
    with Situation.open(demo.situation, create=False, write=False) as situation:
        return situation.view()


@pytest.mark.parametrize("what", WHATS)
def test_every_id_that_json_shows_is_explained_down_to_words(view: Any, what: str) -> None:
    index = Index(view)
    proofs = Proofs(index, every=True)
    shown = set(ids(json.loads(json_text(view, what, grade="airwars" if what == "harm" else None))))
    assert shown or what in {"reviews", "orphans"}
    texts = {report.text for report in view.reports}
    for each in sorted(shown):
        things = index.things.get(each)
        assert things, f"{what} shows {each}, which nothing explains"
        for thing in things:
            found = list(leaves(proofs.of(thing)))
            quoted = [node.words[1] for node in found if node.words]
            assert quoted, f"{each} ({thing.kind}) ends in no words"
            pieces = (piece for words in quoted for piece in words.split(" … "))
            assert all(any(piece in text for text in texts) for piece in pieces)
            assert any("characters " in node.line for node in found) or thing.kind == "origin", each


def kind_of(view: Any, kind: str) -> str:
    return next(each for each, things in Index(view).things.items() if things[0].kind == kind)


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        ("question", "minmax-2 (Airwars)"),
        ("aggregate", "rule minmax-2"),
        ("dispute", "(rule standoff-"),
        ("side", "rule standoff-independence-1"),
        ("link", "(rule standoff-number-1)"),
        ("step", "(rule standoff-ledger-1)"),
        ("equation", "(rule standoff-ledger-1)"),
        ("finding", "rule standoff-finding-1"),
        ("grade", "rule airwars-1"),
        ("quantity", "(rule standoff-1)"),
    ],
)
def test_a_proof_names_its_rules_and_their_versions(demo: Demo, view: Any, kind: str, rule: str) -> None:
    said = " ".join(
        ok("why", demo.situation, kind_of(view, kind)).out.translate(str.maketrans("", "", "│├└─")).split()
    )
    assert rule in said
    assert "characters" in said


def test_every_link_and_every_figure_leads_to_its_accounts(view: Any) -> None:
    for question in view.derived.questions:
        accounts = {each.id for each in question.accounts}
        for link in question.links:
            assert {link.from_, link.to} <= accounts
            assert why(view, link.id)[0].line.startswith(f"link {link.id}")
        for figure in question.aggregates:
            assert {*figure.used, *(each.account for each in figure.set_aside)} == accounts


def test_a_view_cut_along_an_axis_can_be_asked_why(demo: Demo) -> None:
    rows = ok("show", demo.situation, "questions", "--format", "json").json()
    first = rows[0]["accounts"][0]["published"]
    cut = ok("show", demo.situation, "questions", "--format", "json", "--known-by", first).json()
    for row in cut:
        assert ok("why", demo.situation, row["id"], "--known-by", first).out.strip()


def test_all_shows_every_member(view: Any) -> None:
    most = max(view.referents.groups, key=lambda group: len(group.members))
    node = Proofs(Index(view), every=True).of(
        next(t for t in Index(view).things[most.id] if t.kind == "group")
    )
    assert len(node.below) == len(set(most.members))


def test_rules_and_grades_are_columns_that_can_be_asked_for(demo: Demo) -> None:
    harm = ok("show", demo.situation, "harm", "--format", "json").json()
    graded = ok(
        "show", demo.situation, "harm", "--format", "json", "--grade", "airwars", "--rule", "lowest"
    ).json()
    assert all(row["grade"] is None and row["rule"] == "minmax-2" for row in harm)
    assert all(row["rule"] == "lowest-2" and row["low"] == row["high"] for row in graded)
    assert {row["grade"]["grade"] for row in graded} <= {
        "confirmed",
        "fair",
        "weak",
        "contested",
        "discounted",
        None,
    }
    table = ok("show", demo.situation, "harm", "--grade", "airwars").out
    assert "Competing claims of responsibility" in " ".join(table.split())
    assert max(map(len, table.splitlines())) <= 80
    figures = ok("show", demo.situation, "questions", "--rule", "conservative").out
    assert "conservative-2 (standoff)" in figures
    assert max(map(len, figures.splitlines())) <= 80
    assert "minmax" in refused(standoff("show", demo.situation, "harm", "--rule", "guess"), 2)
    assert "harm" in refused(standoff("show", demo.situation, "disputes", "--rule", "minmax"), 2)
    assert "airwars" in refused(standoff("show", demo.situation, "harm", "--grade", "guess"), 2)


def test_json_of_questions_holds_a_figure_under_every_rule(demo: Demo) -> None:
    rows = ok("show", demo.situation, "questions", "--format", "json").json()
    numbers = [row for row in rows if row["kind"] in {"number", "divergent"}]
    names = {"minmax", "best_low_high", "lowest", "conservative", "latest"}
    assert numbers
    assert all({each["rule"] for each in row["aggregates"]} == names for row in numbers)
    assert all(not row["aggregates"] for row in rows if row not in numbers)
    one = ok("show", demo.situation, "questions", "--format", "json", "--rule", "latest").json()
    assert all({each["rule"] for each in row["aggregates"]} <= {"latest"} for row in one)
