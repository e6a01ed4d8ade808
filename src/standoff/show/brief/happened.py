"""The parts of the brief that tell of events: timeline, clock, access, harm, agreements."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from standoff.model import Account, replaced_by
from standoff.show.blocks import DAYS_SHOWN, TOLD_SHOWN, others_of, reckoning
from standoff.show.brief.roll import Roll
from standoff.show.brief.shape_events import (
    AccessItem,
    AgreementItem,
    BlameItem,
    ClockItem,
    DayItem,
    DurationItem,
    EventItem,
    HarmItem,
    KeepingItem,
    TellingItem,
    TermItem,
    TollItem,
    TollTold,
)
from standoff.show.brief.shape_words import Words
from standoff.show.index import spoken_of
from standoff.show.rowtypes import plain
from standoff.show.words import figure, figure_of, own_voice, source, whom

Row = dict[str, Any]
STANCES = frozenset({"objected", "endorsed"})
"""What is said for or against an agreement, which tells nothing of its being kept."""


class Happened(Roll):
    """What is said to have happened, to last, to be let through, to have been agreed."""

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
                earliest=it.earliest,
                latest=it.latest,
                incident=it.incident,
                place=self._place_of_incident.get(it.incident or ""),
                words=self.words(it.report, it.span, "timeline", anchor),
            )

    # --- the clock

    def _clock(self) -> Iterator[ClockItem]:
        for n, row in enumerate(map(plain, self.view.derived.clock), 1):
            anchor = f"clock-{n}"
            last, label = row["last"], f"clock: {row['subject']}"
            began = [{**each, "state": "began", "as_of": each["when"]} for each in row["since_told"]]
            yield ClockItem(
                id=row["id"],
                anchor=anchor,
                subject=row["subject"],
                kind=row["kind"],
                since=row["since"],
                since_basis=row["since_basis"],
                since_agrees=row["since_agrees"],
                began=tuple(self._telling(each, label, anchor) for each in began[:TOLD_SHOWN]),
                until=row["until"],
                days=tuple(
                    DayItem(date=each["date"], low=each["low"], high=each["high"])
                    for each in row["days"][-DAYS_SHOWN:]
                ),
                last=self._telling(last, label, anchor) if last else None,
                others=tuple(self._telling(each, label, anchor) for each in others_of(row["accounts"], last)),
                newest_report=row["newest_report"],
                stale_low=row["stale_days_low"],
                stale_high=row["stale_days_high"],
                durations=tuple(self._duration(each, label, anchor) for each in row["durations"]),
            )

    def _telling(self, row: Row, label: str, anchor: str) -> TellingItem:
        return TellingItem(
            state=row["state"],
            when=row["as_of"],
            source=self._who(row),
            words=self._words(row, label, anchor),
        )

    def _duration(self, row: Row, label: str, anchor: str) -> DurationItem:
        """A duration by the few words that tell it; by its sentence where those stand in no reading."""
        told = self._cites([row["quantity"]], label, anchor)
        return DurationItem(
            verdict=row["verdict"],
            reckoning=reckoning(row),
            source=self._who(row),
            words=told[0].words if told else self._words(row, label, anchor),
        )

    def _words(self, row: Row, label: str, anchor: str) -> Words:
        return self.words(row["report"], tuple(row["span"]), label, anchor)

    def _who(self, row: Row) -> str:
        return row["source"] or own_voice(self.index.report(row["report"]))

    # --- access

    def _access(self) -> Iterator[AccessItem]:
        for n, row in enumerate(map(plain, self.view.derived.access), 1):
            yield self.access_item(n, row)

    def access_item(self, n: int, row: Row) -> AccessItem:
        """The ``n``-th account of a route, of passage or of a delivery."""
        anchor = f"access-{n}"
        told = row["flow"]["counts"] if row["flow"] else []
        counts = [each["quantity"] for each in told if each["text"] not in row["what"]]
        return AccessItem(
            id=row["id"],
            anchor=anchor,
            kind=row["kind"],
            when=row["when"],
            since=row["since"],
            published=row["said"] or row["published"],
            state=row["state"],
            what=tuple(row["what"]),
            by=tuple(row["by"]),
            to=tuple(row["to"]),
            place=row["place"],
            source=self._who(row),
            counts=self._cites(counts, "access", anchor),
            dispute_id=self._dispute_ids.get(row["question"]),
            words=self._words(row, "access", anchor),
        )

    @cached_property
    def _dispute_ids(self) -> dict[str, str]:
        return {each.question_id: each.id for each in reversed(self.view.derived.disputes)}

    # --- harm

    def _harm(self) -> Iterator[HarmItem]:
        for n, row in enumerate(map(plain, self.view.derived.harm), 1):
            yield self.harm_item(n, row)

    def harm_item(self, n: int, row: Row) -> HarmItem:
        """The ``n``-th incident of harm: how many, by whose account, and who is said to be responsible."""
        anchor = f"harm-{n}"
        blamed = {(b["party"], b["by"], b["stance"]): b for b in reversed(row["said_to_be_responsible"])}
        return HarmItem(
            id=row["id"],
            anchor=anchor,
            what=row["what"],
            place=row["place"],
            when=row["when"],
            at_risk=tuple(row["at_risk"]),
            figures=tuple(self._toll(each, anchor) for each in row["figures"]),
            blamed=tuple(self._blame(each, anchor) for each in reversed(blamed.values())),
        )

    def _blame(self, row: Row, anchor: str) -> BlameItem:
        return BlameItem(
            party=row["party"],
            by=row["by"] or own_voice(self.index.report(row["report"])),
            polarity=row["polarity"],
            stance=row["stance"],
            words=self._denied(row, anchor),
        )

    def _denied(self, row: Row, anchor: str) -> Words:
        """Words of who is said to be responsible, led by the cue where it is denied."""
        claim = self.index.note(row["report"], row["claim"])
        statement = self.index.statement(row["report"], claim.statement if claim else None)
        spans = spoken_of(tuple(row["span"]), statement)
        return self.passages.words(row["report"], spans, "harm", anchor)

    def _toll(self, row: Row, anchor: str) -> TollItem:
        notes = (row["status"], row["sex"], row["age"], (row["scope"] or "").strip(" ()"))
        told = [self._accounts[each][1] for each in row["accounts"] if each in self._accounts]
        told.sort(key=lambda each: (each.said or each.published or "~", each.report, each.span))
        return TollItem(
            group=whom(row["group"], row["low"], row["high"]),
            harm=row["harm"],
            notes=tuple(dict.fromkeys(note for note in notes if note)),
            low=row["low"],
            high=row["high"],
            rule=row["rule"],
            figure=figure(row["low"], row["high"], joint="–"),
            cautions=tuple(row["notes"]),
            disputed=row["disputed"],
            sources=tuple(row["sources"]),
            origins=row["origins"],
            question_anchor=self.anchors.get(row["question"]),
            dispute_id=self._dispute_ids.get(row["question"]),
            told=tuple(self._told_toll(each, anchor) for each in told),
        )

    def _told_toll(self, it: Account, anchor: str) -> TollTold:
        return TollTold(
            source=it.source or source(None, self.index.report(it.report)),
            figure=it.answer or figure_of(it),
            said=it.said or it.published,
            replaced=it.id in self._replaced,
            words=self.words(it.report, it.span, "harm", anchor),
        )

    @cached_property
    def _replaced(self) -> frozenset[str]:
        """Accounts that their own source revised or corrected later."""
        links = (link for each in self.view.derived.questions for link in each.links)
        return frozenset(replaced_by(links))

    # --- agreements

    def _agreements(self) -> Iterator[AgreementItem]:
        for n, row in enumerate(map(plain, self.view.derived.agreements), 1):
            yield self.agreement_item(n, row)

    def agreement_item(self, n: int, row: Row) -> AgreementItem:
        """The ``n``-th agreement with its terms, and what is said of the keeping of each."""
        anchor = f"agreement-{n}"
        told = self._cites(row["claims"], "agreement", anchor)
        kept = [each for each in row["standing_told"] if each["verdict"] not in STANCES]
        return AgreementItem(
            id=row["id"],
            anchor=anchor,
            parties=tuple(row["parties"]),
            when=row["when"],
            standing=row["standing"],
            told=self._keepings(kept, anchor),
            terms=tuple(self._term(term, anchor) for term in row["terms"]),
            breaches=tuple(self._term(term, anchor) for term in row["breaches"]),
            endorsed_by=tuple(row["endorsed_by"]),
            denounced_by=tuple(row["denounced_by"]),
            stances=self._keepings(
                [each for each in row["standing_told"] if each["verdict"] in STANCES], anchor
            ),
            words=told[0].words if told else None,
        )

    def _term(self, row: Row, anchor: str) -> TermItem:
        label = f"{row['kind']} of an agreement"
        return TermItem(
            kind=row["kind"],
            modality=row["modality"],
            owed_by=tuple(row["owed_by"]),
            keeping=row["keeping"],
            told=self._keepings(row["told"], anchor),
            words=self._words(row, label, anchor) if row["span"] else None,
        )

    def _keepings(self, rows: list[Row], anchor: str) -> tuple[KeepingItem, ...]:
        """Accounts of the keeping, in the order of telling; undated ones last."""
        told = [self._keeping(each, anchor) for each in rows]
        return tuple(sorted(told, key=lambda each: (each.said is None, each.said or "")))

    def _keeping(self, row: Row, anchor: str) -> KeepingItem:
        by = row["by"] or self._who(row)
        return KeepingItem(
            verdict=row["verdict"],
            of=row["of"] if row["of"] != by else None,
            source=by,
            said=row["said"] or row["published"],
            words=self._words(row, "keeping of an agreement", anchor),
        )
