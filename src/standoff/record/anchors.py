"""Where annotations stand, and whether those words are there. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from standoff.errors import AnchorError
from standoff.model import Anchor, Claim, Mention, Place, Quantity, Reading, Span, Spans, Statement, Time
from standoff.model.spans import check_spans, quote

Annotation = Statement | Mention | Time | Place | Quantity | Claim
Layer = Literal["statement", "mention", "time", "place", "quantity", "claim"]

FIELD: dict[str, str] = {
    "statement": "statements",
    "mention": "mentions",
    "time": "times",
    "place": "places",
    "quantity": "quantities",
    "claim": "claims",
}
"""The field of a reading that holds each layer."""

TYPE: dict[str, type[Annotation]] = {
    "statement": Statement,
    "mention": Mention,
    "time": Time,
    "place": Place,
    "quantity": Quantity,
    "claim": Claim,
}


def layers(reading: Reading) -> Iterator[tuple[str, Annotation]]:
    """Every annotation of a reading with the name of its layer."""
    for layer, field in FIELD.items():
        for annotation in getattr(reading, field):
            yield layer, annotation


def spans_of(annotation: Annotation) -> Spans:
    """The spans an annotation is named by: where it stands, not all it mentions.

    A statement stands at its source, cue and content together, in text order; a claim at its
    evidence and the word that carries it.
    """
    if isinstance(annotation, Statement):
        return tuple(sorted({*annotation.source, *annotation.cue, *annotation.content}))
    if isinstance(annotation, Claim):
        trigger = (annotation.trigger,) if annotation.trigger else ()
        return tuple(sorted({*annotation.evidence, *trigger}))
    return ((annotation.start, annotation.end),)


def all_spans(annotation: Annotation) -> Iterator[Span]:
    """Every span an annotation holds anywhere."""
    yield from spans_of(annotation)
    if isinstance(annotation, Statement):
        yield from (relay.span for relay in annotation.via)
    if isinstance(annotation, Claim):
        for role in (annotation.actors, annotation.recipients, annotation.targets, annotation.instruments):
            for actor in role:
                yield from actor.mentions


def words_of(annotation: Annotation) -> str | None:
    """The words that an annotation quotes, or None for layers that store none."""
    if isinstance(annotation, Place):
        return annotation.name
    return annotation.text if isinstance(annotation, Mention | Time | Quantity) else None


def anchor_of(layer: str, annotation: Annotation, text: str, text_sha256: str) -> Anchor:
    """The anchor that a review of this annotation names: its words, and its id to part equal spans."""
    spans = spans_of(annotation)
    return Anchor(
        layer=layer, text_sha256=text_sha256, spans=spans, quote=quote(text, spans), key=annotation.id
    )


def check_reading(reading: Reading, text: str, text_sha256: str) -> None:
    """Raise `AnchorError` at the first annotation that does not stand where it says."""
    if reading.text_sha256 != text_sha256:
        raise AnchorError("a reading is of another text than its report's", where=reading.report)
    for layer, annotation in layers(reading):
        where = f"{layer} {annotation.id} of {reading.report}"
        check_spans(all_spans(annotation), len(text), where=where)
        words = words_of(annotation)
        if words is not None and words != quote(text, spans_of(annotation)):
            raise AnchorError("the quoted words are not those of the text", where=where)


def check_anchor(anchor: Anchor, text: str) -> None:
    """Raise `AnchorError` unless the anchor's spans and quoted words are those of the text."""
    where = f"{anchor.layer} anchor"
    check_spans(anchor.spans, len(text), where=where)
    if anchor.quote is not None and anchor.quote != quote(text, anchor.spans):
        raise AnchorError("the quoted words of a review are not those of the text", where=where)


def field_names(layer: str) -> tuple[str, ...]:
    """Names of the fields an annotation of this layer has."""
    return tuple(field.name for field in msgspec.structs.fields(TYPE[layer]))
