"""The way in: participants of a document that are likely enough."""

from __future__ import annotations

import math

from spacy.tokens import Doc

from standoff.read.roles.candidates import candidates
from standoff.read.roles.features import features
from standoff.read.roles.group import Part, parts
from standoff.read.roles.model import SLOTS, load_model
from standoff.read.roles.words import Words


def find_parts(doc: Doc) -> list[Part]:
    """Participants in harm done on purpose whose calibrated share reaches their slot's bar.

    ``share`` of what comes back is calibrated: of all parts of share .6, about six in ten are right by
    the measure of `standoff.measure.claims`. Needs tags, a parse and entities; without sentences none.
    """
    if not len(doc) or not doc.has_annotation("DEP") or not doc.has_annotation("SENT_START"):
        return []
    model = load_model()
    words = Words(doc)
    found = list(candidates(words))
    if not found:
        return []
    shares = model(features(words, found))
    kept = []
    for part in parts(doc, found, shares):
        number = SLOTS.index(part.slot)
        share = calibrated(part.share, *model.slopes[number])
        if share >= model.bars[number]:
            kept.append(part._replace(share=round(share, 3)))
    return kept


def calibrated(share: float, slope: float, bias: float) -> float:
    """A raw share on the logistic curve that was fitted out of fold."""
    bounded = min(max(share, 1e-4), 1.0 - 1e-4)
    return 1.0 / (1.0 + math.exp(-(slope * math.log(bounded / (1.0 - bounded)) + bias)))
