"""Bounds of a number under a named rule: what "about", "at least" and "dozens" are worth."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import msgspec

from standoff import vocab
from standoff.errors import VocabError
from standoff.model.annotation import Number

DEFAULT = "standoff-1"


class Bounds(msgspec.Struct, frozen=True, kw_only=True):
    """Low, high and best as far as the words give them; ``low <= best <= high`` wherever both are known."""

    low: Number | None = None
    high: Number | None = None
    best: Number | None = None
    low_open: bool = False
    high_open: bool = False
    approximate: bool = False


def number_rule(name: str = DEFAULT) -> dict[str, Any]:
    """The table of a named number rule, e.g. ``standoff-1`` or ``acled``. Raises `VocabError`."""
    rules: dict[str, dict[str, Any]] = vocab.load("number_rules")["rules"]
    if name not in rules:
        raise VocabError(
            f"no number rule is called {name}",
            where="number_rules.toml",
            todo="use one of " + ", ".join(rules),
        )
    return rules[name]


def tidy(value: float) -> Number:
    """An integer where the value is whole, else the float without binary dust."""
    rounded = round(value, 9)
    return int(rounded) if float(rounded).is_integer() else rounded


@cache
def width(value: Number) -> Number:
    """Half the arithmetic width of "about ``value``": ours, by its last significant digit."""
    table = number_rule()["about"]
    size = abs(value)
    if size == 0:
        return 0
    if not float(size).is_integer() or size < 1:
        return tidy(float(f"{size * table['share']:.2g}"))
    if size < table["half_below"]:
        return 0.5
    digits = str(int(size)).rstrip("0")
    zeros = len(str(int(size))) - len(digits)
    step = table["step_if_last_digit_is_5"] if digits[-1] == "5" else table["step_otherwise"]
    wide = math.ceil(min(size * table["share"], step * 10**zeros) - 1e-9)
    return int(max(table["least"], wide))


def exact(value: Number) -> Bounds:
    """Bounds of a plain number."""
    return Bounds(low=value, high=value, best=value)


def span(low: Number, high: Number) -> Bounds:
    """Bounds of "20 to 30"."""
    return Bounds(low=low, high=high)


def word(key: str, times: Number = 1) -> Bounds:
    """Bounds of a vague word such as "dozens", ``times`` a scale ("several thousand")."""
    entry = number_rule()["words"][key]
    low, high = entry.get("low"), entry.get("high")
    top = None if high is None else (high if times == 1 else (high + 1) * times - 1)
    if high is not None and low == high:
        return Bounds(low=low * times, high=high * times, best=low * times, approximate=True)
    return Bounds(low=None if low is None else low * times, high=top, approximate=True)


def about(bounds: Bounds) -> Bounds:
    """ "about n": n stays best; low and high get the arithmetic width."""
    low, high = bounds.low, bounds.high
    if bounds.best is not None:
        low, high = _less(bounds.best), tidy(bounds.best + width(bounds.best))
    return msgspec.structs.replace(bounds, low=low, high=high, approximate=True)


def nearly(bounds: Bounds) -> Bounds:
    """ "nearly n": best n, which it does not reach; low is arithmetic width."""
    if bounds.best is None:
        return msgspec.structs.replace(bounds, approximate=True, high_open=True)
    low = _less(bounds.best)
    return Bounds(low=low, high=bounds.best, best=bounds.best, high_open=True, approximate=True)


def _less(best: Number) -> Number:
    low = tidy(best - width(best))
    return max(0, low) if best >= 0 else low


def _stated(bounds: Bounds, side: str) -> Number | None:
    """The number that a bound is put on: the stated one, not one end of its arithmetic width."""
    if bounds.best is not None:
        return bounds.best
    return bounds.low if side == "low" else bounds.high


def more(bounds: Bounds) -> Bounds:
    """ "more than n": low n, which is not included."""
    return Bounds(low=_stated(bounds, "low"), low_open=True, approximate=bounds.approximate)


def at_least(bounds: Bounds) -> Bounds:
    """ "at least n": low n."""
    return Bounds(low=_stated(bounds, "low"), approximate=bounds.approximate)


def up_to(bounds: Bounds) -> Bounds:
    """ "up to n": high n."""
    return Bounds(high=_stated(bounds, "high"), approximate=bounds.approximate)


def fewer(bounds: Bounds) -> Bounds:
    """ "fewer than n": high n, which is not included."""
    return Bounds(high=_stated(bounds, "high"), high_open=True, approximate=bounds.approximate)


APPLY = {
    "about": about,
    "nearly": nearly,
    "more": more,
    "at_least": at_least,
    "up_to": up_to,
    "fewer": fewer,
}


def negative(bounds: Bounds) -> Bounds:
    """Bounds of the same number below zero: "minus 12"."""
    low, high, best = (None if n is None else -n for n in (bounds.low, bounds.high, bounds.best))
    return Bounds(
        low=high,
        high=low,
        best=best,
        low_open=bounds.high_open,
        high_open=bounds.low_open,
        approximate=bounds.approximate,
    )


def times(bounds: Bounds, factor: Number) -> Bounds:
    """Every number of the bounds ``factor`` times as large."""
    low, high, best = (
        None if n is None else tidy(round(n * factor, 6)) for n in (bounds.low, bounds.high, bounds.best)
    )
    return msgspec.structs.replace(bounds, low=low, high=high, best=best)


def hedged(bounds: Bounds, kinds: tuple[str, ...]) -> Bounds:
    """Bounds under hedges given from the number outwards; "plain" ones change nothing."""
    for kind in kinds:
        step = APPLY.get(kind)
        bounds = step(bounds) if step else bounds
    return bounds
