"""The language of the model: unknown counts, what is said of them, and sums between them."""

from __future__ import annotations

from dataclasses import dataclass, field

from standoff.model.annotation import Number
from standoff.reconcile.accounts import Told
from standoff.reconcile.figures.subjects import Subject

Ids = frozenset[str]


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
    the kind of step it is shown as, where its part in a sum tells more than its role."""

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
    """What the words say of those counted, once it was asked for (``told`` never changes)."""

    @property
    def role(self) -> str:
        """The role of its question: what it is, whatever it came to be in a sum."""
        return self.subject.role if self.subject else self.kind


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
