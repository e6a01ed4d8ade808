"""From accounts to a model: unknowns by question and moment, sums by wording, group and balance."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

from standoff import vocab
from standoff.model.ids import derived_id
from standoff.model.when import first_day, last_day
from standoff.reconcile.accounts import Told
from standoff.reconcile.figures.questions import Open
from standoff.reconcile.figures.subjects import Subject
from standoff.reconcile.findings import superseded
from standoff.reconcile.ledger.terms import Model, ShownSum, Sum, Unknown
from standoff.reconcile.shelf import Shelf
from standoff.reconcile.trust import Trust
from standoff.reconcile.wording import assumption, say

FIRST = dt.date.min


@cache
def rules() -> dict[str, Any]:
    """Which roles add to, take from, or are states of a group; and the budgets."""
    found: dict[str, Any] = vocab.load("aggregation_rules")["ledger"]
    return found


class Builder:
    """Builds the model step by step; each step reads what is there and adds unknowns and sums."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.model = Model()
        self.of_quantity: dict[tuple[str, str], Unknown] = {}
        self.by_subject: dict[Subject, list[Unknown]] = defaultdict(list)
        self.tied: set[int] = set()
        self._by_group: defaultdict[str, list[Unknown]] | None = None

    # -- what is told --------------------------------------------------------------------------------

    def tell(self, each: Open, trust: Trust) -> None:
        """Unknowns of one question: one for each moment it is answered for."""
        subject = each.subject
        if subject is None or subject.kind != "count" or subject.modality != "actual":
            return
        replaced = superseded(each.question.links)
        moments: dict[str | None, list[Told]] = defaultdict(list)
        for told in each.told:
            counted = trust.counts(own=told.own, parties=told.parties)
            if counted and told.id not in replaced and not told.negated:
                moments[told.moment].append(told)
        for moment in sorted(moments, key=_moment_key):
            self._unknown(each, subject, moment, moments[moment])

    def _unknown(self, each: Open, subject: Subject, moment: str | None, told: list[Told]) -> None:
        group = subject.group if subject.local is None else derived_id("gr", subject.group, subject.local)
        known = self.shelf.groups.get(subject.group)
        self.model.group_names.setdefault(group, known.name if known else each.name)
        self.model.group_units.setdefault(group, known.unit if known else (subject.unit or each.name))
        unknown = self.model.add(group, subject.role, moment, label=each.question.scope or "", told=told)
        self.by_subject[subject].append(unknown)
        for one in told:
            self.of_quantity[one.page.report.id, one.annotation] = unknown

    # -- what the wording says -----------------------------------------------------------------------

    def relate(self) -> None:
        """Sums that the wording states: equal, part of, all but, the remaining."""
        for told in [each for unknown in list(self.model.unknowns) for each in unknown.told]:
            relation = told.quantity.relation if told.quantity else None
            if relation is None or told.quantity is None:
                continue
            mine = self.of_quantity[told.page.report.id, told.annotation]
            other = self.of_quantity.get((told.page.report.id, relation.of or ""))
            if relation.kind == "remainder":
                self._remainder(told, mine, other)
            elif other is None or other is mine:
                continue
            elif relation.kind == "equals":
                self._sum(((1, mine.index), (-1, other.index)), told)
                self._together(mine, other, told)
            else:
                self._sum(((1, mine.index), (-1, other.index)), told, at_most=True)

    def _sum(self, terms: tuple[tuple[int, int], ...], told: Told, at_most: bool = False) -> None:
        self.model.sums.append(Sum(terms, frozenset({told.annotation}), at_most=at_most))

    def _remainder(self, told: Told, rest: Unknown, other: Unknown | None) -> None:
        """The whole is the parts that went and the rest. Which is which is told by role, size and place
        in the text: the whole is the group's last count before the rest that is not below it."""
        losses = frozenset(rules()["losses"])
        before = [each for each in self._same_group(told, rest) if each is not rest]
        report = told.page.report.id
        went = [each for each in before if each.kind in losses or _below(each, rest, report)]
        if other is not None and other not in went and (other.kind in losses or _below(other, rest, report)):
            went.append(other)
        wholes = [each for each in before if each not in went]
        whole = other if other is not None and other not in went else (wholes[-1] if wholes else None)
        if whole is None:
            self._whole_elsewhere(told, rest, went)
            return
        if whole is rest or whole.group != rest.group:
            return
        start = before.index(whole) if whole in before else -1
        earlier = before[: start + 1]
        parts = [each for each in went if each not in earlier]
        if not parts:
            self._sum(((1, rest.index), (-1, whole.index)), told, at_most=True)
            return
        self._split(whole, parts, rest, Sum((), frozenset({told.annotation})))

    def _whole_elsewhere(self, told: Told, rest: Unknown, went: list[Unknown]) -> None:
        """A report that names the parts only: the whole is the record's last count of the group before
        it that is not below the rest, if nothing else happened to the group."""
        states = frozenset(rules()["stocks"]) | {"other"}
        report, day = told.page.report.id, _day(rest.at)
        # A whole is above its rest; an equal count tells of the rest itself.
        above = (
            each
            for each in self._newest_first(rest.group)
            if _day(each.at) <= day and each.kind in states and each not in (rest, *went)
            and _below(rest, each) and any(one.page.report.id != report for one in each.told)
        )  # fmt: skip
        if went and (whole := next(above, None)):
            named = frozenset({assumption("no_other_flow")})
            self._split(whole, went, rest, Sum((), frozenset({told.annotation}), named))

    def _newest_first(self, group: str) -> list[Unknown]:
        """A group's counts, the last first, so that a search need not go through all of them."""
        if self._by_group is None:
            self._by_group, key = defaultdict(list), lambda each: (_moment_key(each.at), -each.index)
            for each in sorted(self.model.unknowns, key=key, reverse=True):
                self._by_group[each.group].append(each)
        return self._by_group[group]

    def _split(self, whole: Unknown, parts: list[Unknown], rest: Unknown, why: Sum) -> None:
        """``whole`` = ``parts`` + ``rest``, resting on what ``why`` names; shown as an equation."""
        rest.kind = "remaining"
        terms = ((1, rest.index), *((1, part.index) for part in parts), (-1, whole.index))
        self.model.sums.append(Sum(terms, why.ids, why.assumptions))
        self.tied.update({whole.index, rest.index})
        signed = (*((1, part.index) for part in parts), (1, rest.index))
        self.model.shown.append(ShownSum(whole.index, signed, assumed=bool(why.assumptions)))

    def _same_group(self, told: Told, rest: Unknown) -> list[Unknown]:
        """The group's unknowns that the same report tells of further up, in text order, each once."""
        mine = [
            (quantity.start, self.of_quantity[told.page.report.id, quantity.id])
            for quantity in told.page.reading.quantities
            if quantity.start < told.account.span[0]
            and (told.page.report.id, quantity.id) in self.of_quantity
        ]
        ordered = [unknown for _, unknown in sorted(mine, key=lambda each: each[0])]
        return list(dict.fromkeys(each for each in ordered if each.group == rest.group))

    def _together(self, a: Unknown, b: Unknown, told: Told) -> None:
        """Two groups said to be equal in number, when no group above them is known: their sum."""
        first, second = sorted((a, b), key=lambda each: each.index)
        if first.group == second.group or not (
            first.kind == second.kind or "other" in {first.kind, second.kind}
        ):
            return
        if any((known := self.shelf.groups.get(each.group)) and known.parent for each in (a, b)):
            return
        names = self.model.group_names
        group = derived_id("gr", first.group, second.group)
        names.setdefault(group, say("ledger", "together", a=names[first.group], b=names[second.group]))
        self.model.group_units.setdefault(group, self.model.group_units[first.group])
        self._whole_of(group, first.kind, first.at, [first, second])

    def _whole_of(self, group: str, kind: str, at: str | None, parts: list[Unknown]) -> None:
        """A derived whole: the sum of parts that have no member in common."""
        whole = self.model.add(group, "sum", at, derived=True, whole=all(each.whole for each in parts))
        whole.label = kind
        ones = tuple((1, each.index) for each in parts)
        self.model.sums.append(
            Sum((*ones, (-1, whole.index)), assumptions=frozenset({assumption("disjoint")}))
        )
        self.model.shown.append(ShownSum(whole.index, ones))

    # -- groups within groups ------------------------------------------------------------------------

    def gather(self) -> None:
        """A group above others is their sum; where it is counted itself, at least their sum."""
        children: dict[str, list[str]] = defaultdict(list)
        for group in self.shelf.referents.groups:
            if group.parent:
                children[group.parent].append(group.id)
        first: dict[tuple[str, str], Unknown] = {}
        for unknown in list(self._plain()):
            first.setdefault((unknown.group, unknown.kind), unknown)
        kinds = sorted({kind for _, kind in first})
        for parent, members in children.items():
            for kind in kinds:
                parts = [first[each, kind] for each in members if (each, kind) in first]
                if len(parts) > 1:
                    self._gather(parent, kind, _by_index(parts), first.get((parent, kind)))

    def _gather(self, parent: str, kind: str, parts: list[Unknown], whole: Unknown | None) -> None:
        known = self.shelf.groups.get(parent)
        self.model.group_names.setdefault(parent, known.name if known else parent)
        self.model.group_units.setdefault(parent, known.unit if known else "")
        if whole is None:
            self._whole_of(parent, kind, parts[0].at, parts)
            return
        ones = tuple((1, each.index) for each in parts)
        disjoint = frozenset({assumption("disjoint")})
        terms = (*ones, (-1, whole.index))
        self.model.sums.append(Sum(terms, assumptions=disjoint, at_most=True))
        complete = disjoint | {assumption("parts_complete")}
        self.model.sums.append(Sum(terms, assumptions=complete))
        self.model.shown.append(ShownSum(whole.index, ones, complete=False))

    def _plain(self) -> Iterator[Unknown]:
        """Unknowns of whole groups, without sub-scope, in time order."""
        plain = [each for subject, each in self._pairs() if subject.plain]
        yield from sorted(plain, key=lambda each: (_moment_key(each.at), each.index))

    def _pairs(self) -> Iterator[tuple[Subject, Unknown]]:
        for subject, unknowns in self.by_subject.items():
            for unknown in unknowns:
                yield subject, unknown

    # -- over time -----------------------------------------------------------------------------------

    def accumulate(self) -> None:
        """A cumulative count does not fall (soft: left out where its accounts themselves fall)."""
        named = frozenset({assumption("not_falling")})
        for subject, unknowns in self.by_subject.items():
            if subject.measure != "cumulative":
                continue
            ordered = [each for each in unknowns if each.at is not None]
            for earlier, later in pairwise(ordered):
                if not _falls(earlier, later):
                    terms = ((1, earlier.index), (-1, later.index))
                    self.model.sums.append(Sum(terms, assumptions=named, at_most=True))

    def balance(self) -> None:
        """What is left of a group: its first count, less what it lost and plus what joined it."""
        flows = frozenset(rules()["losses"]) | frozenset(rules()["gains"])
        states = frozenset(rules()["stocks"]) | {"other", "remaining"}
        stocks: dict[str, list[Unknown]] = defaultdict(list)
        moving: dict[str, dict[tuple[str, str | None], Unknown]] = defaultdict(dict)
        fresh: dict[str, list[Unknown]] = defaultdict(list)
        kind_of_state: dict[str, str] = {}
        for unknown in self._plain():
            if unknown.kind in states:
                kind_of_state.setdefault(unknown.group, unknown.kind)
                stocks[unknown.group].append(unknown)
        for subject, unknowns in self.by_subject.items():
            for unknown in unknowns:
                if not subject.plain or subject.role not in flows:
                    continue
                if subject.measure == "cumulative":
                    # The latest count of each incident stands for it.
                    moving[unknown.group][subject.role, subject.incident] = unknown
                elif subject.measure == "new":
                    fresh[unknown.group].append(unknown)
        for group, held in stocks.items():
            start = held[0]
            later = [each for each in held[1:] if each.kind in {start.kind, "remaining"}]
            changed = [
                each for each in moving.get(group, {}).values() if _day(start.at) <= _day(each.at, last=True)
            ]
            lost = any(each.kind in rules()["losses"] for each in changed)
            if lost and not _out_of_scale(start, changed) and start.index not in self.tied:
                more = [each for each in fresh[group] if _after(each, changed)]
                self._balance(group, start, _by_index(changed), _by_index(more), later)

    def _balance(
        self, group: str, start: Unknown, flows: list[Unknown], more: list[Unknown], later: list[Unknown]
    ) -> None:
        """``flows`` are running counts, ``more`` what was newly counted after them."""
        end = max((each.at for each in (*flows, *more)), key=lambda at: _day(at, last=True))
        stated = next((each for each in later if _day(each.at) >= _day(end, last=True)), None)
        rest = stated or self.model.add(group, "remaining", end, derived=True)
        other = self.model.add(group, "unexplained", end, derived=True, signed=True)
        gains = frozenset(rules()["gains"])
        signed = [
            (1 if each.kind in gains else -1, self._of_group(each))
            for each in (*_merge_roles(self, flows), *more)
        ]
        terms = (
            (1, start.index),
            *((sign, each.index) for sign, each in signed),
            (-1, other.index),
            (-1, rest.index),
        )
        # A count of the very day of the losses may have been taken before or after them.
        same_day = _day(start.at) == min(_day(each.at, last=True) for each in flows)
        before = frozenset({assumption("counted_before")}) if same_day else frozenset()
        self.model.sums.append(Sum(terms, assumptions=before))
        self.model.sums.append(Sum(((1, other.index),), assumptions=frozenset({assumption("no_other_flow")})))
        other.label = start.at or ""
        parts = tuple((sign, each.index if each.counted is None else each.counted) for sign, each in signed)
        self.model.shown.append(ShownSum(rest.index, ((1, start.index), *parts), assumed=True))

    def _of_group(self, flow: Unknown) -> Unknown:
        """How many of the flow were of this group: all of them, under a named assumption for the dead."""
        if flow.kind != "killed":
            return flow
        mine = self.model.add(flow.group, "killed_of_group", flow.at, derived=True)
        mine.counted = flow.index
        terms = ((1, mine.index), (-1, flow.index))
        self.model.sums.append(Sum(terms, at_most=True))
        self.model.sums.append(Sum(terms, assumptions=frozenset({assumption("dead_of_group")})))
        return mine


def _below(a: Unknown, b: Unknown, report: str | None = None) -> bool:
    """Whether all that is said of ``a`` (in one report, if named) lies below all that is said of ``b``."""
    highs = [each.figure.high for each in _known(a, report)]
    lows = [each.figure.low for each in _known(b, report)]
    if not highs or not lows or None in highs or None in lows:
        return False
    return max(high for high in highs if high is not None) < min(low for low in lows if low is not None)


def _after(new: Unknown, counts: list[Unknown]) -> bool:
    """Whether something newly counted is later than all running counts of its kind."""
    days = [_day(each.at, last=True) for each in counts if each.kind == new.kind]
    return bool(days) and _day(new.at) > max(days)


def _out_of_scale(start: Unknown, flows: list[Unknown]) -> bool:
    """Whether a count is so much larger or smaller than what left it that they count other things."""
    highs = [each.figure.high for each in start.told if each.figure.high is not None]
    lows = [each.figure.low for each in start.told if each.figure.low is not None]
    lost = [each.figure.low for flow in flows for each in flow.told if each.figure.low is not None]
    if not lost:
        return False
    most: int = rules()["balance_scale"]
    return bool(highs and max(lost) > max(highs)) or bool(lows and min(lows) > most * max(1, *lost))


def _known(unknown: Unknown, report: str | None) -> list[Told]:
    known = [each for each in unknown.told if each.figure.known]
    return [each for each in known if each.page.report.id == report] or known


def _merge_roles(builder: Builder, flows: list[Unknown]) -> list[Unknown]:
    """One flow a role. Counts of several incidents may overlap: together they are at least the
    largest and, if nobody was lost elsewhere, at most their sum."""
    by_role: dict[str, list[Unknown]] = defaultdict(list)
    for each in flows:
        by_role[each.kind].append(each)
    merged = []
    for role, members in by_role.items():
        if len(members) == 1:
            merged.append(members[0])
            continue
        at = max((each.at for each in members), key=lambda moment: _day(moment, last=True))
        total = builder.model.add(members[0].group, role, at, derived=True)
        for each in members:
            builder.model.sums.append(Sum(((1, each.index), (-1, total.index)), at_most=True))
        parts = tuple((-1, each.index) for each in members)
        named = frozenset({assumption("incidents_complete")})
        builder.model.sums.append(Sum(((1, total.index), *parts), assumptions=named, at_most=True))
        merged.append(total)
    return merged


def _by_index(unknowns: list[Unknown]) -> list[Unknown]:
    return sorted(unknowns, key=lambda each: each.index)


def _day(moment: str | None, *, last: bool = False) -> dt.date:
    found = last_day(moment) if last else first_day(moment)
    return found or FIRST


def _moment_key(moment: str | None) -> tuple[dt.date, dt.date, str]:
    """Time order of moments: by first day, then last; an unknown moment comes first, as a start."""
    return _day(moment), _day(moment, last=True), moment or ""


def _falls(earlier: Unknown, later: Unknown) -> bool:
    """Whether some account of the later moment lies below all that the earlier one allows."""
    highs = [each.figure.high for each in later.told]
    lows = [each.figure.low for each in earlier.told if each.figure.low is not None]
    known = [high for high in highs if high is not None]
    return len(known) == len(highs) and bool(lows) and bool(known) and max(known) < min(lows)


def build(shelf: Shelf, found: list[Open], trust: Trust) -> Model:
    """The model of all number questions."""
    builder = Builder(shelf)
    for each in found:
        builder.tell(each, trust)
    builder.relate()
    builder.gather()
    builder.accumulate()
    builder.balance()
    return builder.model
