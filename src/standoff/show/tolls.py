"""Tolls of a whole incident from the figures of its groups, under whatever rule those were made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from standoff.model.annotation import Number

ROLES = ("killed", "injured", "missing", "casualties")
NARROWING = ("scope", "status", "sex", "age", "part")


def with_tolls(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of harm with ``killed_low``, ``killed_high`` and so on: at least the largest low of any group, at
    most the sum of the highs of the groups counted whole. None where nothing is told or a group has no high.
    """
    made = dict(row)
    for role in ROLES:
        made[f"{role}_low"], made[f"{role}_high"] = _toll(row["figures"], role)
    return made


def _toll(figures: list[Any], role: str) -> tuple[Number | None, Number | None]:
    mine = [each for each in figures if each["harm"] == role]
    lows = [each["low"] for each in mine if each["low"] is not None]
    whole = [each for each in mine if not any(each[key] for key in NARROWING)] or mine
    highs = [each["high"] for each in whole if each["high"] is not None]
    return max(lows, default=None), (sum(highs) if highs and len(highs) == len(whole) else None)
