"""Is it so? Every denial set against what it denies, however few words the two share.

A denial that says what it denies is compared with other parties' passages by words, incident, place and who is accused
(see `denials`). One that only judges ("a lie") is set against the nearest thing said before it in its report against
the one who denies, or against the words of whom it names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from standoff.model import Actor, Claim
from standoff.model.derived import QuestionKind
from standoff.reconcile.accounts import Teller
from standoff.reconcile.answers.akin import akin, named_doers, one_camp
from standoff.reconcile.answers.deeds import OWN, deed_questions
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
from standoff.reconcile.answers.matter import pattern
from standoff.reconcile.answers.near import Meeting, Near
from standoff.reconcile.answers.opposed import Answer, ask
from standoff.reconcile.answers.passages import Passage, tell, weights_of
from standoff.reconcile.answers.thrown import Matched, thrown_out
from standoff.reconcile.answers.topics import let_through, occurrence_questions
from standoff.reconcile.decisions import Decisions
from standoff.reconcile.figures.questions import Open
from standoff.reconcile.shelf import Shelf
from standoff.reconcile.wording import answer_words, definite, event_words, phrase, say

BEFORE, AFTER, LONGER = 4, 2, 6
"""How many passages before and after it a bare denial may point at; the longer where a report begins with it."""
FORTNIGHT = 14
DAY = 1
KEPT = 8
"""How many passages a denial is set against."""
PART_OF_BEST = 0.55
LEAD, LEAD_WORDS = 2, 2
"""How many passages before a denial lead up to it, and how many words these must share with what it denies."""


def contested_questions(
    shelf: Shelf, teller: Teller, decisions: Decisions, passages: list[Passage]
) -> list[Open]:
    """Questions whose two sides are a denial and what it denies; then what single claims deny beside these."""
    matched = match_denials(shelf, passages)
    kinds: tuple[QuestionKind, ...] = ("actor", "occurrence", "access")
    found = [
        each
        for kind in kinds
        for each in _asked(shelf, teller, [m for m in matched if kind_of(shelf, m) == kind], kind, decisions)
    ]
    covered = denying_statements(found)
    found += deed_questions(shelf, teller, decisions, covered)
    return found + occurrence_questions(shelf, teller, decisions, covered)


def denying_statements(found: list[Open]) -> set[str]:
    """Ids of statements whose denial already stands against what it denies."""
    return {
        told.account.statement
        for each in found
        for pair in each.linked.against
        for told in pair
        if told.negated and told.account.statement
    }


def match_denials(shelf: Shelf, passages: list[Passage]) -> list[Matched]:
    """Every denial with what it denies, in the order of pages and text; those that deny nothing told are left out."""
    thrown = thrown_out(shelf, passages)
    hosts = {(each.page.report.id, each.host) for each in passages if each.retold and find_denial(each)}
    hosts |= {(each.denial.passage.page.report.id, each.denial.passage.host) for each in thrown}
    passages = [each for each in passages if each.retold or (each.page.report.id, each.span) not in hosts]
    denials = {each.key: found for each in passages if (found := find_denial(each))}
    near = Near([each for each in passages if each.retold is None], weights_of(passages))
    pages: dict[str, list[Passage]] = defaultdict(list)
    for each in passages:
        pages[each.page.report.id].append(each)
    matched = []
    for denial in denials.values():
        page = pages[denial.passage.page.report.id]
        against = _pointed_at(shelf, denial, page, denials) if denial.bare or denial.of else ()
        if not against and not denial.bare:
            against = _denied(shelf, denial, near, denials)
        if not against and denial.sure:
            against = _from_context(shelf, denial, page, near, denials)
        if against:
            matched.append(Matched(denial, against))
    return matched + thrown


# -- what a denial denies ----------------------------------------------------------------------------


def _pointed_at(
    shelf: Shelf, denial: Denial, page: list[Passage], denials: dict[str, Denial]
) -> tuple[Passage, ...]:
    """What a bare denial points at: the words of whom it names, else the nearest charge against who denies."""
    mine = denial.passage
    told = [
        each
        for each in page
        if each.key not in denials and not each.retold and each.span != mine.host
        and (denial.points or _another(shelf, denial, each))
    ]  # fmt: skip
    if pattern("denial", "short").search(mine.content):
        before = [each for each in told if each.number < mine.number and each.party]
        return tuple(before[-1:]) if before and mine.number - before[-1].number <= 2 else ()
    if denial.of:
        named = [each for each in told if each.party and _said_by(shelf, each, denial.of)]
        charged = [each for each in named if charges(each)] or named
        nearest = min(charged, key=lambda each: abs(each.number - mine.number), default=None)
        if nearest is not None:
            return (nearest,)
        if not denial.bare:
            return ()
    after = LONGER if mine.number <= AFTER else AFTER
    near = [
        each
        for each in told
        if (each.party or (denial.sure and 0 < mine.number - each.number <= 2))
        and -BEFORE <= each.number - mine.number <= after and each.number != mine.number
        and (charges(each) or denial.disowns) and (denial.disowns or not each.stance & {"endorses", "commits", "demands"})
    ]  # fmt: skip
    best = min(
        near,
        key=lambda each: (
            not _accuses(shelf, each, mine.party),
            abs(each.number - mine.number) + (each.number > mine.number),
        ),
        default=None,
    )
    return (best,) if best else ()


def _said_by(shelf: Shelf, passage: Passage, parties: frozenset[str]) -> bool:
    mine = [each for each in (passage.party, passage.speaker) if each]
    return any(akin(shelf, each, party) for each in mine for party in sorted(parties))


def _denied(shelf: Shelf, denial: Denial, near: Near, denials: dict[str, Denial]) -> tuple[Passage, ...]:
    """What a denial with words of its own denies: the passages that have most in common with it."""
    mine = denial.passage
    lasting = denial.sure or not mine.types & CHANGING

    def keep(other: Passage) -> bool:
        if other.key in denials or not _another(shelf, denial, other):
            return False
        return not _says_no(other) and not pattern("denial", "silent").search(f"{other.cue} {other.text}")

    types = {c.type for c in mine.claims if c.polarity == "denied"}
    found = []
    for met in near.of(replace(mine, words=denial.words), FORTNIGHT if lasting else DAY, keep):
        if not denial.sure and types and not types & met.other.types:
            continue
        if mine.types & HARM and not _answers_charge(shelf, denial, met) and not (met.notions or met.words > 1 or met.incident):
            continue
        if denial.head and not denial.head & met.other.words and not _answers_charge(shelf, denial, met):
            continue
        if met.other.party is None and denial.sure and not (met.types or (met.words > 1 and met.cover >= COVERED)):
            continue
        if not denial.sure and met.other.party is None and not _harm_there(mine, met):
            continue
        worth = score(denial, met, _accuses(shelf, met.other, mine.party))
        needed = NEEDED[denial.sure]
        if not denial.sure and _answers_charge(shelf, denial, met):
            worth = max(worth, needed)
        if worth >= needed and not _elsewhere(mine, met) and _one_deed(shelf, denial, met.other):
            found.append((worth, met.other))
    best = max((worth for worth, _ in found), default=0.0)
    kept = [each for worth, each in found if worth >= PART_OF_BEST * best]
    return tuple(kept[:KEPT])


def _harm_there(mine: Passage, met: Meeting) -> bool:
    """Whether both tell of harm, or of one place where the other tells of it."""
    harm = bool(met.other.types & HARM)
    return harm and (bool(mine.types & HARM) or (met.places and met.notions > 0))


def _answers_charge(shelf: Shelf, denial: Denial, met: Meeting) -> bool:
    """Whether a negated telling follows at once on a charge that another makes."""
    mine, other = denial.passage, met.other
    follows = met.next and other.number < mine.number and mine.party is not None and other.statement is not None
    if not follows or not denial.words:
        return False
    feared = pattern("denial", "no_danger").search(denial.clause) and pattern("denial", "feared").search(other.text)
    return bool(feared) or ("accuses" in other.stance and other.party is not None)


def _one_deed(shelf: Shelf, denial: Denial, other: Passage) -> bool:
    """Whether a passage may tell of the deed that is denied: not where it names another doer, nor tells of something
    done where only a plan is denied, nor, where one denies having done it, without naming anybody."""
    mine = denial.passage
    meant = pattern("denial", "meant")
    if meant.search(denial.clause) and not (meant.search(other.content) and charges(other)):
        return False
    denied = [a for c in mine.claims if c.type in HARM for a in c.actors]
    own = [a for a in denied if OWN.match(a.name) or shelf.principal(shelf.actor(mine.page, a)) == mine.party]
    doers = named_doers(shelf, mine.page, tuple(each for each in denied if each not in own))
    if mine.party and (own or (not denied and mine.types & HARM)):
        doers.append(mine.party)
    told = [a for c in other.claims for a in (c.recipients if c.type == "ACCUSE" else c.actors if c.type in HARM else ())]
    named = named_doers(shelf, other.page, tuple(told))
    if not doers:
        return True
    if not named:
        return bool(told) or bool(other.named & frozenset(doers))
    return any(one_camp(shelf, a, b) is not False for a in doers for b in named)


def _from_context(
    shelf: Shelf, denial: Denial, page: list[Passage], near: Near, denials: dict[str, Denial]
) -> tuple[Passage, ...]:
    """What a denial denies whose own words do not say it: the charge in another report that has most in common with
    what is told right before the denial."""
    mine = denial.passage
    before = [each for each in page if 0 < mine.number - each.number <= LEAD and each.voice == mine.voice]
    words = denial.words.union(*(each.words for each in before))
    places = mine.places.union(*(each.places for each in before))
    context = replace(mine, words=words, places=places)

    def keep(other: Passage) -> bool:
        if other.page is mine.page or other.party is None or other.key in denials or not charges(other):
            return False
        return _another(shelf, denial, other) and _one_deed(shelf, denial, other)

    met = [each for each in near.of(context, FORTNIGHT, keep) if each.words >= LEAD_WORDS]
    met = [each for each in met if each.places or each.incident or each.words > LEAD_WORDS + 1]
    return tuple(each.other for each in met[:1])


def _says_no(passage: Passage) -> bool:
    """Whether a passage itself tells that something was not so."""
    affirmed = any(c.polarity == "affirmed" and c.type in HARM for c in passage.claims)
    return not affirmed and pattern("denial", "negation").search(passage.text) is not None


def _elsewhere(mine: Passage, met: Meeting) -> bool:
    """Whether both name places and none that is the same, without being one incident."""
    return bool(mine.places and met.other.places and not met.places and not met.incident and not met.beside)


def _another(shelf: Shelf, denial: Denial, other: Passage) -> bool:
    """Whether a passage is another side's than the denial's."""
    mine = denial.passage
    if other.statement and mine.statement and other.statement.id == mine.statement.id:
        return False
    if other.voice == mine.voice:
        return False
    if other.party is None:
        return True
    if denial.disowns:
        return other.speaker != mine.speaker
    return mine.party is None or one_camp(shelf, mine.party, other.party) is not True


def _accuses(shelf: Shelf, passage: Passage, party: str | None) -> bool:
    """Whether a passage names a party as who did something, or at all."""
    if party is None:
        return False
    doers = [a for c in passage.claims for a in (c.recipients if c.type == "ACCUSE" else c.actors)]
    named = {shelf.principal(shelf.actor(passage.page, each)) for each in doers} | set(passage.named)
    return any(akin(shelf, party, each) for each in named)


# -- questions ---------------------------------------------------------------------------------------


def kind_of(shelf: Shelf, matched: Matched) -> QuestionKind:
    """Who denies having done what is laid at its door does not deny that it was done (decision 5)."""
    mine = matched.denial.passage
    told = [c for each in (mine, *matched.against) for c in each.claims]
    if any(let_through(c) is not None for c in mine.claims) and any(
        let_through(c) is not None for c in told if c not in mine.claims
    ):
        return "access"
    if not matched.denial.sure and not mine.types & HARM:
        return "occurrence"
    return "actor" if any(_doers(shelf, each, mine.party) for each in matched.against) else "occurrence"


def _doers(shelf: Shelf, passage: Passage, party: str | None) -> list[str]:
    """Who a passage says did harm, where that may be the party that denies."""
    laid = [
        (a, passage.page)
        for c in passage.claims
        for a in (c.recipients if c.type == "ACCUSE" else c.actors if c.type in HARM else ())
    ]
    named = [each for a, page in laid for each in named_doers(shelf, page, (a,))]
    return [each for each in named if party and one_camp(shelf, each, party) is not False]


def _asked(
    shelf: Shelf, teller: Teller, matched: list[Matched], kind: QuestionKind, decisions: Decisions
) -> list[Open]:
    denied: dict[str, list[str]] = defaultdict(list)
    passage: dict[str, Passage] = {}
    answers: list[Answer] = []
    for each in matched:
        block = f"denial:{each.denial.passage.key}"
        told = tell(teller, each.denial.passage, answer_words("denied"), kind, denied=True)
        if told is None:
            continue
        same = tuple(_same_words(other) for other in each.against)
        answers.append(Answer(told, "no", (block, *same), each.denial.disowns or each.denial.points))
        for other in each.against:
            passage[other.key] = other
            denied[other.key].append(block)
    for key, blocks in denied.items():
        told = tell(teller, passage[key], answer_words("affirmed"), kind)
        if told:
            answers.append(Answer(told, "yes", (*blocks, _same_words(passage[key]))))
    by_block = {f"denial:{each.denial.passage.key}": each for each in matched}
    found = ask(
        kind,
        answers,
        lambda members: _words(shelf, [by_block[b] for m in members for b in m.blocks if b in by_block], kind),
        lambda _a, _b: True,
        decisions,
    )
    return [each for each in found if each.linked.against]


def _same_words(passage: Passage) -> str:
    """Block of what one party said in the same words in several reports."""
    return f"told:{passage.party}:{' '.join(sorted(passage.words))}"


def _words(shelf: Shelf, matched: list[Matched], kind: QuestionKind) -> tuple[str, str | None]:
    """The question: of the event that both tell of, else of what the one said whom the other denies."""
    if kind == "access":
        claim = next(c for c, _ in _told(matched) if let_through(c) is not None)
        to = _name(claim.recipients or claim.targets)
        if to:
            return say("questions", "access_to", recipient=definite(to)), None
        return say("questions", "access", where=""), None
    for claim, passage in _told(matched):
        if claim.type not in HARM and not (claim.type == "MOVE" or claim.type == "RETREAT"):
            continue
        incident = shelf.incident(claim.id, claim.incident)
        known = shelf.incidents.get(incident or "")
        target = _name(claim.targets)
        parts = {
            "event": event_words(claim.type, claim.mode),
            "on": phrase("on", target=definite(target) if target else None) if claim.type in HARM else "",
            "where": phrase("where", place=shelf.place_name(None, known.place) if known else None),
            "when": "",
        }
        denying = matched[0].denial.passage.party
        laid = [d for m in matched for a in m.against for d in _doers(shelf, a, denying)]
        party = next(iter(laid), denying)
        if kind == "actor" and party:
            return say("questions", "occurrence_by", actor=definite(shelf.name(party)), **parts), incident
        return say("questions", "occurrence", **parts), incident
    return _so_said(shelf, matched[0]), None


def _told(matched: list[Matched]) -> Iterator[tuple[Claim, Passage]]:
    """Claims of what was denied, those of the denial first."""
    for each in matched:
        for passage in (each.denial.passage, *each.against):
            for claim in passage.claims:
                if claim.type != "ACCUSE":
                    yield claim, passage


def _name(actors: tuple[Actor, ...]) -> str | None:
    return next((each.name for each in actors), None)


def _so_said(shelf: Shelf, matched: Matched) -> str:
    first = matched.against[0]
    statement = first.statement
    speaker = first.retold or (statement.party if statement and statement.party else first.page.publisher)
    party = matched.denial.passage.party
    named = party if party and any(akin(shelf, party, each) for each in first.named) else None
    of = phrase("of", party=definite(shelf.name(named)) if named else None)
    return say("questions", "so", source=definite(speaker or say("source", "unclear")), of=of)
