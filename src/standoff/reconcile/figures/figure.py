"""Figures: the bounds of a count as said and in arithmetic, whether two can both hold, their words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import floor
from typing import Any

from standoff import vocab
from standoff.model import Quantity
from standoff.model.annotation import Number
from standoff.reconcile.wording import answer_words


@dataclass(frozen=True, slots=True)
class Figure:
    """Closed bounds in arithmetic (None: unbounded); ``best`` the value named, if one was.

    ``floor_only`` marks a lower bound without an upper one; ``vague`` a word such as "dozens",
    which has bounds by rule only.
    """

    low: Number | None
    high: Number | None
    best: Number | None
    approximate: bool
    vague: bool

    @property
    def floor_only(self) -> bool:
        """Whether only a lower bound was said."""
        return self.low is not None and self.high is None

    @property
    def known(self) -> bool:
        """Whether anything is known of the value."""
        return self.low is not None or self.high is not None

    @property
    def exact(self) -> bool:
        """Whether one value was said, without "about"."""
        return self.low is not None and self.low == self.high and not self.approximate


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = vocab.load("aggregation_rules")["approximate"]
    return table


def width(best: Number, *, whole: bool = True) -> Number:
    """Half width of "about ``best``" in arithmetic, under the table of rule standoff-1 (ours)."""
    table, size = _table(), abs(best)
    cap: Number = size * table["cap_percent"] / 100
    if size != int(size):
        return cap
    digits, step = int(size), 1
    while digits and digits % 10 == 0:
        digits, step = digits // 10, step * 10
    least: Number = min(step * (table["step_five"] if digits % 10 == 5 else table["step_other"]), cap)
    return max(1, floor(least)) if whole else least


def make_figure(
    low: Number | None,
    high: Number | None,
    best: Number | None,
    *,
    low_open: bool = False,
    high_open: bool = False,
    approximate: bool = False,
    whole: bool = True,
) -> Figure:
    """The figure of an account; ``whole`` says that it counts whole things (open bounds move by one)."""
    if low is not None and low_open and whole:
        low = floor(low) + 1
    if high is not None and high_open and whole:
        high = high - 1 if high == int(high) else floor(high)
    if approximate and best is not None and (low is None or high is None or low == high):
        spread = width(best, whole=whole)
        low = max(0, best - spread) if low is None or low == high else low
        high = best + spread if high is None or (high == best and not high_open) else high
    elif low is None and high is None and best is not None:
        low = high = best
    return Figure(
        low, high, best if best is not None else _only(low, high), approximate, approximate and best is None
    )


def _only(low: Number | None, high: Number | None) -> Number | None:
    return low if low is not None and low == high else None


def meet(a: Figure, b: Figure) -> bool:
    """Whether two figures may both hold. Widths of "about" and of vague words never make them clash."""
    return _meets(_stretched(a), _stretched(b)) or (
        a.best is not None and b.best is not None and a.best == b.best
    )


def _stretched(figure: Figure) -> tuple[Number | None, Number | None]:
    if not figure.vague:
        return figure.low, figure.high
    factor = _table()["vague_factor"]
    low = figure.low / factor if figure.low is not None else None
    return low, figure.high * factor if figure.high is not None else None


def _meets(a: tuple[Number | None, Number | None], b: tuple[Number | None, Number | None]) -> bool:
    if a[0] is not None and b[1] is not None and a[0] > b[1]:
        return False
    return not (a[1] is not None and b[0] is not None and b[0] > a[1])


def below(a: Figure, b: Figure) -> bool:
    """Whether all of ``a`` lies below all of ``b``."""
    return a.high is not None and b.low is not None and a.high < b.low


def denies(quantity: Quantity) -> bool:
    """Whether a count says that so many it was not ("not 14"): "no one was killed" says how many, none."""
    return quantity.negated and quantity.best != 0


def number_words(value: Number) -> str:
    """A number with thousands marked by commas, the same in every locale."""
    return f"{int(value):,}" if value == int(value) else f"{value:,}"


def figure_words(
    low: Number | None,
    high: Number | None,
    best: Number | None,
    *,
    low_open: bool = False,
    high_open: bool = False,
    approximate: bool = False,
) -> str:
    """A figure as a person would say it: "14", "about 85", "at least 10", "10 to 20"."""
    if approximate and best is not None:
        return answer_words("nearly" if high_open and low is None else "about", n=number_words(best))
    if low is None and high is None:
        return answer_words("exact", n=number_words(best)) if best is not None else answer_words("unknown")
    if low is not None and high is not None:
        if low == high:
            return answer_words("exact", n=number_words(low))
        return answer_words("range", low=number_words(low), high=number_words(high))
    if low is not None:
        return answer_words("more_than" if low_open else "at_least", n=number_words(low))
    assert high is not None
    return answer_words("fewer_than" if high_open else "up_to", n=number_words(high))
