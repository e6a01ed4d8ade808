"""The way in: participants of a document that are likely enough."""

from __future__ import annotations

from spacy.tokens import Doc

from standoff.read.roles.candidates import candidates
from standoff.read.roles.features import features
from standoff.read.roles.group import Part, parts
from standoff.read.roles.model import load_model
from standoff.read.roles.weigh import weighed
from standoff.read.roles.words import Words


def find_parts(doc: Doc) -> list[Part]:
    """Participants in harm done on purpose whose calibrated share reaches the bar of best F1.

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
    return list(weighed(doc, parts(doc, found, shares), model.curves, model.bar))
