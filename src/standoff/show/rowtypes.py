"""The shapes of rows that are more than a model record: what `standoff schema` prints for them."""

from __future__ import annotations

from typing import Any

import msgspec

from standoff.model import Claim, Orphan, Quantity, Review, Sourced, Statement
from standoff.model.annotation import Number


class StatementRow(Statement, frozen=True, kw_only=True):
    """A statement with its report, its words, and what a review made of it (accepted, corrected, added)."""

    report: str
    text: str | None = None
    review: str | None = None


class ClaimRow(Claim, frozen=True, kw_only=True):
    """A claim with its report, its words, and what a review made of it."""

    report: str
    text: str | None = None
    review: str | None = None


class QuantityRow(Quantity, frozen=True, kw_only=True):
    """A quantity with its report and what a review made of it."""

    report: str
    review: str | None = None


class ReportRow(msgspec.Struct, frozen=True, kw_only=True):
    """A report without its text. ``copies`` are other reports of one origin; ``origin_evidence`` says why."""

    id: str
    title: Sourced
    publisher: Sourced
    author: Sourced
    published: Sourced
    language: Sourced
    url: str | None
    origin: str | None
    origin_name: str | None
    origin_evidence: str | None
    copies: tuple[str, ...]
    media_type: str
    sha256: str
    text_sha256: str
    size: int
    characters: int
    acquired_at: str
    acquired_from: str
    warnings: tuple[str, ...]
    error: str | None
    statements: int | None
    quantities: int | None
    claims: int | None


class ReviewRow(Review, frozen=True, kw_only=True):
    """A review with its entry number, and the entry of the review that took it back."""

    entry: int
    undone_by: int | None = None


OrphanRow = Orphan


class LedgerRow(msgspec.Struct, frozen=True, kw_only=True):
    """One step of the ledger, flat: for CSV and data frames."""

    group: str
    name: str
    unit: str
    at: str | None
    kind: str
    low: Number | None
    high: Number | None
    best: Number | None
    without_assumptions_low: Number | None
    without_assumptions_high: Number | None
    assumptions: tuple[str, ...]
    rests_on_low: tuple[str, ...]
    rests_on_high: tuple[str, ...]
    text: str
    party: str | None = None
    said_by_low: tuple[str, ...] = ()
    said_by_high: tuple[str, ...] = ()


def plain(record: Any) -> Any:  # noqa: ANN401  (any record to any JSON value)
    """A record as plain dicts, lists and scalars, with the field names that JSON has."""
    return msgspec.json.decode(msgspec.json.encode(record))
