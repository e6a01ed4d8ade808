"""The trained scorer: features in, how likely each part is out. Plain numpy over pinned int8 tables."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from standoff.errors import VocabError
from standoff.read.roles.features import Seen

SLOTS = ("perpetrators", "organisation", "things", "people", "means")
"""The parts a noun phrase may take, in the model's order after "none"."""
FOLDER = Path(__file__).parent.parent / "weights"
MOST_KNOWN = 300_000
"""Features remembered with their rows; the bound keeps memory flat."""
FILE, MANIFEST = "roles.npz", "roles.json"
Floats = NDArray[np.float32]


def number(feature: str) -> int:
    """A feature's key in the tables: its CRC-32."""
    return zlib.crc32(feature.encode())


class Model:
    """A row a feature: hidden vectors and direct scores of several members, summed, bent, mixed, averaged."""

    def __init__(self, arrays: dict[str, NDArray[Any]], manifest: dict[str, Any]) -> None:
        # row 0 is all zero: it stands for features that were never seen, and begins every sum
        self._row = {int(key): row for row, key in enumerate(arrays["keys"].tolist(), start=1)}
        table = arrays["table"].astype(np.float32) * arrays["scale"]
        self._table: Floats = np.concatenate([np.zeros((1, table.shape[1]), np.float32), table])
        self._bias: Floats = arrays["bias"]
        self._mix: Floats = arrays["mix"]
        self._end: Floats = arrays["end"]
        self._known: dict[str, int] = {}
        self.bar: float = manifest["bar"]
        self.curves: NDArray[np.float64] = np.array(manifest["curves"], dtype=np.float64)

    def totals(self, seen: Seen) -> Floats:
        """The rows of everyone's features, summed, (N, columns). Totals of one noun phrase may be added."""
        if not len(seen.has):
            return np.zeros((0, self._table.shape[1]), dtype=np.float32)
        sums = self._sums(seen.groups)
        total = sums[seen.has[:, 0]]
        for column in seen.has.T[1:]:
            total += sums[column]
        return total

    def shares(self, total: Floats) -> Floats:
        """Shares of none and the five slots, (N, 6)."""
        size = len(total)
        members, width = self._bias.shape
        hidden = total[:, : members * width].reshape(size, members, width)
        direct = total[:, members * width :].reshape(size, members, -1)
        bent = np.maximum(hidden + self._bias, 0.0)
        scores = np.einsum("nmw,mkw->nmk", bent, self._mix) + self._end + direct
        shares = np.exp(scores - scores.max(axis=2, keepdims=True))
        out: Floats = (shares / shares.sum(axis=2, keepdims=True)).mean(axis=1)
        return out

    def _sums(self, groups: Sequence[Sequence[str]]) -> Floats:
        """The rows of each group of features, summed, (groups, columns)."""
        rows: list[int] = []
        begins: list[int] = []
        for group in groups:
            begins.append(len(rows))
            rows.append(0)
            rows.extend(self._rows(group))
        found: Floats = np.add.reduceat(self._table[rows], begins, axis=0)
        return found

    def _rows(self, group: Iterable[str]) -> Iterator[int]:
        known = self._known
        if len(known) > MOST_KNOWN:
            known.clear()
        for feature in group:
            row = known.get(feature)
            if row is None:
                row = known[feature] = self._row.get(number(feature), 0)
            if row:
                yield row


@cache
def load_model(folder: Path = FOLDER) -> Model:
    """The packaged model, checked against its digest. Raises `VocabError` when it is not the pinned one."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        raw = (folder / FILE).read_bytes()
    except (OSError, ValueError) as error:
        raise VocabError("the model of roles is missing", where=FILE, todo="reinstall standoff") from error
    if hashlib.sha256(raw).hexdigest() != manifest["sha256"]:
        raise VocabError("the model of roles is not the pinned one", where=FILE, todo="reinstall standoff")
    with np.load(folder / FILE, allow_pickle=False) as arrays:
        return Model(dict(arrays), manifest)
