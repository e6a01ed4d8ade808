"""Independent origins: one wire story in twenty papers is one, and so is one official in three reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from standoff.reconcile.accounts import Told


def independent_origins(told: Iterable[Told]) -> int:
    """How many accounts can be told apart in both their source and their report's origin.

    The largest matching between sources and origins: copies of one origin count once, and so
    does one source that several reports quote.
    """
    origins: dict[str, list[str]] = defaultdict(list)
    for each in told:
        if each.page.origin not in origins[each.key]:
            origins[each.key].append(each.page.origin)
    taken: dict[str, str] = {}
    return sum(_place(source, origins, taken, set()) for source in list(origins))


def _place(source: str, origins: dict[str, list[str]], taken: dict[str, str], seen: set[str]) -> bool:
    """Give a source an origin of its own, moving others where that helps (an augmenting path)."""
    for origin in origins[source]:
        if origin not in taken:
            taken[origin] = source
            return True
    for origin in origins[source]:
        if origin not in seen and len(seen) < DEPTH:
            seen.add(origin)
            if _place(taken[origin], origins, taken, seen):
                taken[origin] = source
                return True
    return False


DEPTH = 200
"""How many origins one search may move; beyond it the count may fall short, never exceed."""
