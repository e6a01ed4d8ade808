"""Parties across reports: one entry for each person, organisation, state, group or population."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import partial

import msgspec

from standoff.model import Party, PossiblySame, Reading
from standoff.resolve.entities import Entity, Names, added, kind_of, named_of
from standoff.resolve.names import party_key, skeleton
from standoff.resolve.sameness import ministry_in, nation_and_body, same, speaks_for, without_kind
from standoff.resolve.union import Union


def resolve_parties(
    readings: Sequence[Reading],
    joined: Iterable[Sequence[str]],
    parted: Iterable[Sequence[str]],
    names: Names | None = None,
) -> tuple[tuple[Party, ...], dict[str, str]]:
    """Parties and the map from annotation ids (mentions, statements) to party ids.

    ``joined`` and ``parted`` hold name keys that a person joined or set apart; both overrule.
    ``names`` only saves what was worked out before.
    """
    names = names or Names()
    entities = names.collect(readings)
    compared = {
        key: names.of(("named", key), [each], partial(named_of, each)) for key, each in entities.items()
    }
    apart = {frozenset((party_key(a), party_key(b))) for group in parted for a in group for b in group}
    union = Union(entities)
    reasons: dict[str, str] = {}
    for first, second, reason in (*same(compared), *_ministries(entities)):
        if frozenset((first, second)) not in apart:
            union.join(first, second)
            reasons[second] = reason
    for group in joined:
        keys = [party_key(name) for name in group]
        for key in keys[1:]:
            if keys[0] in entities and key in entities:
                union.join(keys[0], key)
                reasons[key] = "joined by a person"
    return _build(entities, union, reasons, apart, names)


def _ministries(entities: dict[str, Entity]) -> Iterator[tuple[str, str, str]]:
    """A ministry by its matter first or last; and "the ministry" of reports that name none, where the record
    tells of one far more than of any other."""
    by_matter: defaultdict[str, list[str]] = defaultdict(list)
    for key in sorted(entities):
        words = key.split("-")
        if words[0] == "ministry" and words[1:2] in (["of"], ["for"]) and len(words) > 2:
            by_matter["-".join([*words[2:], "ministry"])].append(key)
        elif words[-1] == "ministry" and len(words) > 1:
            by_matter[key].append(key)
    for keys in by_matter.values():
        yield from ((keys[0], other, "one ministry, named by its matter") for other in keys[1:])
    told = sorted(
        (-len(set().union(*(entities[key].reports for key in keys))), keys[0]) for keys in by_matter.values()
    )
    if (
        "ministry" in entities
        and told
        and -told[0][0] > 1
        and (len(told) < 2 or told[0][0] <= 2 * told[1][0])
    ):
        yield told[0][1], "ministry", "the ministry that the record tells of"


def _own_state(entities: dict[str, Entity]) -> str | None:
    """The state whose bodies the record names by nation, if it is one alone: bare bodies are then its."""
    found = (nation_and_body(tuple(key.split("-"))) for key in entities)
    nations = {nation for nation, body in found if nation and body}
    return next(iter(nations)) if len(nations) == 1 else None


def _build(
    entities: dict[str, Entity],
    union: Union,
    reasons: dict[str, str],
    apart: Set[frozenset[str]],
    names: Names,
) -> tuple[tuple[Party, ...], dict[str, str]]:
    parties: list[Party] = []
    party_of: dict[str, str] = {}
    own = _own_state(entities)
    for members in union.groups():
        group = [entities[key] for key in members]
        reason = "; ".join(sorted({reasons[key] for key in members if key in reasons})) or None
        party, mine = names.of(
            ("party", members[0]), group, partial(_party, members, group, reason, own), (reason, own)
        )
        parties.append(party)
        party_of.update(mine)
    return _with_look_alikes(sorted(parties, key=lambda p: (-p.mentions, p.id)), apart), party_of


def _party(
    members: list[str], group: list[Entity], reason: str | None, own: str | None
) -> tuple[Party, dict[str, str]]:
    """One party, and the map to it; rests on what is known of its names, why they were joined and ``own``."""
    names = added(e.names for e in group)
    shown = sorted(names, key=lambda n: _rank(n, names)) or [members[0]]
    lead = max(group, key=lambda e: (len(e.key.split("-")), sum(e.types.values()), e.key))
    identity = f"p-{party_key(shown[0])}"
    stands_for = added(e.represents for e in group)
    party = Party(
        id=identity,
        name=shown[0],
        type=kind_of(lead),
        aliases=tuple(sorted({n for e in group for n in (*e.names, *e.offices)} - {shown[0]})),
        represents=_state([*members, *map(party_key, stands_for)], own) or _first(stands_for),
        reports=tuple(sorted({r for e in group for r in e.reports})),
        statements=tuple(sorted(s for e in group for s in e.statements)),
        mentions=sum(len(e.mentions) for e in group),
        reason=reason,
    )
    return party, {each: identity for e in group for each in (*e.mentions, *e.statements)}


def _state(members: list[str], own: str | None) -> str | None:
    """Whom a party speaks for by its names: its state, as the army or a spokesman of it, or its ministry."""
    found = [speaks_for(tuple(key.split("-"))) for key in members]
    named = next((nation for nation, body in found if nation and body), None)
    state = named or (own if any(body for _, body in found) else None)
    return state or next((body for key in members if (body := ministry_in(key.split("-")))), None)


def _rank(name: str, names: Mapping[str, int]) -> tuple[int, bool, int, str]:
    """Fuller names win over surnames, but no name by a word of its kind ("ABC rebels"); among equals the one
    most used."""
    words = name.split()
    own = without_kind(words)
    return -names[name] - 1000 * min(own, 3), own < len(words), -len(name), name


def _first(counter: Mapping[str, int]) -> str | None:
    ranked = sorted(counter.items(), key=lambda item: (-item[1], -len(item[0].split()), item[0]))
    return ranked[0][0] if ranked else None


def _with_look_alikes(parties: list[Party], apart: Set[frozenset[str]]) -> tuple[Party, ...]:
    """Mark parties that share a spelling skeleton but were not joined, for a person to look at; those that a
    person set apart are settled."""
    blocks: defaultdict[tuple[str, str], list[Party]] = defaultdict(list)
    for party in parties:
        blocks[party.type, skeleton(party.name)].append(party)
    marked = []
    for party in parties:
        alike = blocks[party.type, skeleton(party.name)]
        twins = [p for p in alike if p.id != party.id and not _settled(party, p, apart)]
        if not twins:
            marked.append(party)
            continue
        notes = tuple(PossiblySame(other=p.id, reason="a like spelling", confidence=0.5) for p in twins[:5])
        marked.append(msgspec.structs.replace(party, possibly_same=notes))
    return tuple(marked)


def _settled(one: Party, other: Party, apart: Set[frozenset[str]]) -> bool:
    keys = [{party_key(name) for name in (each.name, *each.aliases)} for each in (one, other)]
    return bool(apart) and any(frozenset((a, b)) in apart for a in keys[0] for b in keys[1])
