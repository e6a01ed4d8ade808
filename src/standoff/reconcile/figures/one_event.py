"""The one event that a record is about, where it is about one: whose toll a count without a place is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from standoff.model import Incident
from standoff.model.when import first_day, last_day
from standoff.reconcile.figures import scope
from standoff.reconcile.figures.asked import Asked
from standoff.reconcile.prose import sentence_around
from standoff.reconcile.shelf import Shelf

AFTERWARDS = 7
"""Days after an event of which counts of its harm may be dated."""
OF_EVENT = scope.HARM | {"destroyed", "kidnapped"}
"""Roles whose counts are of one event."""
WRITTEN = re.compile(r"[^\n.;]{0,60}?\s(?:-{1,2}|–|—)\s")
"""Behind a place that opens a paragraph: the report was written there."""
FEWEST = 3
"""Reports that must tell of one event before others are taken to tell of it."""


def of_the_one_event(
    shelf: Shelf, asked: list[Asked], parted: Sequence[frozenset[str]] = ()
) -> tuple[list[Asked], Incident | None]:
    """The counts with that event, and the event, if there is one.

    Where nearly all reports that say where people were harmed tell of one place, counts of harm without a
    place of their own are of the event there that most tell of; not where their words give another time.
    Where nearly all that tell of harm in a town tell of one event there, so are its counts without a day.
    What a person set apart (``parted``) stays apart.
    """
    places: dict[str, set[str]] = defaultdict(set)
    named: dict[str, set[str]] = defaultdict(set)
    telling: set[str] = set()
    events: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for each in asked:
        known = shelf.incidents.get(each.subject.incident or "")
        if known and each.subject.role in scope.HARM:
            telling.add(each.page.report.id)
        if known and known.place and each.subject.role in scope.HARM:
            places[known.place].add(each.page.report.id)
            events[known.place][known.id].add(each.page.report.id)
            if not _only_inferred(shelf, each, known):
                named[known.place].add(each.page.report.id)
    alone = _lead(places) or _told_of(places, named, telling)
    here = shelf.incidents[_most(events[alone])] if alone else None
    there = {place: lead for place in sorted(events) if (lead := _event_of(shelf, events[place]))}

    sole = here is not None and there.get(here.place or "") is here
    land = scope.land_of(shelf, here.place) if here else None

    def moved(each: Asked) -> Asked:
        if here is not None and _may_be_of(shelf, each, here, sole, land):
            return each if _set_apart(shelf, each, here, parted) else each.moved(incident=here.id)
        known = shelf.incidents.get(each.subject.incident or "")
        town = each.subject.place if known is None else known.place if known.when is None else None
        lead = there.get(town or "")
        if lead is None or not _told_after(each, lead) or _set_apart(shelf, each, lead, parted):
            return each
        return each.moved(incident=lead.id, place=None)

    return [moved(each) for each in asked], here


def _set_apart(shelf: Shelf, each: Asked, event: Incident, parted: Sequence[frozenset[str]]) -> bool:
    """Whether a person set the count, or the incident that it was taken for, apart from an event."""
    if not parted:
        return False
    known = shelf.incidents.get(each.subject.incident or "")
    mine = {each.quantity.id, *(known.claims + known.quantities if known else ())}
    theirs = {*event.claims, *event.quantities}
    return any(group & mine and group & theirs for group in parted)


def _event_of(shelf: Shelf, events: dict[str, set[str]]) -> Incident | None:
    """The dated event of a town that nearly all reports tell of which tell of a dated one there."""
    dated = {event: reports for event, reports in events.items() if shelf.incidents[event].when}
    lead = _lead(dated)
    if not lead:
        return None
    return None if _is_wide(shelf, shelf.incidents[lead].place) else shelf.incidents[lead]


def _is_wide(shelf: Shelf, place: str | None) -> bool:
    known = shelf.places.get(place or "")
    return known is not None and known.feature in scope.WIDE


def _lead(told: Mapping[str, set[str]]) -> str:
    """Of places or events with the reports that tell of them, the one that at least two thirds do; ""."""
    every = set[str]().union(*told.values())
    most = _most(told)
    return most if len(told.get(most, ())) >= FEWEST and 3 * len(told[most]) >= 2 * len(every) else ""


def _told_of(places: Mapping[str, set[str]], named: Mapping[str, set[str]], telling: set[str]) -> str:
    """The place that two fifths of all reports which tell of harm tell of, where few name another as the
    scene and none is named by several: what stands elsewhere by inference alone speaks for none; ""."""
    most = _most(places)
    here = places.get(most, set[str]())
    others = [reports for place, reports in named.items() if place != most]
    elsewhere = set[str]().union(*others) - here
    if any(len(reports) >= FEWEST for reports in others) or 2 * len(elsewhere) > len(here):
        return ""
    return most if len(here) >= FEWEST and 5 * len(here) >= 2 * len(telling) else ""


def _most(told: Mapping[str, set[str]]) -> str:
    return max(sorted(told), key=lambda each: len(told[each]), default="")


def _told_after(each: Asked, event: Incident) -> bool:
    """Whether a count of harm, as a fact and not since some time, may be of an event by when it is told."""
    if each.subject.role not in OF_EVENT or each.subject.modality != "actual":
        return False
    if scope.told_since(each.page, each.quantity):
        return False
    began, counted = first_day(event.when), last_day(each.quantity.as_of)
    return began is None or counted is None or counted >= began


def _may_be_of(shelf: Shelf, each: Asked, event: Incident, alone: bool, land: str | None) -> bool:
    """Whether a count of harm says neither where nor of which day it is, and is told after an event began;
    ``alone`` says that the event's place, in the country ``land``, is told to have had no other."""
    if each.subject.place or not _told_after(each, event):
        return False
    known = shelf.incidents.get(each.subject.incident or "")
    if known is not None and known.when and not _meet(known, event):
        return False
    if known is not None and known.place and not _holds(shelf, known.place, land):
        other = known.place == event.place and not alone
        if other or _is_wide(shelf, event.place) or not _only_inferred(shelf, each, known):
            return False
    return not scope.of_somewhere_else(shelf, each.page, each.quantity, event.place, land)


def _holds(shelf: Shelf, place: str, land: str | None) -> bool:
    """Whether a place is the country that an event's own place lies in, or a wide part of it."""
    known = shelf.places.get(place)
    return known is not None and land is not None and known.country == land and _is_wide(shelf, place)


def _only_inferred(shelf: Shelf, each: Asked, known: Incident) -> bool:
    """Whether few reports tell of an incident, and the count's own sentence and the one before it do not name
    the place that it was taken to be at: it stands there by what else its report tells."""
    if len(known.reports) >= FEWEST:
        return False
    page, at = each.page, each.quantity.start
    opens = page.text.rfind("\n", 0, at) + 1
    start, end = sentence_around(page.text, (at, each.quantity.end))
    before = sentence_around(page.text, (start - 2, start - 1))[0] if start - 2 > opens else start
    return not any(
        before <= place.start
        and place.end <= end
        and shelf.place(page, place.id) == known.place
        and not (place.start == opens and WRITTEN.match(page.text, place.end))
        and not scope.where_they_spoke(page, (place.start, place.end))
        for place in page.reading.places
    )


def _meet(one: Incident, other: Incident) -> bool:
    """Whether words that give an incident's time may be of another: none, or up to some days after it, as
    what was found, counted or died of later is dated so."""
    first, last, began = first_day(one.when), last_day(one.when), first_day(other.when)
    if first is None or last is None or began is None:
        return True
    return (last - began).days >= -1 and (first - began).days <= AFTERWARDS
