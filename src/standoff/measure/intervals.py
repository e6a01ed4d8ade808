"""95 % intervals of scores: a corpus's documents are drawn again and again, with repetition.

Counts of documents are added up under the weights of each draw, all draws at once; a measure is a
function of such sums. The first column of every sum is the corpus as it is, the others are the draws.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Counts = Counter[str]
Floats = NDArray[np.float64]
Interval = tuple[float, float]
RESAMPLES = 1000
SEED = 7
BOUNDS = (2.5, 97.5)


class Sums(dict[str, Floats]):
    """Name of a count -> its sum over the corpus, then over each draw; 0 for a name nobody counted."""

    def __init__(self, counts: Sequence[Counts], resamples: int = RESAMPLES) -> None:
        names = sorted({name for each in counts for name in each})
        table = np.array([[each[name] for name in names] for each in counts], dtype=np.float64)
        sums = weights(len(counts), resamples) @ table.reshape(len(counts), len(names))
        super().__init__(zip(names, sums.T, strict=True))
        self.size = resamples + 1

    def __missing__(self, name: str) -> Floats:
        return np.zeros(self.size)


Measures = Callable[[Sums], dict[str, Floats]]
"""From sums to scores in percent, by the name of the measure."""


def weights(documents: int, resamples: int = RESAMPLES) -> Floats:
    """How often each document counts: once in row 0, by the fixed draws in the others."""
    whole = np.ones((1, documents))
    if not documents:
        return np.ones((resamples + 1, 0))
    even = np.full(documents, 1 / documents)
    return np.vstack([whole, np.random.default_rng(SEED).multinomial(documents, even, size=resamples)])


def share(part: Floats, whole: Floats) -> Floats:
    """``part`` of ``whole`` in percent; 0 where there is no whole."""
    return np.divide(100.0 * part, whole, out=np.zeros(np.broadcast(part, whole).shape), where=whole > 0)


def f1(right: Floats, predicted: Floats, gold: Floats) -> Floats:
    """F1 in percent of so many right ones among predictions and gold."""
    return share(2 * right, predicted + gold)


def scored(counts: Sequence[Counts], measures: Measures) -> tuple[dict[str, float], dict[str, Interval]]:
    """Scores and their 95 % intervals (percent, one decimal) of a corpus's documents."""
    found = measures(Sums(counts))
    return {name: round(float(each[0]), 1) for name, each in found.items()}, {
        name: interval(each[1:]) for name, each in found.items()
    }


def change(
    before: Sequence[Counts], after: Sequence[Counts], measures: Measures
) -> dict[str, tuple[float, Interval]]:
    """What changes in points from one way of reading a corpus to another, with its 95 % interval.

    Both are counted over the same documents in the same order, and drawn together.
    """
    old, new = measures(Sums(before)), measures(Sums(after))
    gaps = {name: new[name] - old[name] for name in old}
    return {name: (round(float(gap[0]), 1), interval(gap[1:])) for name, gap in gaps.items()}


def interval(draws: Floats) -> Interval:
    """The middle 95 % of the draws, to one decimal."""
    low, high = np.percentile(draws, BOUNDS)
    return round(float(low), 1), round(float(high), 1)
