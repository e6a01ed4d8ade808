"""What narrows a count: place, part of a whole, sex, age, status, whether it is new, planned or supposed."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache

from standoff import vocab
from standoff.model import Claim, Place, Quantity, Span
from standoff.model.spans import covers, hull, overlap
from standoff.reconcile.prose import sentence_around
from standoff.reconcile.shelf import Page, Shelf
from standoff.reconcile.wording import situation_cue

WIDE = frozenset({"country", "continent", "admin1", "region"})
WIDE_KM = 200
BEFORE = re.compile(
    r"(?:^|[\s,(–—-])(?:in|at|near|around|outside|inside|from|of|south|north|east|west)\s*"
    r"(?:the\s+)?(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
"""What stands before a place where something is: "in", "near the town of"."""
NEAR = 90
"""Code points between a count and a place that narrows it."""
CLAUSE = 120
"""Code points behind a count in which its clause ends."""
FIRST_TIME = re.compile(r"\btimes?\s+$", re.IGNORECASE)
"""Before "since": "the first time since Friday" tells of what had not been, not of what began."""
HARM = frozenset({"killed", "injured", "missing", "casualties"})
OF_HARMED = re.compile(
    r"\bof (?:the|these|those) (?:\w+ )?(?:dead|injured|wounded|killed|victims|bodies|casualties)\b", re.I
)


@cache
def _roles() -> dict[str, frozenset[str]]:
    return {name: frozenset(roles) for name, roles in vocab.load("aggregation_rules")["roles"].items()}


@cache
def _narrowing() -> frozenset[str]:
    words = vocab.load("en/counted_persons")
    armed = {form for word in words["combatant"] for form in (word, f"{word}s")}
    return frozenset(armed | set(words["narrowing"]))


@cache
def _hedges() -> re.Pattern[str]:
    return re.compile("|".join(vocab.load("en/counted_persons")["hedged_past"]), re.IGNORECASE)


def measure_of(quantity: Quantity, role: str) -> str:
    """Stock, cumulative or new: as read, else by the role's habit; other where no role is known, for
    then two counts of a group need not be about one thing."""
    if role == "other":
        return "other"
    if quantity.measure in {"stock", "cumulative", "new"}:
        return str(quantity.measure)
    return "cumulative" if role in _roles()["cumulative"] else "stock"


def is_new(page: Page, quantity: Quantity, role: str) -> bool:
    """Whether a count is added to another of its role told before it; "another 40 were injured" after a count
    of the dead is not, nor are "12 more missing"."""
    if quantity.measure != "new" or role == "missing":
        return False
    before = {q.role for q in page.reading.quantities if q.end <= quantity.start}
    return role not in HARM or role in before


@cache
def _clause_end() -> re.Pattern[str]:
    joints = vocab.load("en/situations")["clauses"]["joints"]
    return re.compile(rf'[.;:"“”\n]|, (?:{"|".join(joints)})\b')


def told_since(page: Page, quantity: Quantity) -> bool:
    """Whether a count is said to be of all since some time, in the clause behind it."""
    return _since(_clause_behind(page, quantity))


@lru_cache(maxsize=65536)
def _since(clause: str) -> bool:
    since = situation_cue("since").search(clause)
    return since is not None and not FIRST_TIME.search(clause[: since.start()])


def told_on_its_day(page: Page, quantity: Quantity) -> bool:
    """Whether the clause behind a count names the day of what it counts, and no time since."""
    end = quantity.end + len(_clause_behind(page, quantity))
    days = [t for t in page.reading.times if quantity.end <= t.start < end and t.type == "DATE" and t.edtf]
    return bool(days) and not told_since(page, quantity)


def _clause_behind(page: Page, quantity: Quantity) -> str:
    return _clause_end().split(page.text[quantity.end : quantity.end + CLAUSE], maxsplit=1)[0]


def place_of(shelf: Shelf, page: Page, quantity: Quantity) -> str | None:
    """Place that narrows a count: named beside it as where it was, and no country or province."""
    found = page.places.get(quantity.place or "")
    if found is None:
        return shelf.place(page, quantity.place)
    if is_wide(found) or not _beside(page, quantity, found):
        return None
    return shelf.place(page, quantity.place)


def of_somewhere_else(
    shelf: Shelf, page: Page, quantity: Quantity, place: str | None, land: str | None = None
) -> bool:
    """Whether a count's sentence names another place than ``place`` (in the country ``land``) as such: a
    country or province, too, but not by its people's name ("a Kenyan jail"); or tells of several occurrences
    ("accidents killed 30")."""
    if _of_several(page, quantity):
        return True
    found = page.places.get(quantity.place or "")
    if found is None or shelf.place(page, quantity.place) == place:
        return False
    if where_they_spoke(page, (found.start, found.end)):
        return False
    if is_wide(found) and found.country is not None and found.country == land:
        return False  # the event lies in it
    known = found.candidates[0].canonical if found.candidates else None
    return not is_wide(found) or known is None or found.name == known


def where_they_spoke(page: Page, place: Span) -> bool:
    """Whether a place stands beside words, and not in them: "In Osk, the ministry raised its toll"."""
    sentence = sentence_around(page.text, place)
    said = [
        s for s in page.reading.statements if s.voice == "source" and s.cue and overlap(hull(s.cue), sentence)
    ]
    return bool(said) and not any(covers(s.content, place) for s in said)


def land_of(shelf: Shelf, place: str | None) -> str | None:
    """The country that a place lies in; of one that no gazetteer has, that of most places in its reports."""
    known = shelf.places.get(place or "")
    if known is None or known.country is not None:
        return known.country if known else None
    told = set(known.reports)
    named = Counter(
        each.country
        for page in shelf.pages
        if page.report.id in told
        for each in page.reading.places
        if each.country
    )
    return min(named, key=lambda country: (-named[country], country), default=None)


def _of_several(page: Page, quantity: Quantity) -> bool:
    before = _clause_end().split(page.text[max(0, quantity.start - CLAUSE) : quantity.start])[-1]
    return _occurrences().search(before + _clause_behind(page, quantity)) is not None


@cache
def _occurrences() -> re.Pattern[str]:
    several = vocab.load("en/incident_words")["several"]
    return re.compile("|".join([*several["patterns"], rf"\b(?:{'|'.join(several['plurals'])})\b"]), re.I)


def _beside(page: Page, quantity: Quantity, place: Place) -> bool:
    if not (0 <= place.start - quantity.end <= NEAR or 0 <= quantity.start - place.end <= NEAR):
        return False
    return BEFORE.search(page.text[max(0, place.start - 30) : place.start]) is not None


def is_wide(place: Place) -> bool:
    """Whether a place is a province, a country or wider."""
    return place.feature in WIDE or (place.radius_km or 0) > WIDE_KM


def status_of(quantity: Quantity) -> str | None:
    """The status that narrows a count: said of those counted ("12 civilians"), not of all afterwards
    ("17 people, all civilians") and not by who they are ("12 pilgrims")."""
    told = {word.casefold() for word in re.findall(r"[\w-]+", f"{quantity.text} {quantity.what or ''}")}
    return quantity.status if told & _narrowing() else None


def part_of(shelf: Shelf, page: Page, quantity: Quantity, group: str | None, measure: str) -> str | None:
    """Whether a count is by its wording a part of another, or what remains of it."""
    kind = quantity.relation.kind if quantity.relation else None
    if kind == "remainder":
        return "rest"
    if OF_HARMED.search(quantity.text):
        return "part"  # "a few of the injured": how many of them, not how many there were
    if kind is None and quantity.of_total == "inside" and measure in {"stock", "other"}:
        return "part"  # "one of the hostages": its whole stands in no number here
    return "part" if kind == "part_of" and _is_part(shelf, page, quantity, group) else None


def _is_part(shelf: Shelf, page: Page, quantity: Quantity, group: str | None) -> bool:
    """Whether a part is of the very group its whole counts (else the group tells them apart)."""
    whole = quantity.relation.of if quantity.relation else None
    if whole is None or whole not in page.quantities:
        return True
    same_group = shelf.referents.group_of.get(whole) == group
    return same_group and (page.quantities[whole].role or "other") == (quantity.role or "other")


def modality_of(page: Page, quantity: Quantity, claim: Claim | None, measure: str) -> str:
    """How a count is meant; what "may have" been, in the past, is told as a fact that is not sure."""
    if claim is None or measure == "stock":
        return "actual"  # how many there are is no plan, whatever is asked for them
    if claim.modality == "hypothetical" and claim.evidence:
        (start, end) = claim.evidence[0][0], claim.evidence[-1][1]
        words = page.text[min(start, quantity.start) : max(end, quantity.end)]
        return "actual" if _hedges().search(words) else claim.modality
    return claim.modality
