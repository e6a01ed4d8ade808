"""Exact bounds by HiGHS, only for small components where propagation may be loose."""

from __future__ import annotations

from math import ceil, floor

import numpy as np
from scipy.optimize import Bounds as Box
from scipy.optimize import LinearConstraint, milp

from standoff.model.annotation import Number
from standoff.reconcile.ledger.propagate import Bounds, propagate
from standoff.reconcile.ledger.terms import Edge, Sum, Unknown

INFEASIBLE = 2
TIGHTER = 1e-6


class Budget:
    """How many solver calls are left, so that the result never depends on time."""

    def __init__(self, calls: int) -> None:
        self.calls = calls

    def take(self) -> bool:
        """Use one call; False when none is left."""
        self.calls -= 1
        return self.calls >= 0


def tighten(
    unknowns: list[Unknown], bounds: Bounds, members: list[int], sums: list[Sum], budget: Budget
) -> None:
    """Replace loose bounds of a component by exact ones. They rest on all that the component says."""
    if bounds.empty is not None:
        return
    everything = _all_edges(bounds, members, sums)
    for unknown in members:
        for sign in (1, -1):
            if not budget.take():
                return
            value = _extreme(unknowns, bounds, members, sums, unknown, sign)
            if value is None:
                continue
            held = bounds.low[unknown] if sign > 0 else bounds.high[unknown]
            if held is not None and sign * (value - held.value) <= TIGHTER:
                continue
            side = bounds.low if sign > 0 else bounds.high
            side[unknown] = Edge(value, everything.ids, everything.assumptions)
    propagate(bounds, sums)


def _all_edges(bounds: Bounds, members: list[int], sums: list[Sum]) -> Edge:
    edges = [edge for u in members for edge in (bounds.low[u], bounds.high[u]) if edge]
    ids = frozenset().union(*(each.ids for each in sums), *(edge.ids for edge in edges))
    assumptions = frozenset().union(
        *(each.assumptions for each in sums), *(edge.assumptions for edge in edges)
    )
    return Edge(0, ids, assumptions)


def _extreme(
    unknowns: list[Unknown], bounds: Bounds, members: list[int], sums: list[Sum], target: int, sign: int
) -> Number | None:
    """Lowest (sign 1) or highest (sign -1) value of one unknown, or None when it has none."""
    place = {unknown: n for n, unknown in enumerate(members)}
    matrix = np.zeros((len(sums), len(members)))
    for row, each in enumerate(sums):
        for factor, unknown in each.terms:
            matrix[row, place[unknown]] += factor
    lower = np.array([-np.inf if each.at_most else 0.0 for each in sums])
    cost = np.zeros(len(members))
    cost[place[target]] = sign
    low = [edge.value if (edge := bounds.low[u]) else -np.inf for u in members]
    high = [edge.value if (edge := bounds.high[u]) else np.inf for u in members]
    whole = np.array([1 if unknowns[u].whole else 0 for u in members])
    result = milp(
        cost,
        constraints=LinearConstraint(matrix, lower, np.zeros(len(sums))),
        bounds=Box(low, high),
        integrality=whole,
    )
    if result.x is None or not result.success:
        return None
    value = float(result.x[place[target]])
    if unknowns[target].whole:
        return ceil(value - TIGHTER) if sign > 0 else floor(value + TIGHTER)
    return value
