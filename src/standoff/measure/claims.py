"""Claims against MUC-4: who attacked whom and what, with what, at entity level.

What is counted. A report's gold entities are gathered over its templates into five slots:
perpetrator individual, perpetrator organisation, (physical) target, victim (human target: name and
description of one person are alternatives of one entity), weapon. Templates and fillers marked
optional ("?") are kept as gold, as GRIT does; entities of one slot that share an alternative are one.
Predicted entities come from the published claims (`slots_of`), one name each. Entities are aligned one
to one within a slot of a report (maximum number of pairs); a pair matches when the name equals one of
the gold entity's alternatives after `plain`, which for one name is GRIT's CEAF-REE: the prediction is
contained in the set of alternatives. Precision, recall and F1 are micro-averaged over all slots.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from standoff.model import Actor, Claim

SLOTS = ("perp_individual", "perp_organisation", "target", "victim", "weapon")
_KEYS = {
    "perp_individual": "PERP: INDIVIDUAL ID",
    "perp_organisation": "PERP: ORGANIZATION ID",
    "target": "PHYS TGT: ID",
    "weapon": "INCIDENT: INSTRUMENT ID",
}
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ARTICLES = re.compile(r"^(?:the|a|an|his|her|their|its|some|several|about|at least)\s+")

Entities = dict[str, list[frozenset[str]]]
"""Slot -> entities, each the set of its alternatives after `plain`."""


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """Matched pairs, predictions and gold entities of one slot, or of all."""

    matched: int = 0
    predicted: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        """Share of predictions that match; 0 when there are none."""
        return self.matched / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of gold entities found; 0 when there are none."""
        return self.matched / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.predicted + self.gold
        return 2 * self.matched / both if both else 0.0

    def plus(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(
            matched=self.matched + other.matched,
            predicted=self.predicted + other.predicted,
            gold=self.gold + other.gold,
        )


def plain(words: str) -> str:
    """Lower case, no article, no punctuation, single spaces: the form in which strings are compared."""
    text = re.sub(r"[^\w\s]", " ", words.casefold())
    text = " ".join(text.split())
    return _ARTICLES.sub("", text)


def _alternatives(filler: str) -> frozenset[str]:
    return frozenset(form for quoted in _QUOTED.findall(filler) if (form := plain(quoted)))


def _merged(entities: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """Entities joined where they share an alternative, in order of first appearance."""
    kept: list[frozenset[str]] = []
    for entity in entities:
        if not entity:
            continue
        same = [each for each in kept if each & entity]
        kept = [each for each in kept if not each & entity] + [entity.union(*same)]
    return kept


def gold_entities(templates: Sequence[dict[str, list[str]]]) -> Entities:
    """The five slots of one report's answer key."""
    found: dict[str, list[frozenset[str]]] = {slot: [] for slot in SLOTS}
    for template in templates:
        for slot, key in _KEYS.items():
            found[slot].extend(_alternatives(filler) for filler in template.get(key, ()))
        found["victim"].extend(_alternatives(filler) for filler in template.get("HUM TGT: NAME", ()))
        # "DESCRIPTION": "NAME" ties the description to its person; without a name it stands for itself
        found["victim"].extend(_alternatives(filler) for filler in template.get("HUM TGT: DESCRIPTION", ()))
    return {slot: _merged(entities) for slot, entities in found.items()}


def score_report(gold: Entities, predicted: Entities) -> dict[str, Tally]:
    """Tallies of one report by slot, under the best one-to-one alignment."""
    tallies = {}
    for slot in SLOTS:
        ours, theirs = _merged(predicted.get(slot, ())), gold.get(slot, [])
        matched = 0
        if ours and theirs:
            matched = most_pairs([[j for j, b in enumerate(theirs) if a & b] for a in ours])
        tallies[slot] = Tally(matched=matched, predicted=len(ours), gold=len(theirs))
    return tallies


def most_pairs(fits: Sequence[Sequence[int]]) -> int:
    """The greatest number of one-to-one pairs, where ``fits[i]`` lists what the i-th may be paired with."""
    taken: dict[int, int] = {}

    def place(one: int, tried: set[int]) -> bool:
        for other in fits[one]:
            if other in tried:
                continue
            tried.add(other)
            if other not in taken or place(taken[other], tried):
                taken[other] = one
                return True
        return False

    return sum(place(one, set()) for one in range(len(fits)))


def score(pairs: Iterable[tuple[Entities, Entities]]) -> dict[str, Tally]:
    """Tallies by slot, and ``micro`` over all slots, of (gold, predicted) pairs."""
    total = {slot: Tally() for slot in (*SLOTS, "micro")}
    for gold, predicted in pairs:
        for slot, tally in score_report(gold, predicted).items():
            total[slot] = total[slot].plus(tally)
            total["micro"] = total["micro"].plus(tally)
    return total


# -- from claims to slots ---------------------------------------------------------------------------

_SLOT = {
    ("actors", "person"): "perp_individual",
    ("actors", "organisation"): "perp_organisation",
    ("targets", "thing"): "target",
    ("targets", "person"): "victim",
    ("instruments", "weapon"): "weapon",
}


def slots_of(claims: Sequence[Claim]) -> Entities:
    """Entities of a report's violent claims by slot, from nothing but the claims as they are published.

    A filler is the ``label`` of a participant of an ASSAULT claim that has a ``kind``: actors are
    perpetrators (person: individual, else organisation), targets are victims (person) or physical
    targets (thing), instruments weapons. A participant without a kind was found by a rule of grammar
    alone, in what need not be an incident in MUC-4's sense (it leaves out what armed sides do to each
    other), and fills no slot. Whether the claim is denied or planned does not matter: the keys hold
    denied, attempted and threatened incidents, too.
    """
    found: dict[str, list[frozenset[str]]] = {slot: [] for slot in SLOTS}
    for slot, actor in fillers(claims):
        found[slot].append(frozenset({plain(actor.label or actor.name)}))
    return {slot: _merged(entities) for slot, entities in found.items()}


def fillers(claims: Sequence[Claim]) -> Iterator[tuple[str, Actor]]:
    """Each participant of a violent claim that fills a slot, with the slot."""
    for claim in claims:
        if claim.type != "ASSAULT":
            continue
        for role in ("actors", "targets", "instruments"):
            for actor in getattr(claim, role):
                slot = _SLOT.get((role, actor.kind))
                if slot is not None:
                    yield slot, actor


def reports(path: Path) -> Iterator[dict[str, Any]]:
    """Reports of a MUC-4 file (``doc``, ``text``, ``templates``)."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def measure_muc4(paths: Iterable[Path], read: Callable[[str], Sequence[Claim]]) -> dict[str, Tally]:
    """Score ``read`` (text -> claims) on MUC-4 files. The texts are upper case: a reader that knows case
    from lower-cased copies (offsets kept) does far better on them."""
    return score(
        (gold_entities(report["templates"]), slots_of(read(report["text"])))
        for path in paths
        for report in reports(path)
    )
