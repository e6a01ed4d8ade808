"""Long texts as overlapping windows, and which window answers for which word."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from standoff.read.encoder.borders import SURE
from standoff.read.encoder.pieces import TITLE, UPPER

Floats = NDArray[np.float32]
Range = tuple[int, int]
ENDS = frozenset(".?!…\"”’'»)]")
STOPS = frozenset(".?!…")


def breaks(
    words: Sequence[str], shapes: Sequence[int], gaps: Sequence[int], paragraphs: Collection[int] = ()
) -> list[int]:
    """Where a text may well be cut, by marks and line breaks: 2 a paragraph begins, 1 a sentence may."""
    found = [2] * len(words)
    for k in range(1, len(words)):
        before = words[k - 1]
        stopped = before[-1] in STOPS or (before in ENDS and k > 1 and words[k - 2][-1] in STOPS)
        found[k] = int(gaps[k] == 2 or (stopped and gaps[k] > 0 and shapes[k] in (TITLE, UPPER)))
    for k in paragraphs:
        found[k] = 2
    return found


def cut(lengths: Sequence[int], may_break: Sequence[int], limit: int, overlap: int) -> list[Range]:
    """Word ranges of at most ``limit`` pieces that cover a text, neighbours sharing up to ``overlap``.

    A range ends before a paragraph or a likely sentence start where there is one, and the next one
    begins at one: quotations seldom reach over a paragraph's end. The limit must be at least twice the
    overlap and two words more, so that every range gets on.
    """
    size, begin, ranges = len(lengths), 0, []
    while begin < size:
        end, used = begin, 0
        while end < size and used + lengths[end] <= limit:
            used += lengths[end]
            end += 1
        if end >= size:
            ranges.append((begin, end))
            break
        end = _edge(lengths, may_break, begin, end, overlap)
        ranges.append((begin, end))
        begin = _back(lengths, may_break, begin, end, overlap)
    return ranges


def _edge(lengths: Sequence[int], may_break: Sequence[int], begin: int, end: int, overlap: int) -> int:
    """The last paragraph not much before ``end``, else the last likely sentence start, else ``end``."""
    k, spent, sentence = end, 0, 0
    while k > begin + 1 and spent <= overlap:
        if may_break[k] == 2:
            return k
        sentence = sentence or k * may_break[k]
        k -= 1
        spent += lengths[k]
    return sentence or end


def _back(lengths: Sequence[int], may_break: Sequence[int], begin: int, end: int, overlap: int) -> int:
    """Start of the next range: the earliest likely sentence start at most ``overlap`` before ``end``."""
    k, spent, best = end, 0, 0
    while k > begin + 1 and spent + lengths[k - 1] <= overlap:
        k -= 1
        spent += lengths[k]
        if may_break[k]:
            best = k
    return best or max(k, begin + 1)


def seams(ranges: Sequence[Range], starts: Iterable[Floats]) -> Iterator[Range]:
    """The words each window answers for: neighbours meet at a paragraph, else at the surest sentence start.

    ``starts`` holds each window's scores for "a sentence begins here"; above 0 means yes, beyond `SURE`
    that a paragraph does. A window's
    share is given as soon as the next window's scores are there, so that nothing need be kept.
    """
    left, last = 0, None
    for n, here in enumerate(starts):
        if last is not None:
            right = _seam(ranges[n - 1], ranges[n], last, here, left + 1)
            yield left, right
            left = right
        last = here
    if last is not None:
        yield left, ranges[-1][1]


def _seam(a: Range, b: Range, sa: Floats, sb: Floats, least: int) -> int:
    low, high = max(b[0], least), a[1]
    middle = (low + high) / 2
    if low >= high:
        return max(low, min(high, a[1]))

    def merit(k: int) -> tuple[float, float]:
        here = float(sb[k - b[0]] + (sa[k - a[0]] if k < a[1] else sb[k - b[0]]))
        return (SURE if here > SURE else min(here, 4.0), -abs(k - middle))

    return max(range(low, min(high, b[1] - 1) + 1), key=merit)
