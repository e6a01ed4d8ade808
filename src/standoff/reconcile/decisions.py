"""What people decided on questions and disputes, as reviews name it: by the annotations concerned.

A review counts here when one of its targets has layer ``question`` or ``dispute``; that target's
``key`` is the annotation ids (quantities, claims) joined by ``|``. Reviews that were undone are
left out by the caller.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from standoff.model import Review

LAYERS = frozenset({"question", "dispute"})


@dataclass(frozen=True)
class Decisions:
    """``together``: annotations that answer one question; ``apart``: that do not;
    ``no_dispute``: whose difference a person judged to be no contradiction; ``parted``: claims and counts
    whose incidents a person set apart."""

    together: tuple[frozenset[str], ...] = ()
    apart: frozenset[str] = frozenset()
    no_dispute: tuple[frozenset[str], ...] = ()
    parted: tuple[frozenset[str], ...] = ()

    def about(self, annotations: Iterable[str]) -> Decisions | None:
        """The decisions that concern some annotations; None where there are none."""
        if not (self.together or self.apart or self.no_dispute):
            return None
        mine = frozenset(annotations)
        found = Decisions(
            tuple(each for each in self.together if each & mine),
            self.apart & mine,
            tuple(each for each in self.no_dispute if each & mine),
        )
        return found if found.together or found.apart or found.no_dispute else None

    def waived(self, a: str, b: str) -> bool:
        """Whether a person decided that two annotations do not contradict each other."""
        return any(a in members and b in members for members in self.no_dispute)


def decisions_of(reviews: Sequence[Review]) -> Decisions:
    """Decisions in the order of the reviews; a later merge or split wins over an earlier one."""
    together: list[frozenset[str]] = []
    apart: dict[str, None] = {}
    waived: list[frozenset[str]] = []
    for review in reviews:
        for target in review.targets:
            if target.layer not in LAYERS or not target.key:
                continue
            members = frozenset(target.key.split("|"))
            if review.action == "merge":
                together.append(members)
                apart = {each: None for each in apart if each not in members}
            elif review.action == "split":
                apart.update(dict.fromkeys(sorted(members)))
                together = [kept for kept in (each - members for each in together) if len(kept) > 1]
            elif review.action == "reject":
                waived.append(members)
    return Decisions(tuple(together), frozenset(apart), tuple(waived))
