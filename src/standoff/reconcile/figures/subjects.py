"""Which number question a quantity answers: its incident, group, role, scope and measure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from standoff import vocab
from standoff.model import Place, Quantity
from standoff.model.ids import slug
from standoff.reconcile.shelf import Page, Shelf
from standoff.reconcile.wording import neutral

WIDE_KM = 200
KINDS = frozenset({"count", "money", "percent", "measure"})


class Subject(NamedTuple):
    """What is counted. Quantities of one subject answer one question; ``local`` ties a subject that
    no referent is known for to its report's origin."""

    incident: str | None
    group: str
    role: str
    measure: str
    kind: str
    unit: str | None
    status: str | None
    sex: str | None
    age: str | None
    place: str | None
    part: str | None
    modality: str
    moment: str | None
    local: str | None

    @property
    def plain(self) -> bool:
        """Whether it is the whole group, as a fact: no sub-scope, part or plan."""
        scope = (self.status, self.sex, self.age, self.place)
        return not any(scope) and not self.part and self.modality == "actual" and self.kind == "count"


@dataclass(frozen=True, slots=True)
class Asked:
    """A quantity with its subject, its page and the group's name in the words of the report."""

    page: Page
    quantity: Quantity
    subject: Subject
    words: str


@cache
def _roles() -> dict[str, frozenset[str]]:
    return {name: frozenset(roles) for name, roles in vocab.load("aggregation_rules")["roles"].items()}


def measure_of(quantity: Quantity) -> str:
    """Stock, cumulative or new: as read, else by the role's habit; other where no role is known, for
    then two counts of a group need not be about one thing."""
    if quantity.role in {None, "other"}:
        return "other"
    if quantity.measure in {"stock", "cumulative", "new"}:
        return str(quantity.measure)
    return "cumulative" if (quantity.role or "") in _roles()["cumulative"] else "stock"


def _group_words(quantity: Quantity) -> str:
    return quantity.what or quantity.group or quantity.unit or ""


def _place(shelf: Shelf, page: Page, quantity: Quantity, incident: str | None) -> str | None:
    """Place of a quantity, unless it is too wide to narrow a count or only repeats where the incident was."""
    found = page.places.get(quantity.place or "")
    if found is not None and _wide(found):
        return None
    place = shelf.place(page, quantity.place)
    known = shelf.incidents.get(incident or "")
    return None if known is not None and place == known.place else place


def _subject(shelf: Shelf, page: Page, quantity: Quantity, only: dict[tuple[str, str], str]) -> Subject:
    role = quantity.role or "other"
    group = shelf.referents.group_of.get(quantity.id)
    incident = shelf.incident(quantity.id, quantity.incident)
    if incident is None and group is not None:
        incident = only.get((group, role))
    claim = page.claim_of.get(quantity.id)
    measure = measure_of(quantity)
    return Subject(
        incident=incident,
        group=group or f"words:{slug(_group_words(quantity) or quantity.kind)}",
        role=role,
        measure=measure,
        kind=quantity.kind,
        unit=quantity.unit if quantity.kind != "count" else None,
        status=quantity.status if _narrows(quantity) else None,
        sex=quantity.sex,
        age=quantity.age,
        place=_place(shelf, page, quantity, incident),
        part=_part(shelf, page, quantity, group),
        modality=claim.modality if claim else "actual",
        moment=quantity.as_of if measure == "new" else None,
        local=None if group or incident else page.origin,
    )


def _narrows(quantity: Quantity) -> bool:
    """Whether the status is of those counted, not said of all afterwards ("17 people, all civilians").

    Who they were is another matter than how many: a count of people answers how many people.
    """
    told = {word.casefold() for word in re.findall(r"\w+", f"{quantity.text} {quantity.what or ''}")}
    heads = {word.casefold() for word in (quantity.what or "").split()[-1:]}
    return not heads <= _nobody_in_particular() or bool(told & _of_status())


@cache
def _nobody_in_particular() -> frozenset[str]:
    words = vocab.load("en/counted_persons")
    return frozenset(words["neutral"]) | {p for p, one in words["plurals"].items() if one in words["neutral"]}


@cache
def _of_status() -> frozenset[str]:
    words = vocab.load("en/counted_persons")
    single = {*words["civilian"], *words["combatant"], "unarmed"}
    return frozenset(single | {f"{word}s" for word in single})


def _wide(place: Place) -> bool:
    """Whether a place is a country or wider."""
    return (place.feature or "").startswith(("PCL", "CONT", "RGN")) or (place.radius_km or 0) > WIDE_KM


def _part(shelf: Shelf, page: Page, quantity: Quantity, group: str | None) -> str | None:
    """Whether a count is by its wording a part of another, or what remains of it."""
    kind = quantity.relation.kind if quantity.relation else None
    if kind == "remainder":
        return "rest"
    if kind is None and quantity.of_total == "inside" and measure_of(quantity) in {"stock", "other"}:
        return "part"  # "one of the hostages": its whole stands in no number here
    return "part" if kind == "part_of" and _is_part(shelf, page, quantity, group) else None


def _is_part(shelf: Shelf, page: Page, quantity: Quantity, group: str | None) -> bool:
    """Whether a part is of the very group its whole counts (else the group tells them apart)."""
    whole = quantity.relation.of if quantity.relation else None
    if whole is None or whole not in page.quantities:
        return True
    same_group = shelf.referents.group_of.get(whole) == group
    return same_group and (page.quantities[whole].role or "other") == (quantity.role or "other")


def subjects_of(shelf: Shelf) -> list[Asked]:
    """Every quantity that answers a number question. A group's quantities that name no incident go
    to the only incident that the group's quantities of that role do name."""
    named: dict[tuple[str, str], set[str]] = defaultdict(set)
    found = list(_countable(shelf))
    for _, quantity in found:
        group = shelf.referents.group_of.get(quantity.id)
        incident = shelf.incident(quantity.id, quantity.incident)
        if group and incident:
            named[group, quantity.role or "other"].add(incident)
    only = {key: next(iter(ids)) for key, ids in named.items() if len(ids) == 1}
    asked = [
        Asked(page, quantity, _subject(shelf, page, quantity, only), _group_words(quantity))
        for page, quantity in found
    ]
    return _without_common_scope(asked)


def _without_common_scope(asked: list[Asked]) -> list[Asked]:
    """A scope that all counts of a group share ("fighters" are all combatants) narrows nothing."""
    seen: dict[str, set[tuple[str | None, str | None, str | None]]] = defaultdict(set)
    for each in asked:
        seen[each.subject.group].add((each.subject.status, each.subject.sex, each.subject.age))
    return [
        Asked(each.page, each.quantity, each.subject._replace(status=None, sex=None, age=None), each.words)
        if len(seen[each.subject.group]) == 1
        else each
        for each in asked
    ]


def _countable(shelf: Shelf) -> Iterable[tuple[Page, Quantity]]:
    for page in shelf.pages:
        for quantity in page.reading.quantities:
            if quantity.kind not in KINDS:
                continue
            if quantity.role not in {None, "other"} or quantity.id in shelf.referents.group_of:
                yield page, quantity


def group_name(shelf: Shelf, asked: Asked) -> str:
    """The group's name, without words that take a side."""
    group = shelf.groups.get(asked.subject.group)
    return neutral(group.name if group else asked.words)
