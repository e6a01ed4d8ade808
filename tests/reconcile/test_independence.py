"""Independent origins: through the chain of relays, through reprints, through one official in many papers."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.model import Via
from tests.reconcile.world import World, derive

DAY = "2031-05-01"


def told(*accounts: dict[str, Any], n: int = 12) -> World:
    """A world in which every account, in a report of its own, tells of 12 dead. ``by`` is the speaker
    (None: own voice), ``via`` the relays, ``paper`` the publisher, ``origin`` the origin."""
    world, counted = World(), []
    for k, each in enumerate(accounts):
        page = world.page(f"r{k}", DAY, each.get("paper"))
        if "origin" in each:
            world.origin_of[f"r{k}"] = each["origin"]
        relays = tuple(Via(name=name, span=(0, 1)) for name in each.get("via", ()))
        said = page.says(each["by"], via=relays, represents=each.get("for")) if each.get("by") else None
        counted.append(page.count(f"{n} people", n, role="killed", statement=said))
    world.group("gr-people", "people", *counted)
    world.incident("in-1", *counted)
    return world


def finding(world: World) -> tuple[str, int]:
    [only] = [each for each in derive(world).findings if each.question]
    return only.status, only.origins


@pytest.mark.parametrize(
    ("accounts", "origins"),
    [
        # one official quoted by three papers
        ([{"by": "Mayor"}, {"by": "Mayor"}, {"by": "Mayor"}], 1),
        # two spokesmen of one office
        ([{"by": "Ann", "for": "City Office"}, {"by": "Ben", "for": "City Office"}], 1),
        # a reprint, under another paper's name
        ([{"paper": "Wire", "origin": "or-w"}, {"paper": "Mirror", "origin": "or-w"}], 1),
        # two officials, each told to one agency, in two papers
        ([{"by": "Mayor", "via": ["Wire"]}, {"by": "Police", "via": ["Wire"]}], 1),
        # the chain leads back to the agency over two relays
        ([{"by": "Mayor", "via": ["Wire", "Daily"]}, {"by": "Police", "via": ["Wire", "Echo"]}], 1),
        # what a paper has from the agency, and what the agency itself prints of another
        ([{"by": "Mayor", "via": ["Wire"], "paper": "Daily"}, {"by": "Police", "paper": "Wire"}], 1),
        # the agency quoted as the source, and what it printed in its own voice
        ([{"by": "Wire", "paper": "Daily"}, {"paper": "Wire"}], 1),
        # two officials in two papers
        ([{"by": "Mayor"}, {"by": "Police"}], 2),
        # two officials in one paper, told to that paper itself: two reports of it
        ([{"by": "Mayor", "via": ["Daily"], "paper": "Daily"}, {"by": "Police", "paper": "Daily"}], 2),
        # two papers in their own voices
        ([{"paper": "Daily"}, {"paper": "Echo"}], 2),
        # one agency and one other paper with a source of its own
        ([{"by": "Mayor", "via": ["Wire"]}, {"by": "Police", "via": ["Wire"]}, {"by": "Hospital"}], 2),
    ],
)
def test_origins_are_counted_through_relays_and_reprints(accounts, origins):
    status, counted = finding(told(*accounts))
    assert counted == origins
    assert status == ("corroborated" if origins > 1 else "reported")


ACCOUNT = st.fixed_dictionaries(
    {
        "by": st.sampled_from([None, "Mayor", "Police", "Wire"]),
        "paper": st.sampled_from(["Wire", "Daily", "Echo"]),
    },
    optional={"via": st.sampled_from([[], ["Wire"], ["Daily", "Wire"]])},
)


@settings(max_examples=60, deadline=None)
@given(st.lists(ACCOUNT, min_size=1, max_size=7), st.randoms(use_true_random=False))
def test_order_changes_no_count_and_a_copy_adds_none(accounts, random):
    def count(given_: list[dict[str, Any]]) -> int:
        return max(each.origins for each in derive(told(*given_)).findings)

    base = count(accounts)
    mixed = list(accounts)
    random.shuffle(mixed)
    assert count(mixed) == base
    copied = [{**each, "origin": f"or-{k}"} for k, each in enumerate(accounts)]
    assert count([*copied, copied[0]]) == base


def test_a_superseded_figure_stays_superseded_in_the_papers_that_copied_it():
    world, counted = World(), []
    for k, (day, n, origin) in enumerate(((DAY, 12, "or-a"), (DAY, 12, "or-a"), ("2031-05-03", 15, "or-b"))):
        page = world.page(f"r{k}", day)
        world.origin_of[f"r{k}"] = origin
        counted.append(page.count(f"{n} people", n, role="killed", statement=page.says("Brigade")))
    world.group("gr-people", "people", *counted)
    world.incident("in-1", *counted)
    found = [(each.status, each.origins) for each in derive(world).findings if each.question]
    assert found == [("superseded", 1), ("reported", 1)]


def test_findings_name_the_rule_they_are_graded_by():
    assert {each.rule for each in derive(told({"by": "Mayor"})).findings} == {"standoff-finding-1"}
