"""The hand-made gold of clusters: whole in itself, and in place in the texts it was made from."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

import standoff.measure
from standoff.model.when import parse_when
from tests.corpora import corpus

FOLDER = Path(standoff.measure.__file__).with_name("gold") / "clusters"
FILES = sorted(FOLDER.parent.glob("*/*.json"))
LABELS = {"contradiction", "revision", "development", "compatible", "different incident"}
KINDS = {
    "time", "place", "actor", "occurrence", "access", "motive", "nature", "responsibility", "legitimacy",
}  # fmt: skip
MEASURES = {"stock", "cumulative", "new"}
QUANTITY = {
    "id", "question", "doc", "published", "start", "end", "low", "high", "approximate", "unit", "source",
    "origin", "measure", "as_of",
}  # fmt: skip
COPIED = 6
"""Words in a row that a label may not share with a text that is not ours."""

each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
Gold = dict[str, Any]
Span = tuple[str, int, int]


def load(path: Path) -> Gold:
    return json.loads(path.read_text(encoding="utf-8"))


def reports(path: Path, gold: Gold) -> dict[str, dict[str, str]]:
    """The reports a gold file was made from, by id; skips where the corpus is not beside the checkout."""
    if gold["texts"] == "here":
        found = path.with_suffix(".jsonl")
    else:
        found = corpus(f"data/clusters/{gold['cluster']}/reports.jsonl")
    rows = map(json.loads, found.read_text(encoding="utf-8").splitlines())
    return {row["id"]: row for row in rows}


def spans(gold: Gold) -> Iterator[Span]:
    for row in gold["quantities"]:
        yield row["doc"], row["start"], row["end"]
    for dispute in gold["disputes"]:
        yield from (tuple(span) for side in dispute["sides"] for span in side["spans"])
    for alike in gold["not_disputes"]:
        yield from (tuple(span) for span in alike["spans"])


def labels(gold: Gold) -> Iterator[str]:
    """Every string that is the annotator's own wording."""
    yield from gold.get("notes", ())
    for row in chain(gold["pairs"], gold["disputes"], gold["not_disputes"]):
        yield row["why"]
    for row in chain(gold["revisions"], gold["disputes"], gold["not_disputes"]):
        yield row["about"]
    for row in gold["quantities"]:
        yield row["question"]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def runs(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[at : at + COPIED]) for at in range(len(found) - COPIED + 1)}


def test_there_is_gold() -> None:
    assert FILES


@each_file
def test_head_says_what_the_file_is(path: Path) -> None:
    gold = load(path)
    assert gold["cluster"] == path.stem
    assert gold["texts"] in {"shared", "here"}
    assert gold["annotator"]
    assert date.fromisoformat(gold["made"])
    assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in gold["text_sha256"].values())


@each_file
def test_quantities_are_whole(path: Path) -> None:
    gold = load(path)
    rows = gold["quantities"]
    assert rows
    assert len({row["id"] for row in rows}) == len(rows)
    assert len({(row["doc"], row["start"], row["end"]) for row in rows}) == len(rows)
    for row in rows:
        # No other key: the words of a text belong to its agency and stay out.
        assert set(row) == QUANTITY, row["id"]
        assert row["id"].startswith(f"{gold['cluster']}-")
        assert row["measure"] in MEASURES, row["id"]
        assert isinstance(row["approximate"], bool)
        assert row["low"] is None or row["high"] is None or row["low"] <= row["high"], row["id"]
        assert date.fromisoformat(row["published"])
        assert row["as_of"] is None or parse_when(row["as_of"]), row["id"]
        assert row["question"]


@each_file
def test_pairs_name_known_quantities_once(path: Path) -> None:
    gold = load(path)
    known = {row["id"] for row in gold["quantities"]}
    counted = Counter(frozenset((pair["a"], pair["b"])) for pair in gold["pairs"])
    assert [sorted(pair) for pair, times in counted.items() if times > 1 or len(pair) == 1] == []
    for pair in gold["pairs"]:
        assert {pair["a"], pair["b"]} <= known, pair
        assert pair["label"] in LABELS, pair
        assert isinstance(pair.get("weak", False), bool)
        assert pair["why"]


@each_file
def test_strong_contradictions_cannot_both_be_true(path: Path) -> None:
    gold = load(path)
    by_id = {row["id"]: row for row in gold["quantities"]}
    for pair in gold["pairs"]:
        if pair["label"] == "contradiction" and not pair.get("weak", False):
            one, other = by_id[pair["a"]], by_id[pair["b"]]
            assert below(one, other) or below(other, one), pair


def below(one: Gold, other: Gold) -> bool:
    return one["high"] is not None and other["low"] is not None and one["high"] < other["low"]


@each_file
def test_revisions_are_series_of_known_figures(path: Path) -> None:
    """A stale figure told again after its replacement may stand on either end of a step."""
    gold = load(path)
    known = {row["id"] for row in gold["quantities"]}
    for series in gold["revisions"]:
        assert series["steps"], series
        assert all({older, newer} <= known and older != newer for older, newer in series["steps"]), series


@each_file
def test_disputes_have_sides_and_clauses(path: Path) -> None:
    gold = load(path)
    for dispute in gold["disputes"]:
        assert dispute["kind"] in KINDS, dispute["about"]
        assert isinstance(dispute["weak"], bool)
        assert dispute["why"]
        assert len(dispute["sides"]) > 1, dispute["about"]
        assert len({side["party"] for side in dispute["sides"]}) == len(dispute["sides"]), dispute["about"]
        assert all(side["spans"] for side in dispute["sides"]), dispute["about"]
    assert all(len(alike["spans"]) > 1 for alike in gold["not_disputes"])


@each_file
def test_spans_lie_in_listed_documents(path: Path) -> None:
    gold = load(path)
    for doc, start, end in spans(gold):
        assert doc in gold["text_sha256"]
        assert 0 <= start < end


@each_file
def test_spans_fit_the_very_texts_they_were_made_from(path: Path) -> None:
    gold = load(path)
    found = reports(path, gold)
    assert set(gold["text_sha256"]) <= set(found)
    for doc, digest in gold["text_sha256"].items():
        assert hashlib.sha256(found[doc]["text"].encode()).hexdigest() == digest, doc
    for doc, start, end in spans(gold):
        text = found[doc]["text"]
        assert end <= len(text), (doc, start, end)
        assert text[start:end] == text[start:end].strip(), (doc, start, end)
        # A span that starts or ends inside a word is off by a few characters.
        assert not re.search(r"\w\w", text[max(0, start - 1) : start + 1]), (doc, start, end)
        assert not re.search(r"\w\w", text[end - 1 : end + 1]), (doc, start, end)
    for row in gold["quantities"]:
        assert row["published"] == found[row["doc"]]["published"], row["id"]


@each_file
def test_labels_copy_no_text_of_others(path: Path) -> None:
    gold = load(path)
    if gold["texts"] == "here":
        return
    copied = set().union(*(runs(report["text"]) for report in reports(path, gold).values()))
    assert [label for label in labels(gold) if runs(label) & copied] == []
