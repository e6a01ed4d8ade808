"""Is it so? Every denial set against what it denies (see `matching`), in neither side's terms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from standoff.model import Actor, Claim
from standoff.model.derived import QuestionKind
from standoff.reconcile.accounts import Teller
from standoff.reconcile.answers.access import let_through
from standoff.reconcile.answers.akin import akin, named_doers, one_camp
from standoff.reconcile.answers.deeds import OWN, deed_questions
from standoff.reconcile.answers.denials import HARM
from standoff.reconcile.answers.matching import doers, match_denials
from standoff.reconcile.answers.opposed import Answer, ask
from standoff.reconcile.answers.passages import Passage, tell
from standoff.reconcile.answers.thrown import Matched
from standoff.reconcile.answers.topics import occurrence_questions
from standoff.reconcile.decisions import Decisions
from standoff.reconcile.figures.questions import Open
from standoff.reconcile.matter import Weights
from standoff.reconcile.shelf import Shelf
from standoff.reconcile.wording import answer_words, definite, event_words, phrase, say

KINDS: tuple[QuestionKind, ...] = ("access", "actor", "occurrence")
TOLD_OF = HARM | {"MOVE", "RETREAT"}
"""Types of events that a question can name in neither side's terms."""


def contested_questions(shelf: Shelf, teller: Teller, decisions: Decisions, weights: Weights) -> list[Open]:
    """Questions whose two sides are a denial and what it denies; then what single claims deny beside."""
    matched = match_denials(shelf, weights)
    kinds = _kinds(shelf, matched)
    found = [
        each
        for kind in KINDS
        for each in _asked(
            shelf, teller, [m for m, k in zip(matched, kinds, strict=True) if k == kind], kind, decisions
        )
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


def kind_of(shelf: Shelf, matched: Matched) -> QuestionKind:
    """Who denies having done what is laid at its door does not deny that it was done (decision 5)."""
    mine = matched.denial.passage
    told = [claim for each in matched.against for claim in each.claims]
    if _passing(mine.claims) and _passing(told):
        return "access"
    if not matched.denial.sure and not mine.types & HARM:
        return "occurrence"
    if _own_deed(shelf, mine) or any(_blamed(shelf, each, mine.party) for each in matched.against):
        return "actor"
    return "occurrence"


def _own_deed(shelf: Shelf, denial: Passage) -> bool:
    """Whether what is denied is that the denier itself did it ("denied that its forces shelled the town")."""
    return any(
        OWN.match(actor.name) or shelf.principal(shelf.actor(denial.page, actor)) == denial.party
        for claim in denial.claims
        if claim.type in HARM
        for actor in claim.actors
    )


def _kinds(shelf: Shelf, matched: list[Matched]) -> list[QuestionKind]:
    """Kinds of the denials; those of one passage are of one kind, the plainest of theirs (in the order of
    `KINDS`)."""
    first: dict[str, int] = {}
    group = list(range(len(matched)))

    def root(n: int) -> int:
        while group[n] != n:
            n = group[n]
        return n

    for n, each in enumerate(matched):
        for passage in each.against:
            one, other = sorted((root(n), root(first.setdefault(passage.key, n))))
            group[other] = one
    kinds: dict[int, QuestionKind] = {}
    for n, each in enumerate(matched):
        mine = kind_of(shelf, each)
        kinds[root(n)] = min(kinds.get(root(n), mine), mine, key=KINDS.index)
    return [kinds[root(n)] for n in range(len(matched))]


def _passing(claims: Iterable[Claim]) -> bool:
    return any(let_through(claim) is not None for claim in claims)


def _blamed(shelf: Shelf, passage: Passage, party: str | None) -> list[str]:
    """Who a passage says did harm, where that may be the party that denies."""
    named = named_doers(shelf, passage.page, doers(passage))
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
        lambda members: _words(
            shelf, [by_block[b] for m in members for b in m.blocks if b in by_block], kind
        ),
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
        return _access_words(matched), None
    claim = next((each for each in _told(matched) if each.type in TOLD_OF), None)
    if claim is None:
        return _so_said(shelf, matched[0]), None
    incident = shelf.incident(claim.id, claim.incident)
    known = shelf.incidents.get(incident or "")
    target = _name(claim.targets) if claim.type in HARM else None
    parts = {
        "event": event_words(claim.type, claim.mode),
        "on": phrase("on", target=definite(target) if target else None),
        "where": phrase("where", place=shelf.place_name(None, known.place) if known else None),
        "when": "",
    }
    denying = matched[0].denial.passage.party
    laid = [party for each in matched for told in each.against for party in _blamed(shelf, told, denying)]
    party = next(iter(laid), denying)
    if kind == "actor" and party:
        return say(
            "questions", "occurrence_by", actor=definite(_called(shelf, matched, party)), **parts
        ), incident
    return say("questions", "occurrence", **parts), incident


def _called(shelf: Shelf, matched: list[Matched], party: str) -> str:
    """A party's name: its referent's, else as a claim that lays the deed at its door names it."""
    if party in shelf.parties:
        return shelf.name(party)
    for each in matched:
        for told in each.against:
            for actor in doers(told):
                if shelf.principal(shelf.actor(told.page, actor)) == party:
                    return actor.name
    return shelf.name(party)


def _access_words(matched: list[Matched]) -> str:
    claim = next(each for each in _told(matched) if let_through(each) is not None)
    to = _name(claim.recipients or claim.targets)
    return (
        say("questions", "access_to", recipient=definite(to)) if to else say("questions", "access", where="")
    )


def _told(matched: list[Matched]) -> Iterator[Claim]:
    """Claims of what was denied, those of the denial first."""
    for each in matched:
        for passage in (each.denial.passage, *each.against):
            yield from (claim for claim in passage.claims if claim.type != "ACCUSE")


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
