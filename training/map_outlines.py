"""Build the map outlines that ship with the package, from the npm package world-atlas (Natural Earth 1:50m).

    npm pack world-atlas@2.0.2
    python -m training.map_outlines world-atlas-2.0.2.tgz

Writes ``src/standoff/vocab/map/outlines.json.gz``: TopoJSON arcs (delta-coded whole numbers, with scale and
translation) and, for each country, its name and its rings: the arc numbers, and the box
(west, south, east, north, in whole numbers before scaling). Same input, same bytes.
"""

from __future__ import annotations

import gzip
import json
import sys
import tarfile
from itertools import pairwise
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parents[1] / "src/standoff/vocab/map/outlines.json.gz"
MEMBER = "package/countries-50m.json"


def topology(archive: Path) -> dict[str, Any]:
    """The countries' topology out of the npm archive."""
    with tarfile.open(archive) as tar:
        member = tar.extractfile(MEMBER)
        if member is None:
            raise SystemExit(f"{archive} holds no {MEMBER}")
        return json.load(member)


def points_of(ring: list[int], arcs: list[list[list[int]]]) -> list[tuple[int, int]]:
    """The points of a ring, arcs joined in their direction."""
    points: list[tuple[int, int]] = []
    for number in ring:
        x = y = 0
        arc = []
        for dx, dy in arcs[number if number >= 0 else ~number]:
            x, y = x + dx, y + dy
            arc.append((x, y))
        points += arc if number >= 0 else arc[::-1]
    return points


def box_of(ring: list[int], arcs: list[list[list[int]]], turn: int) -> list[int]:
    """The box of a ring, once it is unrolled where it crosses the date line; ``turn`` is 360 degrees."""
    points = points_of(ring, arcs)
    xs, shift = [points[0][0]], 0
    for (before, _), (x, _) in pairwise(points):
        shift += turn if before - x > turn / 2 else -turn if x - before > turn / 2 else 0
        xs.append(x + shift)
    ys = [y for _, y in points]
    return [min(xs), min(ys), max(xs), max(ys)]


def size_of(country: dict[str, Any]) -> int:
    """How large a country's largest box is; large countries are drawn first, enclaves over them."""
    return max((east - west) * (north - south) for _, (west, south, east, north) in country["polygons"])


def outlines(made: dict[str, Any]) -> dict[str, Any]:
    """Arcs and countries. Every ring is kept but those along a pole, which have no height."""
    countries = []
    turn = round(360 / made["transform"]["scale"][0])
    for shape in made["objects"]["countries"]["geometries"]:
        kind, arcs = shape["type"], shape.get("arcs", [])
        polygons = [arcs] if kind == "Polygon" else arcs
        if polygons:
            rings = [[ring, box_of(ring, made["arcs"], turn)] for polygon in polygons for ring in polygon]
            rings = [[ring, box] for ring, box in rings if box[3] > box[1]]
            countries.append({"name": shape["properties"]["name"], "polygons": rings})
    return {
        "source": "Natural Earth 1:50m (public domain), through the npm package world-atlas 2.0.2 (ISC)",
        "scale": made["transform"]["scale"],
        "translate": made["transform"]["translate"],
        "arcs": made["arcs"],
        "countries": sorted(countries, key=lambda each: (-size_of(each), each["name"])),
    }


def main() -> None:
    """Write the outlines; the archive is the only argument."""
    if len(sys.argv) != 2:
        raise SystemExit("usage: python -m training.map_outlines world-atlas-2.0.2.tgz")
    body = json.dumps(outlines(topology(Path(sys.argv[1]))), ensure_ascii=False, separators=(",", ":"))
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    with TARGET.open("wb") as out, gzip.GzipFile(filename="", mode="wb", fileobj=out, mtime=0) as packed:
        packed.write(body.encode("utf-8"))
    print(f"{TARGET}: {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
