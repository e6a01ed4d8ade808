"""Two accounts set against each other by the report's own words, or by who answers whom.

"Each side accused the other" is followed by what the two say; an accusation by what the accused says of the
accuser; one party's words by "the army has another account".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from standoff.model.derived import QuestionKind
from standoff.reconcile.accounts import Teller
from standoff.reconcile.answers.akin import one_camp
from standoff.reconcile.answers.contrasts import about
from standoff.reconcile.answers.denials import charges
from standoff.reconcile.answers.near import BESIDE
from standoff.reconcile.answers.opposed import Answer, ask
from standoff.reconcile.answers.passages import Passage, passages_in, tell
from standoff.reconcile.decisions import Decisions
from standoff.reconcile.figures.questions import Open
from standoff.reconcile.matter import pattern, stems
from standoff.reconcile.shelf import Page, Shelf
from standoff.reconcile.wording import say

Pair = tuple[Passage, Passage]
REACH = 700
"""How far after "each accused the other", in code points, the two sides are looked for."""


def mutual_questions(shelf: Shelf, teller: Teller, decisions: Decisions) -> list[Open]:
    """Who is to blame, where each accuses the other; and which of two accounts set against each other is
    right."""
    found = [shelf.of_page(page, "mutual", partial(_on_page, shelf, page)) for page in shelf.pages]
    blaming = [pair for pairs, _ in found for pair in pairs]
    telling = [pair for _, pairs in found for pair in pairs]
    return [
        *_asked(teller, decisions, "responsibility", "mutual", blaming),
        *_asked(teller, decisions, "nature", "accounts", telling),
    ]


def _on_page(shelf: Shelf, page: Page) -> tuple[list[Pair], list[Pair]]:
    """Pairs of one page of which each blames the other, and those that tell otherwise."""
    told = [each for each in passages_in(shelf, page) if each.retold is None]
    if not told:
        return [], []
    return [*_each_other(shelf, told), *_answered(shelf, told)], list(_set_against(shelf, told))


def _asked(
    teller: Teller, decisions: Decisions, kind: QuestionKind, words: str, pairs: list[Pair]
) -> list[Open]:
    blocks: dict[str, list[str]] = defaultdict(list)
    held: dict[str, Passage] = {}
    for a, b in pairs:
        for each in (a, b):
            blocks[each.key].append(f"{words}:{a.key}:{b.key}")
            held[each.key] = each
    answers: list[Answer] = []
    shared: dict[str, frozenset[str]] = {}
    for key, passage in held.items():
        told = tell(teller, passage, " ".join(passage.text.split()), words)
        if told:
            answers.append(Answer(told, passage.voice, tuple(dict.fromkeys(blocks[key]))))
            shared[told.id] = passage.words

    def sentence(members: list[Answer]) -> tuple[str, str | None]:
        common = frozenset.intersection(*(shared[each.told.id] for each in members))
        return say("questions", words, about=about(members[0].told.account.text, common)), None

    found = ask(kind, answers, sentence, lambda _a, _b: True, decisions)
    return [each for each in found if each.linked.against]


def _each_other(shelf: Shelf, passages: list[Passage]) -> Iterator[Pair]:
    """The first charges by two parties after a sentence that says that each accused the other."""
    text = passages[0].page.text
    for match in pattern("denial", "each_other").finditer(text):
        after = [
            each
            for each in passages
            if match.end() <= each.span[0] <= match.end() + REACH
            and each.statement
            and each.party
            and charges(each)
        ]
        for first in after[:1]:
            other = next((each for each in after if _of_two_sides(shelf, first, each)), None)
            if other:
                yield first, other


def _of_two_sides(shelf: Shelf, a: Passage, b: Passage) -> bool:
    return a.party is not None and b.party is not None and one_camp(shelf, a.party, b.party) is not True


def _answered(shelf: Shelf, passages: list[Passage]) -> Iterator[Pair]:
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


def _set_against(shelf: Shelf, passages: list[Passage]) -> Iterator[Pair]:
    """What one party says right before another is said to have "another account"."""
    for each in passages:
        if each.party is None or each.statement is None or not pattern("denial", "against").search(each.text):
            continue
        before = [p for p in passages[max(0, each.number - 2) : each.number] if p.statement and p.party]
        for other in before[-1:]:
            if _of_two_sides(shelf, other, each):
                yield other, each


def _lays_at(shelf: Shelf, passage: Passage, party: str) -> bool:
    """Whether a passage tells of harm or accuses, and names the party."""
    words = stems(shelf.name(party))
    named = any(one_camp(shelf, each, party) for each in sorted(passage.named))
    return charges(passage) and (named or (bool(words) and words <= passage.words))
