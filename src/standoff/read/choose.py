"""Which reader reads: by the name given with ``--reader``, ``NAME`` or ``NAME:ARGUMENT``."""

from __future__ import annotations

from functools import lru_cache

from standoff.errors import ReaderError
from standoff.hooks import READERS, load
from standoff.read.anchored import AnchoredReader
from standoff.read.reader import DEFAULT, Reader, StandoffReader, default_reader


@lru_cache(maxsize=4)
def open_reader(wanted: str = DEFAULT) -> Reader:
    """The reader of this name, made once a process, and held to the text.

    Our own reader is taken as it is: its tests hold it to the text, and its speed is counted on.
    Raises `UsageError` for a name that no installed package offers, `ReaderError` for what is no reader.
    """
    if wanted == DEFAULT:
        return default_reader(1)
    name, _, argument = wanted.partition(":")
    made: Reader = load(READERS, name)(argument or None)
    if not callable(getattr(made, "read", None)) or not hasattr(made, "info"):
        raise ReaderError(f"what {name!r} gives is no reader", todo="it needs `info` and `read(items)`")
    return made if isinstance(made, StandoffReader) else AnchoredReader(made, name)
