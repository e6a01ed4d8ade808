"""Victims: persons reported harmed, by name. Never merged here: a shared name is no proof."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from standoff.model import Claim, Mention, Quantity, Reading, Victim
from standoff.model.ids import derived_id

HARM_MODES = frozenset({"harm", "abduct", "arrest", "kill", "injure"})


def resolve_victims(readings: Sequence[Reading], incident_of: Mapping[str, str]) -> tuple[Victim, ...]:
    """One victim for each named person that a claim of harm names as its target."""
    return tuple(victim for reading in readings for victim in _of_report(reading, incident_of))


def _of_report(reading: Reading, incident_of: Mapping[str, str]) -> Iterator[Victim]:
    names = {
        (m.start, m.end): m
        for m in reading.mentions
        if m.type == "person" and m.form in {"name", "description"}
    }
    seen: set[str] = set()
    for claim in reading.claims:
        if not (claim.type == "ASSAULT" or claim.mode in HARM_MODES) or claim.polarity == "denied":
            continue
        for mention in _targets(claim, names):
            key = mention.party or mention.text
            if key in seen:
                continue
            seen.add(key)
            yield _victim(reading, claim, mention, incident_of)


def _targets(claim: Claim, names: Mapping[tuple[int, int], Mention]) -> Iterator[Mention]:
    for actor in claim.targets:
        for span in actor.mentions:
            inside = [m for (start, end), m in names.items() if span[0] <= start and end <= span[1]]
            yield from inside[:1]


def _victim(reading: Reading, claim: Claim, mention: Mention, incident_of: Mapping[str, str]) -> Victim:
    age = next((q for q in reading.quantities if q.kind == "age" and _beside(q, mention)), None)
    named = mention.form == "name"
    return Victim(
        id=derived_id("v", mention.id),
        name=(mention.party or mention.text) if named else None,
        name_original=mention.text if named else None,
        description=None if named else mention.text,
        age=int(age.best) if age and age.best is not None else None,
        sex=age.sex if age else None,
        harm=claim.mode,
        incident=incident_of.get(claim.id),
        report=reading.report,
        span=(mention.start, mention.end),
        text=mention.text,
        statement=claim.statement,
    )


def _beside(quantity: Quantity, mention: Mention) -> bool:
    return abs(quantity.start - mention.end) <= 4 or abs(mention.start - quantity.end) <= 30
