"""Small records read from text: whose a figure is in the end, what it counts, and of which event."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from standoff.measure.pipeline import build
from standoff.model import Account, Question, View
from standoff.reconcile.matter import stems


def record(tmp_path: Path, *texts: str, day: str = "2021-05-05") -> View:
    """The view of some reports of one day, each of a paper of its own."""
    lines = [
        {"id": f"r{n}", "published": day, "publisher": f"Paper {n}", "title": f"Report {n}", "text": text}
        for n, text in enumerate(texts)
    ]
    file = tmp_path / "reports.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return build([file]).view


def told(view: View, words: str) -> tuple[Question, Account]:
    """The question and the account that stand on some words."""
    return next((q, a) for q in view.derived.questions for a in q.accounts if words in a.text)


LEAD = "At least nine people were killed in the village of Toram on Tuesday when shells hit it, {} said."


def leads() -> list[str]:
    return [LEAD.format(who) for who in ("the mayor", "the harbour office", "a local doctor")]


def test_a_count_that_goes_on_says_that_it_was_carried_over(tmp_path: Path) -> None:
    text = "The harbour office said that 12 people were killed in Toram. A further 20 people are missing."
    _, account = told(record(tmp_path, text), "20 people")
    assert (account.source, account.carried) == ("harbour office", True)
    _, account = told(record(tmp_path, text), "12 people")
    assert (account.source, account.carried) == ("harbour office", False)


@pytest.mark.parametrize(
    ("cue", "one"), [("had counted", True), ("had so far counted", False), ("had found", False)]
)
def test_who_counts_bodies_counts_the_dead(tmp_path: Path, cue: str, one: bool) -> None:
    view = record(tmp_path, *leads(), f"The guild said it {cue} 14 bodies in Toram on Tuesday.")
    assert (told(view, "14 bodies")[0] is told(view, "nine people")[0]) == one


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("In Velm, the guild raised its toll to 14 dead.", True),
        ("In Velm, 14 people were killed.", False),
    ],
)
def test_where_somebody_spoke_is_no_scene(tmp_path: Path, text: str, one: bool) -> None:
    first = "Shells hit the village of Toram on Tuesday, the guild said, and killed nine people.\n\n"
    view = record(tmp_path, *leads(), f"{first}{text}")
    assert (told(view, "14")[0] is told(view, "At least nine people")[0]) == one


@pytest.mark.parametrize(("land", "one"), [("Chad", True), ("Kenya", False)])
def test_the_country_of_the_event_is_no_other_place(tmp_path: Path, land: str, one: bool) -> None:
    texts = [f"CHAD - {each} It was the worst day in Chad since the war." for each in leads()]
    view = record(tmp_path, *texts, f"In {land}, 14 people were killed by shells, the guild said.")
    assert (told(view, "14 people")[0] is told(view, "nine people")[0]) == one


def test_families_are_one_count_however_they_came(tmp_path: Path) -> None:
    view = record(
        tmp_path,
        "The guild said 300 families had arrived in the school.",
        "The mayor said 200 families were staying in the school.",
        "The church said 412 families had left their homes.",
    )
    assert len({told(view, words)[0].id for words in ("300", "200", "412")}) == 1


def test_a_march_is_telling_and_the_month_is_not() -> None:
    assert "march" in stems("a march on the mill") & stems("the carters march was banned")
    assert "march" not in stems("They met on 3 March")
