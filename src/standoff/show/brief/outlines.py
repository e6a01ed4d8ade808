"""The ground of the map: outlines of countries, and the piece of the world that is drawn."""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from standoff.vocab import path as vocab_path

WIDTH, HEIGHT = 880.0, 560.0
KM = 111.32

Point = tuple[float, float]
Ring = list[Point]
Box = tuple[float, float, float, float]


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


def land(frame: Frame) -> Iterator[tuple[str, list[Ring]]]:
    """Countries by their names, with the rings of them that are seen in a frame, on the drawing."""
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
        if drawn:
            yield name, drawn


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


def path(ring: Ring) -> str:
    """An SVG path; points nearer than a pixel to the last one are left out."""
    kept = [ring[0]]
    for x, y in ring[1:]:
        if abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= 1.0:
            kept.append((x, y))
    return "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in kept) + "z"


def area(ring: Ring) -> float:
    """Square pixels of a ring."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True))) / 2


def middle(ring: Ring) -> Point:
    """Centre of area, kept inside the drawing."""
    doubled = x = y = 0.0
    for a, b in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = a[0] * b[1] - b[0] * a[1]
        doubled, x, y = doubled + cross, x + (a[0] + b[0]) * cross, y + (a[1] + b[1]) * cross
    if not doubled:
        return ring[0]
    return max(60.0, min(WIDTH - 60, x / doubled / 3)), max(30.0, min(HEIGHT - 60, y / doubled / 3))


def holds(ring: Ring, point: Point) -> bool:
    """Whether a point lies in a ring: a line from it crosses the ring an odd number of times."""
    x, y = point
    inside = False
    for a, b in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (a[1] > y) != (b[1] > y) and x < a[0] + (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]):
            inside = not inside
    return inside


def meet(a: Box, b: Box) -> bool:
    """Whether two boxes have anything in common."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
