"""Who began it: who fired, struck or broke in first, as the voices of a record tell it.

Of most clashes each side says that the other began, in words that share little: "the police fired without
warning", "the first shots came from the crowd", "they only returned fire". Patterns tell who is said to have
begun, or not to have; two voices stand against each other where they name two beginners, or one names whom
the other clears, of one matter (see `near`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial

from standoff.model.ids import slug
from standoff.reconcile.accounts import Teller
from standoff.reconcile.answers.akin import against
from standoff.reconcile.answers.contrasts import about
from standoff.reconcile.answers.deeds import OWN
from standoff.reconcile.answers.near import Near, soon
from standoff.reconcile.answers.opposed import Answer, ask
from standoff.reconcile.answers.passages import Passage, once_in_page, passage_of, tell
from standoff.reconcile.decisions import Decisions
from standoff.reconcile.figures.questions import Open
from standoff.reconcile.matter import Weights, clause_around, stems, table
from standoff.reconcile.matter import pattern as pattern_of
from standoff.reconcile.shelf import Shelf
from standoff.reconcile.wording import say
from standoff.vocab import Caseless

WITHIN = 14
"""Days within which two passages may tell of one clash."""
DAYS = 5
"""Days within which one word in common, besides those of beginning, ties two passages."""
QUOTES = "\"“”‘’' "
ARMED, OTHERS = "state", "others"
OTHER = {ARMED: OTHERS, OTHERS: ARMED}


@dataclass(frozen=True)
class Began:
    """A passage that says who began: ``who`` is a body of the state, its opponents, or a party by name;
    ``told`` the words of its clause, ``matter`` the stems besides those that say so."""

    passage: Passage
    who: str
    told: str
    matter: frozenset[str]


@once_in_page
def began(passage: Passage) -> Began | None:
    """Who a passage says began it; that one of two did not begin says that the other did."""
    if passage.retold or not passage.words & _saying():
        return None  # no pattern holds without a word that says so
    for pattern, before, clears in _patterns():
        found = pattern.search(passage.content)
        words = before.search(passage.content, 0, found.start()) if found and before else found
        if found is None or words is None:
            continue
        who = _named(passage, words["who"])
        denied = clears != bool(found.groupdict().get("neg"))
        denied = denied != (pattern_of("denial", "verbs").search(passage.cue) is not None)
        if who is None or (denied and who not in OTHER):
            continue
        start, end = clause_around(passage.content, found.span())
        told = " ".join(passage.content[start:end].split()).strip(QUOTES)
        matter = passage.words - _saying() - stems(_head(words["who"]))
        return Began(passage, OTHER[who] if denied else who, told, matter)
    return None


@cache
def _patterns() -> tuple[tuple[Caseless, Caseless | None, bool], ...]:
    """Every pattern, and whether it says that whom it names did not begin. Where it opens with whom it names,
    what follows is sought first, and then who stands before it: the other way round took a third of all time.
    """
    words = table("began")
    who = Caseless(words["who"] + r"\s*$")
    return tuple(
        (
            Caseless(each.removeprefix(OPENS).replace("WHO", words["who"])),
            who if each.startswith(OPENS) else None,
            clears,
        )
        for key, clears in (("cleared", True), ("begun", False))
        for each in words[key]
    )


OPENS = r"WHO\s+"


def _named(passage: Passage, words: str) -> str | None:
    """A body of the state, its opponents, or the party by whose name somebody is called."""
    plain = slug(_head(words)).split("-")
    if slug(words).split("-")[-1] in table("began")["untold"]:
        return None
    if OWN.match(words.strip()):
        said = passage.statement
        return _standing(slug(f"{said.party or ''} {said.represents or ''}").split("-")) if said else None
    return _standing(plain) or next(iter(sorted(passage.named)), None)


@cache
def _saying() -> frozenset[str]:
    """Stems that say that somebody began, whatever the clash."""
    return stems(" ".join(table("began")["saying"]))


def _head(words: str) -> str:
    """Who somebody is, without where or of what: "guards at the gate" are guards."""
    return re.split(r"\s(?:on|of|in|at|from|near|among|who|which|had|has|have)\s", f"{words} ")[0]


def _standing(words: list[str]) -> str | None:
    state, others = _kinds()
    for word in reversed(words):
        if word in state:
            return ARMED
        if word in others:
            return OTHERS
    return None


@cache
def _kinds() -> tuple[frozenset[str], frozenset[str]]:
    """Words for who acts for a state, and for who stands against it: of bodies and of people."""
    bodies, people = table("words"), table("began")
    return (
        frozenset((*bodies["of_state"], *people["state"])),
        frozenset((*bodies["of_rebels"], *people["others"])),
    )


def began_questions(
    shelf: Shelf, teller: Teller, decisions: Decisions, passages: list[Passage], weights: Weights
) -> list[Open]:
    """Questions of who began, where two voices name two beginners."""
    found = {each.key: who for each in passages if (who := began(each)) is not None}
    told = [each.passage for each in found.values()]
    near = Near(told, weights, told)
    blocks: dict[str, list[str]] = defaultdict(list)
    shared: dict[str, frozenset[str]] = {}
    for one, other, words in _opposed(shelf, found, near):
        block = f"began:{one}:{other}"
        for key in (one, other):
            blocks[key].append(block)
            shared[key] = words
    answers = [
        Answer(account, found[key].who, tuple(dict.fromkeys(mine)))
        for key, mine in blocks.items()
        if (account := tell(teller, found[key].passage, found[key].told, "began", only=True))
    ]

    def words_of(members: list[Answer]) -> tuple[str, str | None]:
        first = passage_of(members[0].told, (each.passage for each in found.values()))
        return say("questions", "began", about=about(first.text, shared[first.key])), None

    asked = ask("actor", answers, words_of, lambda _a, _b: True, decisions)
    return [each for each in asked if each.linked.against]


def _opposed(shelf: Shelf, found: dict[str, Began], near: Near) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Pairs of passages, by key, of two voices that name two beginners of one matter."""
    for key, one in found.items():
        for met in near.of(one.passage, WITHIN, partial(against, shelf, one.passage)):
            other = found[met.other.key]
            apart = met.other.places and one.passage.places and not met.places
            shared = one.matter & other.matter
            close = soon(one.passage, met.other, DAYS)
            tied = met.places or met.incident or met.beside or len(shared) > 1 or (close and len(shared) > 0)
            if met.other.key > key and one.who != other.who and tied and not apart:
                yield key, met.other.key, shared
