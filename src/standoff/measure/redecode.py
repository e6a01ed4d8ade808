"""Texts with the network's scores kept, so that all that comes after the network can be tried again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from spacy.tokens import Doc

from standoff.model import Context, Reading
from standoff.read.encoder.links import Part, attributions
from standoff.read.host import Host, _raw, paragraphs, words_of
from standoff.read.raw import ATTRIBUTIONS
from standoff.read.reader import Item, read_doc
from standoff.read.statements.candidates import KEPT


class Scored(NamedTuple):
    """A parsed text, its words and their places in the `Doc`, and the network's scores window by window."""

    doc: Doc
    words: Sequence[str]
    places: Sequence[int]
    parts: Sequence[Part]


def scored(host: Host, texts: Iterable[str]) -> Iterator[Scored]:
    """Every text through the network, once."""
    for text in texts:
        doc = host._nlp.make_doc(text)
        words, places, gaps = words_of(doc)
        if not words:
            yield Scored(host._builder.blank(doc), words, [], [])
            continue
        parts = host.parts(words, gaps, paragraphs(doc, places))
        yield Scored(host._builder.fill(doc, words, places, parts), words, places.tolist(), parts)


def decoded(text: Scored, settings: Mapping[str, float]) -> Doc:
    """The text's `Doc` with its attributions decoded, under whatever settings."""
    spans = [(token.idx, token.idx + len(token)) for token in (text.doc[k] for k in text.places)]
    text.doc.user_data[ATTRIBUTIONS] = [_raw(each, spans) for each in attributions(text.parts, settings)]
    text.doc.user_data.pop(KEPT, None)
    return text.doc


def read_again(doc: Doc, published: str | None = None) -> Reading:
    """All layers over a parsed text."""
    doc.user_data.pop(KEPT, None)
    return read_doc(doc, Item(text=doc.text, context=Context(report="", published=published)))
