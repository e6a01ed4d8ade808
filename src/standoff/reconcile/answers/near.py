"""Which passages may be about one matter: by shared words, incidents and nearness, never by all pairs."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import is_

from standoff.reconcile.answers.passages import Passage, once
from standoff.reconcile.matter import NOTION, Weights
from standoff.reconcile.moments import day_of
from standoff.reconcile.shelf import Shelf

MOST = 50
"""A word that more passages have is no way to find one."""
TRIED = 24
"""How many candidates are looked at for one passage."""
BESIDE = 3
"""Passages of one report at most so far apart stand beside each other."""
Days = list[int | None]


@dataclass(frozen=True, slots=True)
class Meeting:
    """What two passages have in common. ``words`` counts shared stems, notions apart; ``beside`` says that
    they stand close together in one report, ``next`` that nothing stands between; ``around`` counts words of
    the one that stand beside the other."""

    other: Passage
    shared: frozenset[str]
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
    """Passages laid out by their words, incidents and days, to ask which may meet one of ``askers``.

    ``before`` are those of the view before: `mark` then tells for whom nothing is otherwise.
    """

    def __init__(
        self,
        passages: Iterable[Passage],
        weights: Weights,
        askers: Iterable[Passage],
        before: Near | None = None,
    ) -> None:
        self.weights = weights
        self.passages = list(passages)
        self._wanted = frozenset(key for each in askers for key in keys_of(each))
        self._day = [_told(each) for each in self.passages]
        self._by: dict[str, _Holders] = defaultdict(_Holders)
        self._page: dict[str, list[int]] = defaultdict(list)
        for i in sorted(range(len(self.passages)), key=lambda i: self._day[i] or 0):
            for key in self._sought(self.passages[i]):
                self._by[key].take(i, self._day[i])
        for i, each in enumerate(self.passages):
            self._page[each.page.report.id].append(i)
        self._marks: dict[tuple[int, int], tuple[Passage, object]] = {}
        self._were = before._marks if before else {}
        self._pages_changed = frozenset(self._other_pages(before)) if before else frozenset()
        self._changed = self._other_keys(before) if before else {}

    def of(self, passage: Passage, within: int, keep: Callable[[Passage], bool]) -> list[Meeting]:
        """Meetings with passages told at most ``within`` days apart, the most telling first."""
        scores = self._scores(passage, within)
        met: list[Meeting] = []
        for _, i in sorted((-round(score, 6), i) for i, score in scores.items()):
            other = self.passages[i]
            if other.key == passage.key or not keep(other):
                continue
            met.append(_meeting(passage, other))
            if len(met) >= TRIED:
                break
        return met

    def _scores(self, passage: Passage, within: int) -> dict[int, float]:
        """Passages told near enough in time, with what the words and incidents they share weigh."""
        first, last = _days(told_on(passage), within)
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

    def cover(self, passage: Passage, met: Meeting) -> float:
        """What two passages share, as a part of what the less telling of them says."""
        least = min(self.weights.total(passage.words), self.weights.total(met.other.words))
        return self.weights.total(met.shared) / least if least else 0.0

    # -- what is as it was at the view before --------------------------------------------------------

    def mark(self, passage: Passage, within: int) -> object:
        """The object that it was at the view before, while all is as it was that `of` finds for this passage:
        the passages that it may meet, in which order, and how telling the words are by which they are found.
        What ``keep`` rests on is not told by it."""
        was, mark = self._were.get((id(passage), within)), object()
        if was and was[0] is passage and passage.page.report.id not in self._pages_changed:
            mark = mark if self._touched(passage, within) else was[1]
        self._marks[id(passage), within] = passage, mark
        return mark

    def _touched(self, passage: Passage, within: int) -> bool:
        """Whether one that a word leads to came or went in these days, or a word leads elsewhere now."""
        keys = keys_of(passage)
        if self._changed.keys().isdisjoint(keys):
            return False
        first, last = _days(told_on(passage), within)
        changed = (self._changed[key] for key in keys if key in self._changed)
        return any(day is None or first <= day <= last for days in changed for day in days)

    def _other_pages(self, before: Near) -> Iterator[str]:
        """Reports of which other passages are here than before; all, where the reports stand otherwise."""
        both = [each for each in self._page if each in before._page]
        if both != [each for each in before._page if each in self._page]:
            yield from self._page.keys() | before._page.keys()
            return
        yield from self._page.keys() ^ before._page.keys()
        for report in both:
            mine, theirs = self._on(report), before._on(report)
            if len(mine) != len(theirs) or not all(map(is_, mine, theirs)):
                yield report

    def _other_keys(self, before: Near) -> dict[str, Days]:
        """Words and incidents that lead elsewhere than before, with the days of those who came or went; with
        None, where all days are touched."""
        found: dict[str, Days] = defaultdict(list)
        for report in self._pages_changed:
            for near in (self, before):
                for i in near._page.get(report, ()):
                    for key in self._sought(near.passages[i]):
                        found[key].append(near._day[i])
        weighs_otherwise = self.weights.changed_since(before.weights)
        for key in self._wanted:
            was, now = len(before._by.get(key, ())), len(self._by.get(key, ()))
            if key not in before._wanted or (was > MOST) != (now > MOST) or weighs_otherwise(key):
                found[key].append(None)
            if was > MOST and now > MOST and key in before._wanted:
                found.pop(key, None)  # it led nowhere and leads nowhere
        return dict(found)

    def _on(self, report: str) -> list[Passage]:
        return [self.passages[i] for i in self._page.get(report, ())]

    def _sought(self, passage: Passage) -> frozenset[str]:
        """The words and incidents of a passage by which somebody seeks."""
        return (self._wanted & passage.words) | (self._wanted & passage.incidents)


def near_of(
    shelf: Shelf, name: Hashable, passages: Sequence[Passage], weights: Weights, askers: Iterable[Passage]
) -> Near:
    """Passages laid out for those who ask, with what is as it was when those of the name were last."""
    near = Near(passages, weights, askers, shelf.kept.last.get(("near", name)))
    shelf.kept.last["near", name] = near
    return near


def _meeting(a: Passage, b: Passage) -> Meeting:
    """What two passages share."""
    shared = a.words & b.words
    words = sum(not key.startswith(NOTION) for key in shared)
    one_page = a.page.report.id == b.page.report.id
    return Meeting(
        other=b,
        shared=shared,
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


def _told(passage: Passage) -> int | None:
    day = told_on(passage)
    return day.toordinal() if day else None


@once
def keys_of(passage: Passage) -> tuple[str, ...]:
    """The words and incidents by which a passage is found, in one order for all."""
    return tuple(sorted((*passage.words, *passage.incidents)))


def soon(a: Passage, b: Passage, days: int) -> bool:
    """Whether two passages are told within so many days of each other, as far as is known."""
    first, second = told_on(a), told_on(b)
    return first is None or second is None or abs((first - second).days) <= days


@once
def told_on(passage: Passage) -> dt.date | None:
    """Day on which a passage was said, else published."""
    said = passage.statement.said if passage.statement else None
    return day_of(said, passage.page.published)
