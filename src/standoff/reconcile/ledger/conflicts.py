"""Minimal sets of claims that cannot all hold, by deletion within a stated budget of calls."""

from __future__ import annotations

from standoff.model import Conflict
from standoff.reconcile.accounts import Told
from standoff.reconcile.ledger.build import rules
from standoff.reconcile.ledger.given import overlap
from standoff.reconcile.ledger.propagate import Bounds, propagate
from standoff.reconcile.ledger.solve import Budget
from standoff.reconcile.ledger.terms import Edge, Sum, Unknown
from standoff.reconcile.wording import assumption, joined, say, table

FIRM = frozenset({assumption("disjoint")})
"""Assumptions that a conflict may rest on. Where a balance over time does not come out, the flow that
is unaccounted for is shown instead; where a count falls, its question's links say so."""

Said = list[tuple[int, Told]]


class Search:
    """Looks for conflicts in one component after another, with one budget for all."""

    def __init__(self, unknowns: list[Unknown]) -> None:
        self.unknowns = unknowns
        self.budget = Budget(rules()["conflict_calls"])

    def component(self, members: list[int], sums: list[Sum]) -> list[Conflict]:
        """The conflicts of a component. Accounts of one count that clash are disputes, not conflicts:
        only sets that a sum joins are told."""
        said = [(u, told) for u in members for told in self.unknowns[u].told if told.figure.known]
        sums = [each for each in sums if each.assumptions <= FIRM]
        if len(said) > rules()["conflict_claims"] or not sums:
            return []
        found: list[Conflict] = []
        while len(found) < rules()["conflicts_per_component"]:
            smallest = self._smallest(members, sums, said)
            if smallest is None:
                break
            last = max(smallest, key=lambda each: each[1].order)
            said = [each for each in said if each is not last]
            if len({unknown for unknown, _ in smallest}) > 1:
                needed = self._assumptions(members, sums, smallest)
                found.append(_conflict(smallest, needed, more=self.budget.calls <= 0))
        return found

    def _smallest(self, members: list[int], sums: list[Sum], said: Said) -> Said | None:
        """One set that cannot hold and of which every claim is needed; None when all can hold."""
        if self._holds(members, sums, said):
            return None
        kept = list(said)
        for each in sorted(said, key=lambda one: one[1].order, reverse=True):
            without = [one for one in kept if one is not each]
            if self.budget.calls <= 0:
                break
            if not self._holds(members, sums, without):
                kept = without
        return kept

    def _holds(self, members: list[int], sums: list[Sum], said: Said) -> bool:
        """Whether claims can all hold, as far as propagation sees. Out of budget, they are taken to."""
        if not self.budget.take():
            return True
        place = {unknown: n for n, unknown in enumerate(members)}
        told: list[list[Told]] = [[] for _ in members]
        for unknown, each in said:
            told[place[unknown]].append(each)
        bounds = Bounds([], [])
        for unknown, mine in zip(members, told, strict=True):
            low, high = overlap(mine)
            if low is None and not self.unknowns[unknown].signed:
                low = Edge(0)
            if low and high and low.value > high.value:
                return False
            bounds.low.append(low)
            bounds.high.append(high)
        local = [_moved(each, place) for each in sums]
        return propagate(bounds, local).empty is None

    def _assumptions(self, members: list[int], sums: list[Sum], smallest: Said) -> list[str]:
        """The assumptions without which the set could hold, by deletion."""
        names = sorted({name for each in sums for name in each.assumptions})
        kept = list(sums)
        needed = []
        for name in names:
            without = [each for each in kept if name not in each.assumptions]
            if self._holds(members, without, smallest):
                needed.append(name)
            else:
                kept = without
        return needed


def _moved(each: Sum, place: dict[int, int]) -> Sum:
    terms = tuple((factor, place[unknown]) for factor, unknown in each.terms)
    return Sum(terms, each.ids, each.assumptions, each.at_most)


def _conflict(smallest: Said, assumptions: list[str], *, more: bool) -> Conflict:
    told = [each for _, each in sorted(smallest, key=lambda one: one[1].order)]
    items = [
        say("conflict", "item", text=each.account.text, source=each.label, when=each.moment or "undated")
        for each in told
    ]
    counts = table("conflict")["counts"]
    number = counts[len(told)] if len(told) < len(counts) else str(len(told))
    sentence = say("conflict", "head", n=number, list=joined(items))
    if assumptions:
        sentence += say("conflict", "under", assumptions=joined(assumptions))
    if more:
        sentence += say("conflict", "more")
    return Conflict(claims=tuple(each.annotation for each in told), sentence=sentence)
