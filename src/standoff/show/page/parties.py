"""Parties by name, a page at a time: what a record of thousands of them can be looked through by."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property

from standoff.show.brief.masking import folded
from standoff.show.page.lists import Lists
from standoff.show.page.shape import PartiesFound, PartyLine, PartyRow, Speaker

BELOW = 4
"""Parties that speak for one, as told in its row."""
ONLY = ("speaking", "all", "same")
"""Which parties: those that say something, all, those that may be the same as another."""


def in_order(name: str) -> tuple[tuple[int, int, str], ...]:
    """The place of a folded name in an alphabetical list: numbers in it count by their value."""
    return tuple(
        (0, len(part.lstrip("0")), part.lstrip("0")) if n % 2 else (1, 0, part)
        for n, part in enumerate(re.split(r"(\d+)", name))
        if part
    )


class Parties(Lists):
    """Lists, and parties found among them."""

    def parties_found(
        self, q: str = "", type_: str | None = None, only: str = "all", first: int = 0, count: int = 200
    ) -> PartiesFound:
        """Parties whose names hold all words of ``q``; by name, since nobody ranks above another."""
        words = folded(q).split()
        found = [
            (rank, each)
            for each, names in self._by_name
            if (type_ is None or each.type == type_)
            and (only != "speaking" or each.statements)
            and (only != "same" or each.possibly_same)
            and (rank := _rank(words, names)) is not None
        ]
        found.sort(key=lambda each: each[0])
        return PartiesFound(
            total=len(self.parties),
            found=len(found),
            types=tuple(sorted({each.type for each in self.parties.values()})),
            parties=tuple(self._row(each) for _, each in found[first : first + count]),
        )

    @cached_property
    def _by_name(self) -> list[tuple[PartyLine, tuple[str, ...]]]:
        """Parties with their names as they are sought, in the order of the first of these."""
        told = [(it, tuple(map(folded, (it.name, *it.aliases)))) for it in self.parties.values()]
        return sorted(told, key=lambda each: (in_order(each[1][0]), each[0].name, each[0].id))

    @cached_property
    def _speaks_for(self) -> dict[str, str]:
        """Whom a party speaks for, where that is a party too: a name counts before another's other name."""
        named: dict[str, str] = {}
        for it in self.parties.values():
            named.setdefault(it.name, it.id)
        for it in self.parties.values():
            for alias in it.aliases:
                named.setdefault(alias, it.id)
        return {
            it.id: above
            for it in self.parties.values()
            if it.represents and (above := named.get(it.represents)) and above != it.id
        }

    @cached_property
    def _spoken_by(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for below, above in self._speaks_for.items():
            found[above].append(below)
        return found

    def _row(self, it: PartyLine) -> PartyRow:
        above, below = self._speaks_for.get(it.id), self._spoken_by.get(it.id, [])
        return PartyRow(
            party=it,
            above=self._speaker(above) if above else None,
            below=tuple(self._speaker(each) for each in below[:BELOW]),
            more_below=max(0, len(below) - BELOW),
        )

    def _speaker(self, party: str) -> Speaker:
        return Speaker(id=party, name=self.parties[party].name)


def _rank(words: list[str], names: tuple[str, ...]) -> int | None:
    """How well names fit words: those that begin so first, a name before another name; None: not at all."""
    for n, name in enumerate(names):
        if all(word in name for word in words):
            return (0 if not words or name.startswith(words[0]) else 2) + (1 if n else 0)
    return None
