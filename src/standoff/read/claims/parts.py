"""The trained parts of `read/roles` brought into the claims: who did it, whom and what it hit, by what means.

Rules see one clause; the model has seen how whole reports name the doers and the harmed. Each part goes
into the attack its best mention stands in; where the rules found none there, it makes one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from spacy.tokens import Token

from standoff.read.claims.draft import ROLES, Draft
from standoff.read.claims.grasp import clause_bounds, governors
from standoff.read.claims.page import Page
from standoff.read.event_words import noun_senses, verb_senses
from standoff.read.roles import Part
from standoff.read.roles.words import events

TAKES = {
    "perpetrators": "actors",
    "organisation": "actors",
    "things": "targets",
    "people": "targets",
    "means": "instruments",
}
"""The role in a claim of each part of `read.roles`."""
ATTACK = "ASSAULT"
SURE = 0.5
"""A part likelier than this overrules the role that a rule gave the same word: of fourteen less likely
ones that contradicted a rule in MUC-4's training reports, two were right."""


def attack_told(page: Page) -> bool:
    """Whether a report can have participants in an attack: it tells of fighting, or of harm no hazard did.

    Killings are often told without any other word of fighting; where a flood or a quake is told
    of and no fighting, the dead are the flood's.
    """
    if page.all_fights:
        return True
    return not page.all_hazards and not _words_of_harm().isdisjoint(page.lower)


@cache
def _words_of_harm() -> frozenset[str]:
    """Every form of a verb or noun that tells of harm by itself ("killed", "murder"; not "hit")."""
    return frozenset(
        form
        for table in (verb_senses(), noun_senses())
        for form, senses in table.items()
        if any(sense.type == ATTACK and (sense.harm or not sense.needs) for sense in senses)
    )


def bring_in(page: Page, drafts: Sequence[Draft], parts: Iterable[Part]) -> list[Draft]:
    """The drafts with every part in its role, and the new drafts of parts that stood in none.

    Who tells of an attack may own to it, but is hit by it only by the words of a rule.
    """
    made: list[Draft] = []
    for part in parts:
        token = page.doc[part.best.candidate.head]
        home = _home(page, [*drafts, *made], token)
        hit = TAKES[part.slot] == "targets"
        if hit and page.tells(token, home.head if home else _event(page, token)):
            continue
        if home is None:
            home = _new(page, token, part.share)
            made.append(home)
        _seat(home, token, part)
    return [*drafts, *made]


def _home(page: Page, drafts: Sequence[Draft], token: Token) -> Draft | None:
    """The attack of the token's sentence that has it as a participant, else the nearest one around it."""
    number = page.sent_of[token.i]
    near = [d for d in drafts if d.type == ATTACK and page.sent_of[d.head.i] == number]
    holding = [d for d in near if any(t.i == token.i for t in d.participants())]
    around = [d for d in near if d.evidence[0] <= token.i <= d.evidence[1]]
    chosen = holding or around or near
    return min(chosen, key=lambda d: abs(d.head.i - token.i)) if chosen else None


def _new(page: Page, token: Token, share: float) -> Draft:
    """A draft around the word of attack that governs the token, or stands nearest in its sentence."""
    head = _event(page, token)
    mode = next((mark.partition("/")[2] for mark in events(head) if mark.startswith(ATTACK)), "None")
    first, last = clause_bounds(head, keep=[token])
    return Draft(
        ATTACK,
        None if mode == "None" else mode,
        head,
        head,
        (head.i, head.i),
        (first, last),
        confidence=share,
    )


def _event(page: Page, token: Token) -> Token:
    above = list(governors(token))
    if (found := next((t for t in above if _attacks(t)), None)) is not None:
        return found
    sentence = [page.doc[i] for i in page.sentence(token)]
    told = [t for t in sentence if _attacks(t)] or [t for t in above if t.pos_ == "VERB"]
    return min(told, key=lambda t: abs(t.i - token.i)) if told else token.sent.root


def _attacks(token: Token) -> bool:
    return any(mark.startswith(ATTACK) for mark in events(token))


def _seat(draft: Draft, token: Token, part: Part) -> None:
    """Put the token into its role; another role for it gives way to what is likelier.

    A rule's role counts for as much as `SURE`, another part's for its own share.
    """
    role = TAKES[part.slot]
    given = next((r for r in ROLES if any(t.i == token.i for t in draft.roles.get(r, ()))), None)
    other = draft.parts.get(token.i)
    if other is not None and other.share >= part.share:
        return
    if given is not None and given != role:
        if other is None and part.share < SURE:
            return
        draft.roles[given] = [t for t in draft.roles[given] if t.i != token.i]
    draft.add(role, [token])
    draft.parts[token.i] = part
