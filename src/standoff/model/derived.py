"""What the record derives from readings and referents. All of it can be thrown away and rebuilt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from standoff.model.annotation import Number
from standoff.model.spans import Span

QuestionKind = Literal[
    "number", "divergent", "time", "place", "actor", "occurrence", "access", "motive", "nature",
    "responsibility", "legitimacy",
]  # fmt: skip
LinkKind = Literal["revises", "corrects", "repeats", "develops", "contradicts", "compatible"]


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """One source's answer to a question, with the words it rests on.

    ``source`` is the party's name, or None for the report's own voice with the publisher in
    ``origin``'s record; ``quantity`` and ``claim`` are the annotation ids it was read from. ``carried`` says
    that its words name nobody and go on from those of ``statement``, whose source it is taken to be of.
    """

    id: str
    report: str
    span: Span
    text: str
    source: str | None
    party_id: str | None
    origin: str
    said: str | None
    as_of: str | None
    published: str | None
    statement: str | None
    low: Number | None = None
    high: Number | None = None
    best: Number | None = None
    low_open: bool = False
    high_open: bool = False
    approximate: bool = False
    answer: str | None = None
    quantity: str | None = None
    claim: str | None = None
    carried: bool = False


class QuestionLink(msgspec.Struct, frozen=True, kw_only=True):
    """How two accounts of one question stand to each other, and why."""

    id: str = ""
    from_: str = msgspec.field(name="from")
    to: str
    relation: LinkKind
    reason: str


REPLACING = frozenset({"revises", "corrects"})
"""Links by which a source replaces its own earlier answer."""


def replaced_by(
    links: Iterable[QuestionLink], copies: Mapping[str, Sequence[str]] | None = None
) -> dict[str, str]:
    """Accounts that their own source has revised or corrected, with the account in their place. With an
    account goes what it had repeated, and its ``copies``, where these are given."""
    found: dict[str, str] = {}
    repeated: dict[str, list[str]] = {}
    for link in links:
        if link.relation in REPLACING:
            found.setdefault(link.to, link.from_)
        if link.relation == "repeats":
            repeated.setdefault(link.from_, []).append(link.to)
    waiting = list(found)
    while waiting:
        newer = waiting.pop()
        for older in (*repeated.get(newer, ()), *(copies or {}).get(newer, ())):
            if older not in found:
                found[older] = found[newer]
                waiting.append(older)
    return found


class SetAside(msgspec.Struct, frozen=True, kw_only=True):
    """An account that a rule did not use, and why."""

    account: str
    why: str


class Aggregate(msgspec.Struct, frozen=True, kw_only=True):
    """A question's figure under a named, versioned rule. None is unknown or unbounded, never 0.

    ``of`` owns the convention, ``means`` says the rule in words, ``source`` where it was read;
    ``used`` and ``set_aside`` are account ids, together every account of the question; ``notes``
    say what a reader must know of the figure, such as that it is a party's figure of another
    party's losses. ``low_open`` and ``high_open``: the bound itself is not included.
    """

    id: str
    rule: str
    version: int
    of: str
    means: str
    source: str
    low: Number | None = None
    high: Number | None = None
    best: Number | None = None
    low_open: bool = False
    high_open: bool = False
    used: tuple[str, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    notes: tuple[str, ...] = ()


class Grade(msgspec.Struct, frozen=True, kw_only=True):
    """A grade of reported harm under somebody's named scheme, with the scheme's own definition.

    ``grade`` is None where the scheme has none that fits; ``why`` says what it was given for,
    ``rests_on`` the claims and accounts (ids) behind it.
    """

    id: str
    scheme: str
    version: int
    source: str
    question: str
    incident: str | None
    grade: str | None
    means: str | None
    why: str
    rests_on: tuple[str, ...] = ()


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What several claims answer, worded in neither side's terms.

    A number question has its figure under every rule of ``vocab/aggregation_rules.toml``.
    """

    id: str
    question: str
    kind: QuestionKind
    incident: str | None = None
    group: str | None = None
    scope: str | None = None
    accounts: tuple[Account, ...] = ()
    links: tuple[QuestionLink, ...] = ()
    aggregates: tuple[Aggregate, ...] = ()


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One side of a dispute. ``origins`` counts independent origins, not copies.

    ``only_through_opponent`` marks a side known only from what its opponent says of it.
    """

    id: str
    answer: str
    low: Number | None = None
    high: Number | None = None
    parties: tuple[str, ...] = ()
    origins: int = 0
    accounts: tuple[str, ...] = ()
    only_through_opponent: bool = False


class Dispute(msgspec.Struct, frozen=True, kw_only=True):
    """Accounts of different sources on one question that cannot both hold or are openly opposed.

    Sides are ordered by the date of their first account.
    """

    id: str
    question: str
    question_id: str
    kind: QuestionKind
    incident: str | None
    status: Literal["open", "divergent", "settled"]
    sides: tuple[Side, ...]
    why: str
    rule: str


class RestsOn(msgspec.Struct, frozen=True, kw_only=True):
    """The claims (annotation ids) that each bound rests on."""

    low: tuple[str, ...] = ()
    high: tuple[str, ...] = ()


class Bound(msgspec.Struct, frozen=True, kw_only=True):
    """A pair of bounds; None is unknown or unbounded."""

    low: Number | None = None
    high: Number | None = None


class SaidBy(msgspec.Struct, frozen=True, kw_only=True):
    """Who says what each bound rests on: names of sources, publishers for a report's own voice."""

    low: tuple[str, ...] = ()
    high: tuple[str, ...] = ()


class LedgerStep(msgspec.Struct, frozen=True, kw_only=True):
    """One state or change of a group.

    ``kind``: stock; split (went off while the rest stayed), join (came to those counted), left, arrived,
    killed, injured, casualties, missing, detained, kidnapped, released, displaced, supplied; remaining;
    unexplained (what the counts leave unaccounted for; below 0 where more are counted than came).
    ``party`` is the one party that both bounds come from, if they come from one.
    """

    id: str = ""
    at: str | None
    kind: str
    low: Number | None
    high: Number | None
    best: Number | None
    rests_on: RestsOn
    assumptions: tuple[str, ...]
    without_assumptions: Bound
    text: str
    party: str | None = None
    said_by: SaidBy = SaidBy()


class LedgerGroup(msgspec.Struct, frozen=True, kw_only=True):
    """A group as stock and flow over time."""

    id: str
    name: str
    unit: str
    steps: tuple[LedgerStep, ...]


class Equation(msgspec.Struct, frozen=True, kw_only=True):
    """A sum that the accounts imply, e.g. ``23 = 9 + 14``; ``terms`` are annotation ids."""

    id: str = ""
    text: str
    terms: tuple[str, ...]
    holds: Literal["yes", "no", "open"]


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """A minimal set of claims that cannot all hold, said as a sentence."""

    id: str = ""
    claims: tuple[str, ...]
    sentence: str


class Ledger(msgspec.Struct, frozen=True, kw_only=True):
    """Groups, the equations between their counts, and what cannot all be true.

    ``conflicts_complete`` is False where the search for conflicts met a budget: more may exist.
    """

    groups: tuple[LedgerGroup, ...] = ()
    equations: tuple[Equation, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    conflicts_complete: bool = True


class TimelineTold(msgspec.Struct, frozen=True, kw_only=True):
    """One telling of what a timeline item is about: the words, whose they are, and what date they give."""

    report: str
    span: Span
    text: str
    source: str | None
    when: str | None
    said: str | None
    published: str | None
    statement: str | None
    annotation: str
    modality: str
    polarity: str
    origin: str


class TimelineItem(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is said to have happened (or to be planned, demanded ...), when, and by whose words.

    Tellings of one event are one item: its words are those of the first telling, all stand in ``told``.
    ``dates`` are the different dates that they give; ``dates_agree`` is false where those share no day.
    ``earliest`` and ``latest`` are the first and last day (ISO 8601) on which it can have happened, by the
    dates told (``bounds`` "stated") or, where none is, by when it was told ("told"); null is open.
    ``place_first`` and ``place_last`` are the first and last place (from 1) that it can take among all
    items, whichever of the days allowed are true: equal where its place is certain.
    """

    id: str
    incident: str | None
    when: str | None
    precision: str | None
    said: str | None
    published: str | None
    text: str
    report: str
    span: Span
    statement: str | None
    modality: str
    polarity: str
    type: str | None = None
    mode: str | None = None
    earliest: str | None = None
    latest: str | None = None
    bounds: Literal["stated", "told"] = "told"
    place_first: int = 1
    place_last: int = 1
    dates: tuple[str, ...] = ()
    dates_agree: bool = True
    reports: tuple[str, ...] = ()
    told: tuple[TimelineTold, ...] = ()


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What the record derives, with its proof (account or annotation ids)."""

    id: str
    text: str
    status: Literal["reported", "corroborated", "disputed", "superseded"]
    question: str | None = None
    origins: int = 0
    proof: tuple[str, ...] = ()
    rule: str | None = None


class Derived(msgspec.Struct, frozen=True, kw_only=True):
    """Everything `reconcile` returns. ``clock``, ``access``, ``harm`` and ``agreements`` are rows for tables,
    of the shapes that `standoff schema` prints. ``grades`` stand apart: a table shows them only where they
    are asked for."""

    questions: tuple[Question, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    ledger: Ledger = Ledger()
    timeline: tuple[TimelineItem, ...] = ()
    findings: tuple[Finding, ...] = ()
    clock: tuple[dict[str, object], ...] = ()
    access: tuple[dict[str, object], ...] = ()
    harm: tuple[dict[str, object], ...] = ()
    agreements: tuple[dict[str, object], ...] = ()
    grades: tuple[Grade, ...] = ()
