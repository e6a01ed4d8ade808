"""The inputs laid out for look-up: one `Page` a report, in an order that names cannot change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from standoff.model import Actor, Claim, Party, Place, Quantity, Reading, Referents, Report, Span, Statement
from standoff.model.ids import slug


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

    @property
    def text(self) -> str:
        """The text layer."""
        return self.report.text

    @property
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
    parties: dict[str, Party] = field(init=False)
    _by_name: dict[str, str] = field(init=False)
    _principal: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.parties = {party.id: party for party in self.referents.parties}
        self._by_name = {}
        self._principal = {}
        for party in self.referents.parties:
            for name in (party.name, *party.aliases):
                self._by_name.setdefault(slug(name), party.id)
        self.groups = {group.id: group for group in self.referents.groups}
        self.incidents = {incident.id: incident for incident in self.referents.incidents}
        self.places = {place.id: place for place in self.referents.places}
        self._outlet = _outlets(self.pages)
        self.origin_names = {origin.id: origin.name for origin in self.referents.origins}

    def outlet(self, page: Page) -> str | None:
        """Who first published a page's words: of copies, the publisher of the first of them."""
        return self._outlet[page.origin]

    def party_called(self, name: str) -> str:
        """Id of the party of that name or id; a key made of the name when nobody is known by it."""
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
        return known.name if known else (fallback or party)

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


def _outlets(pages: list[Page]) -> dict[str, str | None]:
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


def lay_out(reports: Sequence[Report], readings: Sequence[Reading], referents: Referents) -> Shelf:
    """Pages in order of publication, then report id; undated reports come last."""
    chosen = _choose(readings)
    pages = [
        _page(report, chosen[report.id], referents)
        for report in {report.id: report for report in reports}.values()
        if report.id in chosen
    ]
    pages.sort(key=lambda page: (page.published is None, page.published or "", page.report.id))
    return Shelf(pages, referents)


def _page(report: Report, reading: Reading, referents: Referents) -> Page:
    claim_of: dict[str, Claim] = {}
    for claim in reading.claims:
        for quantity in claim.quantities:
            claim_of.setdefault(quantity, claim)
    return Page(
        report=report,
        reading=reading,
        origin=referents.origin_of.get(report.id, report.id),
        published=reading.published or report.published.value,
        statements={each.id: each for each in reading.statements},
        quantities={each.id: each for each in reading.quantities},
        claims={each.id: each for each in reading.claims},
        places={each.id: each for each in reading.places},
        mention_at={(each.start, each.end): each.id for each in reading.mentions},
        claim_of=claim_of,
    )
