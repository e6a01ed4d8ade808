"""Scores by cross-validation, as the programs of ``training/`` left them in ``crossed.toml``.

Weights that are fitted on a corpus flatter the score on it. A cross-validated score is made of documents
that the weights never saw, fold by fold (`standoff.measure.folds`).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from standoff.measure.intervals import Interval
from standoff.measure.rowfile import read_rows, write_rows

FILE = Path(__file__).with_name("crossed.toml")
HEADER = """\
# Scores in percent by cross-validation over documents: each read with weights that never saw its fold.
# Written by the programs named in `by`; the folds are those of `standoff.measure.folds`.
"""


class Crossed(msgspec.Struct, frozen=True, kw_only=True):
    """A cross-validated score of one measure, its 95 % interval, and the command that made it."""

    corpus: str
    measure: str
    folds: int
    score: float
    interval: Interval
    by: str


class _File(msgspec.Struct, frozen=True):
    crossed: tuple[Crossed, ...] = ()


def load_crossed(path: Path = FILE) -> tuple[Crossed, ...]:
    """All scores held; none when the file is not there. Raises `InputError` for one that is damaged."""
    return read_rows(path, _File, "cross-validated scores").crossed


def put_crossed(new: Iterable[Crossed], path: Path = FILE) -> None:
    """Keep scores, in place of earlier ones of the same corpus and measure."""
    held = {(each.corpus, each.measure): each for each in (*load_crossed(path), *new)}
    write_rows(path, HEADER, {"crossed": [row for _, row in sorted(held.items())]})
