"""All questions that are found by the words of passages, in one pass over them; a dispute is asked once.

Order matters: a denial set against what it denies is the plainest dispute; the others say nothing of a pair
of passages that already stands against each other.
"""

from __future__ import annotations

from standoff.reconcile.accounts import Teller, Told
from standoff.reconcile.answers.began import began_questions
from standoff.reconcile.answers.clocks import clock_questions
from standoff.reconcile.answers.contested import contested_questions
from standoff.reconcile.answers.contrasts import contrast_questions
from standoff.reconcile.answers.culprits import culprit_questions
from standoff.reconcile.answers.mutual import mutual_questions
from standoff.reconcile.answers.passages import passages_of, weights_of
from standoff.reconcile.answers.reasons import motive_questions
from standoff.reconcile.decisions import Decisions
from standoff.reconcile.figures.questions import Open
from standoff.reconcile.shelf import Shelf

Pair = frozenset[tuple[str, str | None, int, int]]


def questions_in_words(shelf: Shelf, teller: Teller, decisions: Decisions) -> list[Open]:
    """Denials, contrasts, hours, who began it, who did it, reasons and mutual blame; of those that say the
    same of the same words, the first."""
    passages = passages_of(shelf)
    weights = weights_of(shelf, passages)
    told = [each for each in passages if each.retold is None]
    found = [
        *contrast_questions(shelf, teller, decisions, weights),
        *began_questions(shelf, teller, decisions, told, weights),
        *culprit_questions(shelf, teller, decisions),
        *contested_questions(shelf, teller, decisions, weights),
        *clock_questions(shelf, teller, decisions, told, weights),
        *motive_questions(shelf, teller, decisions, told, weights),
        *mutual_questions(shelf, teller, decisions),
    ]
    kept: list[Open] = []
    seen: set[Pair] = set()
    for each in found:
        pairs = {_pair(a, b) for a, b in each.linked.against}
        if pairs and pairs <= seen:
            continue
        seen |= pairs
        kept.append(each)
    return kept


def _pair(a: Told, b: Told) -> Pair:
    return frozenset(
        (each.account.report, each.account.statement, each.account.span[0], each.account.span[1])
        for each in (a, b)
    )
