"""The questions that claims answer: did it happen, who did it, when, where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Set
from functools import partial
from itertools import combinations
from math import asin, cos, radians, sin, sqrt

from standoff.model import Claim
from standoff.model.derived import QuestionKind
from standoff.model.spans import overlap
from standoff.reconcile.accounts import Teller, Told
from standoff.reconcile.answers.access import let_through
from standoff.reconcile.answers.akin import akin, named_doers, one_camp
from standoff.reconcile.answers.opposed import Answer, Meets, ask
from standoff.reconcile.answers.times import about_one_time, factual_in, incident_of, windows
from standoff.reconcile.decisions import Decisions
from standoff.reconcile.figures.questions import Open
from standoff.reconcile.matter import stems
from standoff.reconcile.moments import precision
from standoff.reconcile.shelf import Page, Shelf
from standoff.reconcile.wording import answer_words, definite, event_words, phrase, say

HARMFUL = frozenset({"ASSAULT", "COERCE", "PROTEST", "SANCTION", "MOBILIZE", "THREATEN"})
EARTH_KM = 6371.0


# -- did it happen -----------------------------------------------------------------------------------


def occurrence_questions(
    shelf: Shelf, teller: Teller, decisions: Decisions, covered: Set[str] = frozenset()
) -> list[Open]:
    """Did it happen? Only where somebody denies it: every denial with the claims it may deny. ``covered`` are
    statements whose denial stands elsewhere."""
    answers = [
        answer
        for page in shelf.pages
        for claim, answer in shelf.of_page(page, "occurrences", partial(_occurrences, shelf, teller, page))
        if claim.polarity == "affirmed" or claim.statement not in covered
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


def _occurrences(shelf: Shelf, teller: Teller, page: Page) -> list[tuple[Claim, Answer]]:
    told = ((claim, _occurrence(shelf, teller, page, claim)) for claim in factual_in(page))
    return [(claim, answer) for claim, answer in told if answer]


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
    incident = next((found for each in members if (found := incident_of(shelf, each))), None)
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
    answers = [
        answer
        for page in shelf.pages
        for answer in shelf.each_of_page(page, "actors", partial(_actors, shelf, teller, page))
    ]
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


def _actors(shelf: Shelf, teller: Teller, page: Page) -> Iterator[Answer]:
    for claim in factual_in(page):
        incident = shelf.incident(claim.id, claim.incident)
        if incident is None or claim.type not in HARMFUL or claim.polarity == "denied":
            continue
        named = named_doers(shelf, page, claim.actors)
        if not named:
            continue
        actor = named[0]
        told = teller.of_claim(page, claim, shelf.name(actor, claim.actors[0].name), "actor")
        if told:
            yield Answer(told, actor, (f"incident:{incident}:{claim.type}",))


def _one_target(shelf: Shelf, a: Answer, b: Answer) -> bool:
    """Whether two doers did it to the same: what each side does to the other is two deeds."""
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
    answers = [
        answer
        for page in shelf.pages
        for answer in shelf.each_of_page(page, "times", partial(_times, shelf, teller, page))
    ]
    return _contested("time", answers, lambda members: _event_sentence(shelf, members, "time"), decisions)


def _times(shelf: Shelf, teller: Teller, page: Page) -> Iterator[Answer]:
    for claim in factual_in(page):
        incident = shelf.incident(claim.id, claim.incident)
        dated = claim.when and claim.polarity == "affirmed" and precision(claim.when) == "day"
        if incident is None or claim.when is None or not dated or _of_telling(page, claim):
            continue
        told = teller.of_claim(page, claim, claim.when, "time")
        day = claim.when.rstrip("~?%").partition("T")[0]
        if told:
            yield Answer(told, day, (f"{incident}:{claim.type}:{claim.mode}",))


def _of_telling(page: Page, claim: Claim) -> bool:
    """Whether the words of a claim hold those of a telling, whose day its own may be ("... told X on
    Friday")."""
    cues = [span for each in page.reading.statements if each.voice == "source" for span in each.cue]
    return any(overlap(span, cue) for span in claim.evidence for cue in cues)


def place_questions(shelf: Shelf, teller: Teller, decisions: Decisions) -> list[Open]:
    """Where was it? Asked where claims of one incident name places too far apart to be one."""
    answers = [
        answer
        for page in shelf.pages
        for answer in shelf.each_of_page(page, "where", partial(_places, shelf, teller, page))
    ]
    return _contested(
        "place",
        answers,
        lambda members: _event_sentence(shelf, members, "place"),
        decisions,
        lambda a, b: far_apart(shelf, a.value, b.value),
    )


def _places(shelf: Shelf, teller: Teller, page: Page) -> Iterator[Answer]:
    for claim in factual_in(page):
        incident = shelf.incident(claim.id, claim.incident)
        places = [found for each in claim.places if (found := shelf.place(page, each)) in shelf.places]
        if incident and len(places) == 1 and places[0] and claim.polarity == "affirmed":
            told = teller.of_claim(page, claim, shelf.places[places[0]].name, "place")
            if told:
                yield Answer(told, places[0], (f"{incident}:{claim.type}:{claim.mode}",))


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
