"""One connected piece of the model as a value: what is said in it and what must add up; its solution.

A component is hashable and complete: equal components have equal solutions, so a solution may be kept.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import NamedTuple

from standoff.model.annotation import Number
from standoff.reconcile.ledger.terms import Edge, Sum

Pair = tuple[Edge | None, Edge | None]


class Said(NamedTuple):
    """A claim about one unknown: its annotation and the bounds it gives (None: open)."""

    unknown: int
    annotation: str
    low: Number | None
    high: Number | None


@dataclass(frozen=True)
class Component:
    """Unknowns by place: their bounds as given, their best values as given, whether they are whole
    numbers and may be negative; the sums over those places; claims in the order they were told."""

    bounds: tuple[Pair, ...]
    best: tuple[Number | None, ...]
    whole: tuple[bool, ...]
    signed: tuple[bool, ...]
    sums: tuple[Sum, ...]
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Clash:
    """Claims (places in ``Component.said``) that cannot all hold, each needed; what this supposes."""

    claims: tuple[int, ...]
    assumptions: tuple[str, ...]


@dataclass(frozen=True)
class Solution:
    """Bounds under the assumptions; under those that leave open what is unexplained; without any. Best
    values, what cannot all hold; whether the search for that was ``complete``, and how many checks it
    took."""

    held: tuple[Pair, ...]
    ajar: tuple[Pair, ...]
    plain: tuple[Pair, ...]
    best: tuple[Number | None, ...]
    clashes: tuple[Clash, ...]
    complete: bool
    checks: int


KEPT = 20_000


class Memo:
    """Solutions by component, the least lately used ones forgotten beyond ``kept``.

    It never changes a result. ``computed`` counts the components that had to be solved.
    """

    def __init__(self, kept: int = KEPT) -> None:
        self._held: OrderedDict[Hashable, Solution] = OrderedDict()
        self._kept = kept
        self.computed = 0

    def of(self, component: Component, solve: Callable[[Component], Solution]) -> Solution:
        """The solution of a component: as kept, else by ``solve``."""
        found = self._held.pop(component, None)
        if found is None:
            found = solve(component)
            self.computed += 1
        self._held[component] = found
        if len(self._held) > self._kept:
            self._held.popitem(last=False)
        return found
