"""Parties across reports: one entry for each person, organisation, state, group or population."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set

import msgspec

from standoff.model import Party, PossiblySame, Reading
from standoff.resolve.names import canonical, party_key, skeleton
from standoff.resolve.sameness import Named, ministry_in, nation_and_body, same, speaks_for, without_kind
from standoff.resolve.union import Union


class Entity(msgspec.Struct):
    """What is known of one name key while parties are being put together."""

    key: str
    names: Counter[str]
    types: Counter[str]
    represents: Counter[str]
    reports: set[str]
    mentions: list[str]
    statements: list[str]
    offices: set[str] = msgspec.field(default_factory=set)
    named: bool = False


def resolve_parties(
    readings: Sequence[Reading], joined: Iterable[Sequence[str]], parted: Iterable[Sequence[str]]
) -> tuple[tuple[Party, ...], dict[str, str]]:
    """Parties and the map from annotation ids (mentions, statements) to party ids.

    ``joined`` and ``parted`` hold name keys that a person joined or set apart; both overrule.
    """
    entities = _collect(readings)
    apart = {frozenset((party_key(a), party_key(b))) for group in parted for a in group for b in group}
    union = Union(entities)
    reasons: dict[str, str] = {}
    for first, second, reason in (*same(_named(entities)), *_ministries(entities)):
        if frozenset((first, second)) not in apart:
            union.join(first, second)
            reasons[second] = reason
    for group in joined:
        keys = [party_key(name) for name in group]
        for key in keys[1:]:
            if keys[0] in entities and key in entities:
                union.join(keys[0], key)
                reasons[key] = "joined by a person"
    return _build(entities, union, reasons, apart)


def _collect(readings: Sequence[Reading]) -> dict[str, Entity]:
    entities: dict[str, Entity] = {}

    def entity(name: str) -> Entity:
        key = party_key(name)
        if key not in entities:
            entities[key] = Entity(key, Counter(), Counter(), Counter(), set(), [], [])
        return entities[key]

    for reading in readings:
        for mention in reading.mentions:
            name = mention.party or (mention.text if mention.form == "name" else None)
            if not name:
                continue
            one = entity(name)
            shown, known_type = canonical(name)
            one.names[shown] += 1
            one.named = one.named or mention.form == "name"
            if mention.form == "name":
                one.names[canonical(mention.text)[0]] += 0
            one.types[known_type or mention.type] += 1 if known_type or mention.form == "name" else 0
            one.represents.update([canonical(mention.represents)[0]] if mention.represents else [])
            if (
                mention.form == "description"
                and nation_and_body(tuple(party_key(mention.text).split("-")))[1]
            ):
                one.offices.add(canonical(mention.text)[0])
            one.reports.add(reading.report)
            one.mentions.append(mention.id)
        for statement in reading.statements:
            if not statement.party:
                continue
            one = entity(statement.party)
            one.names[canonical(statement.party)[0]] += 1
            one.represents.update([canonical(statement.represents)[0]] if statement.represents else [])
            one.reports.add(reading.report)
            one.statements.append(statement.id)
    return entities


def _kind(entity: Entity) -> str:
    known = canonical(entity.names.most_common(1)[0][0])[1] if entity.names else None
    best = sorted(entity.types.items(), key=lambda item: (-item[1], item[0]))
    return known or (best[0][0] if best else "unknown")


def _named(entities: dict[str, Entity]) -> dict[str, Named]:
    return {
        key: Named(
            words=tuple(key.split("-")),
            kind=_kind(each) if each.named or _kind(each) != "person" else "described",
            chained=frozenset(party_key(name) for name in each.names) - {key},
        )
        for key, each in entities.items()
    }


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
    entities: dict[str, Entity], union: Union, reasons: dict[str, str], apart: Set[frozenset[str]]
) -> tuple[tuple[Party, ...], dict[str, str]]:
    parties, party_of = [], {}
    own = _own_state(entities)
    for members in union.groups():
        group = [entities[key] for key in members]
        names = sum((e.names for e in group), Counter())
        shown = sorted(names, key=lambda n: _rank(n, names)) or [members[0]]
        lead = max(group, key=lambda e: (len(e.key.split("-")), sum(e.types.values()), e.key))
        identity = f"p-{party_key(shown[0])}"
        stands_for = sum((e.represents for e in group), Counter())
        for entity in group:
            party_of.update(dict.fromkeys((*entity.mentions, *entity.statements), identity))
        parties.append(
            Party(
                id=identity,
                name=shown[0],
                type=_kind(lead),
                aliases=tuple(sorted({n for e in group for n in (*e.names, *e.offices)} - {shown[0]})),
                represents=_state([*members, *map(party_key, stands_for)], own) or _first(stands_for),
                reports=tuple(sorted({r for e in group for r in e.reports})),
                statements=tuple(sorted(s for e in group for s in e.statements)),
                mentions=sum(len(e.mentions) for e in group),
                reason="; ".join(sorted({reasons[k] for k in members if k in reasons})) or None,
            )
        )
    return _with_look_alikes(sorted(parties, key=lambda p: (-p.mentions, p.id)), apart), party_of


def _state(members: list[str], own: str | None) -> str | None:
    """Whom a party speaks for by its names: its state, as the army or a spokesman of it, or its ministry."""
    found = [speaks_for(tuple(key.split("-"))) for key in members]
    named = next((nation for nation, body in found if nation and body), None)
    state = named or (own if any(body for _, body in found) else None)
    return state or next((body for key in members if (body := ministry_in(key.split("-")))), None)


def _rank(name: str, names: Counter[str]) -> tuple[int, bool, int, str]:
    """Fuller names win over surnames, but no name by a word of its kind ("ABC rebels"); among equals the one
    most used."""
    words = name.split()
    own = without_kind(words)
    return -names[name] - 1000 * min(own, 3), own < len(words), -len(name), name


def _first(counter: Counter[str]) -> str | None:
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
        notes = tuple(PossiblySame(other=p.id, reason="a like spelling", confidence=0.5) for p in twins[:5])
        marked.append(msgspec.structs.replace(party, possibly_same=notes))
    return tuple(marked)


def _settled(one: Party, other: Party, apart: Set[frozenset[str]]) -> bool:
    keys = [{party_key(name) for name in (each.name, *each.aliases)} for each in (one, other)]
    return bool(apart) and any(frozenset((a, b)) in apart for a in keys[0] for b in keys[1])
