"""Which passages may be about one matter: by shared words, incidents and nearness, never by all pairs."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from standoff.reconcile.answers.passages import Passage, once
from standoff.reconcile.matter import NOTION, Weights
from standoff.reconcile.moments import day_of, days_apart

MOST = 50
"""A word that more passages have is no way to find one."""
TRIED = 24
"""How many candidates are looked at for one passage."""
BESIDE = 3
"""Passages of one report at most so far apart stand beside each other."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """What two passages have in common. ``weight`` is that of the shared words, ``cover`` its part of what
    the less telling of the two says; ``words`` counts shared stems, notions apart; ``beside`` says that they
    stand close together in one report, ``next`` that nothing stands between; ``around`` counts words of the
    one that stand beside the other."""

    other: Passage
    shared: frozenset[str]
    weight: float
    cover: float
    words: int
    notions: int
    incident: bool
    places: bool
    beside: bool
    next: bool
    types: bool
    around: int


class Near:
    """Passages laid out by their words and incidents, to ask which may meet a given one."""

    def __init__(self, passages: Iterable[Passage], weights: Weights) -> None:
        self.weights = weights
        self.passages = list(passages)
        self._weighed: list[float | None] = [None] * len(self.passages)
        self._told = [told_on(each) for each in self.passages]
        self._by: dict[str, list[int]] = defaultdict(list)
        self._page: dict[str, list[int]] = defaultdict(list)
        for i, each in enumerate(self.passages):
            for key in (*each.words, *each.incidents):
                self._by[key].append(i)
            self._page[each.page.report.id].append(i)

    def of(self, passage: Passage, within: int, keep: Callable[[Passage], bool]) -> list[Meeting]:
        """Meetings with passages told at most ``within`` days apart, the most telling first."""
        scores: dict[int, float] = defaultdict(float)
        for key in sorted((*passage.words, *passage.incidents)):
            found = self._by.get(key, ())
            if len(found) <= MOST:
                weight = self.weights.of(key)
                for i in found:
                    scores[i] += weight
        for i in self._page.get(passage.page.report.id, ()):
            if abs(self.passages[i].number - passage.number) <= BESIDE:
                scores[i] += 1.0
        told, all_of_it, met = told_on(passage), self.weights.total(passage.words), []
        for i in sorted(scores, key=lambda i: (-round(scores[i], 6), i)):
            other = self.passages[i]
            if other.key == passage.key or _apart(told, self._told[i], within) or not keep(other):
                continue
            met.append(self._meeting(passage, other, min(all_of_it, self._weight_of(i))))
            if len(met) >= TRIED:
                break
        return met

    def _weight_of(self, i: int) -> float:
        if self._weighed[i] is None:
            self._weighed[i] = self.weights.total(self.passages[i].words)
        return self._weighed[i] or 0.0

    def _meeting(self, a: Passage, b: Passage, least: float) -> Meeting:
        """What two passages share; ``least`` is the weight of the one that says less."""
        shared = a.words & b.words
        words = sum(not key.startswith(NOTION) for key in shared)
        weight = self.weights.total(shared)
        one_page = a.page.report.id == b.page.report.id
        return Meeting(
            other=b,
            shared=shared,
            weight=weight,
            cover=weight / least if least else 0.0,
            words=words,
            notions=len(shared) - words,
            incident=bool(a.incidents & b.incidents),
            places=bool(a.places & b.places),
            beside=one_page and abs(a.number - b.number) <= BESIDE,
            next=one_page and abs(a.number - b.number) == 1,
            types=bool(a.types & b.types),
            around=len((a.words & b.around) | (a.around & b.words)),
        )


def _apart(a: dt.date | None, b: dt.date | None, within: int) -> bool:
    apart = days_apart(a, b)
    return apart is not None and apart > within


@once
def told_on(passage: Passage) -> dt.date | None:
    """Day on which a passage was said, else published."""
    said = passage.statement.said if passage.statement else None
    return day_of(said, passage.page.published)
