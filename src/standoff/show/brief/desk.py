"""What every part of the brief is made with: passages, accounts and citations."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from standoff.model import Account, Question, Span, View, replaced_by
from standoff.show.brief.passages import Passages
from standoff.show.brief.shape import AccountItem
from standoff.show.brief.shape_words import Cite, Words
from standoff.show.index import Index, place_of, spoken_of
from standoff.show.words import figure_of, source


class Desk:
    """Turns records into items; every piece of quoted words is noted as a passage of its report."""

    def __init__(self, view: View) -> None:
        self.view, self.index = view, Index(view)
        self._replaced_in: dict[str, dict[str, str]] = {}
        self.numbers = {report.id: n for n, report in enumerate(view.reports, 1)}
        self.passages = Passages(self.numbers, {report.id: report.text for report in view.reports})
        self.anchors = {q.id: f"figure-{n}" for n, q in enumerate(self._number_questions(), 1)}
        self.disputed = {d.question_id: f"dispute-{n}" for n, d in enumerate(view.derived.disputes, 1)}
        self._accounts = {a.id: (q, a) for q in view.derived.questions for a in q.accounts}

    @cached_property
    def _place_of_incident(self) -> dict[str, str]:
        return {each.id: each.place for each in self.view.referents.incidents if each.place}

    def words(self, report: str, span: Span, label: str, anchor: str) -> Words:
        """Words of a span, noted as a passage that ``anchor`` cites."""
        return self.passages.words(report, (span,), label, anchor)

    # --- disputes and figures

    def _number_questions(self) -> list[Question]:
        return [q for q in self.view.derived.questions if q.kind in {"number", "divergent"} and q.accounts]

    def _in_place_of(self, question: Question) -> dict[str, str]:
        """Accounts of a question that their own source replaced, with what stands in their place."""
        if question.id not in self._replaced_in:
            self._replaced_in[question.id] = replaced_by(question.links)
        return self._replaced_in[question.id]

    def _account(
        self, question: Question, it: Account, prefix: str, label: str, *, spoken: bool = False
    ) -> AccountItem:
        """An account as it is shown; ``spoken`` has the cue before words that are denied."""
        anchor = f"{prefix}{[a.id for a in question.accounts].index(it.id) + 1}"
        statement = self.index.statement(it.report, it.statement)
        numeric = any(value is not None for value in (it.low, it.high, it.best))
        replaced = self._in_place_of(question).get(it.id)
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
            annotation=it.quantity or it.claim or it.statement,
            review=self.view.status.get(it.quantity or "") or self.view.status.get(it.claim or ""),
            words=self.passages.words(
                it.report, spoken_of(it.span, statement) if spoken else (it.span,), label, anchor
            ),
            carried=it.carried,
        )

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
