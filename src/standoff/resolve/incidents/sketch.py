"""A sketch: what one report tells of one would-be incident, as features that can be compared."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from standoff.model import Actor, Claim, Place, Quantity, Reading
from standoff.model.ids import derived_id
from standoff.model.spans import hull, trim
from standoff.model.when import first_day, last_day
from standoff.resolve.groups import GENERIC, noun_class, of_what
from standoff.resolve.incidents.words import harms, kinds_in, several, sites_in, turns
from standoff.resolve.places import known_by_name, names_in
from standoff.vocab import load

KINDS = frozenset({"ASSAULT", "COERCE", "PROTEST", "AGREE"})
WIDE_KM = 60.0
WIDE = frozenset({"country", "admin1", "admin2", "continent", "region", "sea", "ocean"})
BREAK = re.compile(r"(?<=[.!?…”\"])\s+(?=[\"“‘'(]?[^\W\d_a-z])|\n{2,}")
LONGEST = 400
SURE = 0.6
BESIDE = 12
"""Code points after a claim's trigger within which a word of harm makes it sure ("confirmed dead")."""
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
BODIES = frozenset({"organisation", "armed_group"})
ELSE = frozenset({"state", "unknown"})
"""Types of mentions inside which a place may still be the scene ("the Velm market")."""


@dataclass
class Sketch:
    """What is known of one would-be incident: the union of its claims' features.

    ``towns`` and ``regions`` are place ids; ``scene`` the towns of the report, for a sketch that names
    none, and ``land`` the country that the report names most;
    ``kinds`` are kinds of occurrence by its words, ``sites`` proper names of sites; ``targets`` holds
    party ids and classes of nouns, never general ones ("people"); ``told`` the day of the report; ``several``
    says that its words sum up more than one occurrence.
    """

    report: str
    type: str
    mode: str | None
    when: str | None
    towns: frozenset[str]
    regions: frozenset[str]
    kinds: frozenset[str]
    sites: frozenset[str]
    actors: frozenset[str]
    targets: frozenset[str]
    claims: list[Claim]
    start: int
    told: dt.date | None
    scene: frozenset[str] = field(default_factory=frozenset)
    land: str | None = None
    several: bool = False

    @property
    def id(self) -> str:
        """Id from the anchors of the first claim (its annotation id)."""
        return derived_id("in", self.claims[0].id)

    @property
    def order(self) -> tuple[str, str, int, str]:
        """By day of the report, then report and place in its text."""
        return (self.told.isoformat() if self.told else "~", self.report, self.start, self.claims[0].id)

    def absorb(self, other: Sketch) -> None:
        """Take in what another sketch of the same report tells."""
        self.claims += other.claims
        self.mode = self.mode or other.mode
        self.when = narrower(self.when, other.when)
        self.towns |= other.towns
        self.regions |= other.regions
        self.kinds |= other.kinds
        self.sites |= other.sites
        self.actors |= other.actors
        self.targets |= other.targets
        self.start = other.start

    def copy(self) -> Sketch:
        """The same features, apart from this one."""
        return replace(self, claims=list(self.claims))


def narrower(one: str | None, other: str | None) -> str | None:
    """Of two dates that meet, the shorter one; the first on a tie."""
    if one is None or other is None:
        return one or other
    return other if len(other) > len(one) and "/" not in other else one


def is_harm(claim: Claim) -> bool:
    """Whether a claim tells of an occurrence that incidents are made of."""
    return claim.type in KINDS or (claim.type == "STATE" and claim.mode == "harm")


@cache
def _demonyms() -> frozenset[str]:
    table = load("en/places_demonyms")
    rows = [names for section in table.values() for names in section.values()]
    single = {name.casefold() for names in rows for name in names}
    return frozenset(single | {f"{name}s" for name in single})


class Where:
    """Looks up where a claim says that something happened."""

    def __init__(
        self, readings: list[Reading], place_of: Mapping[str, str], texts: Mapping[str, str]
    ) -> None:
        self.place_of, self.texts = place_of, texts
        self.by_name = known_by_name(readings, place_of)
        self._named: dict[str, dict[str, Place]] = {}

    def usable(self, reading: Reading) -> dict[str, Place]:
        """The report's places that may be a scene: no word for a people, no piece of a party's name."""
        if reading.report not in self._named:
            parties = [
                (m.start, m.end) for m in reading.mentions if m.type not in ELSE and m.form != "pronoun"
            ]
            bodies = {(m.start, m.end) for m in reading.mentions if m.type in BODIES}
            self._named[reading.report] = {
                place.id: place
                for place in reading.places
                if place.id in self.place_of
                and place.name.casefold() not in _demonyms()
                and not _inside(place, parties)
                and (place.start, place.end) not in bodies
            }
        return self._named[reading.report]

    def of(self, reading: Reading, claim: Claim) -> tuple[frozenset[str], frozenset[str]]:
        """Towns and regions named as the scene or as what was hit; else those its words name."""
        known = self.usable(reading)
        hit = [span for actor in claim.targets for span in actor.mentions]
        named = [p.id for p in known.values() if any(a <= p.start and p.end <= b for a, b in hit)]
        found = [known[p] for p in dict.fromkeys((*claim.places, *named)) if p in known]
        if not found:
            return frozenset(self._in_words(reading.report, claim)), frozenset()
        towns = frozenset(self.place_of[p.id] for p in found if not is_wide(p))
        return towns, frozenset(self.place_of[p.id] for p in found if is_wide(p))

    def _in_words(self, report: str, claim: Claim) -> Iterator[str]:
        text = self.texts.get(report, "")
        for start, end in claim.evidence:
            yield from (self.by_name[word] for word in names_in(text[start:end]) if word in self.by_name)

    def words(self, report: str, claim: Claim) -> str:
        """The words a claim rests on."""
        text = self.texts.get(report, "")
        return " … ".join(text[start:end] for start, end in claim.evidence)

    def sentence(self, report: str, claim: Claim) -> str:
        """The sentence in which the words stand that a claim rests on."""
        text = self.texts.get(report, "")
        start, end = trim(text, hull(claim.evidence))
        left = max(
            (found.end() for found in BREAK.finditer(text, max(0, start - LONGEST), start + 1)), default=-1
        )
        right = BREAK.search(text, end, min(len(text), end + LONGEST))
        return text[left if left >= 0 else max(0, start - LONGEST) : right.start() if right else end]

    def turns(self, report: str, claim: Claim) -> bool:
        """Whether the sentence of a claim turns to another occurrence before it tells of it."""
        sentence, words = self.sentence(report, claim), self.texts.get(report, "")[slice(*claim.evidence[0])]
        return turns(sentence[: max(0, sentence.find(words)) + len(words) // 2])

    def is_sure(self, report: str, claim: Claim) -> bool:
        """Whether words for an occurrence carry a claim, not only the look of those who took part."""
        if claim.confidence >= SURE or claim.trigger is None:
            return True
        start, end = claim.trigger
        trigger = self.texts.get(report, "")[start : end + BESIDE]
        return bool(kinds_in(trigger)) or harms(trigger)


def is_wide(place: Place) -> bool:
    """Whether a place is a province, a country or wider."""
    return place.feature in WIDE or (place.radius_km or 0) > WIDE_KM


def _inside(place: Place, spans: list[tuple[int, int]]) -> bool:
    return any(a <= place.start and place.end <= b and (a, b) != (place.start, place.end) for a, b in spans)


def draw(reading: Reading, claim: Claim, where: Where, counts: Mapping[str, Quantity]) -> Sketch:
    """The sketch of a single claim."""
    towns, regions = where.of(reading, claim)
    words = where.sentence(reading.report, claim)
    counted = frozenset(
        noun for each in claim.quantities if each in counts and (noun := noun_class(counts[each].what or ""))
    )
    return Sketch(
        report=reading.report,
        type="ASSAULT" if claim.type == "STATE" else claim.type,
        mode=None if claim.mode == "harm" else claim.mode,
        when=_told_when(reading, claim),
        towns=towns,
        regions=regions,
        kinds=kinds_in(where.words(reading.report, claim)) or kinds_in(words),
        sites=sites_in(words),
        actors=_keys(claim.actors),
        targets=_keys((*claim.targets, *claim.recipients)) | (counted - GENERIC),
        claims=[claim],
        start=claim.evidence[0][0],
        told=first_day(reading.published),
        several=several(words),
    )


def _told_when(reading: Reading, claim: Claim) -> str | None:
    """When a claim says it was; what was told before it was has a date misread."""
    first, told = first_day(claim.when), last_day(reading.published)
    if first and told and first > told + dt.timedelta(1):
        return None
    return claim.when or _only_day(reading, claim)


def _only_day(reading: Reading, claim: Claim) -> str | None:
    """The one day, not after the report's, that the words of a claim name."""
    days = {
        time.edtf[:10]
        for time in reading.times
        if time.edtf and DAY.match(time.edtf) and "/" not in time.edtf
        and any(start <= time.start and time.end <= end for start, end in claim.evidence)
    }  # fmt: skip
    told = {day for day in days if reading.published is None or day <= reading.published}
    return told.pop() if len(days) == 1 and told else None


def _keys(actors: tuple[Actor, ...]) -> frozenset[str]:
    """Party ids, and classes of the nouns that name nobody in particular; "37" and "people" name nobody."""
    found = set()
    for actor in actors:
        words = of_what(actor.name)
        noun = noun_class(words)
        if words and noun not in GENERIC:
            found.add(noun or actor.party_id or head(words))
    return frozenset(found)


def head(words: str) -> str:
    """The head noun of what was hit; "the envoy's residence" is a residence."""
    return f"thing:{words.casefold().split(' of ')[0].rsplit(' ', 1)[-1]}"
