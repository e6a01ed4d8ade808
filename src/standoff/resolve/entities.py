"""What readings tell of each name, put together by name key; what is unchanged is the same object as before.

Each reading's part is kept while its mentions and statements are the same objects, and what is known of a key
while its parts are: so a later stage sees of which names something new was told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from operator import is_
from typing import NamedTuple, TypeVar, cast

import msgspec

from standoff.model import Mention, Reading, Statement
from standoff.resolve.names import canonical, party_key
from standoff.resolve.sameness import Named, nation_and_body

T = TypeVar("T")


class Entity(msgspec.Struct, eq=False):
    """What is known of one name key. Nobody may change it once it is put together."""

    key: str
    names: dict[str, int] = msgspec.field(default_factory=dict)
    types: dict[str, int] = msgspec.field(default_factory=dict)
    represents: dict[str, int] = msgspec.field(default_factory=dict)
    reports: set[str] = msgspec.field(default_factory=set)
    mentions: list[str] = msgspec.field(default_factory=list)
    statements: list[str] = msgspec.field(default_factory=list)
    offices: set[str] = msgspec.field(default_factory=set)
    named: bool = False


class _Read(NamedTuple):
    mentions: Sequence[Mention]
    statements: Sequence[Statement]
    found: dict[str, Entity]


class _Made(NamedTuple):
    same: Sequence[object]
    equal: object
    result: object


class Names:
    """What was told of names at the view before. Results do not depend on it."""

    def __init__(self) -> None:
        self._read: dict[str, _Read] = {}
        self._before: dict[Hashable, _Made] = {}
        self._now: dict[Hashable, _Made] = {}

    def collect(self, readings: Sequence[Reading]) -> dict[str, Entity]:
        """All that the readings tell, by key, in the order in which keys are first told."""
        self._before, self._now = self._now, {}
        before, self._read = self._read, {}
        parts: defaultdict[str, list[Entity]] = defaultdict(list)
        for reading in readings:
            held = before.get(reading.report)
            if not held or held.mentions is not reading.mentions or held.statements is not reading.statements:
                held = _Read(reading.mentions, reading.statements, _told(reading))
            self._read[reading.report] = held
            for key, entity in held.found.items():
                parts[key].append(entity)
        return {key: self._joined(key, each) for key, each in parts.items()}

    def of(self, what: Hashable, same: Sequence[object], work: Callable[[], T], equal: object = None) -> T:
        """What ``work`` gives, as it was at the view before while it is made of the objects ``same`` and of
        equal values. Nobody may change what it gives."""
        held = self._before.get(what)
        if not held or not _alike(held.same, same) or held.equal != equal:
            held = _Made(same, equal, work())
        self._now[what] = held
        return cast("T", held.result)

    def _joined(self, key: str, parts: list[Entity]) -> Entity:
        return parts[0] if len(parts) == 1 else self.of(("joined", key), parts, lambda: _join(key, parts))


def _alike(some: Sequence[object], others: Sequence[object]) -> bool:
    return len(some) == len(others) and all(map(is_, some, others))


def _join(key: str, parts: Iterable[Entity]) -> Entity:
    whole = Entity(key)
    for part in parts:
        _add(whole.names, part.names)
        _add(whole.types, part.types)
        _add(whole.represents, part.represents)
        whole.reports |= part.reports
        whole.mentions += part.mentions
        whole.statements += part.statements
        whole.offices |= part.offices
        whole.named = whole.named or part.named
    return whole


def _add(counts: dict[str, int], more: Mapping[str, int]) -> None:
    for each, n in more.items():
        counts[each] = counts.get(each, 0) + n


def added(several: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Counts of several put together, without what was never counted."""
    found: dict[str, int] = {}
    for counts in several:
        _add(found, {each: n for each, n in counts.items() if n})
    return found


def _told(reading: Reading) -> dict[str, Entity]:
    """What one reading tells of names, by key."""
    found: dict[str, Entity] = {}

    def entity(name: str) -> Entity:
        key = party_key(name)
        if key not in found:
            found[key] = Entity(key)
        found[key].reports.add(reading.report)
        return found[key]

    for mention in reading.mentions:
        if name := mention.party or (mention.text if mention.form == "name" else None):
            _mentioned(entity(name), name, mention)
    for statement in reading.statements:
        if statement.party:
            one = entity(statement.party)
            _count(one.names, canonical(statement.party)[0])
            if statement.represents:
                _count(one.represents, canonical(statement.represents)[0])
            one.statements.append(statement.id)
    return found


def _mentioned(one: Entity, name: str, mention: Mention) -> None:
    shown, known_type = canonical(name)
    _count(one.names, shown)
    one.named = one.named or mention.form == "name"
    if mention.form == "name":
        _count(one.names, canonical(mention.text)[0], 0)
    _count(one.types, known_type or mention.type, 1 if known_type or mention.form == "name" else 0)
    if mention.represents:
        _count(one.represents, canonical(mention.represents)[0])
    if mention.form == "description" and nation_and_body(tuple(party_key(mention.text).split("-")))[1]:
        one.offices.add(canonical(mention.text)[0])
    one.mentions.append(mention.id)


def _count(counts: dict[str, int], what: str, n: int = 1) -> None:
    counts[what] = counts.get(what, 0) + n


def kind_of(entity: Entity) -> str:
    """The kind of party that most mentions take it for; a name that the aliases know, by them."""
    known = canonical(max(entity.names, key=entity.names.__getitem__))[1] if entity.names else None
    best = sorted(entity.types.items(), key=lambda item: (-item[1], item[0]))
    return known or (best[0][0] if best else "unknown")


def named_of(entity: Entity) -> Named:
    """The name as it is compared with others."""
    kind = kind_of(entity)
    return Named(
        words=tuple(entity.key.split("-")),
        kind=kind if entity.named or kind != "person" else "described",
        chained=frozenset(party_key(name) for name in entity.names) - {entity.key},
    )
