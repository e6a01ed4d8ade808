"""From frames to drafts: which participants take which role, for event verbs and event nouns."""

from __future__ import annotations

from spacy.tokens import Token

from standoff.read.claims.access import is_aid
from standoff.read.claims.draft import Draft
from standoff.read.claims.frame import Frame, as_noun, as_verb, is_gerund, noun_frames, verb_frames
from standoff.read.claims.grasp import (
    by_phrase,
    clause_bounds,
    doers,
    done_to,
    governors,
    in_prep,
    senders,
)
from standoff.read.claims.harm import settle_harm
from standoff.read.claims.kinds import (
    head_words,
    inner,
    is_armed,
    is_event,
    is_party,
    is_person,
    is_place,
    is_thing,
    is_weapon,
    may_own,
)
from standoff.read.claims.needs import holds, is_deal
from standoff.read.claims.page import Page
from standoff.read.event_words import Sense, classes, cues, verb_cues, weapon_modes

_PHYSICAL_TYPES = frozenset({"ASSAULT", "COERCE", "STATE", "RETREAT", "MOVE", "MOBILIZE"})


def from_verb(page: Page, token: Token) -> Draft | None:
    """The draft of a verb token in the first of its senses that fits."""
    if is_gerund(token) or (not as_verb(token) and not (token.pos_ == "ADJ" or token.dep_ == "amod")):
        return None
    for frame in verb_frames(page, token):
        if not as_verb(token) and not frame.sense.passive:
            continue
        if not holds(frame):
            continue
        draft = Draft(frame.sense.type, frame.sense.mode, token, token, frame.extent, clause_bounds(token))
        _fill(draft, frame)
        return settle(page, draft, frame.sense)
    return None


def _fill(draft: Draft, frame: Frame) -> None:
    """Give the frame's participants their roles."""
    page, sense = frame.page, frame.sense
    for token in frame.doers:
        _place_doer(page, draft, sense, token)
    for token in frame.done_to:
        if is_event(token) and sense.type in {"ASSAULT", "AGREE", "MOVE", "REJECT"}:
            draft.absorbed.append(token.i)
        if sense.type in {"AGREE", "REJECT"} and is_deal(token):
            _parties_to(page, draft, token)
        if sense.type == "AID":
            draft.add("instruments" if is_aid(token) else "recipients", [token])
        elif admits(page, sense, sense.object, token):
            draft.add(sense.object, [token])
    for prep, token in frame.preps:
        role = sense.preps.get(prep, "none")
        if is_event(token) and sense.type in {"ASSAULT", "STATE"}:
            absorb(page, draft, token)
        elif is_weapon(token) and prep in {"with", "by", "using", "from"} and sense.type == "ASSAULT":
            draft.add("instruments", [token])
        elif role != "none" and admits(page, sense, role, token):
            draft.add(role, [token])


def _parties_to(page: Page, draft: Draft, deal: Token) -> None:
    """Who the deal is between or with, as its own phrase says."""
    for prep, noun in in_prep(deal):
        if prep in {"between", "among", "with"} and is_party(page, noun):
            draft.add("recipients" if prep == "with" else "actors", [noun])


def _place_doer(page: Page, draft: Draft, sense: Sense, token: Token) -> None:
    if sense.type == "REJECT" and is_event(token):
        draft.absorbed.append(token.i)
    if is_event(token) and sense.type in {"ASSAULT", "STATE"}:
        absorb(page, draft, token)
    elif _wielded(page, token) and sense.type in {"ASSAULT", "STATE"}:
        draft.add("instruments", [token])
        draft.add("actors", [each for each in senders(token) if admits(page, sense, "actors", each)])
    elif admits(page, sense, sense.subject, token):
        draft.add(sense.subject, [token])


def _wielded(page: Page, token: Token) -> bool:
    """A weapon that someone uses, not people and not a machine that is said to act itself."""
    return is_weapon(token) and token.lower_ not in classes().war_machines and not is_person(page, token)


def admits(page: Page, sense: Sense, role: str, token: Token) -> bool:
    """Whether a noun can take a role: parties act; people and things suffer."""
    if role == "none":
        return False
    if role == "actors":
        vehicle = sense.type in {"MOVE", "STATE"} and any(
            w in classes().vehicles for w in head_words(inner(token))
        )
        machine = sense.type in {"ASSAULT", "COERCE"} and token.lower_ in classes().war_machines
        return is_party(page, token) or vehicle or machine or is_armed(token)
    if role == "targets" and sense.type in {"AGREE", "SUPPORT", "REJECT"}:
        return is_deal(token)
    if role == "instruments":
        return not is_person(page, token)
    if role == "recipients" and sense.type not in {"COERCE", "AID"}:
        return is_party(page, token)
    if sense.type in _PHYSICAL_TYPES:
        return (
            is_party(page, token)
            or is_thing(token)
            or is_place(page, token)
            or page.quantity_at[token.i] is not None
        )
    return True


def absorb(page: Page, draft: Draft, noun: Token) -> None:
    """Take an event noun's own participants and mode into the verb's claim ("killed in a raid by X")."""
    draft.absorbed.append(noun.i)
    for frame in noun_frames(page, noun):
        sense = frame.sense
        if sense.type not in {"ASSAULT", "STATE"}:
            continue
        if draft.mode is None and sense.type == "ASSAULT":
            draft.mode = sense.mode
        for token in frame.owners:
            if is_weapon(token):
                draft.add("instruments", [token])
            elif sense.owner == "actors" and may_own(page, token) and admits(page, sense, "actors", token):
                draft.add("actors", [token])
        for prep, token in frame.preps:
            if sense.preps.get(prep) == "actors" and admits(page, sense, "actors", token):
                draft.add("actors", [token])
        return


def settle(page: Page, draft: Draft, sense: Sense) -> Draft:
    """Last touches that need the whole draft: harm without an attack, weapons named, the mode they imply."""
    if sense.type == "STATE" and draft.head.head.lower_ in verb_cues("leaving_to"):
        # "is letting them starve": the one who lets it happen acts
        draft.add("actors", [t for t in doers(draft.head.head) if is_party(page, t)])
    if sense.harm:
        settle_harm(page, draft, sense)
    if draft.type == "ASSAULT":
        _arm(page, draft)
    draft.confidence = _confidence(draft, sense)
    return draft


def _arm(page: Page, draft: Draft) -> None:
    """Weapons named in the clause become instruments; a weapon gives the mode where none is known."""
    first, last = draft.evidence
    for i in range(first, last + 1):
        word = page.lower[i]
        if word in classes().weapons and word not in classes().weak_weapons:
            token = page.doc[i]
            if (
                token.dep_ not in {"compound", "amod"}
                and i not in draft.absorbed
                and token.pos_ in {"NOUN", "PROPN"}
            ):
                draft.add("instruments", [token])
    if draft.mode is None:
        modes = weapon_modes()
        words = [w for t in draft.participants() for w in head_words(t)]
        draft.mode = next((modes[w] for w in words if w in modes), None)


def _confidence(draft: Draft, sense: Sense) -> float:
    filled = sum(1 for role in ("actors", "targets", "recipients") if draft.roles.get(role))
    base = 0.55 + 0.15 * min(filled, 2)
    return base + (0.05 if sense.rest or sense.mode else 0.0) - (0.1 if sense.noun else 0.0)


def from_noun(page: Page, token: Token) -> Draft | None:
    """The draft of an event noun, with the verb that launches, commits, claims or reports it."""
    if not as_noun(token) or token.ent_type_ in {"PERSON", "ORG", "WORK_OF_ART"}:
        return None
    for frame in noun_frames(page, token):
        if frame.sense.harm and not frame.done_to:
            frame.done_to = _bearers(token)
            told = bool(frame.done_to)
        else:
            told = False
        if not holds(frame):
            continue
        bounds = _noun_bounds(token)
        draft = Draft(frame.sense.type, frame.sense.mode, token, token, frame.extent, bounds)
        _fill_noun(draft, frame)
        launched = _govern(page, draft, frame.sense)
        if told:
            draft.verb, draft.evidence = token.head, clause_bounds(token.head)
        if launched or _worth(page, draft, frame):
            return settle(page, draft, frame.sense)
    return None


def _noun_bounds(token: Token) -> tuple[int, int]:
    """The noun phrase with its prepositions, without relative clauses."""
    first = last = token.i
    stack = [token]
    while stack:
        node = stack.pop()
        first, last = min(first, node.i), max(last, node.i)
        stack.extend(c for c in node.children if c.dep_ not in {"relcl", "conj", "cc", "punct", "appos"})
    return first, last


def _bearers(noun: Token) -> list[Token]:
    """Of whom a harm noun is told by a copula ("death was the fate of the crew")."""
    verb = noun.head
    if noun.dep_ != "nsubj" or verb.lemma_ != "be":
        return []
    return [n for c in verb.children if c.dep_ == "attr" for prep, n in in_prep(c) if prep == "of"]


def _fill_noun(draft: Draft, frame: Frame) -> None:
    page, sense = frame.page, frame.sense
    for token in frame.owners:
        if is_weapon(token) and not is_person(page, token):
            draft.add("instruments", [token])
        elif admits(page, sense, sense.owner, token) and (sense.owner != "actors" or may_own(page, token)):
            draft.add(sense.owner, [token])
    for token in frame.done_to:
        if admits(page, sense, sense.object, token):
            draft.add(sense.object, [token])
    for prep, token in frame.preps:
        role = sense.preps.get(prep, "none")
        if is_weapon(token) and prep in {"with", "using"}:
            draft.add("instruments", [token])
        elif admits(page, sense, role, token):
            draft.add(role, [token])


def _govern(page: Page, draft: Draft, sense: Sense) -> bool:
    """Read the verb above an event noun: who carried it out, that it happened, who owned up to it."""
    noun = draft.head
    verb = noun.head
    if noun.dep_ in {"dobj", "nsubjpass"} and verb.lower_ in verb_cues("carrying_out"):
        draft.add(sense.subject, [t for t in doers(verb) if admits(page, sense, "actors", t)])
    elif noun.dep_ in {"nsubj", "attr"} and (verb.lower_ in verb_cues("happening") or _existential(verb)):
        draft.add(sense.subject, [t for t in by_phrase(verb) if admits(page, sense, "actors", t)])
    else:
        return _owned_up(page, draft, sense)
    draft.verb, draft.evidence = verb, clause_bounds(verb)
    return True


def _existential(verb: Token) -> bool:
    return any(c.dep_ == "expl" and c.lower_ == "there" for c in verb.children)


def _owned_up(page: Page, draft: Draft, sense: Sense) -> bool:
    """ "claimed responsibility for the raid", "blamed X for the raid", "denied involvement in the raid"."""
    chain = list(governors(draft.head, 4))
    if not chain or chain[0].dep_ != "prep" or chain[0].lower_ not in {"for", "in", "of"}:
        return False
    above = chain[1] if len(chain) > 1 else None
    if above is None:
        return False
    if above.lower_ in cues("responsibility") | {"involvement", "role", "part"} and len(chain) > 2:
        verb = chain[2]
        if verb.lower_ in verb_cues("claiming") | verb_cues("denying"):
            draft.add("actors", doers(verb))
            draft.evidence = clause_bounds(verb)
            return True
    if above.lower_ in verb_cues("blaming") and chain[0].lower_ in {"for", "of"}:
        draft.add("actors", done_to(above))
        draft.evidence = clause_bounds(above)
        return True
    return False


def _worth(page: Page, draft: Draft, frame: Frame) -> bool:
    """Whether an event noun says something by itself: who, whom, or a first mention with a place."""
    if draft.roles.get("actors") or draft.roles.get("targets") or draft.roles.get("recipients"):
        return True
    indefinite = not any(
        c.dep_ in {"det", "poss"} and c.lower_ in {"the", "this", "that", "these", "those", "its", "any"}
        for c in frame.trigger.children
    )
    placed = any(
        prep in {"in", "at", "near", "outside"} and is_place(page, noun) for prep, noun in frame.preps
    )
    return indefinite and placed and draft.type in {"ASSAULT", "PROTEST"}
