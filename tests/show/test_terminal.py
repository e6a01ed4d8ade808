"""Tables and chains on a terminal: 80 columns, no colour, no control signs, axes always told."""

from __future__ import annotations

import io
import unicodedata

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from standoff.errors import UsageError
from standoff.model import Axes, View
from standoff.show import WHATS, print_table, print_why, rows
from standoff.show.index import Index
from standoff.show.why import Node, why
from standoff.show.words import clean, date, figure, short, whom
from tests.show.fixture import HOSTILE, view

VIEW = view()


def printed(show, *args, width: int = 80) -> str:
    out = io.StringIO()
    show(*args, Console(file=out, width=width, highlight=False))
    return out.getvalue()


@pytest.mark.parametrize("what", WHATS)
def test_tables_fit_80_columns_without_colour(what):
    text = printed(print_table, VIEW, what)
    assert max(cell_len(line) for line in text.splitlines()) <= 80
    assert "\x1b" not in text
    assert "Next: `standoff" in text


@pytest.mark.parametrize("what", WHATS)
def test_an_empty_record_is_said_to_be_empty(what):
    empty = View(name="x", axes=Axes(), reports=(), readings=(), referents=VIEW.referents.__class__(),
                 derived=VIEW.derived.__class__())  # fmt: skip
    assert len(printed(print_table, empty, what).strip().splitlines()) >= 2


def test_axes_and_undated_reports_are_told_on_every_table():
    cut = view(Axes(known_by="2031-03-06", as_of="2031-03-05"), undated=2)
    for what in WHATS:
        text = printed(print_table, cut, what)
        assert "--as-of 2031-03-05 --known-by 2031-03-06" in text
        assert "2 reports without a date left out" in text


def test_hostile_words_are_shown_not_obeyed():
    escape = VIEW.reports[2].title.__class__(value="\x1b[31mred\x1b]0;title\x07 \u202etxt.exe")
    report = msgspec.structs.replace(VIEW.reports[2], title=escape)
    text = printed(print_table, msgspec.structs.replace(VIEW, reports=(report,)), "reports")
    assert not any(sign in text for sign in "\x1b\x07\u202e")
    assert HOSTILE.split(">")[0] in printed(print_table, VIEW, "reports", width=200)


def test_unknown_what_lists_all():
    with pytest.raises(UsageError, match="orphans"):
        print_table(VIEW, "everything")


@given(st.text())
def test_cleaned_text_is_one_line_without_control_signs(text):
    assert not any(unicodedata.category(c) == "Cc" for c in clean(text))
    assert clean(clean(text)) == clean(text)
    assert len(short(text, 20)) <= 20


def leaves(node: Node) -> list[Node]:
    return [node, *(leaf for each in node.below for leaf in leaves(each))]


def shown_ids() -> list[str]:
    """Every id of a row, and every id that rows name."""
    found = {
        row["id"]
        for what in WHATS
        if what not in {"ledger", "reviews", "orphans"}
        for row in rows(VIEW, what)
    }
    found |= {group["id"] for group in rows(VIEW, "ledger")["groups"]} | {"9"}
    found |= {account["id"] for question in rows(VIEW, "questions") for account in question["accounts"]}
    return sorted(found - {"ac-x1"})


@pytest.mark.parametrize("thing", shown_ids())
def test_every_shown_id_leads_to_words_or_a_report(thing):
    nodes = [leaf for node in why(VIEW, thing) for leaf in leaves(node)]
    if thing in {"9", "p-radio-ossel", "p-miro-vance"}:  # they rest on no statement
        return
    assert any(node.words for node in nodes) or any("SHA-256" in node.line for node in nodes)
    assert any("characters" in node.line or "SHA-256" in node.line for node in nodes)


def test_a_dispute_leads_down_to_exact_words_and_the_review_on_them():
    text = printed(print_why, VIEW, "ds-deaths", width=200)
    for piece in (
        "both cannot hold",
        "[14 people]",
        "ministry-wire.html",
        "characters 66-81",
        "by a reviewer",
    ):
        assert piece in text


def test_the_start_of_an_id_is_enough_when_it_is_the_only_one():
    assert why(VIEW, "ds-dea") == why(VIEW, "ds-deaths")


def test_an_unknown_id_names_the_nearest():
    with pytest.raises(UsageError, match="ds-deaths"):
        why(VIEW, "ds-daeths")


def test_copies_share_annotation_ids_and_are_both_shown():
    first = next(each for each in VIEW.reports if each.id == VIEW.readings[0].report)
    again = msgspec.structs.replace(first, id="copy.txt")
    copy = msgspec.structs.replace(VIEW.readings[0], report=again.id)
    two = msgspec.structs.replace(VIEW, reports=(*VIEW.reports, again), readings=(VIEW.readings[0], copy))
    assert len(Index(two).things["st-mayor"]) == 2


@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        ({"low": 12, "high": 12}, "12"),
        ({"low": 200, "high": 999}, "200-999"),
        ({"low": 12, "high": None}, "at least 12"),
        ({"low": 12, "high": None, "low_open": True}, "more than 12"),
        ({"low": None, "high": 50, "high_open": True}, "fewer than 50"),
        ({"low": None, "high": 12000}, "at most 12,000"),
        ({"low": None, "high": None, "best": 85, "approximate": True}, "about 85"),
        ({"low": None, "high": None}, "not known"),
        ({"low": 0, "high": 0}, "0"),
    ],
)
def test_figures_are_said_as_bounds(bounds, words):
    assert figure(**bounds) == words


def test_dates_are_said_with_their_doubt():
    assert date("2031-03~") == "about 2031-03"
    assert date("../2031") == "until 2031"
    assert date("2031-03-04/..") == "2031-03-04 or later"
    assert date(None) == "not known"


@pytest.mark.parametrize(
    ("group", "low", "high", "words"),
    [
        ("people", 1, 1, "person"), ("fighters", 1, 1, "fighter"), (None, 1, 1, "person"),
        ("people", 1, 2, "people"), ("loaves", 1, 1, "loaves"),
    ],
)  # fmt: skip
def test_one_of_a_group_is_told_in_the_singular(group, low, high, words):
    assert whom(group, low, high) == words
