"""The layers of one document: each found once, from the same others, in whatever order they are asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from spacy.tokens import Doc

from standoff.model import Claim, Context, Mention, Place, Quantity, Statement, Time
from standoff.read.claims import find_claims
from standoff.read.mentions import find_mentions
from standoff.read.places import find_places
from standoff.read.quantities import find_quantities
from standoff.read.statements import find_statements
from standoff.read.times import find_times
from standoff.read.where import scenes

LAYERS = ("times", "mentions", "places", "statements", "quantities", "claims")
"""In the order in which they rest on each other."""


class Layers:
    """Finds a layer when it is asked for, and first those it rests on.

    ``given`` holds layers that were found before (by us or by somebody else): they are taken as they are.
    """

    def __init__(self, doc: Doc, context: Context, given: Mapping[str, Sequence[Any]] | None = None) -> None:
        self._doc, self._context = doc, context
        self._found: dict[str, list[Any]] = {name: list(each) for name, each in (given or {}).items()}

    def get(self, name: str) -> list[Any]:
        """The records of one of `LAYERS`, in text order."""
        if name not in self._found:
            self._found[name] = getattr(self, f"_{name}")()
        return self._found[name]

    def _times(self) -> list[Time]:
        return find_times(self._doc, self._context)

    def _mentions(self) -> list[Mention]:
        return find_mentions(
            self._doc, self._context, self.get("places" if "places" in self._found else "spots")
        )

    def _spots(self) -> list[Place]:
        return find_places(self._doc, self._context)

    def _places(self) -> list[Place]:
        return _not_persons(self.get("spots"), self.get("mentions"))

    def _statements(self) -> list[Statement]:
        return find_statements(self._doc, self._context, self.get("mentions"), self.get("times"))

    def _scenes(self) -> list[Place]:
        return scenes(self._doc, self.get("places"), self.get("mentions"), self.get("statements"))

    def _quantities(self) -> list[Quantity]:
        return find_quantities(
            self._doc,
            self._context,
            statements=self.get("statements"),
            times=self.get("times"),
            places=self.get("scenes"),
            mentions=self.get("mentions"),
        )

    def _claims(self) -> list[Claim]:
        return find_claims(
            self._doc,
            self._context,
            statements=self.get("statements"),
            mentions=self.get("mentions"),
            quantities=self.get("quantities"),
            times=self.get("times"),
            places=self.get("scenes"),
        )


def _not_persons(places: list[Place], mentions: list[Mention]) -> list[Place]:
    """Places without those inside a person's name of several words ("Orla Paris").

    A single word that both took is left to the places, whose model weighs persons' names by itself.
    """
    names = [(m.start, m.end) for m in mentions if m.type == "person" and m.form == "name" and " " in m.text]
    held = {offset for start, end in names for offset in range(start, end)}
    return [place for place in places if place.start not in held]
