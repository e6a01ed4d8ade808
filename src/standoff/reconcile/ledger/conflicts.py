"""Minimal sets of claims that cannot all hold, within a stated number of checks.

A hitting-set tree (Reiter 1987): a set that cannot hold is made minimal by leaving claims out; then the
search goes on without one of its claims, each in turn, until nothing is left that cannot hold.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from standoff.reconcile.ledger.component import Clash, Component
from standoff.reconcile.ledger.propagate import Bounds, components, has_circle, propagate, watch
from standoff.reconcile.ledger.sizes import rules
from standoff.reconcile.ledger.solve import Exact
from standoff.reconcile.ledger.terms import Edge, Sum
from standoff.reconcile.wording import assumption

Claims = frozenset[int]
ZERO = Edge(0)


def firm() -> frozenset[str]:
    """Assumptions that a conflict may rest on, by the names they are printed with."""
    return frozenset(assumption(key) for key in rules()["firm"])


class Found(NamedTuple):
    """Minimal sets; whether all of them were found; after how many checks."""

    clashes: tuple[Clash, ...]
    complete: bool
    checks: int


def find_clashes(component: Component) -> Found:
    """The conflicts of a component. Accounts of one count that clash are disputes, not conflicts: only
    sets that a sum joins are told. Sums that need doubtful assumptions are left out, which may part the
    component into several."""
    sums = _binding(component, [each for each in component.sums if each.assumptions <= firm()])
    found: list[Clash] = []
    complete, checks = True, 0
    for members, mine in components(len(component.bounds), sums):
        if mine:
            search = _Search(component, members, mine)
            found += search.find()
            complete, checks = complete and search.complete, checks + search.checks
    return Found(tuple(found), complete, checks)


def _binding(component: Component, sums: list[Sum]) -> list[Sum]:
    """The sums without those that bind nothing: with a term that nobody tells, that is in no other sum
    and that can make up for all others, such as what is unexplained, or a total that is only computed."""
    told = {each.unknown for each in component.said}
    while True:
        times = Counter(unknown for each in sums for _, unknown in each.terms)
        spare = {unknown for unknown, n in times.items() if n == 1 and unknown not in told}
        kept = [
            each
            for each in sums
            if not any(u in spare and _makes_up(component, each, u) for _, u in each.terms)
        ]
        if len(kept) == len(sums):
            return kept
        sums = kept


def _makes_up(component: Component, each: Sum, spare: int) -> bool:
    """Whether one unknown of a sum, if it may be anything that it can be, satisfies it always."""
    factors = [factor for factor, unknown in each.terms if unknown == spare]
    if not factors or len(each.terms) == 1:
        return False
    if component.signed[spare] or (each.at_most and factors[0] < 0):
        return True
    others = [(factor, unknown) for factor, unknown in each.terms if unknown != spare]
    return all(factor * factors[0] < 0 and not component.signed[unknown] for factor, unknown in others)


class _Search:
    """The search among the claims of some unknowns that firm sums join."""

    def __init__(self, component: Component, members: list[int], sums: list[Sum]) -> None:
        self.component, self.members, self.sums = component, members, sums
        within = set(members)
        self.claims = [n for n, each in enumerate(component.said) if each.unknown in within]
        self.place_of = {component.said[n].annotation: n for n in self.claims}
        self.watching = watch(sums)
        self.base: tuple[Claims, Bounds] | None = None
        self.circle = len(members) <= rules()["solver_variables"] and has_circle(len(members), sums)
        self.left: int = rules()["conflict_checks"]
        self.complete = True

    @property
    def checks(self) -> int:
        """How many checks were made."""
        return int(rules()["conflict_checks"]) - max(0, self.left)

    def find(self) -> list[Clash]:
        """All minimal sets within the budget, in the order in which their claims were told."""
        if len(self.claims) > rules()["conflict_claims"]:
            self.complete = False
            return []
        found: dict[Claims, None] = {}
        for claims in self._camps():
            if self._enough(found):
                break
            self._tree(claims, found)
        sets = sorted(found, key=sorted)[: rules()["conflicts_per_component"]]
        return [Clash(tuple(sorted(each)), self._supposed(each)) for each in sets]

    def _enough(self, found: dict[Claims, None]) -> bool:
        full = len(found) >= rules()["conflicts_per_component"] or self.left <= 0
        self.complete = self.complete and not full
        return full

    def _camps(self) -> Iterator[Claims]:
        """Sets of claims in which no count has accounts that clash: first that of the first teller of
        each, then for each count in turn the other answers."""
        said = self.component.said
        by_unknown: dict[int, list[int]] = {}
        for n in self.claims:
            by_unknown.setdefault(said[n].unknown, []).append(n)
        camps = {unknown: self._agreeing(mine) for unknown, mine in by_unknown.items()}
        first = {unknown: found[0] for unknown, found in camps.items()}
        yield frozenset().union(*first.values())
        torn = [unknown for unknown, found in camps.items() if len(found) > 1]
        if len(torn) > 1:  # answers of several torn counts are not tried against each other
            self.complete = False
        for unknown in torn:
            rest = frozenset().union(*(found for other, found in first.items() if other != unknown))
            for camp in camps[unknown][1:]:
                yield rest | camp

    def _agreeing(self, claims: list[int]) -> list[Claims]:
        """Largest sets of claims of one count that agree, that of the first teller first. Intervals that
        meet in pairs share a value, so each set is those that hold at some end of an interval."""
        said = self.component.said
        ends = [end for n in claims for end in (said[n].low, said[n].high) if end is not None]
        held = {frozenset(n for n in claims if _allows(said[n], end)) for end in ends} or {frozenset(claims)}
        largest = [each for each in held if not any(each < other for other in held)]
        return sorted(largest, key=sorted)

    def _tree(self, claims: Claims, found: dict[Claims, None]) -> None:
        self.base = None
        waiting: deque[Claims] = deque([frozenset()])
        seen: set[Claims] = set()
        while waiting and not self._enough(found):
            without = waiting.popleft()
            known = next((each for each in found if each <= claims and not each & without), None)
            smallest = known or self._smallest(claims - without)
            if smallest is None:
                continue
            if smallest not in found:
                found[smallest] = None
                self._settle(claims.difference(*found))
            for each in sorted(smallest):
                branch = without | {each}
                if branch not in seen:
                    seen.add(branch)
                    waiting.append(branch)

    def _smallest(self, claims: Claims) -> Claims | None:
        """A set of these that cannot hold and of which every claim is needed; None when all can hold, or
        when the budget ends before it is known to be smallest."""
        kept = self._core(claims, self.sums)
        if kept is None:
            return None
        for each in sorted(kept, reverse=True):
            if each in kept:
                smaller = self._core(kept - {each}, self.sums)
                kept = kept if smaller is None else smaller
        return kept if self.left > 0 else None

    def _core(self, claims: Claims, sums: list[Sum]) -> Claims | None:
        """Some of the claims that cannot all hold; None when they can, or when no check is left."""
        self.left -= 1
        if self.left < 0:
            return None
        bounds = self._fixpoint(claims, sums)
        if bounds.empty is not None:
            low, high = bounds.low[bounds.empty], bounds.high[bounds.empty]
            ids = (low.ids if low else frozenset()) | (high.ids if high else frozenset())
            return frozenset(self.place_of[each] for each in ids if each in self.place_of)
        if not self.circle:
            return None
        lost = self._lost(claims, sums)
        held = [each for n, each in enumerate(sums) if n not in lost]
        return None if self._feasible(self._bounds(claims), held) else claims

    def _settle(self, claims: Claims) -> None:
        """Keep what claims in no conflict imply: every later check starts from there."""
        self.base = None
        bounds = self._fixpoint(claims, self.sums)
        self.base = None if bounds.empty is not None else (claims, bounds)

    def _fixpoint(self, claims: Claims, sums: list[Sum]) -> Bounds:
        """The bounds that the claims leave, by propagation."""
        lost = self._lost(claims, sums)
        if sums is not self.sums:
            return propagate(self._bounds(claims), sums, without=lost)
        if self.base is None or not self.base[0] <= claims:
            return propagate(self._bounds(claims), sums, self.watching, without=lost)
        known, bounds = self.base[0], self.base[1].copy()
        changed = self._add(bounds, claims - known)
        back = self._lost(known, sums) - lost
        first = sorted({*back, *(n for unknown in changed for n in self.watching[unknown])})
        return propagate(bounds, sums, self.watching, first=first, without=lost)

    def _lost(self, claims: Claims, sums: Sequence[Sum]) -> set[int]:
        """The sums that go with the words that state them."""
        gone = {self.component.said[n].annotation for n in self.claims if n not in claims}
        return {n for n, each in enumerate(sums) if each.ids & gone}

    def _bounds(self, claims: Claims) -> Bounds:
        """What the claims allow of each unknown, by themselves."""
        part = self.component
        bounds = Bounds([None if signed else ZERO for signed in part.signed], [None] * len(part.bounds))
        self._add(bounds, claims)
        return bounds

    def _add(self, bounds: Bounds, claims: Claims) -> list[int]:
        """Tighten bounds by claims; the unknowns that changed."""
        changed = []
        for n in sorted(claims):
            place, annotation, least, most = self.component.said[n]
            low, high, ids = bounds.low[place], bounds.high[place], frozenset({annotation})
            if least is not None and (low is None or least > low.value or (least == 0 and not low.ids)):
                bounds.low[place] = low = Edge(least, ids)
                changed.append(place)
            if most is not None and (high is None or most < high.value):
                bounds.high[place] = high = Edge(most, ids)
                changed.append(place)
            if low is not None and high is not None and low.value > high.value:
                bounds.empty = place
                break
        return changed

    def _feasible(self, bounds: Bounds, sums: Sequence[Sum]) -> bool:
        """Whether whole numbers are left, where a circle of sums hides that from the bounds."""
        place = {unknown: n for n, unknown in enumerate(self.members)}
        cut = Bounds([bounds.low[u] for u in self.members], [bounds.high[u] for u in self.members])
        whole = [self.component.whole[u] for u in self.members]
        return Exact(cut, [moved(each, place) for each in sums], whole, rules()["solver_calls"]).feasible()

    def _supposed(self, claims: Claims) -> tuple[str, ...]:
        """The assumptions without which the set could hold, by leaving them out."""
        kept, needed = list(self.sums), []
        for name in sorted({name for each in kept for name in each.assumptions}):
            without = [each for each in kept if name not in each.assumptions]
            self.left = max(self.left, 1)
            if self._core(claims, without) is None:
                needed.append(name)
            else:
                kept = without
        return tuple(needed)


def _allows(said: tuple[int, str, float | None, float | None], value: float) -> bool:
    _, _, low, high = said
    return (low is None or low <= value) and (high is None or value <= high)


def moved(each: Sum, place: dict[int, int]) -> Sum:
    """A sum over other places of the same unknowns."""
    terms = tuple((factor, place[unknown]) for factor, unknown in each.terms)
    return Sum(terms, each.ids, each.assumptions, each.at_most)
