"""Build the map outlines that ship with the package, from the npm package world-atlas (Natural Earth 1:50m).

    npm pack world-atlas@2.0.2
    python -m training.map_outlines world-atlas-2.0.2.tgz

Writes ``src/standoff/vocab/map/outlines.json.gz``: TopoJSON arcs (delta-coded whole numbers, with scale and
translation) and, for each country, its name and its polygons as lists of arc numbers. Same input, same bytes.
"""

from __future__ import annotations

import gzip
import json
import sys
import tarfile
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


def outlines(made: dict[str, Any]) -> dict[str, Any]:
    """Arcs and countries; every polygon is a list of rings, every ring a list of arc numbers."""
    countries = []
    for shape in made["objects"]["countries"]["geometries"]:
        kind, arcs = shape["type"], shape.get("arcs", [])
        polygons = [arcs] if kind == "Polygon" else arcs
        if polygons:
            countries.append({"name": shape["properties"]["name"], "polygons": polygons})
    return {
        "source": "Natural Earth 1:50m (public domain), through the npm package world-atlas 2.0.2 (ISC)",
        "scale": made["transform"]["scale"],
        "translate": made["transform"]["translate"],
        "arcs": made["arcs"],
        "countries": sorted(countries, key=lambda each: each["name"]),
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
