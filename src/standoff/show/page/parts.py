"""Every view of the workbench, made from one view of the record when it is first asked for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

import msgspec

from standoff.model import Account, Incident, Party, Question, Spans
from standoff.model.spans import hull, quote
from standoff.model.view import Annotation
from standoff.show.brief.map import still
from standoff.show.brief.shape import ConflictItem, EquationItem
from standoff.show.brief.shape_events import ClockItem
from standoff.show.index import place_of, spoken_of
from standoff.show.page.happened import Told
from standoff.show.page.log import Log
from standoff.show.page.parties import Parties
from standoff.show.page.shape import (
    Alike,
    Answer,
    Answers,
    ChangeCounts,
    Changes,
    DisputeMark,
    DisputeView,
    Gone,
    LedgerView,
    Overview,
    PartyView,
    Proof,
    ReportView,
    Spot,
    Waiting,
)
from standoff.show.proof import Node
from standoff.show.queue import QueueRow, queue_rows
from standoff.show.rowtypes import plain
from standoff.show.script import direction
from standoff.show.why import why
from standoff.show.words import around

CONTESTED, LASTING = 12, 8
"""Disputes, and things that last, that the overview shows before more is asked for."""
GROUPS = 6
"""Groups of the ledger that the overview draws; the ledger has all."""
STEPS = 200
"""Steps of a group that are sent at once."""
SUMS = 200
"""Sums of the ledger that are sent at once."""
CHANGED = 50
"""Reports, decisions and disputes of what changed that are sent at once, of each so many."""
RELATED = 8
SAID = 200
"""Statements of one party that are sent at once."""
AROUND = 160
"""Characters around the words of something that waits for a decision."""


class Parts(Told, Parties):
    """What each view of the page shows. Raises `KeyError` for an id that is not there."""

    @cached_property
    def overview(self) -> Overview:
        """The first view."""
        view, groups = self.view, list(self.groups.values())
        placed = tuple(each for each in self.places.places if each.events or each.disputes)
        groups.sort(key=lambda each: (-len(each[1].steps), each[0]))
        return Overview(
            name=view.name,
            axes=view.axes,
            undated=view.undated,
            head=self.head,
            rests_on=self.rest(sum(bool(each.statements) for each in view.referents.parties)),
            disputes=tuple(islice(self.disputes.values(), CONTESTED)),
            contested=tuple(
                DisputeMark(
                    id=each.id, place=each.place, incident=each.incident, first=each.first, last=each.last
                )
                for each in self.disputes.values()
            ),
            divergent=sum(each.status == "divergent" for each in self.disputes.values()),
            groups=tuple(self.sketch(it) for _, it in groups[:GROUPS]),
            more_groups=max(0, len(groups) - GROUPS),
            clock=self.clock[:LASTING],
            more_clock=max(0, len(self.clock) - LASTING),
            marks=self.marks,
            places=placed,
            map=still(plain(placed)),
            findings=dict(Counter(each.status for each in view.derived.findings)),
            told_of=self.told_of,
            waiting=len(self._queue),
        )

    @cached_property
    def clock(self) -> tuple[ClockItem, ...]:
        """Everything that lasts, in the record's order."""
        return tuple(self._clock())

    def prepare(self) -> None:
        """Make what every view needs, so that nobody who looks waits for it."""
        for name in (
            "overview",
            "_by_name",
            "reports",
            "_asked_of",
            "_parties_by_id",
            "_incidents",
            "_rejections",
            "_answers_of",
        ):
            getattr(self, name)
        self.index.of_referent("")
        _ = self.index.things, self.index.question_of

    # ---- disputes

    def dispute_view(self, dispute: str) -> DisputeView:
        """A dispute in full."""
        n, it = self.numbered[dispute]
        question = self.asked.get(it.question_id)
        accounts = [self._accounts[a][1] for side in it.sides for a in side.accounts if a in self._accounts]
        held = {each.id for each in accounts}
        links = [link for link in question.links if {link.from_, link.to} <= held] if question else []
        charted = question is not None and question.id in self.anchors
        related = (
            each.id
            for each in self.view.derived.disputes
            if each.incident == it.incident and each.id != it.id
        )
        return DisputeView(
            dispute=self.dispute(n, it),
            figure=self.figure(question) if question and charted else None,
            links=tuple(links),
            around={each.id: self._around(each) for each in accounts},
            seen={
                each: self.seen(each) for a in accounts for each in (a.quantity, a.claim, a.statement) if each
            },
            related=tuple(islice(self.disputes_of(related), RELATED)) if it.incident else (),
        )

    def _around(self, account: Account) -> tuple[str, str]:
        """The text before and after an account's words."""
        statement = self.index.statement(account.report, account.statement)
        return around(self.index.reports[account.report].text, hull(spoken_of(account.span, statement)))

    # ---- ledger

    def ledger_view(self, group: str | None, whole: Parts | None = None, first: int = 0) -> LedgerView:
        """The ledger, and one of its groups in full: the one asked for, else the one with most steps.

        ``whole`` is the same record with nobody left out: whom one may believe is listed from it.
        """
        ledger = self.view.derived.ledger
        if group is None and ledger.groups:
            group = max(ledger.groups, key=lambda each: len(each.steps)).id
        n, it = self.groups[group] if group is not None else (0, None)
        shown = msgspec.structs.replace(it, steps=it.steps[first : first + STEPS]) if it else None
        sums, apart = "a sum of the ledger", "what cannot all be true"
        steps = [step for each in (whole or self).view.derived.ledger.groups for step in each.steps]
        voices = Counter(name for step in steps for name in {*step.said_by.low, *step.said_by.high})
        return LedgerView(
            axes=self.view.axes,
            groups=tuple(self.group_line(each) for each in ledger.groups),
            group=self.group(n, shown) if shown else None,
            sketch=self.sketch(it) if it else None,
            first=first,
            steps=len(it.steps) if it else 0,
            equations=tuple(
                EquationItem(text=each.text, holds=each.holds, terms=self._cites(each.terms, sums, "sums"))
                for each in ledger.equations[:SUMS]
            ),
            conflicts=tuple(
                ConflictItem(sentence=each.sentence, claims=self._cites(each.claims, apart, "conflicts"))
                for each in ledger.conflicts
            ),
            conflicts_complete=ledger.conflicts_complete,
            voices=tuple(name for name, _ in sorted(voices.items(), key=lambda each: (-each[1], each[0]))),
            assumptions=tuple(sorted({name for step in steps for name in step.assumptions})),
        )

    # ---- parties

    @cached_property
    def _parties_by_id(self) -> dict[str, Party]:
        return {each.id: each for each in self.view.referents.parties}

    @cached_property
    def _answers_of(self) -> dict[str, list[tuple[Question, Account]]]:
        found: dict[str, list[tuple[Question, Account]]] = defaultdict(list)
        for question in self.view.derived.questions:
            for account in question.accounts:
                if account.party_id:
                    found[account.party_id].append((question, account))
        return found

    def party_view(self, party: str, first: int = 0, count: int = SAID) -> PartyView:
        """A party in full, with some of its statements, in the order in which they were said."""
        it = self._parties_by_id[party]
        said = sorted(dict.fromkeys(it.statements), key=self._told_at)
        above = next(
            (p for p in self.view.referents.parties if p.name == it.represents and p.id != it.id), None
        )
        below = [p for p in self.view.referents.parties if p.represents == it.name and p.id != it.id]
        alike = [each for each in it.possibly_same if each.other in self._parties_by_id]
        return PartyView(
            party=self.party(1, msgspec.structs.replace(it, statements=tuple(said[first : first + count]))),
            statements=len(said),
            reason=it.reason,
            speaks_for=self.parties[above.id] if above else None,
            spokespeople=tuple(self.parties[each.id] for each in below),
            answers=tuple(self._answers(it.id, *(each.id for each in below))),
            possibly_same=tuple(
                Alike(
                    id=each.other,
                    name=self._parties_by_id[each.other].name,
                    reason=each.reason,
                    confidence=each.confidence,
                )
                for each in alike
            ),
        )

    def _told_at(self, statement: str) -> tuple[str, str, Spans]:
        """When a statement was said, else published; what has no date comes last."""
        thing = self.index.anywhere(statement)
        report = self.index.report(thing.report) if thing else None
        said = getattr(thing.record, "said", None) if thing else None
        published = report.published.value if report else None
        return said or published or "~", report.id if report else "", place_of(thing.record) if thing else ()

    def _answers(self, *parties: str) -> Iterator[Answer]:
        """What a party, and those who speak for it, say on each question, in the order of telling."""
        grouped: dict[str, list[Account]] = defaultdict(list)
        for party in parties:
            for question, account in self._answers_of.get(party, ()):
                grouped[question.id].append(account)
        for question_id, accounts in grouped.items():
            question = self.asked[question_id]
            yield Answer(
                question_id=question_id,
                question=question.question,
                kind=question.kind,
                dispute=self.dispute_about.get(question_id),
                accounts=tuple(
                    self._account(question, a, "answer", "an answer")
                    for a in sorted(accounts, key=lambda a: (a.said or a.published or "~", a.report, a.span))
                ),
            )

    # ---- reports

    def report_view(self, report: str) -> ReportView:
        """A report with all its layers."""
        it = self.index.reports[report]
        at = self.read.get(report)
        reading = self.view.readings[at] if at is not None else None
        ids = {each.id for layer in _LAYERS for each in getattr(reading, layer, ())}
        rejected = [
            each for each in self.view.rejected.values() if each.id in self._rejected_in(it.text_sha256)
        ]
        around = [each.id for each in self.view.reports]
        number = self.numbers[report] - 1
        known = ids | {each.id for each in rejected}
        return ReportView(
            report=self.report(it),
            reader=reading.reader if reading else None,
            direction=direction(it.language.value, it.text),
            **{layer: getattr(reading, layer, ()) for layer in _LAYERS},
            rejected=tuple(
                Gone(layer=_layer(each), spans=place_of(each), annotation=each) for each in rejected
            ),
            originals={new: old for new, old in self.view.originals.items() if new in ids},
            status={each: self.view.status[each] for each in known if each in self.view.status},
            seen={each: self.seen(each) for each in known if each in self.view.entries},
            answers={each: self._asked_of[each] for each in ids if each in self._asked_of},
            before=around[number - 1] if number else None,
            after=around[number + 1] if number + 1 < len(around) else None,
        )

    def _rejected_in(self, text_sha256: str) -> frozenset[str]:
        """Ids of rejected annotations that reviews name in a text: an annotation does not say where it is."""
        return self._rejections.get(text_sha256, frozenset())

    @cached_property
    def _rejections(self) -> dict[str, frozenset[str]]:
        entries = dict(self.view.reviews)
        found: dict[str, set[str]] = defaultdict(set)
        for name in self.view.rejected:
            for n in self.view.entries.get(name, ()):
                for anchor in entries[n].targets:
                    found[anchor.text_sha256 or ""].add(name)
        return {text: frozenset(names) for text, names in found.items()}

    @cached_property
    def _asked_of(self) -> dict[str, tuple[Answers, ...]]:
        found: dict[str, dict[str, Answers]] = defaultdict(dict)
        for question in self.view.derived.questions:
            told = Answers(
                question_id=question.id,
                question=question.question,
                dispute=self.dispute_about.get(question.id),
            )
            for account in question.accounts:
                for each in (account.quantity, account.claim):
                    if each:
                        found[each][question.id] = told
        return {each: tuple(them.values()) for each, them in found.items()}

    def seen(self, annotation: str) -> int:
        """The last log entry that acted on an annotation; 0 where none did."""
        return max(self.view.entries.get(annotation, (0,)), default=0)

    # ---- what waits, what changed, what a thing rests on

    @cached_property
    def _queue(self) -> list[QueueRow]:
        return list(queue_rows(self.view))

    def waiting(self, first: int = 0, count: int = 50) -> tuple[Waiting, ...]:
        """What waits for a decision, that which changes most first."""
        return tuple(self._waiting(row) for row in self._queue[first : first + count])

    def _waiting(self, row: QueueRow) -> Waiting:
        ids = [each for each in (row.id, row.other) if each]
        told = [each for name in ids for each in self._spots(name)]
        return Waiting(
            id=row.id,
            other=row.other,
            kind=row.kind,
            ask=row.ask,
            reason=row.reason,
            confidence=row.confidence,
            weight=row.weight,
            spots=tuple(told),
            seen={each: self.seen(each) for each in ids},
        )

    def _spots(self, name: str) -> Iterator[Spot]:
        """The words that an annotation stands on, or the first of an incident's or a party's."""
        incident = self._incidents.get(name)
        party = self._parties_by_id.get(name)
        members = (
            (*incident.claims, *incident.quantities) if incident else party.statements if party else (name,)
        )
        for each in members:
            thing = self.index.anywhere(each)
            pieces = place_of(thing.record) if thing else ()
            if thing and thing.report and pieces:
                report, (start, end) = self.index.reports[thing.report], hull(pieces)
                yield Spot(
                    report=report.id,
                    title=report.title.value,
                    pieces=pieces,
                    before=report.text[max(0, start - AROUND) : start],
                    text=quote(report.text, pieces),
                    after=report.text[end : end + AROUND],
                )
                return

    @cached_property
    def _incidents(self) -> dict[str, Incident]:
        return {each.id: each for each in self.view.referents.incidents}

    def changes(self, log: Log, since: int, first: int = 0, count: int = CHANGED) -> Changes:
        """What changed after an entry: how much, and some of each kind."""
        reports = [each for each in self.reports.values() if each.entry > since]
        happened = [each for each in log.since(since) if each.kind not in {"report", "acquisition"}]
        disputes = [each for each in self.disputes.values() if each.entry > since]
        some = slice(first, first + count)
        return Changes(
            since=since,
            head=self.view.head[0],
            counts=ChangeCounts(reports=len(reports), happenings=len(happened), disputes=len(disputes)),
            reports=tuple(reports[some]),
            happenings=tuple(happened[some]),
            disputes=tuple(disputes[some]),
        )

    def proof(self, name: str) -> tuple[Proof, ...]:
        """What a thing rests on. Raises `UsageError` with the nearest ids."""
        return tuple(_proof(node) for node in why(self.view, name, index=self.index))


_LAYERS = ("statements", "mentions", "times", "places", "quantities", "claims")


def _layer(annotation: Annotation) -> str:
    """The layer of an annotation is named after its type."""
    return type(annotation).__name__.lower()


def _proof(node: Node) -> Proof:
    return Proof(line=node.line, words=node.words, below=tuple(_proof(each) for each in node.below))
