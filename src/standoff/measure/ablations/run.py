"""Every text once through the network; then its layer again and again, each time without one part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import spacy
from spacy.tokens import Doc

from standoff.measure.ablations.cuts import Block, Cut
from standoff.measure.ablations.stand_ins import nothing
from standoff.measure.corpora import Corpus, paths
from standoff.measure.intervals import Counts, Interval, change, scored
from standoff.measure.layers.base import Document
from standoff.measure.redecode import Scored, decoded, read_again
from standoff.measure.redecode import scored as through_network
from standoff.measure.swap import Swap, swapped
from standoff.read.encoder.weights import load_weights
from standoff.read.host import load_host

STEPS = (
    "find_times",
    "find_mentions",
    "find_places",
    "find_statements",
    "scenes",
    "find_quantities",
    "find_claims",
)
"""The reader's steps, in its order."""
NEEDED = {
    "times": STEPS[:1],
    "places": STEPS[1:3],
    "statements": (*STEPS[:2], STEPS[3]),
    "quantities": STEPS[:6],
    "claims": STEPS,
}
"""The steps that a layer's score rests on; the others are spared."""
WHOLE = Cut("")


class Row(NamedTuple):
    """One measure with all parts and without one, in percent, and the points between, with intervals."""

    layer: str
    out: str
    corpus: str
    measure: str
    whole: float
    whole_interval: Interval
    without: float
    without_interval: Interval
    change: float
    change_interval: Interval


def ablate(block: Block, corpus: Corpus, folder: Path, *, quick: bool = False) -> Iterator[Row]:
    """The rows of one layer on one corpus, as they are ready. ``quick`` reads every n-th document.

    Raises `InputError` when the corpus is not there.
    """
    paths(corpus, folder)
    documents = list(corpus.load(folder))[:: corpus.every if quick else 1]
    texts = list(_texts(corpus, documents))
    whole = _tallies(corpus, documents, texts, WHOLE)
    for cut in block.cuts:
        yield from _rows(block, corpus, cut, whole, _tallies(corpus, documents, texts, cut))


def _texts(corpus: Corpus, documents: Iterable[Document]) -> Iterator[Scored]:
    """The documents through the network; its scores are kept only where they will be decoded again."""
    settings = load_weights().decode
    for text in through_network(load_host(), (each.text for each in documents)):
        decoded(text, settings)
        yield text if corpus.layer == "statements" else text._replace(parts=[])


def _tallies(
    corpus: Corpus, documents: Sequence[Document], texts: Sequence[Scored], cut: Cut
) -> list[Counts]:
    """The corpus counted without a part; only the layer's own steps are run."""
    spared = [Swap("layers", step, nothing) for step in STEPS if step not in NEEDED[corpus.layer]]
    settings = {**load_weights().decode, **cut.settings}
    bare = spacy.blank("en")
    with swapped([*spared, *cut.swaps]):
        tallies = []
        for document, text in zip(documents, texts, strict=True):
            doc: Doc = bare.make_doc(document.text) if cut.bare else text.doc
            if text.parts and not cut.bare:
                decoded(text, settings)
            tallies.append(corpus.yardstick.count(document, read_again(doc, document.published)))
    return tallies


def _rows(
    block: Block, corpus: Corpus, cut: Cut, whole: Sequence[Counts], without: Sequence[Counts]
) -> Iterator[Row]:
    measures = corpus.yardstick.measures
    (had, had_between), (left, left_between) = scored(whole, measures), scored(without, measures)
    gaps = change(whole, without, measures)
    for name in block.measures[corpus.name]:
        yield Row(
            block.layer,
            cut.out,
            corpus.name,
            name,
            had[name],
            had_between[name],
            left[name],
            left_between[name],
            *gaps[name],
        )
