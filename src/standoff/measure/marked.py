"""Quantities against stretches of text in which every quantity is marked: precision and recall.

Within a stretch, gold rows and the quantities that begin in it are paired one to one where their spans
overlap, pairs that agree most first. Of a pair

    value   the number said is the same (both numbers, of a range or a vague word), to within rounding
    bound   it is said under the same bound: = ~ < > <= >= range vague
    unit    the unit is the same (none for plain counts)

Value F1, value + bound F1 and value + unit F1 are over all rows and all quantities of the stretches, kind
accuracy is over the pairs whose value is right, and sourced is the share of rows whose value, bound and
source (see `quantities.same_source`) are right.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

import msgspec

from standoff.measure.quantities import same_source
from standoff.model import Quantity, Statement

Number = int | float
Bound = Literal["=", "~", "<", ">", "<=", ">=", "range", "vague"]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A marked quantity: code points ``[start, end)`` of the document, its numbers, bound and what they mean.

    ``source`` holds the words of the party that says so; None is the report's own voice.
    """

    start: int
    end: int
    bound: Bound
    kind: str
    low: Number | None = None
    high: Number | None = None
    best: Number | None = None
    unit: str | None = None
    what: str | None = None
    role: str | None = None
    source: str | None = None


class Stretch(msgspec.Struct, frozen=True, kw_only=True):
    """Code points ``[start, end)`` of document ``doc`` of a corpus, in which every quantity is marked."""

    doc: str
    corpus: str
    id: str
    start: int
    end: int
    rows: tuple[Row, ...] = ()


class Pair(NamedTuple):
    """A row, the quantity paired with it, and in what they agree."""

    row: Row
    found: Quantity
    value: bool
    bound: bool
    unit: bool


def inside(stretch: Stretch, quantities: Sequence[Quantity]) -> list[Quantity]:
    """The quantities that begin in a stretch."""
    return [each for each in quantities if stretch.start <= each.start < stretch.end]


def align(rows: Sequence[Row], quantities: Sequence[Quantity]) -> list[Pair]:
    """Rows and quantities whose spans overlap, one to one, those that agree most first."""
    ranked = []
    for i, row in enumerate(rows):
        for j, found in enumerate(quantities):
            shared = min(row.end, found.end) - max(row.start, found.start)
            if shared > 0:
                value, bound, unit = agreement(row, found)
                ranked.append((-(4 * value + 2 * bound + unit), -shared, i, j))
    pairs: dict[int, Pair] = {}
    taken: set[int] = set()
    for *_, i, j in sorted(ranked):
        if i not in pairs and j not in taken:
            pairs[i] = Pair(rows[i], quantities[j], *agreement(rows[i], quantities[j]))
            taken.add(j)
    return [pairs[i] for i in sorted(pairs)]


def agreement(row: Row, found: Quantity) -> tuple[bool, bool, bool]:
    """Whether value, bound and unit of a row and a quantity agree."""
    return (
        same_value(row, found),
        row.bound == bound_of(found),
        _same_unit(row, found),
    )


def same_value(row: Row, found: Quantity) -> bool:
    """Whether the number or numbers said are the same; a vague row without numbers asks for none."""
    pair = row.bound in {"range", "vague"}
    wanted = _said(row.low, row.high, row.best, pair)
    held = _said(found.low, found.high, found.best, pair)
    if not wanted:
        return row.bound == "vague"
    return len(wanted) == len(held) and all(map(_close, wanted, held))


def _said(low: Number | None, high: Number | None, best: Number | None, pair: bool) -> list[Number]:
    """The numbers the words say; arithmetic width around a best number is left out."""
    if best is not None and not (pair and low is not None and high is not None):
        return [best]
    return [each for each in (low, high) if each is not None]


def _close(one: Number, other: Number) -> bool:
    return math.isclose(one, other, rel_tol=1e-4, abs_tol=1e-9)


def bound_of(found: Quantity) -> Bound:
    """Under which bound a quantity says its number."""
    if found.low_open:
        return ">"
    if found.high_open:
        return "<"
    if found.best is not None:
        return "~" if found.approximate else "="
    if found.low is not None and found.high is not None:
        return "vague" if found.approximate else "range"
    if found.approximate and found.low is None and found.high is None:
        return "vague"
    return "<=" if found.low is None else ">="


def _same_unit(row: Row, found: Quantity) -> bool:
    """Whether the units agree; that of a count is what it counts and is not asked for."""
    return row.kind == "count" or _unit(row.unit) == _unit(found.unit)


def _unit(unit: str | None) -> str | None:
    return unit.casefold().rstrip("s") if unit else None


def sourced(pair: Pair, statements: Mapping[str, Statement], text: str) -> bool:
    """Whether value, bound and source of a pair are all right."""
    asked = {"source": pair.row.source}
    return pair.value and pair.bound and same_source(asked, pair.found, statements, text)
