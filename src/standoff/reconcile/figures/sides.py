"""The sides of a dispute about a number: who holds to which figure, each source on one side only.

A source's figures over time stand together, its last one being what it holds. Sources whose last figures may
both be true share a side, unless they contradict each other. A bound that fits several sides
takes none of them, or the nearest where it contradicts another side.
"""

from __future__ import annotations

from collections import defaultdict

from standoff.reconcile.accounts import Told, in_order
from standoff.reconcile.figures.figure import below, meet
from standoff.reconcile.figures.links import held_last

Pairs = list[tuple[Told, Told]]


def sides_of(told: list[Told], pairs: Pairs, *, apart: bool, roleless: bool) -> list[list[Told]]:
    """Accounts by side, in the order of first accounts. ``pairs`` contradict each other; with ``apart`` they
    are lower bounds that differ, and each figure is a side. Counts without a role (``roleless``) may be of
    other things: of these only the contested figures stand on sides."""
    if apart:
        return _by_figure(told, pairs)
    if roleless:
        contested_figures = {each.figure for pair in pairs for each in pair}
        told = [each for each in told if each.figure in contested_figures]
    series: dict[str, list[Told]] = defaultdict(list)
    for each in in_order(told):
        series[each.key].append(each)
    contested = {each.key for pair in pairs for each in pair}
    against = _opposed(pairs)
    camps: list[list[str]] = []
    for key in sorted(
        contested, key=lambda key: (held_last(series[key]).figure.floor_only, series[key][0].order)
    ):
        homes = [camp for camp in camps if _fits(key, camp, series, against)]
        if homes:
            _nearest(key, homes, series).append(key)
        else:
            camps.append([key])
    for key in series:
        homes = [camp for camp in camps if key not in contested and _same_answer(key, camp, series)]
        if len(homes) == 1:
            homes[0].append(key)
    placed = {key for camp in camps for key in camp}
    for key in sorted(_holding(pairs, series) - placed, key=lambda key: series[key][0].order):
        homes = [camp for camp in camps if _fits(key, camp, series, against)]
        if homes:
            _nearest(key, homes, series).append(key)
        else:
            camps.append([key])
    camps = _merged(camps, series, against)
    sides = [in_order([each for key in camp for each in series[key]]) for camp in camps]
    return sorted(sides, key=lambda side: side[0].order)


def _holding(pairs: Pairs, series: dict[str, list[Told]]) -> set[str]:
    """Sources that hold to the very figure by which another contradicts somebody: one witness of a figure is
    enough to find that it is contested, and all who hold to it take part."""
    told = {(each.figure, each.negated) for pair in pairs for each in pair}
    return {
        key
        for key, accounts in series.items()
        if ((last := held_last(accounts)).figure, last.negated) in told
    }


def _nearest(key: str, homes: list[list[str]], series: dict[str, list[Told]]) -> list[str]:
    """Of the sides that a source may stand on, that whose figure is nearest: "at least 15" stands with 19."""
    low = held_last(series[key]).figure.low or 0
    return min(
        homes, key=lambda camp: min(abs((held_last(series[each]).figure.low or 0) - low) for each in camp)
    )


def _merged(
    camps: list[list[str]], series: dict[str, list[Told]], against: set[frozenset[str]]
) -> list[list[str]]:
    """Sides that once gave one figure are one, unless a source of the one contradicts one of the other."""
    found: list[list[str]] = []
    for camp in camps:
        told = {(each.figure, each.negated) for key in camp for each in series[key]}
        home = next(
            (
                other
                for other in found
                if told & {(each.figure, each.negated) for key in other for each in series[key]}
                and not any(frozenset((a, b)) in against for a in camp for b in other)
            ),
            None,
        )
        if home is None:
            found.append(list(camp))
        else:
            home += camp
    return found


def _by_figure(told: list[Told], pairs: Pairs) -> list[list[Told]]:
    contested = {(each.figure, each.negated) for pair in pairs for each in pair}
    camps: dict[object, list[Told]] = {}
    for each in in_order(told):
        if (each.figure, each.negated) in contested:
            camps.setdefault((each.figure, each.negated), []).append(each)
    return list(camps.values())


def _opposed(pairs: Pairs) -> set[frozenset[str]]:
    return {frozenset((a.key, b.key)) for a, b in pairs}


def _fits(key: str, camp: list[str], series: dict[str, list[Told]], against: set[frozenset[str]]) -> bool:
    """Whether a source may stand on a side: its last figure agrees with all there and it opposes none."""
    last = held_last(series[key])
    return all(
        frozenset((key, other)) not in against and _agree(last, held_last(series[other])) for other in camp
    )  # fmt: skip


def _agree(a: Told, b: Told) -> bool:
    """Whether two figures may both be true, or the later is the higher, so that nobody holds it down."""
    if a.negated != b.negated:
        return False
    older, newer = sorted((a, b), key=lambda each: each.order)
    grown = (
        older.day is not None
        and newer.day is not None
        and older.day < newer.day
        and below(older.figure, newer.figure)
    )
    return meet(a.figure, b.figure) or grown


def _same_answer(key: str, camp: list[str], series: dict[str, list[Told]]) -> bool:
    """Whether a source that contradicts nobody holds to the very figure of a side."""
    last = held_last(series[key])
    theirs = [held_last(series[other]) for other in camp]
    return any(last.figure == each.figure and last.negated == each.negated for each in theirs)
