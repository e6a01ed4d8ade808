"""Questions that are not about numbers: answers that stand against each other, and their links.

A `Answer` is one account's answer with the blocks under which it may meet others. Questions are the
connected sets of answers that share a block; only answers that share a block directly and speak of
one time can contradict each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from standoff.model import Question
from standoff.model.derived import QuestionKind
from standoff.model.ids import derived_id
from standoff.reconcile.accounts import Told, one_source
from standoff.reconcile.decisions import Decisions
from standoff.reconcile.figures.links import Linked
from standoff.reconcile.figures.questions import Open, question_id

REPRESENTATIVES = 6
"""How many sources' answers are tried for each pair of answers."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One account's answer. ``value`` is what is compared (a name-free key or a party id). ``apart`` says
    that it may stand against its own side: who disowns an official is another than that official."""

    told: Told
    value: str
    blocks: tuple[str, ...]
    apart: bool = False


Meets = Callable[[Answer, Answer], bool]


def components(answers: list[Answer]) -> list[list[Answer]]:
    """Answers joined through shared blocks, in the order of their first account (union-find)."""
    parent = list(range(len(answers)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    first: dict[str, int] = {}
    for i, answer in enumerate(answers):
        for block in answer.blocks:
            j = root(first.setdefault(block, i))
            i_root = root(i)
            parent[max(i_root, j)] = min(i_root, j)
    members: dict[int, list[Answer]] = defaultdict(list)
    for i, answer in enumerate(answers):
        members[root(i)].append(answer)
    found = [sorted(each, key=lambda answer: answer.told.order) for each in members.values()]
    return sorted(found, key=lambda each: each[0].told.order)


def link_answers(answers: list[Answer], meets: Meets, decisions: Decisions, changes: bool) -> Linked:
    """Links between answers to one question. ``changes`` says that the answer may change over time."""
    linked = Linked()
    series: dict[str, list[Answer]] = defaultdict(list)
    values: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        series[answer.told.key].append(answer)
        values[answer.value].append(answer)
    for accounts in series.values():
        _link_series(accounts, meets, changes, linked)
    for first, second in combinations(values.values(), 2):
        _link_pair(_representatives(first), _representatives(second), meets, decisions, linked)
    for same in values.values():
        for other in same[1:]:
            if other.told.key != same[0].told.key:
                why = "copy" if other.told.page.origin == same[0].told.page.origin else "same_answer"
                linked.add(other.told, same[0].told, "compatible", why)
    return linked


def _link_series(accounts: list[Answer], meets: Meets, changes: bool, linked: Linked) -> None:
    for older, newer in pairwise(accounts):
        if older.value == newer.value:
            linked.add(newer.told, older.told, "repeats", "repeats")
        elif set(older.blocks) & set(newer.blocks):
            same_time = meets(older, newer) and older.told.day == newer.told.day
            if changes or not same_time:
                linked.add(newer.told, older.told, "develops", "changed")


def _representatives(answers: list[Answer]) -> list[Answer]:
    """Answers of the first few sources, two for each: its first and its last."""
    by_key: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        by_key[answer.told.key].append(answer)
    chosen = list(by_key.values())[:REPRESENTATIVES]
    return [each for mine in chosen for each in ([mine[0], mine[-1]] if len(mine) > 1 else mine)]


def _link_pair(
    first: list[Answer], second: list[Answer], meets: Meets, decisions: Decisions, linked: Linked
) -> None:
    for a in first:
        for b in second:
            if not set(a.blocks) & set(b.blocks) or _one_side(a, b):
                continue
            older, newer = sorted((a.told, b.told), key=lambda each: each.order)
            if not meets(a, b):
                continue
            if decisions.waived(older.annotation, newer.annotation):
                linked.add(newer, older, "compatible", "decided")
                continue
            linked.add(newer, older, "contradicts", "opposed")
            linked.against.append((older, newer))


def _one_side(a: Answer, b: Answer) -> bool:
    if a.apart or b.apart:
        return a.told.speaker is not None and a.told.speaker == b.told.speaker
    return one_source(a.told, b.told)


def _id(kind: QuestionKind, first: Told) -> str:
    """Of an account that rests on words alone, the account names the question: a statement may answer
    several."""
    if first.quantity or first.claim:
        return question_id(kind, first)
    return derived_id("qn", kind, first.account.id)


def ask(
    kind: QuestionKind,
    answers: Iterable[Answer],
    words: Callable[[list[Answer]], tuple[str, str | None]],
    meets: Meets,
    decisions: Decisions,
    *,
    changes: bool = False,
) -> list[Open]:
    """The questions of a kind. ``words`` gives a question's sentence and incident; answers whose
    annotation a person set apart stand in a question of their own."""
    listed = [_decided(answer, decisions) for answer in answers]
    found = []
    for members in components(listed):
        linked = link_answers(members, meets, decisions, changes)
        sentence, incident = words(members)
        told = [answer.told for answer in members]
        question = Question(
            id=_id(kind, told[0]),
            question=sentence,
            kind=kind,
            incident=incident,
            accounts=tuple(each.account for each in told),
            links=tuple(linked.links),
        )
        found.append(Open(question, told, linked))
    return found


def _sided(answer: Answer) -> Answer:
    """The answer whose account says on which side it stands: the same one each time."""
    told = answer.told
    key = ("sided", told.id, answer.value, answer.blocks, answer.apart)
    held: tuple[Told, Answer] | None = told.page.note.held.get(key)
    if held is None or held[0] is not told:
        found = replace(answer, told=replace(told, side=answer.value))
        held = told.page.note.held[key] = (told, found)
    return held[1]


def _decided(answer: Answer, decisions: Decisions) -> Answer:
    answer = _sided(answer)
    mine = answer.told.annotation
    if mine in decisions.apart:
        return replace(answer, blocks=(f"apart:{mine}",))
    joined = tuple(f"together:{n}" for n, each in enumerate(decisions.together) if mine in each)
    if not joined:
        return answer
    return replace(answer, blocks=answer.blocks + joined)
