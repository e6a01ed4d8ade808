"""One occurrence told in many reports: sketches gathered round the first that tells of it.

A sketch joins an incident when place and time agree and at least one of actor, method or target does; what
agrees in less stays apart as *possibly the same*. Sketches that say most come first, so that those without
a date or a town of their own find an incident that has them; one that fits two joins neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from standoff.model import PlaceReferent
from standoff.model.when import first_day, parse_when
from standoff.resolve.incidents.atlas import Atlas
from standoff.resolve.incidents.index import LATER, TOLD_WITHIN, Index, whereabouts
from standoff.resolve.incidents.sketch import Sketch, narrower
from standoff.resolve.incidents.state import State
from standoff.resolve.incidents.within import times_meet
from standoff.resolve.incidents.words import akin, strange
from standoff.resolve.places import close_by

HERE = frozenset({"site", "place"})
SOLE = "place agrees, and it is the only occurrence of such harm told of there in these days"
TOWN_KM = 30.0
"""Two towns no farther apart than this may be named for one scene by different reports."""
LEVELS = {
    "site": (4, "the site"), "place": (2, "place"), "area": (1, "the wider place"),
    "scene": (1, "the report's place"), "land": (0, "the country"), "": (0, ""),
}  # fmt: skip
"""How two sketches may agree in place: what it counts for, and how it is called."""


@dataclass
class Gathered:
    """Sketches that are of one incident, and why each was joined. ``doubts`` are those that may be."""

    parts: list[Sketch]
    traits: Sketch
    n: int
    state: State
    reasons: list[str] = field(default_factory=list)
    confidence: float = 1.0
    doubts: dict[str, str] = field(default_factory=dict)
    day: int | None = None
    """The day it is filed under, counted from the year 1: when it was, else when it was first told."""

    def __post_init__(self) -> None:
        self._date()

    def _date(self) -> None:
        when = parse_when(self.traits.when)
        day = (when and when.earliest) or self.traits.told
        self.day = day.toordinal() if day else None

    def take(self, sketch: Sketch, reason: str, confidence: float) -> None:
        """Join a sketch to this incident."""
        self.parts.append(sketch)
        self.state = self.state.after(sketch)
        self.reasons.append(reason)
        self.confidence = min(self.confidence, confidence)
        mine = self.traits
        if (when := narrower(mine.when, sketch.when)) != mine.when:
            mine.when = when
            self._date()
        mine.towns, mine.regions = mine.towns or sketch.towns, mine.regions | sketch.regions
        mine.kinds, mine.sites = mine.kinds | sketch.kinds, mine.sites | sketch.sites
        mine.actors, mine.targets = mine.actors | sketch.actors, mine.targets | sketch.targets
        mine.claims += sketch.claims
        mine.counts += sketch.counts
        mine.mode = mine.mode or sketch.mode
        mine.days |= sketch.days
        mine.harm |= sketch.harm
        mine.night |= sketch.night


@dataclass(frozen=True, order=True)
class Fit:
    """How well a sketch fits an incident: ``same`` or only maybe, with the reason in words.

    ``sole`` says that people were harmed alike at one town or site: enough if it is the only such incident,
    or the only one with a date (``dated``).
    """

    same: bool
    score: int
    confidence: float = 0.5
    reason: str = ""
    sole: bool = False
    dated: bool = False


def gather(
    sketches: Iterable[Sketch],
    places: Atlas,
    parted: frozenset[frozenset[str]],
    start: State | None = None,
) -> list[Gathered]:
    """Incidents of all reports. Near linear: each sketch meets a bounded number of incidents of its place
    and time. The result does not depend on the order of ``sketches``, nor on ``start``, which knows how they
    fitted at an earlier view."""
    start = start or State()
    found: list[Gathered] = []
    index = Index()
    settled: set[frozenset[int]] = set()
    for sketch in sorted(sketches, key=_fullest_first):
        where = start.of("where", sketch, whereabouts, sketch, places)
        near = index.near(where)
        barred = {each.n for each in near if _set_apart(each, sketch, parted)} if parted else set()
        fits: dict[int, Fit] = {}
        for each in near:
            if each.n in barred:
                continue
            if fit := each.state.of("fit", sketch, _fit, each, sketch, places):
                fits[each.n] = fit
        home = _chosen(fits, sketch)
        if home:
            n, fit = home
            mine = found[n]
            mine.take(sketch, fit.reason, fit.confidence)
        else:
            mine = Gathered([sketch], sketch.copy(), len(found), start.after(sketch))
            found.append(mine)
        for n, fit in fits.items():
            if n != mine.n:
                mine.doubts[found[n].parts[0].id] = fit.reason
        index.file(mine, where)
        settled |= {frozenset((mine.n, n)) for n in barred}
    for one, other in (sorted(pair) for pair in settled if len(pair) > 1):
        found[one].doubts.pop(found[other].parts[0].id, None)
        found[other].doubts.pop(found[one].parts[0].id, None)
    return found


def _fullest_first(sketch: Sketch) -> tuple[int, tuple[str, str, int, str]]:
    return 2 * (sketch.when is None) + (not sketch.towns), sketch.order


def _chosen(fits: Mapping[int, Fit], sketch: Sketch) -> tuple[int, Fit] | None:
    """The best of those that are the same; none when an undated sketch fits two incidents alike."""
    same = sorted((each for each in fits.items() if each[1].same), key=lambda each: (-each[1].score, each[0]))
    if not same:
        here = [each for each in fits.items() if each[1].sole]
        dated = [each for each in here if each[1].dated]  # what has no date may itself be of the one that has
        sole = dated if dated else here
        if len(sole) != 1:
            return None
        n, fit = sole[0]
        return n, replace(fit, reason=SOLE, confidence=0.55)
    alike = [fit for _, fit in same if fit.score == same[0][1].score]
    return None if len(alike) > 1 and sketch.when is None else same[0]


def _set_apart(one: Gathered, sketch: Sketch, parted: frozenset[frozenset[str]]) -> bool:
    return any(frozenset((a, b)) in parted for a in one.traits.ids for b in sketch.ids)


# -- whether it is the same one ----------------------------------------------------------------------


def _fit(one: Gathered, sketch: Sketch, places: Atlas) -> Fit | None:
    """How a sketch fits an incident; None when something tells them apart or nothing speaks for it. Rests on
    the sketches gathered there, their order, the sketch and the places alone."""
    mine = one.traits
    if mine.several or sketch.several or strange(mine.kinds, sketch.kinds):
        return None
    if any(part.report == sketch.report for part in one.parts):
        return None  # one report tells of two
    met = times_meet(mine.when, sketch.when)
    if not met and not _one_site_told_otherwise(mine, sketch) and not _one_night(mine, sketch):
        return None
    place = _place_agrees(mine, sketch, places)
    if place is None or not _told_together(mine, sketch, LATER if place in HERE else TOLD_WITHIN):
        return None
    agree = [name for name, shared in _shared(mine, sketch) if shared]
    dated = bool(mine.when and sketch.when) or _one_day(mine, sketch)
    others = _other_site(mine, sketch)
    score = 2 * len(agree) + 2 * dated + LEVELS[place][0]
    score += bool(mine.polarity & sketch.polarity)
    same = bool(agree) and not others and _enough(place, agree, dated)
    if not same and not (agree or place in HERE):
        return None
    sole = not others and bool(mine.harm & sketch.harm and mine.polarity & sketch.polarity)
    sole = sole and (place in HERE or _told_alike(place, agree))
    time = "time" if dated else "the days of the reports"
    reason = _reason(place, time, agree, others)
    return Fit(
        same,
        score,
        confidence=min(0.95, 0.5 + 0.06 * score),
        reason=reason,
        sole=sole,
        dated=mine.when is not None,
    )


def _told_alike(place: str, agree: list[str]) -> bool:
    """Whether harm of one kind to one sort of people is told of without a town of its own: in the town that
    the report speaks of, or in its country by the same method."""
    return (place == "scene" and "target" in agree) or (
        place == "land" and {"method", "target"} <= set(agree)
    )


def _one_day(mine: Sketch, sketch: Sketch) -> bool:
    """Whether the day of one is named in the report of the other, or both reports name one day."""
    if mine.when and not sketch.when:
        return mine.when[:10] in sketch.days
    if sketch.when and not mine.when:
        return sketch.when[:10] in mine.days
    return bool(mine.days & sketch.days)


def _shared(mine: Sketch, sketch: Sketch) -> tuple[tuple[str, bool], ...]:
    method = akin(mine.kinds, sketch.kinds) or (mine.mode is not None and mine.mode == sketch.mode)
    return (
        ("actor", bool(mine.actors & sketch.actors)),
        ("target", bool(mine.targets & sketch.targets)),
        ("method", bool(method)),
    )


def _enough(place: str, agree: list[str], dated: bool) -> bool:
    """Whether what agrees is enough to join: the less is known of place and time, the more of the rest."""
    if place in HERE:
        return dated or agree != ["actor"]
    if place in {"area", "scene"}:
        return len(agree) > 1 or (dated and agree != ["actor"])
    return place == "land" and len(agree) + dated > 2 and "method" in agree


def _reason(place: str, time: str, agree: list[str], others: bool) -> str:
    _, where = LEVELS[place]
    parts = [each for each in (where, time, *agree) if each]
    words = f"{', '.join(parts[:-1])} and {parts[-1]} agree"
    return f"{words}; the sites named differ" if others else words


def _other_site(mine: Sketch, sketch: Sketch) -> bool:
    """Whether both name sites of one sort by other names, or hit other things of which none is a person."""
    nouns = {each.rsplit(" ", 1)[1] for each in mine.sites} & {
        each.rsplit(" ", 1)[1] for each in sketch.sites
    }
    return bool(nouns) and not mine.sites & sketch.sites


def _place_agrees(mine: Sketch, sketch: Sketch, places: Atlas) -> str | None:
    """The level at which places agree, of `LEVELS`; None when they differ."""
    if mine.sites & sketch.sites:
        return "site"
    if mine.towns and sketch.towns:
        return "place" if places.one_scene(mine.towns, sketch.towns, TOWN_KM) else None
    ours, theirs = mine.towns or mine.regions, sketch.towns or sketch.regions
    if ours and theirs:
        return "area" if _within(ours, theirs, places) or _lies_in(mine, sketch) else None
    scenes = mine.towns or mine.scene, sketch.towns or sketch.scene
    if scenes[0] and scenes[1] and places.one_scene(scenes[0], scenes[1], TOWN_KM):
        return "scene"
    return "land" if mine.land and mine.land == sketch.land else ""


def _within(one: frozenset[str], other: frozenset[str], places: Atlas) -> bool:
    """Whether one of the places may lie in one of the others: one country, or circles that meet."""
    if one & other:
        return True
    for a in one:
        for b in other:
            first, second = places.get(a), places.get(b)
            if first is None or second is None or first.country is None or first.country != second.country:
                continue
            if _is_country(first) or _is_country(second) or close_by(first, second, TOWN_KM):
                return True
    return False


def _lies_in(one: Sketch, other: Sketch) -> bool:
    """Whether one is in a country that no gazetteer has, and the other of a report on that country."""
    return one.land in other.regions or other.land in one.regions


def _is_country(place: PlaceReferent) -> bool:
    return place.feature == "country"


def _one_site_told_otherwise(mine: Sketch, sketch: Sketch) -> bool:
    """Whether one site by its name is told of, and the dates told differ by no more than a day."""
    first, second = first_day(mine.when), first_day(sketch.when)
    near = first is not None and second is not None and abs((first - second).days) <= 1
    return near and bool(mine.sites & sketch.sites)


def _one_night(mine: Sketch, sketch: Sketch) -> bool:
    """Whether one kind of blow at one town is told of at night, by the day before and by the day after."""
    first, second = first_day(mine.when), first_day(sketch.when)
    if first is None or second is None or abs((first - second).days) != 1 or not (mine.night or sketch.night):
        return False
    return bool(mine.towns & sketch.towns) and bool(mine.kinds & sketch.kinds)


def _told_together(mine: Sketch, sketch: Sketch, within: int) -> bool:
    """Where one side has no date of its own, its report must be of days near the other's."""
    if mine.when and sketch.when:
        return True
    dated, undated = (mine, sketch) if mine.when else (sketch, mine)
    when = parse_when(dated.when)
    day = (when and when.earliest) or dated.told
    if day is None or undated.told is None:
        return False
    gap = (undated.told - day).days
    return (0 <= gap <= within) if dated.when else abs(gap) <= within
