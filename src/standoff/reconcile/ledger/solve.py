"""Exact bounds by HiGHS, only where a circle of sums may leave propagation loose."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from math import ceil, floor
from typing import TYPE_CHECKING, NamedTuple

from standoff.model.annotation import Number
from standoff.reconcile.ledger.propagate import Bounds
from standoff.reconcile.ledger.terms import Edge, Sum

if TYPE_CHECKING:  # loaded only where propagation leaves something to solve
    import highspy

CLOSE = 1e-6
NODES = 2000
"""Nodes that one integer program may take before its bound is left as it is."""

Side = tuple[int, int]
"""A place and 1 for its lower bound, -1 for its upper one."""


class NoValueError(Exception):
    """Nothing can hold: the program has no solution."""


class Vertex(NamedTuple):
    """An optimum: whole values, the values of the relaxed program, and its dual values by place and sum."""

    values: list[float]
    relaxed: list[float]
    places: list[float]
    sums: list[float]


class Exact:
    """The program of one component. Every vertex found is a witness: bounds that it touches are tight
    and need no call of their own."""

    def __init__(self, bounds: Bounds, sums: Sequence[Sum], whole: Sequence[bool], calls: int) -> None:
        self.bounds, self.sums, self.whole, self.calls = bounds, sums, whole, calls
        self.relaxed = _solver(bounds, sums, whole, integer=False)
        self.integer: highspy.Highs | None = None

    def feasible(self) -> bool:
        """Whether any value is left. Without an answer within the budget, it is taken to be."""
        try:
            self._optimum([0.0] * len(self.whole))
        except NoValueError:
            return False
        return True

    def tighten(self) -> bool:
        """Make the bounds exact as far as the budget goes; False when no value is left."""
        places = range(len(self.whole))
        sides: dict[Side, None] = dict.fromkeys((place, sign) for place in places for sign in (1, -1))
        try:
            for sign in (1, -1):
                self._strike(sides, self._optimum([float(sign)] * len(places)))
            while sides and self.calls > 0:
                place, sign = next(iter(sides))
                del sides[place, sign]
                found = self._optimum([float(sign) if each == place else 0.0 for each in places])
                self._strike(sides, found)
                if found is not None:
                    self._set(place, sign, found)
        except NoValueError:
            return False
        return True

    def _strike(self, sides: dict[Side, None], found: Vertex | None) -> None:
        """Leave out the bounds that a vertex touches."""
        for place, sign in list(sides) if found else ():
            edge = self.bounds.low[place] if sign > 0 else self.bounds.high[place]
            if found and edge is not None and abs(found.values[place] - edge.value) <= CLOSE:
                del sides[place, sign]

    def _set(self, place: int, sign: int, found: Vertex) -> None:
        """Take over a bound where it is tighter, resting on what the dual values name if they prove it,
        else on all that the component says."""
        side = self.bounds.low if sign > 0 else self.bounds.high
        held = side[place]
        value = self._rounded(found.values[place], place, sign)
        if held is not None and sign * (value - held.value) <= CLOSE:
            return
        proven = abs(self._rounded(found.relaxed[place], place, sign) - value) <= CLOSE
        side[place] = self._resting(value, found if proven else None)

    def _rounded(self, value: float, place: int, sign: int) -> Number:
        if not self.whole[place]:
            return value
        return ceil(value - CLOSE) if sign > 0 else floor(value + CLOSE)

    def _resting(self, value: Number, found: Vertex | None) -> Edge:
        if found is None:
            edges = [*self.bounds.low, *self.bounds.high]
            used = list(self.sums)
        else:
            pairs = zip(self.bounds.low, self.bounds.high, found.places, strict=True)
            edges = [low if dual > 0 else high for low, high, dual in pairs if abs(dual) > CLOSE]
            used = [each for each, dual in zip(self.sums, found.sums, strict=True) if abs(dual) > CLOSE]
        named: list[Sum | Edge] = [*used, *(edge for edge in edges if edge)]
        return Edge(
            value,
            frozenset(one for each in named for one in each.ids),
            frozenset(one for each in named for one in each.assumptions),
        )

    def _optimum(self, costs: list[float]) -> Vertex | None:
        """The optimum of the costs; None when there is none or no call is left. Raises `NoValueError`."""
        self.calls -= 1
        if self.calls < 0:
            return None
        relaxed = _least(self.relaxed, costs)
        if relaxed is None:
            return None
        solution = self.relaxed.getSolution()
        duals = list(solution.col_dual), list(solution.row_dual)
        if all(not whole or _is_whole(value) for value, whole in zip(relaxed, self.whole, strict=True)):
            return Vertex(relaxed, relaxed, *duals)
        if self.integer is None:
            self.integer = _solver(self.bounds, self.sums, self.whole, integer=True)
        values = _least(self.integer, costs)
        return None if values is None else Vertex(values, relaxed, *duals)


def _is_whole(value: float) -> bool:
    return abs(value - round(value)) <= CLOSE


def _least(model: highspy.Highs, costs: list[float]) -> list[float] | None:
    """The values where the costs are least; None where there is no least. Raises `NoValueError`."""
    import highspy

    for place, cost in enumerate(costs):
        model.changeColCost(place, cost)
    model.run()
    status = model.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        raise NoValueError
    if status != highspy.HighsModelStatus.kOptimal:
        return None
    return list(model.getSolution().col_value)


def _solver(bounds: Bounds, sums: Sequence[Sum], whole: Sequence[bool], *, integer: bool) -> highspy.Highs:
    import highspy

    model = highspy.Highs()  # type: ignore[no-untyped-call]
    model.setOptionValue("output_flag", False)
    model.setOptionValue("threads", 1)
    model.setOptionValue("presolve", "off")  # these programs are tiny, and dual values are wanted
    model.setOptionValue("mip_max_nodes", NODES)
    model.setOptionValue("mip_rel_gap", 0.0)
    model.passModel(_program(bounds, sums, whole, integer=integer))
    return model


def _program(bounds: Bounds, sums: Sequence[Sum], whole: Sequence[bool], *, integer: bool) -> highspy.HighsLp:
    """The component as a (mixed-integer) linear program, its matrix by rows."""
    import highspy

    rows: list[dict[int, float]] = []
    for each in sums:
        row: dict[int, float] = {}
        for factor, unknown in each.terms:
            row[unknown] = row.get(unknown, 0.0) + factor
        rows.append(row)
    kinds = highspy.HighsVarType
    made = highspy.HighsLp()
    made.num_col_, made.num_row_ = len(whole), len(sums)
    made.col_cost_ = [0.0] * len(whole)
    made.col_lower_ = [edge.value if edge else -highspy.kHighsInf for edge in bounds.low]
    made.col_upper_ = [edge.value if edge else highspy.kHighsInf for edge in bounds.high]
    made.row_lower_ = [-highspy.kHighsInf if each.at_most else 0.0 for each in sums]
    made.row_upper_ = [0.0] * len(sums)
    if integer:
        made.integrality_ = [kinds.kInteger if each else kinds.kContinuous for each in whole]
    made.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    made.a_matrix_.start_ = [0, *accumulate(len(row) for row in rows)]
    made.a_matrix_.index_ = [column for row in rows for column in row]
    made.a_matrix_.value_ = [value for row in rows for value in row.values()]
    return made
