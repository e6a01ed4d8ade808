"""The shapes of rows that are more than a model record: what `standoff schema` prints for them."""

from __future__ import annotations

from typing import Any

import msgspec

from standoff.model import Claim, Orphan, Quantity, Review, Sourced, Span, Statement
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


class AccessRow(msgspec.Struct, frozen=True, kw_only=True):
    """One account of passage or aid let through or blocked."""

    id: str
    question: str
    when: str | None
    published: str | None
    state: str
    by: list[str]
    to: list[str]
    place: str | None
    source: str | None
    report: str
    span: Span
    text: str
    claim: str
    statement: str | None


class Blame(msgspec.Struct, frozen=True, kw_only=True):
    """Who is said to have done it, by whom, affirmed or denied."""

    party: str | None
    by: str | None
    polarity: str
    claim: str


class Graded(msgspec.Struct, frozen=True, kw_only=True):
    """A grade under somebody's scheme, with the scheme's own definition; null where none fits."""

    id: str
    scheme: str
    grade: str | None
    means: str | None
    why: str


class HarmRow(msgspec.Struct, frozen=True, kw_only=True):
    """People harmed in one incident or group, of one role and scope, over all accounts.

    ``low``, ``high`` and ``best`` are the figure of the question under ``rule``; ``aggregate`` is its
    id, ``notes`` what must be known of it. ``grade`` is null unless a grading was asked for.
    """

    id: str
    question: str
    incident: str | None
    when: str | None
    place: str | None
    group: str | None
    group_id: str | None
    harm: str
    status: str | None
    sex: str | None
    age: str | None
    scope: str | None
    low: Number | None
    high: Number | None
    rule: str
    said_to_be_responsible: list[Blame]
    disputed: bool
    sources: list[str]
    origins: int
    accounts: list[str]
    best: Number | None = None
    aggregate: str | None = None
    notes: list[str] = []
    grade: Graded | None = None


class Term(msgspec.Struct, frozen=True, kw_only=True):
    """A term of an agreement, or a breach of it as told."""

    kind: str
    text: str | None
    modality: str
    report: str
    span: Span | None
    claim: str


class AgreementRow(msgspec.Struct, frozen=True, kw_only=True):
    """An agreement as told: its parties, date, terms, breaches, who is for and against."""

    id: str
    incident: str | None
    parties: list[str]
    when: str | None
    terms: list[Term]
    breaches: list[Term]
    endorsed_by: list[str]
    denounced_by: list[str]
    reports: list[str]
    text: str | None
    report: str
    claims: list[str]


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


def plain(record: Any) -> Any:  # noqa: ANN401  (any record to any JSON value)
    """A record as plain dicts, lists and scalars, with the field names that JSON has."""
    return msgspec.json.decode(msgspec.json.encode(record))
