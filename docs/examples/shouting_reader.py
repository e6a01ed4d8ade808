"""A reader of one's own in a dozen lines: it finds places by their capitals and nothing else."""

import re
from collections.abc import Iterable, Iterator

from standoff.model import Place, ReaderInfo, Reading, annotation_id
from standoff.read import Item, readable, unread


class ShoutingReader:
    """Every word of four capitals or more is a place."""

    info = ReaderInfo(name="shouting", version="1")

    def read(self, items: Iterable[Item]) -> Iterator[Reading]:
        """A reading for every item, in order."""
        for item in items:
            yield self.one(item) if readable(item) else unread(item, self.info)

    def one(self, item: Item) -> Reading:
        """The reading of one report; spans count code points of ``item.text``."""
        digest = item.context.text_sha256
        places = [
            Place(id=annotation_id("place", digest, [m.span()]), start=m.start(), end=m.end(), name=m[0])
            for m in re.finditer(r"\b[A-Z]{4,}\b", item.text)
        ]
        return Reading(
            report=item.context.report,
            text_sha256=digest,
            reader=self.info,
            published=item.context.published,
            warnings=item.warnings,
            places=tuple(places),
        )


def make(argument: str | None) -> ShoutingReader:
    """What the entry point names: called with the words after ``shouting:``, or None."""
    return ShoutingReader()
