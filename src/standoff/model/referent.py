"""What mentions, places, quantities and claims refer to, within a report and across reports."""

from __future__ import annotations

import msgspec


class PossiblySame(msgspec.Struct, frozen=True, kw_only=True):
    """A link that was not made: enough agrees to ask a person, not enough to join."""

    other: str
    reason: str
    confidence: float


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """A person, organisation, state, armed group, population or medium that mentions resolve to."""

    id: str
    name: str
    type: str
    aliases: tuple[str, ...] = ()
    represents: str | None = None
    reports: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    mentions: int = 0
    reason: str | None = None
    possibly_same: tuple[PossiblySame, ...] = ()


class PlaceReferent(msgspec.Struct, frozen=True, kw_only=True):
    """A place in the world: WGS84 degrees, radius in km, and the annotations that name it."""

    id: str
    name: str
    geonameid: int | None = None
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    country: str | None = None
    feature: str | None = None
    names: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """A group of people or things that quantities count, e.g. fighters, buses, hostages.

    ``unit`` is what one member is ("person", "bus"); ``members`` the quantity ids that count it; ``noun`` the
    class of its noun (``general`` when that names nobody in particular, as "people"), and ``party`` the
    nation, party or side whose people alone it counts (its ``parent`` is then the group of all).
    """

    id: str
    name: str
    unit: str
    members: tuple[str, ...] = ()
    parent: str | None = None
    party: str | None = None
    noun: str = ""
    general: bool = False


class Incident(msgspec.Struct, frozen=True, kw_only=True):
    """One occurrence at one place and time. Never merged on figures alone."""

    id: str
    name: str
    type: str
    mode: str | None = None
    when: str | None = None
    place: str | None = None
    actors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    quantities: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    reason: str | None = None
    confidence: float = 1.0
    possibly_same: tuple[PossiblySame, ...] = ()


class Victim(msgspec.Struct, frozen=True, kw_only=True):
    """A person reported harmed, named or described; never merged without a stated reason."""

    id: str
    name: str | None
    name_original: str | None = None
    description: str | None = None
    age: int | None = None
    sex: str | None = None
    status: str | None = None
    harm: str | None = None
    incident: str | None = None
    report: str
    span: tuple[int, int]
    text: str
    statement: str | None = None
    reason: str | None = None


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """Where a report's words first came from: copies of one wire story share one origin."""

    id: str
    name: str
    reports: tuple[str, ...]
    evidence: str


class Referents(msgspec.Struct, frozen=True, kw_only=True):
    """Everything `resolve` found; ``*_of`` map annotation ids to referent ids."""

    parties: tuple[Party, ...] = ()
    places: tuple[PlaceReferent, ...] = ()
    groups: tuple[Group, ...] = ()
    incidents: tuple[Incident, ...] = ()
    victims: tuple[Victim, ...] = ()
    origins: tuple[Origin, ...] = ()
    party_of: dict[str, str] = {}
    place_of: dict[str, str] = {}
    group_of: dict[str, str] = {}
    incident_of: dict[str, str] = {}
    origin_of: dict[str, str] = {}
