"""A reading: all annotations that one reader (name and version) made of one report."""

from __future__ import annotations

import msgspec

from standoff.model.annotation import Claim, Mention, Place, Quantity, Statement, Time


class ReaderInfo(msgspec.Struct, frozen=True, kw_only=True):
    """Name and version of a reader."""

    name: str
    version: str


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """Every annotation of one report, in text order within each layer."""

    report: str
    text_sha256: str
    reader: ReaderInfo
    published: str | None = None
    warnings: tuple[str, ...] = ()
    statements: tuple[Statement, ...] = ()
    mentions: tuple[Mention, ...] = ()
    times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    claims: tuple[Claim, ...] = ()


class ReadInput(msgspec.Struct, frozen=True, kw_only=True):
    """One line that `standoff read --input-format jsonl` takes; only ``text`` is required."""

    text: str
    id: str | int | None = None
    published: str | None = None
    publisher: str | None = None
    title: str | None = None
    author: str | None = None
    url: str | None = None


class ReadOutput(msgspec.Struct, frozen=True, kw_only=True):
    """One object that `standoff read` gives for a report. No key is ever left out."""

    schema: str
    id: str
    text: str
    text_sha256: str
    published: str | None
    published_origin: str | None
    publisher: str | None
    title: str | None
    language: str | None
    reader: ReaderInfo
    warnings: tuple[str, ...]
    statements: tuple[Statement, ...]
    mentions: tuple[Mention, ...]
    times: tuple[Time, ...]
    places: tuple[Place, ...]
    quantities: tuple[Quantity, ...]
    claims: tuple[Claim, ...]
