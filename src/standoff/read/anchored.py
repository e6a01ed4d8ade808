"""Somebody else's reader held to the text: what does not stand there is refused, and the reading says so."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from standoff.errors import ReaderError, StandoffError
from standoff.model import Claim, Mention, Place, Quantity, ReaderInfo, Reading, Span, Statement, Time
from standoff.read.layers import LAYERS
from standoff.read.reader import Item, Reader

Annotation = Statement | Mention | Time | Place | Quantity | Claim


class AnchoredReader:
    """Reads with ``reader`` and passes on only what is anchored, unique and of the report it was given."""

    def __init__(self, reader: Reader, name: str) -> None:
        self._reader, self._name = reader, name
        self.info: ReaderInfo = reader.info
        self.waits: bool = getattr(reader, "waits", False)

    def read(self, items: Iterable[Item]) -> Iterator[Reading]:
        """A reading for every item, in order. Raises `ReaderError` for a reader that breaks its promise."""
        waiting: deque[Item] = deque()
        for reading in self._guarded(items, waiting):
            if not waiting:
                raise ReaderError(f"the reader {self._name!r} gave more readings than it was given reports")
            yield self._anchored(reading, waiting.popleft())
        if waiting:
            raise ReaderError(
                f"the reader {self._name!r} gave no reading", where=waiting[0].context.report or None
            )

    def _guarded(self, items: Iterable[Item], waiting: deque[Item]) -> Iterator[Reading]:
        """The reader's own readings; what it raises comes out as one sentence, what its input does as is."""
        not_its_own: list[Exception] = []

        def given() -> Iterator[Item]:
            try:
                for item in items:
                    waiting.append(item)
                    yield item
            except Exception as error:
                not_its_own.append(error)
                raise

        try:
            yield from self._reader.read(given())
        except Exception as error:
            if isinstance(error, StandoffError) or error in not_its_own:
                raise
            raise ReaderError(
                f"the reader {self._name!r} failed: {type(error).__name__}: {error}",
                where=waiting[0].context.report or None if waiting else None,
            ) from error

    def _anchored(self, reading: Any, item: Item) -> Reading:  # noqa: ANN401  (it may be anything)
        try:
            told = msgspec.convert(msgspec.to_builtins(reading), Reading)
        except (TypeError, ValueError, RecursionError) as error:
            raise ReaderError(
                f"what the reader {self._name!r} gave is no reading: {error}", where=item.context.report
            ) from error
        if (told.report, told.text_sha256) != (item.context.report, item.context.text_sha256):
            raise ReaderError(
                f"the reader {self._name!r} gave a reading of another report", where=item.context.report
            )
        return anchored(told, item.text)


def anchored(reading: Reading, text: str) -> Reading:
    """The reading without loose ties, and without what does not stand in ``text`` or has an id taken."""
    total = sum(len(getattr(reading, layer)) for layer in LAYERS)
    seen: set[str] = set()
    kept = {layer: _kept(getattr(reading, layer), text, seen) for layer in LAYERS}
    refused = total - len(seen)
    told = f"{refused} of {total} annotations refused: not the words of the text, or an id that is taken"
    known = {layer: {each.id for each in kept[layer]} for layer in LAYERS}
    kept = {layer: tuple(_tied(each, known) for each in kept[layer]) for layer in LAYERS}
    warnings = (*reading.warnings, *([told] if refused else []))
    return msgspec.structs.replace(reading, warnings=warnings, **kept)


def _kept(annotations: Iterable[Annotation], text: str, seen: set[str]) -> tuple[Annotation, ...]:
    found = []
    for each in annotations:
        if each.id and each.id not in seen and _stands(each, text):
            seen.add(each.id)
            found.append(each)
    return tuple(found)


def _stands(each: Annotation, text: str) -> bool:
    spans = list(_spans(each))
    if not all(0 <= start < end <= len(text) for start, end in spans):
        return False
    if isinstance(each, Statement | Claim):
        return True
    words = each.name if isinstance(each, Place) else each.text
    return text[each.start : each.end] == words


def _spans(each: Annotation) -> Iterator[Span]:
    if isinstance(each, Statement):
        yield from (*each.source, *each.cue, *each.content, *(via.span for via in each.via))
    elif isinstance(each, Claim):
        yield from (*each.evidence, *([each.trigger] if each.trigger else []))
        for role in (each.actors, each.recipients, each.targets, each.instruments):
            yield from (span for actor in role for span in actor.mentions)
    else:
        yield each.start, each.end


def _tied(each: Annotation, known: dict[str, set[str]]) -> Annotation:
    """The annotation without ties to annotations that are not in the reading."""
    if isinstance(each, Statement):
        return msgspec.structs.replace(each, parent=_in(each.parent, known["statements"]))
    if isinstance(each, Quantity):
        lost = each.relation and each.relation.of and each.relation.of not in known["quantities"]
        return msgspec.structs.replace(
            each,
            statement=_in(each.statement, known["statements"]),
            place=_in(each.place, known["places"]),
            relation=None if lost else each.relation,
        )
    if isinstance(each, Claim):
        return msgspec.structs.replace(
            each,
            statement=_in(each.statement, known["statements"]),
            quantities=tuple(one for one in each.quantities if one in known["quantities"]),
            places=tuple(one for one in each.places if one in known["places"]),
            of=_in(each.of, known["claims"]),
        )
    return each


def _in(one: str | None, there: set[str]) -> str | None:
    return one if one in there else None
