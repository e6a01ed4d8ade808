"""Incidents: one occurrence at one place and time.

Joined only when place and time agree and at least one of actor, method or target does; what agrees
in less stays apart as *possibly the same*. Figures alone never join.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from standoff.model import Claim, Incident, PossiblySame, Reading
from standoff.model.ids import derived_id
from standoff.model.when import first_day, parse_when
from standoff.resolve.places import far_apart, known_by_name
from standoff.resolve.union import Union

NAME = re.compile(r"[^\W\d_a-z][\w’'-]*(?: [^\W\d_a-z][\w’'-]*)*")
KINDS = frozenset({"ASSAULT", "COERCE", "PROTEST", "AGREE"})
NEIGHBOURS = 40
"""How many later sketches of one place each is compared with, in order of telling."""
TOLD_WITHIN = 10
"""Days between reports within which an undated incident may be another report's."""
NEAR_CLAIMS = 400
"""Code points within which an undated, unplaced claim follows the incident told before it."""


class Sketch(msgspec.Struct):
    """What is known of one would-be incident: the union of its claims' features."""

    report: str
    type: str
    mode: str | None
    when: str | None
    places: frozenset[str]
    actors: frozenset[str]
    targets: frozenset[str]
    claims: list[Claim]
    start: int
    told: str | None

    @property
    def id(self) -> str:
        """Id from the anchors of the first claim (its annotation id)."""
        return derived_id("in", self.claims[0].id)


class Where(msgspec.Struct, frozen=True):
    """Looks up where a claim says that something happened."""

    place_of: Mapping[str, str]
    by_name: Mapping[str, str]
    texts: Mapping[str, str]

    def of(self, reading: Reading, claim: Claim) -> frozenset[str]:
        """Places named as the scene or as what was hit; else those its words name and the record knows."""
        hit = [span for actor in claim.targets for span in actor.mentions]
        named = [
            place.id
            for place in reading.places
            if any(start <= place.start and place.end <= end for start, end in hit)
        ]
        found = frozenset(self.place_of[p] for p in (*claim.places, *named) if p in self.place_of)
        return found or frozenset(self._in_words(reading.report, claim))

    def _in_words(self, report: str, claim: Claim) -> Iterator[str]:
        text = self.texts.get(report, "")
        for start, end in claim.evidence:
            words = text[start:end]
            yield from (self.by_name[word] for word in NAME.findall(words) if word in self.by_name)


def resolve_incidents(
    readings: Sequence[Reading],
    place_of: Mapping[str, str],
    joined: Sequence[Sequence[str]] = (),
    parted: Sequence[Sequence[str]] = (),
    texts: Mapping[str, str] | None = None,
) -> tuple[tuple[Incident, ...], dict[str, str]]:
    """Incidents and the map from claim and quantity ids to them.

    ``joined`` and ``parted`` are groups of claim ids that a person joined or set apart; ``texts`` the
    text layers by report, for claims that name a place the record knows from elsewhere.
    """
    where = Where(place_of, known_by_name(readings, place_of), texts or {})
    sketches = [sketch for reading in readings for sketch in _within(reading, where)]
    union = Union(sketch.id for sketch in sketches)
    by_id = {sketch.id: sketch for sketch in sketches}
    reasons: dict[str, str] = {}
    doubts: defaultdict[str, list[PossiblySame]] = defaultdict(list)
    holder = {claim.id: sketch.id for sketch in sketches for claim in sketch.claims}
    apart = {
        frozenset((holder[a], holder[b])) for g in parted for a in g for b in g if {a, b} <= holder.keys()
    }
    for first, second in _pairs(sketches):
        verdict, reason = _compare(first, second)
        if frozenset((first.id, second.id)) in apart:
            continue
        if verdict == "same":
            union.join(first.id, second.id)
            reasons[second.id] = reason
        elif verdict == "maybe":
            doubts[first.id].append(PossiblySame(other=second.id, reason=reason, confidence=0.5))
    incidents = [_incident([by_id[m] for m in members], reasons, doubts, union) for members in union.groups()]
    incident_of = {each: one.id for one in incidents for each in (*one.claims, *one.quantities)}
    incident_of |= _stray_tolls(readings, incidents, place_of)
    return tuple(incidents), incident_of


def _harm(claim: Claim) -> bool:
    return claim.type in KINDS or (claim.type == "STATE" and claim.mode == "harm")


def _within(reading: Reading, where: Where) -> Iterator[Sketch]:
    """Sketches of one report: claims of a like kind that nothing tells apart are one occurrence."""
    found: list[Sketch] = []
    claims = [c for c in reading.claims if _harm(c) and c.modality in {"actual", "historical"} and c.evidence]
    for claim in sorted(claims, key=lambda c: c.evidence[0]):
        new = _sketch(reading, claim, where)
        home = next((old for old in reversed(found) if _one_story(old, new)), None)
        if home is None:
            found.append(new)
        else:
            _absorb(home, new)
    yield from found


def _sketch(reading: Reading, claim: Claim, where: Where) -> Sketch:
    def keys(role: str) -> frozenset[str]:
        named = (a for a in getattr(claim, role) if any(c.isalpha() for c in a.name))  # "37" names nobody
        return frozenset(a.party_id or a.name.casefold() for a in named)

    return Sketch(
        report=reading.report,
        type="ASSAULT" if claim.type == "STATE" else claim.type,
        mode=None if claim.mode == "harm" else claim.mode,
        when=claim.when,
        places=where.of(reading, claim),
        actors=keys("actors"),
        targets=keys("targets") | keys("recipients"),
        claims=[claim],
        start=claim.evidence[0][0],
        told=reading.published,
    )


def _one_story(old: Sketch, new: Sketch) -> bool:
    """Within one report: same kind, and no time, place, method or actor that tells them apart."""
    if old.type != new.type or not _times_meet(old, new):
        return False
    if old.places and new.places and not old.places & new.places:
        return False
    strangers = bool(old.targets and new.targets and not old.targets & new.targets)
    if old.mode and new.mode and old.mode != new.mode and not old.targets & new.targets:
        return False  # bombing a bridge is not shelling a village
    denied = {c.polarity for c in old.claims} != {c.polarity for c in new.claims}
    if denied and strangers:
        return False  # what is denied of one target says nothing of another
    if {c.modality for c in old.claims} != {c.modality for c in new.claims}:
        return False
    told_apart = strangers and not (new.when or new.places or (old.mode and old.mode == new.mode))
    return not told_apart or new.start - old.start < NEAR_CLAIMS


def _absorb(home: Sketch, new: Sketch) -> None:
    home.claims.append(new.claims[0])
    home.mode = home.mode or new.mode
    home.when = home.when or new.when
    home.places |= new.places
    home.actors |= new.actors
    home.targets |= new.targets
    home.start = new.start


def _times_meet(a: Sketch, b: Sketch) -> bool:
    first, second = parse_when(a.when), parse_when(b.when)
    return not (first and second) or first.may_meet(second)


def _pairs(sketches: Sequence[Sketch]) -> Iterator[tuple[Sketch, Sketch]]:
    """Pairs of different reports that share kind and a place: blocks of near dates, never all pairs."""
    blocks: defaultdict[tuple[str, str], list[Sketch]] = defaultdict(list)
    for sketch in sketches:
        for place in sorted(sketch.places):
            blocks[sketch.type, place].append(sketch)
    for key in sorted(blocks):
        block = sorted(blocks[key], key=lambda s: (s.told or "", s.report, s.start))
        for i, first in enumerate(block):
            near = block[i + 1 : i + 1 + NEIGHBOURS]
            yield from ((first, second) for second in near if first.report != second.report)


def _compare(a: Sketch, b: Sketch) -> tuple[str, str]:
    """``same``, ``maybe`` or ``apart`` for two sketches that share a place, with the reason."""
    if not _times_meet(a, b) or not _told_together(a, b):
        return "apart", "at different times"
    agree = [
        name
        for name, first, second in (
            ("actor", a.actors, b.actors),
            ("target", a.targets, b.targets),
            ("method", frozenset([a.mode or ""]) - {""}, frozenset([b.mode or ""]) - {""}),
        )
        if first & second
    ]
    dated = bool(a.when and b.when)
    if agree and (dated or agree != ["actor"]):
        time = "time" if dated else "the days of the reports"
        return "same", f"place, {time} and {' and '.join(agree)} agree"
    return "maybe", "place and time may agree; neither method nor target is known to"


def _told_together(a: Sketch, b: Sketch) -> bool:
    """Where one side has no date of its own, the reports must be of near days."""
    first, second = first_day(a.told), first_day(b.told)
    if a.when and b.when:
        return True
    return bool(first and second and abs((first - second).days) <= TOLD_WITHIN)


def _incident(
    parts: list[Sketch],
    reasons: Mapping[str, str],
    doubts: Mapping[str, list[PossiblySame]],
    union: Union,
) -> Incident:
    claims = [claim for part in parts for claim in part.claims]
    lead = parts[0]
    identity = union.root(lead.id)
    others = {
        union.root(note.other): PossiblySame(
            other=union.root(note.other), reason=note.reason, confidence=note.confidence
        )
        for part in parts
        for note in doubts.get(part.id, ())
        if union.root(note.other) != identity
    }
    mode = next((p.mode for p in parts if p.mode), None)
    return Incident(
        id=identity,
        name=_name(lead.type, mode),
        type=lead.type,
        mode=mode,
        when=next((p.when for p in parts if p.when), None),
        place=next((min(p.places) for p in parts if p.places), None),
        actors=_by_use(a for p in parts for a in p.actors),
        targets=_by_use(t for p in parts for t in p.targets),
        claims=tuple(c.id for c in claims),
        quantities=tuple(dict.fromkeys(q for c in claims for q in c.quantities)),
        reports=tuple(sorted({p.report for p in parts})),
        reason="; ".join(sorted({reasons[p.id] for p in parts if p.id in reasons})) or None,
        possibly_same=tuple(others[key] for key in sorted(others)),
    )


def _by_use(keys: Iterable[str]) -> tuple[str, ...]:
    """Keys once each, those that most reports name first."""
    counted = Counter(keys)
    return tuple(sorted(counted, key=lambda key: (-counted[key], key)))


def _name(kind: str, mode: str | None) -> str:
    words = {"ASSAULT": "attack or harm", "COERCE": "coercion", "PROTEST": "protest", "AGREE": "agreement"}
    return f"{words[kind]} ({mode})" if mode else words[kind]


def _stray_tolls(
    readings: Sequence[Reading], incidents: Sequence[Incident], place_of: Mapping[str, str]
) -> dict[str, str]:
    """Counts of harm that no claim holds go to the report's only incident of harm, if it has just one
    and they are not told of another place."""
    by_report: defaultdict[str, list[Incident]] = defaultdict(list)
    for incident in incidents:
        if incident.type == "ASSAULT":
            for report in incident.reports:
                by_report[report].append(incident)
    taken = {q for incident in incidents for q in incident.quantities}
    harm = {"killed", "injured", "missing", "casualties"}
    places = {place.id: place for reading in readings for place in reading.places}
    scenes = {place_of[each.id]: each for each in places.values() if each.id in place_of}
    return {
        quantity.id: by_report[reading.report][0].id
        for reading in readings
        if len(by_report[reading.report]) == 1
        for quantity in reading.quantities
        if quantity.role in harm
        and quantity.id not in taken
        and not far_apart(
            places.get(quantity.place or ""), scenes.get(by_report[reading.report][0].place or "")
        )
    }
