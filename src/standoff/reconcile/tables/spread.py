"""Order under uncertainty: the days on which a thing can have happened, and the places it can take.

Of two things one is certainly first only if its last day is before the other's first day. Sorting by first
day (by last day, where the first is open) never sets two such things the wrong way round.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from standoff.model.when import parse_when


class Spread(NamedTuple):
    """First and last day on which a thing can have happened; None is open."""

    earliest: dt.date | None
    latest: dt.date | None

    @property
    def anchor(self) -> dt.date | None:
        """The day it is sorted by."""
        return self.earliest or self.latest

    def meets(self, other: Spread) -> bool:
        """Whether the two may share a day."""
        return not (surely_before(self, other) or surely_before(other, self))


OPEN = Spread(None, None)


def surely_before(a: Spread, b: Spread) -> bool:
    """Whether every day of ``a`` is before every day of ``b``."""
    return a.latest is not None and b.earliest is not None and a.latest < b.earliest


def spread_of(edtf: str | None) -> Spread:
    """Bounds of an EDTF expression; open where it is none."""
    when = parse_when(edtf)
    return Spread(when.earliest, when.latest) if when else OPEN


def told_spread(told: dt.date | None, modality: str) -> Spread:
    """Bounds of a thing without a date, by the day it was told: what was done was done by then, what is
    planned, demanded or supposed is not done before."""
    return Spread(None, told) if modality in {"actual", "historical"} else Spread(told, None)


def common(spreads: Iterable[Spread]) -> tuple[Spread, bool]:
    """Days that all allow and True; where there is none, all days that any allows and False."""
    found = list(spreads)
    firsts = [each.earliest for each in found if each.earliest]
    lasts = [each.latest for each in found if each.latest]
    inner = Spread(max(firsts, default=None), min(lasts, default=None))
    if inner.earliest is None or inner.latest is None or inner.earliest <= inner.latest:
        return inner, True
    open_start, open_end = len(firsts) < len(found), len(lasts) < len(found)
    return Spread(None if open_start else min(firsts), None if open_end else max(lasts)), False


def places(spreads: Sequence[Spread]) -> list[tuple[int, int]]:
    """First and last place, from 1, that each can take among all: those surely before it come first, those
    surely after it come later. In the order given; n log n."""
    firsts = sorted(each.earliest for each in spreads if each.earliest)
    lasts = sorted(each.latest for each in spreads if each.latest)
    total = len(spreads)
    return [
        (
            1 + (bisect_left(lasts, each.earliest) if each.earliest else 0),
            total - (len(firsts) - bisect_right(firsts, each.latest) if each.latest else 0),
        )
        for each in spreads
    ]
