"""Pinned scores: what each measure must reach, on which data, and why any of them was ever lowered.

`floors.toml` holds, for each corpus, the SHA-256 of the data its floors were pinned on, and for each
measure the pinned score (percent) and a tolerance: the encoder runs in eight bits, whose rounding
differs between processors. A score holds when it is no more than the tolerance below what was pinned.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from standoff.measure.corpora import Scored
from standoff.measure.rowfile import read_rows, write_rows

FILE = Path(__file__).with_name("floors.toml")
TOLERANCE = {"whole": 1.0, "quick": 2.0}
WIDE = {"accounts": 5.0}
"""Layers on few cases, each of which weighs points: one reading that rounds otherwise moves several."""
HEADER = """\
# Pinned scores of every layer on the development corpora, in percent; written by
# `python -m standoff.measure --pin`. A floor is only lowered with --lower "reason", which is kept below.
"""

Verdict = Literal["holds", "above", "below", "other data", "not pinned"]


class Floor(msgspec.Struct, frozen=True, kw_only=True):
    """A pinned score of one measure on one part of a corpus."""

    corpus: str
    part: str
    measure: str
    score: float
    tolerance: float


class Pinned(msgspec.Struct, frozen=True, kw_only=True):
    """The data that a corpus's floors were pinned on."""

    name: str
    sha256: str


class Lowered(msgspec.Struct, frozen=True, kw_only=True):
    """A floor that was lowered: from what, to what, and the reason given."""

    corpus: str
    part: str
    measure: str
    before: float
    after: float
    reason: str


class Floors(msgspec.Struct, frozen=True, kw_only=True):
    """All that `floors.toml` holds."""

    corpus: tuple[Pinned, ...] = ()
    floor: tuple[Floor, ...] = ()
    lowered: tuple[Lowered, ...] = ()

    def of(self, scored: Scored, measure: str) -> Floor | None:
        """The floor of a measure, or None when none is pinned."""
        key = (scored.corpus, scored.part, measure)
        return next((each for each in self.floor if (each.corpus, each.part, each.measure) == key), None)

    def same_data(self, scored: Scored) -> bool:
        """Whether the score was made on the very data the floors were pinned on."""
        held = {each.name: each.sha256 for each in self.corpus}
        return held.get(scored.corpus, scored.digest) == scored.digest


def load_floors(path: Path = FILE) -> Floors:
    """The pinned floors; none at all when the file is not there yet.

    Raises `InputError` when the file is no floors file.
    """
    return read_rows(path, Floors, "floors")


def write_floors(floors: Floors, path: Path = FILE) -> None:
    """Write the floors as TOML, in the order they are held."""
    tables = {name: getattr(floors, name) for name in Floors.__struct_fields__}
    write_rows(path, HEADER, tables)


def verdict(floors: Floors, scored: Scored, measure: str) -> Verdict:
    """How a score stands to its floor."""
    floor = floors.of(scored, measure)
    if not floors.same_data(scored):
        return "other data"
    if floor is None:
        return "not pinned"
    score = scored.scores[measure]
    if score < round(floor.score - floor.tolerance, 6):
        return "below"
    return "above" if score > floor.score else "holds"


def pin(floors: Floors, scores: Sequence[Scored], reason: str | None = None) -> tuple[Floors, list[str]]:
    """Floors raised to the scores, and a sentence for each that would have to be lowered and was not.

    Lower scores replace a floor only with a ``reason``, which is kept; the same holds for scores made on
    other data than the floor, since the two cannot be compared.
    """
    refused: list[str] = []
    lowered = list(floors.lowered)
    held = {(each.corpus, each.part, each.measure): each for each in floors.floor}
    data = {each.name: each for each in floors.corpus}
    for scored in scores:
        other = not floors.same_data(scored)
        if other and reason is None:
            refused.append(
                f'{scored.corpus}: other data than the floors were pinned on; give --lower "reason"'
            )
            continue
        data[scored.corpus] = Pinned(name=scored.corpus, sha256=scored.digest)
        for measure, score in scored.scores.items():
            key = (scored.corpus, scored.part, measure)
            before = held.get(key)
            if before and score < before.score:
                if reason is None:
                    refused.append(_kept(before, score))
                    continue
                lowered.append(_lowering(before, score, reason))
            held[key] = _floor(scored, measure)
    return Floors(
        corpus=_sorted(data.values()), floor=_ordered(held.values()), lowered=tuple(lowered)
    ), refused


def _floor(scored: Scored, measure: str) -> Floor:
    return Floor(
        corpus=scored.corpus,
        part=scored.part,
        measure=measure,
        score=scored.scores[measure],
        tolerance=WIDE.get(scored.layer, TOLERANCE[scored.part]),
    )


def _lowering(before: Floor, score: float, reason: str) -> Lowered:
    return Lowered(
        corpus=before.corpus,
        part=before.part,
        measure=before.measure,
        before=before.score,
        after=score,
        reason=reason,
    )


def _kept(floor: Floor, score: float) -> str:
    where = f"{floor.corpus} ({floor.part}), {floor.measure}"
    return f'{where}: {score} is below the pinned {floor.score}, which stays; lower it with --lower "reason"'


def _sorted(rows: Iterable[Pinned]) -> tuple[Pinned, ...]:
    return tuple(sorted(rows, key=lambda each: each.name))


def _ordered(rows: Iterable[Floor]) -> tuple[Floor, ...]:
    return tuple(sorted(rows, key=lambda each: (each.corpus, each.part, each.measure)))
