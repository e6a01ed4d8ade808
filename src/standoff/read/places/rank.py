"""Which candidate each name means: a log-linear model over few plain features, in rounds.

Round one knows a name's bearers and what the words beside it say; the next rounds also know
where the report's other names probably are (same country, same unit, near by). Weights are in
``vocab/en/places_weights.toml``, fitted by ``training/places.py``.
"""

from __future__ import annotations

from collections import Counter
from functools import cache

import numpy as np
import numpy.typing as npt

from standoff import vocab
from standoff.read.places.gazetteer import ADMIN1, ADMIN2, CITY, COUNTRY, NO_ROW
from standoff.read.places.pool import KIND_OF, PHYSICAL, Floats, Group, Ints, Pool
from standoff.read.places.spans import Name

ALONE = (
    "main", "folded", "people", "share_of_people", "most_people", "country", "admin1", "admin2", "city",
    "admin3", "region", "continent", "physical", "kind_told", "kind_other", "contained", "contains",
    "capital", "usual", "unit_with_city", "city_with_unit",
)  # fmt: skip
TOGETHER = (
    *ALONE,
    "country_share",
    "country_named",
    "unit_share",
    "unit_named",
    "near",
    "around",
    "same_unit2",
)
ANCHORS = 48
SEAT_SHARE, CLOSE_SHARE, CLOSE_KM = 15, 60, 50.0
"""Towns with fewer than one in so many of a unit's people are not what its name means alone (Quebec); with
fewer still where the unit's middle is not far."""
BESIDE_KM = 161.0
NAMED = 0.5
"""Chance from which on another name counts as one in the unit."""
PUBLISHER_WORTH = 2.0
EARTH_KM = 6371.0


@cache
def weights() -> tuple[Floats, Floats]:
    """Weights of round one and of the later rounds, in the order of `ALONE` and `TOGETHER`."""
    table = vocab.load("en/places_weights")
    return (
        np.array([table["alone"][name] for name in ALONE], dtype=np.float64),
        np.array([table["together"][name] for name in TOGETHER], dtype=np.float64),
    )


def rank(pool: Pool, alone: Floats, worth: Floats, rounds: int = 3) -> tuple[Floats, Floats]:
    """Probability of each candidate among those of its group, and the features of the last round.

    ``alone`` are the `features_alone`; ``worth`` is each group's weight as evidence for the others
    (`worth_of`).
    """
    first, later = weights()
    chance, drawn = softmax(pool, alone @ first), alone
    for _ in range(rounds - 1):
        drawn = features_together(pool, alone, chance, worth)
        chance = softmax(pool, drawn @ later)
    return chance, drawn


def softmax(pool: Pool, score: Floats) -> Floats:
    """Scores as probabilities within each group."""
    if not len(pool):
        return np.zeros(0)
    begins = np.flatnonzero(np.diff(pool.group, prepend=-1))
    sizes = np.diff(begins, append=len(pool))
    power = np.exp(score - np.repeat(np.maximum.reduceat(score, begins), sizes))
    return np.asarray(power / np.repeat(np.add.reduceat(power, begins), sizes))


def prefer_towns(pool: Pool, chance: Floats) -> Floats:
    """A bare name means the town rather than the unit around it, unless it is a small part of it.

    And what the name usually means ("Washington") rather than a unit of which the report names nothing else.
    """
    chance = chance.copy()
    tops = [_top(chance, group) for group in pool.groups]
    named = Counter(int(pool.unit1[top]) for top in tops if top >= 0 and chance[top] >= NAMED)
    for group, top in zip(pool.groups, tops, strict=True):
        if group.kind or group.end - group.start < 2 or pool.row[top] < 0:
            continue
        if pool.kind[top] not in (ADMIN1, ADMIN2):
            continue
        part = np.arange(group.start, group.end)
        towns = part[_towns_of(pool, part, top)]
        if not len(towns) and named[int(pool.row[top])] <= (chance[top] >= NAMED):
            towns = part[(pool.usual[part] > 0) & (pool.country[part] == pool.country[top])]
        if len(towns):
            town = towns[int(np.argmax(chance[towns]))]
            chance[top], chance[town] = chance[town], chance[top]
    return chance


def _top(chance: Floats, group: Group) -> int:
    """The most probable candidate of a group; -1 without any."""
    return group.start + int(np.argmax(chance[group.start : group.end])) if group.end > group.start else -1


def _towns_of(pool: Pool, part: Ints, unit: int) -> npt.NDArray[np.bool_]:
    """Which candidates are towns in a unit or, where it lies around a capital district, beside it."""
    inside = (pool.unit1[part] == pool.row[unit]) | (pool.unit2[part] == pool.row[unit])
    km = distance_km(pool.lat[part], pool.lon[part], pool.lat[unit], pool.lon[unit])
    beside = (pool.country[part] == pool.country[unit]) & (km <= BESIDE_KM) & (pool.main[part] > 0)
    share = np.where(km <= CLOSE_KM, CLOSE_SHARE, SEAT_SHARE)
    large = pool.people[part] * share >= pool.people[unit]
    return np.asarray((inside | beside) & (pool.kind[part] == CITY) & large)


def features_alone(names: list[Name], pool: Pool) -> Floats:
    """Features that need no other name's probable place, one row a candidate."""
    out = np.zeros((len(pool), len(ALONE)))
    if not len(pool):
        return out
    out[:, 0], out[:, 1] = pool.main, pool.folded
    log = np.log10(pool.people + 1)
    out[:, 2] = log / 7
    for group in pool.groups:
        part = slice(group.start, group.end)
        if group.start < group.end:
            total = pool.people[part].sum() + 1
            out[part, 3] = pool.people[part] / total
            out[group.start + int(np.argmax(pool.people[part])), 4] = 1
            if group.kind in KIND_OF:
                told = pool.kind[part] == KIND_OF[group.kind]
                out[part, 13], out[part, 14] = told, ~told
        out[part, 19], out[part, 20] = _namesakes(pool, part)
    out[np.arange(len(pool)), 5 + pool.kind] = 1
    out[:, 17], out[:, 18] = pool.capital, pool.usual
    for name in names:
        if name.inside is not None:
            _containment(name, names[name.inside], pool, out)
    return out


def _namesakes(pool: Pool, part: slice) -> tuple[Floats, Floats]:
    """Units that hold a town of their own name, and such towns: Aleppo the province, Aleppo the town."""
    kind, row = pool.kind[part], pool.row[part]
    town = kind == CITY
    unit = ((kind == ADMIN1) | (kind == ADMIN2)) & (row >= 0)
    if not unit.any() or not town.any():
        return np.zeros(len(row)), np.zeros(len(row))
    holds = (pool.unit1[part][None, :] == row[:, None]) | (pool.unit2[part][None, :] == row[:, None])
    pairs = holds & unit[:, None] & town[None, :]
    return pairs.any(axis=1).astype(np.float64), pairs.any(axis=0).astype(np.float64)


def _containment(inner: Name, outer: Name, pool: Pool, out: Floats) -> None:
    """ "A, B": candidates of A that lie in a candidate of B, and the other way round."""
    one, two = pool.groups[inner.group], pool.groups[outer.group]
    a, b = slice(one.start, one.end), slice(two.start, two.end)
    if one is two or one.start == one.end or two.start == two.end:
        return
    rows = pool.row[b][None, :]
    land = (pool.kind[b] == COUNTRY)[None, :] & (pool.country[a][:, None] == pool.country[b][None, :])
    unit = (pool.unit1[a][:, None] == rows) | (pool.unit2[a][:, None] == rows)
    within = (land | unit) & (pool.row[a][:, None] != rows) & (rows >= 0)
    within &= pool.kind[a][:, None] != COUNTRY
    out[a, 15] = np.maximum(out[a, 15], within.any(axis=1))
    out[b, 16] = np.maximum(out[b, 16], within.any(axis=0))


def features_together(pool: Pool, alone: Floats, chance: Floats, worth: Floats) -> Floats:
    """Features of `features_alone` and those drawn from where the other names probably are."""
    extra = np.zeros((len(pool), len(TOGETHER) - len(ALONE)))
    if len(pool.groups) > 1 and len(pool):
        mass = chance * worth[pool.group]
        extra[:, 0] = _share(pool, mass, "country", np.ones(len(pool), dtype=np.bool_))
        extra[:, 1] = np.minimum(_others(pool, mass, "country", pool.kind == COUNTRY), 1)
        extra[:, 2] = _share(pool, mass, "unit1", pool.unit1 != NO_ROW)
        extra[:, 3] = np.minimum(_others(pool, mass, "unit1", pool.kind == ADMIN1), 1)
        extra[:, 4], extra[:, 5] = _nearness(pool, mass, chance)
        extra[:, 6] = np.minimum(_others(pool, mass, "unit2", pool.unit2 != NO_ROW), 1)
    return np.hstack([alone, extra])


TRUST = {"entity": 1.0, "short": 1.0, "nested": 0.4, "lexical": 0.3, "demonym": 0.5, "told": 0.3}


def worth_of(names: list[Name], pool: Pool, likely: Floats | None = None) -> Floats:
    """How much each group's place counts as evidence for the others.

    More with each mention, by how each was found or, once known, how ``likely`` each is a place.
    """
    total = np.zeros(len(pool.groups))
    for number, name in enumerate(names):
        total[name.group] += TRUST[name.source] if likely is None else float(likely[number])
    total += [PUBLISHER_WORTH * (not group.names) for group in pool.groups]
    return np.asarray(np.log2(1 + total))


def _others(pool: Pool, mass: Floats, column: str, where: npt.NDArray[np.bool_]) -> Floats:
    """For each candidate, the mass that *other* groups put on its own value of a column."""
    code, pair = pool.coded(column)
    counted = np.where(where, mass, 0.0)
    left = np.bincount(code, counted)[code] - np.bincount(pair, counted)[pair]
    return np.where(where | (getattr(pool, column) != NO_ROW), left, 0.0)


def _share(pool: Pool, mass: Floats, column: str, where: npt.NDArray[np.bool_]) -> Floats:
    """The same as a share of all mass of other groups."""
    own = np.bincount(pool.group, mass)[pool.group]
    return np.asarray(_others(pool, mass, column, where) / np.maximum(mass.sum() - own, 1e-9) * where)


def _nearness(pool: Pool, mass: Floats, chance: Floats) -> tuple[Floats, Floats]:
    """Support from probable places of other groups within some 30 and some 200 km, saturating."""
    small = (pool.kind != COUNTRY) & (pool.kind < 5) & (chance > 0.05) | (pool.kind == PHYSICAL)
    anchors = np.flatnonzero(small)
    anchors = anchors[np.argsort(-mass[anchors], kind="stable")[:ANCHORS]]
    if not len(anchors):
        return np.zeros(len(pool)), np.zeros(len(pool))
    ball = on_ball(pool.lat, pool.lon)
    # half the chord between two points on the ball, as a distance along its surface
    far = 2 * EARTH_KM * np.arcsin(np.sqrt(np.clip((1 - ball @ ball[anchors].T) / 2, 0, 1)))
    other = pool.group[:, None] != pool.group[anchors][None, :]
    pull = other * mass[anchors][None, :]
    near = (np.exp(-far / 30) * pull).sum(axis=1)
    around = (np.exp(-far / 200) * pull).sum(axis=1)
    return near / (1 + near), around / (1 + around)


def on_ball(lat: Floats, lon: Floats) -> Floats:
    """Points on the unit ball, (N, 3), of degrees of latitude and longitude."""
    up, round_ = np.radians(lat), np.radians(lon)
    return np.stack([np.cos(up) * np.cos(round_), np.cos(up) * np.sin(round_), np.sin(up)], axis=1)


def distance_km(lat1: Floats, lon1: Floats, lat2: Floats, lon2: Floats) -> Floats:
    """Great-circle distance in kilometres (haversine, radius 6371 km)."""
    p1, p2 = np.radians(lat1), np.radians(lat2)
    a = np.sin((p2 - p1) / 2) ** 2 + np.cos(p1) * np.cos(p2) * np.sin(np.radians(lon2 - lon1) / 2) ** 2
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(a, 0, 1))))
