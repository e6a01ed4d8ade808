"""The language of the model: unknown counts, what is said of them, and sums between them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property

from standoff.model.annotation import Number
from standoff.model.when import first_day, last_day
from standoff.reconcile.accounts import Told
from standoff.reconcile.figures.asked import Subject

Ids = frozenset[str]
Edges = tuple[Number | None, Number | None]
"""Lowest low and highest high; None where a side is open."""


@dataclass(frozen=True, slots=True)
class Edge:
    """One bound: its value, the annotation ids it rests on, and the assumptions it needs."""

    value: Number
    ids: Ids = frozenset()
    assumptions: Ids = frozenset()


@dataclass(eq=False)
class Unknown:
    """A count that the model speaks of. ``told`` are the accounts of it that count;
    ``signed`` allows it to be negative; ``at`` is EDTF; ``counted`` is the unknown that this one
    is the share of (the dead that were of a group); ``subject`` what its question asks for; ``shown``
    the kind of step it is shown as, where its part in a sum tells more than its role. ``at``, ``told`` and
    ``subject`` never change, so that what is worked out of them is kept."""

    index: int
    group: str
    kind: str
    at: str | None
    label: str = ""
    told: list[Told] = field(default_factory=list)
    signed: bool = False
    whole: bool = True
    derived: bool = False
    counted: int | None = None
    subject: Subject | None = None
    shown: str | None = None
    described: frozenset[str] | None = None
    """What the words say of those counted, once it was asked for."""

    @property
    def role(self) -> str:
        """The role of its question: what it is, whatever it came to be in a sum."""
        return self.subject.role if self.subject else self.kind

    @cached_property
    def begins(self) -> dt.date:
        """The first day of its moment; the first of all days when that is unknown."""
        return first_day(self.at) or dt.date.min

    @cached_property
    def ends(self) -> dt.date:
        """The last day of its moment; the first of all days when that is unknown."""
        return last_day(self.at) or dt.date.min

    @cached_property
    def known(self) -> list[Told]:
        """Accounts that say something of the value."""
        return [each for each in self.told if each.figure.known]

    @cached_property
    def reports(self) -> frozenset[str]:
        """The reports that tell of it."""
        return frozenset(each.page.report.id for each in self.told)

    @cached_property
    def edges(self) -> Edges:
        """What all its accounts together allow."""
        return edges(self.known)


def edges(told: list[Told]) -> Edges:
    """What accounts together allow."""
    lows, highs = [each.figure.low for each in told], [each.figure.high for each in told]
    low = None if not lows or None in lows else min(each for each in lows if each is not None)
    high = None if not highs or None in highs else max(each for each in highs if each is not None)
    return low, high


@dataclass(frozen=True)
class Sum:
    """A linear rule: the sum of ``factor * unknown`` equals 0, or is at most 0 (``at_most``).

    ``ids`` are the annotations whose wording says so; ``assumptions`` must all be on for it to hold.
    """

    terms: tuple[tuple[int, int], ...]
    ids: Ids = frozenset()
    assumptions: Ids = frozenset()
    at_most: bool = False


@dataclass(frozen=True)
class ShownSum:
    """An equation as people read it: the whole, its parts with their signs, whether nothing is left
    out of the parts (``complete``), and whether it holds only under assumptions (``assumed``)."""

    whole: int
    parts: tuple[tuple[int, int], ...]
    complete: bool = True
    assumed: bool = False


@dataclass
class Model:
    """Unknowns, sums, and the equations to be shown."""

    unknowns: list[Unknown] = field(default_factory=list)
    sums: list[Sum] = field(default_factory=list)
    shown: list[ShownSum] = field(default_factory=list)
    group_names: dict[str, str] = field(default_factory=dict)
    group_units: dict[str, str] = field(default_factory=dict)

    def add(self, group: str, kind: str, at: str | None, **more: object) -> Unknown:
        """A new unknown."""
        unknown = Unknown(len(self.unknowns), group, kind, at, **more)  # type: ignore[arg-type]
        self.unknowns.append(unknown)
        return unknown

    def equal(self, terms: tuple[tuple[int, int], ...], *names: str, ids: Ids = frozenset()) -> None:
        """A sum that is 0, under the named assumptions."""
        self.sums.append(Sum(terms, ids, frozenset(names)))

    def at_most(self, terms: tuple[tuple[int, int], ...], *names: str, ids: Ids = frozenset()) -> None:
        """A sum that is at most 0, under the named assumptions."""
        self.sums.append(Sum(terms, ids, frozenset(names), at_most=True))
