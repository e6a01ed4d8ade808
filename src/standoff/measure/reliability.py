"""Whether confidence means something: expected calibration error, and what stands in each bin.

Annotations that gold can judge are put in order of confidence and cut into ten bins of equal mass (equal
confidences are never parted, so there may be fewer). The expected calibration error (ECE) is the mean over
annotations of the gap between their bin's mean confidence and its share of right ones.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np

from standoff.measure.intervals import Floats
from standoff.measure.layers.base import Outcome

BINS = 10


class Bin(msgspec.Struct, frozen=True, kw_only=True):
    """Annotations of like confidence: how many, their mean confidence, and the share that is right."""

    cases: int
    confidence: float
    right: float


def bins(outcomes: Sequence[Outcome], most: int = BINS) -> list[Bin]:
    """Bins of equal mass by rising confidence."""
    confidence = np.array([each.confidence for each in outcomes], dtype=np.float64)
    right = np.array([each.right for each in outcomes], dtype=np.float64)
    order = np.argsort(confidence, kind="stable")
    confidence, right = confidence[order], right[order]
    return [
        Bin(cases=b - a, confidence=float(confidence[a:b].mean()), right=float(right[a:b].mean()))
        for a, b in cuts(confidence, most)
    ]


def cuts(ordered: Floats, most: int) -> list[tuple[int, int]]:
    """Ranges of equal mass of ordered values, moved so that equal values stay together."""
    ends = sorted(
        {
            int(np.searchsorted(ordered, ordered[round(len(ordered) * k / most) - 1], side="right"))
            for k in range(1, most + 1)
            if round(len(ordered) * k / most)
        }
    )
    return list(zip([0, *ends], ends, strict=False))


def calibration_error(outcomes: Sequence[Outcome], most: int = BINS) -> float:
    """ECE (0 to 1); 0 without annotations."""
    held = bins(outcomes, most)
    total = sum(each.cases for each in held)
    return sum(each.cases * abs(each.confidence - each.right) for each in held) / total if total else 0.0


def separation(outcomes: Sequence[Outcome]) -> float:
    """How well confidence tells right from wrong: the chance that a right one has more than a wrong one.

    0.5 is a coin (area under the ROC curve; equal confidences count half).
    """
    right = np.sort([each.confidence for each in outcomes if each.right])
    wrong = np.array([each.confidence for each in outcomes if not each.right])
    if not len(right) or not len(wrong):
        return 0.5
    below, upto = np.searchsorted(right, wrong, "left"), np.searchsorted(right, wrong, "right")
    return float((len(right) - (below + upto) / 2).sum() / (len(right) * len(wrong)))
