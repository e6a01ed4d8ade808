"""Why was it done: two reasons that two sides give for one act, or a reason that another calls a pretext."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import partial

from standoff.reconcile.accounts import Teller
from standoff.reconcile.answers.akin import one_camp
from standoff.reconcile.answers.contrasts import about
from standoff.reconcile.answers.near import BESIDE, Near
from standoff.reconcile.answers.opposed import Answer, ask
from standoff.reconcile.answers.passages import Passage, once, once_in_page, passage_of, tell
from standoff.reconcile.decisions import Decisions
from standoff.reconcile.figures.questions import Open
from standoff.reconcile.matter import NOTION, Weights, pattern, stems
from standoff.reconcile.shelf import Shelf
from standoff.reconcile.wording import say

WITHIN = 7
COVERED = 0.5
FOLLOWS = 2
"""A pretext may follow on a reason, so many passages on, without a word of it."""
NEEDED = 2.0
"""Least weight of what the two acts share, told apart from their reasons."""


@dataclass(frozen=True)
class Reason:
    """A passage that gives a reason: the stems of the act and of the reason, which stands in ``words``;
    ``set_against`` that it is told as another reason than one before."""

    passage: Passage
    act: frozenset[str]
    why: frozenset[str]
    words: str
    set_against: bool


@once_in_page
def find_reason(passage: Passage) -> Reason | None:
    """The act and the reason that a source's passage gives, parted at the first word that brings in a
    reason."""
    if passage.statement is None or passage.party is None or passage.retold:
        return None
    text = passage.content
    mark = pattern("reasons", "marks").search(text)
    if mark is None:
        if not passage.words or not _given_anew(passage):
            return None
        return Reason(passage, frozenset(), passage.words, " ".join(text.split()), True)
    act = stems(text[: mark.start()]) & passage.words
    why = stems(text[mark.start() :]) & passage.words
    words = " ".join(text[mark.start() :].split()).strip("\"“”'’., ")
    return Reason(passage, act, why - act, words, _given_anew(passage)) if act and why - act else None


def _given_anew(passage: Passage) -> bool:
    """Whether it is told as another reason than one before."""
    return pattern("reasons", "another").search(f"{passage.cue} {passage.content}") is not None


def motive_questions(
    shelf: Shelf, teller: Teller, decisions: Decisions, passages: list[Passage], weights: Weights
) -> list[Open]:
    """Questions of why: each pair of sources that give different reasons for one act."""
    reasons = {each.key: found for each in passages if (found := find_reason(each))}
    givers = [each.passage for each in reasons.values()]
    near = Near(givers, weights, givers)
    blocks: dict[str, list[str]] = defaultdict(list)
    shared: dict[str, frozenset[str]] = {}
    for mine in reasons.values():
        for met in near.of(mine.passage, WITHIN, partial(_another, shelf, mine.passage)):
            other = reasons[met.other.key]
            acts = mine.act & other.act
            own = [key for key in acts if not key.startswith(NOTION)]
            if _order(other) <= _order(mine) or mine.why & other.why:
                continue
            if not (met.beside and (mine.set_against or other.set_against)) and (
                not own
                or len(own) + met.incident + met.beside < 2
                or weights.total(acts) < NEEDED
                or not (met.beside or met.incident or _covers(weights, acts, mine, other))
            ):
                continue
            block = f"reason:{mine.passage.key}:{other.passage.key}"
            for each in (mine, other):
                blocks[each.passage.key].append(block)
                shared[each.passage.key] = acts
    for refused, given in _pretexts(shelf, passages, reasons):
        for passage in (refused, given):
            blocks[passage.key].append(f"reason:{refused.key}:{given.key}")
            shared.setdefault(passage.key, refused.words & given.words)
    held = {each.key: each for each in passages if each.key in blocks}
    answers = []
    for key, passage in held.items():
        words = reasons[key].words if key in reasons else " ".join(passage.content.split())
        told = tell(teller, passage, words, "motive")
        if told:
            answers.append(Answer(told, passage.voice, tuple(blocks[key])))

    def words_of(members: list[Answer]) -> tuple[str, str | None]:
        first = passage_of(members[0].told, held.values())
        return say("motive", "why", about=about(first.content, shared[first.key])), None

    asked = ask("motive", answers, words_of, lambda _a, _b: True, decisions)
    return [each for each in asked if each.linked.against]


@once
def _calls_a_pretext(passage: Passage) -> bool:
    return pattern("reasons", "pretexts").search(passage.content) is not None


def _covers(weights: Weights, acts: frozenset[str], a: Reason, b: Reason) -> bool:
    """Whether the shared words are most of what the shorter of two acts says."""
    return weights.total(acts) >= COVERED * min(weights.total(a.act), weights.total(b.act))


def _order(reason: Reason) -> tuple[str, tuple[int, int], str]:
    return reason.passage.page.report.id, reason.passage.span, reason.passage.key


def _another(shelf: Shelf, a: Passage, b: Passage) -> bool:
    return bool(a.party and b.party) and one_camp(shelf, a.party or "", b.party or "") is not True


def _pretexts(
    shelf: Shelf, passages: list[Passage], reasons: dict[str, Reason]
) -> list[tuple[Passage, Passage]]:
    """What is called a pretext, with the nearest reason that another side gives in that report."""
    given: dict[str, list[Passage]] = defaultdict(list)
    for each in reasons.values():
        given[each.passage.page.report.id].append(each.passage)
    found = []
    for passage in passages:
        if passage.party is None or not _calls_a_pretext(passage):
            continue
        near = [
            each
            for each in given[passage.page.report.id]
            if each.key != passage.key and abs(each.number - passage.number) <= BESIDE
            and _another(shelf, passage, each)
            and (passage.words & each.words or 0 < passage.number - each.number <= FOLLOWS)
        ]  # fmt: skip
        if near:
            found.append((passage, min(near, key=lambda each: abs(each.number - passage.number))))
    return found
