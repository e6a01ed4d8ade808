"""Proofs of things that stand on hand-made records: conflicts, reviews, orphans, figures set aside."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest

from standoff.show.index import Index
from standoff.show.proof import Node, Proofs
from standoff.show.why import why
from tests.show.fixture import view

VIEW = view()
INDEX = Index(VIEW)


def leaves(node: Node) -> Iterator[Node]:
    yield node
    for each in node.below:
        yield from leaves(each)


def told(thing: str) -> str:
    return "\n".join(leaf.line for node in why(VIEW, thing) for leaf in leaves(node))


@pytest.mark.parametrize("thing", sorted(INDEX.things))
def test_whatever_has_an_id_is_explained(thing: str) -> None:
    nodes = [leaf for node in why(VIEW, thing) for leaf in leaves(node)]
    kinds = {each.kind for each in INDEX.things[thing]}
    empty = kinds == {"report"} and not VIEW.reports[-1].text
    assert any(node.words for node in nodes) or empty or kinds & {"review"} or "no text" in told(thing), kinds


def test_a_conflict_is_its_sentence_and_the_words_of_its_claims() -> None:
    [node] = why(VIEW, "cf-1")
    assert "cannot all be true" in node.line
    words = [leaf.words[1] for leaf in leaves(node) if leaf.words]
    assert {"30 to 35 people", "14 people"} <= set(words)


def test_a_figure_says_what_it_set_aside_and_why() -> None:
    said = told("ar-deaths-minmax")
    assert "rule minmax-2: what it means" in said
    assert "source: where it was read" in said
    assert "note: civilian status is contested" in said
    assert "ac-d1: its own source replaced it" in said


def test_a_grade_gives_the_schemes_definition_and_what_it_rests_on() -> None:
    said = told("gd-1")
    assert "rule airwars-1: Competing claims of responsibility." in said
    assert "14 people" in str(why(VIEW, "gd-1"))


def test_a_side_nobody_speaks_for_is_proved_by_the_denial() -> None:
    dispute = VIEW.derived.disputes[1]

    unspoken = msgspec.structs.replace(dispute.sides[0], accounts=(), only_through_opponent=True)
    changed = msgspec.structs.replace(dispute, sides=(unspoken, dispute.sides[1]))
    made = msgspec.structs.replace(VIEW.derived, disputes=(changed,))
    nodes = why(msgspec.structs.replace(VIEW, derived=made), unspoken.id)
    assert any(leaf.words for node in nodes for leaf in leaves(node))


def test_a_row_of_a_kind_nobody_told_of_is_explained_by_what_it_names() -> None:

    row = {"id": "zz-1", "text": "a new table's row", "claims": ["cl-let"], "report": "leaflet.txt"}
    made = msgspec.structs.replace(VIEW.derived, access=(*VIEW.derived.access, row))
    [node] = why(msgspec.structs.replace(VIEW, derived=made), "zz-1")
    assert any(leaf.words for leaf in leaves(node))


def test_members_beyond_the_limit_are_counted_and_all_can_be_had() -> None:
    few, every = Proofs(INDEX), Proofs(INDEX, every=True)
    wanted = [
        each for each, things in INDEX.things.items() if things[0].kind in {"quantity", "statement", "claim"}
    ]
    many = [*wanted, *(mention for mention in INDEX.things if mention.startswith("mn-")), *INDEX.reports]
    assert len(many) > 25
    assert "more: `standoff why --all`" in few._members(many)[-1].line
    assert len(every._members(many)) == len(many)
