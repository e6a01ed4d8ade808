"""Disputes: the contradicting accounts of a question as sides, in the order of their first account."""

from __future__ import annotations

from collections.abc import Container, Iterable
from functools import partial
from typing import Literal

from standoff.model import Dispute, Side
from standoff.model.annotation import Number
from standoff.model.derived import QuestionKind
from standoff.model.ids import derived_id
from standoff.reconcile.accounts import Told, in_order
from standoff.reconcile.answers.topics import is_denial
from standoff.reconcile.figures.figure import meet
from standoff.reconcile.figures.questions import Open
from standoff.reconcile.figures.sides import sides_of
from standoff.reconcile.independence import independent_origins
from standoff.reconcile.kept import Workings
from standoff.reconcile.moments import same_moment
from standoff.reconcile.wording import answer_words, joined, say

RULES = {"number": "standoff-number-1", "divergent": "standoff-divergent-1"}
OPPOSED_RULE = "standoff-opposed-1"
Pairs = list[tuple[Told, Told]]
SHOWN = 2
"""Of answers in words, a side shows so many; all stand in its accounts."""


def find_disputes(found: list[Open], kept: Workings) -> list[Dispute]:
    """Every dispute, in the order of its question's first account."""
    made = (
        kept.of(
            ("dispute", each.question.id),
            [*each.told, *([each] if each.subject else ())],
            partial(_dispute, each),
            each.question,
        )
        for each in found
        if each.linked.against or each.question.kind in {"divergent", "occurrence", "actor"}
    )
    return [dispute for dispute in made if dispute is not None]


def _dispute(each: Open) -> Dispute | None:
    kind = each.question.kind
    if each.linked.against:
        return _build(each, kind, each.linked.against)
    if kind == "divergent":
        return _build(each, kind, each.linked.apart)
    if kind in {"occurrence", "actor"}:
        return _denied_only(each)
    return None


def _build(each: Open, kind: QuestionKind, pairs: Pairs) -> Dispute:
    dispute = derived_id("ds", each.question.id)
    camps = _numeric(each, pairs) if each.subject else _camps(each, pairs)
    sides = tuple(_side(dispute, camp, _others(camps, n), each.linked.until) for n, camp in enumerate(camps))
    status: Literal["open", "divergent", "settled"] = "divergent" if kind == "divergent" else "open"
    if status == "open" and each.subject and _settled(each, camps):
        status = "settled"
    return Dispute(
        id=dispute,
        question=each.question.question,
        question_id=each.question.id,
        kind=kind,
        incident=each.question.incident,
        status=status,
        sides=sides,
        why=_why(kind, pairs[0]),
        rule=RULES.get(kind, OPPOSED_RULE),
    )


def _others(camps: list[list[Told]], mine: int) -> set[str]:
    """Principals of all sides but one."""
    return {told.principal for n, camp in enumerate(camps) if n != mine for told in camp if told.principal}


def _numeric(each: Open, pairs: Pairs) -> list[list[Told]]:
    roleless = each.subject is not None and each.subject.measure == "other"
    return sides_of(each.told, pairs, apart=each.question.kind == "divergent", roleless=roleless)


def _camps(each: Open, pairs: Pairs) -> list[list[Told]]:
    """Accounts by what they answer: those of the contradicting answers."""
    contested = {told.side for pair in pairs for told in pair}
    camps: dict[str | None, list[Told]] = {}
    for told in in_order(each.told):
        if told.side in contested:
            camps.setdefault(told.side, []).append(told)
    return list(camps.values())


def _side(dispute: str, told: list[Told], opponents: set[str], replaced: Container[str] = ()) -> Side:
    figures = [each.account for each in told]
    return Side(
        id=derived_id("sd", dispute, told[0].id),
        answer=_answers(told, replaced),
        low=_edge(min, [each.low for each in figures]),
        high=_edge(max, [each.high for each in figures]),
        parties=tuple(dict.fromkeys(each.label for each in told)),
        origins=independent_origins(told),
        accounts=tuple(each.id for each in told),
        only_through_opponent=all(each.through is not None and each.through in opponents for each in told),
    )


def _edge(pick: object, values: list[Number | None]) -> Number | None:
    known = [value for value in values if value is not None]
    if len(known) < len(values) or not known:
        return None
    return min(known) if pick is min else max(known)


def _answers(told: list[Told], replaced: Container[str]) -> str:
    """What the side's sources hold last, then what they held before: "13; earlier 14".

    A source holds to what it said on its last day and has not replaced itself.
    """
    if not told[0].figure.known:
        return " / ".join(_distinct(told[:SHOWN]))
    last: dict[str, list[Told]] = {}
    for each in in_order(told):
        stands = last.setdefault(each.key, [])
        if each.id in replaced:
            continue
        if stands and stands[-1].day != each.day:
            stands.clear()
        stands.append(each)
    held = _distinct(sorted((t for each in last.values() for t in each), key=_size)) or _distinct(told)
    earlier = [answer for answer in _distinct(told) if answer not in held]
    now = joined(held)
    return answer_words("held", now=now, earlier=", ".join(earlier)) if earlier else now


def _size(told: Told) -> tuple[float, float]:
    """Figures from the lowest to the highest, bounds by the value that they name."""
    low, high = told.figure.low, told.figure.high
    least = low if low is not None else high if high is not None else 0
    return float(least), float(high if high is not None else least)


def _distinct(told: Iterable[Told]) -> list[str]:
    return list(dict.fromkeys(map(_worded, told)))


def _worded(told: Told) -> str:
    """An account's answer; words that it repeats only to deny them are said to be denied."""
    answer = told.account.answer or answer_words("unknown")
    statement = told.page.statements.get(told.account.statement or "")
    repeats = not told.figure.known and len(answer.split()) > 2 and answer in told.account.text
    if repeats and statement is not None and "denies" in statement.stance:
        return answer_words("denies", answer=answer)
    return answer


def _settled(each: Open, camps: list[list[Told]]) -> bool:
    """Whether the last words of all sources on the sides may hold together."""
    keys = {told.key for camp in camps for told in camp}
    last: dict[str, Told] = {}
    for told in in_order(each.told):
        if told.key in keys and told.figure.known and not told.negated:
            last[told.key] = told
    final = list(last.values())
    measure = each.subject.measure if each.subject else ""
    if measure not in {"cumulative", "stock"} or len(final) < 2:
        return False
    if measure == "stock" and not all(same_moment(told.moment, final[0].moment) for told in final[1:]):
        return False  # of two moments both may hold, and the earlier stays in dispute
    return all(meet(a.figure, b.figure) for n, a in enumerate(final) for b in final[n + 1 :])


def _why(kind: QuestionKind, pair: tuple[Told, Told]) -> str:
    older, newer = pair
    key = kind if kind in RULES else "opposed"
    as_of = newer.account.as_of or older.account.as_of
    return say(
        "why",
        key,
        a=older.label,
        x=_worded(older),
        b=newer.label,
        y=_worded(newer),
        moment=say("why", "moment", as_of=as_of) if as_of else "",
    )


def _denied_only(each: Open) -> Dispute | None:
    """A denial whose other side nobody in the record speaks for: known only through its opponent."""
    denials = [told for told in each.told if is_denial(told)]
    if not denials or any(not told.negated for told in each.told):
        return None
    dispute = derived_id("ds", each.question.id)
    unspoken = Side(
        id=derived_id("sd", dispute, "unspoken"),
        answer=answer_words("affirmed"),
        only_through_opponent=True,
    )
    return Dispute(
        id=dispute,
        question=each.question.question,
        question_id=each.question.id,
        kind=each.question.kind,
        incident=each.question.incident,
        status="open",
        sides=(_side(dispute, denials, set()), unspoken),
        why=say("why", "denied_only", a=denials[0].label),
        rule=OPPOSED_RULE,
    )


def contested_accounts(disputes: Iterable[Dispute]) -> set[str]:
    """Ids of accounts that stand on a side of an open dispute (divergent bounds are none)."""
    return {
        account
        for each in disputes
        if each.status == "open"
        for side in each.sides
        for account in side.accounts
    }
