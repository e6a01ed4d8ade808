"""The annotations of all readings, laid out so that reviews can find and change them. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

import msgspec

from standoff.errors import AnchorError
from standoff.model import Anchor, Claim, Quantity, Reading, Report, Spans, Statement, annotation_id
from standoff.model.spans import check_spans, quote
from standoff.record.anchors import FIELD, TYPE, Annotation, all_spans, field_names, layers, spans_of

_ONE_OF_MANY = frozenset({"claim", "quantity"})
"""Layers where different annotations may stand at equal spans, so that a review must name the id too."""

_Place = tuple[str, str, Spans]


@dataclass
class Slot:
    """One annotation through its reviews. ``original`` is None when a person added it."""

    layer: str
    report: int
    original: Annotation | None
    current: Annotation
    rejected: bool = False
    accepted: bool = False
    entries: list[int] = field(default_factory=list)

    def ids(self) -> set[str]:
        """Ids it is or was known by."""
        return {self.current.id, self.original.id} if self.original else {self.current.id}


class Desk:
    """All slots, by place. Copies of one text each have their own reading; a review acts on all of them.

    ``touched`` are the hashes of the texts that reviews name: the readings of others are not laid out.
    """

    def __init__(self, reports: Sequence[Report], readings: Sequence[Reading], touched: Set[str]) -> None:
        self.texts = {report.text_sha256: report.text for report in reports}
        self._readings = list(readings)
        self._slots: list[list[Slot]] = []
        self._at: dict[_Place, list[Slot]] = {}
        for number, reading in enumerate(readings):
            self._slots.append([])
            if reading.text_sha256 not in touched:
                continue
            for layer, annotation in layers(reading):
                self._lay(Slot(layer=layer, report=number, original=annotation, current=annotation))

    def _lay(self, slot: Slot) -> None:
        self._slots[slot.report].append(slot)
        self._index(slot)

    def _index(self, slot: Slot) -> None:
        text = self._readings[slot.report].text_sha256
        here = self._at.setdefault((text, slot.layer, spans_of(slot.current)), [])
        if not any(slot is other for other in here):
            here.append(slot)

    def slots(self) -> Iterator[Slot]:
        """Every slot, by reading."""
        for slots in self._slots:
            yield from slots

    def match(self, anchor: Anchor) -> list[Slot] | str:
        """The slots an anchor names, one a reading at most, or why there is none."""
        here = self._at.get((anchor.text_sha256 or "", anchor.layer, tuple(sorted(anchor.spans))), [])
        if not here:
            return "the newest reading has nothing at these words"
        found = []
        for number in sorted({slot.report for slot in here}):
            slot = _chosen(anchor, [slot for slot in here if slot.report == number])
            if slot is not None:
                found.append(slot)
        return found or "the newest reading has something else, or several things, at these words"

    def correct(self, slot: Slot, value: Mapping[str, Any]) -> str | None:
        """Change fields of a slot; returns why it cannot be done, or None."""
        reading = self._readings[slot.report]
        try:
            slot.current = _changed(slot.layer, slot.current, value, self.texts[reading.text_sha256], reading)
        except (AnchorError, msgspec.ValidationError, ValueError) as err:
            return f"the correction does not fit: {err}"
        self._index(slot)
        return None

    def add(self, anchor: Anchor, value: Mapping[str, Any], entry: int) -> str | None:
        """Lay a new annotation at an anchor in every reading of that text; returns why not, or None.

        Where a reader has found the same since, the review's fields correct that one.
        """
        numbers = [n for n, reading in enumerate(self._readings) if reading.text_sha256 == anchor.text_sha256]
        if not numbers:
            return "the report has no reading to add to"
        for number in numbers:
            reading = self._readings[number]
            try:
                made = _made(anchor, value, self.texts[reading.text_sha256], reading)
            except (AnchorError, msgspec.ValidationError, ValueError) as err:
                return f"the addition does not fit: {err}"
            same = self._same(made, anchor.layer, number)
            if same is None:
                self._lay(Slot(anchor.layer, number, None, made, entries=[entry]))
            elif problem := self.correct(same, value):
                return problem
            else:
                same.rejected = False
                same.entries.append(entry)
        return None

    def _same(self, made: Annotation, layer: str, number: int) -> Slot | None:
        text = self._readings[number].text_sha256
        here = [slot for slot in self._at.get((text, layer, spans_of(made)), []) if slot.report == number]
        if layer not in _ONE_OF_MANY:
            return here[0] if here else None
        return next((slot for slot in here if made.id in slot.ids()), None)

    def readings(self) -> tuple[Reading, ...]:
        """The readings as they stand now."""
        return tuple(
            _written(reading, slots)
            if any(slot.rejected or slot.original is not slot.current for slot in slots)
            else reading
            for reading, slots in zip(self._readings, self._slots, strict=True)
        )


def _chosen(anchor: Anchor, here: Sequence[Slot]) -> Slot | None:
    if anchor.key is not None:
        for slot in here:
            if anchor.key in slot.ids():
                return slot
        if anchor.layer in _ONE_OF_MANY:
            return None
    return here[0] if len(here) == 1 else None


def _changed(
    layer: str, old: Annotation, value: Mapping[str, Any], text: str, reading: Reading
) -> Annotation:
    """The annotation with other fields; quoted words and id follow the spans."""
    unknown = sorted(set(value) - set(field_names(layer)) | set(value) & {"id"})
    if unknown:
        raise ValueError(f"a {layer} has no field {unknown[0]!r} to set")
    told = msgspec.to_builtins(old) | dict(value)
    new: Annotation = msgspec.convert(told, TYPE[layer], strict=False)
    check_spans(all_spans(new), len(text), where=f"{layer} of {reading.report}")
    if spans_of(new) == spans_of(old):
        return _requoted(new, text)
    name = annotation_id(layer, reading.text_sha256, spans_of(new), f"reviewed {old.id}")
    return _requoted(msgspec.structs.replace(new, id=name), text)


def _made(anchor: Anchor, value: Mapping[str, Any], text: str, reading: Reading) -> Annotation:
    """A new annotation from an anchor and the fields of a review."""
    told = {key: item for key, item in value.items() if key != "id"}
    unknown = sorted(set(told) - set(field_names(anchor.layer)))
    if unknown:
        raise ValueError(f"a {anchor.layer} has no field {unknown[0]!r} to set")
    spans = tuple(sorted(anchor.spans))
    if not spans:
        raise ValueError("an addition names no words")
    if anchor.layer == "statement":
        told = {"voice": "source", "content": spans, **told}
    elif anchor.layer == "claim":
        told = {"evidence": spans, **told}
    else:
        told |= {"start": spans[0][0], "end": spans[0][1]}
        told["name" if anchor.layer == "place" else "text"] = quote(text, spans[:1])
    kind = str(told.get("type", "") if anchor.layer == "claim" else told.get("role") or "")
    told["id"] = anchor.key or annotation_id(anchor.layer, reading.text_sha256, spans, f"reviewed {kind}")
    new: Annotation = msgspec.convert(told, TYPE[anchor.layer], strict=False)
    check_spans(all_spans(new), len(text), where=f"{anchor.layer} of {reading.report}")
    return new


def _requoted(annotation: Annotation, text: str) -> Annotation:
    if isinstance(annotation, Statement | Claim):
        return annotation
    words = quote(text, spans_of(annotation))
    name = "name" if hasattr(annotation, "name") else "text"
    return msgspec.structs.replace(annotation, **{name: words})


def _written(reading: Reading, slots: Sequence[Slot]) -> Reading:
    """The reading made of its slots, in text order, with references to what is there."""
    now: dict[str, str | None] = {}
    for slot in slots:
        for name in slot.ids():
            now[name] = None if slot.rejected else slot.current.id
    fields: dict[str, Any] = {}
    for layer, name in FIELD.items():
        held: list[Annotation] = []
        for slot in slots:
            if slot.layer == layer and not slot.rejected:
                _insert(held, _rewired(slot.current, now), moved=slot.original is not slot.current)
        fields[name] = tuple(held)
    return msgspec.structs.replace(reading, **fields)


def _insert(held: list[Annotation], annotation: Annotation, *, moved: bool) -> None:
    """Append; what a person added or moved goes before the first that begins later."""
    start = spans_of(annotation)[:1]
    at = len(held)
    if moved:
        at = next((n for n, other in enumerate(held) if spans_of(other)[:1] > start), at)
    held.insert(at, annotation)


def _rewired(annotation: Annotation, now: Mapping[str, str | None]) -> Annotation:
    """References follow what was moved; those to what was rejected become unknown."""

    def one(name: str | None) -> str | None:
        return now.get(name, name) if name is not None else None

    def many(names: Sequence[str]) -> tuple[str, ...]:
        return tuple(found for name in names if (found := one(name)) is not None)

    changes: dict[str, Any] = {}
    if isinstance(annotation, Statement):
        changes = {"parent": one(annotation.parent)}
    elif isinstance(annotation, Quantity):
        relation = annotation.relation
        if relation is not None and relation.of is not None:
            changes["relation"] = msgspec.structs.replace(relation, of=one(relation.of))
        changes |= {"statement": one(annotation.statement), "place": one(annotation.place)}
    elif isinstance(annotation, Claim):
        changes = {
            "statement": one(annotation.statement),
            "of": one(annotation.of),
            "quantities": many(annotation.quantities),
            "places": many(annotation.places),
        }
    if all(getattr(annotation, key) == item for key, item in changes.items()):
        return annotation
    return msgspec.structs.replace(annotation, **changes)
