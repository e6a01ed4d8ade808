"""Look-ups over a view: what an id names, which words it stands on, which reviews are about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

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
from standoff.show.things import LAYERS, NOUN_OF, Thing, Things


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
    def things(self) -> Things:
        """All that an id names."""
        return Things(self.view, self._holder, self.note)

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
