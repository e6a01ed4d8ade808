"""All candidates of all names of one report, as columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

import numpy as np
import numpy.typing as npt

from standoff.read.places.gazetteer import (
    ADMIN1,
    ADMIN2,
    ADMIN3,
    CITY,
    CONTINENT,
    COUNTRY,
    NO_ROW,
    REGION,
    Gazetteer,
)
from standoff.read.places.lookup import Lookup
from standoff.read.places.names import plain_key
from standoff.read.places.physical import physical
from standoff.read.places.spans import Name
from standoff.read.places.words import Alias, words

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

MOST = 120
LOCAL_FAME = 3.0
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
    _coded: dict[str, tuple[Ints, Ints]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.row)

    def coded(self, column: str) -> tuple[Ints, Ints]:
        """Numbers from 0 for a column's values (country, unit1, unit2): over all, and within groups."""
        if column not in self._coded:
            _, code = np.unique(getattr(self, column), return_inverse=True)
            _, own = np.unique(self.group * (int(code.max()) + 1) + code, return_inverse=True)
            self._coded[column] = code, own
        return self._coded[column]


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
    """Containers of names that one report puts into several ("Cordoba, Spain", "Cordoba, Argentina").

    A bare mention of such a name goes with the container told first.
    """
    told: dict[str, dict[int, str]] = {}
    for index, name in enumerate(names):
        if name.inside is not None:
            told.setdefault(name.key, {})[index] = names[name.inside].key
    several = {key: each for key, each in told.items() if len(set(each.values())) > 1}
    return {
        index: several[name.key].get(index, next(iter(several[name.key].values())))
        for index, name in enumerate(names)
        if name.key in several
    }


def publisher_groups(publisher: str | None, groups: list[Group], look: Lookup) -> list[Group]:
    """Places in a publisher's name ("Paris Courier") that the text itself does not name."""
    parts = (publisher or "").split()[:8]
    for size in range(min(len(parts), 3), 0, -1):
        for first in range(len(parts) - size + 1):
            key = plain_key(" ".join(parts[first : first + size]))
            if key and not look.ordinary(key) and key not in words().common and look.fame(key) >= LOCAL_FAME:
                known = any(group.key == key for group in groups)
                return [] if known else [Group(key, "", [])]
    return []


def gather(names: list[Name], groups: list[Group], look: Lookup) -> Pool:
    """Candidates of every group: rows with its key, else of its spelling class; features of our own."""
    table = look.table
    look.load(group.key for group in groups)
    rows: list[Ints] = []
    main: list[Floats] = []
    folded: list[Floats] = []
    owner: list[Ints] = []
    size = 0
    for number, group in enumerate(groups):
        found, mains, fold = _rows(names, group, look)
        mine = (
            [-1 - feature for feature in look.features(group.key)]
            if not _settled(table, found, group)
            else []
        )
        group.start = size
        rows.append(np.concatenate([found, np.array(mine, dtype=np.int64)]))
        group.end = size = group.start + len(rows[-1])
        main.append(np.concatenate([mains.astype(np.float64), np.ones(len(mine))]))
        folded.append(np.concatenate([np.full(len(found), float(fold)), np.zeros(len(mine))]))
        owner.append(np.full(len(rows[-1]), number, dtype=np.int64))
    if not groups:
        none = np.zeros(0, dtype=np.int64)
        return _columns(groups, look, none, np.zeros(0), np.zeros(0), none)
    parts = np.concatenate(rows), np.concatenate(main), np.concatenate(folded), np.concatenate(owner)
    return _columns(groups, look, *parts)


def _settled(table: Gazetteer, rows: Ints, group: Group) -> bool:
    """Whether the gazetteer itself has a country, region or continent of that name, which is enough."""
    kinds = set(table.feature[rows].tolist())
    return bool(kinds & {COUNTRY, REGION, CONTINENT}) or group.kind in KIND_OF


def _rows(names: list[Name], group: Group, look: Lookup) -> tuple[Ints, npt.NDArray[np.bool_], bool]:
    table, fold = look.table, False
    rows, main, _ = look.rows(group.key)
    alias = names[group.names[0]].alias if group.names else None
    if alias is not None and len(rows):
        return (*_aliased(alias, rows, main, look), False)
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
        return np.isin(kinds, (ADMIN1, ADMIN2, ADMIN3))
    return np.isin(kinds, (CITY,) if kind == "city" else ())


def _aliased(
    alias: Alias, rows: Ints, main: npt.NDArray[np.bool_], look: Lookup
) -> tuple[Ints, npt.NDArray[np.bool_]]:
    """Rows that a short form or a demonym may stand for: the fixed one, else those of its level."""
    table = look.table
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


@cache
def _marked(table: Gazetteer) -> tuple[Floats, Floats]:
    """For every row 1 where it is a capital, and where it is what its name usually means."""
    capital = np.zeros(len(table))
    capital[table.capitals] = 1.0
    return capital, np.isin(table.id, list(words().usual)).astype(np.float64)


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
        _marked(table)[0][at] * ~ours,
        _marked(table)[1][at] * ~ours,
    )
    for index in np.flatnonzero(ours).tolist():
        feature = features[-1 - int(rows[index])]
        pool.lat[index], pool.lon[index] = feature.lat, feature.lon
        pool.people[index], pool.kind[index] = PHYSICAL_PEOPLE, PHYSICAL
        pool.country[index] = lands.get(feature.country, lands.get("", -1))
        pool.unit1[index] = pool.unit2[index] = NO_ROW
    return pool
