"""A sketch: what one report tells of one would-be incident, as features that can be compared."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from standoff.model.ids import derived_id


class Telling(NamedTuple):
    """What a sketch needs of a claim: its annotation id, where its words begin, its method, and how it is
    meant. Which counts it holds is no part of it: they never join anything."""

    id: str
    start: int
    mode: str | None
    modality: str
    polarity: str


class Tally(NamedTuple):
    """A count of harm that no claim holds: its annotation id, and where it stands in code points."""

    id: str
    start: int


@dataclass
class Sketch:
    """What is known of one would-be incident: the union of what its claims and counts tell.

    ``counts`` are counts of harm that no claim holds.

    ``towns`` and ``regions`` are place ids; ``scene`` the towns of the report, for a sketch that names
    none, and ``land`` the country that the report names most;
    ``kinds`` are kinds of occurrence by its words, ``sites`` proper names of sites; ``targets`` holds
    party ids and classes of nouns, never general ones ("people"); ``told`` the day of the report; ``several``
    says that its words sum up more than one occurrence; ``days`` are those that its report names;
    ``harm`` the roles of its counts of people harmed; ``night`` says that it was at night, of which reports
    name the day before or the day after.
    """

    report: str
    type: str
    mode: str | None
    when: str | None
    towns: frozenset[str]
    regions: frozenset[str]
    kinds: frozenset[str]
    sites: frozenset[str]
    actors: frozenset[str]
    targets: frozenset[str]
    claims: list[Telling]
    counts: list[Tally]
    start: int
    told: dt.date | None
    scene: frozenset[str] = field(default_factory=frozenset)
    land: str | None = None
    several: bool = False
    days: frozenset[str] = field(default_factory=frozenset)
    harm: frozenset[str] = field(default_factory=frozenset)
    night: bool = False

    @property
    def id(self) -> str:
        """Id from the anchor of its first claim, else of its first count (an annotation id)."""
        return derived_id("in", self.first)

    @property
    def first(self) -> str:
        """Annotation id of its first claim, else of its first count."""
        return (self.claims or self.counts)[0].id

    @property
    def ids(self) -> tuple[str, ...]:
        """Annotation ids of its claims and counts."""
        return (*(claim.id for claim in self.claims), *(each.id for each in self.counts))

    @property
    def starts(self) -> list[int]:
        """Where its claims and counts stand, in code points."""
        return [claim.start for claim in self.claims] + [count.start for count in self.counts]

    @property
    def manner(self) -> frozenset[str]:
        """How its claims are meant (actual, historical)."""
        return frozenset(claim.modality for claim in self.claims) or frozenset({"actual"})

    @property
    def polarity(self) -> frozenset[str]:
        """Whether its claims affirm or deny."""
        return frozenset(claim.polarity for claim in self.claims) or frozenset({"affirmed"})

    @property
    def order(self) -> tuple[str, str, int, str]:
        """By day of the report, then report and place in its text."""
        return (self.told.isoformat() if self.told else "~", self.report, self.start, self.first)

    def absorb(self, other: Sketch) -> None:
        """Take in what another sketch of the same report tells."""
        self.claims += other.claims
        self.counts += other.counts
        self.mode = self.mode or other.mode
        self.when = narrower(self.when, other.when)
        self.towns |= other.towns
        self.regions |= other.regions
        self.scene = self.scene or other.scene
        self.kinds |= other.kinds
        self.sites |= other.sites
        self.actors |= other.actors
        self.targets |= other.targets
        self.harm |= other.harm
        self.night |= other.night
        self.start = other.start

    def copy(self) -> Sketch:
        """The same features, apart from this one."""
        return replace(self, claims=list(self.claims), counts=list(self.counts))


def narrower(one: str | None, other: str | None) -> str | None:
    """Of two dates that meet, the shorter one; the first on a tie."""
    if one is None or other is None:
        return one or other
    return other if len(other) > len(one) and "/" not in other else one
