"""The questions that claims answer: is aid let through, did it happen, who did it, when, where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Set
from functools import cache
from itertools import combinations
from math import asin, cos, radians, sin, sqrt
from typing import Any

from standoff import vocab
from standoff.model import Claim
from standoff.model.derived import QuestionKind
from standoff.model.when import parse_when
from standoff.reconcile.accounts import Teller, Told, each_claim
from standoff.reconcile.answers.akin import akin, named_doers, one_camp
from standoff.reconcile.answers.matter import stems
from standoff.reconcile.answers.opposed import Answer, Meets, ask
from standoff.reconcile.decisions import Decisions
from standoff.reconcile.figures.questions import Open
from standoff.reconcile.moments import days_apart, precision
from standoff.reconcile.shelf import Page, Shelf
from standoff.reconcile.wording import answer_words, definite, event_words, phrase, say

HARMFUL = frozenset({"ASSAULT", "COERCE", "PROTEST", "SANCTION", "MOBILIZE", "THREATEN"})
BLOCKING = frozenset({"restrict", "withhold"})
EARTH_KM = 6371.0


@cache
def windows() -> dict[str, Any]:
    """Days within which undated answers may be about one state of affairs."""
    found: dict[str, Any] = vocab.load("aggregation_rules")["windows"]
    return found


def about_one_time(a: Answer, b: Answer, within: int) -> bool:
    """Whether two answers may speak of one time: by dates that meet, else by days between tellings."""
    mine, theirs = parse_when(a.told.account.as_of), parse_when(b.told.account.as_of)
    if mine and theirs:
        return mine.may_meet(theirs)
    apart = days_apart(a.told.day, b.told.day)
    return apart is None or apart <= within


def factual(shelf: Shelf) -> Iterator[tuple[Page, Claim]]:
    """Claims of what is or was, with the page each stands on."""
    return ((page, claim) for page, claim in each_claim(shelf) if claim.modality == "actual")


# -- access ------------------------------------------------------------------------------------------


def let_through(claim: Claim) -> bool | None:
    """Whether a claim says that aid passes (True), that it is blocked (False), or neither (None)."""
    mode = (claim.mode or "").casefold()
    if claim.type == "AID" or (claim.type == "RETREAT" and mode == "access"):
        passes = True
    elif claim.type == "COERCE" and mode in BLOCKING:
        passes = False
    else:
        return None
    return passes if claim.polarity == "affirmed" else not passes


def access_answers(shelf: Shelf, teller: Teller) -> list[Answer]:
    """Every claim that aid is let through or blocked, blocked by who decides, whom it is for, and where."""
    found = []
    for page, claim in factual(shelf):
        passes = let_through(claim)
        if passes is None:
            continue
        told = teller.of_claim(page, claim, answer_words("let_through" if passes else "blocked"), "access")
        if told is None:
            continue
        deciding = shelf.actors(page, claim.actors)
        # A speaker who names nobody speaks of what its own side does ("we let trucks through").
        deciding = deciding or ((told.principal,) if told.principal else ())
        blocks = [f"by:{each}" for each in deciding]
        blocks += [f"for:{each}" for each in shelf.actors(page, claim.recipients or claim.targets)]
        blocks += [f"at:{place}" for each in claim.places if (place := shelf.place(page, each))]
        if blocks:
            found.append(Answer(told, "yes" if passes else "no", tuple(dict.fromkeys(blocks))))
    return found


def access_questions(shelf: Shelf, teller: Teller, decisions: Decisions) -> list[Open]:
    """Is aid let through? Answers may change over time, so only answers about one time clash."""
    within = windows()["access_days"]
    return ask(
        "access",
        access_answers(shelf, teller),
        lambda members: _access_words(shelf, members),
        lambda a, b: about_one_time(a, b, within),
        decisions,
        changes=True,
    )


def _access_words(shelf: Shelf, members: list[Answer]) -> tuple[str, str | None]:
    incident = next((found for each in members if (found := _incident(shelf, each))), None)
    for prefix, key, part in (("for:", "access_to", "recipient"), ("by:", "access_by", "actor")):
        shared = _most_shared(members, prefix)
        if shared:
            return say("questions", key, **{part: _party_words(shelf, members, shared)}), incident
    place = next((each.told.claim.places for each in members if each.told.claim), ())
    where = shelf.place_name(members[0].told.page, place[0]) if place else None
    return say("questions", "access", where=phrase("where", place=where)), incident


def _most_shared(members: list[Answer], prefix: str) -> str | None:
    """The party that most answers have in common; the one told first on a tie."""
    counts: dict[str, int] = defaultdict(int)
    for answer in members:
        for block in answer.blocks:
            if block.startswith(prefix):
                counts[block.removeprefix(prefix)] += 1
    return max(counts, key=lambda each: counts[each]) if counts else None


def _party_words(shelf: Shelf, members: list[Answer], party: str) -> str:
    """A party's name: its referent's, else as the first claim that has it names it."""
    if party in shelf.parties:
        return definite(shelf.name(party))
    for answer in members:
        claim, page = answer.told.claim, answer.told.page
        if claim:
            for actor in (*claim.actors, *claim.recipients, *claim.targets):
                if shelf.principal(shelf.actor(page, actor)) == party:
                    return definite(actor.name)
    return party


def _incident(shelf: Shelf, answer: Answer) -> str | None:
    claim = answer.told.claim
    return shelf.incident(claim.id, claim.incident) if claim else None


# -- did it happen -----------------------------------------------------------------------------------


def occurrence_questions(
    shelf: Shelf, teller: Teller, decisions: Decisions, covered: Set[str] = frozenset()
) -> list[Open]:
    """Did it happen? Only where somebody denies it: every denial with the claims it may deny. ``covered`` are
    statements whose denial stands elsewhere."""
    answers = [
        answer
        for page, claim in factual(shelf)
        if claim.polarity == "affirmed" or claim.statement not in covered
        if (answer := _occurrence(shelf, teller, page, claim))
    ]
    denied = {block for answer in answers if answer.value == "no" for block in answer.blocks}
    kept = [answer for answer in answers if denied.intersection(answer.blocks)]
    within = windows()["blame_days"]
    found = ask(
        "occurrence",
        kept,
        lambda members: _event_sentence(shelf, members, "occurrence"),
        lambda a, b: about_one_time(a, b, within),
        decisions,
    )
    return [each for each in found if each.linked.against or any(is_denial(told) for told in each.told)]


def is_denial(told: Told) -> bool:
    """Whether an account denies something that somebody must have said: its statement's stance says so."""
    if told.own or not told.negated:
        return False
    statement = told.page.statements.get(told.account.statement or "")
    return statement is not None and any(each.startswith("den") for each in statement.stance)


def happening(claim: Claim) -> bool:
    """Whether a claim tells of something done, rather than of what is said, agreed or the case."""
    told = claim.type in {"ACCUSE", "SUPPORT", "REJECT", "TERM", "STATE"}
    return not told and let_through(claim) is None


def _occurrence(shelf: Shelf, teller: Teller, page: Page, claim: Claim) -> Answer | None:
    denied = claim.polarity == "denied"
    if not happening(claim):
        return None
    told = teller.of_claim(page, claim, answer_words("denied" if denied else "affirmed"), "occurrence")
    if told is None or (denied and claim.actors and not told.own):
        return None  # who denies that a named party did it does not deny that it was done: see `deeds`
    return Answer(told, "no" if denied else "yes", _event_blocks(shelf, page, claim))


def _event_blocks(shelf: Shelf, page: Page, claim: Claim) -> tuple[str, ...]:
    """What a denial and what it denies have in common: the incident and type; the claim denied; or the
    same act by the same party on the same party."""
    blocks = [f"claim:{page.report.id}:{claim.of or claim.id}"]
    incident = shelf.incident(claim.id, claim.incident)
    if incident:
        blocks.append(f"incident:{incident}:{claim.type}")
    actors = shelf.actors(page, claim.actors)
    targets = shelf.actors(page, (*claim.targets, *claim.recipients))
    blocks += [f"act:{claim.type}:{actor}:{target}" for actor in actors for target in targets]
    return tuple(dict.fromkeys(blocks))


def _event_sentence(shelf: Shelf, members: list[Answer], key: str) -> tuple[str, str | None]:
    """A question about an event: of its incident when known, else in the words of the first claim."""
    first = members[0].told
    claim = first.claim
    assert claim is not None
    incident = next((found for each in members if (found := _incident(shelf, each))), None)
    known = shelf.incidents.get(incident or "")
    target = known.targets[0] if known and known.targets else None
    named = shelf.name(target) if target else next((each.name for each in claim.targets), None)
    place = known.place if known else next(iter(claim.places), None)
    parts = {
        "event": event_words(known.type if known else claim.type, known.mode if known else claim.mode),
        "on": phrase("on", target=definite(named) if named else None),
        "where": phrase("where", place=shelf.place_name(first.page, place)),
        "when": phrase("when", when=known.when if known else claim.when),
    }
    if key == "occurrence" and not known and claim.actors:
        return say("questions", "occurrence_by", actor=claim.actors[0].name, **parts), incident
    return say("questions", key, **parts), incident


# -- who, when, where: within one incident ------------------------------------------------------------


def actor_questions(shelf: Shelf, teller: Teller, decisions: Decisions) -> list[Open]:
    """Who did it? Asked where claims of one incident name different doers."""
    answers = []
    for page, claim in factual(shelf):
        incident = shelf.incident(claim.id, claim.incident)
        if incident is None or claim.type not in HARMFUL or claim.polarity == "denied":
            continue
        named = named_doers(shelf, page, claim.actors)
        if not named:
            continue
        actor = named[0]
        told = teller.of_claim(page, claim, shelf.name(actor, claim.actors[0].name), "actor")
        if told:
            answers.append(Answer(told, actor, (f"incident:{incident}:{claim.type}",)))
    joint = _named_by_one(answers)
    return _contested(
        "actor",
        answers,
        lambda members: _event_sentence(shelf, members, "actor"),
        decisions,
        lambda a, b: (
            frozenset((a.value, b.value)) not in joint
            and one_camp(shelf, a.value, b.value) is not True
            and _one_target(shelf, a, b)
            and (_laid_at(shelf, a, b) or _laid_at(shelf, b, a))
        ),
    )


def _one_target(shelf: Shelf, a: Answer, b: Answer) -> bool:
    """Whether two doers are said to have done it to the same: what each side does to the other is two deeds."""
    one, two = _suffered(a), _suffered(b)
    if not one or not two:
        return False
    return bool(one & two)


def _suffered(answer: Answer) -> frozenset[str]:
    claim = answer.told.claim
    return frozenset(word for each in claim.targets for word in stems(each.name)) if claim else frozenset()


def _laid_at(shelf: Shelf, a: Answer, b: Answer) -> bool:
    """Whether a deed is laid at a door on purpose: at the other teller's, or in words that accuse or deny.

    Reports of one day's fighting name many doers of many deeds; those are no answers to one question.
    """
    other = b.told.principal
    if other is not None and akin(shelf, other, a.value):
        return True
    statement = a.told.page.statements.get(a.told.account.statement or "")
    return statement is not None and bool({"accuses", "denies"} & set(statement.stance))


def _named_by_one(answers: list[Answer]) -> set[frozenset[str]]:
    """Doers that one source names for one incident: they acted together, or one is part of the other."""
    named: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for answer in answers:
        named[answer.told.key, answer.blocks[0]][answer.value] = None
    return {frozenset(pair) for doers in named.values() for pair in combinations(doers, 2)}


def time_questions(shelf: Shelf, teller: Teller, decisions: Decisions) -> list[Open]:
    """When was it? Asked where claims of one incident name days that do not meet."""
    answers = []
    for page, claim in factual(shelf):
        incident = shelf.incident(claim.id, claim.incident)
        if incident and claim.when and claim.polarity == "affirmed" and precision(claim.when) == "day":
            told = teller.of_claim(page, claim, claim.when, "time")
            day = claim.when.rstrip("~?%").partition("T")[0]
            if told:
                answers.append(Answer(told, day, (f"{incident}:{claim.type}:{claim.mode}",)))
    return _contested("time", answers, lambda members: _event_sentence(shelf, members, "time"), decisions)


def place_questions(shelf: Shelf, teller: Teller, decisions: Decisions) -> list[Open]:
    """Where was it? Asked where claims of one incident name places too far apart to be one."""
    answers = []
    for page, claim in factual(shelf):
        incident = shelf.incident(claim.id, claim.incident)
        places = [found for each in claim.places if (found := shelf.place(page, each)) in shelf.places]
        if incident and len(places) == 1 and places[0] and claim.polarity == "affirmed":
            told = teller.of_claim(page, claim, shelf.places[places[0]].name, "place")
            if told:
                answers.append(Answer(told, places[0], (f"{incident}:{claim.type}:{claim.mode}",)))
    return _contested(
        "place",
        answers,
        lambda members: _event_sentence(shelf, members, "place"),
        decisions,
        lambda a, b: far_apart(shelf, a.value, b.value),
    )


def far_apart(shelf: Shelf, a: str, b: str) -> bool:
    """Whether two places cannot be one: further apart than both their radii and 5 km together."""
    one, two = shelf.places[a], shelf.places[b]
    if one.lat is None or one.lon is None or two.lat is None or two.lon is None:
        return False
    lat_a, lat_b, d_lon = radians(one.lat), radians(two.lat), radians(two.lon - one.lon)
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin(d_lon / 2) ** 2
    distance = 2 * EARTH_KM * asin(min(1.0, sqrt(half)))
    return distance > (one.radius_km or 50.0) + (two.radius_km or 50.0) + 5


def _contested(
    kind: QuestionKind,
    answers: Iterable[Answer],
    words: Callable[[list[Answer]], tuple[str, str | None]],
    decisions: Decisions,
    meets: Meets = lambda _a, _b: True,
) -> list[Open]:
    """Questions of a kind that are worth asking: at least two answers that clash."""
    by_block: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        by_block[answer.blocks[0]].append(answer)
    several = [
        each for members in by_block.values() if len({a.value for a in members}) > 1 for each in members
    ]
    return [each for each in ask(kind, several, words, meets, decisions) if each.linked.against]
