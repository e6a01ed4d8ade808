"""Records as entries and back. Pure: no database, no clock."""

from __future__ import annotations

import hashlib
from typing import Any, Literal

import msgspec

from standoff.errors import RecordError
from standoff.model import Reading, Report, Review
from standoff.record.canonical import canonical, escape, free, restore, typed
from standoff.record.schema import MAX_ENTRY
from standoff.record.store import Head, Row

Kind = Literal["report", "acquisition", "reading", "review", "failure", "output"]
KINDS: tuple[str, ...] = ("report", "acquisition", "reading", "review", "failure", "output")
ABOUT_REPORTS = ("report", "acquisition")


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry as plain data. Numbers that are no integers are decimal strings in ``body``."""

    n: int
    kind: str
    at: str
    hash: str
    body: dict[str, Any]


class Card(msgspec.Struct, frozen=True):
    """What the columns beside an entry repeat of its body."""

    report: str | None = None
    sha256: str | None = None
    text_sha256: str | None = None


class _Reading(msgspec.Struct):
    format: int
    kind: str
    at: str
    body: Reading


_READING = msgspec.json.Decoder(_Reading, strict=False)


def chain_hash(previous: str, body: bytes) -> str:
    """SHA-256 over the previous entry's hash (32 bytes; none before the first) and the entry's bytes."""
    return hashlib.sha256(bytes.fromhex(previous) + body).hexdigest()


def row(head: Head, kind: Kind, at: str, body: dict[str, Any]) -> Row:
    """The entry that follows ``head``, numbered and hashed."""
    data = canonical(kind, at, body)
    if len(data) > MAX_ENTRY:
        raise RecordError(f"an entry of {len(data)} bytes is over the limit of {MAX_ENTRY}")
    about = card(kind, body)
    return Row(
        n=head.n + 1,
        kind=kind,
        at=at,
        report=about.report,
        sha256=about.sha256,
        text_sha256=about.text_sha256,
        body=data,
        hash=chain_hash(head.hash, data),
    )


def card(kind: str, body: dict[str, Any]) -> Card:
    """Columns of an entry from its body. Ids that are not UTF-8 are written in the escaped form."""
    if kind in ABOUT_REPORTS:
        told = body["report"]
        name = told["id"] if kind == "report" else body["of"]
        return Card(escape(name), told["sha256"], told["text_sha256"])
    if kind in {"reading", "failure"}:
        name = body.get("report")
        return Card(None if name is None else escape(name), None, body.get("text_sha256"))
    return Card()


def report_body(report: Report, asked: str, of: str | None = None) -> dict[str, Any]:
    """A report without its text, which is stored under its hash; ``asked`` is the id it came with."""
    told = msgspec.to_builtins(report)
    del told["text"]
    body: dict[str, Any] = {"report": told, "asked": asked}
    if of is not None:
        body["of"] = of
    return body


def report_from(body: dict[str, Any], text: str) -> Report:
    """The report of a `report` or `acquisition` entry."""
    return msgspec.convert({**body["report"], "text": text}, Report, strict=False)


def reading_from(data: bytes) -> Reading:
    """The reading of a `reading` entry."""
    return typed(data, _READING).body


def review_body(review: Review) -> dict[str, Any]:
    """A review with the numbers of its free-form value written so that they come back exactly."""
    body: dict[str, Any] = msgspec.to_builtins(msgspec.structs.replace(review, value=None))
    body["value"] = None if review.value is None else free(msgspec.to_builtins(review.value))
    return body


def review_from(body: dict[str, Any]) -> Review:
    """The review of a `review` entry."""
    value = body["value"]
    told = {**body, "value": None}
    review = msgspec.convert(told, Review, strict=False)
    return msgspec.structs.replace(review, value=None if value is None else restore(value))
