"""Findings: each answer of each question with its status and its proof."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from standoff import vocab
from standoff.model import Finding
from standoff.model.derived import Ledger
from standoff.model.ids import derived_id
from standoff.reconcile.accounts import Told
from standoff.reconcile.figures.questions import Open
from standoff.reconcile.figures.standing import superseded as superseded
from standoff.reconcile.independence import independent_origins
from standoff.reconcile.kept import Workings
from standoff.reconcile.wording import joined, say

Status = Literal["reported", "corroborated", "disputed", "superseded"]
NAMED = 4
"""How many sources a finding names; more are counted in its proof."""


def proof_rule(key: str) -> str:
    """Name and version of a rule that things are derived by."""
    name: str = vocab.load("aggregation_rules")["proofs"][key]
    return name


def find_findings(found: list[Open], contested: set[str], ledger: Ledger, kept: Workings) -> list[Finding]:
    """One finding an answer, in the order of questions; then what the ledger computes."""

    def answers_of(each: Open) -> list[Finding]:
        mine = contested.intersection(one.id for one in each.told)
        rests_on = (each.question, each.subject is None, mine)
        work = lambda: list(_of_question(each, mine))  # noqa: E731 (of one line)
        return kept.of(("findings", each.question.id), each.told, work, rests_on)

    answers = [finding for each in found for finding in answers_of(each)]
    return answers + list(_of_ledger(ledger, found, contested))


def _of_question(each: Open, contested: set[str]) -> Iterator[Finding]:
    replaced = superseded(each.question.links)
    answers: dict[str, list[Told]] = {}
    for told in each.told:
        answers.setdefault(told.account.answer or "", []).append(told)
    for answer, mine in answers.items():
        current = [one for one in mine if one.id not in replaced]
        origins = independent_origins(current or mine)
        sources = tuple(dict.fromkeys(one.label for one in current or mine))[:NAMED]
        template = "number" if each.subject else "opposed"
        words = {"question": each.question.question, "answer": answer, "sources": joined(sources)}
        yield Finding(
            id=derived_id("fn", each.question.id, mine[0].id),
            text=say("findings", template, **words),
            status=_status(current, origins, contested),
            question=each.question.id,
            origins=origins,
            proof=tuple(one.id for one in mine),
            rule=proof_rule("finding"),
        )


def _status(current: list[Told], origins: int, contested: set[str]) -> Status:
    if not current:
        return "superseded"
    if any(one.id in contested for one in current):
        return "disputed"
    return "corroborated" if origins > 1 else "reported"


def _of_ledger(ledger: Ledger, found: list[Open], contested: set[str]) -> Iterator[Finding]:
    """Computed steps: those that rest on assumptions or on several claims."""
    by_id = {one.annotation: one for each in found if each.subject for one in each.told}
    for group in ledger.groups:
        for n, step in enumerate(group.steps):
            ids = tuple(dict.fromkeys((*step.rests_on.low, *step.rests_on.high)))
            if step.kind not in {"remaining", "sum"} or len(ids) < 2:
                continue
            proof = [by_id[each] for each in ids if each in by_id]
            disputed = any(one.id in contested for one in proof)
            yield Finding(
                id=derived_id("fn", group.id, step.kind, str(step.at), str(n)),
                text=step.text,
                status="disputed" if disputed else "reported",
                origins=independent_origins(proof),
                proof=ids,
                rule=proof_rule("ledger"),
            )
