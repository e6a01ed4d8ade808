"""Each layer as a spaCy component, to be used alone in any English pipeline.

``nlp.add_pipe("standoff_times", config={"published": "2021-03-04"})`` leaves a list of records in
``doc.user_data["standoff.times"]``, and ``doc._.standoff.times`` gives them too. A component uses the
records of other layers where they are already there and finds for itself what it needs where they are not:
what a layer says does not hang on which components stand beside it or in what order. It rests on tags, a
parse and names from components before it (a pipeline's own, or ``standoff_encoder``); what of that is
missing is told in one warning, and less is found.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from standoff.model import Context, text_sha256
from standoff.read.layers import LAYERS, Layers

PUBLISHED = "standoff.published"
"""Key of ``doc.user_data`` with this document's own date of publication; goes before the component's."""
GRAMMAR = {"TAG": "tags", "POS": "parts of speech", "LEMMA": "lemmas", "DEP": "parse", "ENT_IOB": "names",
           "SENT_START": "sentences"}  # fmt: skip
"""Annotation that the layers rest on, and what it is called in a warning."""
_USES = {
    "times": ("TAG", "POS"),
    "mentions": tuple(GRAMMAR),
    "places": tuple(GRAMMAR),
    "statements": tuple(GRAMMAR),
    "quantities": tuple(GRAMMAR),
    "claims": tuple(GRAMMAR),
}
_ATTRIBUTES = {"TAG": "token.tag", "POS": "token.pos", "LEMMA": "token.lemma", "DEP": "token.dep",
               "ENT_IOB": "doc.ents", "SENT_START": "doc.sents"}  # fmt: skip


def key(layer: str) -> str:
    """The key of ``doc.user_data`` that holds a layer's records."""
    return f"standoff.{layer}"


def lacks(doc: Doc, uses: tuple[str, ...] = tuple(GRAMMAR)) -> list[str]:
    """What the layers rest on and this document does not have, in words."""
    if not any(not token.is_space for token in doc):
        return []
    return [GRAMMAR[name] for name in uses if not doc.has_annotation(name)]


_Make = Callable[[Language, str, str | None], "Component"]


class Found:
    """``doc._.standoff``: the records that components left with a document, a list a layer."""

    def __init__(self, doc: Doc) -> None:
        self._kept = doc.user_data

    def __getattr__(self, layer: str) -> list[Any]:
        if layer not in LAYERS:
            raise AttributeError(f"there is no layer {layer!r}; there are: {', '.join(LAYERS)}")
        return list(self._kept.get(key(layer), ()))


class Component:
    """One layer as a pipe."""

    def __init__(self, name: str, layer: str, published: str | None) -> None:
        self.name, self.layer, self.published = name, layer, published
        self._warned = False
        if not Doc.has_extension("standoff"):
            Doc.set_extension("standoff", getter=Found)

    def __call__(self, doc: Doc) -> Doc:
        """The same document with the layer's records."""
        self._warn(doc)
        published = doc.user_data.get(PUBLISHED, self.published)
        context = Context(text_sha256=text_sha256(doc.text), published=published)
        there = {each: doc.user_data[key(each)] for each in LAYERS if key(each) in doc.user_data}
        there.pop(self.layer, None)
        doc.user_data[key(self.layer)] = Layers(doc, context, there).get(self.layer)
        return doc

    def _warn(self, doc: Doc) -> None:
        missing = [] if self._warned else lacks(doc, _USES[self.layer])
        if missing:
            self._warned = True
            warnings.warn(  # the same words from every layer: Python then tells them once
                f"the pipeline gives no {', '.join(missing)}, so standoff's layers find less: add "
                '"standoff_encoder", or components that give them, before the layers',
                stacklevel=3,
            )


def _factory(layer: str) -> Callable[[_Make], _Make]:
    return Language.factory(
        f"standoff_{layer}",
        default_config={"published": None},
        assigns=["doc.user_data", "doc._.standoff"],
        requires=[_ATTRIBUTES[each] for each in _USES[layer]],
    )


@_factory("times")
def make_times(nlp: Language, name: str, published: str | None) -> Component:
    """Time expressions, as `Time` records."""
    return Component(name, "times", published)


@_factory("mentions")
def make_mentions(nlp: Language, name: str, published: str | None) -> Component:
    """Mentions of parties, as `Mention` records."""
    return Component(name, "mentions", published)


@_factory("places")
def make_places(nlp: Language, name: str, published: str | None) -> Component:
    """Place names, as `Place` records."""
    return Component(name, "places", published)


@_factory("statements")
def make_statements(nlp: Language, name: str, published: str | None) -> Component:
    """Attributions, as `Statement` records."""
    return Component(name, "statements", published)


@_factory("quantities")
def make_quantities(nlp: Language, name: str, published: str | None) -> Component:
    """Numbers that are quantities, as `Quantity` records."""
    return Component(name, "quantities", published)


@_factory("claims")
def make_claims(nlp: Language, name: str, published: str | None) -> Component:
    """Typed propositions, as `Claim` records."""
    return Component(name, "claims", published)
