"""Each layer as a spaCy component, to be used alone in any English pipeline.

``nlp.add_pipe("standoff_times", config={"published": "2021-03-04"})`` leaves a list of records in
``doc.user_data["standoff.times"]``. A component needs tags, a parse and entities from components
before it (``standoff_encoder`` on a blank pipeline, or a spaCy pipeline's own), and uses the
records of other layers when they are there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from standoff.model import Context, text_sha256
from standoff.read.claims import find_claims
from standoff.read.mentions import find_mentions
from standoff.read.places import find_places
from standoff.read.quantities import find_quantities
from standoff.read.statements import find_statements
from standoff.read.times import find_times

Component = Callable[[Doc], Doc]


def _kept(doc: Doc, layer: str) -> list[Any]:
    return doc.user_data.get(f"standoff.{layer}") or []


def _component(layer: str, published: str | None, find: Callable[[Doc, Context], list[Any]]) -> Component:
    def component(doc: Doc) -> Doc:
        context = Context(text_sha256=text_sha256(doc.text), published=published)
        doc.user_data[f"standoff.{layer}"] = find(doc, context)
        return doc

    return component


@Language.factory("standoff_times", default_config={"published": None})
def make_times(nlp: Language, name: str, published: str | None) -> Component:
    """Time expressions, as `Time` records."""
    return _component("times", published, find_times)


@Language.factory("standoff_places", default_config={"published": None})
def make_places(nlp: Language, name: str, published: str | None) -> Component:
    """Place names, as `Place` records."""
    return _component("places", published, find_places)


@Language.factory("standoff_mentions", default_config={"published": None})
def make_mentions(nlp: Language, name: str, published: str | None) -> Component:
    """Mentions of parties, as `Mention` records."""
    return _component("mentions", published, find_mentions)


@Language.factory("standoff_statements", default_config={"published": None})
def make_statements(nlp: Language, name: str, published: str | None) -> Component:
    """Attributions, as `Statement` records."""

    def find(doc: Doc, context: Context) -> list[Any]:
        mentions = _kept(doc, "mentions") or find_mentions(doc, context)
        return find_statements(doc, context, mentions, _kept(doc, "times") or find_times(doc, context))

    return _component("statements", published, find)


@Language.factory("standoff_quantities", default_config={"published": None})
def make_quantities(nlp: Language, name: str, published: str | None) -> Component:
    """Numbers that are quantities, as `Quantity` records."""
    layers = ("statements", "times", "places", "mentions")
    return _component(
        "quantities",
        published,
        lambda doc, context: find_quantities(doc, context, **{each: _kept(doc, each) for each in layers}),
    )


@Language.factory("standoff_claims", default_config={"published": None})
def make_claims(nlp: Language, name: str, published: str | None) -> Component:
    """Typed propositions, as `Claim` records."""
    layers = ("statements", "mentions", "quantities", "times", "places")
    return _component(
        "claims",
        published,
        lambda doc, context: find_claims(doc, context, **{each: _kept(doc, each) for each in layers}),
    )
