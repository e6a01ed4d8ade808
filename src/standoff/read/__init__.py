"""What the words of one report say, as spans.

In: a text layer and its `Context`. Out: a `Reading`.
Must not know: other reports, what a name refers to in the world, files, or the record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from standoff.read.choose import open_reader as open_reader
    from standoff.read.pool import read_many as read_many
    from standoff.read.reader import READER as READER
    from standoff.read.reader import Item as Item
    from standoff.read.reader import Reader as Reader
    from standoff.read.reader import StandoffReader as StandoffReader
    from standoff.read.reader import readable as readable
    from standoff.read.reader import unread as unread

_WHERE = {
    "open_reader": "choose",
    "read_many": "pool",
    "READER": "reader",
    "Item": "reader",
    "Reader": "reader",
    "StandoffReader": "reader",
    "readable": "reader",
    "unread": "reader",
}


def __getattr__(name: str) -> object:
    """Load on first use: one layer alone (``standoff.read.times``) must not bring all the others."""
    if name in _WHERE:
        from importlib import import_module

        return getattr(import_module(f"standoff.read.{_WHERE[name]}"), name)
    raise AttributeError(f"module 'standoff.read' has no attribute {name!r}")
