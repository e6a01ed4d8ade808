"""A model's answer as our records: anchored, with ids of our own, statements tied to what they hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from standoff.model import Actor, Claim, Place, Quantity, Span, Statement, Time, annotation_id
from standoff.model.when import parse_when
from standoff.read.endpoint.anchor import Anchor
from standoff.read.endpoint.shape import Answer, Counted, Happened, Quote, Said

SURE = 0.5
"""Confidence of what a model says: nothing measured stands behind it."""
RULE = "endpoint"
"""Name of the rule under which the bounds stand: the model's own."""


class Records:
    """All records drawn from the answers to a text's passages.

    Without a date of publication (``dated``) a model can only guess what "Monday" is: then a date is kept
    only where its year stands in the text.
    """

    def __init__(self, text: str, digest: str, own: str, *, dated: bool) -> None:
        self._text, self._digest, self._own, self._dated = text, digest, own, dated
        self.statements: dict[str, Statement] = {}
        self.times: dict[str, Time] = {}
        self.places: dict[str, Place] = {}
        self.quantities: dict[str, Quantity] = {}
        self.claims: dict[str, Claim] = {}

    def take(self, answer: Answer, anchor: Anchor) -> None:
        """Add one passage's answer."""
        said = [self._statement(each, anchor) for each in answer.statements]
        for each, made in zip(answer.statements, said, strict=True):
            if made is not None:
                parent = _of(said, each.parent)
                self.statements[made.id] = _with_parent(made, parent)
        for when in answer.times:
            if (span := anchor.span(when.at)) is not None:
                made_id = annotation_id("time", self._digest, [span])
                self.times[made_id] = Time(
                    id=made_id, start=span[0], end=span[1], text=self._words(span), type=when.type,
                    value=when.value, edtf=self._date(when.edtf), confidence=SURE,
                )  # fmt: skip
        for where in answer.places:
            if (span := anchor.span(where.at)) is not None:
                made_id = annotation_id("place", self._digest, [span])
                self.places[made_id] = Place(
                    id=made_id, start=span[0], end=span[1], name=self._words(span),
                    canonical=where.canonical, confidence=SURE,
                )  # fmt: skip
        for counted in answer.quantities:
            # bounds the wrong way round say nothing
            backwards = counted.low is not None and counted.high is not None and counted.low > counted.high
            if (span := anchor.span(counted.at)) is not None and not backwards:
                one = self._quantity(counted, span, _of(said, counted.statement))
                self.quantities[one.id] = one
        for happened in answer.claims:
            if (span := anchor.span(happened.trigger)) is not None:
                claim = self._claim(happened, span, anchor, _of(said, happened.statement))
                self.claims[claim.id] = claim

    def _named(self, name: str | None) -> str | None:
        """A name, if it stands in the text."""
        return name if name and name.strip() and name in self._text else None

    def _words(self, span: Span) -> str:
        return self._text[span[0] : span[1]]

    def _statement(self, said: Said, anchor: Anchor) -> Statement | None:
        content = anchor.spans(said.content)
        source, cue = anchor.spans(said.source), anchor.spans(said.cue)
        if not content:
            return None
        known = ",".join(f"{a}-{b}" for a, b in source + cue)
        return Statement(
            id=annotation_id("statement", self._digest, content, known),
            voice="source", source=source, cue=cue, content=content,
            # who is not named by words of the text is not named at all
            party=(self._named(said.party) or self._words(source[0])) if source else None,
            represents=self._named(said.represents) if source else None,
            channel=said.channel, said=self._date(said.said), kind=said.kind,
            stance=tuple(said.stance), confidence=SURE,
        )  # fmt: skip

    def _quantity(self, counted: Counted, span: Span, statement: Statement | None) -> Quantity:
        return Quantity(
            id=annotation_id("quantity", self._digest, [span]), start=span[0], end=span[1],
            text=self._words(span), kind=counted.kind, low=counted.low, high=counted.high,
            best=counted.best, low_open=counted.low_open, high_open=counted.high_open,
            approximate=counted.approximate, rule=RULE, unit=counted.unit, what=counted.what,
            group=counted.group, role=counted.role, statement=statement.id if statement else self._own,
            confidence=SURE,
        )  # fmt: skip

    def _claim(self, told: Happened, trigger: Span, anchor: Anchor, statement: Statement | None) -> Claim:
        actors, recipients, targets, instruments = (
            tuple(self._actors(quotes, anchor))
            for quotes in (told.actors, told.recipients, told.targets, told.instruments)
        )
        held = [s for each in (actors, recipients, targets, instruments) for a in each for s in a.mentions]
        ends = [trigger, *held]
        return Claim(
            id=annotation_id("claim", self._digest, [trigger], f"{told.type}|{told.mode}"),
            type=told.type, mode=told.mode, actors=actors, recipients=recipients, targets=targets,
            instruments=instruments, when=self._date(told.when),
            modality=told.modality, polarity=told.polarity,
            statement=statement.id if statement else self._own,
            evidence=((min(s for s, _ in ends), max(e for _, e in ends)),), trigger=trigger, confidence=SURE,
        )  # fmt: skip

    def _date(self, value: str | None) -> str | None:
        """A date that is one in EDTF and that the report can bear; unknown otherwise."""
        if not value or parse_when(value) is None:
            return None
        return value if self._dated or value[:4] in self._text else None

    def _actors(self, quotes: Sequence[Quote], anchor: Anchor) -> Iterator[Actor]:
        for span in anchor.spans(quotes):
            yield Actor(party_id=None, name=" ".join(self._words(span).split()), mentions=(span,))


def _of(said: Sequence[Statement | None], number: int | None) -> Statement | None:
    return said[number] if number is not None and 0 <= number < len(said) else None


def _with_parent(made: Statement, parent: Statement | None) -> Statement:
    """The statement within its parent, if the parent's words do hold it and more: so none holds itself."""
    if parent is None or not _holds(parent, made) or _holds(made, parent):
        return made
    return msgspec.structs.replace(made, parent=parent.id)


def _holds(outer: Statement, inner: Statement) -> bool:
    return all(any(a <= start and end <= b for a, b in outer.content) for start, end in inner.content)
