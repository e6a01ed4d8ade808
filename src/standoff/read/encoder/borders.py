"""Sentence borders that no score may overrule: empty lines begin one, a title cut short ends none."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from standoff import vocab

SURE = 20.0
"""A score beyond all that the network gives."""


@cache
def _titles() -> frozenset[str]:
    return vocab.words("en/abbreviations", "before_names")


def fixed(words: Sequence[str], gaps: Sequence[int], paragraphs: Collection[int]) -> NDArray[np.float32]:
    """For every word what is added to its score for beginning a sentence: nothing for nearly all.

    ``gaps`` is 2 after a line break; ``paragraphs`` are the words that follow an empty line.
    """
    added = np.zeros(len(words), dtype=np.float32)
    for k in range(1, len(words)):
        if words[k - 1].endswith(".") and gaps[k] < 2 and _cut_short(words, gaps, k):
            added[k] = -SURE
    added[list(paragraphs)] = SURE
    return added


def _cut_short(words: Sequence[str], gaps: Sequence[int], k: int) -> bool:
    """Whether a title with its full stop, as one word or as two, stands before word ``k``."""
    before = words[k - 1]
    title = words[k - 2] if before == "." and k > 1 and gaps[k - 1] == 0 else before[:-1]
    return title[:1].isupper() and title.lower() in _titles()
