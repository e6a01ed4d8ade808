"""The map: outlines of countries, the places of the record with their uncertainty, a bar of scale.

The view is chosen around the places that most of the record speaks of; far ones are listed beneath it.
"""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

from markupsafe import Markup

from standoff.show.brief.svg import tag
from standoff.show.words import number
from standoff.vocab import path as vocab_path

WIDTH, HEIGHT = 880.0, 560.0
KM = 111.32
VAST_KM = 120.0
"""A place wider than this (a country, a province) is marked as an area, without a circle around it."""

MOST = 0.4
"""The share of all mentions that are the core of the map."""

NEAR_KM = 400.0
"""What lies no farther from the middle is always on the map."""

Point = tuple[float, float]
Ring = list[Point]
Box = tuple[float, float, float, float]


class Drawn(NamedTuple):
    """The map, the places on it with their numbers, and those that are not on it."""

    svg: Markup
    shown: list[tuple[int, dict[str, Any]]]
    apart: list[dict[str, Any]]


class Outlines:
    """Countries by name; a ring is only unfolded when its box meets what is drawn."""

    def __init__(self) -> None:
        data = json.loads(gzip.decompress(vocab_path("map/outlines.json.gz").read_bytes()))
        (self._sx, self._sy), (self._tx, self._ty) = data["scale"], data["translate"]
        self._arcs: list[list[tuple[int, int]]] = data["arcs"]
        self.countries: list[tuple[str, list[tuple[list[int], list[int]]]]] = [
            (country["name"], country["polygons"]) for country in data["countries"]
        ]

    def box(self, box: Sequence[int]) -> Box:
        """A box in degrees."""
        west, south, east, north = box
        return (*self._point(west, south), *self._point(east, north))

    def ring(self, numbers: Iterable[int]) -> Ring:
        """Arcs joined to one ring, in degrees; a negative number is an arc taken backwards."""
        points: Ring = []
        for n in numbers:
            arc = self._arc(n) if n >= 0 else self._arc(~n)[::-1]
            points += arc[1:] if points else arc
        return _unrolled(points)

    def _arc(self, n: int) -> Ring:
        x = y = 0
        points = []
        for dx, dy in self._arcs[n]:
            x, y = x + dx, y + dy
            points.append(self._point(x, y))
        return points

    def _point(self, x: int, y: int) -> Point:
        return x * self._sx + self._tx, y * self._sy + self._ty


def _unrolled(ring: Ring) -> Ring:
    """A ring whose longitudes do not jump at the date line; one around a pole is led over it."""
    points, shift = [ring[0]], 0.0
    for before, after in pairwise(ring):
        shift += 360 if before[0] - after[0] > 180 else -360 if after[0] - before[0] > 180 else 0
        points.append((after[0] + shift, after[1]))
    if shift:
        pole = -90.0 if points[0][1] < 0 else 90.0
        points += [(points[-1][0], pole), (points[0][0], pole)]
    return points


@cache
def outlines() -> Outlines:
    """The outlines that ship with the package, read once."""
    return Outlines()


class Frame(NamedTuple):
    """A piece of the world, in degrees, and how it falls onto the drawing."""

    west: float
    south: float
    east: float
    north: float

    def point(self, lon: float, lat: float) -> Point:
        """Degrees to the drawing; longitudes are narrowed as they are in the middle of the frame."""
        x = (lon - self.west) / (self.east - self.west) * WIDTH
        y = (self.north - lat) / (self.north - self.south) * HEIGHT
        return x, y

    def km(self) -> float:
        """Width of the frame in km."""
        return (self.east - self.west) * KM * max(0.02, math.cos(math.radians((self.south + self.north) / 2)))


def draw(places: Sequence[dict[str, Any]]) -> Drawn | None:
    """The map of the places that have coordinates; None when there are none to draw."""
    known = [place for place in places if place["lat"] is not None and place["lon"] is not None]
    near = _near(known)
    if not near:
        return None
    shown = [(n, place) for n, place in enumerate(near, 1)]
    frame = _frame(near)
    taken: list[Box] = [(0, HEIGHT - 60, 260, HEIGHT)]
    labels = list(_labels(frame, shown, taken))
    parts = [
        tag("rect", x=0, y=0, width=WIDTH, height=HEIGHT, class_="sea"),
        *_countries(frame, taken, {place["name"] for place in near}),
        *_radii(frame, near),
        *labels,
        _bar(frame),
    ]
    names = ", ".join(f"{n} {place['name']}" for n, place in shown)
    svg = tag(
        "svg", tag("title", f"Map of {len(shown)} places: {names}"), *parts,
        viewBox=f"0 0 {WIDTH:g} {HEIGHT:g}", class_="map", role="img",
    )  # fmt: skip
    ids = {id(place) for place in near}
    return Drawn(svg, shown, [place for place in places if id(place) not in ids])


def _distance(a: dict[str, Any], b: dict[str, Any]) -> float:
    """Kilometres between two places, on a sphere."""
    p, q = math.radians(a["lat"]), math.radians(b["lat"])
    half = math.sin((q - p) / 2) ** 2
    half += math.cos(p) * math.cos(q) * math.sin(math.radians(b["lon"] - a["lon"]) / 2) ** 2
    return 12742 * math.asin(math.sqrt(min(1.0, half)))


def _near(points: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Places around the one that all mentions lie nearest to: three times as far as the core of them."""
    if not points:
        return []
    weight = {id(place): max(1, place["mentions"]) for place in points}
    total = sum(weight.values())
    middle = min(points, key=lambda a: (sum(_distance(a, b) * weight[id(b)] for b in points), a["name"]))
    ranked = sorted(points, key=lambda each: (_distance(middle, each), each["name"]))
    taken, reach = 0, NEAR_KM
    for place in ranked:
        taken += weight[id(place)]
        reach = max(reach, 3 * _distance(middle, place))
        if taken >= MOST * total:
            break
    kept = [place for place in ranked if _distance(middle, place) <= reach]
    order = {id(place): n for n, place in enumerate(points)}
    return sorted(kept, key=lambda each: order[id(each)])


def _frame(places: Sequence[dict[str, Any]]) -> Frame:
    """A frame of the drawing's proportions around the places and their radii, no less than 160 km wide."""
    lons = [place["lon"] for place in places]
    turn = 360.0 if max(lons) - min(lons) > 180 else 0.0
    lons = [lon + turn if lon < 0 else lon for lon in lons]
    lats = [place["lat"] for place in places]
    middle = (min(lats) + max(lats)) / 2
    narrow = max(0.02, math.cos(math.radians(middle)))
    reach = max(min(place["radius_km"] or 0.0, VAST_KM) for place in places) / KM
    wide = max((max(lons) - min(lons)) * narrow + 2 * reach, 160 / KM / 1.35) * 1.35
    high = max(max(lats) - min(lats) + 2 * reach, 100 / KM / 1.35) * 1.35
    wide = max(wide, high * WIDTH / HEIGHT)
    high = wide * HEIGHT / WIDTH
    centre = (min(lons) + max(lons)) / 2
    half = wide / narrow / 2
    return Frame(centre - half, middle - high / 2, centre + half, middle + high / 2)


def _countries(frame: Frame, taken: list[Box], named: set[str]) -> Iterator[Markup]:
    """Land, then the names of countries that have none yet, where there is room for them."""
    names: list[Markup] = []
    world = outlines()
    for name, polygons in world.countries:
        drawn: list[Ring] = []
        for numbers, whole in polygons:
            box = world.box(whole)
            for turn in (-360.0, 0.0, 360.0):
                if not _apart(box, turn, frame):
                    ring = [(lon + turn, lat) for lon, lat in world.ring(numbers)]
                    piece = _clipped(ring, frame)
                    drawn += [[frame.point(*point) for point in piece]] if len(piece) > 2 else []
        if not drawn:
            continue
        yield tag("path", d="".join(_path(ring) for ring in drawn), class_="land")
        largest = max(drawn, key=_area)
        if name not in named and _area(largest) > WIDTH * HEIGHT * 0.015:
            names += _name_of(name, largest, taken)
    yield from names


def _name_of(name: str, ring: Ring, taken: list[Box]) -> Iterator[Markup]:
    """A country's name at the middle of what is seen of it, or a little above or below, but inside it."""
    half, middle = 7.5 * len(name), _middle(ring)
    for shift in (0, -45, 45, -90, 90, -140, 140):
        x, y = middle[0], middle[1] + shift
        box = (x - half, y - 18, x + half, y + 8)
        inside = box[0] >= 0 and box[2] <= WIDTH and box[1] >= 20 and box[3] <= HEIGHT - 20
        if inside and _holds(ring, (x, y)) and not any(_meet(box, other) for other in taken):
            taken.append(box)
            yield tag("text", name, x=x, y=y, text_anchor="middle", class_="country")
            return


def _holds(ring: Ring, point: Point) -> bool:
    """Whether a point lies in a ring: a line from it crosses the ring an odd number of times."""
    x, y = point
    inside = False
    for a, b in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (a[1] > y) != (b[1] > y) and x < a[0] + (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]):
            inside = not inside
    return inside


def _apart(box: Box, turn: float, frame: Frame) -> bool:
    """Whether a ring's box, turned about the globe, lies wholly outside the frame."""
    west, south, east, north = box
    outside = west + turn > frame.east or east + turn < frame.west
    return outside or south > frame.north or north < frame.south


def _clipped(ring: Ring, frame: Frame) -> Ring:
    """A ring cut to a box somewhat larger than the frame (Sutherland and Hodgman)."""
    dx, dy = (frame.east - frame.west) * 0.03, (frame.north - frame.south) * 0.03
    for axis_, edge, sign in (
        (0, frame.west - dx, 1),
        (0, frame.east + dx, -1),
        (1, frame.south - dy, 1),
        (1, frame.north + dy, -1),
    ):
        ring = list(_cut(ring, axis_, edge, sign))
    return ring


def _cut(ring: Ring, axis_: int, edge: float, sign: int) -> Iterator[Point]:
    for n, point in enumerate(ring):
        before = ring[n - 1]
        inside, was = (point[axis_] - edge) * sign >= 0, (before[axis_] - edge) * sign >= 0
        if inside != was:
            share = (edge - before[axis_]) / (point[axis_] - before[axis_])
            yield (
                before[0] + (point[0] - before[0]) * share,
                before[1] + (point[1] - before[1]) * share,
            )
        if inside:
            yield point


def _path(ring: Ring) -> str:
    """An SVG path; points nearer than a pixel to the last one are left out."""
    kept = [ring[0]]
    for x, y in ring[1:]:
        if abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= 1.0:
            kept.append((x, y))
    return "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in kept) + "z"


def _area(ring: Ring) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True))) / 2


def _middle(ring: Ring) -> Point:
    """Centre of area, kept inside the drawing."""
    doubled = x = y = 0.0
    for a, b in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = a[0] * b[1] - b[0] * a[1]
        doubled, x, y = doubled + cross, x + (a[0] + b[0]) * cross, y + (a[1] + b[1]) * cross
    if not doubled:
        return ring[0]
    return max(60.0, min(WIDTH - 60, x / doubled / 3)), max(30.0, min(HEIGHT - 60, y / doubled / 3))


def _radii(frame: Frame, places: Iterable[dict[str, Any]]) -> Iterator[Markup]:
    """How far the true point may be from the marker, as a circle."""
    scale = WIDTH / frame.km()
    for place in places:
        radius = (place["radius_km"] or 0.0) * scale
        if radius > 7 and not _vast(place):
            x, y = frame.point(_turned(place["lon"], frame), place["lat"])
            yield tag("circle", cx=x, cy=y, r=radius, class_="radius")


def _vast(place: dict[str, Any]) -> bool:
    """Whether a place is an area: a country, or too wide for a point."""
    return (place["radius_km"] or 0.0) > VAST_KM or str(place.get("feature") or "").startswith("PCL")


def _turned(lon: float, frame: Frame) -> float:
    return lon + 360 if lon < frame.west and lon + 360 <= frame.east else lon


def _labels(frame: Frame, shown: Sequence[tuple[int, dict[str, Any]]], taken: list[Box]) -> Iterator[Markup]:
    """Markers with the number of the list beneath; names where there is room for them."""
    spots = [(n, p, *frame.point(_turned(p["lon"], frame), p["lat"])) for n, p in shown]
    taken += [(x - 12, y - 12, x + 12, y + 12) for _, _, x, y in spots]
    for n, place, x, y in spots:
        kind = " area" if _vast(place) else ""
        yield tag("circle", cx=x, cy=y, r=11, class_=f"spot{kind}")
        yield tag("text", str(n), x=x, y=y + 4.5, text_anchor="middle", class_=f"spot-n{kind}")
        wide = 8.2 * len(place["name"]) + 4
        for left, anchor in ((x + 15, "start"), (x - 15 - wide, "end")):
            box = (left, y - 10, left + wide, y + 10)
            if box[0] >= 0 and box[2] <= WIDTH and not any(_meet(box, other) for other in taken):
                taken.append(box)
                at = x + 16 if anchor == "start" else x - 16
                yield tag("text", place["name"], x=at, y=y + 5, text_anchor=anchor, class_="place")
                break


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _bar(frame: Frame) -> Markup:
    """A bar of a round number of km, about a fifth of the width."""
    rough = frame.km() / 5
    power = 10.0 ** math.floor(math.log10(rough))
    length = max(power * n for n in (1, 2, 5) if power * n <= rough)
    wide = length / frame.km() * WIDTH
    y = HEIGHT - 22
    line = tag("path", d=f"M20,{y - 6:g}v6h{wide:.1f}v-6", class_="scale")
    words = tag("text", f"{number(round(length, 3))} km", x=20 + wide / 2, y=y - 10, text_anchor="middle")
    return tag("g", line, words, class_="scale-bar", aria_hidden="true")
