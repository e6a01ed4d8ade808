"""The one payload that the brief is made of, from a view; what is withheld is taken out here, once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from standoff.model import Account, LedgerGroup, Question, Span, View
from standoff.show.brief.passages import Passages
from standoff.show.brief.shape import (
    SCHEMA,
    AccessItem,
    AccountItem,
    AgreementItem,
    BlameItem,
    Brief,
    Cite,
    ConflictItem,
    DisputeItem,
    EquationItem,
    EventItem,
    FigureItem,
    FindingItem,
    GroupItem,
    HarmItem,
    Head,
    LedgerItem,
    PartyItem,
    PlaceItem,
    ReportItem,
    Rest,
    SayingItem,
    SideItem,
    StepItem,
    TermItem,
    VictimItem,
    Words,
)
from standoff.show.brief.withhold import Withhold, withheld
from standoff.show.index import Index, place_of
from standoff.show.rowtypes import plain
from standoff.show.words import figure, figure_of, source

NAMED_AT = 8
"""In how many reports a place is pointed out; all its mentions are counted."""

REPLACING = frozenset({"revises", "corrects"})


def payload(view: View, withhold: Withhold | None = None) -> dict[str, Any]:
    """Everything that a brief shows, as plain JSON values. What is withheld is not in it."""
    made: dict[str, Any] = plain(_Builder(view).brief())
    return withheld(made, withhold, view) if withhold else made


class _Builder:
    """Turns records into items; every piece of quoted words is noted as a passage of its report."""

    def __init__(self, view: View) -> None:
        self.view, self.index = view, Index(view)
        self.numbers = {report.id: n for n, report in enumerate(view.reports, 1)}
        self.passages = Passages(self.numbers, {report.id: report.text for report in view.reports})
        self.anchors = {q.id: f"figure-{n}" for n, q in enumerate(self._number_questions(), 1)}
        self.disputed = {d.question_id: f"dispute-{n}" for n, d in enumerate(view.derived.disputes, 1)}
        self._accounts = {a.id: (q, a) for q in view.derived.questions for a in q.accounts}

    def brief(self) -> Brief:
        """All parts; reports last, since the others say which passages they hold."""
        view = self.view
        parts: dict[str, Any] = {
            "disputes": tuple(self._disputes()),
            "figures": tuple(self._figures()),
            "ledger": self._ledger(),
            "timeline": tuple(self._timeline()),
            "access": tuple(self._access()),
            "harm": tuple(self._harm()),
            "agreements": tuple(self._agreements()),
            "places": tuple(self._places()),
            "parties": tuple(self._parties()),
            "victims": tuple(self._victims()),
            "findings": tuple(self._findings()),
        }
        return Brief(
            schema=SCHEMA,
            name=view.name,
            axes=view.axes,
            undated=view.undated,
            head=Head(entry=view.head[0], hash=view.head[1]),
            withheld=(),
            rests_on=self._rests_on(parts["parties"]),
            reports=tuple(self._reports()),
            **parts,
        )

    def _rests_on(self, parties: tuple[PartyItem, ...]) -> Rest:
        view = self.view
        dates = sorted(r.published.value for r in view.reports if r.published.value)
        read = {reading.report for reading in view.readings}
        return Rest(
            reports=len(view.reports),
            unread=sum(bool(r.error) or r.id not in read for r in view.reports),
            origins=len({view.referents.origin_of.get(r.id, r.id) for r in view.reports}),
            sources=len(parties),
            statements=sum(s.voice == "source" for reading in view.readings for s in reading.statements),
            reviews=len(view.reviews),
            first_published=dates[0] if dates else None,
            last_published=dates[-1] if dates else None,
        )

    def words(self, report: str, span: Span, label: str, anchor: str) -> Words:
        """Words of a span, noted as a passage that ``anchor`` cites."""
        return self.passages.words(report, (span,), label, anchor)

    # --- disputes and figures

    def _number_questions(self) -> list[Question]:
        return [q for q in self.view.derived.questions if q.kind in {"number", "divergent"} and q.accounts]

    def _disputes(self) -> Iterator[DisputeItem]:
        for n, it in enumerate(self.view.derived.disputes, 1):
            anchor, label = f"dispute-{n}", f"dispute {n}: {it.question}"
            sides = tuple(
                SideItem(
                    id=side.id,
                    answer=side.answer,
                    low=side.low,
                    high=side.high,
                    parties=side.parties,
                    origins=side.origins,
                    only_through_opponent=side.only_through_opponent,
                    accounts=tuple(
                        self._account(*self._accounts[each], f"{anchor}-a", label)
                        for each in side.accounts
                        if each in self._accounts
                    ),
                )
                for side in it.sides
            )
            yield DisputeItem(
                id=it.id,
                anchor=anchor,
                question=it.question,
                question_id=it.question_id,
                kind=it.kind,
                status=it.status,
                incident=it.incident,
                why=it.why,
                rule=it.rule,
                sides=sides,
            )

    def _account(self, question: Question, it: Account, prefix: str, label: str) -> AccountItem:
        anchor = f"{prefix}{[a.id for a in question.accounts].index(it.id) + 1}"
        statement = self.index.statement(it.report, it.statement)
        numeric = any(value is not None for value in (it.low, it.high, it.best))
        replaced = next((x.from_ for x in question.links if x.to == it.id and x.relation in REPLACING), None)
        return AccountItem(
            id=it.id,
            anchor=anchor,
            source=it.source or source(None, self.index.report(it.report)),
            party_id=it.party_id,
            represents=statement.represents if statement else None,
            channel=statement.channel if statement else None,
            via=tuple(relay.name for relay in statement.via) if statement else (),
            origin=it.origin,
            said=it.said,
            as_of=it.as_of,
            published=it.published,
            answer=it.answer,
            figure=(it.answer or figure_of(it)) if numeric else None,
            low=it.low,
            high=it.high,
            best=it.best,
            low_open=it.low_open,
            high_open=it.high_open,
            approximate=it.approximate,
            replaced_by=replaced,
            review=self.view.status.get(it.quantity or "") or self.view.status.get(it.claim or ""),
            words=self.words(it.report, it.span, label, anchor),
        )

    def _figures(self) -> Iterator[FigureItem]:
        groups = {group.id: group for group in self.view.referents.groups}
        for it in self._number_questions():
            anchor, group = self.anchors[it.id], groups.get(it.group or "")
            label = f"figures: {it.question}"
            yield FigureItem(
                id=it.id,
                anchor=anchor,
                question=it.question,
                unit=group.unit if group else None,
                scope=it.scope,
                dispute=self.disputed.get(it.id),
                accounts=tuple(self._account(it, a, f"{anchor}-a", label) for a in it.accounts),
                links=it.links,
            )

    # --- ledger

    def _cites(self, ids: Iterable[str], label: str, anchor: str) -> tuple[Cite, ...]:
        """Annotations by id with their words; those that stand in no reading any more are left out."""
        found = []
        for each in dict.fromkeys(ids):
            thing = self.index.anywhere(each)
            spans = place_of(thing.record) if thing else ()
            if thing is None or not thing.report or not spans:
                continue
            statement = self.index.statement(thing.report, getattr(thing.record, "statement", None))
            who = source(statement, self.index.report(thing.report))
            words = self.passages.words(thing.report, spans, label, anchor)
            found.append(Cite(id=each, source=who, words=words))
        return tuple(found)

    def _ledger(self) -> LedgerItem:
        ledger = self.view.derived.ledger
        sums, apart = "a sum of the ledger", "what cannot all be true"
        return LedgerItem(
            groups=tuple(self._group(n, group) for n, group in enumerate(ledger.groups, 1)),
            equations=tuple(
                EquationItem(text=each.text, holds=each.holds, terms=self._cites(each.terms, sums, "sums"))
                for each in ledger.equations
            ),
            conflicts=tuple(
                ConflictItem(sentence=each.sentence, claims=self._cites(each.claims, apart, "conflicts"))
                for each in ledger.conflicts
            ),
        )

    def _group(self, n: int, group: LedgerGroup) -> GroupItem:
        anchor, label = f"group-{n}", f"ledger: {group.name}"
        steps = tuple(
            StepItem(
                at=step.at,
                kind=step.kind,
                low=step.low,
                high=step.high,
                best=step.best,
                text=step.text,
                party=step.party,
                assumptions=step.assumptions,
                without_assumptions=step.without_assumptions,
                low_rests_on=self._cites(step.rests_on.low, label, anchor),
                high_rests_on=self._cites(step.rests_on.high, label, anchor),
            )
            for step in group.steps
        )
        return GroupItem(id=group.id, anchor=anchor, name=group.name, unit=group.unit, steps=steps)

    # --- what happened

    def _timeline(self) -> Iterator[EventItem]:
        for n, it in enumerate(self.view.derived.timeline, 1):
            anchor = f"event-{n}"
            yield EventItem(
                id=it.id,
                anchor=anchor,
                when=it.when,
                precision=it.precision,
                said=it.said,
                published=it.published,
                source=source(self.index.statement(it.report, it.statement), self.index.report(it.report)),
                modality=it.modality,
                polarity=it.polarity,
                words=self.words(it.report, it.span, "timeline", anchor),
            )

    def _access(self) -> Iterator[AccessItem]:
        for n, row in enumerate(map(plain, self.view.derived.access), 1):
            anchor = f"access-{n}"
            yield AccessItem(
                id=row["id"],
                anchor=anchor,
                when=row["when"],
                published=row["published"],
                state=row["state"],
                by=tuple(row["by"]),
                to=tuple(row["to"]),
                place=row["place"],
                source=row["source"] or source(None, self.index.report(row["report"])),
                words=self.words(row["report"], tuple(row["span"]), "access", anchor),
            )

    def _harm(self) -> Iterator[HarmItem]:
        for n, row in enumerate(map(plain, self.view.derived.harm), 1):
            notes = (row["status"], row["sex"], row["age"], (row["scope"] or "").strip(" ()"))
            yield HarmItem(
                id=row["id"],
                anchor=f"harm-{n}",
                group=row["group"],
                harm=row["harm"],
                place=row["place"],
                when=row["when"],
                notes=tuple(dict.fromkeys(note for note in notes if note)),
                low=row["low"],
                high=row["high"],
                rule=row["rule"],
                figure=figure(row["low"], row["high"], joint="–"),
                disputed=row["disputed"],
                sources=tuple(row["sources"]),
                origins=row["origins"],
                blamed=tuple(
                    dict.fromkeys(
                        BlameItem(party=b["party"], by=b["by"], polarity=b["polarity"])
                        for b in row["said_to_be_responsible"]
                    )
                ),
                question_anchor=self.anchors.get(row["question"]),
            )

    def _agreements(self) -> Iterator[AgreementItem]:
        for n, row in enumerate(map(plain, self.view.derived.agreements), 1):
            anchor = f"agreement-{n}"
            told = self._cites(row["claims"], "agreement", anchor)
            yield AgreementItem(
                id=row["id"],
                anchor=anchor,
                parties=tuple(row["parties"]),
                when=row["when"],
                terms=tuple(self._term(term, anchor) for term in row["terms"]),
                breaches=tuple(self._term(term, anchor) for term in row["breaches"]),
                endorsed_by=tuple(row["endorsed_by"]),
                denounced_by=tuple(row["denounced_by"]),
                words=told[0].words if told else None,
            )

    def _term(self, term: Any, anchor: str) -> TermItem:  # noqa: ANN401
        span = term["span"]
        words = (
            self.words(term["report"], tuple(span), f"{term['kind']} of an agreement", anchor)
            if span
            else None
        )
        return TermItem(kind=term["kind"], modality=term["modality"], words=words)

    # --- places, parties, victims, findings

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
        for n, it in enumerate(speaking, 1):
            anchor = f"party-{n}"
            yield PartyItem(
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
        for n, it in enumerate(self.view.referents.victims, 1):
            anchor = f"victim-{n}"
            yield VictimItem(
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
        origins = {origin.id: origin for origin in self.view.referents.origins}
        for it in self.view.reports:
            origin = origins.get(self.view.referents.origin_of.get(it.id, ""))
            others = [r for r in (origin.reports if origin else ()) if r != it.id and r in self.numbers]
            number = self.numbers[it.id]
            yield ReportItem(
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
