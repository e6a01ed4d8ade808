"""Scores of the quantities layer against hand-read clusters and the sample.

A gold row is *found* when some quantity's span shares a code point with its own. Its *value* is right when
one of those holds the row's number (both, of a range) as low, high or best, whatever the modality; a vague
row has no number, and its value is right when it is found. Its *value and bound* are right when one of those
quantities says the same number under the same modality:

    =      best is the number, and neither approximate nor open
    ~      best is the number, approximate, and not "nearly"
    ~<     high is the number, approximate, high_open
    >, >=  low is the number, no high, low_open for ">" and not for ">="
    <=     high is the number, no low
    range  low and high are the two numbers
    vague  approximate without best, or a width given by a word

With statements, *and source* asks that the row's source and the quantity's statement (party, whom it
speaks for, their initials, source words) share a word, or that both are the report's own voice.
Rows whose words hold no number are counted too.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from standoff.model import Quantity, Statement

Read = Callable[[str, str | None], tuple[list[Quantity], list[Statement]]]
"""Reads a text published on a date: its quantities and (possibly no) statements."""


class QuantityScore(msgspec.Struct, frozen=True, kw_only=True):
    """Counts of gold rows: all, found, value right, bound right too, and the source right as well."""

    rows: int
    found: int
    bound: int
    source: int
    value: int = 0
    missed: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()

    def share(self, of: str) -> float:
        """A count as a share of all rows; 0 when there are none."""
        return int(getattr(self, of)) / self.rows if self.rows else 0.0


def reports(folder: Path) -> dict[str, dict[str, Any]]:
    """Reports of a cluster folder by id."""
    lines = (folder / "reports.jsonl").read_text(encoding="utf-8").splitlines()
    return {each["id"]: each for each in map(json.loads, lines)}


def right_bound(row: Mapping[str, Any], quantity: Quantity) -> bool:
    """Whether a quantity says the row's number under the row's modality."""
    low, high, how = row["value_min"], row["value_max"], row["modality"]
    exact = not (quantity.approximate or quantity.low_open or quantity.high_open)
    tests: dict[str, Callable[[], bool]] = {
        "=": lambda: quantity.best == low and exact,
        "~": lambda: quantity.best == low and quantity.approximate and not quantity.high_open,
        "~<": lambda: quantity.high == high and quantity.approximate and quantity.high_open,
        ">": lambda: quantity.low == low and quantity.high is None and quantity.low_open,
        ">=": lambda: quantity.low == low and quantity.high is None and not quantity.low_open,
        "<=": lambda: quantity.high == high and quantity.low is None,
        "range": lambda: quantity.low == low and quantity.high == high,
        "vague": lambda: quantity.approximate and quantity.best is None,
    }
    return tests[how]()


def _initials(name: str) -> str:
    """ "United Relief Fund" is also URF; an acronym at the front stays whole."""
    return "".join(w if w.isupper() else w[0] for w in name.split() if w[0].isupper()).lower()


def same_source(
    row: Mapping[str, Any], quantity: Quantity, statements: Mapping[str, Statement], text: str
) -> bool:
    """Whether a quantity's statement (by id) is credited as the row's ``source`` says; None is the report."""
    statement = statements.get(quantity.statement or "")
    named = row["source"]
    if named is None:
        return statement is None or statement.voice == "report"
    if statement is None or statement.voice == "report":
        return False
    names = [statement.party or "", statement.represents or ""]
    said = " ".join([*names, *map(_initials, names), *(text[s:e] for s, e in statement.source)]).lower()
    words = [word for word in named.lower().replace(",", " ").split() if len(word) > 3 or word.isupper()]
    return any(word in said for word in words)


def right_value(row: Mapping[str, Any], quantity: Quantity) -> bool:
    """Whether a quantity holds the row's number or numbers, under whatever bound."""
    wanted = {row["value_min"], row["value_max"]} - {None}
    return wanted <= {quantity.low, quantity.high, quantity.best}


def score_report(
    rows: Iterable[Mapping[str, Any]],
    quantities: Iterable[Quantity],
    statements: Iterable[Statement],
    text: str,
) -> QuantityScore:
    """Score the gold rows of one report (offsets, values, modality, source) against what was found in it."""
    by_id = {s.id: s for s in statements}
    held = list(quantities)
    total = found = value = bound = source = 0
    missed, wrong = [], []
    for row in rows:
        start, end = row["span_text_start_offset"], row["span_end"]
        near = [q for q in held if q.start < end and start < q.end]
        good = [q for q in near if right_bound(row, q)]
        total += 1
        found += bool(near)
        value += any(right_value(row, q) for q in near)
        bound += bool(good)
        source += any(same_source(row, q, by_id, text) for q in good)
        if not near:
            missed.append(row["surface"])
        elif not good:
            wrong.append(f"{row['surface']} ({row['modality']}): {[q.text for q in near]}")
    return QuantityScore(
        rows=total,
        found=found,
        bound=bound,
        source=source,
        value=value,
        missed=tuple(missed),
        wrong=tuple(wrong),
    )


def score_rows(
    rows: Iterable[Mapping[str, Any]], texts: Mapping[str, Mapping[str, Any]], read: Read
) -> QuantityScore:
    """Score gold rows of several reports (``doc`` names each row's) against what ``read`` finds."""
    by_doc: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        by_doc.setdefault(row["doc"], []).append(row)
    scores = [
        score_report(own, *read(texts[doc]["text"], texts[doc]["published"]), texts[doc]["text"])
        for doc, own in by_doc.items()
    ]
    return QuantityScore(
        rows=sum(each.rows for each in scores),
        found=sum(each.found for each in scores),
        bound=sum(each.bound for each in scores),
        source=sum(each.source for each in scores),
        value=sum(each.value for each in scores),
        missed=tuple(line for each in scores for line in each.missed),
        wrong=tuple(line for each in scores for line in each.wrong),
    )


def score_cluster(folder: Path, read: Read) -> QuantityScore:
    """Score a cluster folder that holds ``gold.json`` and ``reports.jsonl``."""
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    return score_rows(gold["quantities"], reports(folder), read)


def score_sample(gold: Mapping[str, Any], quantities: Iterable[Quantity]) -> list[dict[str, Any]]:
    """The sample's quantities one by one: what stands on the same words, whether low, high, best agree."""
    lines = []
    held = list(quantities)
    for row in gold["quantities"]:
        start, end = row["span"]
        near = [q for q in held if q.start < end and start < q.end]
        agree = [q for q in near if (q.low, q.high, q.best) == (row["low"], row["high"], row["best"])]
        lines.append({"id": row["id"], "found": [q.text for q in near], "agrees": bool(agree)})
    return lines
