"""Scoring a cluster's record: hits, misses and false alarms, on an invented cluster."""

from __future__ import annotations

from typing import Any

from standoff.measure.clustergold import figures, score_cluster
from standoff.model import (
    Account,
    Axes,
    Derived,
    Dispute,
    Quantity,
    Question,
    QuestionLink,
    ReaderInfo,
    Reading,
    Referents,
    Side,
    View,
)


def row(number: int, doc: str, value: int, question: str = "miners missing") -> dict[str, Any]:
    return {
        "id": f"r{number}",
        "doc": doc,
        "question": question,
        "value_min": value,
        "value_max": value,
        "span_text_start_offset": 10 * number,
        "span_end": 10 * number + 5,
    }


ROWS = [row(1, "a", 6), row(2, "b", 8), row(3, "a", 40, "miners killed")]


def account(of: dict[str, Any]) -> Account:
    start = of["span_text_start_offset"]
    return Account(
        id="ac" + of["id"],
        report=of["doc"],
        span=(start + 1, start + 3),
        text="",
        source=None,
        party_id=None,
        origin="o",
        said=None,
        as_of=None,
        published=None,
        statement=None,
        best=of["value_min"],
    )


def view(links: list[tuple[int, int, str]], sides: list[int]) -> View:
    accounts = tuple(account(each) for each in ROWS)
    question = Question(
        id="q",
        question="How many?",
        kind="number",
        accounts=accounts,
        links=tuple(
            QuestionLink(from_=accounts[a].id, to=accounts[b].id, relation=kind, reason="")  # type: ignore[arg-type]
            for a, b, kind in links
        ),
    )
    dispute = Dispute(
        id="d",
        question="How many?",
        question_id="q",
        kind="number",
        incident=None,
        status="open",
        sides=tuple(Side(id=str(i), answer="", accounts=(accounts[i].id,)) for i in sides),
        why="",
        rule="",
    )
    found = [
        Quantity(
            id=each["id"], start=each["span_text_start_offset"], end=each["span_end"], text="", kind="count"
        )
        for each in ROWS
    ]
    readings = tuple(
        Reading(
            report=doc,
            text_sha256="",
            reader=ReaderInfo(name="r", version="1"),
            quantities=tuple(q for q, each in zip(found, ROWS, strict=True) if each["doc"] == doc),
        )
        for doc in ("a", "b")
    )
    return View(
        name="x",
        axes=Axes(),
        reports=(),
        readings=readings,
        referents=Referents(),
        derived=Derived(questions=(question,), disputes=(dispute,) if sides else ()),
    )


def gold(**more: Any) -> dict[str, Any]:
    told = {"about": "miners missing", "kind": "number", "docs": ["a", "b"], "values": ["6", "8"]}
    return {"quantities": ROWS, "contradictions": [told], "revisions": [], "compatible_pairs": []} | more


def test_a_dispute_on_the_words_of_both_sides_is_a_hit():
    score = score_cluster(gold(), view([], [0, 1]))
    assert [each.found for each in score.contradictions] == [True]
    assert score.contradictions[0].strong
    assert not score.alarms


def test_a_missed_contradiction_says_how_the_figures_stand():
    score = score_cluster(gold(), view([(0, 1, "compatible")], []))
    assert [each.verdict for each in score.contradictions] == ["missed"]
    assert "compatible" in score.contradictions[0].reason


def test_a_dispute_between_different_things_is_a_false_alarm():
    score = score_cluster(gold(), view([], [0, 2]))
    assert [each.found for each in score.contradictions] == [False]
    assert "different things" in score.alarms[0].reason


def test_a_weak_contradiction_is_no_strong_one():
    weak = gold(contradictions=[{**gold()["contradictions"][0], "weak": True}])
    assert not score_cluster(weak, view([], [0, 1])).contradictions[0].strong


def test_a_revision_is_recognised_by_its_link_either_way_round():
    told = gold(
        contradictions=[], revisions=[{"about": "miners missing", "series": [["a", "6"], ["b", "8"]]}]
    )
    for link, found in (((0, 1, "revises"), True), ((1, 0, "develops"), True), ((0, 1, "compatible"), False)):
        (series,) = score_cluster(told, view([link], [])).revisions
        assert (series.scored, series.found) == (True, found)


def test_a_series_without_figures_is_not_scored():
    told = gold(revisions=[{"about": "start", "series": [["a", "put off"], ["b", "off again"]]}])
    assert [each.scored for each in score_cluster(told, view([], [])).revisions] == [False]


def test_a_look_alike_in_a_dispute_is_flagged():
    pair = {"about": "miners missing", "docs": ["a", "b"], "values": ["6", "8"]}
    told = gold(contradictions=[], compatible_pairs=[pair])
    assert score_cluster(told, view([], [0, 1])).lookalikes[0].flagged
    assert not score_cluster(told, view([], [])).lookalikes[0].flagged


def test_figures_in_words():
    assert figures("some 1,200 of 3") == {1200.0, 3.0}
    assert figures("nobody") == set()
