"""How sketches fitted incidents, kept from view to view.

An incident is what its sketches are, in the order in which they were gathered: the same sketches in the same
order are the same `State`. What was found out of a state and a sketch at the view before holds again while
the places are as they were; whoever keeps a state sees to that.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from standoff.resolve.incidents.sketch import Sketch

T = TypeVar("T")


class State:
    """An incident so far, or (the start) none: what follows when a sketch is put to it. ``before`` is the
    same state at the view before."""

    __slots__ = ("_before", "_held", "_next")

    def __init__(self, before: State | None = None) -> None:
        self._before = before
        self._held: dict[tuple[str, int], tuple[Sketch, object]] = {}
        self._next: dict[int, tuple[Sketch, State]] = {}
        if before is not None:
            before._before = None  # its own view is over

    def after(self, sketch: Sketch) -> State:
        """The state when the sketch has joined."""
        found = self._next.get(id(sketch))
        if found is None or found[0] is not sketch:
            was = self._before._next.get(id(sketch)) if self._before else None
            found = sketch, State(was[1] if was and was[0] is sketch else None)
            self._next[id(sketch)] = found
        return found[1]

    def of(self, what: str, sketch: Sketch, work: Callable[..., T], *given: object) -> T:
        """What ``work`` finds out of this state and the sketch, from what it is given."""
        key = what, id(sketch)
        held = self._held.get(key)
        if held is None and self._before is not None:
            held = self._before._held.get(key)
        if held is None or held[0] is not sketch:
            held = sketch, work(*given)
        self._held[key] = held
        return cast("T", held[1])
