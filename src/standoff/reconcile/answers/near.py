"""Which passages may be about one matter: by shared words, incidents and nearness, never by all pairs."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from standoff.reconcile.answers.passages import Passage, once
from standoff.reconcile.matter import NOTION, Weights
from standoff.reconcile.moments import day_of

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


class _Holders:
    """The passages that have one word or incident, those told on a known day in the order of days."""

    __slots__ = ("dated", "days", "undated")

    def __init__(self) -> None:
        self.days: list[int] = []
        self.dated: list[int] = []
        self.undated: list[int] = []

    def __len__(self) -> int:
        return len(self.dated) + len(self.undated)

    def take(self, passage: int, day: int | None) -> None:
        """Add a passage; days must not fall."""
        if day is None:
            self.undated.append(passage)
        else:
            self.days.append(day)
            self.dated.append(passage)

    def within(self, first: int, last: int) -> list[int]:
        """Those told from the first to the last day, and those of no known day."""
        found = self.dated[bisect_left(self.days, first) : bisect_right(self.days, last)]
        return found + self.undated if self.undated else found


class Near:
    """Passages laid out by their words, incidents and days, to ask which may meet a given one."""

    def __init__(self, passages: Iterable[Passage], weights: Weights) -> None:
        self.weights = weights
        self.passages = list(passages)
        self._weighed: list[float | None] = [None] * len(self.passages)
        told = [told_on(each) for each in self.passages]
        self._day = [day.toordinal() if day else None for day in told]
        self._by: dict[str, _Holders] = defaultdict(_Holders)
        self._page: dict[str, list[int]] = defaultdict(list)
        for i in sorted(range(len(told)), key=lambda i: self._day[i] or 0):
            for key in keys_of(self.passages[i]):
                self._by[key].take(i, self._day[i])
        for i, each in enumerate(self.passages):
            self._page[each.page.report.id].append(i)

    def of(self, passage: Passage, within: int, keep: Callable[[Passage], bool]) -> list[Meeting]:
        """Meetings with passages told at most ``within`` days apart, the most telling first."""
        scores = self._scores(passage, within)
        if not scores:
            return []
        all_of_it, met = self.weights.total(passage.words), []
        for _, i in sorted((-round(score, 6), i) for i, score in scores.items()):
            other = self.passages[i]
            if other.key == passage.key or not keep(other):
                continue
            met.append(self._meeting(passage, other, min(all_of_it, self._weight_of(i))))
            if len(met) >= TRIED:
                break
        return met

    def _scores(self, passage: Passage, within: int) -> dict[int, float]:
        """Passages told near enough in time, with what the words and incidents they share weigh."""
        told = told_on(passage)
        first, last = _days(told, within)
        scores: dict[int, float] = defaultdict(float)
        for key in keys_of(passage):
            holders = self._by.get(key)
            if holders is not None and len(holders) <= MOST:
                near = holders.within(first, last)
                weight = self.weights.of(key) if near else 0.0
                for i in near:
                    scores[i] += weight
        for i in self._page.get(passage.page.report.id, ()):
            beside = abs(self.passages[i].number - passage.number) <= BESIDE
            day = self._day[i]
            if beside and (day is None or first <= day <= last):
                scores[i] += 1.0
        return scores

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


def _days(told: dt.date | None, within: int) -> tuple[int, int]:
    """The first and the last day that are near enough; all days where it is not known when it was told."""
    if told is None:
        return 0, dt.date.max.toordinal()
    return told.toordinal() - within, told.toordinal() + within


@once
def keys_of(passage: Passage) -> tuple[str, ...]:
    """The words and incidents by which a passage is found, in one order for all."""
    return tuple(sorted((*passage.words, *passage.incidents)))


@once
def told_on(passage: Passage) -> dt.date | None:
    """Day on which a passage was said, else published."""
    said = passage.statement.said if passage.statement else None
    return day_of(said, passage.page.published)
