"""What an earlier view worked out, with the look-ups it rests on: what is unchanged is not made again.

Most of a record stays the same when a report or a review is added. Two kinds of work are kept: work on one
page, as long as its report and reading are the same objects; and work on some records, as long as they are
the same objects. Both only while every look-up that the work made among parties, places, groups and incidents
gives what it gave then. So what is kept is always what working it out anew would give, and it can be thrown
away at any time.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import is_
from typing import Any, TypeVar, cast

T = TypeVar("T")
Lookup = tuple[str, Hashable]
NOTHING: Any = object()


@dataclass(eq=False)
class Note:
    """What was worked out of one page, and the look-ups that rests on."""

    seen: set[Lookup] = field(default_factory=set)
    held: dict[Hashable, Any] = field(default_factory=dict)


class Watch:
    """Who is working now: every look-up is noted there."""

    def __init__(self) -> None:
        self.now: set[Lookup] | None = None

    def saw(self, table: str, key: Hashable) -> None:
        """Note one look-up."""
        if self.now is not None:
            self.now.add((table, key))


class Watched(Mapping[str, T]):
    """A table whose look-ups are noted."""

    __slots__ = ("name", "table", "watch")

    def __init__(self, name: str, table: Mapping[str, T], watch: Watch) -> None:
        self.name, self.table, self.watch = name, table, watch

    def __getitem__(self, key: str) -> T:
        now = self.watch.now
        if now is not None:
            now.add((self.name, key))
        return self.table[key]

    def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401 (as `Mapping` has it)
        """What the key gives, else ``default``."""
        now = self.watch.now
        if now is not None:
            now.add((self.name, key))
        return self.table.get(key, default)

    def __contains__(self, key: object) -> bool:
        now = self.watch.now
        if now is not None:
            now.add((self.name, key))
        return key in self.table

    def __iter__(self) -> Iterator[str]:
        if self.watch.now is not None:
            raise TypeError("what rests on a whole table cannot be kept by look-ups")
        return iter(self.table)

    def __len__(self) -> int:
        return len(self.table)


@dataclass(eq=False, slots=True)
class _Piece:
    same: Sequence[object]
    equal: object
    seen: set[Lookup]
    result: Any
    inner: list[Hashable]


class Workings:
    """Results of earlier views. One view at a time: `begin` tells what changed since the one before."""

    def __init__(self) -> None:
        self.watch = Watch()
        self.last: dict[Hashable, Any] = {}
        """Whatever a stage wants to find again at the next view."""
        self._changed: set[Lookup] = set()
        self._before: dict[Hashable, _Piece] = {}
        self._now: dict[Hashable, _Piece] = {}
        self._inner: list[Hashable] = []
        """Names of the pieces that the one being made is made of."""

    def forget(self) -> None:
        """Let go of everything: what was worked out of a page holds the page, so that nothing else would."""
        for page in (*self.last.get("pages", {}).values(), *self.last.get("worded", {}).values()):
            page.note.held.clear()
        self.last.clear()
        self._before, self._now = {}, {}

    def begin(self, changed: Iterable[Lookup]) -> None:
        """A new view begins; ``changed`` are the look-ups that give another answer now. What the view before
        did not ask for is forgotten."""
        self._changed = set(changed)
        self._before, self._now = self._now, {}
        self._inner = []

    def change(self, changed: Iterable[Lookup]) -> None:
        """More look-ups that give another answer now; nothing that rests on them was asked for yet."""
        self._changed |= set(changed)

    def still(self, note: Note) -> bool:
        """Whether all that a page's note rests on is as it was."""
        return self._changed.isdisjoint(note.seen)

    def of_page(self, note: Note, what: Hashable, work: Callable[[], T]) -> T:
        """What ``work`` gives: it must rest on the note's page and on look-ups alone, and nobody may change
        what it gives."""
        found = note.held.get(what, NOTHING)
        if found is NOTHING:
            found = note.held[what] = self._noted(note.seen, work)
        return cast("T", found)

    def of(self, what: Hashable, same: Sequence[object], work: Callable[[], T], equal: object = None) -> T:
        """What ``work`` gives: it must rest on the objects ``same`` (a page that it works on is one of them,
        or held by one), on values ``equal`` and on look-ups alone. ``what`` names it; of two works of one
        name, the last is kept. What rests on another piece rests on all that the other does."""
        piece = self._before.pop(what, None) or self._now.get(what)
        if piece is None or not self._holds(piece, same, equal):
            outer, self._inner = self._inner, []
            seen: set[Lookup] = set()
            result = self._noted(seen, work)
            piece = _Piece(same, equal, seen, result, self._inner)
            self._inner = outer
        self._now[what] = piece
        self._inner.append(what)
        self._carry(piece)
        if self.watch.now is not None:
            self.watch.now |= piece.seen
        return cast("T", piece.result)

    def _holds(self, piece: _Piece, same: Sequence[object], equal: object) -> bool:
        return (
            len(piece.same) == len(same)
            and all(map(is_, piece.same, same))
            and piece.equal == equal
            and self._changed.isdisjoint(piece.seen)
        )

    def _carry(self, piece: _Piece) -> None:
        """Keep the pieces that another one was made of, for the day on which it must be made anew."""
        for what in piece.inner:
            held = self._before.pop(what, None)
            if held is not None:
                self._now[what] = held
                self._carry(held)

    def _noted(self, seen: set[Lookup], work: Callable[[], T]) -> T:
        before, self.watch.now = self.watch.now, seen
        try:
            return work()
        finally:
            self.watch.now = before


class Fresh(Workings):
    """Works everything out each time; on a page, once."""

    def of_page(self, note: Note, what: Hashable, work: Callable[[], T]) -> T:
        """What ``work`` gives, worked out once."""
        found = note.held.get(what, NOTHING)
        if found is NOTHING:
            found = note.held[what] = work()
        return cast("T", found)

    def of(self, what: Hashable, same: Sequence[object], work: Callable[[], T], equal: object = None) -> T:
        """What ``work`` gives."""
        return work()

    def _noted(self, seen: set[Lookup], work: Callable[[], T]) -> T:
        return work()


def differing(
    name: str,
    before: Mapping[str, Any],
    now: Mapping[str, Any],
    essence: Callable[[Any], object] | None = None,
) -> Iterator[Lookup]:
    """The keys of a table that give another answer than before; of records, in what ``essence`` takes."""
    if now is before:
        return
    for key, value in now.items():
        old = before.get(key)
        if old is not value and old != value:
            if old is not None and essence is not None and essence(old) == essence(value):
                continue
            yield name, key
    for key in before:
        if key not in now:
            yield name, key
