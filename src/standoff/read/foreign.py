"""Our layers over somebody else's pipeline: ``--reader spacy:PIPELINE``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec
import spacy
from spacy.language import Language

from standoff.errors import ReaderError
from standoff.model import ReaderInfo, Reading
from standoff.read.components import lacks
from standoff.read.reader import READER, Item, read_doc, readable, unread

NEEDS = ("TAG", "DEP", "ENT_IOB", "SENT_START")
"""Annotation without which a reading says that less was found."""


class SpacyReader:
    """Any English spaCy pipeline as the host. Attributions come from rules alone: it has no encoder for them.

    A pipeline without tags, parse, names or sentences is used as far as it goes, and every reading says
    what was missing.
    """

    def __init__(self, nlp: Language) -> None:
        if nlp.lang != "en":
            raise ReaderError(f"the pipeline reads {nlp.lang!r}", todo="give one for English")
        self._nlp = nlp
        nlp.max_length = max(nlp.max_length, 100_000_000)
        name = f"{nlp.meta.get('lang', 'en')}_{nlp.meta.get('name', 'pipeline')}"
        version = f"{READER.version}+{nlp.meta.get('version', '0')}"
        self.info = ReaderInfo(name=f"standoff-over-{name}", version=version)

    def read(self, items: Iterable[Item]) -> Iterator[Reading]:
        """Readings in the order of ``items``. Raises `ReaderError` when the pipeline changes a text."""
        for item in items:
            yield self._one(item) if readable(item) else unread(item, self.info)

    def _one(self, item: Item) -> Reading:
        doc = self._nlp(item.text)
        if doc.text != item.text:
            raise ReaderError("the pipeline changed the text", where=repr(item.text[:40]))
        missing = lacks(doc, NEEDS)
        told = (f"the pipeline gives no {', '.join(missing)}: less is found",) if missing else ()
        return read_doc(doc, msgspec.structs.replace(item, warnings=(*item.warnings, *told)), self.info)


def make_spacy(pipeline: str | None) -> SpacyReader:
    """Factory of ``spacy:PIPELINE``, a package or a folder. Raises `ReaderError` when there is none."""
    if not pipeline:
        raise ReaderError("no pipeline is named", where="--reader", todo="write it like spacy:en_core_web_sm")
    try:
        return SpacyReader(spacy.load(pipeline))
    except (OSError, ImportError, ValueError) as error:
        raise ReaderError(
            f"the spaCy pipeline {pipeline!r} cannot be loaded", todo="install it, or give its folder"
        ) from error
