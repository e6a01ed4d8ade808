"""`Incident` records from gathered sketches, and which claims and counts belong to which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import chain
from operator import is_
from typing import NamedTuple

from standoff.model import Group, Incident, PlaceReferent, PossiblySame, Reading
from standoff.resolve.incidents.across import Gathered, gather
from standoff.resolve.incidents.atlas import Atlas, told_together
from standoff.resolve.incidents.scenes import Where
from standoff.resolve.incidents.sketch import Sketch
from standoff.resolve.incidents.state import State
from standoff.resolve.incidents.within import sketches_of
from standoff.resolve.kept import Kept, Table, Unkept
from standoff.resolve.union import Union

NAMES = {"ASSAULT": "attack or harm", "COERCE": "coercion", "PROTEST": "protest", "AGREE": "agreement"}
ACCIDENTS = frozenset(
    {"fire", "crash", "sinking", "collapse", "stampede", "flood", "quake", "landslide", "storm", "disease"}
)


def resolve_incidents(
    readings: Sequence[Reading],
    place_of: Mapping[str, str],
    joined: Sequence[Sequence[str]] = (),
    parted: Sequence[Sequence[str]] = (),
    texts: Mapping[str, str] | None = None,
    places: Sequence[PlaceReferent] = (),
    groups: Sequence[Group] = (),
    kept: Kept | None = None,
) -> tuple[tuple[Incident, ...], dict[str, str]]:
    """Incidents and the map from claim and quantity ids to them.

    ``joined`` and ``parted`` are groups of ids of claims and counts that a person joined or set apart: both
    overrule.
    ``texts`` holds the text layers by report, for the words of claims; ``places`` the place
    referents, and ``groups`` what quantities count.
    """
    apart = frozenset(frozenset((a, b)) for group in parted for a in group for b in group if a != b)
    holder = kept or Unkept()
    texts = texts or {}
    where, atlas = holder.stage(
        "places of scenes",
        [places, place_of, *(each.places for each in readings)],
        lambda: (
            Where(list(readings), place_of, texts),
            Atlas(places, told_together(readings, place_of, texts)),
        ),
        texts,
    )
    nouns = holder.stage("nouns", [groups], partial(_nouns, groups))
    tables = (where.place_of, where.by_name, where.wide, nouns, atlas.points, atlas.besides)

    def drawn(reading: Reading, parts: frozenset[frozenset[str]], *looked: Table) -> list[Sketch]:
        placed, named, wide, noun_of, points, besides = looked
        scenes = where.looking_in(placed, named, wide)
        return sketches_of(reading, scenes, noun_of, atlas.looking_in(points, besides), parts)

    def sketched(reading: Reading) -> list[Sketch]:
        parts = _within(reading, apart)
        return holder.of("sketches", reading, tables, partial(drawn, reading, parts), parts)

    found = [sketched(each) for each in readings]
    together = [group for group in joined if len(group) > 1]
    gathered = holder.stage(
        "gathered",
        [places, *found],
        lambda: _put_together(found, atlas, apart, together, _start(holder, atlas)),
        (atlas.besides, apart, together),
    )
    counts = {claim.id: claim.quantities for each in readings for claim in each.claims if claim.quantities}
    return holder.stage("incidents", [gathered], lambda: _incidents(gathered, counts, holder), counts)


def _nouns(groups: Sequence[Group]) -> dict[str, str]:
    """The class of what each quantity counts, where it says who or what."""
    return {each: group.noun for group in groups for each in group.members if not group.general}


def _start(kept: Kept, atlas: Atlas) -> State:
    """What is known of how sketches fitted at the view before, if each place lies where it lay."""
    before: tuple[Atlas, State] | None = kept.last.get("gathered")
    start = State(before[1] if before and atlas.extends(before[0]) else None)
    kept.last["gathered"] = atlas, start
    return start


def _within(reading: Reading, apart: frozenset[frozenset[str]]) -> frozenset[frozenset[str]]:
    """Of the pairs that a person set apart those of one report."""
    if not apart:
        return apart
    mine = {claim.id for claim in reading.claims} | {count.id for count in reading.quantities}
    return frozenset(pair for pair in apart if pair <= mine)


def _put_together(
    sketches: Sequence[Sequence[Sketch]],
    atlas: Atlas,
    apart: frozenset[frozenset[str]],
    joined: Sequence[Sequence[str]],
    start: State,
) -> list[Gathered]:
    return _joined_by_people(gather(chain.from_iterable(sketches), atlas, apart, start), joined)


def _incidents(
    gathered: Sequence[Gathered], counts: Mapping[str, tuple[str, ...]], kept: Kept
) -> tuple[tuple[Incident, ...], dict[str, str]]:
    """Incident records, and the map to them; ``counts`` are those that claims hold."""
    identity = {part.id: each.parts[0].id for each in gathered for part in each.parts}
    before: dict[str, _Made] = kept.last.get("incidents made", {})
    made = [_made(each, identity, counts, before.get(identity[each.parts[0].id])) for each in gathered]
    kept.last["incidents made"] = {each.incident.id: each for each in made}
    incidents = tuple(sorted((each.incident for each in made), key=lambda one: one.id))
    return incidents, {each: one.id for one in incidents for each in (*one.claims, *one.quantities)}


def _joined_by_people(gathered: list[Gathered], joined: Sequence[Sequence[str]]) -> list[Gathered]:
    """Incidents whose claims or counts a person put together are one, whatever else is known."""
    holder = {member: n for n, each in enumerate(gathered) for member in each.traits.ids}
    union = Union(str(n) for n in range(len(gathered)))
    for group in joined:
        known = [str(holder[claim]) for claim in group if claim in holder]
        for n in known[1:]:
            union.join(known[0], n)
    found = []
    for members in union.groups():
        ordered: list[Gathered] = [gathered[int(n)] for n in sorted(members, key=int)]
        first = ordered[0]
        for other in ordered[1:]:
            for part in other.parts:
                first.take(part, "joined by a person", 1.0)
            first.doubts.update(other.doubts)
        found.append(first)
    return found


class _Made(NamedTuple):
    parts: Sequence[Sketch]
    equal: object
    incident: Incident


def _made(
    one: Gathered,
    identity: Mapping[str, str],
    counts: Mapping[str, tuple[str, ...]],
    before: _Made | None,
) -> _Made:
    """The record of an incident; that of before where the same sketches joined for the same reasons, with the
    same counts and doubts."""
    mine = one.parts[0].id
    doubts = {identity[other]: reason for other, reason in one.doubts.items() if identity[other] != mine}
    held = [each for part in one.parts for claim in part.claims for each in counts.get(claim.id, ())]
    equal = doubts, held, one.reasons, one.confidence
    if before and before.equal == equal and _same_parts(before.parts, one.parts):
        return before
    return _Made(one.parts, equal, _incident(one, doubts, counts))


def _same_parts(some: Sequence[Sketch], others: Sequence[Sketch]) -> bool:
    return len(some) == len(others) and all(map(is_, some, others))


def _incident(one: Gathered, doubts: Mapping[str, str], counts: Mapping[str, tuple[str, ...]]) -> Incident:
    parts = [one.parts[0], *sorted(one.parts[1:], key=lambda part: part.order)]
    mine = parts[0].id
    claims = [claim for part in parts for claim in part.claims]
    held = [each for claim in claims for each in counts.get(claim.id, ())]
    mode = _mode(parts)
    return Incident(
        id=mine,
        name=_name(one.traits, mode),
        type=parts[0].type,
        mode=mode,
        when=one.traits.when,
        place=_place(parts),
        actors=_by_use(a for p in parts for a in p.actors),
        targets=_by_use(t for p in parts for t in p.targets),
        claims=tuple(c.id for c in claims),
        quantities=tuple(dict.fromkeys((*held, *(q.id for part in parts for q in part.counts)))),
        reports=tuple(sorted({p.report for p in parts})),
        reason="; ".join(sorted(set(one.reasons))) or None,
        confidence=round(one.confidence, 2),
        possibly_same=tuple(
            PossiblySame(other=other, reason=reason, confidence=0.5)
            for other, reason in sorted(doubts.items())
        ),
    )


def _mode(parts: Sequence[Sketch]) -> str | None:
    """The method most claims name; the first of them on a tie."""
    ranked = _by_use(
        claim.mode for part in parts for claim in part.claims if claim.mode not in {None, "harm"}
    )
    return ranked[0] if ranked else None


def _place(parts: Sequence[Sketch]) -> str | None:
    """The town most parts name, else the region."""
    towns = _by_use(town for part in parts for town in part.towns)
    regions = _by_use(region for part in parts for region in part.regions)
    return next(iter((*towns, *regions)), None)


def _by_use(keys: Iterable[str | None]) -> tuple[str, ...]:
    """Keys once each, those most used first."""
    counted = Counter(key for key in keys if key is not None)
    return tuple(sorted(counted, key=lambda key: (-counted[key], key)))


def _name(traits: Sketch, mode: str | None) -> str:
    kinds = sorted(traits.kinds & ACCIDENTS)
    words = NAMES[traits.type]
    detail = mode if not kinds else " and ".join(kinds[:2])
    return f"{words} ({detail})" if detail else words
