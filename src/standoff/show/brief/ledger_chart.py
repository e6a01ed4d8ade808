"""The ledger drawn: each step's bounds as a range, each exact sum as a whole above its parts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from standoff.show.brief.charts import Scale, axis, interval, scale_of, stacked
from standoff.show.words import figure, joined

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
    "detained": ("•", "detained"),
    "kidnapped": ("•", "kidnapped"),
    "released": ("−", "released"),
    "displaced": ("•", "displaced"),
    "unexplained": ("?", "unexplained difference"),
}
"""What a step does to its group: a sign, and words for it."""

HARM = frozenset({"killed", "injured", "casualties", "missing"})

HOLDS = {"yes": ("✓", "holds"), "no": ("✗", "does not hold"), "open": ("?", "open")}

BAR, UP, DOWN, DIAMOND, STAR, DOT = 7, 3, 5, 2, 6, 0
"""Markers: how many there are, came, went, were harmed, are unexplained, were held or displaced."""
SHAPE = {"+": UP, "−": DOWN, "↗": DOWN, "?": STAR, "=": BAR, "•": DOT}

EXACT = re.compile(r"\s*(\d[\d,]*)\s*=\s*(\d[\d,]*(?:\s*\+\s*\d[\d,]*)+)\s*")


class StepRow(NamedTuple):
    """A step as the page shows it."""

    step: Mapping[str, Any]
    sign: str
    kind: str
    said_by: str
    basis: str
    figure: str
    plain: str | None
    chart: Markup


class Panel(NamedTuple):
    """Steps that share an axis."""

    title: str
    axis: Markup
    rows: list[StepRow]


class GroupChart(NamedTuple):
    """A group: how many there are, came and went; and, on an axis of its own, the harm to them."""

    group: Mapping[str, Any]
    panels: list[Panel]

    @property
    def several(self) -> bool:
        """Whether there is more than one step to compare."""
        return sum(len(panel.rows) for panel in self.panels) > 1


def group_chart(group: Mapping[str, Any]) -> GroupChart:
    """Panels of a group; bounds without assumptions stand behind, where they differ."""
    name = group["name"]
    harmed = [step for step in group["steps"] if step["kind"] in HARM]
    others = [step for step in group["steps"] if step["kind"] not in HARM]
    panels = [_panel(title, steps) for title, steps in ((name, others), (f"{name}: harm", harmed)) if steps]
    return GroupChart(group, panels)


def _panel(title: str, steps: Sequence[Mapping[str, Any]]) -> Panel:
    scale = scale_of(steps) or Scale(0.0, 1.0, (0.0, 1.0))
    return Panel(title, axis(scale), [_row(step, scale) for step in steps])


def _row(step: Mapping[str, Any], scale: Scale) -> StepRow:
    sign, kind = SIGNS.get(step["kind"], ("•", step["kind"]))
    bounds = figure(step["low"], step["high"], step["best"], joint="–")
    without = step["without_assumptions"]
    differs = bool(step["assumptions"]) and (without["low"], without["high"]) != (step["low"], step["high"])
    plain = figure(without["low"], without["high"], joint="–") if differs else None
    label = f"{kind} {bounds}" + (f", without assumptions {plain}" if plain else "")
    shape = DIAMOND if step["kind"] in HARM else SHAPE.get(sign, BAR)
    drawn = interval(step, scale, label, shape, without if differs else None)
    return StepRow(step, sign, kind, _said_by(step), _basis(step), bounds, plain, drawn)


def _said_by(step: Mapping[str, Any]) -> str:
    """Who says what a step rests on, in the order in which they were told."""
    cites = (*step["low_rests_on"], *step["high_rests_on"])
    return joined(list(step["said_by"] or dict.fromkeys(cite["source"] for cite in cites)))


def _basis(step: Mapping[str, Any]) -> str:
    """How a step comes from its claims: as said, a range over what several said, or following from them."""
    if step["assumptions"] or (step["kind"] in {"remaining", "unexplained"} and len(_claims(step)) > 1):
        return "follows"
    return "range" if len(_claims(step)) > 1 and step["low"] != step["high"] else "said"


def _claims(step: Mapping[str, Any]) -> set[str]:
    return {cite["id"] for cite in (*step["low_rests_on"], *step["high_rests_on"])}


def sum_chart(text: str) -> Markup | None:
    """The drawing of a sum of exact, stated numbers; None for any other."""
    found = EXACT.fullmatch(text)
    if found is None:
        return None
    whole = _number(found.group(1))
    return stacked(whole, [_number(part) for part in found.group(2).split("+")], text)


LEGEND = (
    (BAR, "are there or remain"),
    (UP, "came"),
    (DOWN, "went"),
    (DOT, "were held or displaced"),
    (DIAMOND, "were harmed"),
)


def _number(text: str) -> float:
    return float(text.replace(",", ""))
