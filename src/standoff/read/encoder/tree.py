"""From scores to a proper parse: one tree a sentence, whatever the scores say."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Heads = NDArray[np.int64]


def sentences(starts: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Word ranges of the sentences; the first word always begins one."""
    size = len(starts)
    edges = [0, *(int(k) for k in np.flatnonzero(starts) if k), size]
    return [(a, b) for a, b in pairwise(edges) if b > a]


def tree(arc: NDArray[np.float32]) -> Heads:
    """Heads of one sentence from its (n, n) scores: the best head each, one root, no cycles."""
    size = len(arc)
    if size == 1:
        return np.zeros(1, dtype=np.int64)
    heads = arc.argmax(axis=1).astype(np.int64)
    own = np.arange(size)
    roots = np.flatnonzero(heads == own)
    if len(roots) == 0:
        root = int((arc.diagonal() - arc.max(axis=1)).argmax())
    elif len(roots) == 1:
        root = int(roots[0])
    else:
        rival = arc.copy()
        rival[own, own] = -np.inf
        root = int(roots[(arc.diagonal()[roots] - rival.max(axis=1)[roots]).argmax()])
        heads[roots] = rival[roots].argmax(axis=1)
    heads[root] = root
    return _acyclic(heads, arc, root)


def _acyclic(heads: Heads, arc: NDArray[np.float32], root: int) -> Heads:
    """Break each cycle where leaving it costs least, at a word that already hangs from the root."""
    reached = _reached(heads, root)
    while not reached.all():
        loop = _loop(heads, int(np.flatnonzero(~reached)[0]))
        allowed = np.where(reached[None, :], arc[loop], -np.inf)
        cost = arc[loop, heads[loop]] - allowed.max(axis=1)
        pick = int(cost.argmin())
        heads[loop[pick]] = int(allowed[pick].argmax())
        reached = _reached(heads, root)
    return heads


def _reached(heads: Heads, root: int) -> NDArray[np.bool_]:
    """Which words lead to the root."""
    to = heads
    for _ in range(max(1, len(heads).bit_length())):
        to = to[to]
    return np.asarray(to == root)


def _loop(heads: Heads, at: int) -> list[int]:
    seen: list[int] = []
    while at not in seen:
        seen.append(at)
        at = int(heads[at])
    return seen[seen.index(at) :]
