"""The timeline: what is said to have happened, each event once, in an order that admits its doubts."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

import msgspec

from standoff.model import Axes, Claim, Quantity, TimelineItem, TimelineTold
from standoff.model.ids import derived_id
from standoff.model.spans import contains
from standoff.model.when import last_day
from standoff.reconcile.accounts import claim_span
from standoff.reconcile.moments import day_of, precision, starts_after
from standoff.reconcile.prose import sentence_around
from standoff.reconcile.shelf import Page, Shelf
from standoff.reconcile.tables.cited import source_of
from standoff.reconcile.tables.heads import head_noun
from standoff.reconcile.tables.spread import Spread, common, places, spread_of, told_spread
from standoff.reconcile.wording import WORD

IDLE = frozenset({"STATE", "ACCUSE", "CONSULT", "TERM"})
"""Types that tell no event by themselves: on the timeline only with a date. Terms stand with their deal."""
EVENTS = frozenset(
    {"killed", "injured", "casualties", "detained", "kidnapped", "released", "displaced", "evacuated",
     "arrived", "left", "supplied"}
)  # fmt: skip
"""Roles of counts that something happened to. A count of who is there needs a date of its own."""
REAL = {"actual": 0, "historical": 1}
SHORT = 60
"""Characters below which a clause is shown in its sentence."""


@dataclass(frozen=True)
class Telling:
    """One claim or count as told, with what it may be joined by."""

    told: TimelineTold
    page: Page
    incident: str | None
    type: str | None
    mode: str | None
    keys: frozenset[str]

    @property
    def order(self) -> tuple[str, str, int, str]:
        """By publication, report and place in the text."""
        return self.told.published or "9999", self.told.report, self.told.span[0], self.told.annotation


def find_timeline(shelf: Shelf, axes: Axes) -> list[TimelineItem]:
    """One item an event, sorted by its first possible day, then publication and id.

    Tellings are one event where the record holds them to be of one incident and they hit the same or by
    the same means, where one lies within the words of another, or where the words are copies of one origin.
    """
    until = last_day(axes.as_of)
    pages = [shelf.of_page(page, "timeline", partial(_page, shelf, page, until)) for page in shelf.pages]
    made = [
        shelf.kept.of(("event", _known_by(members)), members, partial(_placed, members))
        for members in _events(pages)
    ]
    made.sort(key=lambda each: each[1])
    return [
        item if (item.place_first, item.place_last) == (first, last)
        else msgspec.structs.replace(item, place_first=first, place_last=last)
        for (item, _, _), (first, last) in zip(made, places([spread for _, _, spread in made]), strict=True)
    ]  # fmt: skip


@dataclass(frozen=True)
class _Told:
    """The tellings of one page; for each the words by which copies are known; which lie within which."""

    tellings: list[Telling]
    copies: list[tuple[str, ...]]
    within: list[tuple[int, int]]


def _page(shelf: Shelf, page: Page, until: dt.date | None) -> _Told:
    found = [
        each
        for each in _of_page(shelf, page)
        if not starts_after(each.told.when or each.told.published, until)
    ]
    return _Told(found, [_copied(each.told) for each in found], list(_within(found)))


def _copied(told: TimelineTold) -> tuple[str, ...]:
    words = " ".join(WORD.findall(told.text))  # copies differ in their quotation marks
    return "copy", told.origin, words, told.when or "", told.modality, told.polarity


def _known_by(members: list[Telling]) -> tuple[str, str]:
    return members[0].told.report, members[0].told.annotation


def _placed(members: list[Telling]) -> tuple[TimelineItem, _Order, Spread]:
    item = _item(members)
    return item, _order(item), _spread(item)


# -- tellings ----------------------------------------------------------------------------------------


def _of_page(shelf: Shelf, page: Page) -> Iterator[Telling]:
    """Claims of a report, and counts of what happened that no claim holds, each within the widest words."""
    told: set[str] = set()
    for claim in page.reading.claims:
        telling = _of_claim(shelf, page, claim)
        if telling is not None:
            told.update(claim.quantities)
            yield telling
    for quantity in page.reading.quantities:
        if quantity.id not in told and _happened(page, quantity):
            yield _of_quantity(shelf, page, quantity)


def _happened(page: Page, quantity: Quantity) -> bool:
    """Whether a count tells of an event: by its role, or by a date other than that of the telling."""
    if not quantity.as_of or quantity.role in {None, "other"}:
        return False
    return quantity.role in EVENTS or _date_of(page, quantity) is not None


def _date_of(page: Page, quantity: Quantity) -> str | None:
    """The date that a count has of its own; that of its telling is none."""
    statement = page.statements.get(quantity.statement or "")
    told = {page.published, statement.said if statement else None}
    return None if quantity.as_of in told else quantity.as_of


def _of_claim(shelf: Shelf, page: Page, claim: Claim) -> Telling | None:
    span = claim_span(page, claim)
    if span is None or (claim.type in IDLE and claim.when is None):
        return None
    hit = frozenset(f"hit:{noun}" for each in claim.targets if (noun := head_noun(each.name)))
    means = frozenset({f"by:{claim.mode}"} if claim.mode and claim.mode != "harm" else ())
    return Telling(
        _told(shelf, page, span, claim.id, claim.when, claim.statement, claim.modality, claim.polarity),
        page,
        shelf.incident(claim.id, claim.incident),
        claim.type,
        claim.mode,
        hit | means,
    )


def _of_quantity(shelf: Shelf, page: Page, quantity: Quantity) -> Telling:
    span = sentence_around(page.text, (quantity.start, quantity.end))
    polarity = "denied" if quantity.negated else "affirmed"
    noun = head_noun(quantity.what or "")
    when = _date_of(page, quantity)
    return Telling(
        _told(shelf, page, span, quantity.id, when, quantity.statement, "actual", polarity),
        page,
        shelf.incident(quantity.id, quantity.incident),
        None,
        quantity.role,
        frozenset({f"hit:{noun}"} if noun else ()),
    )


def _told(
    shelf: Shelf,
    page: Page,
    span: tuple[int, int],
    annotation: str,
    when: str | None,
    statement: str | None,
    modality: str,
    polarity: str,
) -> TimelineTold:
    said = page.statements[statement].said if statement in page.statements else None
    return TimelineTold(
        report=page.report.id,
        span=span,
        text=page.text[span[0] : span[1]],
        source=source_of(shelf, page, statement),
        when=when,
        said=said,
        published=page.published,
        statement=statement,
        annotation=annotation,
        modality=modality,
        polarity=polarity,
        origin=page.origin,
    )


# -- events ------------------------------------------------------------------------------------------


class _Joined:
    """Which tellings are one event: a union of those that share a key."""

    def __init__(self, size: int) -> None:
        self._above = list(range(size))
        self._holder: dict[tuple[str, ...], int] = {}

    def root(self, at: int) -> int:
        """The first telling of the event that ``at`` is part of."""
        while self._above[at] != at:
            self._above[at] = self._above[self._above[at]]
            at = self._above[at]
        return at

    def join(self, a: int, b: int) -> None:
        """Make two events one."""
        first, second = sorted((self.root(a), self.root(b)))
        self._above[second] = first

    def by(self, key: tuple[str, ...], at: int) -> None:
        """Join a telling to the first that has this key."""
        self.join(self._holder.setdefault(key, at), at)


def _events(pages: list[_Told]) -> Iterable[list[Telling]]:
    tellings = [each for page in pages for each in page.tellings]
    joined = _Joined(len(tellings))
    for at, (each, copied) in enumerate(
        zip(tellings, (c for page in pages for c in page.copies), strict=True)
    ):
        joined.by(copied, at)
        if each.incident:
            for key in each.keys or {"bare"}:
                joined.by(("incident", each.incident, key), at)
    start = 0
    for page in pages:
        for inner, outer in page.within:
            joined.join(start + inner, start + outer)
        start += len(page.tellings)
    events: dict[int, list[Telling]] = defaultdict(list)
    for at, each in enumerate(tellings):
        events[joined.root(at)].append(each)
    return (sorted(members, key=lambda each: each.order) for members in events.values())


def _within(tellings: list[Telling]) -> Iterator[tuple[int, int]]:
    """Tellings of one report whose words lie in those of the one before them in the text, with
    nothing of their own to say of when, of an incident, or of whether it happened."""
    outer = None
    for at in sorted(
        range(len(tellings)), key=lambda at: (tellings[at].told.span[0], -tellings[at].told.span[1])
    ):
        if outer is not None and _part_of(tellings[at], tellings[outer]):
            yield at, outer
        elif outer is None or tellings[at].told.span[1] > tellings[outer].told.span[1]:
            outer = at


def _part_of(inner: Telling, outer: Telling) -> bool:
    if not contains(outer.told.span, inner.told.span):
        return False
    if inner.told.when not in {None, outer.told.when} or inner.told.polarity != outer.told.polarity:
        return False
    if inner.incident and outer.incident and inner.incident != outer.incident:
        return False
    # What was agreed or asked for is planned: its clause is no event beside the agreement that holds it.
    return inner.told.modality == outer.told.modality or inner.told.modality in {"planned", "demanded"}


# -- items -------------------------------------------------------------------------------------------


def _item(members: list[Telling]) -> TimelineItem:
    """One item for the tellings of one event: the words of the first that gives its date and is no denial."""
    real = min(REAL.get(each.told.modality, 2) for each in members)
    lead = min(
        members,
        key=lambda each: (
            REAL.get(each.told.modality, 2) != real,
            each.told.polarity == "denied",
            each.type is None,
            each.told.when is None,
            each.order,
        ),
    )
    # The day as of which a toll stands is no date of the event, where a claim tells of the event itself.
    dated = [each for each in members if each.type] or members
    dates = tuple(dict.fromkeys(each.told.when for each in dated if each.told.when))
    stated, agree = common(spread_of(when) for when in dates)
    first_told = min((day for each in members if (day := _day_told(each))), default=None)
    spread = stated if dates and stated.anchor else told_spread(first_told, lead.told.modality)
    told = lead.told
    span = _readable(lead)
    return TimelineItem(
        id=derived_id("tl", told.report, told.annotation),
        incident=lead.incident,
        when=told.when,
        precision=precision(told.when),
        said=told.said,
        published=told.published,
        text=lead.page.text[span[0] : span[1]],
        report=told.report,
        span=span,
        statement=told.statement,
        modality=told.modality,
        polarity=told.polarity,
        type=lead.type,
        mode=lead.mode,
        earliest=spread.earliest.isoformat() if spread.earliest else None,
        latest=spread.latest.isoformat() if spread.latest else None,
        bounds="stated" if dates and stated.anchor else "told",
        dates=dates,
        dates_agree=agree,
        reports=tuple(dict.fromkeys(each.told.report for each in members)),
        told=tuple(each.told for each in members),
    )


def _readable(telling: Telling) -> tuple[int, int]:
    """The words of a telling; its whole sentence where they are a few words that nobody can read alone."""
    span = telling.told.span
    return sentence_around(telling.page.text, span) if span[1] - span[0] < SHORT else span


def _day_told(each: Telling) -> dt.date | None:
    return day_of(each.told.said, each.told.published)


def _spread(item: TimelineItem) -> Spread:
    return Spread(spread_of(item.earliest).earliest, spread_of(item.latest).latest)


_Order = tuple[bool, str, str, str, str, int, str]


def _order(item: TimelineItem) -> _Order:
    anchor = item.earliest or item.latest
    return (
        anchor is None,
        anchor or "",
        item.latest or "9999",
        item.published or "9999",
        item.report,
        item.span[0],
        item.id,
    )
