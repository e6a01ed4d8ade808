"""Sentences of a text, by surface signs alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from standoff import vocab
from standoff.model import Span
from standoff.model.spans import trim

BREAK = re.compile(r"(?<=[.!?…”\"])\s+(?=[\"“‘'(]?[^\W\d_a-z])|\n{2,}")
TITLE = re.compile(r"\b(\w+)\.$")
LONGEST = 400


def sentence_around(text: str, span: Span) -> Span:
    """The sentence that holds a span, by surface signs alone; the span itself when that is too long."""
    start, end = max(0, span[0] - LONGEST), min(len(text), span[1] + LONGEST)
    # Two characters further, for the break right before the span looks ahead at its first words.
    before = [each for each in _breaks(text, start, span[0] + 2) if each.end() <= span[0]]
    after = next(_breaks(text, span[1], end), None)
    left = before[-1].end() if before else (start if start == 0 else span[0])
    right = after.start() if after else (end if end == len(text) else span[1])
    return trim(text, (left, right)) if left < right else span


def _breaks(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Ends of sentences within a stretch; a title cut short before a name ("Lt. Gen. Orr") is none."""
    titles = vocab.words("en/abbreviations", "before_names")
    for found in BREAK.finditer(text, start, end):
        last = TITLE.search(text, max(0, found.start() - 8), found.start())
        if last is None or last.group(1).casefold() not in titles:
            yield found
