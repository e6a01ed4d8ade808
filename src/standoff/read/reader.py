"""The default reader: the encoder's grammar, then one function a layer, in a fixed order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Protocol

import msgspec
from spacy.tokens import Doc

from standoff.errors import UsageError
from standoff.model import Context, ReaderInfo, Reading
from standoff.read.host import Host, load_host
from standoff.read.layers import LAYERS, Layers
from standoff.read.times import dateline_date

READER = ReaderInfo(name="standoff-en", version="0.1.0")
LANGUAGES = frozenset({"en"})
DEFAULT = READER.name
"""Name of the reader that reads when no other is asked for."""


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One report to read: its text layer, what is known beside it, and its language if known."""

    text: str
    context: Context
    language: str | None = None
    warnings: tuple[str, ...] = ()


class Reader(Protocol):
    """What any reader offers: a name with a version, and readings in the order of the items.

    One that spends its time waiting for somebody else may set ``waits = True``: then ``--jobs`` may start
    more processes than there are cores.
    """

    info: ReaderInfo

    def read(self, items: Iterable[Item]) -> Iterator[Reading]:
        """A reading for every item, in order; an item it cannot read gets one with a warning."""
        ...


class StandoffReader:
    """Reads English offline, one report after the other: none changes how another is read."""

    info = READER

    def __init__(self, host: Host) -> None:
        self._host = host

    def read(self, items: Iterable[Item]) -> Iterator[Reading]:
        """Readings in the order of ``items``; a report in another language comes back unread, and says so."""
        queue: list[Item] = []

        def texts() -> Iterator[str]:
            for item in items:
                queue.append(item)
                yield item.text if readable(item) else ""

        for doc in self._host.docs(texts()):
            item = queue.pop(0)
            yield read_doc(doc, item) if readable(item) else unread(item)


def read_doc(doc: Doc, item: Item, info: ReaderInfo = READER) -> Reading:
    """All layers over one parsed text, signed by ``info``. ``doc.text`` must be the text layer itself."""
    context = item.context
    layers = Layers(doc, context)
    return Reading(
        report=context.report,
        text_sha256=context.text_sha256,
        reader=info,
        published=context.published,
        warnings=(*item.warnings, *_date_warnings(doc, context)),
        **{name: tuple(layers.get(name)) for name in LAYERS},
    )


def readable(item: Item) -> bool:
    """Whether a report is in a language that is read here, or in none that is known."""
    return item.language is None or item.language in LANGUAGES


def _date_warnings(doc: Doc, context: Context) -> tuple[str, ...]:
    if context.published:
        return ()
    dateline = dateline_date(doc)
    if dateline:
        return (f"no publication date was given: relative times are anchored on the dateline {dateline}",)
    return ("no publication date is known: relative times stay unanchored; give one with --published",)


def unread(item: Item, info: ReaderInfo = READER) -> Reading:
    """The empty reading of a report in another language, which says so."""
    why = (
        f"the report is in another language ({item.language}) and was kept unread: "
        f"{info.name} reads English only"
    )
    context = item.context
    return Reading(
        report=context.report,
        text_sha256=context.text_sha256,
        reader=info,
        published=context.published,
        warnings=(*item.warnings, why),
    )


@lru_cache(maxsize=2)
def default_reader(threads: int = 1) -> StandoffReader:
    """The reader that ships with the package, loaded once a process."""
    return StandoffReader(load_host(threads=threads))


def make_default(argument: str | None) -> StandoffReader:
    """Factory of ``standoff-en``. Raises `UsageError` for an argument: it takes none."""
    if argument:
        raise UsageError(f"{DEFAULT} takes no argument", where="--reader", todo=f"write {DEFAULT}")
    return default_reader(1)
