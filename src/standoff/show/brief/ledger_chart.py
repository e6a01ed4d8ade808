"""The ledger drawn: each step's bounds as a range, each exact sum as a whole above its parts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from markupsafe import Markup

from standoff.show.brief.charts import Scale, axis, interval, scale_of, stacked
from standoff.show.words import figure

SIGNS = {
    "stock": ("=", "there are"),
    "remaining": ("=", "remain"),
    "split": ("↗", "split off"),
    "join": ("+", "joined"),
    "arrived": ("+", "arrived"),
    "supplied": ("+", "supplied"),
    "left": ("−", "left"),
    "killed": ("−", "killed"),
    "injured": ("•", "injured"),
    "casualties": ("•", "killed or injured"),
    "missing": ("−", "missing"),
    "detained": ("−", "detained"),
    "kidnapped": ("−", "kidnapped"),
    "released": ("−", "released"),
    "displaced": ("−", "displaced"),
    "unexplained": ("?", "unexplained difference"),
}
"""What a step does to its group: a sign, and words for it."""

HOLDS = {"yes": ("✓", "holds"), "no": ("✗", "does not hold"), "open": ("?", "open")}

BAR = 7
"""The marker of a best value: a short upright bar."""

EXACT = re.compile(r"\s*(\d[\d,]*)\s*=\s*(\d[\d,]*(?:\s*\+\s*\d[\d,]*)+)\s*")


class StepRow(NamedTuple):
    """A step as the page shows it."""

    step: Mapping[str, Any]
    sign: str
    kind: str
    figure: str
    plain: str | None
    chart: Markup


class GroupChart(NamedTuple):
    """A group: the axis that all its steps share, and the steps."""

    group: Mapping[str, Any]
    axis: Markup
    rows: list[StepRow]

    @property
    def several(self) -> bool:
        """Whether there is more than one step to compare."""
        return len(self.rows) > 1


def group_chart(group: Mapping[str, Any]) -> GroupChart:
    """Rows of a group; bounds without assumptions stand behind, where they differ."""
    scale = scale_of(group["steps"]) or Scale(0.0, 1.0, (0.0, 1.0))
    return GroupChart(group, axis(scale), [_row(step, scale) for step in group["steps"]])


def _row(step: Mapping[str, Any], scale: Scale) -> StepRow:
    sign, kind = SIGNS.get(step["kind"], ("•", step["kind"]))
    bounds = figure(step["low"], step["high"], step["best"])
    without = step["without_assumptions"]
    differs = bool(step["assumptions"]) and (without["low"], without["high"]) != (step["low"], step["high"])
    plain = figure(without["low"], without["high"]) if differs else None
    label = f"{kind} {bounds}" + (f", without assumptions {plain}" if plain else "")
    return StepRow(
        step, sign, kind, bounds, plain, interval(step, scale, label, 7, without if differs else None)
    )


def sum_chart(text: str) -> Markup | None:
    """The drawing of a sum of exact, stated numbers; None for any other."""
    found = EXACT.fullmatch(text)
    if found is None:
        return None
    whole = _number(found.group(1))
    return stacked(whole, [_number(part) for part in found.group(2).split("+")], text)


def _number(text: str) -> float:
    return float(text.replace(",", ""))
