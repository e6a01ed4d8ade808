"""LINKED F1 of attributions, as PolNeAR systems are compared by.

A predicted attribution matches a gold one when their contents overlap (token IoU >= 0.5) and their
sources share a token, or neither has a source; one to one, the best overlaps first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

import msgspec

from standoff.model import Spans

TOKEN = re.compile(r"\w+|[^\w\s]")
QUOTES = frozenset('"“”«»„‟')


class Attribution(Protocol):
    """What is compared: `Statement` and `RawAttribution` both fit."""

    @property
    def source(self) -> Spans:
        """Who said it."""

    @property
    def content(self) -> Spans:
        """What was said."""


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """Counts of one comparison; they add up over documents."""

    predicted: int = 0
    gold: int = 0
    matched_predicted: int = 0
    matched_gold: int = 0

    @property
    def precision(self) -> float:
        """Share of predictions that match."""
        return self.matched_predicted / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of gold that is matched."""
        return self.matched_gold / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __add__(self, other: Score) -> Score:
        return Score(
            predicted=self.predicted + other.predicted,
            gold=self.gold + other.gold,
            matched_predicted=self.matched_predicted + other.matched_predicted,
            matched_gold=self.matched_gold + other.matched_gold,
        )


class LinkedScore(msgspec.Struct, frozen=True, kw_only=True):
    """LINKED over all attributions, and over those with and without quotation marks in the content."""

    all: Score = Score()
    quoted: Score = Score()
    unquoted: Score = Score()

    def __add__(self, other: LinkedScore) -> LinkedScore:
        return LinkedScore(
            all=self.all + other.all,
            quoted=self.quoted + other.quoted,
            unquoted=self.unquoted + other.unquoted,
        )


def linked_f1(
    gold: Sequence[Attribution], predicted: Sequence[Attribution], text: str, *, least: float = 0.5
) -> LinkedScore:
    """Compare the attributions of one text; ``least`` is the least token IoU of matching contents."""
    starts = [(m.start(), m.end()) for m in TOKEN.finditer(text)]
    pairs = link(gold, predicted, starts, least)
    hit_gold, hit_predicted = {g for g, _ in pairs}, {p for _, p in pairs}
    marks_gold = [has_quotes(text, a.content) for a in gold]
    marks_predicted = [has_quotes(text, a.content) for a in predicted]
    parts = {}
    for name, wanted in (("all", (True, False)), ("quoted", (True,)), ("unquoted", (False,))):
        in_gold = {i for i, mark in enumerate(marks_gold) if mark in wanted}
        in_predicted = {i for i, mark in enumerate(marks_predicted) if mark in wanted}
        parts[name] = Score(
            predicted=len(in_predicted),
            gold=len(in_gold),
            matched_predicted=len(in_predicted & hit_predicted),
            matched_gold=len(in_gold & hit_gold),
        )
    return LinkedScore(**parts)


def link(
    gold: Sequence[Attribution],
    predicted: Sequence[Attribution],
    tokens: Sequence[tuple[int, int]],
    least: float,
) -> list[tuple[int, int]]:
    """Index pairs (gold, predicted) that match, greedily by falling IoU."""
    gold_tokens = [(tokens_of(a.content, tokens), tokens_of(a.source, tokens)) for a in gold]
    predicted_tokens = [(tokens_of(a.content, tokens), tokens_of(a.source, tokens)) for a in predicted]
    found = []
    for i, (content, source) in enumerate(gold_tokens):
        for j, (other, other_source) in enumerate(predicted_tokens):
            iou = len(content & other) / (len(content | other) or 1)
            if iou >= least and (source & other_source or not (source or other_source)):
                found.append((-iou, i, j))
    used_gold: set[int] = set()
    used_predicted: set[int] = set()
    pairs = []
    for _, i, j in sorted(found):
        if i not in used_gold and j not in used_predicted:
            used_gold.add(i)
            used_predicted.add(j)
            pairs.append((i, j))
    return pairs


def tokens_of(spans: Spans, tokens: Sequence[tuple[int, int]]) -> set[int]:
    """Indices of the tokens that the spans touch."""
    found: set[int] = set()
    for start, end in spans:
        low, high = 0, len(tokens)
        while low < high:
            middle = (low + high) // 2
            if tokens[middle][1] <= start:
                low = middle + 1
            else:
                high = middle
        while low < len(tokens) and tokens[low][0] < end:
            found.add(low)
            low += 1
    return found


def has_quotes(text: str, spans: Spans) -> bool:
    """Whether any double quotation mark stands in the spans."""
    return any(not QUOTES.isdisjoint(text[start:end]) for start, end in spans)
