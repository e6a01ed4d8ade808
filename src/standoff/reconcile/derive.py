"""The one door of the room: reports, readings and referents in, everything derived out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import msgspec

from standoff.model import Axes, Derived, Dispute, Question, Reading, Referents, Report, Review
from standoff.reconcile.accounts import Teller
from standoff.reconcile.answers.access import access_questions
from standoff.reconcile.answers.blame import legitimacy_questions, responsibility_questions
from standoff.reconcile.answers.in_words import questions_in_words
from standoff.reconcile.answers.topics import (
    actor_questions,
    place_questions,
    time_questions,
)
from standoff.reconcile.decisions import Decisions, decisions_of
from standoff.reconcile.disputes import contested_accounts, find_disputes
from standoff.reconcile.figures.aggregates import Setting
from standoff.reconcile.figures.questions import Open, number_questions
from standoff.reconcile.figures.setting import settings_of
from standoff.reconcile.findings import find_findings
from standoff.reconcile.finish import finished, named_ledger
from standoff.reconcile.grading import airwars_grades
from standoff.reconcile.kept import Workings
from standoff.reconcile.ledger import Memo, make_ledger
from standoff.reconcile.shelf import Shelf, lay_out
from standoff.reconcile.tables import access_rows, agreement_rows, clock_rows, find_timeline, harm_rows
from standoff.reconcile.trust import Trust, assumptions_named, trust_of

IN_WORDS = (
    access_questions,
    questions_in_words,
    actor_questions,
    time_questions,
    place_questions,
    responsibility_questions,
    legitimacy_questions,
)


@dataclass(frozen=True)
class Asked:
    """All questions with their accounts, and the disputes: what the ledger is made from."""

    shelf: Shelf
    teller: Teller
    found: list[Open]
    disputes: list[Dispute]


def reconcile(
    reports: Sequence[Report],
    readings: Sequence[Reading],
    referents: Referents,
    *,
    axes: Axes = Axes(),  # noqa: B008 - frozen
    reviews: Sequence[Review] = (),
    assumptions_off: frozenset[str] = frozenset(),
    trust: Trust | None = None,
) -> Derived:
    """Derive questions, disputes, ledger, timeline, findings and table rows.

    A pure function: the order of ``reports`` and ``readings`` does not matter, that of ``reviews``
    does (see `decisions`). Of ``axes`` ``as_of`` and what the ledger shall count are applied here; the
    caller leaves out the reports that ``known_by`` and ``recorded_by`` exclude. ``assumptions_off`` names
    further ledger assumptions that shall not hold; ``trust`` says whose figures the ledger counts, in
    the place of what ``axes`` say. Raises `UsageError` for a name in ``axes`` that the record has not.
    """
    asked = ask(reports, readings, referents, axes=axes, reviews=reviews)
    return derive(asked, axes, assumptions_off=assumptions_off, trust=trust)


def ask(
    reports: Sequence[Report],
    readings: Sequence[Reading],
    referents: Referents,
    *,
    axes: Axes = Axes(),  # noqa: B008 - frozen
    reviews: Sequence[Review] = (),
    parted: Iterable[Iterable[str]] = (),
    kept: Workings | None = None,
) -> Asked:
    """The questions and disputes, which no choice of whom to believe changes. ``parted`` are groups of ids of
    claims and counts that a person set apart; ``kept`` spares what an earlier view under the same ``axes``
    worked out."""
    shelf = lay_out(reports, readings, referents, kept)
    teller = Teller(shelf, axes)
    decisions = replace(decisions_of(reviews), parted=tuple(map(frozenset, parted)))
    found = all_questions(shelf, teller, decisions)
    return Asked(shelf, teller, found, find_disputes(found, shelf.kept))


def derive(
    asked: Asked,
    axes: Axes,
    *,
    assumptions_off: frozenset[str] = frozenset(),
    trust: Trust | None = None,
    memo: Memo | None = None,
) -> Derived:
    """Everything that the questions imply. ``memo`` spares the ledger what it has solved before."""
    shelf, found, disputes = asked.shelf, asked.found, asked.disputes
    settings = settings_of(shelf, found, trust or Trust())
    questions = [_finished(shelf, each.question, settings.get(each.question.id)) for each in found]
    figures = {each.id: each.aggregates for each in questions}
    access = access_rows(shelf, asked.teller, found)
    agreements = agreement_rows(shelf, found)
    timeline = find_timeline(shelf, axes)
    derived = Derived(
        questions=tuple(questions),
        disputes=tuple(disputes),
        timeline=tuple(timeline),
        clock=tuple(clock_rows(shelf, axes, timeline, access, agreements)),
        access=tuple(access),
        harm=tuple(harm_rows(shelf, asked.teller, found, disputes, figures)),
        agreements=tuple(agreements),
        grades=tuple(airwars_grades(shelf, found)),
    )
    return count_again(derived, asked, axes, assumptions_off=assumptions_off, trust=trust, memo=memo)


def count_again(
    derived: Derived,
    asked: Asked,
    axes: Axes,
    *,
    assumptions_off: frozenset[str] = frozenset(),
    trust: Trust | None = None,
    memo: Memo | None = None,
) -> Derived:
    """The same with ledger and findings made anew: for another choice of whom to believe."""
    trust = trust or trust_of(asked.shelf, axes.believe, axes.without)
    off = assumptions_off | assumptions_named(axes.without_assumptions)
    counted = [each for each in asked.found if each.subject is not None]
    ledger = asked.shelf.kept.of(
        ("ledger", off, trust),
        counted,
        lambda: named_ledger(make_ledger(asked.shelf, counted, off, trust, memo)),
    )
    contested = contested_accounts(asked.disputes)
    findings = find_findings(asked.found, contested, ledger, asked.shelf.kept)
    return msgspec.structs.replace(derived, ledger=ledger, findings=tuple(findings))


def _finished(shelf: Shelf, question: Question, setting: Setting | None) -> Question:
    return shelf.kept.of(
        ("finished", question.id), (), lambda: finished(question, setting), (question, setting)
    )


def all_questions(shelf: Shelf, teller: Teller, decisions: Decisions) -> list[Open]:
    """Questions of every kind, in the order of their first accounts.

    Those in words rest on no count, so that a count that changed leaves them as they are.
    """
    found = number_questions(shelf, teller, decisions)
    worded = shelf.in_words()
    for ask in IN_WORDS:
        found += shelf.kept.of(
            ("asked", ask.__name__), worded.pages, partial(ask, worded, teller, decisions), decisions
        )
    return sorted(found, key=lambda each: each.order)
