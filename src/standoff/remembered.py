"""What an open situation remembers from view to view: it saves time and changes nothing."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from standoff.model import Axes, Reading
from standoff.reconcile import Memo, Workings
from standoff.resolve import Kept, steady

CUTS = 3
"""Of so many axes what was worked out is remembered, those asked for last: each is as large as the record."""


class Remembered:
    """Results of the stages that hold again while what they rest on is the same."""

    def __init__(self) -> None:
        self.memo, self.kept = Memo(), Kept()
        self._workings: dict[Axes, Workings] = {}
        self._readings: dict[str, Reading] = {}

    def steady(self, readings: Sequence[Reading]) -> list[Reading]:
        """The readings; those equal to what they were, and equal layers, are the same objects as before."""
        found = []
        for each in readings:
            held = self._readings.get(each.report)
            if held is not each:
                held = self._readings[each.report] = steady(held, each) if held else each
            found.append(held)
        return found

    def workings(self, axes: Axes) -> Workings:
        """What `reconcile` worked out under these axes of time."""
        found = self._workings.pop(axes, None) or Workings()
        self._workings[axes] = found
        for stale in list(self._workings)[:-CUTS]:
            self._workings.pop(stale).forget()
        return found

    def forget(self) -> None:
        """Let go of everything."""
        for each in self._workings.values():
            each.forget()
        self._workings.clear()


@contextmanager
def collector_paused(*, keep: bool = False) -> Iterator[None]:
    """No search for cycles meanwhile: deriving makes millions of records, and the search through all of them
    again and again takes a third of the time. With ``keep`` nor afterwards, in all that there is by then: for
    what lasts as long as an open situation (see `collector_released`)."""
    on = gc.isenabled()
    if keep and on:
        gc.collect(1)
    gc.disable()
    try:
        yield
    finally:
        if keep and on:
            gc.freeze()
        elif on and not gc.get_freeze_count():
            gc.freeze()  # and back at once: what was made counts as old, and is not searched through now
            gc.unfreeze()
        if on:
            gc.enable()


def collector_released() -> None:
    """From here on the search for cycles goes through everything again."""
    gc.unfreeze()
