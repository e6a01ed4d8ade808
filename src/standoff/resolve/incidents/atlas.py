"""Which places may be one scene: near by their points, or one told to lie in the other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from standoff.model import Place, PlaceReferent, Reading
from standoff.resolve.places import Point, close_by

INSIDE = re.compile(r",? (?:in|of|near|outside)(?: the)? |, |'s |’s ")
"""What stands between a place and the one it lies in: "Osk, Velm district", "Osk in Velm"."""
LONGEST = 14
DISTRICT_BEFORE = re.compile(r"\bdistrict of\s+$", re.IGNORECASE)
DISTRICT_BEHIND = re.compile(r"\s+district\b", re.IGNORECASE)
VILLAGE = re.compile(r"\b(?:village|hamlet|settlement) of\s+$", re.IGNORECASE)


class Atlas:
    """Place referents by id, with the pairs that reports name as one within the other."""

    def __init__(self, places: Sequence[PlaceReferent], told: Iterable[frozenset[str]] = ()) -> None:
        self._places = {each.id: each for each in places}
        self.points: Mapping[str, Point] = {
            each.id: Point(each.lat, each.lon, each.radius_km) for each in places
        }
        besides: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
        for pair in told:
            for one in pair:
                besides[one] |= pair - {one}
        self.besides: Mapping[str, frozenset[str]] = dict(besides)

    def looking_in(self, points: Mapping[str, Point], besides: Mapping[str, frozenset[str]]) -> Atlas:
        """The same over other tables."""
        other = Atlas(())
        other._places, other.points, other.besides = self._places, points, besides
        return other

    def extends(self, before: Atlas) -> bool:
        """Whether all that an earlier atlas knew of its places holds here, too."""
        return all(
            self._lies(name) == before._lies(name) and self.besides.get(name) == before.besides.get(name)
            for name in before._places
        )

    def _lies(self, name: str) -> tuple[object, ...] | None:
        place = self._places.get(name)
        return (place.lat, place.lon, place.radius_km, place.country, place.feature) if place else None

    def get(self, place: str) -> PlaceReferent | None:
        """The referent of an id."""
        return self._places.get(place)

    def beside(self, place: str) -> list[str]:
        """Places that reports name as holding this one, or as lying in it."""
        return sorted(self.besides.get(place, ()))

    def one_scene(self, some: frozenset[str], others: frozenset[str], margin: float) -> bool:
        """Whether a place of the one set may be a place of the other (margin in km)."""
        if some & others:
            return True
        return any(
            b in self.besides.get(a, ()) or close_by(self.points.get(a), self.points.get(b), margin)
            for a in some
            for b in others
        )


def told_together(
    readings: Sequence[Reading], place_of: Mapping[str, str], texts: Mapping[str, str]
) -> set[frozenset[str]]:
    """Pairs of places of which one without a point of its own is named as lying in the other, or is called a
    village where its report told of a district before."""
    found = set()
    for reading in readings:
        text = texts.get(reading.report, "")
        named = sorted((p for p in reading.places if p.id in place_of), key=lambda p: p.start)
        for one, other in pairwise(named):
            gap = text[one.end : other.start]
            unknown = one.lat is None or other.lat is None
            if unknown and len(gap) <= LONGEST and INSIDE.fullmatch(gap):
                found.add(frozenset((place_of[one.id], place_of[other.id])))
        found |= set(_villages_in_districts(named, place_of, text))
    return {pair for pair in found if len(pair) > 1}


def _villages_in_districts(
    named: Sequence[Place], place_of: Mapping[str, str], text: str
) -> Iterator[frozenset[str]]:
    """Each place that is called a village, with the district told of last: "a raid in Osk district hit the
    village of Velm"."""
    district: Place | None = None
    for place in named:
        before, behind = text[max(0, place.start - 16) : place.start], text[place.end : place.end + 12]
        if DISTRICT_BEFORE.search(before) or DISTRICT_BEHIND.match(behind):
            district = place
        elif district and None in {place.lat, district.lat} and VILLAGE.search(before):
            yield frozenset((place_of[place.id], place_of[district.id]))
