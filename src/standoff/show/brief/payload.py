"""The one payload that the brief is made of, from a view; what is withheld is taken out here, once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from standoff.model import LedgerGroup, View
from standoff.show.brief.happened import Happened
from standoff.show.brief.shape import (
    SCHEMA,
    Brief,
    ConflictItem,
    DisputeItem,
    EquationItem,
    FigureItem,
    GroupItem,
    Head,
    LedgerItem,
    PartyItem,
    Rest,
    SideItem,
    StepItem,
)
from standoff.show.brief.withhold import Withhold, withheld
from standoff.show.rowtypes import plain
from standoff.show.words import in_their_words


def payload(view: View, withhold: Withhold | None = None) -> dict[str, Any]:
    """Everything that a brief shows, as plain JSON values. What is withheld is not in it."""
    made: dict[str, Any] = plain(_Builder(view).brief())
    return withheld(made, withhold, view) if withhold else made


class _Builder(Happened):
    """All parts of the brief in their order."""

    def brief(self) -> Brief:
        """All parts; reports last, since the others say which passages they hold."""
        view = self.view
        parts: dict[str, Any] = {
            "disputes": tuple(self._disputes()),
            "figures": tuple(self._figures()),
            "ledger": self._ledger(),
            "clock": tuple(self._clock()),
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
                    verbatim=tuple(
                        in_their_words(
                            it.kind,
                            side.answer,
                            [
                                self._accounts[each][1].text
                                for each in side.accounts
                                if each in self._accounts
                            ],
                        )
                    ),
                    low=side.low,
                    high=side.high,
                    parties=side.parties,
                    origins=side.origins,
                    only_through_opponent=side.only_through_opponent,
                    accounts=tuple(
                        self._account(*self._accounts[each], f"{anchor}-a", label, spoken=True)
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
                figure_anchor=self.anchors.get(it.question_id),
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
                places=tuple(self.index.scenes((*step.rests_on.low, *step.rests_on.high))),
                party=step.party,
                said_by=tuple(dict.fromkeys((*step.said_by.low, *step.said_by.high))),
                assumptions=step.assumptions,
                without_assumptions=step.without_assumptions,
                low_rests_on=self._cites(step.rests_on.low, label, anchor),
                high_rests_on=self._cites(step.rests_on.high, label, anchor),
            )
            for step in group.steps
        )
        return GroupItem(id=group.id, anchor=anchor, name=group.name, unit=group.unit, steps=steps)
