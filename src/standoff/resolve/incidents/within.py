"""The occurrences that one report tells of: claims that nothing tells apart are of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from standoff.model import Quantity, Reading, Span
from standoff.model.spans import hull
from standoff.model.when import parse_when
from standoff.resolve.incidents.atlas import Atlas
from standoff.resolve.incidents.draw import DAY, draw, draw_count, is_harm
from standoff.resolve.incidents.scenes import Where, dateline
from standoff.resolve.incidents.sketch import Sketch
from standoff.resolve.incidents.words import akin, other_kind, strange

NEAR_CLAIMS = 400
"""Code points within which a claim that shares nothing with what was told before may still follow it."""
APART_KM = 15.0
"""Within one report, two towns farther apart than this are two scenes."""
TOLD = frozenset({"actual", "historical"})
HARM = frozenset({"killed", "injured", "missing", "casualties", "destroyed"})
Drawn = tuple[Sketch, Span]


def sketches_of(
    reading: Reading, where: Where, nouns: Mapping[str, str], atlas: Atlas, parted: frozenset[frozenset[str]]
) -> list[Sketch]:
    """Sketches of one report, in the order of their first claims.

    ``nouns`` holds the class of what each quantity counts; ``parted`` pairs of claim ids that a person set
    apart.
    """
    found: list[Sketch] = []
    sure, unsure = _drawn(reading, where, nouns)
    last: tuple[Sketch, Span] | None = None
    for new, span in sure:
        beside = last and not new.claims and where.sentence(reading.report, last[1])[1] >= span[1]
        beside = beside and last is not None and last[0].several == new.several
        home = last[0] if last and beside else None
        home = home or _home(found, new, atlas, parted, where.turns(reading.report, span))
        if home is None:
            found.append(new)
        elif beside:
            home.harm |= new.harm
            home.counts += new.counts  # a count beside a claim in its sentence is of what the claim tells
        else:
            home.absorb(new)
        last = (home or new, span)
    for new, _ in unsure:
        _attach(found, new, parted)
    _set_scene(reading, where, found)
    return found


def _drawn(reading: Reading, where: Where, nouns: Mapping[str, str]) -> tuple[list[Drawn], list[Drawn]]:
    """Sketches of single claims and counts with their words, in text order: sure ones, and the rest."""
    claims = [c for c in reading.claims if is_harm(c) and c.modality in TOLD and c.evidence]
    held = {each for claim in claims for each in claim.quantities}
    stray = [each for each in reading.quantities if is_toll(each) and each.id not in held]
    sure = [(draw_count(reading, each, where, nouns), (each.start, each.end)) for each in stray]
    tolls = {each.id: each.role or "" for each in reading.quantities if is_toll(each)}
    unsure: list[Drawn] = []
    for claim in claims:
        drawn = draw(reading, claim, where, nouns, tolls), hull(claim.evidence)
        (sure if where.is_sure(reading.report, claim) else unsure).append(drawn)
    return sorted(sure, key=_in_text), sorted(unsure, key=_in_text)


def is_toll(count: Quantity) -> bool:
    """Whether a count is of people harmed."""
    return count.role in HARM and count.kind == "count" and not count.negated


def _in_text(drawn: Drawn) -> tuple[int, str]:
    return drawn[0].start, drawn[0].first


def _attach(found: list[Sketch], new: Sketch, parted: frozenset[frozenset[str]]) -> None:
    """A claim that no word for an occurrence carries goes with the nearest that is, and adds no features."""
    homes = [old for old in found if old.type == new.type and not _set_apart(old, new, parted)]
    if homes:
        nearest = min(homes, key=lambda old: min(abs(start - new.start) for start in old.starts))
        nearest.claims += new.claims
    else:
        found.append(new)


def _home(
    found: list[Sketch],
    new: Sketch,
    atlas: Atlas,
    parted: frozenset[frozenset[str]],
    turned: bool,
) -> Sketch | None:
    """The sketch that a claim belongs to: of those that nothing tells apart from it, the one that shares most
    with it, the latest on a tie."""
    fitting = [
        (closeness(old, new), n)
        for n, old in enumerate(found)
        if one_story(old, new, atlas) and not _set_apart(old, new, parted)
    ]
    if not fitting:
        return None
    best, n = max(fitting)
    if turned and (best < 4 or _another_kind(found[n], new)):
        return None  # "separately, ...": another occurrence, unless it shares what the other was
    return found[n]


def _another_kind(old: Sketch, new: Sketch) -> bool:
    """Whether both say what kind of occurrence they tell of, and it is another ("also on Friday a flood")."""
    return bool(old.kinds and new.kinds) and not akin(old.kinds, new.kinds)


def _set_apart(old: Sketch, new: Sketch, parted: frozenset[frozenset[str]]) -> bool:
    return bool(parted) and any(frozenset((a, b)) in parted for a in old.ids for b in new.ids)


def closeness(old: Sketch, new: Sketch) -> int:
    """How much two sketches share."""
    shared = (
        old.targets & new.targets,
        old.towns & new.towns,
        old.kinds & new.kinds,
        old.actors & new.actors,
    )
    dated = old.when is not None and old.when == new.when
    alike = (near(old, new), bool(old.polarity & new.polarity), bool(old.towns))
    return 2 * sum(map(bool, shared[:2])) + sum(map(bool, shared[2:])) + 2 * dated + sum(alike)


def near(old: Sketch, new: Sketch) -> bool:
    """Whether a claim stands near what was told before."""
    return new.start - old.start < NEAR_CLAIMS


def one_story(old: Sketch, new: Sketch, atlas: Atlas) -> bool:
    """Within one report: same type, and no time, place, kind, site or target that tells them apart."""
    if old.type != new.type or old.several != new.several or not times_meet(old.when, new.when):
        return False
    ours, theirs = old.towns or old.scene, new.towns or new.scene
    summed = old.several and new.several  # "70 at the two yards ... a note before gave 61 for both"
    if ours and theirs and not summed and not atlas.one_scene(ours, theirs, APART_KM):
        # What was only spoken of last is no scene against a kind of occurrence that both tell of.
        named = bool(old.towns and new.towns)
        if named or ((old.towns or new.towns) and not old.kinds & new.kinds):
            return False
    if strange(old.kinds, new.kinds) or (old.sites and new.sites and not old.sites & new.sites):
        return False
    if old.manner != new.manner:
        return False
    strangers = bool(old.targets and new.targets and not old.targets & new.targets)
    if strangers and not old.polarity & new.polarity:
        return False  # what is denied of one target says nothing of another
    if not strangers:
        return True
    if other_kind(old.kinds, new.kinds) or _other_method(old, new):
        return False  # bombing a bridge is not shelling a village
    things = _things(old), _things(new)
    return not (things[0] and things[1]) or near(old, new) or bool(old.kinds & new.kinds)


def _other_method(old: Sketch, new: Sketch) -> bool:
    return bool(old.mode and new.mode and old.mode != new.mode and not (old.kinds and new.kinds))


def _things(sketch: Sketch) -> bool:
    return any(target.startswith("thing:") for target in sketch.targets)


def times_meet(one: str | None, other: str | None) -> bool:
    """Whether two dates may be of one day; unknown ones may."""
    first, second = parse_when(one), parse_when(other)
    return not (first and second) or first.may_meet(second)


def _set_scene(reading: Reading, where: Where, found: list[Sketch]) -> None:
    """For sketches without a town: the report's one scene, else the first town that it names."""
    named = frozenset(town for sketch in found for town in sketch.towns)
    scene = named if len(named) == 1 else _most_named(reading, where)
    land, days = where.land(reading), _days(reading)
    for sketch in found:
        sketch.land, sketch.days = land, days
        if not sketch.towns:
            sketch.scene = sketch.scene or scene


def _most_named(reading: Reading, where: Where) -> frozenset[str]:
    """The town that a report names most, the first of them on a tie, unless only as where somebody spoke,
    came from or went; where it names none so, the town where it was written."""
    text = where.texts.get(reading.report, "")
    towns = where.towns(reading)
    named = Counter(town for span, town in towns if not where.elsewhere(text, span))
    named = named or Counter(town for span, town in towns if dateline(text, span))
    return frozenset(town for town, _ in named.most_common(1))


def _days(reading: Reading) -> frozenset[str]:
    """The days up to its own that a report names."""
    told = reading.published or "9999"
    return frozenset(
        time.edtf[:10]
        for time in reading.times
        if time.edtf and DAY.match(time.edtf) and "/" not in time.edtf and time.edtf[:10] <= told
    )
