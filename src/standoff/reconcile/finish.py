"""Last touches on what was derived: figures under every rule, and an id for everything with a proof.

Ids depend on content alone, so that any of it can be asked for with ``standoff why``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, TypeVar

import msgspec

from standoff.model import Aggregate, Ledger, Question
from standoff.model.derived import LedgerGroup, LedgerStep
from standoff.model.ids import derived_id
from standoff.reconcile.figures.aggregates import Setting, all_rules

Record = TypeVar("Record", bound=msgspec.Struct)


def finished(question: Question, setting: Setting | None) -> Question:
    """A question with ids for its links and, where it is about a number, its figure under every rule."""
    links = [
        msgspec.structs.replace(
            each, id=derived_id("ln", question.id, f"from {each.from_}", f"to {each.to}", each.relation)
        )
        for each in question.links
    ]
    aggregates = all_rules(question, setting) if setting is not None else ()
    return msgspec.structs.replace(question, links=tuple(links), aggregates=aggregates)


def named_ledger(ledger: Ledger) -> Ledger:
    """The ledger with ids for its steps, equations and conflicts."""
    return msgspec.structs.replace(
        ledger,
        groups=tuple(_named_group(each) for each in ledger.groups),
        equations=tuple(_named("eq", (((each.holds, *each.terms), each) for each in ledger.equations))),
        conflicts=tuple(_named("cf", ((each.claims, each) for each in ledger.conflicts))),
    )


def _named_group(group: LedgerGroup) -> LedgerGroup:
    steps = ((_parts(group.id, step), step) for step in group.steps)
    return msgspec.structs.replace(group, steps=tuple(_named("ls", steps)))


def _parts(group: str, step: LedgerStep) -> tuple[str, ...]:
    """What a step is known by: never a name, so that swapping two names changes no id."""
    lows = (f"low {each}" for each in step.rests_on.low)
    highs = (f"high {each}" for each in step.rests_on.high)
    return (group, step.kind, step.at or "", *lows, *highs)


def _named(prefix: str, records: Iterable[tuple[tuple[str, ...], Record]]) -> Iterable[Record]:
    """Each record with its id; of several with the same parts, the later ones are numbered.

    A record that has an id keeps it.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    for parts, record in records:
        seen[parts] += 1
        again = (f"again {seen[parts]}",) if seen[parts] > 1 else ()
        held = getattr(record, "id", "")
        yield msgspec.structs.replace(record, id=held or derived_id(prefix, *parts, *again))


def with_figures(
    row: dict[str, Any], aggregates: Iterable[Aggregate], rule: str = "minmax"
) -> dict[str, Any]:
    """A row of harm with its question's figure under a rule: low, high, best, the rule and its version."""
    chosen = next((each for each in aggregates if each.rule == rule), None)
    if chosen is None:
        return {**row, "best": None, "aggregate": None, "notes": [], "grade": None}
    return {
        **row,
        "low": chosen.low,
        "high": chosen.high,
        "best": chosen.best,
        "rule": f"{chosen.rule}-{chosen.version}",
        "aggregate": chosen.id,
        "notes": list(chosen.notes),
        "grade": None,
    }
