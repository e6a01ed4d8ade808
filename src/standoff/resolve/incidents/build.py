"""`Incident` records from gathered sketches, and which claims and counts belong to which."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from standoff.model import Incident, PlaceReferent, PossiblySame, Quantity, Reading
from standoff.model.when import parse_when
from standoff.resolve.incidents.across import Gathered, gather
from standoff.resolve.incidents.sketch import Sketch, Where
from standoff.resolve.incidents.within import sketches_of, times_meet
from standoff.resolve.places import far_apart
from standoff.resolve.union import Union

HARM = frozenset({"killed", "injured", "missing", "casualties"})
NAMES = {"ASSAULT": "attack or harm", "COERCE": "coercion", "PROTEST": "protest", "AGREE": "agreement"}
ACCIDENTS = frozenset(
    {"fire", "crash", "sinking", "collapse", "stampede", "flood", "quake", "landslide", "storm", "disease"}
)


def resolve_incidents(
    readings: Sequence[Reading],
    place_of: Mapping[str, str],
    joined: Sequence[Sequence[str]] = (),
    parted: Sequence[Sequence[str]] = (),
    texts: Mapping[str, str] | None = None,
    places: Sequence[PlaceReferent] = (),
) -> tuple[tuple[Incident, ...], dict[str, str]]:
    """Incidents and the map from claim and quantity ids to them.

    ``joined`` and ``parted`` are groups of claim ids that a person joined or set apart: both overrule.
    ``texts`` holds the text layers by report, for the words of claims; ``places`` the place referents.
    """
    where = Where(list(readings), place_of, texts or {})
    apart = frozenset(frozenset((a, b)) for group in parted for a in group for b in group if a != b)
    sketches = [sketch for reading in readings for sketch in sketches_of(reading, where, apart)]
    gathered = gather(sketches, {each.id: each for each in places}, apart)
    gathered = _joined_by_people(gathered, joined)
    identity = {part.id: each.parts[0].id for each in gathered for part in each.parts}
    incidents = tuple(sorted((_incident(each, identity) for each in gathered), key=lambda one: one.id))
    incident_of = {each: one.id for one in incidents for each in (*one.claims, *one.quantities)}
    incident_of |= _stray_tolls(readings, sketches, identity, where, incident_of)
    return incidents, incident_of


def _joined_by_people(gathered: list[Gathered], joined: Sequence[Sequence[str]]) -> list[Gathered]:
    """Incidents whose claims a person put together are one, whatever else is known."""
    holder = {claim.id: n for n, each in enumerate(gathered) for claim in each.traits.claims}
    union = Union(str(n) for n in range(len(gathered)))
    for group in joined:
        known = [str(holder[claim]) for claim in group if claim in holder]
        for n in known[1:]:
            union.join(known[0], n)
    found = []
    for members in union.groups():
        ordered: list[Gathered] = [gathered[int(n)] for n in sorted(members, key=int)]
        first = ordered[0]
        for other in ordered[1:]:
            for part in other.parts:
                first.take(part, "joined by a person", 1.0)
            first.doubts.update(other.doubts)
        found.append(first)
    return found


def _incident(one: Gathered, identity: Mapping[str, str]) -> Incident:
    parts = [one.parts[0], *sorted(one.parts[1:], key=lambda part: part.order)]
    mine = parts[0].id
    claims = [claim for part in parts for claim in part.claims]
    doubts = {identity[other]: reason for other, reason in one.doubts.items() if identity[other] != mine}
    mode = _mode(parts)
    return Incident(
        id=mine,
        name=_name(one.traits, mode),
        type=parts[0].type,
        mode=mode,
        when=one.traits.when,
        place=_place(parts),
        actors=_by_use(a for p in parts for a in p.actors),
        targets=_by_use(t for p in parts for t in p.targets),
        claims=tuple(c.id for c in claims),
        quantities=tuple(dict.fromkeys(q for c in claims for q in c.quantities)),
        reports=tuple(sorted({p.report for p in parts})),
        reason="; ".join(sorted(set(one.reasons))) or None,
        confidence=round(one.confidence, 2),
        possibly_same=tuple(
            PossiblySame(other=other, reason=reason, confidence=0.5)
            for other, reason in sorted(doubts.items())
        ),
    )


def _mode(parts: Sequence[Sketch]) -> str | None:
    """The method most claims name; the first of them on a tie."""
    ranked = _by_use(
        claim.mode for part in parts for claim in part.claims if claim.mode not in {None, "harm"}
    )
    return ranked[0] if ranked else None


def _place(parts: Sequence[Sketch]) -> str | None:
    """The town most parts name, else the region."""
    towns = _by_use(town for part in parts for town in part.towns)
    regions = _by_use(region for part in parts for region in part.regions)
    return next(iter((*towns, *regions)), None)


def _by_use(keys: Iterable[str | None]) -> tuple[str, ...]:
    """Keys once each, those most used first."""
    counted = Counter(key for key in keys if key is not None)
    return tuple(sorted(counted, key=lambda key: (-counted[key], key)))


def _name(traits: Sketch, mode: str | None) -> str:
    kinds = sorted(traits.kinds & ACCIDENTS)
    words = NAMES[traits.type]
    detail = mode if not kinds else " and ".join(kinds[:2])
    return f"{words} ({detail})" if detail else words


def _stray_tolls(
    readings: Sequence[Reading],
    sketches: Sequence[Sketch],
    identity: Mapping[str, str],
    where: Where,
    taken: Mapping[str, str],
) -> dict[str, str]:
    """Counts of harm that no claim holds go to the incident of harm that the report told of last before
    them (else first after), of those that neither place nor time tells apart."""
    by_report: defaultdict[str, list[Sketch]] = defaultdict(list)
    for sketch in sketches:
        if sketch.type == "ASSAULT":
            by_report[sketch.report].append(sketch)
    found = {}
    for reading in readings:
        for quantity in reading.quantities:
            if quantity.role in HARM and quantity.id not in taken and quantity.kind == "count":
                home = _last_told(reading, quantity, by_report[reading.report], where)
                if home:
                    found[quantity.id] = identity[home.id]
    return found


def _last_told(
    reading: Reading, quantity: Quantity, sketches: Sequence[Sketch], where: Where
) -> Sketch | None:
    fitting = [sketch for sketch in sketches if _may_hold(reading, quantity, sketch, where)]
    return min(fitting, key=lambda sketch: _distance(quantity, sketch), default=None)


def _distance(quantity: Quantity, sketch: Sketch) -> tuple[int, int]:
    """Code points from the nearest claim to the count; a claim after it counts double."""
    gaps = [quantity.start - claim.evidence[0][0] for claim in sketch.claims]
    return min(gap if gap >= 0 else -2 * gap for gap in gaps), sketch.start


def _may_hold(reading: Reading, quantity: Quantity, sketch: Sketch, where: Where) -> bool:
    own = quantity.as_of if quantity.as_of != reading.published else None
    when = parse_when(own)
    if when and when.latest and not times_meet(own, sketch.when):
        started = parse_when(sketch.when)
        if started is None or started.earliest is None or when.latest < started.earliest:
            return False  # a count as of a day before it happened
    usable = where.usable(reading)
    place = usable.get(quantity.place or "")
    scenes = [each for each in usable.values() if where.place_of[each.id] in sketch.towns]
    return place is None or not scenes or not all(far_apart(place, scene) for scene in scenes)
