"""Which accounts of a question stand: not replaced by their own source, and no copies."""

from __future__ import annotations

from standoff.model import QuestionLink, replaced_by
from standoff.reconcile.wording import reason


def superseded(links: tuple[QuestionLink, ...]) -> set[str]:
    """Accounts whose own source has revised or corrected them.

    With an account goes what it had repeated of its own source, and every copy of its words.
    """
    copies: dict[str, list[str]] = {}
    for link in links:
        if link.relation == "repeats" and link.reason == reason("copy"):
            copies.setdefault(link.to, []).append(link.from_)
    return set(replaced_by(links, copies))


def repeating(links: tuple[QuestionLink, ...]) -> set[str]:
    """Accounts that only repeat another one."""
    return {link.from_ for link in links if link.relation == "repeats"}
