"""The model under construction: an unknown for each question and moment, and how to find it again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from standoff.model.ids import derived_id
from standoff.reconcile.accounts import Told
from standoff.reconcile.figures.asked import Subject
from standoff.reconcile.figures.figure import Figure, below
from standoff.reconcile.figures.questions import Open
from standoff.reconcile.ledger.sizes import moment_key, roles, rules
from standoff.reconcile.ledger.terms import Model, Unknown
from standoff.reconcile.shelf import Shelf
from standoff.reconcile.trust import Trust

BLOCK = 64


class States:
    """Counts of how many there were of one group, the last first. In blocks with their highest bound, so that
    a search for one above a figure passes over most of them at once."""

    def __init__(self, counts: Iterable[Unknown]) -> None:
        states = roles("stocks") | {"other"}
        held = [(low, each) for each in counts if each.role in states and (low := each.edges[0]) is not None]
        held.sort(key=lambda pair: (moment_key(pair[1].at), -pair[1].index), reverse=True)
        self._blocks = [held[n : n + BLOCK] for n in range(0, len(held), BLOCK)]
        self._tops = [max(low for low, _ in block) for block in self._blocks]

    def above(self, rest: Unknown) -> Iterator[Unknown]:
        """Those up to the time of ``rest`` whose lower bound is above all that is said of it."""
        high, until = rest.edges[1], rest.begins
        if high is None:
            return
        for top, block in zip(self._tops, self._blocks, strict=True):
            if top > high and block[-1][1].begins <= until:
                yield from (each for low, each in block if low > high and each.begins <= until)


class Book:
    """A model, with its unknowns by quantity, by subject, by group and by report.

    ``tied`` are unknowns that an equation by wording has placed already.
    """

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.model = Model()
        self.of_quantity: dict[tuple[str, str], Unknown] = {}
        self.by_subject: dict[Subject, list[Unknown]] = defaultdict(list)
        self.by_group: dict[str, list[Unknown]] = defaultdict(list)
        self.tied: set[int] = set()
        self._in_report: dict[str, list[Unknown]] | None = None
        self._states: dict[str, States] = {}

    def tell(self, each: Open, trust: Trust) -> None:
        """Unknowns of one question: one for each moment it is answered for."""
        subject = each.subject
        if subject is None or subject.kind != "count" or subject.modality != "actual":
            return
        replaced = _replaced(each, subject.measure)
        moments: dict[tuple[str | None, Figure | None], list[Told]] = defaultdict(list)
        for told in each.told:
            counts = trust.counts(own=told.own, parties=told.parties, key=told.key)
            if counts and told.id not in replaced and not told.negated:
                # Counts without a known role need not be of one thing: only equal ones are taken to be.
                apart = told.figure if subject.measure == "other" else None
                moments[told.moment, apart].append(told)
        for moment, apart in sorted(moments, key=lambda key: moment_key(key[0])):
            self._unknown(each, subject, moment, moments[moment, apart])

    def _unknown(self, each: Open, subject: Subject, moment: str | None, told: list[Told]) -> None:
        group = subject.group if subject.local is None else derived_id("gr", subject.group, subject.local)
        known = self.shelf.groups.get(subject.group)
        self.name(
            group, known.name if known else each.name, known.unit if known else subject.unit or each.name
        )
        label = each.question.scope or ""
        unknown = self.model.add(group, subject.role, moment, label=label, told=told, subject=subject)
        self.by_subject[subject].append(unknown)
        self.by_group[group].append(unknown)
        for one in told:
            self.of_quantity[one.page.report.id, one.annotation] = unknown

    def name(self, group: str, name: str, unit: str) -> None:
        """Keep what a group is called and what one member of it is."""
        self.model.group_names.setdefault(group, name)
        self.model.group_units.setdefault(group, unit)

    def anyone(self, group: str) -> bool:
        """Whether a group's noun says nothing of who is counted ("people", whatever stands behind it)."""
        noun, *_ = self.model.group_names[group].casefold().split(" (")
        return noun in rules()["anyone"]

    def plain(self) -> Iterator[Unknown]:
        """Unknowns of whole groups, without sub-scope, in time order."""
        found = [each for subject, held in self.by_subject.items() if subject.plain for each in held]
        yield from sorted(found, key=lambda each: (moment_key(each.at), each.index))

    def last_above(self, rest: Unknown, report: str, left_out: Sequence[Unknown]) -> Unknown | None:
        """The last count of how many there were of a group, up to a rest of it and above it, that another
        report than this one tells of; none of ``left_out``."""
        if rest.group not in self._states:
            self._states[rest.group] = States(self.by_group[rest.group])
        return next(
            (
                each
                for each in self._states[rest.group].above(rest)
                if each not in left_out and each.reports - {report}
            ),
            None,
        )

    def in_report(self, report: str) -> list[Unknown]:
        """Unknowns that a report tells of, in text order, each once."""
        if self._in_report is None:
            self._in_report = self._lay_out()
        return self._in_report.get(report, [])

    def _lay_out(self) -> dict[str, list[Unknown]]:
        placed: dict[str, list[tuple[int, int, Unknown]]] = defaultdict(list)
        for unknown in self.model.unknowns:
            for each in unknown.told:
                placed[each.page.report.id].append((each.account.span[0], unknown.index, unknown))
        return {
            report: list(dict.fromkeys(unknown for _, _, unknown in sorted(found, key=lambda each: each[:2])))
            for report, found in placed.items()
        }


def _replaced(each: Open, measure: str) -> set[str]:
    """Accounts that their own source took back.

    A running count stands for its own time where its source raised it later on; and where one report
    gives a lower one for a later time, the two count different things more often than one corrects the
    other ("40 set out", "five turned back").
    """
    by_id = {told.id: told for told in each.told}
    replaced = set()
    for link in each.question.links:
        if link.relation in {"revises", "corrects"}:
            newer, older = by_id[link.from_], by_id[link.to]
            later = measure == "cumulative" and moment_key(newer.moment) > moment_key(older.moment)
            fell = below(newer.figure, older.figure)
            if not later or (fell and newer.page is not older.page):
                replaced.add(link.to)
    return replaced
