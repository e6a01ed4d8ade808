"""The shapes of rows of the clock, access, harm and agreements: what `standoff schema` prints for them."""

from __future__ import annotations

import msgspec

from standoff.model import Span
from standoff.model.annotation import Number


class Cited(msgspec.Struct, frozen=True, kw_only=True):
    """Words that a row rests on: where they stand, whose they are (null: the report's own), when told."""

    report: str
    span: Span
    text: str
    source: str | None
    said: str | None
    published: str | None
    statement: str | None
    annotation: str | None


class ClockBegan(Cited, frozen=True, kw_only=True):
    """Words for when a thing began; ``when`` is null where it was reckoned back from a duration."""

    when: str | None = None


class ClockState(Cited, frozen=True, kw_only=True):
    """One account of the state that a thing was in, and as of when."""

    state: str
    as_of: str | None


class ClockDay(msgspec.Struct, frozen=True, kw_only=True):
    """Which day of it a date is; the day it began is day 1. Two numbers where the beginning is uncertain."""

    date: str
    low: int | None
    high: int | None


class ClockDuration(Cited, frozen=True, kw_only=True):
    """How long it is said to have lasted, against the days by the dates told.

    ``low`` and ``high`` are in ``unit``, ``days_low`` and ``days_high`` in days. ``reckoned_low`` is the
    difference of the dates ``from`` and ``to``, ``reckoned_high`` counts both of them. ``from_of`` says whose
    beginning ``from`` is: "itself" or "the situation". ``verdict``: holds, too long, too short, open.
    """

    quantity: str
    words: str
    low: Number | None
    high: Number | None
    low_open: bool
    high_open: bool
    unit: str | None
    days_low: float | None
    days_high: float | None
    from_: str | None = msgspec.field(name="from")
    from_of: str | None
    to: str | None
    reckoned_low: int | None
    reckoned_high: int | None
    verdict: str


class ClockRow(msgspec.Struct, frozen=True, kw_only=True):
    """The situation, or something in it that lasts: since when, which day it is, what it was last said to be.

    ``since_basis``: stated, reckoned (from durations told), first event (of the record) or null.
    ``since_agrees`` is false where the beginnings told share no day. ``stale_days_low`` and ``_high`` count
    from the last account to the newest report of the record.
    """

    id: str
    subject: str
    kind: str
    state: str | None
    last: ClockState | None
    since: str | None
    since_basis: str | None
    since_told: list[ClockBegan]
    since_agrees: bool
    until: str | None
    until_told: list[Cited]
    newest_report: str | None
    stale_days_low: int | None
    stale_days_high: int | None
    days: list[ClockDay]
    durations: list[ClockDuration]
    accounts: list[ClockState]
    reports: list[str]


class FlowCount(msgspec.Struct, frozen=True, kw_only=True):
    """A count of what was delivered, by its quantity."""

    quantity: str
    text: str
    what: str | None
    low: Number | None
    high: Number | None
    best: Number | None


class Flow(msgspec.Struct, frozen=True, kw_only=True):
    """A delivery as a flow: counts where told; ``none`` where it is said that nothing came."""

    id: str
    none: bool
    at: str | None
    counts: list[FlowCount]


class Copy(msgspec.Struct, frozen=True, kw_only=True):
    """The same words in a copy of one origin: their account and report."""

    id: str
    report: str


class AccessRow(msgspec.Struct, frozen=True, kw_only=True):
    """One account of a route, of passage, or of a delivery.

    ``kind``: route, passage, delivery, arrival (of what goods come in). ``state``: open, closed, hit,
    damaged, let through, blocked, delivered, arrived, each also with "not". ``question`` is null where the
    account answers none.
    """

    id: str
    question: str | None
    kind: str
    when: str | None
    since: str | None
    since_text: str | None
    said: str | None
    published: str | None
    state: str
    what: list[str]
    by: list[str]
    to: list[str]
    place: str | None
    incident: str | None
    flow: Flow | None
    source: str | None
    origin: str
    copies: list[Copy]
    report: str
    span: Span
    text: str
    claim: str
    statement: str | None


class Blame(msgspec.Struct, frozen=True, kw_only=True):
    """Who is said to have done it, by whom, in which words.

    ``stance``: alleged (by another), named (by the report itself), conceded or denied (by the party itself),
    cleared (by another).
    """

    party: str | None
    by: str | None
    polarity: str
    stance: str
    claim: str
    report: str
    span: Span
    text: str
    said: str | None


class PartyNamed(msgspec.Struct, frozen=True, kw_only=True):
    """A party named as responsible: who alleges it, which reports name it in their own voice (null: of an
    unknown publisher), who clears it, whether it concedes or denies."""

    party: str | None
    alleged_by: list[str | None]
    named_by: list[str | None]
    cleared_by: list[str | None]
    conceded: bool
    denied: bool


class Graded(msgspec.Struct, frozen=True, kw_only=True):
    """A grade under somebody's scheme, with the scheme's own definition; null where none fits."""

    id: str
    scheme: str
    grade: str | None
    means: str | None
    why: str


class HarmFigure(msgspec.Struct, frozen=True, kw_only=True):
    """People harmed of one group, role and scope, over all accounts; ``part`` of a stated total or not.

    ``low``, ``high`` and ``best`` are the figure of the question under ``rule``; ``aggregate`` is its id,
    ``notes`` what must be known of it. ``grade`` is null unless a grading was asked for.
    """

    question: str
    group: str | None
    group_id: str | None
    harm: str
    status: str | None
    sex: str | None
    age: str | None
    scope: str | None
    part: bool
    low: Number | None
    high: Number | None
    rule: str
    disputed: bool
    sources: list[str]
    origins: int
    accounts: list[str]
    best: Number | None
    aggregate: str | None
    notes: list[str]
    grade: Graded | None


class HarmRow(msgspec.Struct, frozen=True, kw_only=True):
    """An incident of harm, over all accounts.

    ``group`` ... ``grade`` are those of the first of ``figures``: the dead of the widest group told.
    ``killed_low`` is the largest low of any group, ``killed_high`` the sum of the highs of the groups counted
    whole (null: one has none); likewise the other roles. ``at_risk`` names whom accounts say was hit or
    aimed at.
    """

    id: str
    incident: str | None
    what: str | None
    when: str | None
    place: str | None
    question: str
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
    killed_low: Number | None
    killed_high: Number | None
    injured_low: Number | None
    injured_high: Number | None
    missing_low: Number | None
    missing_high: Number | None
    casualties_low: Number | None
    casualties_high: Number | None
    figures: list[HarmFigure]
    at_risk: list[str]
    victims: list[str]
    said_to_be_responsible: list[Blame]
    parties_named: list[PartyNamed]
    disputed: bool
    sources: list[str]
    origins: int
    reports: list[str]
    accounts: list[str]
    claims: list[str]
    best: Number | None
    aggregate: str | None
    notes: list[str]
    grade: Graded | None


class Keeping(Cited, frozen=True, kw_only=True):
    """An account of the keeping of a deal or term: of whom it is said, by whom.

    ``verdict``: kept, kept in part, broken, suspended; of a whole deal also objected, endorsed.
    """

    verdict: str
    of: str | None
    by: str | None


class Term(msgspec.Struct, frozen=True, kw_only=True):
    """A term of an agreement, or a breach of it as told.

    ``keeping``: kept, kept in part, broken, disputed, suspended, nothing reported; ``told`` the accounts.
    """

    kind: str
    text: str | None
    modality: str
    owed_by: list[str]
    keeping: str
    told: list[Keeping]
    report: str
    span: Span | None
    claim: str | None


class AgreementRow(msgspec.Struct, frozen=True, kw_only=True):
    """An agreement as told: its parties, date, terms, how each is kept, breaches, who is for and against.

    ``standing`` sums up all accounts in the words of `Term.keeping`; ``standing_told`` lists them.
    """

    id: str
    incident: str | None
    parties: list[str]
    when: str | None
    standing: str
    standing_told: list[Keeping]
    terms: list[Term]
    breaches: list[Term]
    endorsed_by: list[str]
    denounced_by: list[str]
    objections: list[Keeping]
    reports: list[str]
    text: str | None
    report: str
    span: Span | None
    claims: list[str]
