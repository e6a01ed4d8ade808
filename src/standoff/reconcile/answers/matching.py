"""What a denial denies, however few words the two share.

A denial that says what it denies is compared with other parties' passages by words, incident, place and who
is accused (see `denials`). One that only judges ("a lie") is set against the nearest charge told before it in
its report, or against the words of whom it names; where its report tells none, against the charge elsewhere
that has most in common with what leads up to the denial.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial

from standoff.model import Actor
from standoff.reconcile.answers.akin import akin, named_doers, one_camp
from standoff.reconcile.answers.began import began
from standoff.reconcile.answers.deeds import OWN
from standoff.reconcile.answers.denials import (
    CHANGING,
    COVERED,
    HARM,
    NEEDED,
    Denial,
    charges,
    find_denial,
    score,
)
from standoff.reconcile.answers.near import Meeting, near_of
from standoff.reconcile.answers.passages import Passage, passages_in, weighed
from standoff.reconcile.answers.thrown import Matched, thrown_out
from standoff.reconcile.matter import Weights, pattern
from standoff.reconcile.shelf import Page, Shelf

BEFORE, AFTER, LONGER = 4, 2, 6
"""How many passages before and after it a bare denial may point at; the longer where a report begins with
it."""
CLOSE = 2
"""So near, what the report itself tells may be what is denied, and what another said is what "it did not"
denies."""
FORTNIGHT = 14
DAY = 1
KEPT = 8
"""How many passages a denial is set against."""
PART_OF_BEST = 0.55
LEAD, LEAD_WORDS = 4, 2
"""How many passages before a denial lead up to it, and how many words these must share with what it denies.
"""
UNDISPUTED = frozenset({"endorses", "commits", "demands"})
"""Stands that tell nothing that could be untrue."""


def match_denials(shelf: Shelf, weights: Weights) -> list[Matched]:
    """Every denial with what it denies, in the order of pages and text; those that deny nothing told are
    left out."""
    sheets = [shelf.of_page(page, "denials", partial(_sheet, shelf, page)) for page in shelf.pages]
    matcher = _Matcher(shelf, sheets, weights)
    found = ((asking.denial, matcher.against(asking)) for sheet in sheets for asking in sheet.asking.values())
    thrown = (each for sheet in sheets for each in sheet.thrown)
    return [*(Matched(denial, against) for denial, against in found if against), *thrown]


@dataclass(frozen=True, eq=False)
class _Asking:
    """A denial of a sheet, and the passage that it is as it seeks what it denies: by its own words, and by
    those of what leads up to it."""

    denial: Denial
    sheet: _Sheet
    own: Passage
    context: Passage


@dataclass(frozen=True, eq=False)
class _Sheet:
    """One page: its passages without those that hold another's denial, its denials by key, and those
    whose own sentence holds both sides."""

    passages: list[Passage]
    thrown: list[Matched]
    asking: dict[str, _Asking] = field(default_factory=dict)


def _sheet(shelf: Shelf, page: Page) -> _Sheet:
    passages = passages_in(shelf, page)
    thrown = thrown_out(shelf, passages)
    hosts = {each.host for each in passages if each.retold and find_denial(each)}
    hosts |= {each.denial.passage.host for each in thrown}
    kept = [each for each in passages if each.retold or each.span not in hosts]
    sheet = _Sheet(kept, thrown)
    for each in kept:
        denial = find_denial(each)
        if denial and began(each) is None:  # who began it is a question of its own
            own = replace(each, words=denial.words)
            sheet.asking[each.key] = _Asking(denial, sheet, own, _context(denial, kept))
    return sheet


def _context(denial: Denial, page: list[Passage]) -> Passage:
    """A denial with the words and places of what its source said right before it."""
    mine = denial.passage
    before = [each for each in page if 0 < mine.number - each.number <= LEAD and each.voice == mine.voice]
    return replace(
        mine,
        words=denial.words.union(*(each.words for each in before)),
        places=mine.places.union(*(each.places for each in before)),
    )


def doers(passage: Passage) -> tuple[Actor, ...]:
    """Whom a passage's claims name as having done harm."""
    return tuple(
        actor
        for claim in passage.claims
        for actor in (
            claim.recipients if claim.type == "ACCUSE" else claim.actors if claim.type in HARM else ()
        )
    )


class _Matcher:
    """All passages laid out to be asked what a denial among them denies."""

    def __init__(self, shelf: Shelf, sheets: list[_Sheet], weights: Weights) -> None:
        self.shelf = shelf
        self.denials = {key for sheet in sheets for key in sheet.asking}
        told = [each for sheet in sheets for each in sheet.passages if each.retold is None]
        askers = (each for sheet in sheets for asking in sheet.asking.values() for each in _seekers(asking))
        self.near = near_of(shelf, "denials", told, weights, askers)

    def against(self, asking: _Asking) -> tuple[Passage, ...]:
        """What a denial denies, by the plainest sign there is."""
        marks = [self.near.mark(each, FORTNIGHT) for each in _seekers(asking)]
        name = "denied", asking.denial.passage.key
        return self.shelf.kept.of(name, [asking, *marks], partial(self._against, asking))

    def _against(self, asking: _Asking) -> tuple[Passage, ...]:
        denial = asking.denial
        found = self._pointed_at(asking) if denial.bare or denial.of else ()
        if not found and not denial.bare:
            found = self._told(asking)
        return found or (self._from_context(asking) if denial.sure else ())

    # -- by where it stands --------------------------------------------------------------------------

    def _pointed_at(self, asking: _Asking) -> tuple[Passage, ...]:
        """What a bare denial points at: the words of whom it names, else the nearest charge."""
        denial, mine = asking.denial, asking.denial.passage
        told = [each for each in asking.sheet.passages if self._may_be_meant(denial, each)]
        if pattern("denial", "short").search(mine.content):
            before = [each for each in told if 0 < mine.number - each.number <= CLOSE and each.party]
            return tuple(before[-1:])
        if denial.of:
            named = [each for each in told if each.party and _said_by(self.shelf, each, denial.of)]
            charged = [each for each in named if charges(each)] or named
            nearest = min(charged, key=lambda each: abs(each.number - mine.number), default=None)
            if nearest is not None or not denial.bare:
                return (nearest,) if nearest else ()
        best = min(
            (each for each in told if _chargeable(denial, each)),
            key=lambda each: (
                not accuses(self.shelf, each, mine.party),
                abs(each.number - mine.number) + (each.number > mine.number),
            ),
            default=None,
        )
        return (best,) if best else ()

    def _may_be_meant(self, denial: Denial, other: Passage) -> bool:
        if other.key in self.denials or other.retold or other.span == denial.passage.host:
            return False
        return denial.points or another_side(self.shelf, denial, other)

    # -- by what it says -----------------------------------------------------------------------------

    def _told(self, asking: _Asking) -> tuple[Passage, ...]:
        """What a denial with words of its own denies: the passages that have most in common with it."""
        denial, mine = asking.denial, asking.denial.passage
        within = FORTNIGHT if denial.sure or not mine.types & CHANGING else DAY
        found = []
        for met in self.near.of(asking.own, within, lambda other: self._affirms(denial, other)):
            worth = self._worth(denial, met, self._cover(asking, met))
            if (
                worth >= NEEDED[denial.sure]
                and not _elsewhere(mine, met)
                and one_deed(self.shelf, denial, met.other)
            ):
                found.append((worth, met.other))
        best = max((worth for worth, _ in found), default=0.0)
        return tuple([each for worth, each in found if worth >= PART_OF_BEST * best][:KEPT])

    def _affirms(self, denial: Denial, other: Passage) -> bool:
        """Whether a passage is another side's and tells that something was so."""
        if other.key in self.denials or not another_side(self.shelf, denial, other) or _says_no(other):
            return False
        return not pattern("denial", "silent").search(f"{other.cue} {other.text}")

    def _cover(self, asking: _Asking, met: Meeting) -> float:
        """What a denial and a passage share, as a part of what the less telling of them says."""
        weighed(self.shelf, asking.denial.passage)
        weighed(self.shelf, met.other)
        return self.near.cover(asking.own, met)

    def _worth(self, denial: Denial, met: Meeting, cover: float) -> float:
        """How surely a passage is what is denied; a negated telling right behind a charge answers it."""
        found = score(denial, met, accuses(self.shelf, met.other, denial.passage.party), cover)
        if denial.sure:
            return found if _sure_enough(denial, met, cover) else 0.0
        if _answers_charge(denial, met):
            return max(found, NEEDED[False])
        return found if _same_telling(denial, met) else 0.0

    # -- by what leads up to it ----------------------------------------------------------------------

    def _from_context(self, asking: _Asking) -> tuple[Passage, ...]:
        """The charge in another report that has most in common with what is told right before the denial."""
        denial, mine = asking.denial, asking.denial.passage

        def keep(other: Passage) -> bool:
            if (
                other.page is mine.page
                or other.party is None
                or other.key in self.denials
                or not charges(other)
            ):
                return False
            return another_side(self.shelf, denial, other) and one_deed(self.shelf, denial, other)

        met = [each for each in self.near.of(asking.context, FORTNIGHT, keep) if each.words >= LEAD_WORDS]
        met = [each for each in met if each.places or each.incident or each.words + each.notions > LEAD_WORDS]
        return tuple(each.other for each in met[:1])


# -- what may be denied --------------------------------------------------------------------------------


def _seekers(asking: _Asking) -> tuple[Passage, Passage]:
    return asking.own, asking.context


def _chargeable(denial: Denial, other: Passage) -> bool:
    """Whether a passage near a bare denial is a charge, or, where an official is disowned, that official's
    words."""
    mine = denial.passage
    after = LONGER if mine.number <= AFTER else AFTER
    if other.number == mine.number or not -BEFORE <= other.number - mine.number <= after:
        return False
    if other.party is None and not (denial.sure and 0 < mine.number - other.number <= CLOSE):
        return False
    return denial.disowns or (charges(other) and not other.stance & UNDISPUTED)


def _said_by(shelf: Shelf, passage: Passage, parties: frozenset[str]) -> bool:
    mine = [each for each in (passage.party, passage.speaker) if each]
    return any(akin(shelf, each, party) for each in mine for party in sorted(parties))


def _sure_enough(denial: Denial, met: Meeting, cover: float) -> bool:
    """Whether what a report tells in its own voice, and what is told of harm, shares more than a word by
    chance."""
    if denial.passage.types & HARM and not (met.notions or met.words > 1 or met.incident):
        return False
    return met.other.party is not None or met.types or (met.words > 1 and cover >= COVERED)


def _same_telling(denial: Denial, met: Meeting) -> bool:
    """Whether a passage tells what a negated telling negates: one of its first words, and an event of its
    type."""
    mine = denial.passage
    types = {claim.type for claim in mine.claims if claim.polarity == "denied"}
    if types and not types & met.other.types:
        return False
    if mine.types & HARM and not (met.notions or met.words > 1 or met.incident):
        return False
    if denial.head and not denial.head & met.other.words:
        return False
    if met.other.party is not None:
        return True
    harm = bool(met.other.types & HARM)
    return harm and (bool(mine.types & HARM) or (met.places and met.notions > 0))


def _answers_charge(denial: Denial, met: Meeting) -> bool:
    """Whether a negated telling follows at once on a charge that another makes, or "no risk" on a fear."""
    mine, other = denial.passage, met.other
    if not met.next or other.number > mine.number or mine.party is None or other.statement is None:
        return False
    feared = pattern("denial", "feared").search(other.text)
    if feared and pattern("denial", "no_danger").search(denial.clause):
        return True
    return "accuses" in other.stance and other.party is not None and bool(denial.words)


def one_deed(shelf: Shelf, denial: Denial, other: Passage) -> bool:
    """Whether a passage may tell of the deed that is denied: not where it names another doer, nor tells of
    something done where only a plan is denied, nor, where one denies having done it, without naming anybody.
    """
    mine = denial.passage
    meant = pattern("denial", "meant")
    if meant.search(denial.clause) and not (meant.search(other.content) and charges(other)):
        return False
    denied = [actor for claim in mine.claims if claim.type in HARM for actor in claim.actors]
    own = [a for a in denied if OWN.match(a.name) or shelf.principal(shelf.actor(mine.page, a)) == mine.party]
    said = named_doers(shelf, mine.page, tuple(each for each in denied if each not in own))
    if mine.party and (own or (not denied and mine.types & HARM)):
        said.append(mine.party)
    if not said:
        return True
    told = doers(other)
    named = named_doers(shelf, other.page, told)
    if not named:
        return bool(told) or bool(other.named & frozenset(said))
    return any(one_camp(shelf, a, b) is not False for a in said for b in named)


def _says_no(passage: Passage) -> bool:
    """Whether a passage itself tells that something was not so."""
    affirmed = any(c.polarity == "affirmed" and c.type in HARM for c in passage.claims)
    return not affirmed and pattern("denial", "negation").search(passage.text) is not None


def _elsewhere(mine: Passage, met: Meeting) -> bool:
    """Whether both name places and none that is the same, without being one incident."""
    return bool(mine.places and met.other.places and not met.places and not met.incident and not met.beside)


def another_side(shelf: Shelf, denial: Denial, other: Passage) -> bool:
    """Whether a passage is another side's than the denial's."""
    mine = denial.passage
    if other.statement and mine.statement and other.statement.id == mine.statement.id:
        return False
    if denial.disowns and other.party is not None:
        return other.speaker != mine.speaker
    if other.voice == mine.voice:
        return False
    if other.party is None:
        return True
    return mine.party is None or one_camp(shelf, mine.party, other.party) is not True


def accuses(shelf: Shelf, passage: Passage, party: str | None) -> bool:
    """Whether a passage names a party as who did something, or at all."""
    if party is None:
        return False
    blamed = [a for c in passage.claims for a in (c.recipients if c.type == "ACCUSE" else c.actors)]
    named = {shelf.principal(shelf.actor(passage.page, each)) for each in blamed} | set(passage.named)
    return any(akin(shelf, party, each) for each in named)
