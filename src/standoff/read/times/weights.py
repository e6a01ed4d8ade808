"""The fitted weights of `weigh`, and what was asked of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from standoff.vocab import load


class Weights(NamedTuple):
    """Weight of each sign, in log-odds, for the later of two dates ("bias" counts always)."""

    ahead: Mapping[str, float]


class Asked(NamedTuple):
    """One question for a side: the code point, the signs, and the values behind and ahead."""

    offset: int
    signs: list[str]
    behind: str
    ahead: str


@cache
def packaged_weights() -> Weights:
    """The weights of ``vocab/en/time_weights.toml``."""
    table = load("en/time_weights")
    return Weights(table["ahead"])


def total(weights: Mapping[str, float], signs: Iterable[str]) -> float:
    """Log-odds of a decision: the bias and the weights of its signs, 0 for a sign never seen."""
    return sum((weights.get(sign, 0.0) for sign in signs), weights.get("bias", 0.0))
