"""Did this party do it? Asked where somebody denies that a named party did what is told of it.

A party that denies having shelled a village does not deny that the village was shelled: those who
only tell of the shelling are no side in this, those who lay it at that party's door are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from functools import partial

from standoff.model import Actor, Claim, Span, Spans
from standoff.reconcile.accounts import Teller, Told
from standoff.reconcile.answers.opposed import Answer, ask
from standoff.reconcile.answers.times import about_one_time, factual_in, windows
from standoff.reconcile.answers.topics import happening, is_denial
from standoff.reconcile.decisions import Decisions
from standoff.reconcile.figures.questions import Open
from standoff.reconcile.shelf import Page, Shelf
from standoff.reconcile.wording import answer_words, definite, event_words, phrase, say

OWN = re.compile(r"(?:its|their|our|his|her|my)\b|(?:we|it|they|he|she|i)$", re.IGNORECASE)
"""How a speaker names its own side: such words stand for whoever speaks."""
OTHERS = re.compile(r"(?:their|his|her|its)\b|(?:they|he|she|it)$", re.IGNORECASE)
"""Words that in direct speech stand for others than the speaker's side ("They shelled us," he said)."""
FIRST = re.compile(r"(?:our|my)\b|(?:we|i)$", re.IGNORECASE)
"""Words that in reported speech stand for whoever reports it ("They say that we shelled ourselves")."""


def deed_questions(
    shelf: Shelf, teller: Teller, decisions: Decisions, covered: Set[str] = frozenset()
) -> list[Open]:
    """One question for each deed that somebody denies a named party did. ``covered`` are statements whose
    denial stands elsewhere."""
    answers = [
        each
        for page in shelf.pages
        for claim, each in shelf.of_page(page, "deeds", partial(_in_page, shelf, teller, page))
        if claim.polarity == "affirmed" or claim.statement not in covered
    ]
    denied = {block for each in answers if each.value == "no" for block in each.blocks}
    kept = [each for each in answers if denied.intersection(each.blocks)]
    within = windows()["blame_days"]
    found = ask(
        "actor",
        kept,
        lambda members: _sentence(shelf, members),
        lambda a, b: about_one_time(a, b, within),
        decisions,
    )
    return [each for each in found if each.linked.against or any(is_denial(told) for told in each.told)]


def doers(shelf: Shelf, page: Page, actors: tuple[Actor, ...], told: Told) -> list[str]:
    """Principals of the actors; "its forces" and "we" are the speaker's own side, "they" in its direct
    speech never is."""
    found = [
        told.principal
        if OWN.match(each.name) and told.principal
        else shelf.principal(shelf.actor(page, each))
        for each in actors
        if not _others(shelf, page, each, told)
    ]
    return list(dict.fromkeys(each for each in found if each))


def _others(shelf: Shelf, page: Page, actor: Actor, told: Told) -> bool:
    """Whether others were taken for the speaker's own side: by a pronoun of the wrong person, or by a word
    that the speaker says outside the words of the deed."""
    said = page.statements.get(told.account.statement or "")
    if said is None or not actor.mentions:
        return False
    if not OWN.match(actor.name) and shelf.principal(shelf.actor(page, actor)) != told.principal:
        return False
    words = [page.text[start:end] for start, end in actor.mentions]
    if said.kind != "mixed":
        wrong = OTHERS if said.kind == "direct" else FIRST
        if all(wrong.match(each) for each in words):
            return True
    affirmed = told.claim is not None and told.claim.polarity == "affirmed"
    return affirmed and all(
        _within(each, said.content) and not _within(each, (told.account.span,)) for each in actor.mentions
    )


def _within(span: Span, pieces: Spans) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in pieces)


def _in_page(shelf: Shelf, teller: Teller, page: Page) -> list[tuple[Claim, Answer]]:
    return [(claim, each) for claim in factual_in(page) for each in _answers(shelf, teller, page, claim)]


def _answers(shelf: Shelf, teller: Teller, page: Page, claim: Claim) -> Iterator[Answer]:
    accused = claim.type == "ACCUSE" and bool(claim.recipients)
    if not accused and not happening(claim):
        return
    denied = claim.polarity == "denied"
    words = answer_words("denied" if denied else "affirmed")
    told = teller.of_claim(page, claim, words, "actor")
    if told is None or (denied and told.own):
        return
    for doer in doers(shelf, page, claim.recipients if accused else claim.actors, told):
        if not (denied is False and doer == told.principal):
            yield Answer(told, "no" if denied else "yes", _blocks(shelf, page, claim, doer))


def _blocks(shelf: Shelf, page: Page, claim: Claim, doer: str) -> tuple[str, ...]:
    """Where a deed may meet its denial: one claim, one incident, or one target."""
    blocks = [f"by:{doer}:of:{page.report.id}:{claim.of or claim.id}"]
    incident = shelf.incident(claim.id, claim.incident)
    if incident:
        blocks.append(f"by:{doer}:incident:{incident}")
    targets = shelf.actors(page, (*claim.targets, *claim.recipients))
    blocks += [f"by:{doer}:{claim.type}:on:{target}" for target in targets if target != doer]
    return tuple(dict.fromkeys(blocks))


def _sentence(shelf: Shelf, members: list[Answer]) -> tuple[str, str | None]:
    """The question in the words of the denial, which says what was denied and of whom."""
    denial = next(each for each in members if each.value == "no")
    claim, page = denial.told.claim, denial.told.page
    assert claim is not None
    incident = shelf.incident(claim.id, claim.incident)
    known = shelf.incidents.get(incident or "")
    (doer,) = {block.split(":")[1] for block in denial.blocks[:1]}
    called = (claim.actors or claim.recipients)[0].name  # an accusation may have no accuser of its own
    fallback = denial.told.account.source if OWN.match(called) else called
    target = next((each.name for each in claim.targets), None)
    place = known.place if known else next(iter(claim.places), None)
    sentence = say(
        "questions",
        "occurrence_by",
        actor=definite(shelf.name(doer, fallback or called)),
        event=event_words(claim.type, claim.mode),
        on=phrase("on", target=definite(target) if target else None),
        where=phrase("where", place=shelf.place_name(page, place)),
        when="",
    )
    return sentence, incident
