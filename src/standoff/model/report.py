"""A report: a document as it was taken in, with the custody of its bytes and its text layer."""

from __future__ import annotations

from typing import Literal

import msgspec

Provenance = Literal["given", "metadata", "guessed"]


class Sourced(msgspec.Struct, frozen=True, kw_only=True):
    """A value and where it came from: given by the user, read from metadata, or guessed from the text."""

    value: str | None = None
    origin: Provenance | None = None


class Extractor(msgspec.Struct, frozen=True, kw_only=True):
    """Name and version of what drew the text layer from the bytes."""

    name: str
    version: str


class Acquisition(msgspec.Struct, frozen=True, kw_only=True):
    """One time the bytes were had. ``at`` is UTC ISO 8601; ``where`` a path, URL or ``-``."""

    at: str
    where: str
    sha256: str
    size: int
    container: str | None = None


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A document as taken in. ``text`` is the text layer, never altered after extraction.

    ``published`` holds an EDTF date. ``error`` is the one sentence why no text could be drawn;
    such a report is kept with empty text.
    """

    id: str
    sha256: str
    size: int
    media_type: str
    text: str
    text_sha256: str
    extractor: Extractor
    acquired: Acquisition
    title: Sourced = Sourced()
    author: Sourced = Sourced()
    publisher: Sourced = Sourced()
    published: Sourced = Sourced()
    url: str | None = None
    language: Sourced = Sourced()
    bom: bool = False
    warnings: tuple[str, ...] = ()
    error: str | None = None


class Preserved(msgspec.Struct, frozen=True, kw_only=True):
    """What `preserve` returns: the report and the very bytes it was drawn from.

    ``id_given``: the id was stated with the report, not taken from a file's name.
    """

    report: Report
    data: bytes
    id_given: bool = False


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """What a reader may know beside the text: all of it may be unknown (null)."""

    report: str = ""
    text_sha256: str = ""
    published: str | None = None
    publisher: str | None = None
    title: str | None = None
    author: str | None = None
