"""Airwars' grade of reported harm, by Airwars' own definitions: ``[grades.airwars]`` in the vocabulary.

A grade is somebody's scheme, never a finding of this record: it is shown only where it is asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from standoff import vocab
from standoff.model import Claim, Grade, Quantity
from standoff.model.ids import derived_id
from standoff.reconcile.accounts import Told
from standoff.reconcile.figures.aggregates import said
from standoff.reconcile.figures.questions import Open
from standoff.reconcile.figures.standing import superseded
from standoff.reconcile.independence import independent_origins
from standoff.reconcile.shelf import Page, Shelf
from standoff.reconcile.wording import joined

SCHEME = "airwars"
HARM = frozenset({"killed", "injured", "casualties"})
SIDES_TRIED = 30
"""How many sides named in one incident are set against each other."""


@dataclass
class Blamed:
    """What is told of who did what happened in one incident.

    ``by``: for each side said to have harmed somebody, the claims by who says so; ``own``: the claims
    in which a side tells of it as its own act; ``accused``: every side said to have acted;
    ``attacks``: claims of an attack; ``disputed``: the accounts of an open question of who did it.
    """

    by: dict[str, dict[str, list[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    own: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    accused: set[str] = field(default_factory=set)
    attacks: list[str] = field(default_factory=list)
    disputed: list[str] = field(default_factory=list)

    @property
    def parts(self) -> tuple[object, ...]:
        """All of it, in order."""
        by = [(party, list(told.items())) for party, told in self.by.items()]
        return (by, list(self.own.items()), self.accused, self.attacks, self.disputed)

    def take(self, other: Blamed) -> None:
        """Add what another page tells of the same incident."""
        for party, by in other.by.items():
            for voice, claims in by.items():
                self.by[party][voice] += claims
        for party, claims in other.own.items():
            self.own[party] += claims
        self.accused |= other.accused
        self.attacks += other.attacks


@dataclass
class Case:
    """One row to be graded, with the harm accounts of its whole incident that stand."""

    asked: Open
    told: list[Told]
    blamed: Blamed
    shelf: Shelf


Given = tuple[str, tuple[str, ...]]
"""Why a grade is given, and the ids it rests on."""


def airwars() -> dict[str, Any]:
    """The scheme as data: version, source, and each grade with its definition, in the order tried."""
    scheme: dict[str, Any] = vocab.load("aggregation_rules")["grades"][SCHEME]
    return scheme


def airwars_grades(shelf: Shelf, found: list[Open]) -> list[Grade]:
    """One grade for each question of how many people were killed or injured, in the order of questions."""
    asked = [each for each in found if each.subject and each.subject.role in HARM]
    asked = [each for each in asked if each.subject and each.subject.modality == "actual"]
    blamed = _blamed(shelf, found)
    incidents: dict[str, list[Told]] = defaultdict(list)
    for each in asked:
        replaced = superseded(each.question.links)
        standing = [told for told in each.told if told.id not in replaced and not told.negated]
        incidents[each.question.incident or each.question.id] += standing
    return [
        _kept(Case(each, incidents[key], blamed.get(key, Blamed()), shelf))
        for each in asked
        for key in [each.question.incident or each.question.id]
    ]


def _kept(case: Case) -> Grade:
    """`_grade`, as it was while the accounts and what is told of who did it are the same."""
    question = case.asked.question
    return case.shelf.kept.of(
        ("grade", question.id), [case.asked, *case.told], partial(_grade, case), case.blamed.parts
    )


def _blamed(shelf: Shelf, found: list[Open]) -> dict[str, Blamed]:
    """Who is said, by whom, to have done each incident; what a side tells of as its own act."""
    blamed: dict[str, Blamed] = defaultdict(Blamed)
    for page in shelf.pages:
        for incident, told in shelf.of_page(page, "blamed", partial(_blamed_in, shelf, page)).items():
            blamed[incident].take(told)
    for each in found:
        if each.question.kind in {"actor", "responsibility"} and each.question.incident:
            against = [one.id for pair in each.linked.against for one in pair]
            blamed[each.question.incident].disputed += against
    return blamed


def _blamed_in(shelf: Shelf, page: Page) -> dict[str, Blamed]:
    """What one page tells of who did each incident."""
    found: dict[str, Blamed] = defaultdict(Blamed)
    for claim in page.reading.claims:
        incident = shelf.incident(claim.id, claim.incident)
        actual = claim.modality == "actual" and claim.polarity == "affirmed"
        if incident is not None and actual and claim.type in {"ASSAULT", "ACCUSE", "CONCEDE"}:
            _add(shelf, page, claim, found[incident])
    return found


def _add(shelf: Shelf, page: Page, claim: Claim, blamed: Blamed) -> None:
    statement = page.statements.get(claim.statement or "")
    speaker = shelf.speaker(statement) if statement else None
    principal = shelf.principal(speaker, statement.represents if statement else None) if speaker else None
    by = principal or f"own:{shelf.outlet(page) or page.origin}"
    named = shelf.actors(page, claim.recipients if claim.type == "ACCUSE" else claim.actors)
    sides = [party for party in named if _side(shelf, party)]
    if claim.type == "ASSAULT" and (sides or claim.mode in airwars()["weapons"]):
        blamed.attacks.append(claim.id)
    blamed.accused.update(sides)
    harmed = _harmed(page, claim)
    for party in sides:
        if party != principal and (claim.type == "ACCUSE" or harmed):
            blamed.by[party][by].append(claim.id)
        elif party == principal and claim.type != "ACCUSE" and any(map(_no_combatants, harmed)):
            blamed.own[party].append(claim.id)


def _side(shelf: Shelf, party: str) -> bool:
    known = shelf.parties.get(party)
    return known is not None and known.type in airwars()["sides"]


def _harmed(page: Page, claim: Claim) -> list[Quantity]:
    """The counts of people killed or injured that a claim carries."""
    counted = [page.quantities[each] for each in claim.quantities if each in page.quantities]
    return [each for each in counted if each.role in HARM and each.best != 0]


def _no_combatants(quantity: Quantity) -> bool:
    """Whether those harmed are civilians by its words, or people of whom no side is said."""
    plain = vocab.load("en/counted_persons")
    head = (quantity.what or "").casefold().split(" ")[-1]
    nobody_in_particular = head in plain["neutral"] or plain["plurals"].get(head) in plain["neutral"]
    return quantity.status in {"civilian", "mixed"} or (quantity.status is None and nobody_in_particular)


def _grade(case: Case) -> Grade:
    scheme, question = airwars(), case.asked.question
    name, means, given = _graded(case, scheme)
    return Grade(
        id=derived_id("gd", SCHEME, question.id),
        scheme=SCHEME,
        version=scheme["version"],
        source=scheme["source"],
        question=question.id,
        incident=question.incident,
        grade=name,
        means=means,
        why=given[0],
        rests_on=given[1] or tuple(told.id for told in case.asked.told),
    )


def _graded(case: Case, scheme: dict[str, Any]) -> tuple[str | None, str | None, Given]:
    """The first grade of the scheme whose test the case meets."""
    if _only_combatants(case.asked.told) and not _only_combatants(case.told):
        return None, None, (said("grade", "combatants"), ())
    for grade in scheme["grade"]:
        given = TESTS[grade["name"]](case)
        if given is not None:
            return grade["name"], grade["means"], given
    return None, None, (said("grade", "no_attack"), ())


def _confirmed(case: Case) -> Given | None:
    for party, claims in case.blamed.own.items():
        return said("grade", "confirmed", party=case.shelf.name(party)), tuple(claims)
    return None


def _only_combatants(told: list[Told]) -> bool:
    return all(each.quantity is not None and each.quantity.status == "combatant" for each in told)


def _discounted(case: Case) -> Given | None:
    """All were combatants by every account; the word of the side said to have done it is not enough."""
    others = [told for told in case.told if told.principal not in case.blamed.accused]
    if not others or not _only_combatants(case.told):
        return None
    return said("grade", "discounted"), tuple(told.id for told in case.told)


def _contested(case: Case) -> Given | None:
    """Who did it is in dispute; or two sides, each named by a source that does not name the other."""
    if case.blamed.disputed:
        return said("grade", "disputed"), tuple(dict.fromkeys(case.blamed.disputed))
    named = list(case.blamed.by.items())[:SIDES_TRIED]
    for n, (party, by) in enumerate(named):
        for other, others in named[n + 1 :]:
            if set(by) - set(others) and set(others) - set(by):
                parties = joined([case.shelf.name(party), case.shelf.name(other)])
                ids = [each for told in (by, others) for claims in told.values() for each in claims]
                return said("grade", "contested", parties=parties), tuple(dict.fromkeys(ids))
    return None


def _fair(case: Case) -> Given | None:
    origins = independent_origins(case.told)
    if origins < 2 or not _attacked(case):
        return None
    return said("grade", "fair", n=origins), (*(told.id for told in case.told), *case.blamed.attacks)


def _weak(case: Case) -> Given | None:
    if not _attacked(case) or independent_origins(case.told) != 1:
        return None
    return said("grade", "weak"), (*(told.id for told in case.told), *case.blamed.attacks)


def _attacked(case: Case) -> bool:
    """Whether an attack by a side or with a weapon of war is reported of the incident."""
    return bool(case.blamed.attacks)


TESTS: dict[str, Callable[[Case], Given | None]] = {
    "confirmed": _confirmed,
    "discounted": _discounted,
    "contested": _contested,
    "fair": _fair,
    "weak": _weak,
}
