"""Reports whose own voice is one side's, and outlets that speak for a side."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import partial

from standoff.reconcile.matter import pattern
from standoff.reconcile.shelf import Page, Shelf

QUOTED = re.compile(r"[\"“][^\"“”]*[\"”]")
LOADED = 2
"""So many loaded names for others, and a report takes a side."""


def speaks_for_a_side(page: Page) -> bool:
    """Whether a report's own voice is one side's: it says "our" and "we", or calls others by loaded names."""
    own = page.own_voice
    told = " ".join(page.text[start:end] for start, end in own.content) if own else ""
    plain = QUOTED.sub(" ", told)
    loaded = {match.group().casefold() for match in pattern("words", "loaded").finditer(plain)}
    return pattern("words", "own_side").search(plain) is not None or len(loaded) >= LOADED


def sides_of(shelf: Shelf) -> dict[str, str]:
    """Principal of the side that a report's own voice is of, by report id: whom the partisan reports of its
    outlet, taken together, quote in at least half of their statements. An outlet is of one side or of none.
    """
    partisan: defaultdict[str, list[Page]] = defaultdict(list)
    for page in shelf.pages:
        if shelf.of_page(page, "partisan", partial(speaks_for_a_side, page)):
            partisan[shelf.outlet(page) or page.origin].append(page)
    found = {outlet: _most_quoted(shelf, pages) for outlet, pages in partisan.items()}
    return {
        page.report.id: side
        for outlet, pages in partisan.items()
        if (side := found[outlet])
        for page in pages
    }


def _most_quoted(shelf: Shelf, pages: list[Page]) -> str | None:
    quoted: Counter[str] = Counter()
    for statement in (each for page in pages for each in page.reading.statements):
        speaker = shelf.speaker(statement)
        if speaker is not None:
            quoted[shelf.principal(speaker, statement.represents)] += 1
    most = min(quoted, key=lambda party: (-quoted[party], party), default=None)
    return most if most and 2 * quoted[most] >= quoted.total() else None
