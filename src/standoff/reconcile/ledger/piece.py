"""The solution of one component: a pure function of what the component holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from standoff.model.annotation import Number
from standoff.reconcile.ledger.component import Component, Solution
from standoff.reconcile.ledger.conflicts import find_clashes
from standoff.reconcile.ledger.propagate import Bounds, has_circle, propagate
from standoff.reconcile.ledger.sizes import rules
from standoff.reconcile.ledger.solve import Exact
from standoff.reconcile.ledger.terms import Sum
from standoff.reconcile.wording import assumption


def solve_component(component: Component) -> Solution:
    """Bounds with and without assumptions, best values, and what cannot all hold."""
    plain = bounded(component, [each for each in component.sums if not each.assumptions]) or _given(component)
    held = _assuming(component, component.sums, plain)
    open_sums = [each for each in component.sums if not _closes(each)]
    ajar = _assuming(component, open_sums, plain) if len(open_sums) < len(component.sums) else held
    found = find_clashes(component)
    return Solution(
        held=tuple(zip(held.low, held.high, strict=True)),
        ajar=tuple(zip(ajar.low, ajar.high, strict=True)),
        plain=tuple(zip(plain.low, plain.high, strict=True)),
        best=_best(component, held),
        clashes=found.clashes,
        complete=found.complete,
        checks=found.checks,
    )


def _given(component: Component) -> Bounds:
    return Bounds([low for low, _ in component.bounds], [high for _, high in component.bounds])


def bounded(component: Component, sums: Sequence[Sum], *, exact: bool = True) -> Bounds | None:
    """The bounds that the given ones and these sums leave; None when they leave no value."""
    bounds = propagate(_given(component), list(sums))
    if bounds.empty is not None:
        return None
    if not bounds.settled:  # a circle that goes on for ever: such bounds are true, but say nothing
        bounds = _given(component)
    size = len(component.bounds)
    if exact and size <= rules()["solver_variables"] and has_circle(size, sums):
        program = Exact(bounds, sums, component.whole, rules()["solver_calls"])
        if not program.tighten():
            return None
    return bounds


def _closes(each: Sum) -> bool:
    """Whether a sum says by assumption that one unknown is 0: that nothing is unexplained."""
    return len(each.terms) == 1 and not each.at_most and bool(each.assumptions)


def _assuming(component: Component, sums: Sequence[Sum], plain: Bounds) -> Bounds:
    """The bounds under the assumptions. Where together they leave no value, they are put on one after
    another, the surest first, and the sums that do not fit what holds by then are left out."""
    found = bounded(component, sums)
    if found is not None:
        return found
    kept = [each for each in sums if not each.assumptions]
    if bounded(component, kept, exact=False) is None:
        return plain
    for level in _levels(sums):
        if bounded(component, [*kept, *level], exact=False) is not None:
            kept += level
            continue
        for each in level:
            if bounded(component, [*kept, each], exact=False) is not None:
                kept.append(each)
    return bounded(component, kept) or plain


def _levels(sums: Sequence[Sum]) -> list[list[Sum]]:
    """Sums under assumptions by how sure their least sure one is, the surest first."""
    surest = {assumption(key): n for n, key in enumerate(rules()["surest_first"])}
    levels: dict[int, list[Sum]] = defaultdict(list)
    for each in sums:
        if each.assumptions:
            levels[max(surest.get(name, len(surest)) for name in each.assumptions)].append(each)
    return [levels[n] for n in sorted(levels)]


def _best(component: Component, held: Bounds) -> tuple[Number | None, ...]:
    """Best values, those too that follow from others by an equation, where they lie within the bounds."""
    best = list(component.best)
    waiting = [each for each in component.sums if not each.at_most]
    progress = True
    while progress:
        progress, still = False, []
        for each in waiting:
            missing = [(factor, u) for factor, u in each.terms if best[u] is None]
            if len(missing) > 1:
                still.append(each)
            elif missing:
                factor, unknown = missing[0]
                total = sum(f * (best[u] or 0) for f, u in each.terms if u != unknown)
                value = -total * factor if abs(factor) == 1 else -total / factor
                if _within(held, unknown, value):
                    best[unknown] = value
                    progress = True
        waiting = still
    return tuple(best)


def _within(bounds: Bounds, unknown: int, value: Number) -> bool:
    low, high = bounds.low[unknown], bounds.high[unknown]
    return not (low and value < low.value) and not (high and value > high.value)
