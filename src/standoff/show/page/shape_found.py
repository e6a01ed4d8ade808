"""The shapes of what is found in the record: events, places, hits of a search, entries of the log.

Unknown is null; spans count code points of a text layer.
"""

from __future__ import annotations

import msgspec

from standoff.model import Span, Spans
from standoff.show.brief.shape_words import Words


class EventLine(msgspec.Struct, frozen=True, kw_only=True):
    """Something told to have happened: the words of its first telling, and on which days it can have been.

    ``place`` is a place's id, ``told`` how many tellings there are, ``dispute`` a dispute about its incident.
    ``bounds`` says whether the days are by the dates told ("stated") or only by when it was told ("told");
    ``dates`` are the different dates that the tellings give (EDTF).
    """

    id: str
    text: str
    when: str | None
    earliest: str | None
    latest: str | None
    bounds: str
    dates: tuple[str, ...]
    dates_agree: bool
    incident: str | None
    place: str | None
    place_name: str | None
    dispute: str | None
    source: str
    modality: str
    polarity: str
    report: str
    span: Span
    told: int


class Mark(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """An event as a mark on the time axis and the map: number in the timeline, first and last day, place,
    incident and dispute by their ids. A list in JSON, since there are many."""

    n: int
    earliest: str | None
    latest: str | None
    place: str | None
    incident: str | None
    dispute: str | None


class Events(msgspec.Struct, frozen=True, kw_only=True):
    """Some of the events, and how many fit what was asked for.

    ``days`` are the first days (else the last) on which those can have been, each with how many; events that
    no day is known of are in none.
    """

    total: int
    days: tuple[tuple[str, int], ...]
    events: tuple[EventLine, ...]


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """One telling of an event: whose words, which date they give (EDTF), when it was said and published.

    ``copy`` is true where the same origin told it before: a wire story in another paper."""

    source: str
    when: str | None
    said: str | None
    published: str | None
    modality: str
    polarity: str
    copy: bool
    words: Words


class EventView(msgspec.Struct, frozen=True, kw_only=True):
    """An event with all its tellings, in the order of telling."""

    event: EventLine
    tellings: tuple[Telling, ...]


class PlaceLine(msgspec.Struct, frozen=True, kw_only=True):
    """A place: WGS84 degrees (null where unknown), radius of uncertainty in km, what is told of it."""

    id: str
    name: str
    country: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    feature: str | None
    mentions: int
    reports: int
    events: int
    disputes: int


class Places(msgspec.Struct, frozen=True, kw_only=True):
    """All places, and how many events no place is known of."""

    places: tuple[PlaceLine, ...]
    unplaced: int


class Happening(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of the log in words. ``undone_by`` is the entry that took a review back."""

    entry: int
    at: str
    kind: str
    by: str | None
    action: str | None
    text: str
    quotes: tuple[str, ...]
    changed: dict[str, str]
    why: str | None
    report: str | None
    spans: Spans
    undoes: int | None
    undone_by: int | None


class History(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the log, newest first; ``total`` counts those of the kinds asked for.

    For the sliders: ``days`` are the last entry of each day, ``published`` the days on which reports were
    published, each with how many, ``undated`` how many have no date.
    """

    total: int
    happenings: tuple[Happening, ...]
    days: tuple[tuple[str, int], ...]
    kinds: dict[str, int]
    published: tuple[tuple[str, int], ...] = ()
    undated: int = 0


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """Something that a search found: ``pieces`` are its words, each with whether it is what was sought."""

    kind: str
    id: str
    title: str
    report: str | None
    publisher: str | None
    published: str | None
    party: str | None
    pieces: tuple[tuple[str, bool], ...]
    span: Span | None


class Hits(msgspec.Struct, frozen=True, kw_only=True):
    """What a search found, best first, and how many there are of each kind.

    ``publishers`` and ``parties`` are those that most of it is from, with how much.
    """

    total: int
    kinds: dict[str, int]
    publishers: dict[str, int]
    parties: dict[str, int]
    hits: tuple[Hit, ...]
