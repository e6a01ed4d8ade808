"""The one door of the room: reports, readings and referents in, everything derived out."""

from __future__ import annotations

from collections.abc import Sequence

from standoff.model import Axes, Derived, Reading, Referents, Report, Review
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
from standoff.reconcile.figures.questions import Open, number_questions
from standoff.reconcile.figures.setting import settings_of
from standoff.reconcile.findings import find_findings
from standoff.reconcile.finish import finished, named_ledger, with_figures
from standoff.reconcile.grading import airwars_grades
from standoff.reconcile.ledger import make_ledger
from standoff.reconcile.shelf import Shelf, lay_out
from standoff.reconcile.tables.rows import access_rows, agreement_rows, harm_rows
from standoff.reconcile.tables.timeline import find_timeline
from standoff.reconcile.trust import Trust

ASKED = (
    number_questions,
    access_questions,
    questions_in_words,
    actor_questions,
    time_questions,
    place_questions,
    responsibility_questions,
    legitimacy_questions,
)


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
    does (see `decisions`). Of ``axes`` only ``as_of`` is applied here; the caller leaves out the
    reports that ``known_by`` and ``recorded_by`` exclude. ``assumptions_off`` names ledger
    assumptions that shall not hold; ``trust`` says whose figures the ledger counts.
    """
    shelf = lay_out(reports, readings, referents)
    teller = Teller(shelf, axes)
    found = all_questions(shelf, teller, decisions_of(reviews))
    disputes = find_disputes(found)
    ledger = named_ledger(make_ledger(shelf, found, assumptions_off, trust or Trust()))
    settings = settings_of(shelf, found, trust or Trust())
    questions = [finished(each.question, settings.get(each.question.id)) for each in found]
    figures = {each.id: each.aggregates for each in questions}
    return Derived(
        questions=tuple(questions),
        disputes=tuple(disputes),
        ledger=ledger,
        timeline=tuple(find_timeline(shelf, axes)),
        findings=tuple(find_findings(found, contested_accounts(disputes), ledger)),
        access=tuple(access_rows(shelf, found)),
        harm=tuple(
            with_figures(row, figures.get(str(row["question"]), ()))
            for row in harm_rows(shelf, found, disputes)
        ),
        agreements=tuple(agreement_rows(shelf, teller, found)),
        grades=tuple(airwars_grades(shelf, found)),
    )


def all_questions(shelf: Shelf, teller: Teller, decisions: Decisions) -> list[Open]:
    """Questions of every kind, in the order of their first accounts."""
    found = [each for ask in ASKED for each in ask(shelf, teller, decisions)]
    return sorted(found, key=lambda each: each.order)
