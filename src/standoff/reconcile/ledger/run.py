"""Run the model: cut it into components, solve each, put the solutions together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from standoff.model import Conflict, Ledger
from standoff.model.annotation import Number
from standoff.reconcile.accounts import Told
from standoff.reconcile.figures.questions import Open
from standoff.reconcile.ledger.build import build
from standoff.reconcile.ledger.component import Component, Memo, Pair, Said
from standoff.reconcile.ledger.conflicts import moved
from standoff.reconcile.ledger.given import best_given, given_bounds
from standoff.reconcile.ledger.piece import solve_component
from standoff.reconcile.ledger.propagate import Bounds, components
from standoff.reconcile.ledger.sentences import conflict
from standoff.reconcile.ledger.steps import equations, groups
from standoff.reconcile.ledger.terms import Model, Sum
from standoff.reconcile.shelf import Shelf
from standoff.reconcile.trust import Trust


@dataclass
class Solved:
    """Bounds under the assumptions that are on, under those that leave open what is unexplained, and
    without any; best values, conflicts; whether every conflict was found."""

    held: Bounds
    ajar: Bounds
    plain: Bounds
    best: list[Number | None]
    conflicts: list[Conflict] = field(default_factory=list)
    complete: bool = True


def make_ledger(
    shelf: Shelf, found: list[Open], off: frozenset[str], trust: Trust, memo: Memo | None = None
) -> Ledger:
    """The ledger of all number questions; ``off`` names the assumptions that are switched off.

    ``memo`` keeps solutions of components from run to run: only those that changed are solved again.
    """
    model = build(shelf, found, trust)
    solved = solve(model, off, memo=memo)
    return Ledger(
        groups=tuple(groups(model, solved.held, solved.ajar, solved.plain, solved.best)),
        equations=tuple(equations(model, solved.held, solved.best)),
        conflicts=tuple(solved.conflicts),
        conflicts_complete=solved.complete,
    )


def solve(
    model: Model, off: frozenset[str] = frozenset(), *, start: Bounds | None = None, memo: Memo | None = None
) -> Solved:
    """Bounds of every unknown, component by component; ``start`` replaces what the accounts allow."""
    memo = memo or Memo()
    sums = [each for each in model.sums if not each.assumptions & off]
    start = start or given_bounds(model.unknowns)
    solved = Solved(start.copy(), start.copy(), start.copy(), [best_given(each) for each in model.unknowns])
    for members, mine in components(len(model.unknowns), sums):
        if mine:
            _one(model, members, mine, start, solved, memo)
    return solved


def _one(
    model: Model, members: list[int], sums: list[Sum], start: Bounds, solved: Solved, memo: Memo
) -> None:
    """Solve one component and write its solution where it belongs."""
    told = sorted(
        ((each, u) for u in members for each in model.unknowns[u].told if each.figure.known),
        key=lambda pair: (pair[0].order, pair[1]),
    )
    component = _component(model, members, sums, start, solved.best, told)
    found = memo.of(component, solve_component)
    _write(solved.held, members, found.held)
    _write(solved.ajar, members, found.ajar)
    _write(solved.plain, members, found.plain)
    for unknown, best in zip(members, found.best, strict=True):
        solved.best[unknown] = best
    solved.complete = solved.complete and found.complete
    more = None if found.complete else found.checks
    for clash in found.clashes:
        claims = [told[n][0] for n in clash.claims]
        solved.conflicts.append(conflict(claims, clash.assumptions, len(found.clashes), more))


def _component(
    model: Model,
    members: list[int],
    sums: list[Sum],
    start: Bounds,
    best: list[Number | None],
    told: Iterable[tuple[Told, int]],
) -> Component:
    place = {unknown: n for n, unknown in enumerate(members)}
    return Component(
        bounds=tuple((start.low[u], start.high[u]) for u in members),
        best=tuple(best[u] for u in members),
        whole=tuple(model.unknowns[u].whole for u in members),
        signed=tuple(model.unknowns[u].signed for u in members),
        sums=tuple(moved(each, place) for each in sums),
        said=tuple(Said(place[u], one.annotation, one.figure.low, one.figure.high) for one, u in told),
    )


def _write(bounds: Bounds, members: list[int], pairs: Iterable[Pair]) -> None:
    for unknown, (low, high) in zip(members, pairs, strict=True):
        bounds.low[unknown], bounds.high[unknown] = low, high
