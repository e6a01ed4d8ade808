"""Looking names up for one report: keys to rows of the gazetteer and to features of our own."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from standoff.read.places.gazetteer import ADMIN1, CONTINENT, COUNTRY, NO_HITS, REGION, Gazetteer, Hits
from standoff.read.places.names import spelling_class
from standoff.read.places.physical import physical


class Lookup:
    """Rows found so far, by key. One instance a report; plain keys first, spelling classes on demand."""

    def __init__(self, table: Gazetteer) -> None:
        self.table = table
        self._plain: dict[str, Hits] = {}
        self._class: dict[str, Hits] = {}
        self._fame: dict[str, float] = {}
        self._features = physical()[1]

    def load(self, keys: Iterable[str]) -> None:
        """Look up all keys not yet looked up, in one search."""
        new = [key for key in dict.fromkeys(keys) if key and key not in self._plain]
        if new:
            found = self.table.find(new)
            self._plain.update((key, found.get(key, NO_HITS)) for key in new)

    def rows(self, key: str) -> Hits:
        """Rows that have exactly this key, and which of them by a main name."""
        if key not in self._plain:
            self.load((key,))
        return self._plain.get(key, NO_HITS)

    def alike(self, key: str) -> Hits:
        """Rows with a name of the same spelling class."""
        if key not in self._class:
            folded = spelling_class(key)
            found = self.table.find([folded], "class") if folded else {}
            self._class[key] = found.get(folded, NO_HITS)
        return self._class[key]

    def spelt(self, key: str) -> bool:
        """Whether a name of the same spelling class is known."""
        return len(self.alike(key).rows) > 0

    def features(self, key: str) -> tuple[int, ...]:
        """Numbers of natural features and landmarks with this key."""
        return self._features.get(key, ())

    def known(self, key: str) -> bool:
        """Whether anything has exactly this key."""
        return len(self.rows(key).rows) > 0 or key in self._features

    def ordinary(self, key: str) -> bool:
        """Whether the words of a known key are words of the language in lower case too ("reading")."""
        return self.rows(key).ordinary

    def fame(self, key: str) -> float:
        """How prominent the best-known bearer is: 7 for countries, else log10 of its people.

        A name that is known in another spelling only has that name's fame.
        """
        if key not in self._fame:
            self._fame[key] = self._measure(key)
        return self._fame[key]

    def _measure(self, key: str) -> float:
        rows, main, _ = self.rows(key) if self.known(key) else self.alike(key)
        best = 5.0 if key in self._features else 0.0
        if not len(rows):
            return best
        kind, people = self.table.feature[rows], np.log10(self.table.population[rows].astype(np.float64) + 1)
        people = np.where(main, people, people - 1.5)
        people = np.where((kind == COUNTRY) | (kind == CONTINENT), 7.0, people)
        people = np.where((kind == ADMIN1) & main, np.maximum(people, 5.5), people)
        people = np.where(kind == REGION, np.maximum(people, 4.0), people)
        return max(best, float(people.max()))
