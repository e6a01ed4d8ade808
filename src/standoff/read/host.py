"""The host: a text goes in, a spaCy `Doc` with all its grammar and its attributions comes out."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from tokenizers import Tokenizer

from standoff.errors import ReaderError
from standoff.read.encoder.borders import fixed
from standoff.read.encoder.build import Builder, settle
from standoff.read.encoder.links import Linked, Part, Range, attributions
from standoff.read.encoder.network import Network, Scores
from standoff.read.encoder.pieces import GAP_LINE, GAP_NONE, GAP_SPACE, Pieces
from standoff.read.encoder.weights import Weights, load_weights
from standoff.read.encoder.windows import breaks, cut, seams
from standoff.read.raw import ATTRIBUTIONS, RawAttribution
from standoff.read.where import dateline

CANDIDATES = "standoff.statements.candidates"
"""Attributions that another grammar gave and that were kept with the document; of no use after reading."""
_HEAD = 400
"""Words among which a dateline stands."""
WRAPPED = 110
"""A line of more code points than this was not wrapped by hand or mail."""


class Host:
    """Blank English tokenizer and the encoder. One text never changes how another is read."""

    def __init__(self, weights: Weights, threads: int = 1, nlp: Language | None = None) -> None:
        self._nlp = nlp or spacy.blank("en")
        self._nlp.max_length = max(self._nlp.max_length, 100_000_000)
        self._weights = weights
        self._pieces = Pieces(Tokenizer.from_file(str(weights.folder / "tokenizer.json")))
        self._network = Network(weights, threads)
        self._builder = Builder(self._nlp.vocab, weights)

    def docs(self, texts: Iterable[str]) -> Iterator[Doc]:
        """A `Doc` for every text, in order, as each is ready."""
        for text in texts:
            yield self.doc(text)

    def doc(self, text: str) -> Doc:
        """One text, tokenised and read. ``doc.text`` is the text, character for character."""
        made = self.read(self._nlp.make_doc(text))
        if made.text != text:
            raise ReaderError("the tokenizer changed the text", where=repr(text[:40]))
        return made

    def read(self, doc: Doc) -> Doc:
        """Fill in a tokenised `Doc`: tags, lemmas, parse, sentences, entities, attributions."""
        words, places, gaps = words_of(doc)
        doc.user_data[ATTRIBUTIONS] = []
        if not words:
            return self._builder.blank(doc)
        parts = self.parts(words, gaps, openings(doc, places))
        self._builder.fill(doc, words, places, parts)
        spans = [(token.idx, token.idx + len(token)) for token in (doc[int(k)] for k in places)]
        found = attributions(parts, self._weights.decode)
        doc.user_data[ATTRIBUTIONS] = [_raw(each, spans) for each in found]
        return doc

    def parts(self, words: Sequence[str], gaps: Sequence[int], begins: Collection[int] = ()) -> list[Part]:
        """The network's scores for a text's words, window by window; ``begins`` surely begin sentences."""
        known = self._pieces(words)
        lengths = [len(k[0]) for k in known]
        may_break = breaks(words, [k[1] for k in known], gaps, begins)
        ranges = cut(lengths, may_break, self._weights.limit - 2, self._weights.overlap)
        added = fixed(words, gaps, begins)
        waiting: deque[Scores] = deque()

        def starts() -> Iterator[NDArray[np.float32]]:
            for a, b in ranges:
                scores = self._network(known[a:b], list(gaps[a:b]))
                waiting.append(scores._replace(start=scores.start + added[a:b]))
                yield waiting[-1].start

        shares = zip(ranges, seams(ranges, starts()), strict=True)
        return [settle(waiting.popleft(), begin, owned) for (begin, _), owned in shares]


def words_of(doc: Doc) -> tuple[list[str], NDArray[np.int64], list[int]]:
    """Tokens that are words: their text, their place in the `Doc`, and what stands before each."""
    words: list[str] = []
    places: list[int] = []
    gaps: list[int] = []
    gap = GAP_LINE
    for token in doc:
        text = token.text
        if token.is_space:
            gap = GAP_LINE if "\n" in text or gap == GAP_LINE else GAP_SPACE
            continue
        words.append(text)
        places.append(token.i)
        gaps.append(gap)
        gap = GAP_SPACE if token.whitespace_ else GAP_NONE
    return words, np.array(places, dtype=np.int64), gaps


def openings(doc: Doc, places: NDArray[np.int64]) -> list[int]:
    """Numbers of the words that surely begin a sentence: of `paragraphs`, and what follows a dateline."""
    _, body = dateline(doc.text)
    starts = [doc[int(k)].idx for k in places[:_HEAD]] if body else []
    return [*(k for k in (bisect_left(starts, body),) if 0 < k < len(starts)), *paragraphs(doc, places)]


def paragraphs(doc: Doc, places: NDArray[np.int64]) -> list[int]:
    """Numbers of the words that begin a paragraph: after an empty line, or a new line of a text that is
    not wrapped, as its lines beside the break show."""
    text, found = doc.text, []
    for k in np.flatnonzero(np.diff(places) > 1) + 1:
        last, first = doc[int(places[k - 1])], doc[int(places[k])]
        end, start = last.idx + len(last), first.idx
        lines = text.count("\n", end, start)
        if lines > 1 or (lines and max(_length(text, end - 1), _length(text, start)) > WRAPPED):
            found.append(int(k))
    return found


def _length(text: str, at: int) -> int:
    """Length of the line around an offset, as far as it matters."""
    low, high = max(0, at - WRAPPED - 1), at + WRAPPED + 1
    before, after = text.rfind("\n", low, at + 1), text.find("\n", at, high)
    return (after if after >= 0 else min(high, len(text))) - (before if before >= 0 else low)


def _raw(linked: Linked, spans: Sequence[Range]) -> RawAttribution:
    def points(ranges: Iterable[Range]) -> tuple[Range, ...]:
        return tuple((spans[a][0], spans[b - 1][1]) for a, b in ranges)

    return RawAttribution(
        source=points(linked.source),
        cue=points(linked.cue),
        content=points(linked.content),
        confidence=linked.confidence,
    )


@lru_cache(maxsize=4)
def load_host(threads: int = 1) -> Host:
    """The host with the packaged weights; checked, opened once and kept. Raises `VocabError`."""
    return Host(load_weights(), threads)


class EncoderComponent:
    """The encoder as a spaCy pipe, anywhere behind a tokenizer.

    It takes the place of whatever tags, lemmas, parse, sentences and names stood there before it, so that
    they fit together; pipes that use them belong behind it.
    """

    def __init__(self, nlp: Language, name: str, threads: int = 1) -> None:
        self.name = name
        self._host = Host(load_weights(), threads, nlp)

    def __call__(self, doc: Doc) -> Doc:
        """The same document, read."""
        doc.user_data.pop(CANDIDATES, None)
        return self._host.read(doc)


@Language.factory(
    "standoff_encoder",
    default_config={"threads": 1},
    assigns=["token.tag", "token.pos", "token.lemma", "token.dep", "token.head", "doc.sents", "doc.ents"],
)
def make_encoder(nlp: Language, name: str, threads: int = 1) -> EncoderComponent:
    """Factory of the pipe ``standoff_encoder``; ``threads`` is how many the network computes with."""
    return EncoderComponent(nlp, name, threads)
