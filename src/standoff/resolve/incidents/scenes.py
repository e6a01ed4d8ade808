"""Where a report says that something happened, and in which words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache

from standoff.model import Claim, Place, Reading, Span
from standoff.model.breaks import last_break, next_break
from standoff.model.ids import slug
from standoff.model.spans import trim
from standoff.resolve.incidents.words import harms, kinds_in, sites_in, turns
from standoff.resolve.places import NAME, known_by_name, names_in
from standoff.vocab import Caseless, load

WIDE_KM = 60.0
WIDE = frozenset({"country", "admin1", "admin2", "continent", "region", "sea", "ocean"})
BODIES = frozenset({"organisation", "armed_group"})
ELSE = frozenset({"state", "unknown"})
"""Types of mentions inside which a place may still be the scene ("the Velm market")."""
LONGEST = 400
SPOKE = Caseless(
    r"\b(?:said|says|told|reporters?|speaking|spoke|interview(?:ed)?|statement|conference|correspondents?|contacted"
    r"|reached|diplomats?|officials?|analysts?|observers?|spokes\w+|embassy|ministry|signed|agreed|brokered|truce|talks"
    r"|accord|agreement|office|headquarters|based)\b[^.,;]{0,25}$"
)
"""Words before a place by which it is where somebody spoke or agreed to something."""
MOVED = Caseless(
    r"\b(?:(?:fled|driven|flown|taken|evacuated|moved|brought|sent|went|returned|escaped|led away|rushed) to"
    r"|hospital (?:in|at)|from|road to|bound for|on (?:the|their|its|his|her) way to)\b[^.,;]{0,15}$"
)
"""Words before a place by which it is where somebody came from or went."""
DATELINE = re.compile(
    r"[^\w\n]{0,3}(?:[^\W\d_a-z][\w.’'-]+(?: [^\W\d_a-z][\w.’'-]+){0,2}(?:,? )?)?"
    r"(?:\w+\.? \d{1,2}|\d{1,2} \w+\.?)?(?:,? \d{4})?[^\w\n]{0,3}"
    r"(?:(?:\([^)\n]{2,40}\)|/[^/\n]{2,40}/)\s*[-–—:.]|\s*[-–—:])"
)
"""What follows the town that opens a report: "VELM, Upper Oss, March 9 (Agency) -"."""
SPEAKS = Caseless(
    r",\s+(?:the\s+|its\s+|a\s+)?(?:[\w’'-]+\s+){0,3}?"
    r"(?:spokes\w+|minister|officials?|envoy|president|ambassador|secretary|representatives?|diplomats?)\b"
)
"""Words behind a place by which it is where somebody spoke: "In Vienna, a spokesman for the front said"."""
THIS_TOWN = Caseless(
    r"\bthis (?:[\w-]+ ){0,3}?(?:city|town|capital|village|port|settlement|enclave|hamlet|suburb|resort)\b"
)
SURE = 0.6
BESIDE = 12
"""Code points after a claim's trigger within which a word of harm makes it sure ("confirmed dead")."""
Scenes = tuple[frozenset[str], frozenset[str]]


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
        unknown = [p for each in readings for p in each.places if p.id in place_of and p.lat is None]
        wide = {place_of[p.id] for p in unknown if is_wide(p)}
        self.wide: Mapping[str, bool] = dict.fromkeys(sorted(wide), True)
        named = known_by_name(readings, place_of)
        self.by_name: Mapping[str, str] = {name: at for name, at in named.items() if at not in self.wide}
        self._named: dict[str, dict[str, Place]] = {}
        self._towns: dict[str, list[tuple[Span, str]]] = {}
        self._elsewhere: dict[tuple[str, Span], bool] = {}
        self._sentences: dict[tuple[str, int, int], Span] = {}
        self._lands: dict[str, str | None] = {}

    def looking_in(
        self, place_of: Mapping[str, str], by_name: Mapping[str, str], wide: Mapping[str, bool]
    ) -> Where:
        """The same over other tables of places, names and what is wide."""
        other = Where([], place_of, self.texts)
        other.by_name, other.wide = by_name, wide
        return other

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

    def of(self, reading: Reading, claim: Claim) -> Scenes:
        """Towns and regions named as the scene or as what was hit; else those its words name."""
        known = self.usable(reading)
        hit = [span for actor in claim.targets for span in actor.mentions]
        named = (
            [p.id for p in known.values() if any(a <= p.start and p.end <= b for a, b in hit)] if hit else []
        )
        text = self.texts.get(reading.report, "")
        scenes = [p for p in claim.places if p in known and not SPOKE.holds(_before(text, _span(known[p])))]
        found = [known[p] for p in dict.fromkeys((*scenes, *named))]
        if not found:
            return frozenset(self._in_words(reading.report, claim)), frozenset()
        return self.sorted(found)

    def towns(self, reading: Reading) -> list[tuple[Span, str]]:
        """Every naming of a town in a report, in text order: by the reader, or by a name the record knows."""
        if reading.report not in self._towns:
            text = self.texts.get(reading.report, "")
            read = {
                (p.start, p.end): self.place_of[p.id]
                for p in self.usable(reading).values()
                if not self._is_wide(p)
            }
            taken = {at for place in reading.places for at in range(place.start, place.end)}
            for found in NAME.finditer(text):
                if found.group() in self.by_name and found.start() not in taken:
                    read[found.span()] = self.by_name[found.group()]
            self._towns[reading.report] = sorted(read.items())
        return self._towns[reading.report]

    def focus(self, reading: Reading, at: int, *, paragraph: bool = True) -> str | None:
        """The town that a paragraph (or with ``paragraph`` off the report) speaks of at a point: the last
        named before it, unless only as where somebody spoke, came from or went."""
        text = self.texts.get(reading.report, "")
        opens = text.rfind("\n", 0, at) + 1 if paragraph else 0
        for span, town in reversed(self.towns(reading)):
            if span[0] < opens:
                return None
            if span[0] < at and not self.elsewhere(text, span):
                return town
        return None

    def elsewhere(self, text: str, span: Span) -> bool:
        """Whether a place is named only as where somebody spoke, came from or went, or wrote the report."""
        found = self._elsewhere.get((text, span))
        if found is None:
            before = _before(text, span)
            told = SPOKE.holds(before) or MOVED.holds(before) or SPEAKS.match(text, span[1]) is not None
            found = self._elsewhere[text, span] = told or written_elsewhere(text, span)
        return found

    def sites(self, words: str) -> frozenset[str]:
        """Sites that words call by a proper name; the name of a country or province is none ("Peru camp")."""
        return frozenset(
            each for each in sites_in(words) if self.wide.get(f"g-{slug(each.rsplit(' ', 1)[0])}") is None
        )

    def sorted(self, places: list[Place]) -> Scenes:
        """Towns and regions, as place ids."""
        towns = frozenset(self.place_of[p.id] for p in places if not self._is_wide(p))
        return towns, frozenset(self.place_of[p.id] for p in places if self._is_wide(p))

    def narrow(self, reading: Reading, regions: frozenset[str]) -> bool:
        """Whether one of some wide places that no gazetteer has is a part of the report's country."""
        return any(each != self.land(reading) and self.wide.get(each) is not None for each in regions)

    def land(self, reading: Reading) -> str | None:
        """The country that most of a report's places, words for its people included, are of: its code, or the
        id of one that no gazetteer has."""
        if reading.report not in self._lands:
            named = Counter(land for each in reading.places if (land := each.country or self._unknown(each)))
            ranked = sorted(named, key=lambda country: (-named[country], country))
            self._lands[reading.report] = ranked[0] if ranked else None
        return self._lands[reading.report]

    def _unknown(self, place: Place) -> str | None:
        """The id of a country or province that no gazetteer has."""
        known = self.place_of.get(place.id)
        return known if known is not None and self.wide.get(known) is not None else None

    def _is_wide(self, place: Place) -> bool:
        """Whether it is, or any report tells so: of a country that no gazetteer has few do."""
        return is_wide(place) or self.wide.get(self.place_of[place.id]) is not None

    def _in_words(self, report: str, claim: Claim) -> Iterator[str]:
        text = self.texts.get(report, "")
        for start, end in claim.evidence:
            yield from (self.by_name[word] for word in names_in(text[start:end]) if word in self.by_name)

    def words(self, report: str, claim: Claim) -> str:
        """The words a claim rests on."""
        text = self.texts.get(report, "")
        return " … ".join(text[start:end] for start, end in claim.evidence)

    def sentence(self, report: str, span: Span) -> Span:
        """The sentence round a span, by surface signs alone."""
        key = (report, *span)
        if key not in self._sentences:
            self._sentences[key] = self._sentence(report, span)
        return self._sentences[key]

    def _sentence(self, report: str, span: Span) -> Span:
        text = self.texts.get(report, "")
        start, end = trim(text, span)
        first, last = max(0, start - LONGEST), min(len(text), end + LONGEST)
        before, after = last_break(text, first, start), next_break(text, end, last)
        return first if before is None else before, last if after is None else after

    def told(self, report: str, span: Span) -> str:
        """The words of the sentence round a span."""
        start, end = self.sentence(report, span)
        return self.texts.get(report, "")[start:end]

    def turns(self, report: str, span: Span) -> bool:
        """Whether the sentence of a span turns to another occurrence before the span's middle."""
        start, _ = self.sentence(report, span)
        return turns(self.texts.get(report, "")[start : (span[0] + span[1]) // 2])

    def is_sure(self, report: str, claim: Claim) -> bool:
        """Whether words for an occurrence carry a claim, not only the look of those who took part."""
        if claim.confidence >= SURE or claim.trigger is None:
            return True
        start, end = claim.trigger
        trigger = self.texts.get(report, "")[start : end + BESIDE]
        return bool(kinds_in(trigger)) or harms(trigger)


def _span(place: Place) -> Span:
    return place.start, place.end


def _before(text: str, span: Span) -> str:
    """Words of the paragraph before a span."""
    start = text.rfind("\n", 0, span[0]) + 1
    return text[max(start, span[0] - 45) : span[0]]


def written_elsewhere(text: str, span: Span) -> bool:
    """Whether a place is only where the report was written, which does not speak of it as "this town"."""
    return dateline(text, span) and THIS_TOWN.search(text, span[1]) is None


def dateline(text: str, span: Span) -> bool:
    """Whether a place opens a paragraph as where the report was written: "VELM, March 9 (Agency) -"."""
    opens = text.rfind("\n", 0, span[0]) + 1
    return not text[opens : span[0]].strip() and DATELINE.match(text[span[1] : span[1] + 100]) is not None


def is_wide(place: Place) -> bool:
    """Whether a place is a province, a country or wider."""
    return place.feature in WIDE or (place.radius_km or 0) > WIDE_KM


def _inside(place: Place, spans: list[tuple[int, int]]) -> bool:
    return any(a <= place.start and place.end <= b and (a, b) != (place.start, place.end) for a, b in spans)
