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
