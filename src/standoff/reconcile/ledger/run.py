"""Run the model: bounds with and without assumptions, best values, steps, equations, conflicts."""

from __future__ import annotations

from dataclasses import dataclass

from standoff.model import Conflict, Ledger
from standoff.model.annotation import Number
from standoff.reconcile.figures.questions import Open
from standoff.reconcile.ledger.build import build, rules
from standoff.reconcile.ledger.conflicts import Search
from standoff.reconcile.ledger.given import best_given, given_bounds
from standoff.reconcile.ledger.propagate import Bounds, components, has_circle, propagate
from standoff.reconcile.ledger.solve import Budget, tighten
from standoff.reconcile.ledger.steps import equations, groups
from standoff.reconcile.ledger.terms import Edge, Model, Sum
from standoff.reconcile.shelf import Shelf
from standoff.reconcile.trust import Trust


@dataclass
class Solved:
    """Bounds under the assumptions that are on, bounds without any, and best values."""

    held: Bounds
    plain: Bounds
    best: list[Number | None]
    conflicts: list[Conflict]


def make_ledger(shelf: Shelf, found: list[Open], off: frozenset[str], trust: Trust) -> Ledger:
    """The ledger of all number questions; ``off`` names the assumptions that are switched off."""
    model = build(shelf, found, trust)
    solved = solve(model, off)
    return Ledger(
        groups=tuple(groups(model, solved.held, solved.plain, solved.best)),
        equations=tuple(equations(model, solved.held, solved.best)),
        conflicts=tuple(solved.conflicts),
    )


def solve(model: Model, off: frozenset[str] = frozenset(), *, start: Bounds | None = None) -> Solved:
    """Bounds of every unknown, component by component; ``start`` replaces what the accounts allow."""
    sums = [each for each in model.sums if not each.assumptions & off]
    start = start or given_bounds(model.unknowns)
    solved = Solved(start.copy(), start.copy(), [best_given(each) for each in model.unknowns], [])
    budget = Budget(rules()["solver_calls"])
    search = Search(model.unknowns)
    for members, mine in components(len(model.unknowns), sums):
        if mine:
            _component(model, members, mine, solved, budget)
            solved.conflicts += search.component(members, mine)
    _best_values(sums, solved)
    return solved


def _component(model: Model, members: list[int], sums: list[Sum], solved: Solved, budget: Budget) -> None:
    """Bounds of one component. Where the assumptions leave no value, they are dropped; where the
    sums themselves do, the accounts alone stand, and the conflict is told."""
    plain = [each for each in sums if not each.assumptions]
    _bounded(model, members, plain, solved.plain, budget)
    if not _bounded(model, members, sums, solved.held, budget):
        for unknown in members:
            solved.held.low[unknown] = solved.plain.low[unknown]
            solved.held.high[unknown] = solved.plain.high[unknown]


def _bounded(model: Model, members: list[int], sums: list[Sum], bounds: Bounds, budget: Budget) -> bool:
    """Tighten the bounds of a component; False, with nothing changed, when nothing can hold."""
    before: list[tuple[int, Edge | None, Edge | None]] = [(u, bounds.low[u], bounds.high[u]) for u in members]
    propagate(bounds, sums)
    small = bounds.empty is None and len(members) <= rules()["solver_variables"]
    if small and has_circle(members, _without_twins(sums)):
        tighten(model.unknowns, bounds, members, sums, budget)
    if bounds.empty is None:
        return True
    bounds.empty = None
    for unknown, low, high in before:
        bounds.low[unknown], bounds.high[unknown] = low, high
    return False


def _without_twins(sums: list[Sum]) -> list[Sum]:
    """Sums without those that another one over the same terms already says more strictly."""
    equal = {each.terms for each in sums if not each.at_most}
    return [each for each in sums if not (each.at_most and each.terms in equal)]


def _best_values(sums: list[Sum], solved: Solved) -> None:
    """Best values that follow from others by an equation, where they lie within the bounds."""
    best = solved.best
    waiting = [each for each in sums if not each.at_most]
    progress = True
    while progress:
        progress = False
        still = []
        for each in waiting:
            missing = [(factor, u) for factor, u in each.terms if best[u] is None]
            if len(missing) > 1:
                still.append(each)
            elif missing:
                factor, unknown = missing[0]
                total = sum(f * (best[u] or 0) for f, u in each.terms if u != unknown)
                value = -total * factor if abs(factor) == 1 else -total / factor
                if _within(solved.held, unknown, value):
                    best[unknown] = value
                    progress = True
        waiting = still


def _within(bounds: Bounds, unknown: int, value: Number) -> bool:
    low, high = bounds.low[unknown], bounds.high[unknown]
    return not (low and value < low.value) and not (high and value > high.value)
