"""What the record knows around a number question that its figures must be read with.

Whose words each account is, whether it is a party's figure of another party's losses, and whether
sources contest that those counted were civilians.
"""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from itertools import product

from standoff.model import BODIES, Mention, Quantity
from standoff.reconcile.accounts import Told, one_source
from standoff.reconcile.figures.aggregates import Setting, said
from standoff.reconcile.figures.figure import meet
from standoff.reconcile.figures.questions import Open
from standoff.reconcile.figures.standing import superseded
from standoff.reconcile.independence import source_of
from standoff.reconcile.shelf import Shelf
from standoff.reconcile.trust import Trust

HARM = frozenset({"killed", "injured", "casualties"})
LOSSES = frozenset({"killed", "injured", "casualties", "missing", "detained", "kidnapped"})
"""Kinds of party that have members to lose and may be a side of a conflict."""
WITNESSES = 30
"""How many accounts of different sources or figures are tried for each status of an incident."""


def settings_of(shelf: Shelf, found: list[Open], trust: Trust) -> dict[str, Setting]:
    """The setting of every number question, by question id."""
    contested = _contested(found)
    return {
        each.question.id: _kept(shelf, each, contested.get(each.question.id), trust)
        for each in found
        if each.subject is not None
    }


def _kept(shelf: Shelf, each: Open, contested: str | None, trust: Trust) -> Setting:
    """`_setting`, as it was while the question is the same."""
    work = partial(_setting, shelf, each, contested, trust)
    return shelf.kept.of(("setting", each.question.id), [each], work, (contested, trust))


def _setting(shelf: Shelf, each: Open, contested: str | None, trust: Trust) -> Setting:
    return Setting(
        origin_of={told.id: source_of(told) for told in each.told},
        speaks_for={told.id: told.parties for told in each.told},
        losses=_losses(shelf, each),
        cautions=_cautions(each),
        contested=contested,
        trust=trust,
    )


def _cautions(each: Open) -> tuple[str, ...]:
    """What makes the accounts of a question less than comparable."""
    assert each.subject is not None
    if each.subject.role == "other":
        return (said("notes", "roleless"),) if len(each.told) > 1 else ()
    moments = {told.moment for told in each.told}
    return (said("notes", "moments"),) if each.subject.measure == "stock" and len(moments) > 1 else ()


# -- whose losses ------------------------------------------------------------------------------------


def _losses(shelf: Shelf, each: Open) -> dict[str, str]:
    """A note for every account in which a party counts the losses of another party."""
    assert each.subject is not None
    if each.subject.role not in LOSSES:
        return {}
    return {told.id: note for told in each.told if (note := _loss(shelf, told, each.subject.group))}


def _loss(shelf: Shelf, told: Told, group: str) -> str | None:
    """What to say of one account: whose members it counts, where they are not the speaker's own."""
    if told.own or told.principal is None or told.quantity is None:
        return None
    if (known := shelf.parties.get(told.principal)) and known.type == "media":
        return None
    who = told.quantity.group or told.quantity.what or ""
    owner = _owner(shelf, told, group)
    if owner is None:
        speaker = shelf.parties.get(told.principal)
        fights = told.quantity.status == "combatant" and speaker is not None and speaker.type in BODIES
        return said("notes", "other_side", source=told.label, who=who) if fights else None
    if owner in told.parties:
        return None
    if shelf.name(owner).islower():  # "the rebels": no telling whether they are the speaker's own
        return said("notes", "other_side", source=told.label, who=who)
    return said("notes", "other_party", source=told.label, party=shelf.name(owner))


def _owner(shelf: Shelf, told: Told, group: str) -> str | None:
    """The party whose members are counted: the group's own, or one that the counted words name.

    A state has members among combatants only: its nationals are no losses of its side.
    """
    assert told.quantity is not None
    known = shelf.groups.get(group)
    whose = shelf.party_called(known.party) if known and known.party else None
    owner = shelf.principal(whose) if whose else _named(shelf, told, told.quantity)
    party = shelf.parties.get(owner or "")
    if party is not None and party.type == "state" and told.quantity.status != "combatant":
        return None
    return owner


def _named(shelf: Shelf, told: Told, quantity: Quantity) -> str | None:
    """The party that a mention within the counted words names."""
    words = quantity.group or quantity.what or ""
    at = told.page.text.find(words, quantity.start) if words else -1
    end = max(quantity.end, at + len(words) if 0 <= at <= quantity.end else 0)
    for mention in told.page.reading.mentions:
        if quantity.start <= mention.start and mention.end <= end and mention.type in BODIES:
            return _party_of(shelf, mention)
    return None


def _party_of(shelf: Shelf, mention: Mention) -> str | None:
    party = shelf.referents.party_of.get(mention.id) or mention.party_id
    return shelf.principal(party) if party else None


# -- contested status --------------------------------------------------------------------------------


def _contested(found: list[Open]) -> dict[str, str]:
    """What to say of the questions on which it is contested that those harmed were civilians.

    Contested is the status of an incident's dead or injured when one source says civilian, another
    says combatant, the two figures may be of the same people, and neither source tells of both.
    """
    by_incident: dict[tuple[str, str], list[Open]] = defaultdict(list)
    for each in found:
        if each.subject is not None and each.subject.role in HARM and each.subject.modality == "actual":
            key = each.subject.incident or each.question.id
            by_incident[key, each.subject.role].append(each)
    notes: dict[str, str] = {}
    for asked in by_incident.values():
        pair = _clash(asked)
        if pair is not None:
            note = _told_apart(*pair)
            notes.update({each.question.id: note for each in asked if _concerned(each, pair)})
    return notes


def _concerned(each: Open, pair: tuple[Told, Told]) -> bool:
    """Whether a question is about people of a status, or holds an account that contests it."""
    of_status = each.subject is not None and each.subject.status in {"civilian", "combatant"}
    return of_status or not {told.id for told in pair}.isdisjoint(told.id for told in each.told)


def _clash(asked: list[Open]) -> tuple[Told, Told] | None:
    """The first civilian and the first combatant account that contest each other."""
    replaced = {old for each in asked for old in superseded(each.question.links)}
    stated: dict[str, list[Told]] = {"civilian": [], "combatant": []}
    for each in asked:
        for told in each.told:
            status = told.quantity.status if told.quantity else None
            if status in stated and told.id not in replaced and not told.negated and told.figure.known:
                stated[status].append(told)
    both = {source_of(t) for t in stated["civilian"]} & {source_of(t) for t in stated["combatant"]}
    sides = [_witnesses(stated[status], both) for status in ("civilian", "combatant")]
    pairs = ((a, b) for a, b in product(*sides) if not one_source(a, b) and meet(a.figure, b.figure))
    return min(pairs, key=lambda pair: (pair[0].order, pair[1].order), default=None)


def _witnesses(told: list[Told], both: set[str]) -> list[Told]:
    """The first account of each source and figure, of sources that state one status only."""
    first: dict[tuple[str, object], Told] = {}
    for each in sorted(told, key=lambda one: one.order):
        if source_of(each) not in both:
            first.setdefault((each.key, each.figure), each)
    return list(first.values())[:WITNESSES]


def _told_apart(civilian: Told, combatant: Told) -> str:
    return said(
        "notes", "contested",
        a=civilian.label, x=civilian.account.text, b=combatant.label, y=combatant.account.text,
    )  # fmt: skip
