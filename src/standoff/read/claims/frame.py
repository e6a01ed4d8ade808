"""A trigger with its grammatical participants, before any of them becomes part of a claim."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from standoff.read.claims.grasp import (
    doers,
    done_to,
    grammatical_objects,
    grammatical_subjects,
    in_prep,
    owners,
    passive,
)
from standoff.read.claims.page import Page
from standoff.read.event_words import Sense, noun_senses, verb_senses


@dataclass
class Frame:
    """A trigger word in one sense; participants as head tokens."""

    page: Page
    trigger: Token
    sense: Sense
    doers: list[Token] = field(default_factory=list)
    done_to: list[Token] = field(default_factory=list)
    preps: list[tuple[str, Token]] = field(default_factory=list)
    owners: list[Token] = field(default_factory=list)
    extent: tuple[int, int] = (0, 0)

    def all(self) -> list[Token]:
        """Every participant."""
        return [*self.doers, *self.done_to, *(t for _, t in self.preps), *self.owners]


def as_verb(token: Token) -> bool:
    """Whether a token stands as a verb (participles before a noun do not)."""
    if token.dep_ == "conj" and (token.head.dep_ == "amod" or token.head.pos_ == "ADJ"):
        return False
    if token.tag_[:2] == "VB":
        return token.dep_ not in {"amod", "compound"}
    return token.pos_ == "VERB" or (token.pos_ == "ADJ" and token.dep_ in {"acomp", "oprd", "acl"})


def as_noun(token: Token) -> bool:
    """Whether a token stands as a noun that heads its phrase."""
    noun = token.pos_ in {"NOUN", "PROPN"} or is_gerund(token)
    return noun and token.dep_ not in {"compound", "amod", "nmod"}


def is_gerund(token: Token) -> bool:
    """Whether an -ing verb form stands as a noun: no object, no auxiliary, no subject of its own."""
    if token.tag_ != "VBG" or token.lower_ not in noun_senses():
        return False
    if token.dep_ in {"acl", "advcl", "ROOT", "ccomp", "relcl", "xcomp"}:
        return False
    return not any(c.dep_ in {"dobj", "aux", "nsubj", "nsubjpass", "auxpass"} for c in token.children)


def _followed_by(token: Token, rest: tuple[str, ...], page: Page) -> int | None:
    """Index of the last particle of a phrasal verb, near the verb; None when it is not there."""
    lower, last = page.lower, token.i
    for piece in rest:
        window = range(last + 1, min(last + 6, page.sentence(token).stop))
        hit = next((k for k in window if lower[k] == piece), None)
        if hit is None:
            return None
        near = hit == last + 1 or (hit == last + 2 and page.doc[last + 1].pos_ in {"ADV", "PART"})
        part = page.doc[hit]
        if not near and (part.head.i != token.i or part.dep_ not in {"prt", "dobj", "acomp", "oprd"}):
            return None
        last = hit
    return last


def _preceded_by(token: Token, rest: tuple[str, ...], page: Page) -> int | None:
    """Index of the first word of a compound event noun; None when the words before differ."""
    first = token.i - len(rest)
    return first if first >= 0 and tuple(page.lower[first : token.i]) == rest else None


def verb_frames(page: Page, token: Token) -> Iterator[Frame]:
    """Frames of a verb token in each sense its words allow; a phrasal sense shuts out the plain ones."""
    shared: Frame | None = None
    phrasal = False
    for sense in verb_senses()[token.lower_]:
        if phrasal and not sense.rest:
            return
        last = _followed_by(token, sense.rest, page)
        if last is None:
            continue
        phrasal = phrasal or bool(sense.rest)
        if shared is None:
            shared = Frame(page, token, sense, doers(token), done_to(token), list(in_prep(token)))
        if sense.passive and token.pos_ == "ADJ":
            shared = Frame(page, token, sense, [], _bearers(token), list(in_prep(token)))
        who, whom, with_ = shared.doers, shared.done_to, shared.preps
        if sense.harm and sense.subject == "actors" and not whom:
            # "30 others wounded": the parser may take the participle for a past tense
            whom = [t for t in who if t.pos_ == "NUM" or any(c.dep_ == "nummod" for c in t.children)]
            who = [t for t in who if t not in whom]
        parts = [t for t in whom if t.lower_ in sense.rest]
        if parts:
            # "took control of X": the noun of the phrase is no participant, what hangs on it is
            whom = [t for t in whom if t.lower_ not in sense.rest]
            with_ = [*with_, *(pair for part in parts for pair in in_prep(part))]
        if sense.type == "MOVE" and sense.object == "none" and not who:
            # "the trucks headed for X": what cannot be done to anyone is done by its subject
            who, whom = whom, []
        extent = (token.i, last if last - token.i <= 2 else token.i)
        yield Frame(page, token, sense, who, whom, with_, [], extent)


def noun_frames(page: Page, token: Token) -> Iterator[Frame]:
    """Frames of an event noun, the longest compound only, in each sense of it."""
    longest = -1
    for sense in noun_senses()[token.lower_]:
        first = _preceded_by(token, sense.rest, page)
        if first is None or len(sense.rest) < longest:
            continue
        longest = len(sense.rest)
        of = [noun for prep, noun in in_prep(token) if prep == "of"]
        preps = [(prep, noun) for prep, noun in in_prep(token) if prep != "of"]
        mine = [o for o in owners(token) if o.i < first]
        yield Frame(page, token, sense, [], of, preps, mine, (first, token.i))


def _bearers(token: Token) -> list[Token]:
    """Whom a state described by an adjective holds of ("the families are stranded")."""
    own = [c for c in token.children if c.dep_ in {"nsubj", "nsubjpass"}]
    if own:
        return own
    return grammatical_objects(token.head) or grammatical_subjects(token.head)


def undergoes(frame: Frame) -> bool:
    """Whether the frame's verb is passive, or an adjective made of one."""
    return not frame.sense.noun and (frame.trigger.pos_ == "ADJ" or passive(frame.trigger))
