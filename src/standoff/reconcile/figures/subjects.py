"""Which number question a quantity answers: its incident, group, role, scope and measure."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from itertools import pairwise

from standoff import vocab
from standoff.model import Quantity
from standoff.model.annotation import Number
from standoff.model.ids import slug
from standoff.model.when import first_day, last_day
from standoff.reconcile.figures import scope
from standoff.reconcile.figures.asked import Asked, Subject
from standoff.reconcile.figures.nouns import armed_nouns, held_under_one_noun, special_as_general, told_by
from standoff.reconcile.figures.one_event import of_the_one_event
from standoff.reconcile.shelf import Page, Shelf
from standoff.reconcile.wording import neutral

BODIES, PEOPLE = "gr-bodies", "gr-people"
COUNTED = re.compile(r"\b(?<!so far )count(?:ed|s|ing)?\s+(?:of\s+)?$", re.IGNORECASE)
"""Before bodies: who counts them at the scene counts the dead, unless only so far."""
NEAR = 24
ONE_BREATH = 60
"""Code points between two counts of one sentence that stand side by side."""
BREAK = re.compile(r"[.!?;]\s|\n")
JOINED = re.compile(r"\b(?:and|but)\b", re.IGNORECASE)
KINDS = frozenset({"count", "money", "percent", "measure"})


@cache
def _occurrence() -> frozenset[str]:
    return frozenset(vocab.load("aggregation_rules")["occurrence"]["roles"])


@cache
def _states() -> dict[str, tuple[str, ...]]:
    table = vocab.load("aggregation_rules")["occurrence"]["states"]
    return {noun: tuple(roles) for noun, roles in table.items()}


def _is_armed(shelf: Shelf, group: str | None) -> bool:
    """Whether a group is of the armed by its noun, so that no status narrows it."""
    known = shelf.groups.get(group or "")
    return known is not None and known.noun in armed_nouns()


def _group_words(quantity: Quantity) -> str:
    return quantity.what or quantity.group or quantity.unit or ""


def role_of(shelf: Shelf, quantity: Quantity) -> str:
    """The role a quantity has in questions: nouns that tell a state by themselves have one role for all
    counts of how many there are, and civilians who left are those brought out."""
    role = quantity.role or "other"
    group = shelf.groups.get(shelf.referents.group_of.get(quantity.id, ""))
    states = _states().get(group.noun if group else "", ())
    if role in states:
        return states[0]
    moved = (
        role == "left" and group is not None and group.unit == "person" and group.noun not in armed_nouns()
    )
    return "evacuated" if moved else role


def _subject(shelf: Shelf, page: Page, quantity: Quantity) -> Subject:
    role = role_of(shelf, quantity)
    group = shelf.referents.group_of.get(quantity.id)
    if group == BODIES and PEOPLE in shelf.groups and _all_counted(page, quantity):
        group = PEOPLE
    incident = shelf.incident(quantity.id, quantity.incident) if role in _occurrence() else None
    before = _of_before(shelf, quantity, incident)
    incident = None if before else incident
    measure = scope.measure_of(quantity, role)
    if measure == "new" and not scope.is_new(page, quantity, role):
        measure = "cumulative"
    place = scope.place_of(shelf, page, quantity)
    known = shelf.incidents.get(incident or "")
    words = slug(_group_words(quantity) or quantity.kind)
    return Subject(
        incident=incident,
        group=group or f"words:{words}",
        role=role,
        measure=measure,
        kind=quantity.kind,
        unit=quantity.unit if quantity.kind != "count" else None,
        status=None if _is_armed(shelf, group) else scope.status_of(quantity),
        sex=None if _is_armed(shelf, group) else quantity.sex,
        age=quantity.age,
        place=None if known is not None and place in {known.place, None} else place,
        part=scope.part_of(shelf, page, quantity, group, measure),
        modality=scope.modality_of(page, quantity, page.claim_of.get(quantity.id), measure),
        moment=quantity.as_of if measure == "new" else None,
        local=page.origin if before or not (group or incident) else None,
    )


def _all_counted(page: Page, quantity: Quantity) -> bool:
    """Whether bodies were counted, and not only found, brought in or kept somewhere."""
    return COUNTED.search(page.text, max(0, quantity.start - NEAR), quantity.start) is not None


def _of_before(shelf: Shelf, quantity: Quantity, incident: str | None) -> bool:
    """Whether a count is as of a time before the incident that its words were taken to tell of."""
    known = shelf.incidents.get(incident or "")
    when, counted = first_day(known.when if known else None), last_day(quantity.as_of)
    return when is not None and counted is not None and (when - counted).days > 1


def subjects_of(shelf: Shelf, parted: Sequence[frozenset[str]] = ()) -> list[Asked]:
    """Every quantity that answers a number question, with what the record as a whole says of its subject;
    ``parted`` are claims and counts whose incidents a person set apart."""
    asked = [
        each
        for page in shelf.pages
        for each in shelf.each_of_page(page, "asked", partial(_asked, shelf, page))
    ]
    asked, event = of_the_one_event(shelf, _since_then(shelf, asked), parted)
    for settle in (
        _one_measure,
        _without_common_scope,
        special_as_general,
        partial(held_under_one_noun, event=event),
        _at_the_usual_place,
        _in_one_breath,
    ):
        asked = settle(shelf, asked)
    return asked


def _asked(shelf: Shelf, page: Page) -> Iterable[Asked]:
    """Every quantity of a page that answers a number question."""
    for quantity in page.reading.quantities:
        if quantity.kind not in KINDS:
            continue
        if quantity.role not in {None, "other"} or quantity.id in shelf.referents.group_of:
            yield Asked(page, quantity, _subject(shelf, page, quantity), _group_words(quantity))


def _since_then(shelf: Shelf, asked: list[Asked]) -> list[Asked]:
    """Where one source counts an incident's harm on its day, and gives another count of all "since" some
    time, that is of more than the incident: "four were killed on Sunday", "about 20 have been killed since".

    So is a count "since" that makes up an incident by itself, without a place or a day.
    """
    of_the_day: dict[tuple[str | None, ...], set[Number | None]] = defaultdict(set)
    for each in asked:
        if each.subject.incident and scope.told_on_its_day(each.page, each.quantity):
            of_the_day[_counted_by(shelf, each)].add(each.quantity.best)

    def of_more(each: Asked) -> bool:
        known = shelf.incidents.get(each.subject.incident or "")
        if known is None or not scope.told_since(each.page, each.quantity):
            return False
        then = of_the_day.get(_counted_by(shelf, each), set())
        return bool(then - {each.quantity.best}) or (known.place is None and known.when is None)

    return [each.moved(incident=None) if of_more(each) else each for each in asked]


def _counted_by(shelf: Shelf, each: Asked) -> tuple[str | None, ...]:
    return each.subject.incident, each.subject.group, each.subject.role, told_by(shelf, each)


def _one_measure(shelf: Shelf, asked: list[Asked]) -> list[Asked]:
    """A role has one measure in the record, that of most counts; only new counts stay apart."""
    usual: dict[str, Counter[str]] = defaultdict(Counter)
    for each in asked:
        if each.subject.measure != "new":
            usual[each.subject.role][each.subject.measure] += 1
    most = {role: max(sorted(counted), key=counted.__getitem__) for role, counted in usual.items()}
    return [
        each if each.subject.measure == "new" else each.moved(measure=most[each.subject.role])
        for each in asked
    ]


def _without_common_scope(shelf: Shelf, asked: list[Asked]) -> list[Asked]:
    """A scope that all counts of a group share ("fighters" are all combatants) narrows nothing."""
    seen: dict[str, set[tuple[str | None, str | None, str | None]]] = defaultdict(set)
    for each in asked:
        seen[each.subject.group].add((each.subject.status, each.subject.sex, each.subject.age))
    return [
        each.moved(status=None, sex=None, age=None) if len(seen[each.subject.group]) == 1 else each
        for each in asked
    ]


def _at_the_usual_place(shelf: Shelf, asked: list[Asked]) -> list[Asked]:
    """Counts that name no place are of the place that at least half of those naming one do."""

    def key(each: Asked) -> Subject:
        return each.subject._replace(place=None)

    placed: dict[Subject, Counter[str]] = defaultdict(Counter)
    for each in asked:
        if each.subject.place:
            placed[key(each)][each.subject.place] += 1
    usual = {subject: _most(counted) for subject, counted in placed.items()}
    return _changed(asked, lambda each: each.subject.place == usual.get(key(each), ""))


def _most(counted: Counter[str]) -> str:
    place, n = min(counted.items(), key=lambda item: (-item[1], item[0]))
    return place if 2 * n >= counted.total() else ""


def _changed(asked: list[Asked], usual: Callable[[Asked], bool]) -> list[Asked]:
    return [each.moved(place=None) if each.subject.place and usual(each) else each for each in asked]


def _in_one_breath(shelf: Shelf, asked: list[Asked]) -> list[Asked]:
    """Of two different counts of one thing in one sentence, as of one time and from one mouth, the smaller is
    a part: "two got out and 25 died", read as two counts of the dead."""
    told: dict[tuple[Subject, str, str | None, str | None], list[Asked]] = defaultdict(list)
    for each in asked:
        if each.subject.role in _occurrence():
            said = (each.quantity.as_of, each.quantity.statement)
            told[each.subject, each.page.report.id, *said].append(each)
    parts = set()
    for counts in told.values():
        for one, other in pairwise(sorted(counts, key=lambda each: each.quantity.start)):
            smaller = _smaller(one.quantity, other.quantity)
            between = one.page.text[one.quantity.end : other.quantity.start]
            joined = JOINED.search(between) and not BREAK.search(between) and not _changes(between)
            if smaller and joined and len(between) < ONE_BREATH:
                parts.add(smaller)
    return [each.moved(part="part") if each.quantity.id in parts else each for each in asked]


def _changes(words: str) -> bool:
    """Whether words between two counts put one in the other's place ("60, up from 47")."""
    found = vocab.load("en/counted_persons")["replacing"]
    return any(re.search(rf"\b{re.escape(word)}\b", words, re.IGNORECASE) for word in found)


def _smaller(one: Quantity, other: Quantity) -> str | None:
    """Id of the count whose value is lower; None where they are alike or one has no value."""
    if one.best is None or other.best is None or one.best == other.best:
        return None
    return one.id if one.best < other.best else other.id


def group_name(shelf: Shelf, asked: Asked) -> str:
    """The group's name, without words that take a side; of a nation's people, the words of the report."""
    group = shelf.groups.get(asked.subject.group)
    if group and group.party:
        return neutral(asked.quantity.group or asked.words)
    return neutral(group.name if group else asked.words)
