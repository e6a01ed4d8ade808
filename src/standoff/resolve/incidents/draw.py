"""Sketches of single claims, and of counts of harm that no claim holds."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from standoff.model import Actor, Claim, Place, Quantity, Reading, Span
from standoff.model.spans import hull
from standoff.model.when import first_day, last_day
from standoff.resolve.counted import GENERIC, noun_class, of_what
from standoff.resolve.incidents.scenes import Where
from standoff.resolve.incidents.sketch import Sketch, Tally, Telling
from standoff.resolve.incidents.words import at_night, died_later, kinds_in, several, spots_in

KINDS = frozenset({"ASSAULT", "COERCE", "PROTEST", "AGREE"})
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
OWN = re.compile(r"^p-(?:its|their|our|his|her)-")
BESIDE = 60
"""Code points behind a count within which a place is its own."""
SATURDAY, WEEK = 5, 7
LONG_AGO = 20
"""Days before the report from which on the time of a count tells another occurrence apart."""


def is_harm(claim: Claim) -> bool:
    """Whether a claim tells of an occurrence that incidents are made of."""
    return claim.type in KINDS or (claim.type == "STATE" and claim.mode == "harm")


def draw(
    reading: Reading, claim: Claim, where: Where, nouns: Mapping[str, str], tolls: Mapping[str, str]
) -> Sketch:
    """The sketch of a single claim. ``nouns`` holds the class of what each quantity counts, ``tolls`` the
    role of each count of people harmed."""
    towns, regions = where.of(reading, claim)
    if not towns and not where.narrow(reading, regions):  # "marched in Zarim over a raid in Osk district"
        towns = _near(reading, claim.evidence[0][0], where)
    words = where.told(reading.report, hull(claim.evidence))
    counted = frozenset(nouns[each] for each in claim.quantities if each in nouns)
    return Sketch(
        report=reading.report,
        type="ASSAULT" if claim.type == "STATE" else claim.type,
        mode=None if claim.mode == "harm" else claim.mode,
        when=_told_when(reading, claim, where),
        towns=towns,
        regions=regions,
        kinds=kinds_in(where.words(reading.report, claim)) or kinds_in(words),
        sites=where.sites(words),
        actors=_keys(claim.actors),
        targets=_keys((*claim.targets, *claim.recipients)) | (counted - GENERIC) | spots_in(words),
        claims=[Telling(claim.id, claim.evidence[0][0], claim.mode, claim.modality, claim.polarity)],
        counts=[],
        start=claim.evidence[0][0],
        told=first_day(reading.published),
        scene=_scene(reading, claim.evidence[0][0], where),
        harm=frozenset(tolls[each] for each in claim.quantities if each in tolls),
        several=several(words),
        night=at_night(words),
    )


def draw_count(reading: Reading, count: Quantity, where: Where, nouns: Mapping[str, str]) -> Sketch:
    """The sketch of a count of harm that no claim holds, by the sentence it stands in."""
    start, end = where.sentence(reading.report, (count.start, count.end))
    words = where.texts.get(reading.report, "")[start:end]
    usable = where.usable(reading)
    named = [usable[count.place]] if count.place in usable else []
    inside = [place for place in usable.values() if start <= place.start and place.end <= end]
    towns, regions = where.sorted(named or inside)
    noun = nouns.get(count.id)
    return Sketch(
        report=reading.report,
        type="ASSAULT",
        mode=None,
        when=_long_ago(reading, count),
        towns=towns if named or len(towns) == 1 else _near(reading, count.start, where),
        regions=regions,
        kinds=kinds_in(words),
        sites=where.sites(words),
        actors=frozenset(),
        targets=(frozenset({noun}) - GENERIC if noun else frozenset()) | spots_in(words),
        claims=[],
        counts=[Tally(count.id, count.start)],
        start=count.start,
        told=first_day(reading.published),
        scene=_scene(reading, count.start, where),
        harm=frozenset({count.role or ""}),
        several=several(words) and not _of_one_place(count, named, where.texts.get(reading.report, "")),
    )


def _of_one_place(count: Quantity, named: Sequence[Place], text: str) -> bool:
    """Whether a count has a place of its own, where its sentence sums up: "12 in the yard in Zarim"."""
    return any(
        0 <= place.start - count.end < BESIDE and "," not in text[count.end : place.start] for place in named
    )


def _near(reading: Reading, at: int, where: Where) -> frozenset[str]:
    """The town that the paragraph speaks of."""
    town = where.focus(reading, at)
    return frozenset({town}) if town else frozenset()


def _scene(reading: Reading, at: int, where: Where) -> frozenset[str]:
    """The town that the report spoke of last."""
    town = where.focus(reading, at, paragraph=False)
    return frozenset({town}) if town else frozenset()


def _long_ago(reading: Reading, count: Quantity) -> str | None:
    """The time of a count, where it lies so far back that it can be no later count of the same."""
    when, told = last_day(count.as_of), first_day(reading.published)
    return count.as_of if when and told and (told - when).days > LONG_AGO else None


def _told_when(reading: Reading, claim: Claim, where: Where) -> str | None:
    """When a claim says it was; what was told before it was has a date misread."""
    first, told = first_day(claim.when), last_day(reading.published)
    if first and told and first > told + dt.timedelta(1):
        return None
    if died_later(where.words(reading.report, claim)):
        return None  # the day is that of a death, not of what caused it
    if claim.when:
        return _to_the_weekend(claim.when, told)
    return _only_day(reading, claim.evidence) or _day_of_counts(reading, claim, where)


def _to_the_weekend(when: str, told: dt.date | None) -> str:
    """A week as it is meant: at its end the days just past are "last week", too."""
    first, last = first_day(when), last_day(when)
    if "/" not in when or told is None or first is None or last is None or told.weekday() < SATURDAY:
        return when
    week = (last - first).days == WEEK - 1 and 0 < (told - last).days <= WEEK
    return f"{first.isoformat()}/{told.isoformat()}" if week else when


def _day_of_counts(reading: Reading, claim: Claim, where: Where) -> str | None:
    """The day that the counts of a claim are of, where its sentence names that day alone."""
    counted = {each.as_of for each in reading.quantities if each.id in claim.quantities}
    day = _only_day(reading, (where.sentence(reading.report, hull(claim.evidence)),)) if counted else None
    said = {each.said for each in reading.statements if each.id == claim.statement}
    return day if counted == {day} and day not in {*said, reading.published} else None


def _only_day(reading: Reading, spans: Sequence[Span]) -> str | None:
    """The one day, not after the report's, that some words name."""
    days = {
        time.edtf[:10]
        for time in reading.times
        if time.edtf and DAY.match(time.edtf) and "/" not in time.edtf
        and any(start <= time.start and time.end <= end for start, end in spans)
    }  # fmt: skip
    told = {day for day in days if reading.published is None or day <= reading.published}
    return told.pop() if len(days) == 1 and told else None


def _keys(actors: tuple[Actor, ...]) -> frozenset[str]:
    """Party ids, and classes of the nouns that name nobody in particular; "37" and "people" name nobody."""
    found = set()
    for actor in actors:
        words = of_what(actor.name)
        noun = noun_class(words)
        if words and noun not in GENERIC:
            found.add(noun or _whose_own(actor) or head(words))
    return frozenset(found)


def _whose_own(actor: Actor) -> str | None:
    """The party's id; "its air force" is an air force."""
    bare = OWN.sub("", actor.party_id or "")
    return bare or None


def head(words: str) -> str:
    """The head noun of what was hit; "the envoy's residence" is a residence."""
    return f"thing:{words.casefold().split(' of ')[0].rsplit(' ', 1)[-1]}"
