"""Write what was resolved back into copies of the readings: party, incident and place ids."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TypeVar

import msgspec

from standoff.model import Actor, Claim, Mention, Party, Quantity, Reading, Referents, Statement
from standoff.resolve.kept import Kept, Table, Unkept
from standoff.resolve.names import party_key

Named = TypeVar("Named", Statement, Mention)


def bind(readings: Sequence[Reading], referents: Referents, kept: Kept | None = None) -> tuple[Reading, ...]:
    """The readings with ``party_id`` and ``incident`` filled wherever `resolve` knows them."""
    kept = kept or Unkept()
    by_key = kept.stage("names", [referents.parties], partial(_by_key, referents.parties))
    tables = (referents.party_of, referents.incident_of, by_key)
    what = "bound" if referents.incident_of else "bound to parties"
    return tuple(kept.of(what, reading, tables, partial(_bound, reading)) for reading in readings)


def _by_key(parties: Sequence[Party]) -> dict[str, str]:
    return {party_key(name): party.id for party in parties for name in (*party.aliases, party.name)}


def _bound(reading: Reading, party_of: Table, incident_of: Table, by_key: Table) -> Reading:
    return msgspec.structs.replace(
        reading,
        statements=tuple(_of_party(s, party_of.get(s.id)) for s in reading.statements),
        mentions=tuple(_of_party(m, party_of.get(m.id)) for m in reading.mentions),
        quantities=tuple(_of_incident(q, incident_of.get(q.id)) for q in reading.quantities),
        claims=tuple(_claim(c, incident_of, by_key) for c in reading.claims),
    )


def _of_party(record: Named, party: str | None) -> Named:
    if party is None or party == record.party_id:
        return record
    return msgspec.structs.replace(record, party_id=party)


def _of_incident(quantity: Quantity, incident: str | None) -> Quantity:
    if incident is None or incident == quantity.incident:
        return quantity
    return msgspec.structs.replace(quantity, incident=incident)


def _claim(claim: Claim, incident_of: Table, by_key: Table) -> Claim:
    def bound(actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
        if not actors:
            return actors
        named = [by_key.get(party_key(a.name), a.party_id) for a in actors]
        if all(party == a.party_id for party, a in zip(named, actors, strict=True)):
            return actors
        return tuple(
            msgspec.structs.replace(a, party_id=party) for party, a in zip(named, actors, strict=True)
        )

    fields = {
        "actors": bound(claim.actors),
        "recipients": bound(claim.recipients),
        "targets": bound(claim.targets),
        "incident": incident_of.get(claim.id, claim.incident),
    }
    same = all(getattr(claim, name) is value for name, value in fields.items())
    return claim if same else msgspec.structs.replace(claim, **fields)
