"""Look-ups over a view: what an id names, which words it stands on, which reviews are about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from standoff.model import (
    Account,
    Claim,
    Mention,
    Place,
    Quantity,
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
NOUN = dict(zip(LAYERS, ("statement", "mention", "time", "place name", "quantity", "claim"), strict=True))


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
        self.things: dict[str, list[Thing]] = defaultdict(list)
        self.notes: dict[tuple[str, str], Any] = {}
        for thing_id, thing in (*_annotations(view), *_referents(view), *_derived(view)):
            self.things[thing_id].append(thing)
            if thing.report and thing.kind in NOUN.values():
                self.notes[thing.report, thing_id] = thing.record
        self._reviews: dict[str, list[tuple[int, Review]]] = defaultdict(list)
        for entry, review in view.reviews:
            for anchor in review.targets:
                for key in {*(anchor.key or "").split("|"), anchor.key or ""} - {""}:
                    self._reviews[key].append((entry, review))

    def report(self, report: str | None) -> Report | None:
        """A report by its id."""
        return self.reports.get(report or "")

    def note(self, report: str, annotation: str | None) -> Any:  # noqa: ANN401
        """An annotation of a report, or None."""
        return self.notes.get((report, annotation or ""))

    def statement(self, report: str, statement: str | None) -> Statement | None:
        """A statement of a report, or None."""
        found = self.note(report, statement)
        return found if isinstance(found, Statement) else None

    def anywhere(self, annotation: str) -> Thing | None:
        """An annotation by its id alone: in the first report that holds it."""
        return next((t for t in self.things.get(annotation, ()) if t.kind in NOUN.values()), None)

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


def _derived(view: View) -> Iterator[tuple[str, Thing]]:
    made = view.derived
    seen: set[str] = set()
    for question in made.questions:
        yield question.id, Thing("question", question)
        for account in question.accounts:
            if account.id not in seen:
                seen.add(account.id)
                yield account.id, Thing("account", account, account.report)
    for dispute in made.disputes:
        yield dispute.id, Thing("dispute", dispute)
        for side in dispute.sides:
            yield side.id, Thing("side", side)
    for group in made.ledger.groups:
        yield group.id, Thing("ledger group", group)
    for item in made.timeline:
        yield item.id, Thing("timeline item", item, item.report)
    for finding in made.findings:
        yield finding.id, Thing("finding", finding)
    yield from _table_rows(view, seen)
    for entry, review in dict([*((o.entry, o.review) for o in view.orphans), *view.reviews]).items():
        yield str(entry), Thing("review", review)


def _table_rows(view: View, accounts: set[str]) -> Iterator[tuple[str, Thing]]:
    """Rows of the tables that have ids of their own; accounts of a question are there already."""
    made = view.derived
    for kind, rows in (("clock", made.clock), ("harm", made.harm), ("agreement", made.agreements)):
        for row in rows:
            yield str(row["id"]), Thing(kind, row)
    for row in made.access:
        if row["id"] not in accounts:
            yield str(row["id"]), Thing("access", row, str(row["report"]))
