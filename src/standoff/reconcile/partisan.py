"""Reports whose own voice is one side's, and whose."""

from __future__ import annotations

import re
from collections import Counter

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


def side_of(shelf: Shelf, page: Page) -> str | None:
    """Principal of the side that a report speaks for: whom it quotes in at least half of its statements."""
    if not speaks_for_a_side(page):
        return None
    quoted: Counter[str] = Counter()
    for statement in page.reading.statements:
        speaker = shelf.speaker(statement)
        if speaker is not None:
            quoted[shelf.principal(speaker, statement.represents)] += 1
    most = min(quoted, key=lambda party: (-quoted[party], party), default=None)
    return most if most and 2 * quoted[most] >= quoted.total() else None
