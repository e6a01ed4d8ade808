"""When two places cannot be one scene."""

from __future__ import annotations

import pytest

from standoff.model import Place
from standoff.resolve.places import far_apart


def at(lat: float | None, lon: float | None, radius: float | None = None) -> Place:
    return Place(id="p", start=0, end=1, name="x", lat=lat, lon=lon, radius_km=radius)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        (at(10, 20), at(10.1, 20.1), False),
        (at(10, 20), at(14, 20), True),
        (at(10, 20, 300), at(14, 20, 200), False),
        (at(10, 179.9), at(10, -179.9), False),
        (at(0, 0), at(0, 180), True),
        (at(None, None), at(14, 20), False),
        (None, at(14, 20), False),
    ],
)
def test_places_are_apart_beyond_their_uncertainty(one: Place, other: Place, apart: bool) -> None:
    assert far_apart(one, other) is apart
    assert far_apart(other, one) is apart
