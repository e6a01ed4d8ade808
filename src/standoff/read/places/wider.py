"""Names that no gazetteer has and that the words beside them tell to be of a country, province or region."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from standoff import vocab
from standoff.read.places.page import Page
from standoff.read.places.spans import Name
from standoff.read.where import dateline

REGION = "region"
"""The feature of such a place: wider than a town, of what kind is not known."""
OPENING = re.compile(r"\s*[^\W\d_][^\n,()/\d]{1,60},\s*")
"""What stands in a dateline before the second name: "Port City, ..."."""


def wider(page: Page, names: Sequence[Name]) -> list[Name]:
    """The mentions that tell that their name is of more than a town: "eastern X", "X province", or X in
    "PORT CITY, X, May 4 (Agency) -"."""
    begin, body = dateline(page.text)
    second = {id(name) for name in seconds(page, names)}
    towns = {name.key for name in names if body and name.start == begin}
    return [
        name
        for name in names
        if name.key not in towns
        and (
            id(name) in second
            or page.before(name.first) in _parts()
            or page.after(name.last) in _kinds()
            or (page.before(name.first) == "of" and page.before(name.first, 2) in _kinds())
        )
    ]


def seconds(page: Page, names: Sequence[Name]) -> list[Name]:
    """The names that stand second in the dateline: of a country, a province or a county."""
    begin, body = dateline(page.text)
    opening = OPENING.match(page.text, begin) if body else None
    return [name for name in names if opening and name.start == opening.end() and name.end < body]


@cache
def _parts() -> frozenset[str]:
    return frozenset(vocab.load("en/places_told")["wider"]["parts"])


@cache
def _kinds() -> frozenset[str]:
    return frozenset(vocab.load("en/places_told")["wider"]["kinds"])
