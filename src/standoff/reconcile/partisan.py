"""Reports whose own voice is one side's, and outlets that speak for a side."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

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


def sides_of_outlets(shelf: Shelf) -> dict[str, str]:
    """Principal of the side that an outlet speaks for, by outlet: whom its partisan reports, taken together,
    quote in at least half of their statements. An outlet is of one side or of none, whatever the report."""
    quoted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for page in shelf.pages:
        outlet = shelf.outlet(page) or page.origin
        if not speaks_for_a_side(page):
            continue
        for statement in page.reading.statements:
            speaker = shelf.speaker(statement)
            if speaker is not None:
                quoted[outlet][shelf.principal(speaker, statement.represents)] += 1
    found = {
        outlet: (min(told, key=lambda party: (-told[party], party)), told) for outlet, told in quoted.items()
    }
    return {outlet: most for outlet, (most, told) in found.items() if 2 * told[most] >= told.total()}
