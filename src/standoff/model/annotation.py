"""What a reader finds in one report: statements, mentions, times, places, quantities, claims.

Every offset counts Unicode code points of the text layer, end exclusive. Unknown is None
(in JSON: null), never 0 or "".
"""

from __future__ import annotations

from typing import Literal

import msgspec

from standoff.model.spans import Span, Spans

Number = int | float
BODIES = frozenset({"organisation", "state", "armed_group"})
"""Types of mention and party that act and publish as a body."""
Voice = Literal["source", "report"]
QuantityKind = Literal["count", "money", "measure", "percent", "duration", "age", "rate"]
Measure = Literal["stock", "cumulative", "new", "other"]
Modality = Literal["actual", "planned", "demanded", "conditional", "hypothetical", "historical"]
Polarity = Literal["affirmed", "denied"]


class Via(msgspec.Struct, frozen=True, kw_only=True):
    """One relay of a statement, e.g. the radio station that was told it."""

    name: str
    span: Span


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """An attribution in the PolNeAR / PARC scheme, resolved as far as one report allows.

    ``party`` is the speaker's name; ``represents`` the name of whom the party speaks for;
    ``channel`` a short phrase ("briefing", "statement", "tweet", "radio"); ``via`` runs from the
    first hearer to the last relay before this report; ``said`` is EDTF; ``kind`` is direct,
    indirect or mixed; ``stance`` holds words such as asserts, denies, accuses, demands, predicts,
    commits, endorses, rejects; ``parent`` is the id of the statement this one is nested in.
    Of voice ``report`` there is one statement a report: all that no source is credited with;
    its source, cue and via are empty and its party is None.
    """

    id: str
    voice: Voice
    source: Spans = ()
    cue: Spans = ()
    content: Spans = ()
    party: str | None = None
    party_id: str | None = None
    represents: str | None = None
    channel: str | None = None
    via: tuple[Via, ...] = ()
    said: str | None = None
    kind: Literal["direct", "indirect", "mixed"] | None = None
    stance: tuple[str, ...] = ()
    parent: str | None = None
    confidence: float = 1.0


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """A span that names, describes or points at a party.

    ``form`` is name, description ("the envoy") or pronoun; ``type`` person, organisation, state,
    armed_group, population, media or unknown; ``party`` the fullest name of the chain it is in.
    """

    id: str
    start: int
    end: int
    text: str
    form: Literal["name", "description", "pronoun"]
    type: str
    party: str | None = None
    party_id: str | None = None
    represents: str | None = None
    confidence: float = 1.0


class Time(msgspec.Struct, frozen=True, kw_only=True):
    """A time expression: TIMEX3 ``type`` and ``value``, EDTF, and the date that anchored it.

    ``anchor`` is the EDTF date a relative expression was counted from; None when it needed none
    or none was known. ``edtf`` is None for sets, vague references and durations, save those counted
    from a date in the text ("two days later"), which carry the date they lead to.
    """

    id: str
    start: int
    end: int
    text: str
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    edtf: str | None = None
    anchor: str | None = None
    mod: str | None = None
    confidence: float = 1.0


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A place that a name may mean. Coordinates are WGS84 degrees."""

    geonameid: int | None
    canonical: str
    lat: float
    lon: float
    country: str | None = None
    feature: str | None = None
    score: float = 0.0


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A place name in the text. Coordinates (WGS84 degrees) are None when no place could be chosen.

    ``radius_km`` is how far the true point may be from the coordinates.
    """

    id: str
    start: int
    end: int
    name: str
    canonical: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonameid: int | None = None
    country: str | None = None
    feature: str | None = None
    radius_km: float | None = None
    candidates: tuple[Candidate, ...] = ()
    confidence: float = 1.0


class Relation(msgspec.Struct, frozen=True, kw_only=True):
    """How a quantity follows from another by its wording.

    ``equals`` ("a like number"), ``remainder`` ("the remaining 11"), ``part_of`` ("10 of 12",
    "including 3 children"), ``all_but`` ("all but one of the 72"). ``of`` is the id of the other
    quantity when it stands in the text; ``of_value`` the whole's value when the words state it.
    """

    kind: Literal["equals", "remainder", "part_of", "all_but"]
    of: str | None = None
    of_value: Number | None = None


class Quantity(msgspec.Struct, frozen=True, kw_only=True):
    """A number as said, its bounds under the named ``rule``, and what it counts.

    ``low``/``high``/``best`` are None where unknown or unbounded. "more than 5" is low 5 with
    ``low_open``. ``what`` is the counted noun phrase's head ("fighters"); ``group`` the fuller
    description ("ISIS fighters"); ``role`` killed, injured, missing, detained, kidnapped, released,
    displaced, evacuated, arrived, left, present, supplied, casualties (killed or injured), destroyed
    (of things), other;
    ``status`` civilian, combatant, mixed or None (not stated); ``of_total`` is ``inside``,
    ``outside`` or None; ``statement`` the id of the statement it stands in (own voice included).
    """

    id: str
    start: int
    end: int
    text: str
    kind: QuantityKind
    low: Number | None = None
    high: Number | None = None
    best: Number | None = None
    low_open: bool = False
    high_open: bool = False
    approximate: bool = False
    rule: str = "standoff-1"
    unit: str | None = None
    what: str | None = None
    group: str | None = None
    role: str | None = None
    measure: Measure | None = None
    status: Literal["civilian", "combatant", "mixed"] | None = None
    sex: Literal["female", "male"] | None = None
    age: Literal["child", "adult", "elderly"] | None = None
    of_total: Literal["inside", "outside"] | None = None
    as_of: str | None = None
    place: str | None = None
    incident: str | None = None
    statement: str | None = None
    relation: Relation | None = None
    negated: bool = False
    confidence: float = 1.0


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """One participant of a claim and the words that name it there.

    ``kind``, ``label`` and ``confidence`` are given where the trained model of roles found the participant:
    what it is, the words that name it without article and count, and how likely (0 to 1, calibrated) it
    took this part in harm done on purpose. ``age`` in years, ``sex`` and ``status`` are what the report's
    words assert of a person that a claim is about, and never guessed from a name.
    """

    party_id: str | None
    name: str
    mentions: Spans = ()
    kind: Literal["person", "organisation", "thing", "weapon"] | None = None
    label: str | None = None
    confidence: float | None = None
    age: int | None = None
    sex: Literal["female", "male"] | None = None
    status: Literal["civilian", "combatant"] | None = None


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """One typed proposition drawn from a statement.

    ``type`` is a PLOVER event type or MOVE, STATE, TERM; ``mode`` PLOVER's mode. ``quantities``
    and ``places`` hold ids; ``when`` is EDTF; ``of`` is the claim a TERM belongs to or that a
    denial denies; ``trigger`` is the span of the word that carries the event.
    """

    id: str
    type: str
    mode: str | None = None
    actors: tuple[Actor, ...] = ()
    recipients: tuple[Actor, ...] = ()
    targets: tuple[Actor, ...] = ()
    instruments: tuple[Actor, ...] = ()
    quantities: tuple[str, ...] = ()
    when: str | None = None
    places: tuple[str, ...] = ()
    incident: str | None = None
    modality: Modality = "actual"
    polarity: Polarity = "affirmed"
    statement: str | None = None
    evidence: Spans = ()
    trigger: Span | None = None
    of: str | None = None
    confidence: float = 1.0
