"""What every yardstick offers, and the records it gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal

import msgspec

from standoff.measure.intervals import Counts, Measures
from standoff.model import Reading

FaultKind = Literal["missed", "false alarm", "wrong"]


class Document(msgspec.Struct, frozen=True):
    """A text under its id, when it was published if that is known, and its gold in the corpus's own form."""

    id: str
    text: str
    published: str | None
    gold: Any


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """One error: what kind, of what (``type``), at which code points, what gold says and what was found.

    ``start`` and ``end`` are None where the gold has words and no offsets.
    """

    kind: FaultKind
    type: str
    start: int | None = None
    end: int | None = None
    gold: str = ""
    found: str = ""


class Outcome(msgspec.Struct, frozen=True):
    """An annotation with its confidence (0 to 1) and whether gold says that it is right."""

    confidence: float
    right: bool
    item: Any = None


class Yardstick(msgspec.Struct, frozen=True, kw_only=True):
    """How one kind of gold is counted.

    ``count`` tallies a document and ``measures`` turns sums of tallies into scores; ``faults`` lists a
    document's errors; ``outcomes`` says of each annotation that gold can judge whether it is right.
    """

    layer: str
    count: Callable[[Document, Reading], Counts]
    measures: Measures
    faults: Callable[[Document, Reading], Iterator[Fault]]
    outcomes: Callable[[Document, Reading], Iterator[Outcome]]
