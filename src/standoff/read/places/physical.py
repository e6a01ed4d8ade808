"""Rivers, seas, mountains, deserts and landmarks of our own table, beside the gazetteer."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from standoff import vocab
from standoff.read.places.names import plain_key

KINDS = ("sea", "river", "lake", "mountain", "desert", "region", "facility")


class Feature(NamedTuple):
    """A natural feature or landmark: a point, a radius in kilometres, a country code or ""."""

    name: str
    kind: str
    lat: float
    lon: float
    radius: float
    country: str


@cache
def physical() -> tuple[tuple[Feature, ...], dict[str, tuple[int, ...]]]:
    """All features, and the numbers of those that have a key."""
    features: list[Feature] = []
    by_key: dict[str, tuple[int, ...]] = {}
    for kind in KINDS:
        for name, lat, lon, radius, country, *others in vocab.load("en/places_physical")[kind]:
            for key in sorted({plain_key(each) for each in (name, *others)}):
                by_key[key] = (*by_key.get(key, ()), len(features))
            features.append(Feature(name, kind, lat, lon, radius, country))
    return tuple(features), by_key
