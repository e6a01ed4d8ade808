"""The inputs laid out for look-up: one `Page` a report, in an order that names cannot change."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

import msgspec

from standoff import vocab
from standoff.model import (
    Actor,
    Claim,
    Group,
    Incident,
    Party,
    Place,
    PlaceReferent,
    Quantity,
    Reading,
    Referents,
    Report,
    Span,
    Statement,
)
from standoff.model.ids import slug
from standoff.reconcile.kept import Fresh, Lookup, Note, Watched, Workings, differing

T = TypeVar("T")


@dataclass(frozen=True)
class Page:
    """One report with its reading, statements and quantities by id."""

    report: Report
    reading: Reading
    origin: str
    published: str | None
    statements: dict[str, Statement]
    quantities: dict[str, Quantity]
    claims: dict[str, Claim]
    places: dict[str, Place]
    mention_at: dict[Span, str]
    claim_of: dict[str, Claim]
    note: Note = field(default_factory=Note, compare=False, repr=False)

    @cached_property
    def text(self) -> str:
        """The text layer."""
        return self.report.text

    @cached_property
    def own_voice(self) -> Statement | None:
        """The statement that holds what the report tells in its own voice."""
        return next((each for each in self.reading.statements if each.voice == "report"), None)

    @property
    def publisher(self) -> str | None:
        """Who published the report, when known."""
        return self.report.publisher.value


@dataclass
class Shelf:
    """All pages and referents, with the maps that every module asks."""

    pages: list[Page]
    referents: Referents
    kept: Workings = field(default_factory=Fresh, compare=False, repr=False)
    worded: list[Page] = field(default_factory=list, compare=False, repr=False)
    """The pages, for what rests on no count: a page of which only counts changed is the same as before.
    Which counts its claims hold must not be asked of it."""
    parties: Mapping[str, Party] = field(init=False)
    _by_name: dict[str, str] = field(init=False)
    _principal: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.parties = {party.id: party for party in self.referents.parties}
        self._by_name = {}
        self._principal = {}
        for party in self.referents.parties:
            for name in (party.name, *party.aliases):
                self._by_name.setdefault(slug(name), party.id)
        for row in vocab.load("party_aliases")["party"]:
            if known := self._by_name.get(slug(row["name"])):
                for form in row["forms"]:
                    self._by_name.setdefault(slug(form), known)
        self.groups: Mapping[str, Group] = {group.id: group for group in self.referents.groups}
        self.incidents: Mapping[str, Incident] = {
            incident.id: incident for incident in self.referents.incidents
        }
        self.places: Mapping[str, PlaceReferent] = {place.id: place for place in self.referents.places}
        self._outlet = _outlets(self.pages)
        self.worded = self.worded or list(self.pages)
        self.origin_names = {origin.id: origin.name for origin in self.referents.origins}
        self._now = {page.report.id: page for page in self.pages}
        if not isinstance(self.kept, Fresh):
            self._watch()

    def _watch(self) -> None:
        """Look-ups are noted from here on."""
        self._called: dict[str, str] = {}
        watch, plain = self.kept.watch, self.referents
        self._tables: dict[str, Mapping[str, Any]] = {
            "parties": self.parties,
            "groups": self.groups,
            "incidents": self.incidents,
            "places": self.places,
            "outlet": self._outlet,
            **{name: getattr(plain, name) for name in MAPS},
        }
        watched = {name: Watched(name, table, watch) for name, table in self._tables.items()}
        self.parties, self.groups = watched["parties"], watched["groups"]
        self.incidents, self.places = watched["incidents"], watched["places"]
        self._outlet = watched["outlet"]
        self.referents = msgspec.structs.replace(plain, **{name: watched[name] for name in MAPS})

    def changed_since(self, before: Shelf) -> Iterator[Lookup]:
        """The look-ups that give another answer than those of an earlier shelf."""
        for name, table in self._tables.items():
            yield from differing(name, before._tables[name], table, ESSENCE.get(name))
        for name in before._called:
            if self._find_party(name) != before._called[name]:
                yield "called", name
        for party in before._principal:
            if self.principal(party) != before._principal[party]:
                yield "principal", party

    def in_words(self) -> Shelf:
        """The same with the pages of `worded`."""
        other = copy(self)
        other.pages = self.worded
        return other

    def now(self, page: Page) -> Page:
        """A page of `worded` with its counts as they are now."""
        return self._now[page.report.id]

    def renew(self) -> None:
        """Put another page, of which nothing is known yet, in the place of each whose look-ups changed."""
        self.pages[:] = [renewed(each, self.kept) for each in self.pages]
        self.worded[:] = [renewed(each, self.kept) for each in self.worded]
        self._now = {each.report.id: each for each in self.pages}

    def of_page(self, page: Page, what: Hashable, work: Callable[[], T]) -> T:
        """What ``work`` gives, worked out once: see `Workings.of_page`."""
        return self.kept.of_page(page.note, what, work)

    def each_of_page(self, page: Page, what: Hashable, work: Callable[[], Iterable[T]]) -> list[T]:
        """All that ``work`` gives, worked out once."""
        return self.kept.of_page(page.note, what, lambda: list(work()))

    def outlet(self, page: Page) -> str | None:
        """Who first published a page's words: of copies, the publisher of the first of them."""
        return self._outlet[page.origin]

    def party_called(self, name: str) -> str:
        """Id of the party of that name or id; a key made of the name when nobody is known by it."""
        if isinstance(self.kept, Fresh):
            return self._find_party(name)
        self.kept.watch.saw("called", name)
        if name not in self._called:
            self._called[name] = self._find_party(name)
        return self._called[name]

    def _find_party(self, name: str) -> str:
        if name in self.parties:
            return name
        key = slug(name)
        return self._by_name.get(key, key)

    def speaker(self, statement: Statement) -> str | None:
        """Party id of a statement's source, or None for own voice and for a source that is unclear."""
        if statement.voice == "report" or statement.party is None:
            return None
        known = self.referents.party_of.get(statement.id) or statement.party_id
        return known or self.party_called(statement.party)

    def principal(self, party: str, represents: str | None = None) -> str:
        """Whom a party speaks for, followed to the end; the party itself when it speaks for nobody."""
        if represents is not None:
            party = self.party_called(represents)
        self.kept.watch.saw("principal", party)
        if party not in self._principal:
            seen = [party]
            while (known := self.parties.get(seen[-1])) and known.represents:
                above = self.party_called(known.represents)
                if above in seen:
                    break
                seen.append(above)
            self._principal[party] = seen[-1]
        return self._principal[party]

    def actor(self, page: Page, actor: Actor) -> str:
        """Party id of a participant: by its mention, else by the id or name the claim gives."""
        for span in actor.mentions:
            mention = page.mention_at.get(span)
            if mention and mention in self.referents.party_of:
                return self.referents.party_of[mention]
        if actor.party_id:
            return self.referents.party_of.get(actor.party_id, actor.party_id)
        return self.party_called(actor.name)

    def actors(self, page: Page, actors: Iterable[Actor]) -> tuple[str, ...]:
        """Principals of several participants, in their order, each once."""
        return tuple(dict.fromkeys(self.principal(self.actor(page, each)) for each in actors))

    def name(self, party: str, fallback: str | None = None) -> str:
        """Display name of a party id."""
        known = self.parties.get(party)
        return known.name if known else (fallback or party).removeprefix("thing:")

    def place(self, page: Page, place: str | None) -> str | None:
        """Referent id of a place annotation; its GeoNames id or name when no referent is known."""
        if place is None:
            return None
        known = self.referents.place_of.get(place)
        if known:
            return known
        found = page.places.get(place)
        if found is None:
            return place
        return f"geonames:{found.geonameid}" if found.geonameid else slug(found.canonical or found.name)

    def place_name(self, page: Page | None, place: str | None) -> str | None:
        """Display name of a place: the referent's, else the annotation's, else the words given."""
        if place is None:
            return None
        referent = self.places.get(self.referents.place_of.get(place, place))
        if referent:
            return referent.name
        found = page.places.get(place) if page else None
        return (found.canonical or found.name) if found else place

    def incident(self, annotation: str, given: str | None = None) -> str | None:
        """Incident id of a claim or quantity."""
        return self.referents.incident_of.get(annotation, given)


MAPS = ("party_of", "place_of", "group_of", "incident_of")
"""Tables of the referents that are looked up by annotation."""
ESSENCE: dict[str, Callable[[Any], object]] = {
    "parties": lambda each: (each.name, each.type, each.aliases, each.represents),
    "places": lambda each: msgspec.structs.replace(each, names=(), mentions=(), reports=()),
    "groups": lambda each: msgspec.structs.replace(each, members=()),
    "incidents": lambda each: (
        each.name, each.type, each.mode, each.when, each.place, each.actors, each.targets,
    ),
}  # fmt: skip
"""What work that is kept may ask of a referent: never which reports or annotations it comes from."""


def _outlets(pages: list[Page]) -> Mapping[str, str | None]:
    """Publisher of the first page of each origin; ``pages`` stand in the order of publication."""
    first: dict[str, str | None] = {}
    for page in pages:
        if first.get(page.origin) is None:
            first[page.origin] = page.publisher
    return first


def _choose(readings: Iterable[Reading]) -> dict[str, Reading]:
    """One reading a report: of several, the one whose reader sorts last."""
    chosen: dict[str, Reading] = {}
    for reading in readings:
        held = chosen.get(reading.report)
        mine = (reading.reader.name, reading.reader.version, reading.text_sha256)
        if held is None or mine > (held.reader.name, held.reader.version, held.text_sha256):
            chosen[reading.report] = reading
    return chosen


def lay_out(
    reports: Sequence[Report], readings: Sequence[Reading], referents: Referents, kept: Workings | None = None
) -> Shelf:
    """Pages in order of publication, then report id; undated reports come last.

    With ``kept``, pages of which nothing changed are the same objects as at the view before.
    """
    kept = kept or Fresh()
    chosen = _choose(readings)
    held: dict[str, Page] = kept.last.get("pages", {})
    pages = [
        _page(report, chosen[report.id], referents, held.get(report.id))
        for report in {report.id: report for report in reports}.values()
        if report.id in chosen
    ]
    pages.sort(key=lambda page: (page.published is None, page.published or "", page.report.id))
    if isinstance(kept, Fresh):
        return Shelf(pages, referents, kept)
    shelf = Shelf(pages, referents, kept, _worded(pages, kept.last.get("worded", {})))
    before: Shelf | None = kept.last.get("shelf")
    kept.begin(shelf.changed_since(before) if before else ())
    shelf.renew()
    _let_go(before, shelf)
    remember(shelf)
    return shelf


def remember(shelf: Shelf) -> None:
    """Keep the pages of a shelf for the next view."""
    pages = {each.report.id: each for each in shelf.pages}
    worded = {each.report.id: each for each in shelf.worded}
    shelf.kept.last.update(shelf=shelf, pages=pages, worded=worded)


def _let_go(before: Shelf | None, now: Shelf) -> None:
    """What was worked out of a page holds the page: a page that is left behind forgets it."""
    held = {id(each) for each in (*now.pages, *now.worded)}
    for each in (*before.pages, *before.worded) if before else ():
        if id(each) not in held:
            each.note.held.clear()


def renewed(page: Page, kept: Workings) -> Page:
    """The page; another one, of which nothing is known yet, when its look-ups changed."""
    if kept.still(page.note):
        return page
    page.note.held.clear()
    return replace(page, note=Note())


WORDS = ("statements", "mentions", "places", "times")
"""Layers of a reading that no count is part of; claims may hold some."""


def _worded(pages: Sequence[Page], before: Mapping[str, Page]) -> list[Page]:
    """The pages of before where the report and all layers but the counts are the same objects, else new ones:
    with notes of their own, so that no look-up about a count is among what they rest on."""
    return [
        held
        if (held := before.get(page.report.id)) and _same_words(held, page)
        else replace(page, note=Note())
        for page in pages
    ]


def _same_words(one: Page, other: Page) -> bool:
    same = one.report is other.report and (one.origin, one.published) == (other.origin, other.published)
    same = same and all(getattr(one.reading, name) is getattr(other.reading, name) for name in WORDS)
    return same and _same_claims(one.reading.claims, other.reading.claims)


def _same_claims(some: Sequence[Claim], others: Sequence[Claim]) -> bool:
    """Whether claims differ at most in the counts that they hold."""
    return some is others or (
        len(some) == len(others)
        and all(
            a is b or a == msgspec.structs.replace(b, quantities=a.quantities)
            for a, b in zip(some, others, strict=True)
        )
    )


def _page(report: Report, reading: Reading, referents: Referents, held: Page | None = None) -> Page:
    origin = referents.origin_of.get(report.id, report.id)
    if held and held.report is report and held.reading is reading and held.origin == origin:
        return held
    claim_of: dict[str, Claim] = {}
    for claim in reading.claims:
        for quantity in claim.quantities:
            claim_of.setdefault(quantity, claim)
    return Page(
        report=report,
        reading=reading,
        origin=origin,
        published=reading.published or report.published.value,
        statements={each.id: each for each in reading.statements},
        quantities={each.id: each for each in reading.quantities},
        claims={each.id: each for each in reading.claims},
        places={each.id: each for each in reading.places},
        mention_at={(each.start, each.end): each.id for each in reading.mentions},
        claim_of=claim_of,
    )
