"""Accusations that lie in what a party says of another, without a verb of accusing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from standoff.model import Actor, Claim, Statement, annotation_id
from standoff.read.event_words import classes

_GRAVE = frozenset({"withhold", "restrict", "siege", "harm", "violate", "torture"})


def accusations(claims: Sequence[Claim], statements: Sequence[Statement], text_hash: str) -> Iterator[Claim]:
    """An ACCUSE claim for each hostile act that a party's statement lays on somebody else.

    Only where the statement accuses, or the act is one that parties to a conflict charge each other with
    (holding back aid, breaking a truce, letting people suffer); a witness's report of an attack is none.
    """
    known = {s.id: s for s in statements if s.voice == "source" and s.party is not None}
    seen: set[tuple[str, str]] = set()
    for claim in claims:
        statement = known.get(claim.statement or "")
        if statement is None or claim.polarity == "denied" or not _charges(claim, statement):
            continue
        accused = tuple(a for a in claim.actors if _other(a, statement))
        key = (statement.id, accused[0].name if accused else "")
        if not accused or claim.trigger is None or key in seen:
            continue
        seen.add(key)
        accuser = Actor(party_id=statement.party_id, name=statement.party or "", mentions=statement.source)
        yield msgspec.structs.replace(
            claim,
            id=annotation_id("claim", text_hash, [claim.trigger], "ACCUSE|allege"),
            type="ACCUSE",
            mode="allege",
            actors=(accuser,),
            recipients=accused,
            targets=(),
            instruments=(),
            quantities=(),
            modality="actual",
            confidence=round(0.8 * claim.confidence, 2),
        )


def _charges(claim: Claim, statement: Statement) -> bool:
    if claim.modality != "actual" or claim.type not in {"ASSAULT", "COERCE", "STATE", "REJECT"}:
        return False
    return claim.mode in _GRAVE or ("accuses" in statement.stance and not _between_fighters(claim))


def _between_fighters(claim: Claim) -> bool:
    """A blow at an armed side is war news, not an accusation."""
    heads = [word for each in claim.targets for word in each.name.casefold().split()]
    return any(word in classes().armed for word in heads)


def _other(actor: Actor, statement: Statement) -> bool:
    return actor.name not in {statement.party, statement.represents}
