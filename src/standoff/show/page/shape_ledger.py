"""The shapes of what the workbench shows of the ledger. Unknown is null."""

from __future__ import annotations

import msgspec

from standoff.model import Axes
from standoff.model.annotation import Number
from standoff.show.brief.shape import ConflictItem, EquationItem, GroupItem


class GroupLine(msgspec.Struct, frozen=True, kw_only=True):
    """A group of the ledger in a list: its last bounds, and in how many conflicts it stands."""

    id: str
    name: str
    unit: str
    steps: int
    at: str | None
    low: Number | None
    high: Number | None
    text: str


class StepMark(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """The steps of one kind on one day, with all their places, as one mark. A list in JSON: there are many.

    The reach of their bounds (null: one of them is open), the best value where there is one step only, and
    how many they are.
    """

    at: str | None
    kind: str
    low: Number | None
    high: Number | None
    best: Number | None
    count: int
    places: tuple[str, ...]


class GroupSketch(msgspec.Struct, frozen=True, kw_only=True):
    """A group of the ledger for a small chart."""

    id: str
    name: str
    unit: str
    marks: tuple[StepMark, ...]


class LedgerView(msgspec.Struct, frozen=True, kw_only=True):
    """The ledger: all groups in a line each, one in full, its sums, and what cannot all be true.

    ``group`` holds the steps from ``first`` on, as many as are sent at once; ``sketch`` is all of it.

    ``voices`` may be believed or left out, ``assumptions`` switched off (by their printed names): all that
    there are, whatever is chosen now.
    """

    axes: Axes
    groups: tuple[GroupLine, ...]
    group: GroupItem | None
    sketch: GroupSketch | None
    first: int
    steps: int
    equations: tuple[EquationItem, ...]
    conflicts: tuple[ConflictItem, ...]
    conflicts_complete: bool
    voices: tuple[str, ...]
    assumptions: tuple[str, ...]
