"""The one payload that the brief is made of, from a view; what is withheld is taken out here, once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from standoff.model import Account, Dispute, Group, LedgerGroup, Question, Side, View
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
    Rest,
    SideItem,
    StepItem,
)
from standoff.show.brief.withhold import Withhold, withheld
from standoff.show.rowtypes import plain
from standoff.show.settle import settle
from standoff.show.words import in_their_words


def payload(view: View, withhold: Withhold | None = None) -> dict[str, Any]:
    """Everything that a brief shows, as plain JSON values. What is withheld is not in it."""
    made: dict[str, Any] = plain(Builder(view).brief())
    return withheld(made, withhold, view) if withhold else made


class Builder(Happened):
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
            head=self.head,
            withheld=(),
            rests_on=self.rest(len(parts["parties"])),
            reports=tuple(self._reports()),
            **parts,
        )

    @property
    def head(self) -> Head:
        """The entry that the view was made from."""
        return Head(entry=self.view.head[0], hash=self.view.head[1])

    def rest(self, sources: int) -> Rest:
        """What all of it rests on, counted."""
        view = self.view
        dates = sorted(r.published.value for r in view.reports if r.published.value)
        read = {reading.report for reading in view.readings}
        return Rest(
            reports=len(view.reports),
            unread=sum(bool(r.error) or r.id not in read for r in view.reports),
            origins=len({view.referents.origin_of.get(r.id, r.id) for r in view.reports}),
            sources=sources,
            statements=sum(s.voice == "source" for reading in view.readings for s in reading.statements),
            reviews=len(view.reviews),
            first_published=dates[0] if dates else None,
            last_published=dates[-1] if dates else None,
        )

    def _disputes(self) -> Iterator[DisputeItem]:
        for n, it in enumerate(self.view.derived.disputes, 1):
            yield self.dispute(n, it)

    def dispute(self, n: int, it: Dispute) -> DisputeItem:
        """The ``n``-th dispute with its sides and all their accounts."""
        anchor, label = f"dispute-{n}", f"dispute {n}: {it.question}"
        return DisputeItem(
            id=it.id,
            anchor=anchor,
            question=it.question,
            question_id=it.question_id,
            figure_anchor=self.anchors.get(it.question_id),
            kind=it.kind,
            status=it.status,
            incident=it.incident,
            place=self._place_of_incident.get(it.incident or ""),
            why=it.why,
            rule=it.rule,
            settle=settle(self.index, it, [told for side in it.sides for told in self._told(side)]),
            sides=tuple(self._side(it.kind, side, anchor, label) for side in it.sides),
        )

    def _side(self, kind: str, side: Side, anchor: str, label: str) -> SideItem:
        told = self._told(side)
        return SideItem(
            id=side.id,
            answer=side.answer,
            verbatim=tuple(in_their_words(kind, side.answer, [account.text for account in told])),
            low=side.low,
            high=side.high,
            parties=side.parties,
            origins=side.origins,
            only_through_opponent=side.only_through_opponent,
            accounts=tuple(
                self._account(self._accounts[each.id][0], each, f"{anchor}-a", label, spoken=True)
                for each in told
            ),
        )

    def _told(self, side: Side) -> list[Account]:
        return [self._accounts[each][1] for each in side.accounts if each in self._accounts]

    def _figures(self) -> Iterator[FigureItem]:
        yield from (self.figure(it) for it in self._number_questions())

    def figure(self, it: Question) -> FigureItem:
        """A question that is answered by numbers, with every answer."""
        anchor, group = self.anchors[it.id], self._groups.get(it.group or "")
        label = f"figures: {it.question}"
        return FigureItem(
            id=it.id,
            anchor=anchor,
            question=it.question,
            unit=group.unit if group else None,
            scope=it.scope,
            dispute=self.disputed.get(it.id),
            accounts=tuple(self._account(it, a, f"{anchor}-a", label) for a in it.accounts),
            links=it.links,
        )

    @cached_property
    def _groups(self) -> dict[str, Group]:
        return {group.id: group for group in self.view.referents.groups}

    # --- ledger

    def _ledger(self) -> LedgerItem:
        ledger = self.view.derived.ledger
        sums, apart = "a sum of the ledger", "what cannot all be true"
        return LedgerItem(
            groups=tuple(self.group(n, group) for n, group in enumerate(ledger.groups, 1)),
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

    def group(self, n: int, group: LedgerGroup, *, cited: bool = True) -> GroupItem:
        """The ``n``-th group of the ledger with its steps; ``cited`` off leaves out what each rests on."""
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
                low_rests_on=self._cites(step.rests_on.low if cited else (), label, anchor),
                high_rests_on=self._cites(step.rests_on.high if cited else (), label, anchor),
            )
            for step in group.steps
        )
        return GroupItem(id=group.id, anchor=anchor, name=group.name, unit=group.unit, steps=steps)
