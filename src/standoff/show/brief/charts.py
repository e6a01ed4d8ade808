"""Charts of figures: one range a row, drawn in per cent of its cell so that it fits any width."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from standoff.show.brief.svg import marker, tag
from standoff.show.words import number

MARGIN = 4.0
"""Per cent of the cell kept free on both sides, for markers and arrows."""


class Scale(NamedTuple):
    """From values to per cent of a cell, with the ticks of its axis."""

    low: float
    high: float
    ticks: tuple[float, ...]

    def at(self, value: float) -> float:
        """Where a value stands, in per cent."""
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5
        return MARGIN + min(1.0, max(0.0, share)) * (100 - 2 * MARGIN)

    def pct(self, value: float) -> str:
        """`at` as SVG writes it."""
        return percent(self.at(value))


def percent(value: float) -> str:
    """Per cent with two digits at most."""
    return f"{value:.2f}".rstrip("0").rstrip(".") + "%"


def scale_of(items: Iterable[Mapping[str, Any]]) -> Scale | None:
    """A scale around all known bounds, with room for open ones.

    From 0, unless all values lie close together far from it.
    """
    items = list(items)
    values = [
        float(item[name])
        for item in items
        for name in ("low", "high", "best")
        if item.get(name) is not None and math.isfinite(item[name])
    ]
    if not values:
        return None
    low, high = min(values), max(values)
    start = 0.0 if 0 <= low <= 0.6 * high or low == high >= 0 else low
    step = _step((high - start) or abs(high) or 1.0, whole=all(value.is_integer() for value in values))
    first = math.floor(start / step) * step
    last = math.ceil(high / step) * step
    if last <= first or any(item.get("high") is None and item.get("low") == last for item in items):
        last += step  # room for a bar that is open above
    count = round((last - first) / step)
    return Scale(first, last, tuple(first + n * step for n in range(count + 1)))


def _step(width: float, whole: bool) -> float:
    """A round step that gives at most five ticks; whole numbers where it can."""
    rough = width / 4
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * n for n in (1, 2, 2.5, 5, 10) if power * n >= rough)
    return max(1.0, math.ceil(step)) if whole else step


LONG_LABEL = 6
"""Signs of a tick label from which only every other tick has one, lest they run into each other."""


def axis(scale: Scale) -> Markup:
    """The tick labels of a scale, to stand above the rows."""
    words = [number(_whole(tick)) for tick in scale.ticks]
    every = 2 if max(map(len, words)) >= LONG_LABEL and len(words) > 3 else 1
    labels = [
        tag("text", words[n], x=scale.pct(tick), y="14", text_anchor=_anchor(n, len(scale.ticks)))
        for n, tick in enumerate(scale.ticks)
        if n % every == 0
    ]
    return tag("svg", *labels, class_="axis", height="20", width="100%", aria_hidden="true")


def _anchor(n: int, count: int) -> str:
    return "start" if n == 0 else "end" if n == count - 1 else "middle"


def _whole(value: float) -> int | float:
    return int(value) if float(value).is_integer() else round(value, 6)


def interval(
    item: Mapping[str, Any],
    scale: Scale,
    label: str,
    shape: int = 0,
    plain: Mapping[str, Any] | None = None,
    joins: Iterable[Markup] = (),
) -> Markup:
    """One row: the interval as a bar, hollow with an arrow where it is open, the best value as a marker.

    ``plain`` are the bounds without assumptions, drawn as a thin dashed line below. ``joins`` are the
    lines that lead to other rows; they lie under all else.
    """
    parts: list[Markup] = [
        tag("line", x1=scale.pct(tick), x2=scale.pct(tick), y1="0", y2="100%", class_="grid")
        for tick in scale.ticks
    ]
    parts += joins
    if plain is not None:
        parts.append(tag("g", *_line(plain, scale, "plain"), transform="translate(0 10)"))
    parts += _line(item, scale, "bar")
    parts += [marker(shape, x=percent(place), y="50%") for place in _markers(item, scale)]
    return tag("svg", *parts, class_="range", height="30", width="100%", role="img", aria_label=label)


def _line(item: Mapping[str, Any], scale: Scale, kind: str) -> list[Markup]:
    """From the lower to the upper bound; hollow and to the edge, with an arrow, where there is none."""
    low, high = item.get("low"), item.get("high")
    if low is None and high is None:
        return []
    start = 0.8 if low is None else scale.at(low)
    end = 99.2 if high is None else scale.at(high)
    open_ = low is None or high is None
    kinds = [kind, "hollow"] if open_ and kind == "bar" else [kind]
    parts = [
        tag("line", x1=percent(start), x2=percent(end), y1="50%", y2="50%", class_=each)
        for each in (kinds if start != end else ())
    ]
    for bound, place, sign in ((high, end, 1), (low, start, -1)):
        if bound is None:
            head = tag("path", d=f"M{-7 * sign},-5L0,0L{-7 * sign},5", class_=f"arrow {kind}-arrow")
            parts.append(tag("svg", head, x=percent(place), y="50%", overflow="visible"))
        elif kind == "bar" and low != high:
            edge = tag("path", d="M0,-6v12", class_="edge")
            parts.append(tag("svg", edge, x=scale.pct(bound), y="50%", overflow="visible"))
    return parts


def _markers(item: Mapping[str, Any], scale: Scale) -> list[float]:
    """Where the number as said stands; without one, at the bounds: a middle would be a number nobody said."""
    best, low, high = item.get("best"), item.get("low"), item.get("high")
    if best is not None:
        return [scale.at(best)]
    return [scale.at(bound) for bound in (low, high) if bound is not None]


def shapes_of(sources: Iterable[str]) -> dict[str, int]:
    """A marker number for each source, in the order in which they first speak."""
    return {source: n for n, source in enumerate(dict.fromkeys(sources))}


def stacked(whole: float, parts: Sequence[float], label: str) -> Markup:
    """A whole above its parts, to scale: what ``17 = 6 + 11`` looks like."""
    total = max(whole, sum(parts)) or 1.0
    drawn = [_piece(0.0, whole / total, 2, number(_whole(whole)), "whole")]
    at = 0.0
    for n, part in enumerate(parts):
        drawn.append(_piece(at / total, part / total, 30, number(_whole(part)), f"part p{n % 2}"))
        at += part
    return tag("svg", *drawn, class_="stacked", height="58", width="100%", role="img", aria_label=label)


def _piece(start: float, width: float, y: int, words: str, kind: str) -> Markup:
    box = tag("rect", x=percent(start * 100), y=y, width=percent(width * 100), height="26", class_=kind)
    middle = percent((start + width / 2) * 100)
    return box + tag("text", words, x=middle, y=y + 18, text_anchor="middle", class_=f"{kind} label")
