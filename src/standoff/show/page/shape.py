"""The shapes of what the workbench's views show. Unknown is null; spans count code points of a text layer.

What the brief shows too has the brief's own shape, so that one set of components draws both.
"""

from __future__ import annotations

from typing import Any

import msgspec

from standoff.model import (
    Axes,
    Claim,
    Mention,
    Place,
    Quantity,
    QuestionLink,
    ReaderInfo,
    Spans,
    Statement,
    Time,
)
from standoff.model.annotation import Number
from standoff.show.brief.shape import (
    AccountItem,
    DisputeItem,
    FigureItem,
    Head,
    PartyItem,
    ReportItem,
    Rest,
)
from standoff.show.brief.shape_events import ClockItem
from standoff.show.brief.shape_map import StillMap
from standoff.show.page.shape_found import Happening, Mark, PlaceLine
from standoff.show.page.shape_ledger import GroupLine as GroupLine
from standoff.show.page.shape_ledger import GroupSketch as GroupSketch
from standoff.show.page.shape_ledger import LedgerView as LedgerView


class AnswerLine(msgspec.Struct, frozen=True, kw_only=True):
    """One side of a dispute in a line; ``verbatim`` as in the brief."""

    answer: str
    verbatim: tuple[bool, ...]
    parties: tuple[str, ...]
    low: Number | None
    high: Number | None
    origins: int


class DisputeLine(msgspec.Struct, frozen=True, kw_only=True):
    """A dispute in a list. ``first`` and ``last`` are the dates of its earliest and latest account,
    ``entry`` the newest log entry that it rests on, ``place`` the id of where its incident
    is said to have been."""

    id: str
    question: str
    kind: str
    status: str
    incident: str | None
    place: str | None
    place_name: str | None
    answers: tuple[AnswerLine, ...]
    first: str | None
    last: str | None
    accounts: int
    reports: int
    entry: int


class DisputeMark(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """A dispute by what it is picked by on the overview: id, place, incident, days of its first and last
    account. A list in JSON, since there are many."""

    id: str
    place: str | None
    incident: str | None
    first: str | None
    last: str | None


class Overview(msgspec.Struct, frozen=True, kw_only=True):
    """The first view: what is contested, what it rests on, where and when.

    ``disputes`` and ``clock`` are the first that are shown, ``contested`` are all disputes as marks, and
    ``more_clock`` is how much more the clock has. ``groups`` are drawn, so that their steps do not say what
    they rest on: the ledger does. ``told_of`` is how much there is of access, harm, agreements and victims.
    """

    name: str
    axes: Axes
    undated: int
    head: Head
    rests_on: Rest
    disputes: tuple[DisputeLine, ...]
    contested: tuple[DisputeMark, ...]
    divergent: int
    groups: tuple[GroupSketch, ...]
    more_groups: int
    clock: tuple[ClockItem, ...]
    more_clock: int
    marks: tuple[Mark, ...]
    places: tuple[PlaceLine, ...]
    map: StillMap | None
    findings: dict[str, int]
    told_of: dict[str, int]
    waiting: int


class DisputeView(msgspec.Struct, frozen=True, kw_only=True):
    """A dispute in full; ``links`` are how its accounts stand to each other, ``seen`` the last log entry that
    acted on each annotation that they were read from (none: 0), which a decision must name, ``around`` the
    text before and after the words of each account, by its id."""

    dispute: DisputeItem
    figure: FigureItem | None
    links: tuple[QuestionLink, ...]
    seen: dict[str, int]
    around: dict[str, tuple[str, str]]
    related: tuple[DisputeLine, ...]


class PartyLine(msgspec.Struct, frozen=True, kw_only=True):
    """A party in a list."""

    id: str
    name: str
    type: str
    represents: str | None
    aliases: tuple[str, ...]
    statements: int
    reports: int
    possibly_same: int


class Speaker(msgspec.Struct, frozen=True, kw_only=True):
    """A party by its name."""

    id: str
    name: str


class PartyRow(msgspec.Struct, frozen=True, kw_only=True):
    """A party in a table: whom it speaks for, and some of those who speak for it."""

    party: PartyLine
    above: Speaker | None
    below: tuple[Speaker, ...]
    more_below: int


class PartiesFound(msgspec.Struct, frozen=True, kw_only=True):
    """Some of the parties that fit what was asked for, how many do, how many there are, of which types."""

    total: int
    found: int
    types: tuple[str, ...]
    parties: tuple[PartyRow, ...]


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a party says on one question."""

    question_id: str
    question: str
    kind: str
    dispute: str | None
    accounts: tuple[AccountItem, ...]


class Alike(msgspec.Struct, frozen=True, kw_only=True):
    """Another party that may be the same."""

    id: str
    name: str
    reason: str
    confidence: float


class PartyView(msgspec.Struct, frozen=True, kw_only=True):
    """A party in full: who speaks for it, what it and they say on each question, who may be the same.

    ``statements`` is how many the party has; ``party`` holds those that were asked for.
    """

    party: PartyItem
    statements: int
    reason: str | None
    speaks_for: PartyLine | None
    spokespeople: tuple[PartyLine, ...]
    answers: tuple[Answer, ...]
    possibly_same: tuple[Alike, ...]


class ReportLine(msgspec.Struct, frozen=True, kw_only=True):
    """A report in a list; ``entry`` is the newest log entry about it, ``unread`` why nothing was read."""

    id: str
    number: int
    title: str | None
    publisher: str | None
    published: str | None
    language: str | None
    statements: int
    quantities: int
    copies: int
    unread: str | None
    entry: int


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    """Which question, and dispute if one, an annotation answers."""

    question_id: str
    question: str
    dispute: str | None


class Gone(msgspec.Struct, frozen=True, kw_only=True):
    """An annotation that was rejected: its layer, where it stood, and itself."""

    layer: str
    spans: Spans
    annotation: Any


class ReportView(msgspec.Struct, frozen=True, kw_only=True):
    """A report with all its layers.

    ``status`` holds by id what a review made of an annotation (accepted, corrected, added, rejected),
    ``seen`` the last log entry that acted on it (none: 0), which a decision must name; ``rejected`` and
    ``originals`` what was taken out or corrected, as the reader made it; ``answers`` what each answers.
    """

    report: ReportItem
    reader: ReaderInfo | None
    direction: str
    statements: tuple[Statement, ...]
    mentions: tuple[Mention, ...]
    times: tuple[Time, ...]
    places: tuple[Place, ...]
    quantities: tuple[Quantity, ...]
    claims: tuple[Claim, ...]
    rejected: tuple[Gone, ...]
    originals: dict[str, Any]
    status: dict[str, str]
    seen: dict[str, int]
    answers: dict[str, tuple[Answers, ...]]
    before: str | None
    after: str | None


class Spot(msgspec.Struct, frozen=True, kw_only=True):
    """Words in a report."""

    report: str
    title: str | None
    pieces: Spans
    before: str
    text: str
    after: str


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """One decision that the record waits for: see `standoff show FILE queue`.

    ``spots`` are where the words stand that it is about, ``seen`` the last entry that acted on each id.
    """

    id: str
    other: str | None
    kind: str
    ask: str
    reason: str
    confidence: float | None
    weight: int
    spots: tuple[Spot, ...]
    seen: dict[str, int]


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """A step of what a thing rests on: a line, exact words with those around them, and what is below it."""

    line: str
    words: tuple[str, str, str] | None
    below: tuple[Proof, ...]


class ChangeCounts(msgspec.Struct, frozen=True, kw_only=True):
    """How many there are of each kind of what changed."""

    reports: int
    happenings: int
    disputes: int


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """What changed since an entry: reports that came, decisions taken, disputes that rest on either.

    ``counts`` is how many there are; the lists hold those that were asked for.
    """

    since: int
    head: int
    counts: ChangeCounts
    reports: tuple[ReportLine, ...]
    happenings: tuple[Happening, ...]
    disputes: tuple[DisputeLine, ...]
