"""Whose a count is that goes on where somebody was quoted: "12 died, the office said. Twenty are missing."

Agencies say once in a paragraph who tells. A sentence that opens with a count, names no teller and follows a
sentence of somebody's words is taken to be theirs; the account says that it was carried over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, partial

from standoff import vocab
from standoff.model import Reading, Span, Statement
from standoff.model.spans import hull, overlap
from standoff.reconcile.prose import sentence_around
from standoff.reconcile.shelf import Page, Shelf

FURTHEST = 3
"""Sentences of one paragraph over which a teller may be carried."""


def carried_over(shelf: Shelf, page: Page) -> dict[str, str]:
    """The statement that a count of the report's own voice goes on from, by the count's id."""
    return shelf.of_page(page, "carried over", partial(carried, page.reading, page.text))


def carried(reading: Reading, text: str) -> dict[str, str]:
    """The same of a reading and its text alone."""
    told = [each for each in reading.statements if each.voice == "source" and each.cue]
    theirs = {each.id for each in reading.statements if each.voice == "source"}
    found = {}
    for count in reading.quantities if told else ():
        if count.statement in theirs:
            continue
        if (teller := _teller(text, (count.start, count.end), told)) is not None:
            found[count.id] = teller.id
    return found


def _teller(text: str, count: Span, told: Sequence[Statement]) -> Statement | None:
    """Whose words the sentences before a count's own tell, in its paragraph, without a break."""
    start, end = sentence_around(text, count)
    if not _opens().fullmatch(text[start : count[0]]) or _said_in(told, (start, end)):
        return None
    opens = text.rfind("\n", 0, start) + 1
    for _ in range(FURTHEST):
        if start - 2 <= opens:
            return None
        start, end = sentence_around(text, (start - 2, start - 1))
        if said := _said_in(told, (start, end)):
            return said[-1] if said[-1].party else None
        if not _goes_on().match(text, start, end):
            return None
    return None


def _said_in(told: Sequence[Statement], sentence: Span) -> list[Statement]:
    """Statements of a sentence by their cues, those within another's words left out."""
    found = [each for each in told if overlap(hull(each.cue), sentence)]
    ids = {each.id for each in found}
    return [each for each in found if each.parent not in ids]


@cache
def _opens() -> re.Pattern[str]:
    """What may stand in a sentence before a count that it opens with."""
    words = vocab.load("en/counted_persons")["opening"]
    return re.compile(rf"(?:(?:{'|'.join(words)}),?\s+)*", re.IGNORECASE)


@cache
def _goes_on() -> re.Pattern[str]:
    """The opening of a sentence with a count."""
    return re.compile(rf"{_opens().pattern}(?:\d|{'|'.join(_numbers())}\b)", re.IGNORECASE)


@cache
def _numbers() -> list[str]:
    return sorted(vocab.load("en/numbers")["cardinals"], key=lambda word: (-len(word), word))
