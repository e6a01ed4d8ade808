"""The solution of one component: a pure function of what the component holds."""

from __future__ import annotations

from collections.abc import Sequence

from standoff.model.annotation import Number
from standoff.reconcile.ledger.component import Component, Solution
from standoff.reconcile.ledger.conflicts import Search
from standoff.reconcile.ledger.propagate import Bounds, has_circle, propagate
from standoff.reconcile.ledger.sizes import rules
from standoff.reconcile.ledger.solve import Exact
from standoff.reconcile.ledger.terms import Sum
from standoff.reconcile.wording import assumption


def solve_component(component: Component) -> Solution:
    """Bounds with and without assumptions, best values, and what cannot all hold."""
    plain = bounded(component, [each for each in component.sums if not each.assumptions]) or _given(component)
    held = _assuming(component, plain)
    search = Search(component)
    clashes = tuple(search.find())
    return Solution(
        held=tuple(zip(held.low, held.high, strict=True)),
        plain=tuple(zip(plain.low, plain.high, strict=True)),
        best=_best(component, held),
        clashes=clashes,
        complete=search.complete,
        checks=search.checks,
    )


def _given(component: Component) -> Bounds:
    return Bounds([low for low, _ in component.bounds], [high for _, high in component.bounds])


def bounded(component: Component, sums: Sequence[Sum], *, exact: bool = True) -> Bounds | None:
    """The bounds that the given ones and these sums leave; None when they leave no value."""
    bounds = propagate(_given(component), list(sums))
    if bounds.empty is not None:
        return None
    members = list(range(len(component.bounds)))
    if exact and len(members) <= rules()["solver_variables"] and has_circle(members, _without_twins(sums)):
        program = Exact(bounds, sums, component.whole, rules()["solver_calls"])
        if not program.tighten():
            return None
    return bounds


def _assuming(component: Component, plain: Bounds) -> Bounds:
    """The bounds under the assumptions. Where together they leave no value, they are put on one sum
    after another, the surest first, and those that do not fit are left out."""
    found = bounded(component, component.sums)
    if found is not None:
        return found
    surest = {assumption(key): n for n, key in enumerate(rules()["surest_first"])}
    kept = [each for each in component.sums if not each.assumptions]
    assumed = [each for each in component.sums if each.assumptions]
    assumed.sort(key=lambda each: max(surest.get(name, len(surest)) for name in each.assumptions))
    if bounded(component, kept, exact=False) is None:
        return plain
    for each in assumed:
        if bounded(component, [*kept, each], exact=False) is not None:
            kept.append(each)
    return bounded(component, kept) or plain


def _without_twins(sums: Sequence[Sum]) -> list[Sum]:
    """Sums without those that another one over the same terms already says more strictly."""
    equal = {each.terms for each in sums if not each.at_most}
    return [each for each in sums if not (each.at_most and each.terms in equal)]


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
