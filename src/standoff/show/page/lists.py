"""Lists of the workbench: disputes, events, places, groups, parties and reports, a line each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property

from standoff.model import (
    Dispute,
    LedgerGroup,
    LedgerStep,
    Party,
    Question,
    Report,
    Span,
    TimelineItem,
    TimelineTold,
    View,
)
from standoff.model.annotation import Number
from standoff.show.brief.passages import Passages
from standoff.show.brief.payload import Builder
from standoff.show.page.shape import (
    AnswerLine,
    DisputeLine,
    GroupLine,
    PartyLine,
    ReportLine,
)
from standoff.show.page.shape_found import EventLine, Events, EventView, Mark, PlaceLine, Places, Telling
from standoff.show.page.shape_ledger import GroupSketch, StepMark
from standoff.show.words import in_their_words, short, source

TEXT = 240
"""Characters of an event's words in a list."""


class Lists(Builder):
    """Lines of lists, made from a view when they are asked for.

    ``arrived`` is the newest log entry about each report.
    """

    def __init__(self, view: View, arrived: Mapping[str, int]) -> None:
        super().__init__(view)
        texts = {report.id: report.text for report in view.reports}
        self.passages = Passages(self.numbers, texts, collect=False)
        self.arrived = arrived

    # ---- disputes

    @cached_property
    def disputes(self) -> dict[str, DisputeLine]:
        """Every dispute in a line, by its id, in the record's order."""
        return {each.id: self._dispute_line(each) for each in self.view.derived.disputes}

    @cached_property
    def numbered(self) -> dict[str, tuple[int, Dispute]]:
        """Disputes by their ids, with their numbers."""
        return {each.id: (n, each) for n, each in enumerate(self.view.derived.disputes, 1)}

    @cached_property
    def asked(self) -> dict[str, Question]:
        """Questions by their ids."""
        return {each.id: each for each in self.view.derived.questions}

    @cached_property
    def dispute_about(self) -> dict[str, str]:
        """The first dispute about each question, and about each incident."""
        found: dict[str, str] = {}
        for each in self.view.derived.disputes:
            found.setdefault(each.question_id, each.id)
            if each.incident:
                found.setdefault(each.incident, each.id)
        return found

    def _dispute_line(self, it: Dispute) -> DisputeLine:
        told = [
            self._accounts[each][1] for side in it.sides for each in side.accounts if each in self._accounts
        ]
        place = self._place_of_incident.get(it.incident or "")
        dates = sorted(date for each in told if (date := each.said or each.published))
        entries = [self.arrived.get(each.report, 0) for each in told]
        for each in told:
            for annotation in (each.quantity, each.claim, each.statement):
                entries += self.view.entries.get(annotation or "", ())[-1:]
        answers = (
            AnswerLine(
                answer=side.answer,
                verbatim=tuple(
                    in_their_words(
                        it.kind,
                        side.answer,
                        [self._accounts[each][1].text for each in side.accounts if each in self._accounts],
                    )
                ),
                parties=side.parties,
                low=side.low,
                high=side.high,
                origins=side.origins,
            )
            for side in it.sides
        )
        return DisputeLine(
            id=it.id,
            question=it.question,
            kind=it.kind,
            status=it.status,
            incident=it.incident,
            place=place,
            place_name=self._names.get(place or ""),
            answers=tuple(answers),
            first=dates[0] if dates else None,
            last=dates[-1] if dates else None,
            accounts=len(told),
            reports=len({each.report for each in told}),
            entry=max(entries, default=0),
        )

    # ---- events

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """Every event as a mark, in the timeline's order."""
        return tuple(
            Mark(
                n=n,
                earliest=it.earliest,
                latest=it.latest,
                place=self._place_of_incident.get(it.incident or ""),
                incident=it.incident,
                dispute=self.dispute_about.get(it.incident or ""),
            )
            for n, it in enumerate(self.view.derived.timeline)
        )

    def events(
        self,
        *,
        begin: str | None = None,
        end: str | None = None,
        place: str | None = None,
        incident: str | None = None,
        unplaced: bool = False,
        first: int = 0,
        count: int = 100,
    ) -> Events:
        """Events that can have been within days (ISO 8601), at a place, of an incident, or of no place."""
        found = [
            mark.n
            for mark in self.marks
            if (begin is None or mark.latest is None or mark.latest >= begin)
            and (end is None or mark.earliest is None or mark.earliest <= end)
            and (place is None or mark.place == place)
            and (incident is None or mark.incident == incident)
            and not (unplaced and mark.place)
        ]
        items = self.view.derived.timeline
        shown = (self.event(items[n]) for n in found[first : first + count])
        days = Counter(day[:10] for n in found if (day := items[n].earliest or items[n].latest))
        return Events(total=len(found), days=tuple(sorted(days.items())), events=tuple(shown))

    def event(self, it: TimelineItem) -> EventLine:
        """One event in a line."""
        place = self._place_of_incident.get(it.incident or "")
        statement = self.index.statement(it.report, it.statement)
        return EventLine(
            id=it.id,
            text=short(it.text, TEXT),
            when=it.when,
            earliest=it.earliest,
            latest=it.latest,
            bounds=it.bounds,
            dates=it.dates,
            dates_agree=it.dates_agree,
            incident=it.incident,
            place=place,
            place_name=self._names.get(place or ""),
            dispute=self.dispute_about.get(it.incident or ""),
            source=source(statement, self.index.report(it.report)),
            modality=it.modality,
            polarity=it.polarity,
            report=it.report,
            span=it.span,
            told=len(_once(it.told)),
        )

    @cached_property
    def _happened(self) -> dict[str, TimelineItem]:
        return {each.id: each for each in self.view.derived.timeline}

    def event_view(self, event: str) -> EventView:
        """An event with all its tellings."""
        it = self._happened[event]
        seen: set[str] = set()
        tellings = []
        for each in _once(it.told):
            statement = self.index.statement(each.report, each.statement)
            tellings.append(
                Telling(
                    source=each.source or source(statement, self.index.report(each.report)),
                    when=each.when,
                    said=each.said,
                    published=each.published,
                    modality=each.modality,
                    polarity=each.polarity,
                    copy=each.origin in seen,
                    words=self.words(each.report, each.span, "a telling", "event"),
                )
            )
            seen.add(each.origin)
        return EventView(event=self.event(it), tellings=tuple(tellings))

    # ---- places

    @cached_property
    def _names(self) -> dict[str, str]:
        return {each.id: each.name for each in self.view.referents.places}

    @cached_property
    def places(self) -> Places:
        """Every place, those with most events first, and how many events have none."""
        events = Counter(mark.place for mark in self.marks)
        disputes = Counter(each.place for each in self.disputes.values())
        lines = [
            PlaceLine(
                id=it.id,
                name=it.name,
                country=it.country,
                lat=it.lat,
                lon=it.lon,
                radius_km=it.radius_km,
                feature=it.feature,
                mentions=len(it.mentions),
                reports=len(it.reports),
                events=events[it.id],
                disputes=disputes[it.id],
            )
            for it in self.view.referents.places
        ]
        lines.sort(key=lambda each: (-each.events, -each.mentions, each.name, each.id))
        return Places(places=tuple(lines), unplaced=events[None])

    # ---- ledger groups

    @cached_property
    def groups(self) -> dict[str, tuple[int, LedgerGroup]]:
        """Groups of the ledger by their ids, with their numbers; those with most steps first."""
        return {each.id: (n, each) for n, each in enumerate(self.view.derived.ledger.groups, 1)}

    def group_line(self, it: LedgerGroup) -> GroupLine:
        """A group in a line: where it stands at its last step."""
        last = it.steps[-1] if it.steps else None
        return GroupLine(
            id=it.id,
            name=it.name,
            unit=it.unit,
            steps=len(it.steps),
            at=last.at if last else None,
            low=last.low if last else None,
            high=last.high if last else None,
            text=last.text if last else "",
        )

    def sketch(self, group: LedgerGroup) -> GroupSketch:
        """A group for a small chart: one mark a day and kind, as it is drawn."""
        together: dict[tuple[str | None, str], list[LedgerStep]] = defaultdict(list)
        for step in group.steps:
            together[step.at, step.kind].append(step)
        marks = (
            StepMark(
                at=at,
                kind=kind,
                low=_reach(min, [step.low for step in steps]),
                high=_reach(max, [step.high for step in steps]),
                best=steps[0].best if len(steps) == 1 else None,
                count=len(steps),
                places=tuple(
                    dict.fromkeys(
                        place
                        for step in steps
                        for place in self.index.scenes((*step.rests_on.low, *step.rests_on.high))
                    )
                ),
            )
            for (at, kind), steps in together.items()
        )
        return GroupSketch(id=group.id, name=group.name, unit=group.unit, marks=tuple(marks))

    # ---- parties

    @cached_property
    def parties(self) -> dict[str, PartyLine]:
        """Every party in a line, those that say most first."""
        order = sorted(
            self.view.referents.parties,
            key=lambda each: (-len(each.statements), -each.mentions, each.name, each.id),
        )
        return {each.id: _party_line(each) for each in order}

    # ---- reports

    @cached_property
    def reports(self) -> dict[str, ReportLine]:
        """Every report in a line, in the order of publication."""
        return {each.id: self._report_line(n, each) for n, each in enumerate(self.view.reports, 1)}

    @cached_property
    def published(self) -> tuple[tuple[str, int], ...]:
        """Days on which reports were published, each with how many."""
        days = Counter(each.published.value[:10] for each in self.view.reports if each.published.value)
        return tuple(sorted(days.items()))

    @cached_property
    def read(self) -> dict[str, int]:
        """Where the reading of each report stands among all readings."""
        return {reading.report: n for n, reading in enumerate(self.view.readings)}

    @cached_property
    def _copies(self) -> dict[str, int]:
        held: dict[str, list[str]] = defaultdict(list)
        for report in self.view.reports:
            held[self.view.referents.origin_of.get(report.id, report.id)].append(report.id)
        return {each: len(them) - 1 for them in held.values() for each in them}

    def _report_line(self, number: int, it: Report) -> ReportLine:
        at = self.read.get(it.id)
        reading = self.view.readings[at] if at is not None else None
        return ReportLine(
            id=it.id,
            number=number,
            title=it.title.value,
            publisher=it.publisher.value,
            published=it.published.value,
            language=it.language.value,
            statements=sum(each.voice == "source" for each in reading.statements) if reading else 0,
            quantities=len(reading.quantities) if reading else 0,
            copies=self._copies.get(it.id, 0),
            unread=it.error or (None if reading else next(iter(it.warnings), "nothing was read from it")),
            entry=self.arrived.get(it.id, 0),
        )

    def disputes_of(self, ids: Iterable[str]) -> Iterator[DisputeLine]:
        """Lines of disputes by their ids; those that are not there any more are left out."""
        return (self.disputes[each] for each in ids if each in self.disputes)


def _once(told: Iterable[TimelineTold]) -> tuple[TimelineTold, ...]:
    """Tellings by their words: several claims may have been read from the same."""
    kept: dict[tuple[str, Span], TimelineTold] = {}
    for each in told:
        kept.setdefault((each.report, each.span), each)
    return tuple(kept.values())


def _reach(most: Callable[[Iterable[Number]], Number], bounds: list[Number | None]) -> Number | None:
    """The outermost of some bounds; open where one of them is."""
    known = [each for each in bounds if each is not None]
    return most(known) if len(known) == len(bounds) else None


def _party_line(it: Party) -> PartyLine:
    return PartyLine(
        id=it.id,
        name=it.name,
        type=it.type,
        represents=it.represents if it.represents != it.name else None,
        aliases=tuple(alias for alias in it.aliases if alias != it.name),
        statements=len(it.statements),
        reports=len(it.reports),
        possibly_same=len(it.possibly_same),
    )
