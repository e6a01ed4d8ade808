"""The shape of the payload that a brief is made of: what `standoff schema brief` prints.

``anchor`` is where a thing stands on the page; ``words`` lead to a passage of a report. Unknown is null.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from standoff.model import Axes, Bound, QuestionLink
from standoff.model.annotation import Number
from standoff.show.brief.shape_events import AccessItem, AgreementItem, ClockItem, EventItem, HarmItem
from standoff.show.brief.shape_words import Cite, Words

SCHEMA = "standoff-brief-1"


class AccountItem(msgspec.Struct, frozen=True, kw_only=True):
    """One source's answer. ``figure`` is the number as said in words; ``replaced_by`` a later account;
    ``annotation`` the quantity, claim or statement that it was read from, which a review may decide on;
    ``carried`` says that the words name nobody and go on from what this source said right before."""

    id: str
    anchor: str
    source: str
    party_id: str | None
    represents: str | None
    channel: str | None
    via: tuple[str, ...]
    origin: str
    said: str | None
    as_of: str | None
    published: str | None
    answer: str | None
    figure: str | None
    low: Number | None
    high: Number | None
    best: Number | None
    low_open: bool
    high_open: bool
    approximate: bool
    replaced_by: str | None
    annotation: str | None
    review: str | None
    words: Words
    carried: bool = False


class SideItem(msgspec.Struct, frozen=True, kw_only=True):
    """One side of a dispute, in the order of first accounts.

    ``verbatim`` tells of each part of the answer (parted by `` / ``) whether it is in the side's own words.
    """

    id: str
    answer: str
    verbatim: tuple[bool, ...]
    low: Number | None
    high: Number | None
    parties: tuple[str, ...]
    origins: int
    only_through_opponent: bool
    accounts: tuple[AccountItem, ...]


class DisputeItem(msgspec.Struct, frozen=True, kw_only=True):
    """A question on which accounts cannot all hold, or are set against each other.

    ``place`` is the id of where its incident is said to have been, ``settle`` what would settle it.
    """

    id: str
    anchor: str
    question: str
    question_id: str
    figure_anchor: str | None
    kind: str
    status: str
    incident: str | None
    place: str | None
    why: str
    rule: str
    settle: tuple[str, ...]
    sides: tuple[SideItem, ...]


class FigureItem(msgspec.Struct, frozen=True, kw_only=True):
    """A question that is answered by numbers, with every answer in the order of telling."""

    id: str
    anchor: str
    question: str
    unit: str | None
    scope: str | None
    dispute: str | None
    accounts: tuple[AccountItem, ...]
    links: tuple[QuestionLink, ...]


class StepItem(msgspec.Struct, frozen=True, kw_only=True):
    """One step of a group: its bounds, what each rests on, and the bounds without assumptions.

    ``places`` are those of the incidents that its claims are about.
    """

    at: str | None
    kind: str
    low: Number | None
    high: Number | None
    best: Number | None
    text: str
    places: tuple[str, ...]
    party: str | None
    said_by: tuple[str, ...]
    assumptions: tuple[str, ...]
    without_assumptions: Bound
    low_rests_on: tuple[Cite, ...]
    high_rests_on: tuple[Cite, ...]


class GroupItem(msgspec.Struct, frozen=True, kw_only=True):
    """A group as stock and flow over time."""

    id: str
    anchor: str
    name: str
    unit: str
    steps: tuple[StepItem, ...]


class EquationItem(msgspec.Struct, frozen=True, kw_only=True):
    """A sum that the accounts imply."""

    text: str
    holds: Literal["yes", "no", "open"]
    terms: tuple[Cite, ...]


class ConflictItem(msgspec.Struct, frozen=True, kw_only=True):
    """Claims that cannot all be true, as a sentence."""

    sentence: str
    claims: tuple[Cite, ...]


class LedgerItem(msgspec.Struct, frozen=True, kw_only=True):
    """Groups, sums and conflicts; whether all conflicts were found."""

    groups: tuple[GroupItem, ...]
    equations: tuple[EquationItem, ...]
    conflicts: tuple[ConflictItem, ...]
    conflicts_complete: bool = True


class PlaceItem(msgspec.Struct, frozen=True, kw_only=True):
    """A place: WGS84 degrees, radius of uncertainty in km, how often and where it is named."""

    id: str
    anchor: str
    name: str
    country: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    feature: str | None
    mentions: int
    words: tuple[Words, ...]


class SayingItem(msgspec.Struct, frozen=True, kw_only=True):
    """One statement of a party."""

    id: str
    anchor: str
    stance: tuple[str, ...]
    said: str | None
    channel: str | None
    via: tuple[str, ...]
    words: Words


class PartyItem(msgspec.Struct, frozen=True, kw_only=True):
    """A party that says something, and what it says."""

    id: str
    anchor: str
    name: str
    type: str
    represents: str | None
    aliases: tuple[str, ...]
    says: tuple[SayingItem, ...]


class VictimItem(msgspec.Struct, frozen=True, kw_only=True):
    """A person reported harmed."""

    id: str
    anchor: str
    name: str | None
    name_original: str | None
    description: str | None
    age: int | None
    sex: str | None
    status: str | None
    harm: str | None
    source: str
    words: Words


class FindingItem(msgspec.Struct, frozen=True, kw_only=True):
    """What the record derives, with its status and how many independent origins stand behind it."""

    id: str
    text: str
    status: str
    origins: int
    question_anchor: str | None


class Citing(msgspec.Struct, frozen=True, kw_only=True):
    """What of the brief rests on a passage."""

    label: str
    anchor: str


class PassageItem(msgspec.Struct, frozen=True, kw_only=True):
    """A passage: ``start``/``end`` count code points of the text as shown here."""

    id: str
    start: int
    end: int
    cited_by: tuple[Citing, ...]


class ReportItem(msgspec.Struct, frozen=True, kw_only=True):
    """A report with its custody and, unless withheld, its text layer. ``direction``: rtl, or auto."""

    id: str
    anchor: str
    number: int
    title: str | None
    publisher: str | None
    author: str | None
    published: str | None
    published_origin: str | None
    url: str | None
    language: str | None
    direction: str
    media_type: str
    sha256: str | None
    text_sha256: str | None
    acquired_at: str | None
    origin: str | None
    origin_evidence: str | None
    copies: tuple[int, ...]
    warnings: tuple[str, ...]
    error: str | None
    text: str | None
    passages: tuple[PassageItem, ...]


class Rest(msgspec.Struct, frozen=True, kw_only=True):
    """What the brief rests on, counted."""

    reports: int
    unread: int
    origins: int
    sources: int
    statements: int
    reviews: int
    first_published: str | None
    last_published: str | None


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The log entry that the brief was made from."""

    entry: int
    hash: str


class Brief(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a brief shows, in the order in which it shows it."""

    schema: str
    name: str
    axes: Axes
    undated: int
    head: Head
    withheld: tuple[str, ...]
    rests_on: Rest
    disputes: tuple[DisputeItem, ...]
    figures: tuple[FigureItem, ...]
    ledger: LedgerItem
    clock: tuple[ClockItem, ...]
    timeline: tuple[EventItem, ...]
    access: tuple[AccessItem, ...]
    harm: tuple[HarmItem, ...]
    agreements: tuple[AgreementItem, ...]
    places: tuple[PlaceItem, ...]
    parties: tuple[PartyItem, ...]
    victims: tuple[VictimItem, ...]
    findings: tuple[FindingItem, ...]
    reports: tuple[ReportItem, ...]
