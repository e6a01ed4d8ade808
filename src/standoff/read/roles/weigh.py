"""How likely a participant is in view of all the others that its report may have.

The net judges one noun phrase at a time. Whether a phrase that might be a victim is one also hangs on
the rest: that the report has a likely weapon, that five likelier victims stand before it, that the same
words look more like a doer's. One logistic curve a slot over a few such traits weighs them.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from standoff.read.roles.group import Part
from standoff.read.roles.model import SLOTS

TRAITS = (
    "one", "any mention", "best mention", "mention of its words", "second mention", "mentions", "wordings",
    "likelier ones", "likeliest", "is likeliest", "behind likeliest", "sum",
    "words", "many words", "named", "person", "organisation", "place", "plural",
    "said", "length",
    *(f"as {slot}" for slot in SLOTS), *(f"likeliest {slot}" for slot in SLOTS),
)  # fmt: skip
"""What a curve weighs, in the order of its weights."""
NAMED = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC"})
PLACES = frozenset({"GPE", "LOC", "NORP"})
SLIGHTEST = 1e-3
"""Shares are kept this far from 0 and 1 before their logarithm is taken."""
SHORTEST = 120
"""Shorter reports count as this long: hardly any that was learnt from is shorter (tokens)."""

_Elsewhere = Mapping[str, Mapping[str | int, float]]


def weighed(doc: Doc, found: Sequence[Part], curves: NDArray[np.float64], bar: float) -> Iterator[Part]:
    """The participants whose calibrated share reaches the bar, with that share."""
    for part, row in zip(found, traits(doc, found), strict=True):
        number = SLOTS.index(part.slot)
        share = 1.0 / (1.0 + math.exp(-float(np.clip(curves[number] @ row, -30.0, 30.0))))
        if share >= bar:
            yield part._replace(share=round(share, 3))


def traits(doc: Doc, found: Sequence[Part]) -> NDArray[np.float64]:
    """`TRAITS` of every participant of a report, (participants, traits); ``found`` are all of them."""
    said = Counter(token.lower_ for token in doc)
    shares: dict[str, list[float]] = {slot: [] for slot in SLOTS}
    for part in found:
        shares[part.slot].append(part.share)
    most = [max(shares[slot], default=0.0) for slot in SLOTS]
    elsewhere = _elsewhere(found)
    rows = [
        [
            *_mentions(part),
            *_rank(part, shares[part.slot]),
            *_words(doc, part, said),
            *_as_others(part, elsewhere),
            *most,
        ]
        for part in found
    ]
    return np.array(rows, dtype=np.float64).reshape(len(found), len(TRAITS))


def _logit(share: float) -> float:
    bounded = min(max(share, SLIGHTEST), 1.0 - SLIGHTEST)
    return math.log(bounded / (1.0 - bounded))


def _mentions(part: Part) -> Iterator[float]:
    """How likely it is by itself, and on how many mentions and wordings that stands."""
    shares = sorted((mention.share for mention in part.mentions), reverse=True)
    yield 1.0
    yield _logit(part.share)
    yield _logit(shares[0])
    yield _logit(part.best.share)
    yield shares[1] if len(shares) > 1 else 0.0
    yield math.log(len(shares))
    yield math.log(len({mention.words for mention in part.mentions}))


def _rank(part: Part, shares: Sequence[float]) -> Iterator[float]:
    """Where it stands among those of its slot."""
    before = sum(share > part.share for share in shares)
    yield math.log1p(before)
    yield _logit(max(shares))
    yield float(before == 0)
    yield max(shares) - part.share
    yield math.log1p(sum(shares))


def _words(doc: Doc, part: Part, said: Mapping[str, int]) -> Iterator[float]:
    """What kind of words it has, and how often the report says its noun."""
    head = doc[part.best.candidate.head]
    words, kind = len(part.words.split()), head.ent_type_
    yield min(words, 6) / 3
    yield float(words > 3)
    yield float(kind in NAMED)
    yield float(kind == "PERSON")
    yield float(kind == "ORG")
    yield float(kind in PLACES)
    yield float(head.tag_ in {"NNS", "NNPS"})
    yield math.log1p(said[head.lower_])
    yield math.log(max(len(doc), SHORTEST)) - 6.0


def _elsewhere(found: Sequence[Part]) -> _Elsewhere:
    """Slot -> words or head token -> the share of the likeliest participant that has them."""
    table: dict[str, dict[str | int, float]] = {slot: defaultdict(float) for slot in SLOTS}
    for part in found:
        held = table[part.slot]
        for key in _keys(part):
            held[key] = max(held[key], part.share)
    return table


def _keys(part: Part) -> set[str | int]:
    return {part.words, *(mention.candidate.head for mention in part.mentions)}


def _as_others(part: Part, elsewhere: _Elsewhere) -> Iterator[float]:
    """How likely the same words are in each other slot."""
    keys = _keys(part)
    for slot in SLOTS:
        held = elsewhere[slot]
        yield 0.0 if slot == part.slot else max(held.get(key, 0.0) for key in keys)
