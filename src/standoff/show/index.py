"""Look-ups over a view: what an id names, which words it stands on, which reviews are about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, NamedTuple

from standoff.model import (
    Account,
    Claim,
    Dispute,
    Mention,
    Place,
    Quantity,
    Question,
    Reading,
    Report,
    Review,
    Span,
    Spans,
    Statement,
    Time,
    View,
)

LAYERS = ("statements", "mentions", "times", "places", "quantities", "claims")
NOUN_OF: dict[type, str] = {
    Statement: "statement",
    Mention: "mention",
    Time: "time",
    Place: "place name",
    Quantity: "quantity",
    Claim: "claim",
}
NOUN = dict(zip(LAYERS, NOUN_OF.values(), strict=True))


class Thing(NamedTuple):
    """What an id names: its kind in words, the record, and the report that it stands in, if in one."""

    kind: str
    record: Any
    report: str | None = None


class Index:
    """Everything in a view by its id. Copies of a text share annotation ids, so an id may name several."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.reports: dict[str, Report] = {report.id: report for report in view.reports}
        self._notes: dict[str, dict[str, Any]] = {}
        self._reviews: dict[str, list[tuple[int, Review]]] = defaultdict(list)
        for entry, review in view.reviews:
            for anchor in review.targets:
                for key in {*(anchor.key or "").split("|"), anchor.key or ""} - {""}:
                    self._reviews[key].append((entry, review))

    @cached_property
    def things(self) -> dict[str, list[Thing]]:
        """All that an id names."""
        found: dict[str, list[Thing]] = defaultdict(list)
        for thing_id, thing in (*_annotations(self.view), *_referents(self.view), *_derived(self.view)):
            found[thing_id].append(thing)
        return found

    @cached_property
    def question_of(self) -> dict[str, Question]:
        """The question of each link and of each figure under a rule."""
        asked = self.view.derived.questions
        return {
            **{link.id: question for question in asked for link in question.links},
            **{each.id: question for question in asked for each in question.aggregates},
        }

    @cached_property
    def dispute_of(self) -> dict[str, Dispute]:
        """The dispute of each side."""
        return {side.id: dispute for dispute in self.view.derived.disputes for side in dispute.sides}

    @cached_property
    def _readings(self) -> dict[str, list[Reading]]:
        found: dict[str, list[Reading]] = defaultdict(list)
        for reading in self.view.readings:
            found[reading.report].append(reading)
        return found

    def report(self, report: str | None) -> Report | None:
        """A report by its id."""
        return self.reports.get(report or "")

    def note(self, report: str, annotation: str | None) -> Any:  # noqa: ANN401
        """An annotation of a report, or None."""
        if report not in self._notes:
            readings = self._readings.get(report, ())
            self._notes[report] = {
                note.id: note for each in readings for layer in LAYERS for note in getattr(each, layer)
            }
        return self._notes[report].get(annotation or "")

    def statement(self, report: str, statement: str | None) -> Statement | None:
        """A statement of a report, or None."""
        found = self.note(report, statement)
        return found if isinstance(found, Statement) else None

    def of_referent(self, referent: str) -> list[str]:
        """Annotations that name a party: mentions and statements, in the order of reports."""
        return self._named_by.get(referent, [])

    @cached_property
    def _named_by(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        known = self.view.referents.party_of
        speaks = {party.name: party.id for party in self.view.referents.parties}
        notes: list[Statement | Mention] = []
        for reading in self.view.readings:
            notes.extend(reading.statements)
            notes.extend(reading.mentions)
        for note in notes:
            if note.id in known:
                found[known[note.id]].append(note.id)
        for note in notes:
            above = speaks.get(note.represents or "")
            if above:
                found[above].append(note.id)
        return found

    def anywhere(self, annotation: str) -> Thing | None:
        """An annotation by its id alone: in the first report that holds it."""
        report = self._holder.get(annotation)
        note = self.note(report, annotation) if report is not None else None
        return Thing(NOUN_OF[type(note)], note, report) if note is not None else None

    @cached_property
    def _holder(self) -> dict[str, str]:
        """The first report that holds each annotation."""
        found: dict[str, str] = {}
        for reading in reversed(self.view.readings):
            for layer in LAYERS:
                found.update(dict.fromkeys([note.id for note in getattr(reading, layer)], reading.report))
        return found

    def scenes(self, annotations: Iterable[str]) -> list[str]:
        """Names of the places of the incidents that annotations are about, each once; none where the place
        of one of them is not known."""
        known = self.view.referents.incident_of
        found = [self._scene.get(known.get(each, "")) for each in annotations]
        names = [name for name in dict.fromkeys(found) if name]
        return names if all(found) else []

    @cached_property
    def _scene(self) -> dict[str, str | None]:
        """Name of the place of each incident."""
        places = {place.id: place.name for place in self.view.referents.places}
        return {each.id: places.get(each.place or "") for each in self.view.referents.incidents}

    def words(self, report: str, span: Span) -> str:
        """The words of a span."""
        found = self.report(report)
        return found.text[span[0] : span[1]] if found else ""

    def reviews_of(self, thing_id: str, record: Any = None) -> list[tuple[int, Review]]:  # noqa: ANN401
        """Reviews that name a thing by its id, its name, or (a question) by what it is made of."""
        keys = {thing_id, getattr(record, "name", None) or thing_id}
        found = {entry: review for key in keys for entry, review in self._reviews.get(key, ())}
        taken_back = [(n, r) for n, r in self.view.reviews if r.undoes in found]
        return sorted([*found.items(), *taken_back])


def place_of(annotation: Any) -> Spans:  # noqa: ANN401
    """Where the words of an annotation stand that it is shown by: content, evidence, or its span."""
    if isinstance(annotation, Statement):
        return annotation.content or annotation.source
    if isinstance(annotation, Claim):
        return annotation.evidence or ((annotation.trigger,) if annotation.trigger else ())
    if isinstance(annotation, Account):
        return (annotation.span,)
    if isinstance(annotation, Mention | Time | Place | Quantity):
        return ((annotation.start, annotation.end),)
    span = getattr(annotation, "span", None)
    return (tuple(span),) if span else ()


def _annotations(view: View) -> Iterator[tuple[str, Thing]]:
    for reading in view.readings:
        yield from _of_reading(reading)
    for report in view.reports:
        yield report.id, Thing("report", report, report.id)


def _of_reading(reading: Reading) -> Iterator[tuple[str, Thing]]:
    for layer in LAYERS:
        for annotation in getattr(reading, layer):
            yield annotation.id, Thing(NOUN[layer], annotation, reading.report)


def _referents(view: View) -> Iterator[tuple[str, Thing]]:
    them = view.referents
    kinds: tuple[tuple[str, tuple[Any, ...]], ...] = (
        ("party", them.parties),
        ("place", them.places),
        ("group", them.groups),
        ("incident", them.incidents),
        ("origin", them.origins),
    )
    for kind, records in kinds:
        for record in records:
            yield record.id, Thing(kind, record)
    for victim in them.victims:
        yield victim.id, Thing("victim", victim, victim.report)


TOLD = frozenset({"questions", "disputes", "ledger", "timeline", "findings", "grades"})
"""What was derived and has a kind of thing for each of its own; the rest are tables of rows."""


def _of_row(row: Any, name: str) -> str | None:  # noqa: ANN401
    value = row.get(name) if isinstance(row, dict) else getattr(row, name, None)
    return str(value) if value else None


def _derived(view: View) -> Iterator[tuple[str, Thing]]:
    made = view.derived
    yield from _asked(view)
    for dispute in made.disputes:
        yield dispute.id, Thing("dispute", dispute)
        yield from ((side.id, Thing("side", side)) for side in dispute.sides)
    for group in made.ledger.groups:
        yield group.id, Thing("ledger group", group)
        yield from ((step.id, Thing("step", step)) for step in group.steps if step.id)
    yield from ((each.id, Thing("equation", each)) for each in made.ledger.equations if each.id)
    yield from ((each.id, Thing("conflict", each)) for each in made.ledger.conflicts if each.id)
    yield from ((item.id, Thing("timeline item", item, item.report)) for item in made.timeline)
    yield from ((finding.id, Thing("finding", finding)) for finding in made.findings)
    yield from ((grade.id, Thing("grade", grade)) for grade in made.grades)
    yield from _of_tables(view)
    for entry, review in dict([*((o.entry, o.review) for o in view.orphans), *view.reviews]).items():
        yield str(entry), Thing("review", review)


def _asked(view: View) -> Iterator[tuple[str, Thing]]:
    """Questions with their links, figures and accounts; an account may answer several."""
    seen: set[str] = set()
    for question in view.derived.questions:
        yield question.id, Thing("question", question)
        yield from ((link.id, Thing("link", link)) for link in question.links if link.id)
        yield from ((each.id, Thing("aggregate", each)) for each in question.aggregates)
        for account in question.accounts:
            if account.id not in seen:
                seen.add(account.id)
                yield account.id, Thing("account", account, account.report)


def _of_tables(view: View) -> Iterator[tuple[str, Thing]]:
    """Rows of tables; where a row has the id of an account it is that account. The copies of a row's words,
    and the flow that it tells of, are explained by the row."""
    made = view.derived
    accounts = {account.id for question in made.questions for account in question.accounts}
    known = {"clock": "clock", "access": "access", "harm": "harm", "agreements": "agreement"}
    for table in (name for name in made.__struct_fields__ if name not in TOLD):
        for row in getattr(made, table):
            row_id, report = _of_row(row, "id"), _of_row(row, "report")
            for each in (row_id, *_within_row(row)):
                if each and each not in accounts:
                    yield each, Thing(known.get(table, "row"), row, report)


def _within_row(row: Any) -> Iterator[str]:  # noqa: ANN401
    if isinstance(row, dict):
        yield from (copy["id"] for copy in row.get("copies") or ())
        if row.get("flow"):
            yield row["flow"]["id"]


DENYING = frozenset({"denies", "rejects"})
CUE_NEAR = 80
"""Characters between a cue and what it introduces, at most."""


def spoken_of(span: Span, statement: Statement | None) -> Spans:
    """What words are quoted by: themselves, led by the cue where they are denied.

    "That its forces shelled the village" would else read as said by who denies it.
    """
    start, end = span
    if statement is None or not DENYING & set(statement.stance):
        return (span,)
    cue = [piece for piece in statement.cue if piece[1] <= start and start - piece[1] <= CUE_NEAR]
    return (*cue, (start, end))
