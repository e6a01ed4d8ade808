"""Which incidents a sketch is compared with: those of its place and time, by cells and days, never all."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from standoff.model.when import parse_when
from standoff.resolve.incidents.atlas import Atlas
from standoff.resolve.incidents.sketch import Sketch

if TYPE_CHECKING:
    from standoff.resolve.incidents.across import Gathered

TOLD_WITHIN = 10
"""Days between an occurrence, or a report of it, and an undated report within which both may be of one."""
BUCKET = 5
"""Days that share one key of the index."""
CANDIDATES = 40
"""How many incidents of a place and time each sketch is compared with, those nearest in time."""
LATER = 60
"""The same, where both name one town or site."""
UNDATED = -1
BITS = 32
NUMBER = (1 << BITS) - 1
"""A mark holds the number of an incident in its lower bits."""
Cell = tuple[str, str]


class Whereabouts(NamedTuple):
    """Where and when a sketch is: the cells it is filed under and sought in, the buckets of days, and the day
    that it is nearest to."""

    filed: tuple[Cell, ...]
    bucket: int
    sought: tuple[Cell, ...]
    buckets: range | None
    day: dt.date


def whereabouts(sketch: Sketch, places: Atlas) -> Whereabouts:
    """Cells and buckets of one sketch; they rest on it and on the places alone."""
    when, span = parse_when(sketch.when), _span(sketch)
    day = (when and when.earliest) or sketch.told
    return Whereabouts(
        filed=_cells(sketch, places, 0),
        bucket=day.toordinal() // BUCKET if day else UNDATED,
        sought=_cells(sketch, places, 1),
        buckets=range(*_buckets(span)) if span else None,
        day=day or dt.date.min,
    )


class Index:
    """Incidents by cell and by bucket of days."""

    def __init__(self) -> None:
        self._held: defaultdict[Cell, defaultdict[int, dict[int, Gathered]]] = defaultdict(
            lambda: defaultdict(dict)
        )
        self._marks: dict[int, int] = {}
        """For each incident one number, of its day (-1: unknown) and its own number, to be sorted by day."""

    def file(self, incident: Gathered, where: Whereabouts) -> None:
        """File an incident where one of its sketches is; whenever one joined it, as its day may change."""
        self._marks[incident.n] = (-1 if incident.day is None else incident.day) << BITS | incident.n
        for cell in where.filed:
            self._held[cell][where.bucket][incident.n] = incident

    def near(self, where: Whereabouts) -> list[Gathered]:
        """The incidents to compare with, in the order in which they were made."""
        found: dict[int, Gathered] = {}
        for held in self._within(where):
            found |= held
        if len(found) <= CANDIDATES:
            return [found[n] for n in sorted(found)]
        return [found[n] for n in nearest([self._marks[n] for n in found], where.day.toordinal())]

    def _within(self, where: Whereabouts) -> Iterator[dict[int, Gathered]]:
        for cell in where.sought:
            buckets = self._held.get(cell)
            if buckets is None:
                continue
            span = where.buckets or ()
            wanted: Iterable[int] = span if len(span) <= len(buckets) else [n for n in buckets if n in span]
            yield from (buckets[n] for n in wanted if n in buckets)
            if UNDATED in buckets:
                yield buckets[UNDATED]


def nearest(marks: list[int], day: int) -> list[int]:
    """The incidents of these marks that are nearest to a day, the nearest first; those of one distance in the
    order of their numbers. Who has no day is near to all."""
    marks.sort()
    dated, middle = bisect_left(marks, 0), bisect_left(marks, day << BITS)
    first = max(dated, middle - CANDIDATES)
    if first < middle:  # all of that day, as the least numbers come first
        first = bisect_left(marks, marks[first] >> BITS << BITS, dated, middle)
    near = [(0, mark & NUMBER) for mark in marks[:dated]]
    near += [(abs((mark >> BITS) - day), mark & NUMBER) for mark in marks[first : middle + CANDIDATES]]
    near.sort()
    return [n for _, n in near[:CANDIDATES]]


def _cells(sketch: Sketch, places: Atlas, around: int) -> tuple[Cell, ...]:
    return tuple((sketch.type, each) for each in dict.fromkeys(_where(sketch, places, around)))


def _where(sketch: Sketch, places: Atlas, around: int) -> Iterator[str]:
    """Keys of where a sketch is: places by id and by half degrees, else countries."""
    yield from (f"site {site}" for site in sorted(sketch.sites))
    for town in sorted(sketch.towns or sketch.scene):
        yield town
        yield from places.beside(town)
        point = places.get(town)
        if point and point.lat is not None and point.lon is not None:
            row, column = round(point.lat * 2), round(point.lon * 2)
            steps = range(-around, around + 1)
            yield from (f"{row + i},{column + j}" for i in steps for j in steps)
    named = sketch.regions | sketch.towns | sketch.scene
    countries = sorted({country for each in named if (country := _country(each, places))})
    yield from countries
    yield from (f"in {each}" for each in sorted(sketch.regions) if _country(each, places) is None)
    if not countries and sketch.land:
        yield f"in {sketch.land}"


def _country(place: str, places: Atlas) -> str | None:
    known = places.get(place)
    return f"in {known.country}" if known and known.country else None


def _span(sketch: Sketch) -> tuple[dt.date, dt.date] | None:
    """Days that an incident of this sketch may be filed under."""
    when, margin = parse_when(sketch.when), dt.timedelta(TOLD_WITHIN)
    if when and when.earliest and when.latest:
        return when.earliest - dt.timedelta(1), min(when.latest, when.earliest + 3 * margin) + margin
    if sketch.told is None:
        return None
    before = dt.timedelta(LATER) if sketch.towns or sketch.sites else margin
    return sketch.told - before, sketch.told + margin


def _buckets(span: tuple[dt.date, dt.date]) -> tuple[int, int]:
    return span[0].toordinal() // BUCKET, span[1].toordinal() // BUCKET + 1
