"""The one payload that the brief is made of, from a view; what is withheld is taken out here, once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from standoff.model import LedgerGroup, View
from standoff.show.brief.roll import Roll
from standoff.show.brief.shape import (
    SCHEMA,
    AccessItem,
    AgreementItem,
    BlameItem,
    Brief,
    ConflictItem,
    DisputeItem,
    EquationItem,
    EventItem,
    FigureItem,
    GroupItem,
    HarmItem,
    Head,
    LedgerItem,
    PartyItem,
    Rest,
    SideItem,
    StepItem,
    TermItem,
)
from standoff.show.brief.withhold import Withhold, withheld
from standoff.show.rowtypes import plain
from standoff.show.words import figure, source


def payload(view: View, withhold: Withhold | None = None) -> dict[str, Any]:
    """Everything that a brief shows, as plain JSON values. What is withheld is not in it."""
    made: dict[str, Any] = plain(_Builder(view).brief())
    return withheld(made, withhold, view) if withhold else made


class _Builder(Roll):
    """All parts of the brief in their order."""

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
            conflicts_complete=ledger.conflicts_complete,
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
        figures = [
            {**row, **figure} for row in map(plain, self.view.derived.harm) for figure in row["figures"]
        ]
        for n, row in enumerate(figures, 1):
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
