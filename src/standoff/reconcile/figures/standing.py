"""Which accounts of a question stand: not replaced by their own source, and no copies."""

from __future__ import annotations

from standoff.model import QuestionLink
from standoff.reconcile.wording import reason

REPLACING = frozenset({"revises", "corrects"})


def superseded(links: tuple[QuestionLink, ...]) -> set[str]:
    """Accounts whose own source has revised or corrected them.

    With an account goes what it had repeated of its own source, and every copy of its words.
    """
    replaced = {link.to for link in links if link.relation in REPLACING}
    repeats = [link for link in links if link.relation == "repeats"]
    before: dict[str, list[str]] = {}
    for link in repeats:
        before.setdefault(link.from_, []).append(link.to)
        if link.reason == reason("copy"):
            before.setdefault(link.to, []).append(link.from_)
    waiting = list(replaced)
    while waiting:
        for other in before.get(waiting.pop(), ()):
            if other not in replaced:
                replaced.add(other)
                waiting.append(other)
    return replaced


def repeating(links: tuple[QuestionLink, ...]) -> set[str]:
    """Accounts that only repeat another one."""
    return {link.from_ for link in links if link.relation == "repeats"}
