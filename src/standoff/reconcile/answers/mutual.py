"""Each accused the other: what the two sides say next to a sentence that tells of mutual accusation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from standoff.reconcile.accounts import Teller
from standoff.reconcile.answers.akin import one_camp
from standoff.reconcile.answers.matter import pattern, stems
from standoff.reconcile.answers.near import BESIDE
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
    blocks: dict[str, list[str]] = defaultdict(list)
    held: dict[str, Passage] = {}
    for report, passages in pages.items():
        text = passages[0].page.text
        for match in pattern("denial", "each_other").finditer(text):
            for each in _sides(shelf, passages, match.end()):
                blocks[each.key].append(f"mutual:{report}:{match.start()}")
                held[each.key] = each
        for each, other in (*_answered(shelf, passages), *_set_against(shelf, passages)):
            for one in (each, other):
                blocks[one.key].append(f"answered:{each.key}:{other.key}")
                held[one.key] = one
    for key, each in held.items():
        told = tell(teller, each, _words(each), "mutual")
        if told:
            answers.append(Answer(told, each.voice, tuple(dict.fromkeys(blocks[key]))))
    found = ask(
        "responsibility", answers, lambda _members: (say("questions", "mutual"), None), lambda _a, _b: True, decisions
    )
    return [each for each in found if each.linked.against]


def _answered(shelf: Shelf, passages: list[Passage]) -> Iterator[tuple[Passage, Passage]]:
    """An accusation of another party with what that party, beside it, lays at the accuser's door."""
    for each in passages:
        if "accuses" not in each.stance or each.party is None:
            continue
        accused = [party for party in sorted(each.named) if one_camp(shelf, party, each.party) is not True]
        for other in passages[max(0, each.number - BESIDE) : each.number + BESIDE + 1]:
            if other.statement is None or other.party is None or other.statement is each.statement:
                continue
            answers = any(one_camp(shelf, other.party, party) for party in accused)
            if answers and _lays_at(shelf, other, each.party):
                yield each, other


def _set_against(shelf: Shelf, passages: list[Passage]) -> Iterator[tuple[Passage, Passage]]:
    """What one party says right before another is said to have "another account"."""
    for each in passages:
        if each.party is None or each.statement is None or not pattern("denial", "against").search(each.text):
            continue
        before = [p for p in passages[max(0, each.number - 2) : each.number] if p.statement and p.party]
        for other in before[-1:]:
            if one_camp(shelf, other.party or "", each.party) is not True:
                yield other, each


def _lays_at(shelf: Shelf, passage: Passage, party: str) -> bool:
    """Whether a passage tells of harm or accuses, and names the party."""
    harm = any(c.type in {"ASSAULT", "COERCE", "ACCUSE"} and c.polarity == "affirmed" for c in passage.claims)
    words = stems(shelf.name(party))
    named = any(one_camp(shelf, each, party) for each in sorted(passage.named)) or bool(words) and words <= passage.words
    return named and (harm or "accuses" in passage.stance)


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
