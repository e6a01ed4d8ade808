"""Confidence as a chance: what a layer's rules give, through a map fitted on documents with gold.

``vocab/confidence.toml`` has a table for each layer whose own confidence was found wanting: ``forms`` gives
the share that is right of annotations of one form, ``line`` the corners of a rising line from confidence
to share. ``training/confidence.py`` fits both and writes them.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from typing import Any

from standoff import vocab

_DIGITS = str.maketrans("123456789", "000000000")


@cache
def maps() -> dict[str, Any]:
    """The maps by layer."""
    return vocab.load("confidence")


def calibrated(layer: str, confidence: float, *forms: str) -> float:
    """The chance (0 to 1) that an annotation is right.

    Of the forms it has, the first that is known tells; else the layer's line does; a layer without
    either keeps its confidence.
    """
    table = maps().get(layer, {})
    known = table.get("forms", {})
    for form in forms:
        if form in known:
            return float(known[form])
    return _along(table["line"], confidence) if "line" in table else confidence


def _along(line: list[list[float]], at: float) -> float:
    """The line's height at a point; level beyond its ends."""
    k = bisect_right(line, at, key=lambda corner: corner[0])
    if k in {0, len(line)}:
        return float(line[max(k - 1, 0)][1])
    (x1, y1), (x2, y2) = line[k - 1], line[k]
    return round(y1 + (y2 - y1) * (at - x1) / (x2 - x1), 3)


def time_forms(kind: str, value: str, anchored: bool) -> tuple[str, str]:
    """Forms of a time, the most telling first: type, shape of the TIMEX3 value, and whether it was counted
    from a date; then the type alone."""
    return f"{kind} {value.translate(_DIGITS)} {'counted' if anchored else 'stated'}", kind


def quantity_forms(text: str, confidence: float) -> tuple[str, str]:
    """Forms of a quantity, the most telling first: whether its words hold a digit, with what its rule gives
    it; then the digit alone."""
    written = "digits" if any(char.isdigit() for char in text) else "words"
    return f"{written} {confidence:.2f}", written
