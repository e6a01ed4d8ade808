"""What the accounts of one unknown allow together: their overlap, or all they span where they clash."""

from __future__ import annotations

from collections.abc import Callable

from standoff.model.annotation import Number
from standoff.reconcile.accounts import Told
from standoff.reconcile.ledger.propagate import Bounds, Edges
from standoff.reconcile.ledger.terms import Edge, Unknown


def overlap(told: list[Told]) -> tuple[Edge | None, Edge | None]:
    """Highest low and lowest high of all accounts (which may leave nothing)."""
    return _pick(told, max, low=True), _pick(told, min, low=False)


def span(told: list[Told]) -> tuple[Edge | None, Edge | None]:
    """Lowest low and highest high: what holds whichever account is right."""
    known = [each for each in told if each.figure.known]
    low = None if any(each.figure.low is None for each in known) else _pick(known, min, low=True)
    high = None if any(each.figure.high is None for each in known) else _pick(known, max, low=False)
    return low, high


Pick = Callable[[list[Number]], Number]


def _pick(told: list[Told], pick: Pick, *, low: bool) -> Edge | None:
    """The chosen bound, resting on the account that was told first among those that give it."""
    found = [(each.figure.low if low else each.figure.high, each) for each in told]
    known = [value for value, _ in found if value is not None]
    if not known:
        return None
    chosen = pick(known)
    first = next(each for value, each in found if value == chosen)
    return Edge(chosen, frozenset({first.annotation}))


def given(unknown: Unknown) -> tuple[Edge | None, Edge | None]:
    """Bounds of an unknown from its accounts alone."""
    low, high = overlap(unknown.told)
    if low and high and low.value > high.value:
        low, high = span(unknown.told)
    if low is None and not unknown.signed:
        low = Edge(0)
    return low, high


def given_bounds(unknowns: list[Unknown]) -> Bounds:
    """Bounds of all unknowns from their accounts alone."""
    edges = [given(each) for each in unknowns]
    lows: Edges = [low for low, _ in edges]
    highs: Edges = [high for _, high in edges]
    return Bounds(lows, highs)


def best_given(unknown: Unknown) -> Number | None:
    """The value that all accounts name: of exact ones if there are any, else of approximate ones."""
    for exact in (True, False):
        named = {each.figure.best for each in unknown.told if each.figure.exact is exact}
        named.discard(None)
        if named:
            return next(iter(named)) if len(named) == 1 else None
    return None
