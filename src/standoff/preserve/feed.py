"""RSS and Atom feeds: each entry is a report, with the feed's title as publisher."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import feedparser

from standoff.errors import InputError
from standoff.model import Extractor
from standoff.preserve.dates import sourced_date
from standoff.preserve.html import fragment_text
from standoff.preserve.textlayer import Extracted, metadata

EXTRACTOR = Extractor(name="feedparser", version=feedparser.__version__)


def read_feed(data: bytes, where: str) -> Iterator[tuple[str, Extracted]]:
    """Name (id or link) and text of every entry. Raises `InputError` when there is none."""
    # A stream, never a string: given a string the parser might fetch it as an address.
    feed = feedparser.parse(io.BytesIO(data), sanitize_html=True)
    if not feed.entries:
        raise InputError("the feed holds no entries", where=where, todo="check that it is RSS or Atom")
    for number, entry in enumerate(feed.entries, 1):
        text = fragment_text(_content(entry)).strip()
        if text:
            yield entry.get("id") or entry.get("link") or f"entry-{number}", _extracted(feed, entry, text)


def _content(entry: Any) -> str:  # noqa: ANN401  (feedparser's own dictionary)
    parts = [part.get("value", "") for part in entry.get("content", [])]
    return str(max([*parts, entry.get("summary", "")], key=len))


def _extracted(feed: Any, entry: Any, text: str) -> Extracted:  # noqa: ANN401
    stamp = entry.get("published_parsed") or entry.get("updated_parsed")
    day = f"{stamp[0]:04d}-{stamp[1]:02d}-{stamp[2]:02d}" if stamp else None
    return Extracted(
        text=text,
        extractor=EXTRACTOR,
        media_type="application/feed-entry",
        title=metadata(entry.get("title")),
        author=metadata(entry.get("author")),
        publisher=metadata(feed.feed.get("title")),
        published=sourced_date(day, "metadata"),
        url=entry.get("link"),
    )
