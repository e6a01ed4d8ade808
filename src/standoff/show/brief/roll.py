"""The parts of the brief that list: places, parties and what they say, victims, findings, reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from standoff.model import Origin, Party, Report, Victim
from standoff.show.brief.desk import Desk
from standoff.show.brief.shape import (
    FindingItem,
    PartyItem,
    PlaceItem,
    ReportItem,
    SayingItem,
    VictimItem,
)
from standoff.show.index import place_of
from standoff.show.script import direction
from standoff.show.words import source

NAMED_AT = 8
"""In how many reports a place is pointed out; all its mentions are counted."""


class Roll(Desk):
    """Lists of who and where, and the reports themselves, last."""

    def _places(self) -> Iterator[PlaceItem]:
        for n, it in enumerate(self.view.referents.places, 1):
            anchor = f"place-{n}"
            shown = self._cites(self._one_a_report(it.mentions), f"place: {it.name}", anchor)
            yield PlaceItem(
                id=it.id,
                anchor=anchor,
                name=it.name,
                country=it.country,
                lat=it.lat,
                lon=it.lon,
                radius_km=it.radius_km,
                feature=it.feature,
                mentions=len(it.mentions),
                words=tuple(cite.words for cite in shown),
            )

    def _one_a_report(self, mentions: Iterable[str]) -> list[str]:
        """The first mention in each report, up to `NAMED_AT`."""
        first: dict[str, str] = {}
        for each in mentions:
            thing = self.index.anywhere(each)
            if thing and thing.report:
                first.setdefault(thing.report, each)
        return list(first.values())[:NAMED_AT]

    def _parties(self) -> Iterator[PartyItem]:
        speaking = [party for party in self.view.referents.parties if party.statements]
        yield from (self.party(n, it) for n, it in enumerate(speaking, 1))

    def party(self, n: int, it: Party) -> PartyItem:
        """The ``n``-th party that says something, and all that it says."""
        anchor = f"party-{n}"
        return PartyItem(
            id=it.id,
            anchor=anchor,
            name=it.name,
            type=it.type,
            represents=it.represents if it.represents != it.name else None,
            aliases=tuple(alias for alias in it.aliases if alias != it.name),
            says=tuple(self._sayings(it.statements, it.name, anchor)),
        )

    def _sayings(self, statements: Iterable[str], name: str, anchor: str) -> Iterator[SayingItem]:
        """Every statement of a party; a copy of a text says it again in its own report."""
        number = 0
        for each in dict.fromkeys(statements):
            for thing in self.index.things.get(each, ()):
                if thing.kind != "statement" or not thing.report or not place_of(thing.record):
                    continue
                number += 1
                here, spans = f"{anchor}-s{number}", place_of(thing.record)
                yield SayingItem(
                    id=each,
                    anchor=here,
                    stance=thing.record.stance,
                    said=thing.record.said,
                    channel=thing.record.channel,
                    via=tuple(relay.name for relay in thing.record.via),
                    words=self.passages.words(thing.report, spans, f"what {name} says", here),
                )

    def _victims(self) -> Iterator[VictimItem]:
        yield from (self.victim(n, it) for n, it in enumerate(self.view.referents.victims, 1))

    def victim(self, n: int, it: Victim) -> VictimItem:
        """The ``n``-th telling of a person reported harmed."""
        anchor = f"victim-{n}"
        return VictimItem(
            id=it.id,
            anchor=anchor,
            name=it.name,
            name_original=it.name_original,
            description=it.description,
            age=it.age,
            sex=it.sex,
            status=it.status,
            harm=it.harm,
            source=source(self.index.statement(it.report, it.statement), self.index.report(it.report)),
            words=self.words(it.report, it.span, "victim", anchor),
        )

    def _findings(self) -> Iterator[FindingItem]:
        for it in self.view.derived.findings:
            question = it.question or ""
            yield FindingItem(
                id=it.id,
                text=it.text,
                status=it.status,
                origins=it.origins,
                question_anchor=self.disputed.get(question) or self.anchors.get(question),
            )

    # --- reports

    def _reports(self) -> Iterator[ReportItem]:
        yield from (self.report(it) for it in self.view.reports)

    def report(self, it: Report) -> ReportItem:
        """A report with its text and the passages of it that were cited so far."""
        origin = self._origins.get(self.view.referents.origin_of.get(it.id, ""))
        others = [r for r in (origin.reports if origin else ()) if r != it.id and r in self.numbers]
        number = self.numbers[it.id]
        return ReportItem(
            id=it.id,
            anchor=f"report-{number}",
            number=number,
            title=it.title.value,
            publisher=it.publisher.value,
            author=it.author.value,
            published=it.published.value,
            published_origin=it.published.origin,
            url=it.url,
            language=it.language.value,
            direction=direction(it.language.value, it.text),
            media_type=it.media_type,
            sha256=it.sha256,
            text_sha256=it.text_sha256,
            acquired_at=it.acquired.at,
            origin=origin.name if origin else None,
            origin_evidence=origin.evidence if origin and others else None,
            copies=tuple(self.numbers[r] for r in others),
            warnings=it.warnings,
            error=it.error,
            text=it.text,
            passages=self.passages.of(it.id),
        )

    @cached_property
    def _origins(self) -> dict[str, Origin]:
        return {origin.id: origin for origin in self.view.referents.origins}
