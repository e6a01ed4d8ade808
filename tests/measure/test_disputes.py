"""Disputes in words against gold: hits by sides, kinds that are near, what is missed and why."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

from standoff.measure.disputes import lines, near, score_disputes, score_file
from tests.reconcile.world import World, derive

ONE = "2031-05-01"


def view_of(world):
    return SimpleNamespace(
        derived=derive(world), reports=world.reports(), readings=world.readings(), referents=world.referents()
    )


def guests() -> World:
    """Two parties on whether twelve engineers are guests; a third that says neither."""
    world = World()
    page = world.page("a", ONE)
    page.speech("Weavers", "said", "the twelve engineers were guests")
    page.speech("River Guild", "said", "the twelve engineers are hostages")
    page.speech("Lake Union", "said", "it had asked after the engineers")
    return world


def span(world, words):
    page = world.pages[0]
    start = page.text.index(words)
    return [page.id, start, start + len(words)]


def gold(world, kind="nature", first="were guests", second="are hostages", **more):
    sides = [
        {"party": "one", "spans": [span(world, first)]},
        {"party": "two", "spans": [span(world, second)]},
    ]
    return {"cluster": "engineers", "disputes": [{"about": "q", "kind": kind, "sides": sides, **more}]}


def test_a_dispute_on_two_sides_is_a_hit():
    world = guests()
    score = score_disputes(gold(world), view_of(world))
    assert (score.hits, score.wanted, score.alarms, score.alarms_per_report) == (1, 1, 0, 0.0)
    assert score.outcomes[0].same_kind
    assert [each.stands for each in score.found] == ["matched"]


def test_a_near_kind_hits_and_is_said_to_differ():
    world = guests()
    [outcome] = score_disputes(gold(world, "occurrence"), view_of(world)).outcomes
    assert (outcome.hit, outcome.same_kind) == (True, False)


def test_a_far_kind_misses_with_the_kind_it_was_found_as():
    world = guests()
    score = score_disputes(gold(world, "time"), view_of(world))
    assert not score.outcomes[0].hit
    assert "found as nature" in score.outcomes[0].reason
    assert (score.alarms, score.alarms_per_report) == (1, 1.0)


def test_one_side_alone_is_no_hit():
    world = guests()
    [outcome] = score_disputes(gold(world, second="asked after"), view_of(world)).outcomes
    assert not outcome.hit
    assert outcome.reason.startswith("one side only")


def test_weak_disputes_count_neither_way():
    world = guests()
    score = score_disputes(gold(world, weak=True), view_of(world))
    assert (score.hits, score.wanted, score.alarms) == (0, 0, 0)


def test_a_look_alike_that_is_found_is_named():
    world = guests()
    spans = [span(world, "were guests"), span(world, "are hostages")]
    told = {"cluster": "c", "disputes": [], "not_disputes": [{"about": "look", "spans": spans, "why": "-"}]}
    [found] = score_disputes(told, view_of(world)).found
    assert (found.stands, found.about) == ("look-alike", "look")


def test_what_nobody_read_is_said_so():
    world = guests()
    world.pages[0].write("The mayor kept the key")
    told = gold(world, second="kept the key")
    [outcome] = score_disputes(told, view_of(world)).outcomes
    assert "one side only" in outcome.reason
    told = gold(world, first="mayor", second="kept the key")
    [outcome] = score_disputes(told, view_of(world)).outcomes
    assert outcome.reason == "nothing a source says is read on the words of one, two"


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("nature", "nature", True),
        ("actor", "occurrence", True),
        ("responsibility", "actor", True),
        ("time", "place", False),
        ("motive", "access", False),
    ],
)
def test_near_kinds(a, b, expected):
    assert near(a, b) is expected
    assert near(b, a) is expected


def test_a_file_is_scored_and_told_in_lines(tmp_path):
    world = guests()
    path = tmp_path / "gold.json"
    path.write_text(json.dumps(gold(world)), encoding="utf-8")
    told = list(lines(score_file(path, view_of(world))))
    assert told[0].startswith("engineers: 1 of 1 disputes hit (1 of the same kind), 0 unmatched")
    assert any(line.strip().startswith("hit") for line in told)
