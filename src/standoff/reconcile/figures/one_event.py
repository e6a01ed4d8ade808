"""The one event that a record is about, where it is about one: whose toll a count without a place is."""

from __future__ import annotations

from collections import defaultdict

from standoff.model import Incident
from standoff.model.when import first_day, last_day
from standoff.reconcile.figures import scope
from standoff.reconcile.figures.asked import Asked
from standoff.reconcile.shelf import Shelf

AFTERWARDS = 7
"""Days after an event of which counts of its harm may be dated."""
FEWEST = 3
"""Reports that must tell of one event before others are taken to tell of it."""


def of_the_one_event(shelf: Shelf, asked: list[Asked]) -> list[Asked]:
    """Where nearly all reports that say where people were harmed tell of one place, counts of harm without a
    place of their own are of the event there that most tell of; not where their words give another time."""
    places: dict[str, set[str]] = defaultdict(set)
    events: dict[tuple[str, str], set[str]] = defaultdict(set)
    for each in asked:
        known = shelf.incidents.get(each.subject.incident or "")
        if known and known.place and each.subject.role in scope.HARM:
            places[known.place].add(each.page.report.id)
            events[known.place, known.id].add(each.page.report.id)
    told = set[str]().union(*places.values())
    place = max(sorted(places), key=lambda each: len(places[each]), default="")
    if len(places[place]) < FEWEST or 3 * len(places[place]) < 2 * len(told):
        return asked
    _, lead = max(sorted(each for each in events if each[0] == place), key=lambda each: len(events[each]))
    event = shelf.incidents[lead]
    return [each.moved(incident=lead) if _may_be_of(shelf, each, event) else each for each in asked]


def _may_be_of(shelf: Shelf, each: Asked, event: Incident) -> bool:
    """Whether a count of harm says neither where nor of which day it is, and is told after an event began."""
    if each.subject.role not in scope.HARM or each.subject.place or each.subject.modality != "actual":
        return False
    known = shelf.incidents.get(each.subject.incident or "")
    if known is not None and (known.place or (known.when and not _meet(known, event))):
        return False
    if scope.told_since(each.page, each.quantity):
        return False
    if scope.of_somewhere_else(shelf, each.page, each.quantity, event.place):
        return False
    began, counted = first_day(event.when), last_day(each.quantity.as_of)
    return began is None or counted is None or counted >= began


def _meet(one: Incident, other: Incident) -> bool:
    """Whether words that give an incident's time may be of another: none, or up to some days after it, as
    what was found, counted or died of later is dated so."""
    mine, theirs = first_day(one.when), first_day(other.when)
    return mine is None or theirs is None or -1 <= (mine - theirs).days <= AFTERWARDS
