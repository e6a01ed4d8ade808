"""What would settle a dispute: what its kind calls for, and the gaps in what the record holds of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from standoff.model import Account, Dispute, Quantity
from standoff.show.index import Index
from standoff.show.words import short
from standoff.vocab import load

UNSURE = 0.75
"""A figure read with less confidence than this is worth a look."""
ANSWER = 60


def settle(index: Index, dispute: Dispute, accounts: Sequence[Account]) -> tuple[str, ...]:
    """Sentences, the general one first. Nothing for a dispute that is settled."""
    if dispute.status == "settled":
        return ()
    told = load("en/settle")
    return (*told["kind"].get(dispute.kind, ()), *_gaps(index, dispute, accounts, told["gaps"]))


def _gaps(
    index: Index, dispute: Dispute, accounts: Sequence[Account], words: dict[str, str]
) -> Iterator[str]:
    for side in dispute.sides:
        if side.only_through_opponent:
            yield words["opponent_only"].format(parties=" and ".join(side.parties) or "that side")
        elif side.origins == 1 and len(side.accounts) > 1:
            yield words["one_origin"].format(answer=short(side.answer, ANSWER))
    counts = {
        "no_date": sum(dispute.kind in {"number", "access"} and not each.as_of for each in accounts),
        "unnamed": sum(each.source is None and each.statement is None for each in accounts),
        "unsure": sum(_unsure(index, each) for each in accounts),
    }
    yield from (words[gap].format(count=count) for gap, count in counts.items() if count)
    incident = next((each for each in index.view.referents.incidents if each.id == dispute.incident), None)
    if incident and incident.possibly_same:
        yield words["maybe_same"]


def _unsure(index: Index, account: Account) -> bool:
    if account.quantity is None or account.quantity in index.view.status:
        return False
    found = index.note(account.report, account.quantity)
    return isinstance(found, Quantity) and found.confidence < UNSURE
