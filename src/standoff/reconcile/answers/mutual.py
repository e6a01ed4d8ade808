"""Each accused the other: what the two sides say next to a sentence that tells of mutual accusation."""

from __future__ import annotations

from collections import defaultdict

from standoff.reconcile.accounts import Teller
from standoff.reconcile.answers.akin import one_camp
from standoff.reconcile.answers.matter import pattern
from standoff.reconcile.answers.opposed import Answer, ask
from standoff.reconcile.answers.passages import Passage, passages_of, tell
from standoff.reconcile.decisions import Decisions
from standoff.reconcile.figures.questions import Open
from standoff.reconcile.shelf import Shelf
from standoff.reconcile.wording import say

REACH = 700
"""How far after the sentence, in code points, the two sides are looked for."""


def mutual_questions(shelf: Shelf, teller: Teller, decisions: Decisions) -> list[Open]:
    """Who is to blame? One question for each sentence that says that each accused the other."""
    pages: dict[str, list[Passage]] = defaultdict(list)
    for each in passages_of(shelf):
        if not each.retold:
            pages[each.page.report.id].append(each)
    answers: list[Answer] = []
    for report, passages in pages.items():
        text = passages[0].page.text
        for match in pattern("denial", "each_other").finditer(text):
            for each in _sides(shelf, passages, match.end()):
                told = tell(teller, each, _words(each), "mutual")
                if told:
                    answers.append(Answer(told, each.voice, (f"mutual:{report}:{match.start()}",)))
    found = ask(
        "responsibility", answers, lambda _members: (say("questions", "mutual"), None), lambda _a, _b: True, decisions
    )
    return [each for each in found if each.linked.against]


def _words(passage: Passage) -> str:
    return " ".join(passage.text.split())


def _sides(shelf: Shelf, passages: list[Passage], start: int) -> list[Passage]:
    """The first passages after a place by two parties that are not of one side."""
    after = [each for each in passages if start <= each.span[0] <= start + REACH and each.statement and each.party]
    first = next(iter(after), None)
    if first is None or first.party is None:
        return []
    other = next(
        (each for each in after if each.party and one_camp(shelf, first.party or "", each.party) is not True), None
    )
    return [first, other] if other else []
