"""One group under several nouns: "people" and "pilgrims" of one fire, "suspects" and "villagers" of one raid.

Which noun counts whom may be the very thing that sides differ about. Two nouns are of one group where one
leads the other, or where no voice counts both apart in one report; the armed, and parts like children, stay
apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from functools import cache

from standoff import vocab
from standoff.model import Incident
from standoff.reconcile.figures.asked import Asked
from standoff.reconcile.shelf import Shelf
from standoff.reconcile.wording import table

HELD = frozenset({"detained", "released", "kidnapped", "evacuated", "displaced"})
"""Roles of persons that are told of one event and the days after it, without an occurrence of their own."""
FEW = 10
"""A vague count that must be lower than this is of some: "several former captives"."""
Key = tuple[str | None, ...]


@cache
def armed_nouns() -> frozenset[str]:
    """Classes of nouns for the armed."""
    return frozenset(vocab.load("aggregation_rules")["occurrence"]["armed"])


def special_as_general(shelf: Shelf, asked: list[Asked]) -> list[Asked]:
    """Where an incident's people are counted under a general noun and one special one, both are the same:
    "343 people" of a fire that killed pilgrims. With several special nouns of which none leads, the general
    one counts them all; the armed are counted apart.

    Of an incident the question is asked of people, as the special noun may be one side's; elsewhere the
    general noun is another word of one report for the special one.
    """
    fought = {each.subject.incident for each in asked if _fell(shelf, each)} - {None}

    def where(each: Asked) -> Key | None:
        return _where(shelf, each) if _may_be_all(shelf, each, fought) else None

    nouns = _nouns(shelf, asked, where)
    moved = {key: pair for key, each in nouns.items() if (pair := _pair(each))}
    others = _other_words(
        asked, nouns, lambda each: where(each) if each.subject.incident not in {None, *fought} else None
    )

    def settled(each: Asked) -> Asked:
        if (key := where(each)) is None:
            return each
        special, general = moved.get(key, ("", ""))
        here, there = (special, general) if each.subject.incident else (general, special)
        there = others.get(key, {}).get(each.subject.group) or (there if each.subject.group == here else "")
        return each.moved(group=there, status=None, sex=None) if there else each

    return [settled(each) for each in asked]


def held_under_one_noun(shelf: Shelf, asked: list[Asked], event: Incident | None) -> list[Asked]:
    """In a record of one event, nouns for those held, freed or driven out are other words for all of them:
    what are "suspects" to the police are "villagers" to others."""
    if event is None:
        return asked

    def where(each: Asked) -> Key | None:
        group, subject = shelf.groups.get(each.subject.group), each.subject
        plain = subject.role in HELD and not subject.incident and _may_be_all(shelf, each, set())
        place = subject.place or ""
        return (subject.role, group.party if group else None, subject.modality, place) if plain else None

    others = _other_words(asked, _nouns(shelf, asked, where), where)

    def settled(each: Asked) -> Asked:
        there = others.get(where(each) or (), {}).get(each.subject.group)
        return each.moved(group=there, status=None, sex=None) if there else each

    return [settled(each) for each in asked]


def _nouns(
    shelf: Shelf, asked: list[Asked], where: Callable[[Asked], Key | None]
) -> dict[Key, Counter[tuple[bool, str]]]:
    """How often each group of persons is counted that may be all, by what such counts must share."""
    found: dict[Key, Counter[tuple[bool, str]]] = defaultdict(Counter)
    for each in asked:
        group = shelf.groups.get(each.subject.group)
        if group is not None and (key := where(each)) is not None:
            found[key][group.general, group.id] += 1
    return found


def _other_words(
    asked: list[Asked],
    nouns: Mapping[Key, Counter[tuple[bool, str]]],
    where: Callable[[Asked], Key | None],
) -> dict[Key, dict[str, str]]:
    """Nouns that are other words for all who are counted, each with the group they are counted as: no voice
    counts both apart in one report."""
    told: dict[Key, dict[tuple[str, str], set[str]]] = defaultdict(lambda: defaultdict(set))
    for each in asked:
        if (key := where(each)) is not None:
            told[key][each.page.report.id, each.quantity.statement or ""].add(each.subject.group)
    found: dict[Key, dict[str, str]] = {}
    for key, voices in told.items():
        ranked = sorted(nouns[key], key=lambda noun: (not noun[0], -nouns[key][noun], noun[1]))
        lead = ranked[0][1]
        for _, group in ranked[1:]:
            if not any({lead, group} <= groups for groups in voices.values()):
                found.setdefault(key, {})[group] = lead
    return found


def _fell(shelf: Shelf, each: Asked) -> bool:
    """Whether a count is of the armed on one side of a fight, in plain words or as the state's own."""
    group = shelf.groups.get(each.subject.group)
    loaded = (each.quantity.what or "").casefold() in table("loaded")
    return group is not None and group.noun == "soldiers" and not loaded


def _may_be_all(shelf: Shelf, each: Asked, fought: set[str | None]) -> bool:
    """Whether a count may be of all persons concerned: whole, under no noun of a part like "children", and of
    none of the armed unless in a party's own word for whom it hit ("terrorists"), where no fight was
    ``fought``."""
    group = shelf.groups.get(each.subject.group)
    if group is None or group.unit != "person" or not _whole(each):
        return False
    if group.noun in armed_nouns():
        loaded = (each.quantity.what or "").casefold() in table("loaded")
        return loaded and each.subject.incident not in fought
    return group.noun not in _parts()


def _pair(nouns: Counter[tuple[bool, str]]) -> tuple[str, str] | None:
    """The special group and the general one: where one special noun is told far more often than others."""
    special = sorted(((-n, name) for (general, name), n in nouns.items() if not general))
    general = sorted(name for general, name in nouns if general)
    leads = len(special) == 1 or (len(special) > 1 and special[0][0] <= 2 * special[1][0])
    return (special[0][1], general[0]) if leads and general else None


@cache
def _parts() -> frozenset[str]:
    return frozenset(row["class"] for row in vocab.load("group_nouns")["group"] if row.get("part"))


def _whole(each: Asked) -> bool:
    """Whether a count is of all: no part by its wording, inside no other, and none of "several"."""
    count = each.quantity
    if count.best is None and count.low is not None and count.high is not None and count.high < FEW:
        return False
    return each.subject.part is None and each.quantity.of_total != "inside" and each.subject.age is None


def _where(shelf: Shelf, each: Asked) -> Key:
    """What a general noun must share with a special one."""
    group, subject = shelf.groups.get(each.subject.group), each.subject
    local = None if subject.incident else told_by(shelf, each)
    return subject.incident, subject.role, group.party if group else None, subject.modality, local


def told_by(shelf: Shelf, each: Asked) -> str:
    """Who tells a count of no incident, and of which place: for the report's own words, the report."""
    statement = each.page.statements.get(each.quantity.statement or "")
    speaker = shelf.speaker(statement) if statement is not None else None
    if statement is None or speaker is None:
        return each.page.report.id
    return f"{shelf.principal(speaker, statement.represents)} {each.subject.place or ''}"
