"""Exact bounds by HiGHS, only for small components where propagation may be loose."""

from __future__ import annotations

from itertools import accumulate
from math import ceil, floor
from typing import TYPE_CHECKING

from standoff.model.annotation import Number
from standoff.reconcile.ledger.propagate import Bounds, propagate
from standoff.reconcile.ledger.terms import Edge, Sum, Unknown

if TYPE_CHECKING:  # loaded only where propagation leaves something to solve
    import highspy

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
    import highspy

    model = highspy.Highs()  # type: ignore[no-untyped-call]
    model.setOptionValue("output_flag", False)
    model.setOptionValue("threads", 1)
    model.passModel(_program(unknowns, bounds, members, sums, target, sign))
    model.run()
    if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    value = float(model.getSolution().col_value[members.index(target)])
    if unknowns[target].whole:
        return ceil(value - TIGHTER) if sign > 0 else floor(value + TIGHTER)
    return value


def _program(
    unknowns: list[Unknown], bounds: Bounds, members: list[int], sums: list[Sum], target: int, sign: int
) -> highspy.HighsLp:
    """The component as a mixed-integer program, its matrix by rows."""
    import highspy

    place = {unknown: n for n, unknown in enumerate(members)}
    rows: list[dict[int, float]] = []
    for each in sums:
        row: dict[int, float] = {}
        for factor, unknown in each.terms:
            row[place[unknown]] = row.get(place[unknown], 0.0) + factor
        rows.append(row)
    kinds = highspy.HighsVarType
    made = highspy.HighsLp()
    made.num_col_, made.num_row_ = len(members), len(sums)
    made.col_cost_ = [float(sign) if u == target else 0.0 for u in members]
    made.col_lower_ = [edge.value if (edge := bounds.low[u]) else -highspy.kHighsInf for u in members]
    made.col_upper_ = [edge.value if (edge := bounds.high[u]) else highspy.kHighsInf for u in members]
    made.row_lower_ = [-highspy.kHighsInf if each.at_most else 0.0 for each in sums]
    made.row_upper_ = [0.0] * len(sums)
    made.integrality_ = [kinds.kInteger if unknowns[u].whole else kinds.kContinuous for u in members]
    made.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    made.a_matrix_.start_ = [0, *accumulate(len(row) for row in rows)]
    made.a_matrix_.index_ = [column for row in rows for column in row]
    made.a_matrix_.value_ = [value for row in rows for value in row.values()]
    return made
