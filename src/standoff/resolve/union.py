"""Disjoint sets over string keys, with groups in a fixed order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable


class Union:
    """Union-find whose groups do not depend on the order of joins."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._parent = {key: key for key in keys}

    def root(self, key: str) -> str:
        """Representative of the set that ``key`` is in (the least key of it)."""
        while self._parent[key] != key:
            self._parent[key] = self._parent[self._parent[key]]
            key = self._parent[key]
        return key

    def join(self, a: str, b: str) -> None:
        """Put the sets of ``a`` and ``b`` together."""
        first, second = sorted((self.root(a), self.root(b)))
        self._parent[second] = first

    def groups(self) -> list[list[str]]:
        """All sets, each sorted, in order of their least key."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for key in sorted(self._parent):
            found[self.root(key)].append(key)
        return [found[key] for key in sorted(found)]
