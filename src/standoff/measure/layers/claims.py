"""Claims against MUC-4's templates: entities of five slots.

All that is known of the scorer stands in `tally` and `entities`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from standoff.measure import claim_slots
from standoff.measure import claims as scorer
from standoff.measure.intervals import Counts, Floats, Sums, f1
from standoff.measure.layers.base import Document, Fault, Outcome, Yardstick
from standoff.model import Claim, Reading

OTHERS = {
    "date": "date",
    "place": "place",
    "number": "number (of those found)",
    "confidence": "confidence (of those found)",
}
NAMES = {slot: slot.replace("perp_", "perpetrator ") for slot in scorer.SLOTS}


def tally(document: Document, claims: Sequence[Claim]) -> Mapping[str, scorer.Tally]:
    """Matched, predicted and gold entities of each slot, and ``micro`` over all."""
    found = scorer.slots_of(claims)
    return scorer.score([(scorer.gold_entities(document.gold), found)])


def entities(document: Document, claims: Sequence[Claim]) -> tuple[scorer.Entities, scorer.Entities]:
    """Gold and predicted entities by slot."""
    return scorer.gold_entities(document.gold), scorer.slots_of(claims)


def count(document: Document, reading: Reading) -> Counts:
    """Tallies of one report."""
    tallies = {**tally(document, reading.claims), **claim_slots.score_report(document.gold, reading)}
    return Counter(
        {
            f"{slot}.{field}": getattr(each, field)
            for slot, each in tallies.items()
            for field in each.__struct_fields__
        }
    )


def measures(sums: Sums) -> dict[str, Floats]:
    """Micro-F1 over the five slots of entities, and F1 of each; then date, place, number, confidence."""
    return {
        name: f1(sums[f"{slot}.matched"], sums[f"{slot}.predicted"], sums[f"{slot}.gold"])
        for slot, name in {"micro": "entity micro-F1", **NAMES}.items()
    } | {
        name: f1(sums[f"{slot}.right"], sums[f"{slot}.given"], sums[f"{slot}.asked"])
        for slot, name in OTHERS.items()
    }


def faults(document: Document, reading: Reading) -> Iterator[Fault]:
    """Entities missed, and predicted where there is none; the gold has words and no offsets."""
    gold, found = entities(document, reading.claims)
    for slot, name in NAMES.items():
        wanted, held = gold.get(slot, []), found.get(slot, [])
        for each in wanted:
            if not any(each & other for other in held):
                yield Fault(kind="missed", type=name, gold=_listed(each))
        for each in held:
            if not any(each & other for other in wanted):
                # the same words in another slot tell most
                elsewhere = [NAMES[s] for s in NAMES if s != slot and any(each & o for o in gold.get(s, []))]
                told = f" (gold: {', '.join(elsewhere)})" if elsewhere else ""
                yield Fault(kind="false alarm", type=name, found=_listed(each) + told)


def _listed(entity: frozenset[str]) -> str:
    return " / ".join(sorted(entity))


def outcomes(document: Document, reading: Reading) -> Iterator[Outcome]:
    """Every participant that the model of roles found, right when its name is an entity's of its slot."""
    gold = scorer.gold_entities(document.gold)
    for slot, actor in scorer.fillers(reading.claims):
        if actor.confidence is not None:
            name = scorer.plain(actor.label or actor.name)
            yield Outcome(actor.confidence, any(name in each for each in gold[slot]), actor)


CLAIMS = Yardstick(layer="claims", count=count, measures=measures, faults=faults, outcomes=outcomes)
