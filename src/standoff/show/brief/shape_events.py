"""The shape of what the brief tells of events: timeline, clock, access, harm, agreements."""

from __future__ import annotations

import msgspec

from standoff.model.annotation import Number
from standoff.show.brief.shape_words import Cite, Words


class EventItem(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is said to have happened, or to be planned, demanded ..., and by whom.

    ``earliest`` and ``latest`` are the first and last day on which it can have been,
    ``place`` is the id of where.
    """

    id: str
    anchor: str
    when: str | None
    precision: str | None
    said: str | None
    published: str | None
    source: str
    modality: str
    polarity: str
    earliest: str | None
    latest: str | None
    incident: str | None
    place: str | None
    words: Words


class TellingItem(msgspec.Struct, frozen=True, kw_only=True):
    """One telling of how a thing stood: ``state`` as told, ``when`` it was so, in whose words."""

    state: str
    when: str | None
    source: str
    words: Words


class DayItem(msgspec.Struct, frozen=True, kw_only=True):
    """Which day of a thing a date is; two numbers where its beginning is uncertain."""

    date: str
    low: int | None
    high: int | None


class DurationItem(msgspec.Struct, frozen=True, kw_only=True):
    """How long a thing is said to have lasted, and how that stands to the dates told, in a sentence."""

    verdict: str
    reckoning: str
    source: str
    words: Words


class ClockItem(msgspec.Struct, frozen=True, kw_only=True):
    """Something that lasts: since when, which day it is, what it was last said to be.

    ``last`` is the latest telling, ``others`` the latest of each other source that puts it otherwise.
    ``stale_low`` and ``stale_high`` are days from the latest telling to the newest report.
    """

    id: str
    anchor: str
    subject: str
    kind: str
    since: str | None
    since_basis: str | None
    since_agrees: bool
    began: tuple[TellingItem, ...]
    until: str | None
    days: tuple[DayItem, ...]
    last: TellingItem | None
    others: tuple[TellingItem, ...]
    newest_report: str | None
    stale_low: int | None
    stale_high: int | None
    durations: tuple[DurationItem, ...]


class AccessItem(msgspec.Struct, frozen=True, kw_only=True):
    """One account of a route, of passage or of a delivery. ``counts`` are what is said to have come;
    ``dispute_id`` is the dispute that it is part of, ``published`` the day of telling."""

    id: str
    anchor: str
    kind: str
    when: str | None
    since: str | None
    published: str | None
    state: str
    what: tuple[str, ...]
    by: tuple[str, ...]
    to: tuple[str, ...]
    place: str | None
    source: str
    counts: tuple[Cite, ...]
    dispute_id: str | None
    words: Words


class BlameItem(msgspec.Struct, frozen=True, kw_only=True):
    """Who is said to be responsible, by whom, in which words.

    ``stance``: alleged, named (by the report itself), conceded or denied (by the party itself), cleared (by
    another).
    """

    party: str | None
    by: str | None
    polarity: str
    stance: str
    words: Words


class TollTold(msgspec.Struct, frozen=True, kw_only=True):
    """One account of a toll: the number as said, by whom, when, in which words."""

    source: str
    figure: str
    said: str | None
    replaced: bool
    words: Words


class TollItem(msgspec.Struct, frozen=True, kw_only=True):
    """How many of one group were harmed in one way, over all accounts, under a named rule.

    ``told`` are the accounts in the order of telling; ``dispute_id`` is the dispute about them.
    """

    group: str | None
    harm: str
    notes: tuple[str, ...]
    low: Number | None
    high: Number | None
    rule: str
    figure: str
    cautions: tuple[str, ...]
    disputed: bool
    sources: tuple[str, ...]
    origins: int
    question_anchor: str | None
    dispute_id: str | None
    told: tuple[TollTold, ...]


class HarmItem(msgspec.Struct, frozen=True, kw_only=True):
    """One incident in which people are said to have been harmed."""

    id: str
    anchor: str
    what: str | None
    place: str | None
    when: str | None
    at_risk: tuple[str, ...]
    figures: tuple[TollItem, ...]
    blamed: tuple[BlameItem, ...]


class KeepingItem(msgspec.Struct, frozen=True, kw_only=True):
    """One account of the keeping of a deal or a term: what is said of whom, by whom."""

    verdict: str
    of: str | None
    source: str
    said: str | None
    words: Words


class TermItem(msgspec.Struct, frozen=True, kw_only=True):
    """A term of an agreement, or a breach of it as told; ``keeping`` sums up ``told``."""

    kind: str
    modality: str
    owed_by: tuple[str, ...]
    keeping: str
    told: tuple[KeepingItem, ...]
    words: Words | None


class AgreementItem(msgspec.Struct, frozen=True, kw_only=True):
    """An agreement as told. ``stances`` are who is for or against it, in which words."""

    id: str
    anchor: str
    parties: tuple[str, ...]
    when: str | None
    standing: str
    told: tuple[KeepingItem, ...]
    terms: tuple[TermItem, ...]
    breaches: tuple[TermItem, ...]
    endorsed_by: tuple[str, ...]
    denounced_by: tuple[str, ...]
    stances: tuple[KeepingItem, ...]
    words: Words | None
