"""Outlines of countries for the page's map, as GeoJSON: made once from what ships with the package.

Natural Earth 1:50m, public domain; see ``vocab/map/NOTICE``.
"""

from __future__ import annotations

import gzip
import hashlib
from functools import cache
from typing import Any

import msgspec

from standoff.show.brief.outlines import Ring, outlines

DIGITS = 3
"""Decimals of a degree, some 100 m: finer than outlines of that scale are."""
NOTICE = (
    "Outlines: Natural Earth 1:50m (public domain). Boundaries are drawn as they are controlled on the "
    "ground; that says nothing about whose land it is."
)


class Packed(msgspec.Struct, frozen=True, kw_only=True):
    """The outlines as they are sent: GeoJSON, the same packed with gzip, and its entity tag."""

    body: bytes
    gzip: bytes
    tag: str


@cache
def packed() -> Packed:
    """The outlines, made when they are first asked for."""
    body = msgspec.json.encode(collection())
    made = gzip.compress(body, 6, mtime=0)
    return Packed(body=body, gzip=made, tag=f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"')


def collection() -> dict[str, Any]:
    """A GeoJSON FeatureCollection (RFC 7946, WGS84 degrees), a feature a country, large ones first.

    Every ring is a polygon of its own: an enclave is a country that is drawn over the one around it. A ring
    over the date line runs on beyond 180 degrees, so that it stays in one piece.
    """
    world = outlines()
    return {
        "type": "FeatureCollection",
        "notice": NOTICE,
        "features": [
            _feature(name, [_closed(world.ring(arcs)) for arcs, _box in rings])
            for name, rings in world.countries
        ],
    }


def _feature(name: str, rings: list[Ring]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"name": name},
        "bbox": [
            min(x for ring in rings for x, _ in ring),
            min(y for ring in rings for _, y in ring),
            max(x for ring in rings for x, _ in ring),
            max(y for ring in rings for _, y in ring),
        ],
        "geometry": {"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]},
    }


def _closed(ring: Ring) -> Ring:
    """A ring rounded, without points that fall together, its last point its first."""
    points: Ring = []
    for lon, lat in ring:
        point = (round(lon, DIGITS), round(lat, DIGITS))
        if not points or point != points[-1]:
            points.append(point)
    return points if points[0] == points[-1] else [*points, points[0]]
