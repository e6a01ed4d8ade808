"""How far confidence is calibrated, as ``training/confidence.py`` left it in ``calibrated.toml``.

The errors there are of held-out folds: whatever map makes a confidence was fitted on other documents.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from standoff.measure.rowfile import read_rows, write_rows

FILE = Path(__file__).with_name("calibrated.toml")
HEADER = """\
# Expected calibration error (0 to 1, ten bins of equal mass) of every layer's confidence, on documents
# that its map was not fitted on. Written by `python -m training.confidence`.
"""


class Calibrated(msgspec.Struct, frozen=True, kw_only=True):
    """One layer's confidence: what was judged, the error as the rules give it and after the map.

    ``separation`` is the chance that a right annotation has more confidence than a wrong one, after the
    map. ``own``: no map, since the layer's model carries its own calibration. ``bins`` are triples: cases,
    mean confidence, share that is right.
    """

    layer: str
    corpora: str
    cases: int
    right: float
    folds: int
    before: float
    after: float
    separation: float
    mapped: bool
    own: bool = False
    bins: tuple[tuple[int, float, float], ...] = ()


class _File(msgspec.Struct, frozen=True):
    calibrated: tuple[Calibrated, ...] = ()


def load_calibrated(path: Path = FILE) -> tuple[Calibrated, ...]:
    """Every layer's row; none when the file is not there. Raises `InputError` for one that is damaged."""
    return read_rows(path, _File, "calibration errors").calibrated


def put_calibrated(new: Iterable[Calibrated], path: Path = FILE) -> None:
    """Keep rows, in place of earlier ones of the same layer."""
    held = {each.layer: each for each in (*load_calibrated(path), *new)}
    write_rows(path, HEADER, {"calibrated": [row for _, row in sorted(held.items())]})
