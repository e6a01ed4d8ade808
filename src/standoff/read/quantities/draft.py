"""A quantity while it is being read: what the steps of this layer fill in before it is made a record."""

from __future__ import annotations

from typing import Literal

import msgspec

from standoff.model.annotation import Measure, Number, QuantityKind
from standoff.read.quantities.nouns import Counted
from standoff.read.quantities.persons import Age, Sex, Status
from standoff.read.quantities.rules import Bounds


class Draft(msgspec.Struct, kw_only=True, eq=False):
    """One quantity in the making. ``related`` is the other quantity; ``anchor`` the token of its grammar."""

    start: int
    end: int
    kind: QuantityKind
    bounds: Bounds
    counted: Counted = Counted()
    unit: str | None = None
    what: str | None = None
    group: str | None = None
    role: str | None = None
    measure: Measure | None = None
    status: Status | None = None
    sex: Sex | None = None
    age: Age | None = None
    of_total: Literal["inside", "outside"] | None = None
    relation: str | None = None
    related: Draft | None = None
    whole: Number | None = None
    negated: bool = False
    confidence: float = 0.95
    anchor: int | None = None
    hedges: tuple[str, ...] = ()
    number_start: int = 0
    number_end: int = 0
    roleless: bool = False
    personal: bool = False

    @property
    def value(self) -> Number | None:
        """The best value, else the bound that is stated."""
        for each in (self.bounds.best, self.bounds.low, self.bounds.high):
            if each is not None:
                return each
        return None
