"""Access, harm, agreements and victims in the page: looked through for words, and sent some at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

import msgspec

from standoff.model import Victim
from standoff.show.brief.happened import Row
from standoff.show.brief.masking import folded
from standoff.show.page.lists import Lists
from standoff.show.page.shape_told import AccessList, AgreementList, HarmList, VictimList
from standoff.show.rowtypes import plain
from standoff.show.words import around, source


class Sought(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked of a list: one thing by its id, words that all must be there, and which part of it."""

    id: str | None = None
    q: str = ""
    first: int = 0
    count: int = 50


Numbered = Sequence[tuple[int, Any, str]]
"""Things with their numbers in the record's order, and the words (folded) in which they may be found."""


class Told(Lists):
    """Parts of a list that fit what is sought; only what is sent is put together."""

    def access(self, sought: Sought) -> AccessList:
        """Accounts of routes, passage and deliveries."""
        total, shown = _found(self._access_rows, sought)
        return AccessList(total=total, items=tuple(self.access_item(n, it) for n, it in shown))

    def harm(self, sought: Sought) -> HarmList:
        """Incidents of harm."""
        total, shown = _found(self._harm_rows, sought)
        return HarmList(total=total, items=tuple(self.harm_item(n, it) for n, it in shown))

    def agreements(self, sought: Sought) -> AgreementList:
        """Agreements with their terms."""
        total, shown = _found(self._agreement_rows, sought)
        return AgreementList(total=total, items=tuple(self.agreement_item(n, it) for n, it in shown))

    def victims(self, sought: Sought) -> VictimList:
        """Persons reported harmed."""
        total, shown = _found(self._victim_rows, sought)
        return VictimList(
            total=total,
            items=tuple(self.victim(n, it) for n, it in shown),
            around={it.id: around(self.index.reports[it.report].text, it.span) for _, it in shown},
        )

    @cached_property
    def told_of(self) -> dict[str, int]:
        """How many there are of each."""
        derived = self.view.derived
        return {
            "access": len(derived.access),
            "harm": len(derived.harm),
            "agreements": len(derived.agreements),
            "victims": len(self.view.referents.victims),
        }

    # ---- in which order, found by which words

    @cached_property
    def _access_rows(self) -> Numbered:
        rows = _numbered(map(plain, self.view.derived.access), self._access_words)
        return sorted(rows, key=lambda row: (_day(row[1]), row[0]))

    @cached_property
    def _harm_rows(self) -> Numbered:
        return _numbered(map(plain, self.view.derived.harm), self._harm_words)

    @cached_property
    def _agreement_rows(self) -> Numbered:
        return _numbered(map(plain, self.view.derived.agreements), self._agreement_words)

    @cached_property
    def _victim_rows(self) -> Numbered:
        rows = _numbered(self.view.referents.victims, self._victim_words)
        return sorted(rows, key=lambda row: (row[1].name is None, folded(row[1].name or ""), row[0]))

    def _access_words(self, row: Row) -> Iterator[str | None]:
        yield from (row["state"], row["place"], row["text"], self._who(row))
        yield from (*row["what"], *row["by"], *row["to"])

    def _harm_words(self, row: Row) -> Iterator[str | None]:
        yield from (row["what"], row["place"], *row["at_risk"])
        for each in row["figures"]:
            yield from (each["group"], each["harm"], *each["sources"])
        for each in row["said_to_be_responsible"]:
            yield from (each["party"], each["by"], each["text"])

    def _agreement_words(self, row: Row) -> Iterator[str | None]:
        yield from (row["text"], row["standing"], *row["parties"])
        for term in (*row["terms"], *row["breaches"]):
            yield term["text"]
            yield from term["owed_by"]
        for each in (*row["standing_told"], *(told for term in row["terms"] for told in term["told"])):
            yield from (each["by"], each["of"], each["text"])

    def _victim_words(self, it: Victim) -> Iterator[str | None]:
        yield from (it.name, it.name_original, it.description, it.harm, it.status)
        yield source(self.index.statement(it.report, it.statement), self.index.report(it.report))


def _day(row: Row) -> str:
    """The day that an account of access is of, else the day of telling; what has neither comes last."""
    return str(row["when"] or row["said"] or row["published"] or "~")


def _numbered(things: Iterable[Any], words: Callable[[Any], Iterator[str | None]]) -> Numbered:
    return [(n, it, folded(" ".join(filter(None, words(it))))) for n, it in enumerate(things, 1)]


def _found(rows: Numbered, sought: Sought) -> tuple[int, list[tuple[int, Any]]]:
    """How many fit, and those of them that are to be shown."""
    words = folded(sought.q).split()
    fits = [
        (n, it)
        for n, it, text in rows
        if (sought.id is None or _id(it) == sought.id) and all(word in text for word in words)
    ]
    return len(fits), fits[sought.first : sought.first + sought.count]


def _id(it: Any) -> str:  # noqa: ANN401  (a row of a table, or a record)
    return str(it["id"] if isinstance(it, dict) else it.id)
