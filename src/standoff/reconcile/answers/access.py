"""Is aid let through? Claims of passing and blocking, whose answers may change over time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from standoff.model import Claim
from standoff.reconcile.accounts import Teller
from standoff.reconcile.answers.opposed import Answer, ask
from standoff.reconcile.answers.times import about_one_time, factual_in, incident_of, windows
from standoff.reconcile.decisions import Decisions
from standoff.reconcile.figures.questions import Open
from standoff.reconcile.shelf import Page, Shelf
from standoff.reconcile.wording import answer_words, definite, phrase, say

BLOCKING = frozenset({"restrict", "withhold"})


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
    return [
        each
        for page in shelf.pages
        for each in shelf.each_of_page(page, "access", partial(_in_page, shelf, teller, page))
    ]


def _in_page(shelf: Shelf, teller: Teller, page: Page) -> Iterator[Answer]:
    for claim in factual_in(page):
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
            yield Answer(told, "yes" if passes else "no", tuple(dict.fromkeys(blocks)))


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
    incident = next((found for each in members if (found := incident_of(shelf, each))), None)
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
