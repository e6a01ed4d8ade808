"""What ids name: annotations, referents, and all that was derived."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Mapping
from itertools import chain
from typing import Any, NamedTuple

from standoff.model import Claim, Mention, Place, Quantity, Statement, Time, View

LAYERS = ("statements", "mentions", "times", "places", "quantities", "claims")
NOUN_OF: dict[type, str] = {
    Statement: "statement",
    Mention: "mention",
    Time: "time",
    Place: "place name",
    Quantity: "quantity",
    Claim: "claim",
}


class Thing(NamedTuple):
    """What an id names: its kind in words, the record, and the report that it stands in, if in one."""

    kind: str
    record: Any
    report: str | None = None


class Things(Mapping[str, list[Thing]]):
    """All that an id names. Copies of a text share annotation ids, so an id may name several.

    Most of a record are annotations and accounts, and few of them are asked for: each is put together
    when it is.
    """

    def __init__(self, view: View, holder: Mapping[str, str], note: Callable[[str, str], Any]) -> None:
        self._holder, self._note = holder, note
        self._text = {each.id: each.text_sha256 for each in view.reports}
        self._copies: dict[str, list[str]] = defaultdict(list)
        for reading in view.readings:
            self._copies[self._text[reading.report]].append(reading.report)
        self._accounts = {each.id: each for asked in view.derived.questions for each in asked.accounts}
        self._rest: dict[str, list[Thing]] = defaultdict(list)
        for thing_id, thing in chain(_reports(view), _referents(view), _derived(view, self._accounts)):
            self._rest[thing_id].append(thing)

    def __getitem__(self, name: str) -> list[Thing]:
        found = [*self._annotations(name), *self._rest.get(name, ())]
        if account := self._accounts.get(name):
            found.append(Thing("account", account, account.report))
        if not found:
            raise KeyError(name)
        return found

    def __contains__(self, name: object) -> bool:
        return name in self._holder or name in self._accounts or name in self._rest

    def __iter__(self) -> Iterator[str]:
        return iter({**self._holder, **dict.fromkeys(self._accounts), **dict.fromkeys(self._rest)})

    def __len__(self) -> int:
        return len({*self._holder, *self._accounts, *self._rest})

    def _annotations(self, name: str) -> Iterator[Thing]:
        first = self._holder.get(name)
        for report in self._copies[self._text[first]] if first is not None else ():
            note = self._note(report, name)
            if note is not None:
                yield Thing(NOUN_OF[type(note)], note, report)


def _reports(view: View) -> Iterator[tuple[str, Thing]]:
    for report in view.reports:
        yield report.id, Thing("report", report, report.id)


def _referents(view: View) -> Iterator[tuple[str, Thing]]:
    them = view.referents
    kinds: tuple[tuple[str, tuple[Any, ...]], ...] = (
        ("party", them.parties),
        ("place", them.places),
        ("group", them.groups),
        ("incident", them.incidents),
        ("origin", them.origins),
    )
    for kind, records in kinds:
        for record in records:
            yield record.id, Thing(kind, record)
    for victim in them.victims:
        yield victim.id, Thing("victim", victim, victim.report)


TOLD = frozenset({"questions", "disputes", "ledger", "timeline", "findings", "grades"})
"""What was derived and has a kind of thing for each of its own; the rest are tables of rows."""


def _of_row(row: Any, name: str) -> str | None:  # noqa: ANN401
    value = row.get(name) if isinstance(row, dict) else getattr(row, name, None)
    return str(value) if value else None


def _derived(view: View, accounts: Container[str]) -> Iterator[tuple[str, Thing]]:
    made = view.derived
    yield from _asked(view)
    for dispute in made.disputes:
        yield dispute.id, Thing("dispute", dispute)
        yield from ((side.id, Thing("side", side)) for side in dispute.sides)
    for group in made.ledger.groups:
        yield group.id, Thing("ledger group", group)
        yield from ((step.id, Thing("step", step)) for step in group.steps if step.id)
    yield from ((each.id, Thing("equation", each)) for each in made.ledger.equations if each.id)
    yield from ((each.id, Thing("conflict", each)) for each in made.ledger.conflicts if each.id)
    yield from ((item.id, Thing("timeline item", item, item.report)) for item in made.timeline)
    yield from ((finding.id, Thing("finding", finding)) for finding in made.findings)
    yield from ((grade.id, Thing("grade", grade)) for grade in made.grades)
    yield from _of_tables(view, accounts)
    for entry, review in dict([*((o.entry, o.review) for o in view.orphans), *view.reviews]).items():
        yield str(entry), Thing("review", review)


def _asked(view: View) -> Iterator[tuple[str, Thing]]:
    """Questions with their links and figures."""
    for question in view.derived.questions:
        yield question.id, Thing("question", question)
        yield from ((link.id, Thing("link", link)) for link in question.links if link.id)
        yield from ((each.id, Thing("aggregate", each)) for each in question.aggregates)


def _of_tables(view: View, accounts: Container[str]) -> Iterator[tuple[str, Thing]]:
    """Rows of tables; where a row has the id of an account it is that account. The copies of a row's words,
    and the flow that it tells of, are explained by the row."""
    made = view.derived
    known = {"clock": "clock", "access": "access", "harm": "harm", "agreements": "agreement"}
    for table in (name for name in made.__struct_fields__ if name not in TOLD):
        for row in getattr(made, table):
            row_id, report = _of_row(row, "id"), _of_row(row, "report")
            for each in (row_id, *_within_row(row)):
                if each and each not in accounts:
                    yield each, Thing(known.get(table, "row"), row, report)


def _within_row(row: Any) -> Iterator[str]:  # noqa: ANN401
    if isinstance(row, dict):
        yield from (copy["id"] for copy in row.get("copies") or ())
        if row.get("flow"):
            yield row["flow"]["id"]
