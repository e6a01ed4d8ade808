"""The map: outlines of countries, the places of the record with their uncertainty, a bar of scale.

The view is chosen around the places that most of the record speaks of; far ones are listed beneath it. It is
reckoned once, as a record of lines and spots, which the still brief and the page each draw.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from markupsafe import Markup

from standoff.show.brief.outlines import (
    HEIGHT,
    KM,
    WIDTH,
    Box,
    Frame,
    Ring,
    area,
    holds,
    land,
    meet,
    middle,
    path,
)
from standoff.show.brief.shape_map import LandItem, NameItem, ScaleItem, SpotItem, StillMap
from standoff.show.brief.svg import tag
from standoff.show.words import number

VAST_KM = 120.0
"""A place wider than this (a country, a province) is marked as an area, without a circle around it."""

MOST = 0.4
"""The share of all mentions that are the core of the map."""

NEAR_KM = 400.0
"""What lies no farther from the middle is always on the map."""


class Drawn(NamedTuple):
    """The map, the places on it with their numbers, and those that are not on it."""

    svg: Markup
    shown: list[tuple[int, dict[str, Any]]]
    apart: list[dict[str, Any]]


def still(places: Sequence[dict[str, Any]]) -> StillMap | None:
    """What the map of the places that have coordinates consists of; None when there are none to draw."""
    known = [place for place in places if place["lat"] is not None and place["lon"] is not None]
    near = _near(known)
    if not near:
        return None
    frame = _frame(near)
    taken: list[Box] = [(0, HEIGHT - 60, 260, HEIGHT)]
    spots = tuple(_spots(frame, near, taken))
    ground = list(land(frame))
    ids = {id(place) for place in near}
    return StillMap(
        width=WIDTH,
        height=HEIGHT,
        land=tuple(LandItem(name=name, path="".join(map(path, rings))) for name, rings in ground),
        names=tuple(_names(ground, taken, {place["name"] for place in near})),
        spots=spots,
        scale=_scale(frame),
        apart=tuple(place["id"] for place in places if id(place) not in ids),
    )


def draw(places: Sequence[dict[str, Any]]) -> Drawn | None:
    """The map as a picture; None when there is nothing to draw."""
    it = still(places)
    if it is None:
        return None
    by_id = {place["id"]: place for place in places}
    words = ", ".join(f"{spot.n} {spot.name}" for spot in it.spots)
    svg = tag(
        "svg", tag("title", f"Map of {len(it.spots)} places: {words}"), *_parts(it),
        viewBox=f"0 0 {WIDTH:g} {HEIGHT:g}", class_="map", role="img",
    )  # fmt: skip
    return Drawn(svg, [(spot.n, by_id[spot.id]) for spot in it.spots], [by_id[each] for each in it.apart])


def _parts(it: StillMap) -> Iterator[Markup]:
    yield tag("rect", x=0, y=0, width=it.width, height=it.height, class_="sea")
    yield from (tag("path", d=each.path, class_="land") for each in it.land)
    for each in it.names:
        yield tag("text", each.name, x=each.x, y=each.y, text_anchor="middle", class_="country")
    for spot in it.spots:
        if spot.radius:
            yield tag("circle", cx=spot.x, cy=spot.y, r=spot.radius, class_="radius")
    for spot in it.spots:
        kind = " area" if spot.area else ""
        yield tag("circle", cx=spot.x, cy=spot.y, r=11, class_=f"spot{kind}")
        yield tag("text", str(spot.n), x=spot.x, y=spot.y + 4.5, text_anchor="middle", class_=f"spot-n{kind}")
        if spot.label:
            at = spot.x + 16 if spot.label == "start" else spot.x - 16
            yield tag("text", spot.name, x=at, y=spot.y + 5, text_anchor=spot.label, class_="place")
    y = it.height - 22
    line = tag("path", d=f"M20,{y - 6:g}v6h{it.scale.width:.1f}v-6", class_="scale")
    words = tag("text", it.scale.text, x=20 + it.scale.width / 2, y=y - 10, text_anchor="middle")
    yield tag("g", line, words, class_="scale-bar", aria_hidden="true")


def _distance(a: dict[str, Any], b: dict[str, Any]) -> float:
    """Kilometres between two places, on a sphere."""
    return _apart(a["lat"], a["lon"], b["lat"], b["lon"])


def _apart(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    p, q = math.radians(lat), math.radians(other_lat)
    half = math.sin((q - p) / 2) ** 2
    half += math.cos(p) * math.cos(q) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 12742 * math.asin(math.sqrt(min(1.0, half)))


@lru_cache(maxsize=16)
def _middle(points: tuple[tuple[float, float, int, str], ...]) -> int:
    """Which of the points all mentions lie nearest to. Kept, since it looks at every pair."""

    def reach(n: int) -> tuple[float, str]:
        lat, lon, _, name = points[n]
        return sum(weight * _apart(lat, lon, a, b) for a, b, weight, _ in points), name

    return min(range(len(points)), key=reach)


def _near(points: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Places around the one that all mentions lie nearest to: three times as far as the core of them."""
    if not points:
        return []
    weight = {id(place): max(1, place["mentions"]) for place in points}
    total = sum(weight.values())
    middle = points[_middle(tuple((p["lat"], p["lon"], weight[id(p)], p["name"]) for p in points))]
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


def _names(ground: Iterable[tuple[str, list[Ring]]], taken: list[Box], named: set[str]) -> Iterator[NameItem]:
    """Names of countries that have none yet, at the middle of what is seen of each or a little above or
    below, but inside it, where there is room."""
    for name, rings in ground:
        largest = max(rings, key=area)
        if name in named or area(largest) <= WIDTH * HEIGHT * 0.015:
            continue
        half, centre = 7.5 * len(name), middle(largest)
        for shift in (0, -45, 45, -90, 90, -140, 140):
            x, y = centre[0], centre[1] + shift
            box = (x - half, y - 18, x + half, y + 8)
            inside = box[0] >= 0 and box[2] <= WIDTH and box[1] >= 20 and box[3] <= HEIGHT - 20
            if inside and holds(largest, (x, y)) and not any(meet(box, other) for other in taken):
                taken.append(box)
                yield NameItem(name=name, x=x, y=y)
                break


def _vast(place: dict[str, Any]) -> bool:
    """Whether a place is an area: a country, or too wide for a point."""
    return (place["radius_km"] or 0.0) > VAST_KM or str(place.get("feature") or "").startswith("PCL")


def _turned(lon: float, frame: Frame) -> float:
    return lon + 360 if lon < frame.west and lon + 360 <= frame.east else lon


def _spots(frame: Frame, near: Sequence[dict[str, Any]], taken: list[Box]) -> Iterator[SpotItem]:
    """Markers with the number of the list beneath; names where there is room for them."""
    scale = WIDTH / frame.km()
    points = [frame.point(_turned(place["lon"], frame), place["lat"]) for place in near]
    taken += [(x - 12, y - 12, x + 12, y + 12) for x, y in points]
    for n, (place, (x, y)) in enumerate(zip(near, points, strict=True), 1):
        radius = (place["radius_km"] or 0.0) * scale
        yield SpotItem(
            id=place["id"],
            n=n,
            name=place["name"],
            x=round(x, 2),
            y=round(y, 2),
            radius=round(radius, 2) if radius > 7 and not _vast(place) else None,
            area=_vast(place),
            label=_label(place["name"], x, y, taken),
        )


def _label(name: str, x: float, y: float, taken: list[Box]) -> str | None:
    """On which side of a marker its name has room: after it, before it, on neither."""
    wide = 8.2 * len(name) + 4
    for left, anchor in ((x + 15, "start"), (x - 15 - wide, "end")):
        box = (left, y - 10, left + wide, y + 10)
        if box[0] >= 0 and box[2] <= WIDTH and not any(meet(box, other) for other in taken):
            taken.append(box)
            return anchor
    return None


def _scale(frame: Frame) -> ScaleItem:
    """A round number of km, about a fifth of the width."""
    rough = frame.km() / 5
    power = 10.0 ** math.floor(math.log10(rough))
    length = max(power * n for n in (1, 2, 5) if power * n <= rough)
    return ScaleItem(text=f"{number(round(length, 3))} km", width=round(length / frame.km() * WIDTH, 1))
