"""All candidates of all names of one report, as columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from standoff.read.places.gazetteer import ADMIN1, ADMIN2, ADMIN3, CITY, CONTINENT, COUNTRY, NO_ROW, REGION, Gazetteer
from standoff.read.places.lookup import Lookup
from standoff.read.places.physical import physical
from standoff.read.places.spans import Name
from standoff.read.places.words import words

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

MOST = 120
PHYSICAL = 7
KIND_OF = {"country": COUNTRY, "admin1": ADMIN1, "admin2": ADMIN2, "city": CITY}
PHYSICAL_PEOPLE = 1_000_000


@dataclass(slots=True)
class Group:
    """Names of one report that share one sense: the same key, kind and alias."""

    key: str
    kind: str
    names: list[int]
    start: int = 0
    end: int = 0
    demonym: bool = False


@dataclass(slots=True)
class Pool:
    """Candidates as columns; those of one group stand together.

    ``row`` is the gazetteer row, or -1 - n for feature n of our own table.
    """

    groups: list[Group]
    group: Ints
    row: Ints
    lat: Floats
    lon: Floats
    people: Floats
    kind: Ints
    country: Ints
    unit1: Ints
    unit2: Ints
    main: Floats
    folded: Floats
    capital: Floats
    usual: Floats

    def __len__(self) -> int:
        return len(self.row)


def group_names(names: list[Name]) -> list[Group]:
    """Names with one sense each, in the order of first mention. Sets ``name.group``."""
    groups: dict[tuple[str, str, str, str], Group] = {}
    within = _containers(names)
    for index, name in enumerate(names):
        level = name.alias.level if name.alias else ""
        pinned = str(name.alias.id) if name.alias and name.alias.id else ""
        kind = name.kind if name.kind in KIND_OF else level
        group = groups.setdefault((name.key, kind, pinned, within.get(index, "")), Group(name.key, kind, []))
        group.names.append(index)
    for number, group in enumerate(groups.values()):
        for index in group.names:
            names[index].group = number
        group.demonym = all(names[index].source == "demonym" for index in group.names)
    return list(groups.values())


def _containers(names: list[Name]) -> dict[int, str]:
    """For names that one report puts into several containers ("Cordoba, Spain", "Cordoba, Argentina"), which."""
    told: dict[str, dict[int, str]] = {}
    for index, name in enumerate(names):
        if name.inside is not None:
            told.setdefault(name.key, {})[index] = names[name.inside].key
    return {index: key for each in told.values() if len(set(each.values())) > 1 for index, key in each.items()}


def gather(names: list[Name], groups: list[Group], look: Lookup) -> Pool:
    """Candidates of every group: rows with its key, else of its spelling class; features of our own."""
    table = look.table
    look.load(group.key for group in groups)
    rows, main, folded, owner = [], [], [], []
    for number, group in enumerate(groups):
        found, mains, fold = _rows(names, group, look)
        mine = [-1 - feature for feature in look.features(group.key)] if not _settled(table, found, group) else []
        group.start = sum(map(len, rows))
        rows.append(np.concatenate([found, np.array(mine, dtype=np.int64)]))
        group.end = group.start + len(rows[-1])
        main.append(np.concatenate([mains.astype(np.float64), np.ones(len(mine))]))
        folded.append(np.concatenate([np.full(len(found), float(fold)), np.zeros(len(mine))]))
        owner.append(np.full(len(rows[-1]), number, dtype=np.int64))
    flat = np.concatenate(rows) if rows else np.zeros(0, dtype=np.int64)
    return _columns(groups, look, flat, _join(main), _join(folded), _join(owner).astype(np.int64))


def _join(parts: list[npt.NDArray[np.float64]]) -> npt.NDArray[np.float64]:
    return np.concatenate(parts) if parts else np.zeros(0)


def _settled(table: Gazetteer, rows: Ints, group: Group) -> bool:
    """Whether the gazetteer itself has a country, region or continent of that name, so that ours is not needed."""
    kinds = set(table.feature[rows].tolist())
    return bool(kinds & {COUNTRY, REGION, CONTINENT}) or group.kind in KIND_OF


def _rows(names: list[Name], group: Group, look: Lookup) -> tuple[Ints, npt.NDArray[np.bool_], bool]:
    table, fold = look.table, False
    rows, main, _ = look.rows(group.key)
    first = names[group.names[0]]
    if first.alias is not None and len(rows):
        return (*_aliased(first, rows, main, look), False)
    if not main.any() and not look.features(group.key):
        alike = look.alike(group.key)
        fold = not len(rows)
        rows, at = np.unique(np.concatenate([rows, alike.rows]), return_index=True)
        main = np.concatenate([main, alike.main])[at]
    told = _told(table.feature[rows], group.kind)
    if told.any():
        rows, main = rows[told], main[told]
    if len(rows) > MOST:
        best = np.argsort(-table.population[rows].astype(np.int64) - main * 10**7, kind="stable")[:MOST]
        rows, main = rows[best], main[best]
    return rows, main, fold


def _told(kinds: npt.NDArray[np.uint8], kind: str) -> npt.NDArray[np.bool_]:
    """Which rows are of the kind that the words around the name tell ("Aleppo province")."""
    if kind in {"admin1", "admin2"}:
        exact = kinds == KIND_OF[kind]
        return exact if exact.any() else (kinds == ADMIN1) | (kinds == ADMIN2) | (kinds == ADMIN3)
    return kinds == CITY if kind == "city" else np.zeros(len(kinds), dtype=np.bool_)


def _aliased(
    name: Name, rows: Ints, main: npt.NDArray[np.bool_], look: Lookup
) -> tuple[Ints, npt.NDArray[np.bool_]]:
    """Rows that a short form or a demonym may stand for: the fixed one, else those of its level."""
    table, alias = look.table, name.alias
    if alias is None:
        return rows, main
    if alias.id is not None:
        keep = table.id[rows] == alias.id
    elif alias.level == "country":
        keep = table.feature[rows] == COUNTRY
    elif alias.level == "admin1":
        keep = table.feature[rows] == ADMIN1
    else:
        keep = np.ones(len(rows), dtype=np.bool_)
        for kind in (COUNTRY, CONTINENT, ADMIN1):
            if (table.feature[rows] == kind).any():
                keep = table.feature[rows] == kind
                break
    return (rows[keep], main[keep]) if keep.any() else (rows, main)


def _columns(
    groups: list[Group], look: Lookup, rows: Ints, main: Floats, folded: Floats, owner: Ints
) -> Pool:
    table, features = look.table, physical()[0]
    lands = {code: number for number, code in enumerate(table.countries)}
    ours = rows < 0
    at = np.where(ours, 0, rows)
    pool = Pool(
        groups,
        owner,
        rows,
        table.lat[at].astype(np.float64),
        table.lon[at].astype(np.float64),
        table.population[at].astype(np.float64),
        table.feature[at].astype(np.int64),
        table.country[at].astype(np.int64),
        table.unit1[at].astype(np.int64),
        table.unit2[at].astype(np.int64),
        main,
        folded,
        np.isin(at, table.capitals).astype(np.float64) * ~ours,
        np.isin(table.id[at], list(words().usual)).astype(np.float64) * ~ours,
    )
    for index in np.flatnonzero(ours).tolist():
        feature = features[-1 - int(rows[index])]
        pool.lat[index], pool.lon[index] = feature.lat, feature.lon
        pool.people[index], pool.kind[index] = PHYSICAL_PEOPLE, PHYSICAL
        pool.country[index] = lands.get(feature.country, lands.get("", -1))
        pool.unit1[index] = pool.unit2[index] = NO_ROW
    return pool
