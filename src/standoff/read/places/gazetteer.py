"""The gazetteer: one memory-mapped table of the world's places, keyed by GeoNames id.

Built by ``training/gazetteer.py`` from GeoNames (CC BY 4.0; see the NOTICE beside the table).
"""

from __future__ import annotations

import hashlib
import json
import mmap
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from standoff import vocab
from standoff.errors import VocabError
from standoff.read.places.names import KEY_VERSION, key_hash

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

MAGIC = b"standpl1"
MAIN_BIT = 1 << 31
WORD_BIT = 1 << 30
NO_ROW = 65535
FEATURES = ("country", "admin1", "admin2", "city", "admin3", "region", "continent")
COUNTRY, ADMIN1, ADMIN2, CITY, ADMIN3, REGION, CONTINENT = range(7)


class Hits(NamedTuple):
    """Rows that have a key, which of them by a main name, and whether the key is made of ordinary words."""

    rows: Ints
    main: Flags
    ordinary: bool


NO_HITS = Hits(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.bool_), False)


class Gazetteer:
    """Rows as columns, and two sorted indexes from name keys to rows.

    ``lat``, ``lon`` are degrees, ``radius`` kilometres, ``unit1`` and ``unit2`` the rows of the
    administrative units a place lies in (`NO_ROW` when unknown), ``country`` an index into ``countries``.
    """

    def __init__(self, data: bytes | mmap.mmap) -> None:
        view = memoryview(data)
        size = int.from_bytes(view[8:12], "little")
        header = json.loads(bytes(view[12 : 12 + size]))
        if header["key_version"] != KEY_VERSION:
            raise VocabError("the gazetteer was built for other name keys", todo="run training/gazetteer.py")
        start = 12 + size
        self._arrays = {
            name: np.frombuffer(data, dtype, count, start + offset)
            for name, (dtype, offset, count) in header["arrays"].items()
        }
        self.countries: list[str] = header["countries"]
        self.id, self.lat, self.lon = (self._arrays[name] for name in ("id", "lat", "lon"))
        self.population, self.radius = self._arrays["population"], self._arrays["radius"]
        self.unit1, self.unit2 = self._arrays["unit1"], self._arrays["unit2"]
        self.country, self.feature = self._arrays["country"], self._arrays["feature"]
        self.capitals = self._arrays["capitals"]
        self._name_ends = np.cumsum(self._arrays["name_length"], dtype=np.uint32)

    def __len__(self) -> int:
        return len(self.id)

    def name(self, row: int) -> str:
        """The main name of a row."""
        start = int(self._name_ends[row - 1]) if row else 0
        return bytes(self._arrays["name"][start : int(self._name_ends[row])]).decode("utf-8", "replace")

    def find(self, keys: list[str], index: str = "plain") -> dict[str, Hits]:
        """Rows that have each key. Unknown keys are left out.

        ``index`` is ``plain`` (keys of `plain_key`) or ``class`` (keys of `spelling_class`).
        """
        wanted = sorted((key_hash(key), key) for key in set(keys))
        if not wanted:
            return {}
        high, low, rows = (self._arrays[f"{index}_{part}"] for part in ("high", "low", "row"))
        upper = np.array([number >> 8 for number, _ in wanted], dtype=np.uint32)
        first, last = np.searchsorted(high, upper, "left"), np.searchsorted(high, upper, "right")
        found = {}
        for (number, key), start, end in zip(wanted, first.tolist(), last.tolist(), strict=True):
            if start < end:
                hits = rows[start:end][low[start:end] == number & 255]
                if len(hits):
                    at = (hits & (WORD_BIT - 1)).astype(np.int64)
                    found[key] = Hits(at, (hits & MAIN_BIT) > 0, bool(hits[0] & WORD_BIT))
        return found


@cache
def gazetteer() -> Gazetteer:
    """The table that ships with the package, mapped into memory, checked against its digest once.

    Raises `VocabError` when it is missing or is not the pinned one.
    """
    path = vocab.path("gazetteer/places.bin")
    with path.open("rb") as file:
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    pinned = vocab.load("gazetteer/places")["sha256"]
    if data[:8] != MAGIC or hashlib.sha256(data).hexdigest() != pinned:
        raise VocabError("the gazetteer is not the pinned one", where=path.name, todo="reinstall standoff")
    return Gazetteer(data)
