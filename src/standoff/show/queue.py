"""What a person should decide first: links that were not made, then unsure figures that disputes rest on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from textwrap import shorten
from typing import Literal

import msgspec

from standoff.model import Account, Claim, Incident, Party, Quantity, View
from standoff.model.spans import quote

WIDTH = 60
"""Characters of an incident's words."""
UNSURE = 0.75
"""A contested figure read with less confidence than this is asked for."""
Kind = Literal["incidents", "parties", "figure"]


class QueueRow(msgspec.Struct, frozen=True, kw_only=True):
    """One decision that the record waits for.

    ``id`` and ``other`` are what it is about (``other`` is null for a figure), ``ask`` the question in words,
    ``reason`` why it is open, ``confidence`` the record's own (0 to 1), ``weight`` how many claims or
    accounts would stand otherwise, ``decide`` the words for `standoff review FILE ...`.
    """

    id: str
    other: str | None
    kind: Kind
    ask: str
    reason: str
    confidence: float | None
    weight: int
    decide: str


def queue_rows(view: View) -> Iterator[QueueRow]:
    """Incidents that may be one come first, then parties, then figures; the weightier before the lighter."""
    for rows in (_incidents(view), _parties(view), _figures(view)):
        yield from sorted(rows, key=lambda row: (-row.weight, -(row.confidence or 0.0), row.id, row.other))


def _incidents(view: View) -> Iterator[QueueRow]:
    words = _Words(view)
    doubted = {note.other for each in view.referents.incidents for note in each.possibly_same}
    told = {
        each.id: _told(each, words)
        for each in view.referents.incidents
        if each.possibly_same or each.id in doubted
    }
    weight = {each.id: len(each.claims) for each in view.referents.incidents}
    ask = "Are these one occurrence: {one}; and {other}?"
    return _pairs("incidents", view.referents.incidents, told, weight, ask)


def _parties(view: View) -> Iterator[QueueRow]:
    told = {each.id: each.name for each in view.referents.parties}
    weight = {each.id: each.mentions for each in view.referents.parties}
    return _pairs("parties", view.referents.parties, told, weight, "Are {one} and {other} one party?")


def _pairs(
    kind: Kind,
    found: Sequence[Incident | Party],
    told: Mapping[str, str],
    weight: Mapping[str, int],
    ask: str,
) -> Iterator[QueueRow]:
    """Every pair that may be one, once, though both of it may name the other."""
    seen: set[frozenset[str]] = set()
    for each in found:
        for note in each.possibly_same:
            pair = frozenset((each.id, note.other))
            if note.other not in told or pair in seen:
                continue
            seen.add(pair)
            yield QueueRow(
                id=each.id,
                other=note.other,
                kind=kind,
                ask=ask.format(one=told[each.id], other=told[note.other]),
                reason=note.reason,
                confidence=note.confidence,
                weight=min(weight[each.id], weight[note.other]),
                decide=f"merge {each.id} {note.other}",
            )


def _figures(view: View) -> Iterator[QueueRow]:
    held = {each.id: each for reading in view.readings for each in reading.quantities}
    asked = {a.id: (a, q.question) for q in view.derived.questions for a in q.accounts}
    seen: set[str] = set()
    for dispute in view.derived.disputes:
        accounts = [each for side in dispute.sides for each in side.accounts]
        for account, question in (asked[each] for each in accounts if each in asked):
            quantity = held.get(account.quantity or "")
            sure = quantity is None or view.status.get(quantity.id) or (quantity.confidence or 1.0) >= UNSURE
            if quantity is None or sure or quantity.id in seen:
                continue
            seen.add(quantity.id)
            yield QueueRow(
                id=quantity.id,
                other=None,
                kind="figure",
                ask=f"Does “{account.text}” ({_source(account)}) answer: {question}",
                reason="read with little confidence, and a dispute rests on it",
                confidence=quantity.confidence,
                weight=len(accounts),
                decide=f"accept {quantity.id}",
            )


def _told(incident: Incident, words: _Words) -> str:
    """An incident by its date, its first words in a report, and how many reports tell of it."""
    n = len(incident.reports)
    quoted = next(
        (found for each in (*incident.claims, *incident.quantities) if (found := words.of(each))), ""
    )
    parts = (
        f"“{quoted}”" if quoted else incident.name,
        incident.when or "no date",
        f"{n} report{'s' * (n != 1)}",
    )
    return ", ".join(parts)


class _Words:
    """The words of claims and counts, cut to one line when they are asked for."""

    def __init__(self, view: View) -> None:
        self._texts = {report.id: report.text for report in view.reports}
        self._held: dict[str, tuple[str, Claim | Quantity]] = {}
        for reading in view.readings:
            self._held.update((claim.id, (reading.report, claim)) for claim in reading.claims)
            self._held.update((count.id, (reading.report, count)) for count in reading.quantities)

    def of(self, annotation: str) -> str | None:
        """The words of an annotation; None where there are none."""
        if annotation not in self._held:
            return None
        report, held = self._held[annotation]
        if isinstance(held, Claim):
            return _line(quote(self._texts[report], held.evidence)) if held.evidence else None
        return _line(held.text)


def _line(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= WIDTH else shorten(plain, WIDTH, placeholder=" …")


def _source(account: Account) -> str:
    return account.source or "the report's own words"
