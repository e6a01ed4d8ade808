"""Interval propagation to a fixpoint, component by component; every bound keeps what it rests on."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from standoff.model.annotation import Number
from standoff.reconcile.ledger.terms import Edge, Sum

ROUNDS = 60
"""How often each sum of a component may be looked at: a circle of sums may tighten for ever."""

Edges = list[Edge | None]


@dataclass
class Bounds:
    """Lowest and highest value of each unknown; ``empty`` is the first unknown that has no value left;
    ``settled`` is False where propagation met its limit before nothing changed any more."""

    low: Edges
    high: Edges
    empty: int | None = None
    settled: bool = True

    def copy(self) -> Bounds:
        """A copy that can be tightened apart."""
        return Bounds(list(self.low), list(self.high), self.empty, self.settled)


def components(count: int, sums: Iterable[Sum]) -> list[tuple[list[int], list[Sum]]]:
    """Unknowns connected by sums, with those sums, in the order of their first unknown."""
    parent = list(range(count))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    listed = list(sums)
    for each in listed:
        first = root(each.terms[0][1])
        for _, unknown in each.terms[1:]:
            other = root(unknown)
            low, high = min(first, other), max(first, other)
            parent[high] = low
            first = low
    members: dict[int, list[int]] = defaultdict(list)
    rules: dict[int, list[Sum]] = defaultdict(list)
    for i in range(count):
        members[root(i)].append(i)
    for each in listed:
        rules[root(each.terms[0][1])].append(each)
    return [(members[key], rules[key]) for key in sorted(members)]


def watch(sums: list[Sum]) -> dict[int, list[int]]:
    """Which sums each unknown is in."""
    watching: dict[int, list[int]] = defaultdict(list)
    for n, each in enumerate(sums):
        for _, unknown in each.terms:
            watching[unknown].append(n)
    return watching


def propagate(
    bounds: Bounds,
    sums: list[Sum],
    watching: dict[int, list[int]] | None = None,
    *,
    first: Iterable[int] | None = None,
    without: Collection[int] = (),
) -> Bounds:
    """Tighten bounds in place until nothing changes, an unknown has no value left, or the limit is met.

    For a caller that propagates over the same sums many times: ``watching`` is what `watch` says of them,
    ``first`` those that what is new may tighten (else all), ``without`` those that do not count.
    """
    watching = watch(sums) if watching is None else watching
    waiting = deque(n for n in (range(len(sums)) if first is None else first) if n not in without)
    queued = set(waiting)
    left = ROUNDS * len(sums)
    while waiting and left and bounds.empty is None:
        left -= 1
        n = waiting.popleft()
        queued.discard(n)
        for unknown in _apply(bounds, sums[n]):
            for other in watching[unknown]:
                if other not in queued and other not in without:
                    queued.add(other)
                    waiting.append(other)
    bounds.settled = not waiting
    return bounds


def _apply(bounds: Bounds, rule: Sum) -> list[int]:
    """Tighten by one sum; the unknowns whose bounds changed."""
    changed = _at_most(bounds, rule, 1)
    if not rule.at_most and bounds.empty is None:
        changed = [*changed, *_at_most(bounds, rule, -1)]
    return changed


def _at_most(bounds: Bounds, rule: Sum, sign: int) -> list[int]:
    """Tighten by: sum of ``sign * factor * unknown`` is at most 0."""
    low, high = bounds.low, bounds.high
    least: list[Edge | None] = []
    total: Number = 0
    open_term = -1
    for n, (factor, unknown) in enumerate(rule.terms):
        edge = low[unknown] if factor * sign > 0 else high[unknown]
        least.append(edge)
        if edge is not None:
            total += factor * sign * edge.value
        elif open_term >= 0:
            return []  # two terms that may be as low as you like say nothing of each other
        else:
            open_term = n
    changed = []
    for n in (open_term,) if open_term >= 0 else range(len(least)):
        if _tighten(bounds, rule, sign, n, total, least):
            unknown = rule.terms[n][1]
            changed.append(unknown)
            mine, other = low[unknown], high[unknown]
            if mine is not None and other is not None and mine.value > other.value:
                bounds.empty = unknown
                break
    return changed


def _tighten(bounds: Bounds, rule: Sum, sign: int, n: int, total: Number, least: list[Edge | None]) -> bool:
    """Bound one term by the least value (``total``) of all; whether that was tighter than before."""
    factor, unknown = rule.terms[n]
    factor *= sign
    mine = least[n]
    rest = total - factor * mine.value if mine is not None else total
    value = -rest * factor if factor in (1, -1) else -rest / factor
    side = bounds.high if factor > 0 else bounds.low
    held = side[unknown]
    if held is not None and (value >= held.value if factor > 0 else value <= held.value):
        return False
    others = [edge for k, edge in enumerate(least) if edge is not None and k != n]
    side[unknown] = Edge(
        value,
        rule.ids.union(*(edge.ids for edge in others)),
        rule.assumptions.union(*(edge.assumptions for edge in others)),
    )
    return True


def without_twins(sums: Iterable[Sum]) -> list[Sum]:
    """Sums without those that another one over the same terms already says more strictly."""
    listed = list(sums)
    equal = {each.terms for each in listed if not each.at_most}
    return [each for each in listed if not (each.at_most and each.terms in equal)]


def has_circle(members: int, sums: Iterable[Sum]) -> bool:
    """Whether the sums of a component of so many unknowns close a circle: only then can propagation be
    loose."""
    listed = without_twins(sums)
    return sum(len(each.terms) for each in listed) > members + len(listed) - 1
