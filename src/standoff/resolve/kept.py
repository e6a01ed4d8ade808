"""What was worked out for single readings before, with the look-ups that it rests on.

Most of a record stays the same when a report or a review is added. A result is used again only while it
is of the very same reading and every look-up that it made gives what it gave then, so that it is always what
working it out anew would give. It can be thrown away at any time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import eq, is_
from typing import Any, NamedTuple, TypeVar, cast

import msgspec

from standoff.model import Reading

LAYERS = ("statements", "mentions", "times", "places", "quantities", "claims")

T = TypeVar("T")
Table = Mapping[str, Any]


class Looked(Mapping[str, Any]):
    """A table that notes which keys were asked for, and what they gave (None: not there)."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self.asked: dict[str, Any] = {}

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401 (as `Mapping` has it)
        found = self.asked[key] = self._table.get(key)
        if found is None:
            raise KeyError(key)
        return found

    def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401 (as `Mapping` has it)
        """What the key gives, else ``default``."""
        found = self.asked[key] = self._table.get(key)
        return default if found is None else found

    def __iter__(self) -> Iterator[str]:
        raise TypeError("what rests on a whole table cannot be kept by look-ups")

    def __len__(self) -> int:
        return len(self._table)


class _Held(NamedTuple):
    reading: Reading
    tables: Sequence[Table]
    asked: tuple[dict[str, Any], ...]
    equal: object
    result: object


class _Stage(NamedTuple):
    same: Sequence[object]
    equal: object
    result: object


class Kept:
    """Results by what they are and the report they are of, and of whole stages; the newest one of each.

    What is worked out anew and comes out equal is the same object as before, so that a later stage sees that
    nothing changed.
    """

    def __init__(self) -> None:
        self._held: dict[tuple[str, str], _Held] = {}
        self._stages: dict[str, _Stage] = {}
        self.last: dict[str, Any] = {}
        """Whatever a stage wants to find again at the next view."""

    def of(
        self,
        what: str,
        reading: Reading,
        tables: Sequence[Table],
        work: Callable[..., T],
        equal: object = None,
    ) -> T:
        """What ``work`` makes of the tables, for one reading. It must rest on the reading, its text, the
        value ``equal`` and single look-ups in ``tables`` alone, and nobody may change what it gives."""
        held = self._held.get((what, reading.report))
        if held and held.reading is reading and held.equal == equal and _still(held, tables):
            return cast("T", held.result)
        looked = tuple(Looked(table) for table in tables)
        result = work(*looked)
        if held:
            result = steady(cast("T", held.result), result)
        asked = tuple(each.asked for each in looked)
        self._held[what, reading.report] = _Held(reading, tables, asked, equal, result)
        return result

    def stage(self, what: str, same: Sequence[object], work: Callable[[], T], equal: object = None) -> T:
        """What ``work`` gives, as it was while it is made of the objects ``same`` and of equal values."""
        held = self._stages.get(what)
        if held and len(held.same) == len(same) and all(map(is_, held.same, same)) and held.equal == equal:
            return cast("T", held.result)
        result = work()
        self._stages[what] = _Stage(same, equal, result)
        return result


class Unkept(Kept):
    """Works everything out each time."""

    def of(
        self,
        what: str,
        reading: Reading,
        tables: Sequence[Table],
        work: Callable[..., T],
        equal: object = None,
    ) -> T:
        """What ``work`` makes of the tables."""
        return work(*tables)

    def stage(self, what: str, same: Sequence[object], work: Callable[[], T], equal: object = None) -> T:
        """What ``work`` gives."""
        return work()


def steady(before: T, now: T) -> T:
    """What is now; the very object of before where it is equal, and of a reading the layers that are."""
    if isinstance(before, Reading) and isinstance(now, Reading):
        alike = {name: held for name in LAYERS if (held := getattr(before, name)) == getattr(now, name)}
        now = msgspec.structs.replace(now, **alike)
    return before if before == now else now


def _still(held: _Held, tables: Sequence[Table]) -> bool:
    """Whether every look-up gives what it gave: at once where the tables are the same objects."""
    return all(
        now is before or all(map(eq, map(now.get, asked), asked.values()))
        for asked, now, before in zip(held.asked, tables, held.tables, strict=True)
    )
