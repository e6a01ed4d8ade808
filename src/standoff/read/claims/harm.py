"""Harm to people: attack or not, and counts of the dead and hurt that no verb carries ("12 dead")."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from standoff.read.claims.draft import Draft
from standoff.read.claims.grasp import (
    clause_bounds,
    doers,
    governors,
    grammatical_subjects,
    in_prep,
    inner_count,
)
from standoff.read.claims.kinds import is_event, is_hazard, is_party, is_person, is_weapon
from standoff.read.claims.page import Page
from standoff.read.event_words import Sense, classes, verb_cues

COUNTED = {
    "dead": "harm",
    "wounded": "harm",
    "injured": "harm",
    "hurt": "harm",
    "killed": "harm",
    "missing": "missing",
}
"""Adjectives that count harm after a number, and the STATE mode each gives where no attack is stated."""

_GENTLE = frozenset(
    {"die", "perish", "succumb", "hurt", "death", "fatality", "casualty", "toll", "death toll"}
)


def settle_harm(page: Page, draft: Draft, sense: Sense) -> None:
    """Make a harm word an ASSAULT or a STATE "harm", by its doer, its clause, then its report."""
    if is_attack(page, draft, gentle=sense.lemma in _GENTLE):
        draft.type = "ASSAULT"
        draft.mode = None if draft.mode == "harm" else draft.mode
    else:
        draft.type, draft.mode = "STATE", "harm"


def is_attack(page: Page, draft: Draft, *, gentle: bool) -> bool:
    """Whether an attack is stated; ``gentle`` words ("died") need it in their own clause."""
    if draft.roles.get("actors") or draft.absorbed or draft.mode not in {None, "harm"}:
        return True
    first, last = draft.evidence
    clause = [page.doc[i] for i in range(first, last + 1)]
    if any(is_hazard(t) and t.pos_ in {"NOUN", "PROPN"} for t in clause):
        return False
    if any(is_weapon(t) or (is_event(t) and t.lower_ in classes().fighting) for t in clause):
        return True
    if gentle:
        return False
    number = page.sent_of[draft.head.i]
    if page.fights[number] or page.hazards[number]:
        return page.fights[number] >= page.hazards[number]
    return page.all_fights > page.all_hazards


def counted(page: Page, token: Token) -> Draft | None:
    """ "12 dead", "left three wounded", "the other two were hurt": a number right before a harm adjective."""
    following = page.doc[token.i + 1] if token.i + 1 < len(page.doc) else None
    if following is not None and following.pos_ in {"NOUN", "PROPN"} and token.head.i == following.i:
        return None
    if token.tag_ in {"VBD", "VBN"} and any(
        c.dep_ in {"nsubj", "nsubjpass", "auxpass"} for c in token.children
    ):
        return None
    victims = inner_count(token)
    if victims is None or not (victims.pos_ == "NUM" or is_person(page, victims)):
        return None
    verb = next((g for g in governors(token) if g.pos_ == "VERB"), token)
    bounds = clause_bounds(verb) if verb is not token else (min(victims.left_edge.i, token.i), token.i)
    draft = Draft("STATE", COUNTED[token.lower_], token, verb, (token.i, token.i), bounds)
    draft.add("targets", [victims])
    if verb is not token and verb.lower_ in {
        "left",
        "leave",
        "leaves",
        "leaving",
        "killed",
        "killing",
        "kill",
    }:
        _causes(page, draft, verb)
    if COUNTED[token.lower_] == "harm" and is_attack(page, draft, gentle=False):
        draft.type = "ASSAULT"
        draft.mode = None if draft.mode == "harm" else draft.mode
    return draft


def lives(page: Page, token: Token) -> Draft | None:
    """ "claimed 17 lives", "cost dozens of lives", "five miners lost their lives"."""
    held = token if token.dep_ != "pobj" else token.head.head
    verb = held.head
    if held.dep_ not in {"dobj", "nsubjpass"} or verb.lower_ not in verb_cues("life_taking"):
        return None
    losing = verb.lower_ in verb_cues("life_losing")
    numbers = held is not token or any(page.quantity_at[c.i] or c.pos_ == "NUM" for c in token.children)
    if not numbers and not (losing and any(c.dep_ == "poss" for c in token.children)):
        return None
    draft = Draft("STATE", "harm", token, verb, (token.i, token.i), clause_bounds(verb))
    victims = grammatical_subjects(verb) if losing and not numbers else [held]
    draft.add("targets", [t for t in victims if is_person(page, t)])
    if not losing:
        _causes(page, draft, verb)
    if is_attack(page, draft, gentle=False):
        draft.type, draft.mode = "ASSAULT", None
    return draft if draft.roles.get("targets") else None


def _causes(page: Page, draft: Draft, verb: Token) -> None:
    """What left them so: a person acts, a weapon is an instrument, an event is taken in."""
    for token in doers(verb) or grammatical_subjects(verb):
        if is_event(token):
            draft.absorbed.append(token.i)
        elif is_weapon(token):
            draft.add("instruments", [token])
        elif is_party(page, token):
            draft.add("actors", [token])
    for prep, token in in_prep(verb):
        if prep in {"in", "after", "during"} and is_event(token):
            draft.absorbed.append(token.i)


def share_harm(drafts: Sequence[Draft]) -> None:
    """One blow, two tolls: "12 were killed in the raid and 30 injured" makes both harms of the attack."""
    by_verb = {draft.head.i: draft for draft in drafts if draft.head is draft.verb}
    for draft in drafts:
        other = by_verb.get(draft.verb.head.i) if draft.verb.dep_ == "conj" else None
        if other is None or not (_harms(draft) and _harms(other)):
            continue
        if "ASSAULT" in {draft.type, other.type}:
            modes = [d.mode for d in (other, draft) if d.type == "ASSAULT" and d.mode]
            for each in (draft, other):
                each.mode = each.mode if each.type == "ASSAULT" and each.mode else next(iter(modes), None)
                each.type = "ASSAULT"


def _harms(draft: Draft) -> bool:
    return draft.head.lower_ in COUNTED or draft.head.lower_ in {"die", "died", "kill", "kills", "wound"}
