"""Counts over time: running counts do not fall, and what is left of a group after what came and went."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise

from standoff.reconcile.ledger.book import Book
from standoff.reconcile.ledger.sizes import (
    below,
    by_index,
    can_close,
    day,
    falls,
    known,
    may_be_of,
    moment_key,
    out_of_scale,
    roles,
    torn,
    vague,
)
from standoff.reconcile.ledger.terms import ShownSum, Unknown
from standoff.reconcile.wording import assumption


def accumulate(book: Book) -> None:
    """A cumulative count does not fall (soft: left out where its accounts themselves fall)."""
    for subject, unknowns in book.by_subject.items():
        if subject.measure != "cumulative":
            continue
        ordered = [each for each in unknowns if each.at is not None]
        for earlier, later in pairwise(ordered):
            one_thing = subject.incident is not None or _one_party(earlier, later)
            if one_thing and may_be_of(later, earlier) and not falls(earlier, later):
                terms = ((1, earlier.index), (-1, later.index))
                book.model.at_most(terms, assumption("not_falling"))


def _one_party(a: Unknown, b: Unknown) -> bool:
    """Whether some party tells of both; reports in their own voice may tell of two things."""
    parties = ({each.key for each in unknown.told if not each.own} for unknown in (a, b))
    return bool(set.intersection(*parties))


def _one_teller(a: Unknown, b: Unknown) -> bool:
    """Whether some party, or one report in its own voice, tells of both."""
    pages = ({each.page.report.id for each in unknown.told if each.own} for unknown in (a, b))
    return _one_party(a, b) or bool(set.intersection(*pages))


# -- balances ----------------------------------------------------------------------------------------


@dataclass
class _Flows:
    """What came and went of a group: the running counts of each role and incident in time order, and
    what was newly counted."""

    running: dict[tuple[str, str | None], list[Unknown]]
    fresh: list[Unknown]
    _after: dict[int, tuple[list[list[Unknown]], list[Unknown]]] = field(default_factory=dict)

    def until(self, start: Unknown, end: Unknown | None) -> tuple[list[Unknown], list[Unknown]]:
        """The latest running counts after the start and up to the end, and what is newer than they."""
        limit = end.begins if end is not None else dt.date.max
        running, fresh = self._of(start)
        counts = [next((each for each in held if each.ends <= limit), None) for held in running]
        found = by_index(each for each in counts if each is not None)
        newest = _newest(found)
        more = [
            each for each in fresh if each.ends <= limit and each.begins > newest.get(each.role, dt.date.max)
        ]
        return found, by_index(more)

    def _of(self, start: Unknown) -> tuple[list[list[Unknown]], list[Unknown]]:
        """What may be of those at the start and is not over before it: running counts, the last first, and
        what was newly counted."""
        if start.index not in self._after:
            running = [
                [each for each in reversed(held) if _may(start, each)] for held in self.running.values()
            ]
            fresh = [each for each in self.fresh if _may(start, each)]
            self._after[start.index] = [held for held in running if held], fresh
        return self._after[start.index]


def _may(start: Unknown, flow: Unknown) -> bool:
    return start.begins <= flow.ends and may_be_of(flow, start)


def _newest(counts: list[Unknown]) -> dict[str, dt.date]:
    """The last day that running counts of each role reach."""
    found: dict[str, dt.date] = {}
    for each in counts:
        found[each.role] = max(each.ends, found.get(each.role, dt.date.min))
    return found


def balance(book: Book) -> None:
    """What is left of a group: its first count, less what it lost and plus what joined it.

    A later count of the group closes the balance up to it; after the last, what is left is computed.
    """
    states = roles("stocks") | {"other"}
    stocks: dict[str, list[Unknown]] = defaultdict(list)
    for unknown in book.plain():
        if unknown.role in states:
            stocks[unknown.group].append(unknown)
    for group, held in stocks.items():
        start = next((each for each in held if not vague(each)), None)
        if start is None or book.anyone(group) or not _is_whole(book, start):
            continue
        # What is left of a whole that was told to have parted is told too, and not computed beside it.
        _Balance(book, start, held[held.index(start) + 1 :]).draw(rest=start.index not in book.tied)


def _is_whole(book: Book, stock: Unknown) -> bool:
    """Whether a count may be of the whole group: no count of the same time or before stands above it."""
    if torn(stock) or all(each.figure.floor_only for each in known(stock)):
        return False
    before = (each for each in book.by_group[stock.group] if _state(each) and each.begins <= stock.begins)
    return not any(below(stock, each) for each in before)


def _state(unknown: Unknown) -> bool:
    """Whether a count is of how many there are, and of no part of them."""
    return unknown.role in roles("stocks") | {"other"} and _part_of(unknown) is None


def _part_of(unknown: Unknown) -> str | None:
    return unknown.subject.part if unknown.subject else None


class _Balance:
    """The balance of one group from its first count on."""

    def __init__(self, book: Book, start: Unknown, later: list[Unknown]) -> None:
        self.book, self.model, self.start = book, book.model, start
        self.flows = self._gathered()
        gains = any(role in roles("gains") for role, _ in self.flows.running)
        # Where a later count stands above the first with nobody come, only sums that come out are drawn.
        self.sure = gains or not any(
            below(start, each) for each in book.by_group[start.group] if _state(each)
        )
        self.later = [
            each
            for each in later
            if each.role in {start.role, "other"} and each.index not in book.tied
            and not torn(each) and not vague(each)
        ]  # fmt: skip
        self.shares: dict[int, Unknown] = {}
        self.merged: dict[tuple[int, ...], Unknown] = {}

    def _gathered(self) -> _Flows:
        running: dict[tuple[str, str | None], list[Unknown]] = defaultdict(list)
        fresh: list[Unknown] = []
        moving = roles("losses", "gains")
        for unknown in self.book.by_group[self.start.group]:
            subject = unknown.subject
            if subject is None or not subject.plain or subject.role not in moving:
                continue
            if not self._elsewhere(subject.incident) and (self._came(unknown) or _sign(unknown) < 0):
                if subject.measure == "cumulative":
                    running[subject.role, subject.incident].append(unknown)
                elif subject.measure == "new":
                    fresh.append(unknown)
        for held in running.values():
            held.sort(key=lambda each: moment_key(each.at))
        return _Flows(running, fresh)

    def _came(self, flow: Unknown) -> bool:
        """Whether those who came are told apart from those who were there: as new, or by a report that
        tells of both."""
        new = flow.subject is not None and flow.subject.measure == "new"
        return new or bool(flow.reports & self.start.reports)

    def _elsewhere(self, incident: str | None) -> bool:
        """Whether an incident is known to be at another place than the start's."""
        mine = self.start.subject.incident if self.start.subject else None
        incidents = self.book.shelf.incidents
        here, there = incidents.get(mine or ""), incidents.get(incident or "")
        return bool(here and there and here.place and there.place and here.place != there.place)

    def draw(self, *, rest: bool) -> None:
        """One sum for each later count, and (``rest``) one for what is left after all that is told."""
        closed: list[Unknown] = []
        for before, stock in pairwise([self.start, *self.later]):
            flows, more = self.flows.until(self.start, stock)
            if stock.begins > self.start.begins and self._counts(stock, flows, more):
                self._sum(flows, more, stock)
                closed = [*flows, *more]
            elif before is not self.start and self._carries(before, stock):
                self._carry(before, stock)
        flows, more = self.flows.until(self.start, None)
        lost = any(each.role in roles("losses") for each in flows) and self._together_told(flows)
        told = not any(vague(each) for each in flows) and not out_of_scale(self.start, flows)
        if rest and self.sure and lost and told and [*flows, *more] != closed:
            self._sum(flows, more, None)

    def _together_told(self, flows: list[Unknown]) -> bool:
        """Whether the first count is known to be of those who were there: by its role, or because reports
        that tell of it tell of all that they lost."""
        shared = all(flow.reports & self.start.reports for flow in flows)
        return self.start.role in roles("stocks") or shared

    def _counts(self, stock: Unknown, flows: list[Unknown], more: list[Unknown]) -> bool:
        """Whether a later count is of the same group: it is told as its state, or the sum comes out.
        Where nothing is told in between, only a source that told both carries its count over."""
        if not flows:
            return self._carries(self.start, stock)
        if out_of_scale(self.start, flows) or any(vague(each) for each in flows):
            return False
        signed = [(1, self.start), *((_sign(each), each) for each in (*flows, *more))]
        closes = can_close(stock, signed) and self._together_told(flows)
        return closes or (self.sure and stock.role in roles("stocks"))

    def _carries(self, before: Unknown, stock: Unknown) -> bool:
        """Whether a source that told of a state tells of it again in answer to one question, with nothing
        told in between."""
        state = before.role in roles("stocks") and before.subject == stock.subject
        later = self.sure and state and stock.begins > before.begins and _one_teller(before, stock)
        return later and not self.flows.until(before, stock)[0]

    def _carry(self, before: Unknown, stock: Unknown) -> None:
        """before - unexplained = stock, the unexplained being 0 if there is no other flow."""
        other = self.model.add(stock.group, "unexplained", stock.at, derived=True, signed=True)
        other.label = before.at or ""
        self.model.equal(((1, before.index), (-1, other.index), (-1, stock.index)))
        self.model.equal(((1, other.index),), assumption("no_other_flow"))

    def _sum(self, flows: list[Unknown], more: list[Unknown], stated: Unknown | None) -> None:
        """start + gains - losses - unexplained = rest, the unexplained being 0 if there is no other flow."""
        start, group = self.start, self.start.group
        times = [stated.at] if stated else [each.at for each in (*flows, *more)]
        end = max(times, key=lambda at: day(at, last=True))
        rest = stated or self.model.add(group, "remaining", end, derived=True)
        other = self.model.add(group, "unexplained", end, derived=True, signed=True)
        other.label = start.at or ""
        signed = [(_sign(each), self._share(each)) for each in (*self._by_role(flows), *more)]
        terms = ((1, start.index), *((sign, each.index) for sign, each in signed), (-1, other.index))
        # A count of the very day of the losses may have been taken before or after them.
        same_day = bool(flows) and start.begins == min(each.ends for each in flows)
        before = (assumption("counted_before"),) if same_day else ()
        self.model.equal((*terms, (-1, rest.index)), *before)
        self.model.equal(((1, other.index),), assumption("no_other_flow"))
        if signed:
            parts = ((sign, each.index if each.counted is None else each.counted) for sign, each in signed)
            self.model.shown.append(ShownSum(rest.index, ((1, start.index), *parts), assumed=True))

    def _share(self, flow: Unknown) -> Unknown:
        """How many of a flow were of this group, or came on top of it: all, under a named assumption."""
        name = {"killed": "dead_of_group"}.get(flow.role, "came_after" if _sign(flow) > 0 else None)
        if name is None:
            return flow
        if name == "came_after":
            flow.shown = "join"
        if flow.index not in self.shares:
            mine = self.model.add(flow.group, f"{flow.role}_of_group", flow.at, derived=True)
            mine.counted = flow.index
            terms = ((1, mine.index), (-1, flow.index))
            self.model.at_most(terms)
            self.model.equal(terms, assumption(name))
            self.shares[flow.index] = mine
        return self.shares[flow.index]

    def _by_role(self, flows: list[Unknown]) -> list[Unknown]:
        """One flow a role. Counts of several incidents may overlap: if nobody was lost elsewhere they
        are at most their sum together."""
        by_role: dict[str, list[Unknown]] = defaultdict(list)
        for each in flows:
            by_role[each.role].append(each)
        return [self._together(role, members) for role, members in by_role.items()]

    def _together(self, role: str, members: list[Unknown]) -> Unknown:
        if len(members) == 1:
            return members[0]
        key = tuple(each.index for each in members)
        if key not in self.merged:
            at = max((each.at for each in members), key=lambda moment: day(moment, last=True))
            total = self.model.add(members[0].group, role, at, derived=True)
            for each in _least_by_source(members):
                self.model.at_most(((1, each.index), (-1, total.index)))
            parts = tuple((-1, each.index) for each in members)
            self.model.at_most(((1, total.index), *parts), assumption("incidents_complete"))
            self.merged[key] = total
        return self.merged[key]


def _least_by_source(members: list[Unknown]) -> list[Unknown]:
    """The count that a total is not below, whichever source is right: of the largest that each source
    tells of, the smallest. "At least" says nothing against a larger count, and a source that could not
    be told is nobody's rival, unless there are no others."""
    largest: dict[str, tuple[bool, float, int]] = {}
    for unknown in members:
        for each in unknown.told:
            low = each.figure.low
            if low is not None:
                weak = each.figure.high is None or (not each.own and not each.parties)
                found = (not weak, low, -unknown.index)
                largest[each.key] = max(found, largest.get(each.key, found))
    firm = [each for each in largest.values() if each[0]]
    chosen = min(firm) if firm else max(largest.values(), default=None)
    return [each for each in members if chosen and each.index == -chosen[2]]


def _sign(flow: Unknown) -> int:
    return 1 if flow.role in roles("gains") else -1
