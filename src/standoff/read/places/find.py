"""Places of a report: names found, looked up, and told apart."""

from __future__ import annotations

import numpy as np
from spacy.tokens import Doc

from standoff.model import Candidate, Context, Place, annotation_id, text_sha256
from standoff.read.confidence import calibrated
from standoff.read.places.gazetteer import ADMIN2, ADMIN3, CITY, FEATURES, Gazetteer, gazetteer
from standoff.read.places.keep import keep
from standoff.read.places.lookup import Lookup
from standoff.read.places.page import Page
from standoff.read.places.physical import physical
from standoff.read.places.pool import Floats, Group, Pool, gather, group_names, publisher_groups
from standoff.read.places.rank import TOGETHER, distance_km, features_alone, prefer_towns, rank, worth_of
from standoff.read.places.spans import Name, find_names
from standoff.read.places.wider import REGION, seconds, wider
from standoff.read.where import dateline

SHOWN = 5
SAME_KM = 161.0
ENOUGH = 0.35
KEPT = 0.5
SURE = 0.6
"""Chance from which on one mention of a name that nobody knows speaks for all of them."""
FEW = 3
"""Names of places from which on a report tells where it plays."""
STRAY_PEOPLE = 50_000
STRAY_SUPPORT = 0.02
SETTLED = (ADMIN2, CITY, ADMIN3)
COMPANY = ("contained", "country_share", "country_named", "near", "around")
"""Features that tell that other names of the report lie in the same country or around."""


def find_places(doc: Doc, context: Context) -> list[Place]:
    """Place names of a report in text order, each with its most probable place.

    ``lat`` and ``lon`` are None where nothing of that name is known, or where its bearers lie far
    apart and none is likely enough; the candidates are listed either way. ``confidence`` is the
    chance that the words name a place and that it lies within 161 km of the point.
    """
    look = Lookup(gazetteer())
    page = Page(doc)
    names, pool = find_groups(page, look, context.publisher)
    alone = features_alone(names, pool)
    chance, drawn = rank(pool, alone, worth_of(names, pool))
    likely = keep(page, names, pool, look, chance, drawn)
    told_wide = wider(page, names)
    likely = shared(names, pool, headed(page, names, likely, told_wide))
    chance, drawn = rank(pool, alone, worth_of(names, pool, likely))
    chance = prefer_towns(pool, chance)
    second = {name.key for name in seconds(page, names)}
    lands = {name.group for name in names if name.key in second}
    answers = [
        _answer(pool, group, chance, drawn, look.table, land=n in lands)
        for n, group in enumerate(pool.groups)
    ]
    text_hash = context.text_sha256 or text_sha256(page.text)
    wide = {name.key for name in told_wide}
    return [
        _place(name, answers[name.group], chosen, text_hash, REGION if name.key in wide else None)
        for name, chosen in zip(names, likely.tolist(), strict=True)
        if chosen >= KEPT
    ]


def headed(page: Page, names: list[Name], likely: Floats, wide: list[Name]) -> Floats:
    """What opens a dateline is a place's name, whatever the words beside it say; so is one of `wider`."""
    begin, end = dateline(page.text)
    sure = {id(name) for name in wide if name.source in {"told", "entity"}}
    sure |= {id(name) for name in seconds(page, names) if not page.after(name.last).isdigit()}
    opens = [(name.start == begin and name.end < end) or id(name) in sure for name in names]
    return np.maximum(likely, np.array(opens, dtype=np.float64) * SURE)


def shared(names: list[Name], pool: Pool, likely: Floats) -> Floats:
    """Mentions of a name that nobody knows are as likely places as the likeliest, once that one is sure."""
    most: dict[str, float] = {}
    for name, chance in zip(names, likely.tolist(), strict=True):
        most[name.key] = max(most.get(name.key, 0.0), chance)
    known = {n for n, group in enumerate(pool.groups) if group.end > group.start}
    told = {
        name.key
        for name in names
        if (name.source == "told" or name.group not in known) and most[name.key] >= SURE
    }
    return np.array(
        [most[n.key] if n.key in told else c for n, c in zip(names, likely.tolist(), strict=True)]
    )


def find_groups(page: Page, look: Lookup, publisher: str | None = None) -> tuple[list[Name], Pool]:
    """The names of a text and all that each may mean; names in the publisher's name are evidence only."""
    names = find_names(page, look)
    groups = group_names(names)
    return names, gather(names, groups + publisher_groups(publisher, groups, look), look)


class _Answer:
    __slots__ = ("candidates", "chosen", "radius", "sure")

    def __init__(self) -> None:
        self.candidates: tuple[Candidate, ...] = ()
        self.chosen: Candidate | None = None
        self.radius: float | None = None
        self.sure = 0.0


def _answer(
    pool: Pool, group: Group, chance: Floats, drawn: Floats, table: Gazetteer, *, land: bool
) -> _Answer:
    """What a name most probably means; ``land`` that its dateline tells it to be more than a small town."""
    answer = _Answer()
    part = np.arange(group.start, group.end)
    if not len(part):
        return answer
    best = part[np.argsort(-chance[part], kind="stable")]
    answer.candidates = tuple(_candidate(pool, int(at), float(chance[at]), table) for at in best[:SHOWN])
    top = int(best[0])
    near = distance_km(pool.lat[part], pool.lon[part], pool.lat[top], pool.lon[top]) <= SAME_KM
    answer.sure = float(chance[part][near].sum())
    town = land and pool.kind[top] in SETTLED and pool.people[top] < STRAY_PEOPLE and not pool.capital[top]
    if answer.sure >= ENOUGH and not town and not _stray(pool, top, drawn):
        answer.chosen = answer.candidates[0]
        answer.radius = _radius(pool, top, table)
    return answer


def _stray(pool: Pool, at: int, drawn: Floats) -> bool:
    """Whether a little known or otherwise spelt namesake lies far from all that the report names.

    Then the report's place is more likely one that the gazetteer does not have.
    """
    if len(pool.groups) < FEW or drawn.shape[1] < len(TOGETHER) or pool.kind[at] not in SETTLED:
        return False
    support = drawn[at, [TOGETHER.index(feature) for feature in COMPANY]]
    small = (pool.people[at] < STRAY_PEOPLE and not pool.capital[at]) or pool.folded[at] > 0
    return bool(small and support.max() < STRAY_SUPPORT)


def _radius(pool: Pool, at: int, table: Gazetteer) -> float:
    row = int(pool.row[at])
    return round(float(physical()[0][-1 - row].radius if row < 0 else table.radius[row]), 1)


def _candidate(pool: Pool, at: int, score: float, table: Gazetteer) -> Candidate:
    row = int(pool.row[at])
    lat, lon = round(float(pool.lat[at]), 4), round(float(pool.lon[at]), 4)
    if row < 0:
        own = physical()[0][-1 - row]
        return Candidate(
            geonameid=None, canonical=own.name, lat=lat, lon=lon, country=own.country or None,
            feature=own.kind, score=round(score, 4),
        )  # fmt: skip
    return Candidate(
        geonameid=int(table.id[row]),
        canonical=table.name(row),
        lat=lat,
        lon=lon,
        country=table.countries[table.country[row]] or None,
        feature=FEATURES[table.feature[row]],
        score=round(score, 4),
    )


def _place(name: Name, answer: _Answer, likely: float, text_hash: str, told: str | None) -> Place:
    """The record of a name; ``told`` is its kind by the words beside it, for what no gazetteer has."""
    chosen, radius = answer.chosen, answer.radius
    if radius is not None and name.vague:
        radius = round(radius + min(max(radius, 10.0), 100.0), 1)
    return Place(
        id=annotation_id("place", text_hash, [(name.start, name.end)]),
        start=name.start,
        end=name.end,
        name=name.surface,
        canonical=chosen.canonical if chosen else None,
        lat=chosen.lat if chosen else None,
        lon=chosen.lon if chosen else None,
        geonameid=chosen.geonameid if chosen else None,
        country=chosen.country if chosen else None,
        feature=chosen.feature if chosen else told,
        radius_km=radius,
        candidates=answer.candidates,
        confidence=round(calibrated("places", likely * (answer.sure if answer.candidates else 1.0)), 3),
    )
