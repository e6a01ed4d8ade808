"""One report's record against a gold record of the same report, item by item.

Every gold item is *found* (all that the gold says of it agrees), *partly* found (something answers to it,
and each deviation is named), or *missed*. Remarks are in words of this module and never quote the report.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from standoff.measure.compare_claims import (
    best_dispute,
    claim_item,
    dispute_item,
    ledger_items,
    match_claims,
)
from standoff.measure.items import (
    Gold,
    Grade,
    Item,
    alike,
    differs,
    graded,
    listed,
    missed,
    name_differs,
    spans,
)
from standoff.measure.places import NEAR_KM, kilometres
from standoff.measure.statements import TOKEN, tokens_of
from standoff.model import Quantity, Reading, Spans, Statement, Time, View

KINDS = ("statements", "quantities", "times", "places", "claims", "disputes", "ledger")


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """All gold items; ``beyond``: further things of each kind that no gold item asks for."""

    items: tuple[Item, ...]
    beyond: dict[str, int]

    def count(self, kind: str, *grades: Grade) -> int:
        """Number of items of a kind with one of the grades."""
        return sum(each.kind == kind and each.grade in grades for each in self.items)


def compare(gold: Gold, view: View) -> Compared:
    """Compare a gold record with a view that holds the one report it is about."""
    text, reading = view.reports[0].text, view.readings[0]
    pairs = match_statements(gold["statements"], reading.statements, text)
    claims = match_claims(gold, reading, pairs, text)
    items = [
        *(_statement(row, pairs.get(row["id"]), text) for row in gold["statements"]),
        *(_quantity(row, reading, pairs) for row in gold["quantities"]),
        *(_time(row, reading, number) for number, row in enumerate(gold["times"], 1)),
        *(_place(row, reading, number) for number, row in enumerate(gold["places"], 1)),
        *(claim_item(row, claims.get(row["id"]), reading, pairs, gold) for row in gold["claims"]),
        *(dispute_item(row, gold, view) for row in gold["disputes"]),
        *ledger_items(gold, view),
    ]
    disputes = [best_dispute(row, gold, view) for row in gold["disputes"]]
    beyond = {
        "statements": sum(s.voice == "source" for s in reading.statements) - len(pairs),
        "quantities": sum(not _asked(q, gold["quantities"]) for q in reading.quantities),
        "times": sum(not _asked(t, gold["times"]) for t in reading.times),
        "claims": len(reading.claims) - len(claims),
        "disputes": len(view.derived.disputes) - len({each.id for each in disputes if each}),
    }
    return Compared(items=tuple(items), beyond=beyond)


def _asked(found: Quantity | Time, rows: Iterable[Gold]) -> bool:
    return any(found.start < row["span"][1] and row["span"][0] < found.end for row in rows)


# -- statements -------------------------------------------------------------------------------------


def match_statements(
    rows: Sequence[Gold], statements: Iterable[Statement], text: str
) -> dict[str, Statement]:
    """Gold id -> the statement whose content overlaps most, one to one; no overlap, no entry."""
    tokens = [(m.start(), m.end()) for m in TOKEN.finditer(text)]
    found = [each for each in statements if each.voice == "source"]
    ranked = []
    for i, row in enumerate(rows):
        wanted = tokens_of(spans(row["content"]), tokens)
        for j, statement in enumerate(found):
            held = tokens_of(statement.content, tokens)
            if shared := len(wanted & held):
                ranked.append((-shared / len(wanted | held), i, j))
    pairs: dict[str, Statement] = {}
    taken: set[int] = set()
    for _, i, j in sorted(ranked):
        if rows[i]["id"] not in pairs and j not in taken:
            pairs[rows[i]["id"]] = found[j]
            taken.add(j)
    return pairs


def _statement(row: Gold, found: Statement | None, text: str) -> Item:
    label = row["party"] or "no party"
    if found is None:
        return missed("statements", row["id"], label, "nothing of its content is credited to anybody")
    return graded("statements", row["id"], label, [*_spoken(row, found, text), *_circumstances(row, found)])


def _spoken(row: Gold, found: Statement, text: str) -> Iterator[str | None]:
    tokens = [(m.start(), m.end()) for m in TOKEN.finditer(text)]

    def iou(name: str, held: Spans) -> float:
        ours, wanted = tokens_of(held, tokens), tokens_of(spans(row[name]), tokens)
        return len(ours & wanted) / (len(ours | wanted) or 1)

    content = iou("content", found.content)
    if content < 0.5:
        yield f"little of the content agrees ({content:.0%} of the words)"
    elif content < 0.8:
        yield f"the content is cut otherwise ({content:.0%} of the words agree)"
    if not found.source:
        yield "no source"
    elif not iou("source", found.source):
        yield "other words are taken for the source"
    if not iou("cue", found.cue):
        yield "other words are taken for the cue"


def _circumstances(row: Gold, found: Statement) -> Iterator[str | None]:
    yield name_differs("party", row["party"], found.party)
    yield name_differs("represents", row["represents"], found.represents)
    yield name_differs("channel", row["channel"], found.channel)
    yield differs("said", row["said"], found.said)
    yield differs("kind", row["kind"], found.kind)
    wanted = set(re.findall(r"[a-z]+", row["stance"])) - {"and"}
    if lacking := wanted - set(found.stance):
        yield f"stance {listed(found.stance)}, gold {listed(lacking)}"
    if len(row["via"]) != len(found.via):
        yield f"{len(found.via)} of {len(row['via'])} relays"
    elif any(not alike(a, b.name) for a, b in zip(row["via"], found.via, strict=True)):
        yield "the relays stand in another order"


# -- quantities, times, places ----------------------------------------------------------------------


def _quantity(row: Gold, reading: Reading, pairs: Mapping[str, Statement]) -> Item:
    start, end = row["span"]
    near = [q for q in reading.quantities if q.start < end and start < q.end]
    if not near:
        return missed("quantities", row["id"], row["what"], "no quantity on these words")
    facets = [list(_amount(row, q, reading, pairs)) for q in near]
    best = min(facets, key=len)
    return graded("quantities", row["id"], row["what"], best)


def _amount(row: Gold, found: Quantity, reading: Reading, pairs: Mapping[str, Statement]) -> Iterator[str]:
    wanted, held = (row["low"], row["high"], row["best"]), (found.low, found.high, found.best)
    if wanted != held:
        yield f"low, high, best {held}, gold {wanted}".replace("None", "–")
    role = row["role"].split(", ")
    if row["kind"] == "count" and found.role != role[0]:
        yield f"role {found.role}, gold {role[0]}"
    if len(role) > 1 and found.measure != role[1]:
        yield f"measure {found.measure}, gold {role[1]}"
    if found.as_of != row["as_of"]:
        yield f"as of {found.as_of}, gold {row['as_of']}"
    statements = {each.id: each for each in reading.statements}
    holder = statements.get(found.statement or "")
    own = holder is None or holder.voice == "report"
    if row["according_to"] == "report":
        if not own:
            yield "credited to a source; it is the report's own"
    elif own or holder is not pairs.get(row["according_to"]):
        yield "not credited to its source"


def _time(row: Gold, reading: Reading, number: int) -> Item:
    start, end = row["span"]
    near = [t for t in reading.times if t.start < end and start < t.end]
    if not near:
        return missed("times", f"t{number}", row["what"], "no time on these words")
    if any(t.edtf == row["value"] for t in near):
        return graded("times", f"t{number}", row["what"], [])
    return graded("times", f"t{number}", row["what"], [f"read as {near[0].edtf}, gold {row['value']}"])


def _place(row: Gold, reading: Reading, number: int) -> Item:
    start, end = row["span"]
    near = [p for p in reading.places if p.start < end and start < p.end]
    if not near:
        return missed("places", f"p{number}", row["name"], "no place on these words")
    placed = [p for p in near if p.lat is not None and p.lon is not None]
    if not placed:
        return graded("places", f"p{number}", row["name"], ["named, and not placed"])
    away = min(kilometres(p.lat or 0.0, p.lon or 0.0, row["lat"], row["lon"]) for p in placed)
    return graded("places", f"p{number}", row["name"], [f"{away:.0f} km away"] if away > NEAR_KM else [])
