"""Statements against PolNeAR's attributions: LINKED F1, over all, quoted and unquoted ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from standoff.measure import statements as scorer
from standoff.measure.intervals import Counts, Floats, Sums, share
from standoff.measure.layers.base import Document, Fault, Outcome, Yardstick
from standoff.model import Reading, Spans, Statement
from standoff.model import spans as sp

PARTS = {"all": "LINKED F1", "quoted": "quoted", "unquoted": "unquoted"}
FIELDS = scorer.Score.__struct_fields__
LEAST = 0.5


class Gold(msgspec.Struct, frozen=True):
    """A gold attribution: spans of its source (none when nobody is named) and of its content."""

    source: Spans
    content: Spans


def _found(reading: Reading) -> list[Statement]:
    return [each for each in reading.statements if each.voice == "source"]


def count(document: Document, reading: Reading) -> Counts:
    """Tallies of one document: predicted, gold and matched ones of each part."""
    score = scorer.linked_f1(document.gold, _found(reading), document.text, least=LEAST)
    return Counter(
        {f"{part}.{field}": getattr(getattr(score, part), field) for part in PARTS for field in FIELDS}
    )


def measures(sums: Sums) -> dict[str, Floats]:
    """LINKED F1; a quoted gold may be met by an unquoted prediction, so each side has matches of its own."""
    return {name: _f1(sums, part) for part, name in PARTS.items()}


def _f1(sums: Sums, part: str) -> Floats:
    precision = share(sums[f"{part}.matched_predicted"], sums[f"{part}.predicted"])
    recall = share(sums[f"{part}.matched_gold"], sums[f"{part}.gold"])
    return share(2 * precision * recall / 100, precision + recall)


def faults(document: Document, reading: Reading) -> Iterator[Fault]:
    """Attributions missed, found where there is none, cut otherwise or credited to another."""
    text, gold, found = document.text, document.gold, _found(reading)
    tokens = [(m.start(), m.end()) for m in scorer.TOKEN.finditer(text)]
    pairs = scorer.link(gold, found, tokens, LEAST)
    left_gold = [g for i, g in enumerate(gold) if i not in {i for i, _ in pairs}]
    left_found = [f for j, f in enumerate(found) if j not in {j for _, j in pairs}]
    for one in left_gold:
        near = max(left_found, key=lambda each: _iou(one, each, tokens), default=None)
        agreed = _iou(one, near, tokens) if near is not None else 0.0
        if near is None or not agreed:
            yield _fault("missed", text, one, None)
            continue
        left_found.remove(near)
        yield _fault(_how(one, near, agreed), text, one, near)
    for other in left_found:
        yield _fault("false alarm", text, None, other)


def _iou(one: Gold, other: Statement, tokens: Sequence[tuple[int, int]]) -> float:
    ours, theirs = scorer.tokens_of(one.content, tokens), scorer.tokens_of(other.content, tokens)
    return len(ours & theirs) / (len(ours | theirs) or 1)


def _how(gold: Gold, found: Statement, agreed: float) -> str:
    if agreed < LEAST:
        return "content cut otherwise"
    if not gold.source:
        return "a source where none is named"
    return "another source" if found.source else "no source"


def _fault(how: str, text: str, gold: Gold | None, found: Statement | None) -> Fault:
    content = (gold or found).content  # type: ignore[union-attr]
    quoted = "quoted" if scorer.has_quotes(text, content) else "unquoted"
    sourceless = ", nobody named" if gold is not None and not gold.source else ""
    told = f"{quoted}{sourceless}"
    start, end = sp.hull(content) if content else (0, 0)
    return Fault(
        kind="missed" if how == "missed" else "false alarm" if how == "false alarm" else "wrong",
        type=told if how in {"missed", "false alarm"} else f"{how}, {told}",
        start=start,
        end=end,
        gold=_words(text, gold),
        found=_words(text, found),
    )


def _words(text: str, one: Gold | Statement | None) -> str:
    if one is None:
        return ""
    return f"{sp.quote(text, one.source, ' … ') or '(nobody)'}: {sp.quote(text, one.content, ' … ')}"


def outcomes(document: Document, reading: Reading) -> Iterator[Outcome]:
    """Every sourced statement, right when it is one of the LINKED pairs."""
    found = _found(reading)
    tokens = [(m.start(), m.end()) for m in scorer.TOKEN.finditer(document.text)]
    right = {j for _, j in scorer.link(document.gold, found, tokens, LEAST)}
    for j, each in enumerate(found):
        yield Outcome(each.confidence, j in right, each)


STATEMENTS = Yardstick(layer="statements", count=count, measures=measures, faults=faults, outcomes=outcomes)
