"""Victims: persons reported harmed, by name. Never merged here: a shared name is no proof."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial

from standoff.model import Actor, Claim, Mention, Quantity, Reading, Victim
from standoff.model.ids import derived_id
from standoff.resolve.incidents.words import any_of
from standoff.resolve.kept import Kept, Unkept
from standoff.vocab import load

HARM_MODES = frozenset({"harm", "abduct", "arrest", "kill", "injure"})


def resolve_victims(
    readings: Sequence[Reading],
    incident_of: Mapping[str, str],
    texts: Mapping[str, str],
    kept: Kept | None = None,
) -> tuple[Victim, ...]:
    """One victim for each person that a claim of harm names or describes as its target.

    Only harm that is told as done: nobody is a victim of what is planned, feared or denied. ``texts`` are
    those of the reports by id: the word that carries a claim says what became of the person.
    """
    holder = kept or Unkept()

    def found(reading: Reading, incidents: Mapping[str, str]) -> tuple[Victim, ...]:
        return tuple(_of_report(reading, incidents, texts.get(reading.report, "")))

    return tuple(
        victim
        for reading in readings
        for victim in holder.of("victims", reading, (incident_of,), partial(found, reading))
    )


def _of_report(reading: Reading, incident_of: Mapping[str, str], text: str) -> Iterator[Victim]:
    names = {
        (m.start, m.end): m
        for m in reading.mentions
        if m.type == "person" and m.form in {"name", "description"}
    }
    told: dict[str, tuple[Claim, Actor, Mention]] = {}
    for claim in reading.claims:
        if not (claim.type == "ASSAULT" or claim.mode in HARM_MODES) or claim.polarity == "denied":
            continue
        if claim.modality != "actual":
            continue
        for each, mention in _targets(claim, names):
            key = mention.party or mention.text
            before = told.get(key)
            # of two claims of one person, that which says what became of them
            if before is None or (not _harm(before[0], text) and _harm(claim, text)):
                told[key] = claim, each, before[2] if before else mention
    for claim, each, mention in told.values():
        yield _victim(reading, claim, each, mention, incident_of, text)


def _targets(claim: Claim, names: Mapping[tuple[int, int], Mention]) -> Iterator[tuple[Actor, Mention]]:
    for actor in claim.targets:
        for span in actor.mentions:
            inside = [m for (start, end), m in names.items() if span[0] <= start and end <= span[1]]
            yield from ((actor, m) for m in inside[:1])


def _victim(
    reading: Reading,
    claim: Claim,
    told: Actor,
    mention: Mention,
    incident_of: Mapping[str, str],
    text: str,
) -> Victim:
    age = next((q for q in reading.quantities if q.kind == "age" and _beside(q, mention)), None)
    years = int(age.best) if age and age.best is not None else None
    named = mention.form == "name"
    return Victim(
        id=derived_id("v", mention.id),
        name=(mention.party or mention.text) if named else None,
        name_original=mention.text if named else None,
        description=None if named else mention.text,
        age=told.age if told.age is not None else years,
        sex=told.sex or (age.sex if age else None),
        status=told.status,
        harm=_harm(claim, text) or claim.mode,
        incident=incident_of.get(claim.id),
        report=reading.report,
        span=(mention.start, mention.end),
        text=mention.text,
        statement=claim.statement,
    )


def _beside(quantity: Quantity, mention: Mention) -> bool:
    return abs(quantity.start - mention.end) <= 4 or abs(mention.start - quantity.end) <= 30


def _harm(claim: Claim, text: str) -> str | None:
    """What became of a person, by the word that carries the claim; None where it says no more than a blow."""
    return _told_by(text[slice(*claim.trigger)]) if claim.trigger else None


@lru_cache(4096)
def _told_by(words: str) -> str | None:
    return next((kind for kind, pattern in _kinds() if pattern.search(words.lower())), None)


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    told = load("en/victim_harm")
    return tuple((kind, any_of(told[kind])) for kind in told["order"])
