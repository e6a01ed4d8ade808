"""Real reports through the whole pipeline: the record holds at least what the pages in docs/ claim.

Counts only, since the texts stay outside the project; what each item is stands in docs/sample.md and
docs/clusters.md, which `python -m standoff.measure.sample` and `.clusters` write.
"""

from __future__ import annotations

import pytest

from standoff.measure.clusters import NAMES, counts, measure_cluster
from standoff.measure.compare import Compared
from standoff.measure.sample import measure_sample
from standoff.model import View
from tests.corpora import corpus

pytestmark = pytest.mark.corpus


@pytest.fixture(scope="module")
def sample() -> tuple[Compared, View]:
    compared, built = measure_sample(corpus("seed"))
    return compared, built.view


@pytest.mark.parametrize(
    ("kind", "found", "answered"),
    [
        ("statements", 9, 12),
        ("quantities", 5, 10),
        ("times", 6, 6),
        ("places", 5, 5),
        ("claims", 5, 13),
        ("disputes", 1, 3),
        ("ledger", 6, 6),
    ],
)
def test_the_sample_holds_what_its_page_claims(
    sample: tuple[Compared, View], kind: str, found: int, answered: int
) -> None:
    compared, _ = sample
    assert compared.count(kind, "found") >= found
    assert compared.count(kind, "found", "partly") >= answered


def test_the_chain_of_relays_is_held(sample: tuple[Compared, View]) -> None:
    chains = [s.via for s in sample[1].readings[0].statements if s.via]
    assert max(len(chain) for chain in chains) == 2


def test_the_split_adds_up_and_what_is_left_has_bounds_under_named_assumptions(
    sample: tuple[Compared, View],
) -> None:
    ledger = sample[1].derived.ledger
    sums = [each for each in ledger.equations if each.holds == "yes" and len(each.terms) == 3]
    assert sums
    left = [
        step
        for group in ledger.groups
        for step in group.steps
        if step.kind == "remaining" and step.assumptions
    ]
    assert left
    for step in left:
        assert step.low is not None
        assert step.high is not None
        assert step.low <= step.high
        assert step.without_assumptions != (step.low, step.high)


def test_the_deal_has_its_parties_terms_and_date(sample: tuple[Compared, View]) -> None:
    (deal,) = sample[1].derived.agreements
    assert len(deal["parties"]) == 3  # type: ignore[arg-type]  # a flat row
    assert len(deal["terms"]) >= 3  # type: ignore[arg-type]
    assert deal["denounced_by"]
    assert deal["endorsed_by"]


LEAST = {
    "lima97": {"reports": 10, "statements": 60, "quantities": 80, "claims": 60, "accounts": 80},
    "kisangani97": {"reports": 7, "statements": 70, "quantities": 65, "claims": 65, "accounts": 71},
    "mecca97": {"reports": 6, "statements": 45, "quantities": 40, "claims": 20, "accounts": 51},
    "shanxi2006": {"reports": 7, "statements": 35, "quantities": 60, "claims": 15, "accounts": 65},
    "somalia2006": {"reports": 7, "statements": 110, "quantities": 55, "claims": 80, "accounts": 49},
}
"""Accounts, not questions: two questions that become one are no loss."""
MOST_DISPUTES = 7
"""Fewer than one dispute a report: nearly all that differs in these clusters is a revision over time."""


@pytest.mark.parametrize("name", NAMES)
def test_a_cluster_holds_what_its_page_claims(name: str) -> None:
    built, score = measure_cluster(name, corpus("data"))
    held = counts(built.view)
    held["accounts"] = sum(len(each.accounts) for each in built.view.derived.questions)
    assert {key: held[key] for key in LEAST[name] if held[key] < LEAST[name][key]} == {}
    assert held["disputes"] < min(held["reports"], MOST_DISPUTES)
    if score:
        assert not any(each.flagged for each in score.lookalikes)
        assert len(score.alarms) <= 1
    for question in built.view.derived.questions:
        for account in question.accounts:
            report = next(each for each in built.view.reports if each.id == account.report)
            assert report.text[account.span[0] : account.span[1]] == account.text
