"""Write what the network said into a spaCy `Doc`, all at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, POS, TAG
from spacy.tokens import Doc
from spacy.vocab import Vocab

from standoff.read.encoder.lemmas import lemma
from standoff.read.encoder.links import Part
from standoff.read.encoder.network import Scores
from standoff.read.encoder.tree import sentences, tree
from standoff.read.encoder.weights import Weights

COLUMNS = [HEAD, DEP, TAG, POS, LEMMA, ENT_IOB, ENT_TYPE]
Whole = NDArray[np.int64]


class Builder:
    """Knows the hash of every label in one vocabulary, so that a text is filled in without strings."""

    def __init__(self, vocab: Vocab, weights: Weights) -> None:
        self._strings = vocab.strings
        self._names = weights.labels
        add = vocab.strings.add
        self._tag = np.array([add(x) for x in weights.labels["tag"]], dtype=np.uint64)
        self._pos = np.array([add(x) for x in weights.labels["pos"]], dtype=np.uint64)
        self._dep = np.array([add(x) for x in weights.labels["dep"]], dtype=np.uint64)
        split = [x.partition("-") for x in weights.labels["ent"]]
        self._type = np.array([add(kind) if kind else 0 for _, _, kind in split], dtype=np.uint64)
        self._iob = np.array([{"O": 2, "B": 3, "I": 1}[b] for b, _, _ in split], dtype=np.uint64)
        self._root, self._plain = add("ROOT"), add("dep")
        self._space_tag, self._space = add("_SP"), add("SPACE")

    def fill(self, doc: Doc, words: Sequence[str], places: Whole, parts: Sequence[Part]) -> Doc:
        """Set grammar on ``doc``; ``places`` are the tokens that are words (not white space)."""
        labels = np.concatenate([p.scores.labels[p.owned[0] - p.begin : p.owned[1] - p.begin] for p in parts])
        heads = np.concatenate([p.heads for p in parts])
        rows = np.zeros((len(doc), len(COLUMNS)), dtype=np.uint64)
        rows[:, 1], rows[:, 2], rows[:, 3], rows[:, 5] = self._plain, self._space_tag, self._space, 2
        own = np.arange(len(heads))
        dep = self._dep[labels[:, 2]]
        dep[(heads != own) & (dep == self._root)] = self._plain
        dep[heads == own] = self._root
        iob, kind = self._entities(labels[:, 3])
        rows[places, 1], rows[places, 2], rows[places, 3] = (
            dep,
            self._tag[labels[:, 0]],
            self._pos[labels[:, 1]],
        )
        rows[places, 5], rows[places, 6] = iob, kind
        self._bridge(doc, places, rows)
        rows[:, 4] = self._lemmas(doc, words, places, labels[:, 0])
        rows[:, 0] = self._offsets(len(doc), places, heads).view(np.uint64)
        doc.from_array(COLUMNS, rows)  # type: ignore[arg-type]  # its stub knows no numpy array
        return doc

    def blank(self, doc: Doc) -> Doc:
        """Set grammar on a text of white space alone: one "sentence" around its first token."""
        rows = np.zeros((len(doc), len(COLUMNS)), dtype=np.uint64)
        rows[:, 0] = (-np.arange(len(doc))).view(np.uint64)
        rows[:, 1], rows[:, 2], rows[:, 3], rows[:, 5] = self._plain, self._space_tag, self._space, 2
        rows[:1, 1] = self._root
        rows[:, 4] = [token.orth for token in doc]
        if len(doc):
            doc.from_array(COLUMNS, rows)  # type: ignore[arg-type]  # its stub knows no numpy array
        return doc

    def _entities(self, labels: Whole) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
        """Begin, in, out and type; an "in" that continues nothing of its type begins a name."""
        iob, kind = self._iob[labels].copy(), self._type[labels]
        before_kind = np.concatenate([[np.uint64(0)], kind[:-1]])
        iob[(iob == 1) & (before_kind != kind)] = 3
        return iob, kind

    @staticmethod
    def _bridge(doc: Doc, places: Whole, rows: NDArray[np.uint64]) -> None:
        """A name goes on over a line break inside it; over an empty line it begins anew."""
        gaps = np.flatnonzero((np.diff(places) > 1) & (rows[places[1:], 5] == 1))
        for last, first in zip(places[gaps], places[gaps + 1], strict=True):
            if sum(token.text.count("\n") for token in doc[last + 1 : first]) > 1:
                rows[first, 5] = 3
            else:
                rows[last + 1 : first, 5], rows[last + 1 : first, 6] = 1, rows[first, 6]

    def _lemmas(self, doc: Doc, words: Sequence[str], places: Whole, tags: Whole) -> NDArray[np.uint64]:
        names, add = self._names["tag"], self._strings.add
        found = np.array([token.orth for token in doc], dtype=np.uint64)
        found[places] = [add(lemma(w, names[t])) for w, t in zip(words, tags.tolist(), strict=True)]
        return found

    @staticmethod
    def _offsets(size: int, places: Whole, heads: Whole) -> Whole:
        """Head offsets of all tokens; white space hangs from the word before it (the first from the next)."""
        own = np.arange(size)
        before = np.searchsorted(places, own, side="right") - 1
        to = places[np.maximum(before, 0)]
        to[places] = places[heads]
        return np.asarray(to - own, dtype=np.int64)


def settle(scores: Scores, begin: int, owned: tuple[int, int]) -> Part:
    """A window with its sentences parsed; what a long text cannot afford to keep is let go or halved."""
    left, right = owned
    low = left - begin
    heads = [np.zeros(0, dtype=np.int64)]
    for a, b in sentences(scores.start[low : right - begin] > 0):
        heads.append(tree(scores.arc[low + a : low + b, low + a : low + b]) + left + a)
    light = scores._replace(
        arc=np.zeros((0, 0), dtype=np.float32),
        cue=scores.cue.astype(np.float16),
        source=scores.source.astype(np.float16),
    )
    return Part(light, begin, owned, np.concatenate(heads))
