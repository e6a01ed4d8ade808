"""Solved unknowns as the ledger's steps and equations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Literal

from standoff.model import Bound, Equation, LedgerGroup, LedgerStep, RestsOn, SaidBy
from standoff.model.annotation import Number
from standoff.model.when import first_day, last_day
from standoff.reconcile.accounts import Told
from standoff.reconcile.figures.figure import figure_words
from standoff.reconcile.ledger.given import given
from standoff.reconcile.ledger.propagate import Bounds
from standoff.reconcile.ledger.terms import Edge, Model, ShownSum, Unknown
from standoff.reconcile.wording import say, table

KINDS = {"present": "stock", "other": "stock", "evacuated": "left", "sum": "stock"}
HIDDEN = frozenset({"killed_of_group", "arrived_of_group", "meant"})
Best = list[Number | None]
Told_by_id = dict[str, Told]


def groups(model: Model, held: Bounds, ajar: Bounds, plain: Bounds, best: Best) -> Iterator[LedgerGroup]:
    """Every group with its steps in time order; groups stand in the order they were first told of."""
    by_group: dict[str, list[Unknown]] = defaultdict(list)
    for unknown in model.unknowns:
        by_group[unknown.group].append(unknown)
    told = {each.annotation: each for unknown in model.unknowns for each in unknown.told}
    sums = {each.whole: each for each in model.shown}
    view = _View(model, held, ajar, plain, best, told, sums)
    for group, unknowns in by_group.items():
        steps = [step for each in sorted(unknowns, key=_order) if (step := view.step(each)) is not None]
        if steps and any(step.high is None or step.high > 1 for step in steps):  # one thing is no group
            name, unit = model.group_names[group], model.group_units[group]
            yield LedgerGroup(id=group, name=name, unit=unit, steps=tuple(steps))


def _order(unknown: Unknown) -> tuple[str, str, int]:
    first, last = first_day(unknown.at), last_day(unknown.at)
    return first.isoformat() if first else "", last.isoformat() if last else "", unknown.index


class _View:
    """Looks up what a step needs of the solved model."""

    def __init__(
        self,
        model: Model,
        held: Bounds,
        ajar: Bounds,
        plain: Bounds,
        best: Best,
        told: Told_by_id,
        sums: dict[int, ShownSum],
    ) -> None:
        self.model, self.held, self.ajar, self.plain, self.best = model, held, ajar, plain, best
        self.told, self.sums = told, sums

    def step(self, unknown: Unknown) -> LedgerStep | None:
        """The step of an unknown; None when it is only a helper, or says nothing."""
        if unknown.kind in HIDDEN:
            return None
        i = unknown.index
        source = self.ajar if unknown.kind == "unexplained" else self.held
        low, high = _said(source.low[i]), _said(source.high[i])
        if unknown.kind == "unexplained" and not _told_apart(low, high):
            return None
        if low is None and high is None:
            return None
        without_low, without_high = _said(self.plain.low[i]), _said(self.plain.high[i])
        rests = RestsOn(low=self._ids(low), high=self._ids(high))
        assumptions = sorted({name for edge in (low, high) if edge for name in edge.assumptions})
        best = self.best[i] if unknown.kind != "unexplained" else None
        return LedgerStep(
            at=unknown.at,
            kind=_kind(unknown),
            low=low.value if low else None,
            high=high.value if high else None,
            best=best,
            rests_on=rests,
            assumptions=tuple(assumptions),
            without_assumptions=Bound(
                low=without_low.value if without_low else None,
                high=without_high.value if without_high else None,
            ),
            text=self._text(unknown, low, high),
            party=self._party(rests),
            said_by=SaidBy(low=self._names(rests.low), high=self._names(rests.high)),
        )

    def _ids(self, edge: Edge | None) -> tuple[str, ...]:
        """Annotation ids of a bound, in the order they were told."""
        if edge is None:
            return ()
        return tuple(sorted(edge.ids, key=lambda each: (self.told[each].order, each)))

    def _party(self, rests: RestsOn) -> str | None:
        """The party that all the claims come from, when they come from one."""
        told = [self.told[each] for each in (*rests.low, *rests.high)]
        keys = {each.key for each in told}
        return told[0].account.source if len(keys) == 1 and not told[0].own else None

    def _names(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        """Who says what a bound rests on, in the order they were told."""
        return tuple(dict.fromkeys(self.told[each].label for each in ids))

    def _text(self, unknown: Unknown, low: Edge | None, high: Edge | None) -> str:
        name = self.model.group_names[unknown.group]
        said_twice = unknown.kind == "remaining" and unknown.label == table("scope")["rest"].strip()
        if unknown.label and unknown.told and not said_twice:
            name = f"{name} {unknown.label}".replace(" ,", ",")
        if unknown.kind == "unexplained":
            return _unexplained(unknown, name, low, high)
        figure = _figure(unknown, low, high, self.best)
        shown = self.sums.get(unknown.index)
        sum_words = _sum_words(self.model, shown, self.held, self.best) if shown else ""
        if unknown.kind == "sum":
            return say("ledger", "sum", name=name, figure=figure, sum=sum_words)
        if unknown.kind == "remaining":
            return say("ledger", "remaining", name=name, figure=figure, sum=sum_words).replace(" ()", "")
        kind = _kind(unknown)
        if kind == "stock":
            return say("ledger", "stock", name=name, figure=figure)
        words = table("ledger").get(f"kind_{kind}", unknown.kind)
        return say("ledger", "total" if unknown.derived else "flow", name=name, kind=words, figure=figure)


def _kind(unknown: Unknown) -> str:
    """What kind of step an unknown is shown as."""
    return unknown.shown or KINDS.get(unknown.kind, unknown.kind)


def _unexplained(unknown: Unknown, name: str, low: Edge | None, high: Edge | None) -> str:
    """What is unaccounted for, or how many more are counted than came, between two counts."""
    more = high is not None and high.value <= 0
    least, most = (edge.value if edge else None for edge in (low, high))
    if more:
        least, most = (None if value is None else -value for value in (most, least))
    figure = figure_words(least, most, None)
    known = unknown.label and unknown.at and unknown.label != unknown.at
    when = say("ledger", "between", start=unknown.label, end=unknown.at) if known else ""
    return say("ledger", "unexplained_more" if more else "unexplained", name=name, figure=figure, when=when)


def _said(edge: Edge | None) -> Edge | None:
    """A bound that a claim stands behind: that a count is not below 0 is no claim."""
    return edge if edge is not None and edge.ids else None


def _told_apart(low: Edge | None, high: Edge | None) -> bool:
    """Whether something is unaccounted for, whatever the values within the bounds."""
    return bool((low and low.value > 0) or (high and high.value < 0))


def _figure(unknown: Unknown, low: Edge | None, high: Edge | None, best: Best) -> str:
    """What was said, where one answer was given; else the computed bounds."""
    bounds_now = (low.value if low else None, high.value if high else None)
    answers = {
        each.account.answer
        for each in unknown.told
        if len(unknown.told) == 1 or (each.figure.low, each.figure.high) == bounds_now
    }
    if len(answers) == 1 and (answer := next(iter(answers))):
        return answer
    known = any(bound is not None for bound in bounds_now)
    return figure_words(*bounds_now, None if known else best[unknown.index])


def _sum_words(model: Model, shown: ShownSum, bounds: Bounds, best: Best) -> str:
    words = ""
    for sign, index in shown.parts:
        unknown = model.unknowns[index]
        figure = _figure(unknown, bounds.low[index], bounds.high[index], best)
        if unknown.kind == "unexplained":
            figure = say("ledger", "unexplained_part", figure=figure)
        joint = "" if not words and sign > 0 else (" + " if sign > 0 else " − ")
        words += f"{joint}{figure}"
    return words


def equations(model: Model, bounds: Bounds, best: Best) -> Iterator[Equation]:
    """Every equation that the accounts imply, with whether it holds by what was said.

    Reports that imply one sum of one group share an equation, with the terms of them all.
    """
    found: dict[tuple[str, str, str], Equation] = {}
    for shown in model.shown:
        whole = model.unknowns[shown.whole]
        low, high = bounds.low[whole.index], bounds.high[whole.index]
        if whole.derived and not _said(low) and not _said(high):
            continue
        figure = _figure(whole, low, high, best)
        ids = [one for index in _indices(shown) for one in _claims(model.unknowns[index], bounds)]
        text, holds = f"{figure} = {_sum_words(model, shown, bounds, best)}", _holds(model, shown)
        same = found.get((whole.group, text, holds))
        terms = dict.fromkeys([*(same.terms if same else ()), *ids])
        found[whole.group, text, holds] = Equation(text=text, terms=tuple(terms), holds=holds)
    yield from found.values()


def _indices(shown: ShownSum) -> list[int]:
    return [shown.whole, *(index for _, index in shown.parts)]


def _claims(unknown: Unknown, bounds: Bounds) -> list[str]:
    """The claims of a term: those that tell of it, or that its bounds rest on where it is computed."""
    edges = (bounds.low[unknown.index], bounds.high[unknown.index]) if unknown.derived else ()
    rests = {one for edge in edges if edge for one in edge.ids}
    return [*(each.annotation for each in unknown.told), *sorted(rests)]


def _holds(model: Model, shown: ShownSum) -> Literal["yes", "no", "open"]:
    whole = model.unknowns[shown.whole]
    if whole.derived:
        return "open" if shown.assumed else "yes"
    low: Number | None = 0
    high: Number | None = 0
    for sign, index in shown.parts:
        edges = given(model.unknowns[index])
        first, second = edges if sign > 0 else (edges[1], edges[0])
        low = None if low is None or first is None else low + sign * first.value
        high = None if high is None or second is None else high + sign * second.value
    stated = given(whole)
    exact = low is not None and low == high
    if exact and stated[0] and stated[1] and low == stated[0].value == stated[1].value:
        return "yes"
    if low is not None and stated[1] and low > stated[1].value:
        return "no"
    if shown.complete and high is not None and stated[0] and high < stated[0].value:
        return "no"
    return "open"
