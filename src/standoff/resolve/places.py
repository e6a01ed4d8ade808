"""Places across reports: mentions with one GeoNames id, or one name and point, are one place."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from standoff.model import Place, PlaceReferent, Reading, slug
from standoff.resolve.homonyms import one_place_a_name
from standoff.resolve.names import skeleton

SURE = 0.8
WIDE_KM = 60.0
MARGIN_KM = 50.0
EARTH_KM = 6371.0
DEGREE_KM = math.radians(EARTH_KM)
"""Between two degrees of latitude."""
LEAST = 4
"""Consonants that two spellings of a place must share to be taken for one."""
NAME = re.compile(r"[^\W\d_a-z][\w’'-]*(?: [^\W\d_a-z][\w’'-]*)*")


def resolve_places(readings: Sequence[Reading]) -> tuple[tuple[PlaceReferent, ...], dict[str, str]]:
    """Place referents and the map from place annotation ids to them. Unlocated names stay listed."""
    blocks: defaultdict[str, list[tuple[str, Place]]] = defaultdict(list)
    for reading in readings:
        for place in reading.places:
            blocks[_key(place)].append((reading.report, place))
    _join_spellings(blocks)
    one_place_a_name(blocks)
    referents, place_of = [], {}
    for key, found in sorted(blocks.items()):
        names = Counter(place.name for _, place in found)
        own = [place for _, place in found if _key(place) == key] or [_unplaced(found[0][1])]
        lead = max(own, key=lambda p: (p.lat is not None, p.confidence, p.id))
        place_of.update({place.id: key for _, place in found})
        referents.append(
            PlaceReferent(
                id=key,
                name=lead.canonical or names.most_common(1)[0][0],
                geonameid=lead.geonameid,
                lat=lead.lat,
                lon=lead.lon,
                radius_km=lead.radius_km,
                country=lead.country,
                feature=lead.feature or next((place.feature for place in own if place.feature), None),
                names=tuple(sorted(names)),
                mentions=tuple(place.id for _, place in found),
                reports=tuple(sorted({report for report, _ in found})),
            )
        )
    return tuple(sorted(referents, key=lambda p: (-len(p.mentions), p.id))), place_of


def _unplaced(place: Place) -> Place:
    """A mention that the record leaves without the point its reader chose."""
    return msgspec.structs.replace(
        place, canonical=None, lat=None, lon=None, geonameid=None, country=None, feature=None, radius_km=None
    )


def _join_spellings(blocks: dict[str, list[tuple[str, Place]]]) -> None:
    """Names that no gazetteer has are one place where only their spelling differs ("Jabal", "Djabal")."""
    spelt: defaultdict[str, list[str]] = defaultdict(list)
    for key in sorted(blocks):
        if all(place.lat is None for _, place in blocks[key]):
            mark = place_mark(blocks[key][0][1].name)
            if len(mark.replace(" ", "")) >= LEAST:
                spelt[mark].append(key)
    for first, *others in spelt.values():
        for other in others:
            blocks[first] += blocks.pop(other)


def place_mark(name: str) -> str:
    """Consonants of a place's name, however it is transcribed: "ch" and "sh", "dj" and "j" are one."""
    plain = name.casefold().replace("-", " ")
    for written, sound in (("tch", "sh"), ("ch", "sh"), ("dj", "j"), ("kh", "k"), ("gh", "g")):
        plain = plain.replace(written, sound)
    return skeleton(plain)


def known_by_name(readings: Sequence[Reading], place_of: Mapping[str, str]) -> dict[str, str]:
    """Names that the record places surely and in one way only, or that no gazetteer has and the record
    tells of more than once, with their place: towns and sites.

    A report that names such a place in words the reader took for something else still means it.
    """
    found: defaultdict[str, set[str]] = defaultdict(set)
    named: Counter[str] = Counter(place_of[place.id] for reading in readings for place in reading.places)
    for reading in readings:
        for place in reading.places:
            sure = place.lat is not None and place.confidence >= SURE and not (place.radius_km or 0) > WIDE_KM
            told_often = place.lat is None and named[place_of[place.id]] > 1
            for name in {place.name, place.name.title()} if place.name.isupper() else (place.name,):
                if sure or told_often:  # a dateline has it in capitals
                    found[name].add(place_of[place.id])
    return {name: next(iter(ids)) for name, ids in sorted(found.items()) if len(ids) == 1}


class Point(NamedTuple):
    """Where a place lies: WGS84 degrees, and how far the true point may be from them in km."""

    lat: float | None
    lon: float | None
    radius_km: float | None


Located = Place | PlaceReferent | Point


def far_apart(one: Located | None, other: Located | None, margin: float = MARGIN_KM) -> bool:
    """Whether two places cannot be one scene: farther apart than their uncertainties and a margin (km)."""
    gap = _gap_km(one, other)
    return gap is not None and gap > margin


def close_by(one: Located | None, other: Located | None, margin: float = MARGIN_KM) -> bool:
    """Whether two places are known to be no farther apart than their uncertainties and a margin (km)."""
    if one is None or other is None or one.lat is None or other.lat is None:
        return False
    reach = margin + (one.radius_km or 0.0) + (other.radius_km or 0.0)
    if abs(one.lat - other.lat) * DEGREE_KM > reach + 1.0:
        return False  # too far by their latitudes alone, as most are
    gap = _gap_km(one, other)
    return gap is not None and gap <= margin


def _gap_km(one: Located | None, other: Located | None) -> float | None:
    """Great-circle distance less both uncertainties, in km; None when a point is unknown."""
    if one is None or other is None or one.lat is None or other.lat is None:
        return None
    north, south = math.radians(one.lat), math.radians(other.lat)
    along = math.sin(math.radians((one.lon or 0.0) - (other.lon or 0.0)) / 2) ** 2
    half = math.sin((north - south) / 2) ** 2 + math.cos(north) * math.cos(south) * along
    apart = 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))
    return apart - (one.radius_km or 0.0) - (other.radius_km or 0.0)


def names_in(words: str) -> list[str]:
    """Runs of capitalised words, each of which may name a place."""
    return NAME.findall(words)


def _key(place: Place) -> str:
    if place.geonameid is not None:
        return f"g-{place.geonameid}"
    if place.lat is not None and place.lon is not None:
        return f"g-{slug(place.canonical or place.name)}-{place.lat:.1f},{place.lon:.1f}"
    return f"g-{slug(place.name)}"
