"""Is aid let through, are people? Verbs of allowing and blocking, and aid that does or does not arrive."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from standoff.read.claims.draft import Draft
from standoff.read.claims.grasp import (
    by_phrase,
    clause_bounds,
    grammatical_objects,
    grammatical_subjects,
    in_prep,
    passive,
)
from standoff.read.claims.kinds import head_words, inner, is_armed, is_party, is_person, is_place
from standoff.read.claims.page import Page
from standoff.read.event_words import classes, cues, verb_cues

_DEEP = 2
_KEEPING = frozenset({"keep", "keeps", "kept", "keeping"})
_ARRIVALS = frozenset(
    {"reach", "reached", "reaches", "arrived", "arrive", "arrives", "entered", "enter", "got", "get"}
)


def is_aid(token: Token) -> bool:
    """Humanitarian goods or help, by the head word or a modifier ("food trucks", "aid convoy")."""
    core = inner(token)
    if any(w in classes().aid for w in head_words(core)):
        return True
    return any(c.dep_ in {"compound", "amod", "nmod"} and c.lower_ in classes().aid for c in core.children)


def _carrier(token: Token) -> bool:
    return is_aid(token) or any(
        w in classes().aid_carriers | classes().vehicles for w in head_words(inner(token))
    )


def _below(verb: Token, depth: int = 0) -> Iterator[Token]:
    """Verbs that a verb of allowing or blocking governs, with what they govern in turn."""
    for child in verb.children:
        if child.dep_ in {"xcomp", "ccomp", "pcomp", "advcl", "conj"} and child.pos_ in {"VERB", "AUX"}:
            if child.dep_ != "advcl" or any(c.lower_ == "to" for c in child.children):
                yield child
                if depth < _DEEP:
                    yield from _below(child, depth + 1)
        elif child.dep_ == "prep" and child.lower_ in {"from", "of", "to", "into", "for"}:
            yield from _below(child, depth + 1)


def from_control(page: Page, token: Token) -> Draft | None:
    """A draft for "let the convoy through", "blocked food from reaching X", "denied them access"."""
    word = token.lower_
    allows, blocks = word in verb_cues("allow"), word in verb_cues("block")
    if not (allows or blocks) or token.pos_ not in {"VERB", "AUX"}:
        return None
    if word in _KEEPING and not any(c.dep_ == "prep" and c.lower_ in {"from", "out"} for c in token.children):
        return None  # "the fighters keep their arms" keeps nobody from anything
    objects = grammatical_subjects(token) if passive(token) else grammatical_objects(token)
    lower = [v for v in _below(token) if not (v.dep_ == "conj" and v.head.i == token.i)]
    held = [n for v in lower for n in [*_own_subjects(v), *grammatical_objects(v)]]
    preps = [
        *(pair for t in objects for pair in in_prep(t)),
        *in_prep(token),
        *(pair for v in lower for pair in in_prep(v)),
    ]
    through = _through(page, token)
    goods = [t for t in [*objects, *held, *(n for p, n in preps if p in {"with", "of"})] if is_aid(t)]
    entry = [t for t in [*objects, *held] if any(w in cues("access") for w in head_words(t))]
    moving = through or any(v.lower_ in verb_cues("passing") for v in lower)
    people = [t for t in [*objects, *held] if is_person(page, t)]
    vehicles = [t for t in [*objects, *held] if _carrier(t) and not is_aid(t) and not is_person(page, t)]
    if not (goods or entry or (moving and (people or vehicles) and _grave(page, token, vehicles))):
        return None
    if (
        not (goods or entry)
        and word in {"kept", "keep", "keeps", "keeping", "stopped", "stop", "cut", "cuts"}
        and not lower
    ):
        return None
    if goods and not (lower or blocks or through or passive(token)):
        return None
    doers = by_phrase(token) if passive(token) else grammatical_subjects(token)
    mode = _kind(token, lower, goods, entry, people, allows)
    draft = Draft(*mode, token, token, (token.i, token.i), clause_bounds(token))
    draft.absorbed = [v.i for v in lower]
    draft.add("actors", [t for t in doers if is_party(page, t)])
    draft.add("targets", goods)
    through_them = draft.type == "AID" or (draft.type == "RETREAT" and people)
    draft.add("instruments" if through_them else "targets", vehicles)
    draft.add("recipients", _recipients(page, objects, held, preps))
    draft.confidence = 0.75 if draft.roles.get("actors") else 0.65
    return draft


def _kind(
    token: Token,
    lower: list[Token],
    goods: list[Token],
    entry: list[Token],
    people: list[Token],
    allows: bool,
) -> tuple[str, str]:
    """PLOVER type and mode; keeping fighters from moving is "confine", no question of aid."""
    if not allows:
        if (
            people
            and not (goods or entry)
            and (all(is_armed(t) for t in people) or all(t.pos_ == "PRON" for t in people))
        ):
            return "COERCE", "confine"
        withheld = bool(goods) or token.lower_ in verb_cues("withhold")
        return "COERCE", "withhold" if withheld else "restrict"
    if goods and any(v.lower_ in verb_cues("supplying") for v in lower):
        return "AID", "humanitarian"
    return "RETREAT", "access"


def _own_subjects(verb: Token) -> list[Token]:
    return [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}]


def _through(page: Page, token: Token) -> bool:
    return any(
        c.lower_ in {"through", "in", "across", "pass", "past"} and c.dep_ in {"prt", "advmod", "prep"}
        for c in token.children
    )


def _grave(page: Page, token: Token, vehicles: list[Token]) -> bool:
    """Movement of people counts where fighting or relief is spoken of, not for any permission."""
    span = page.sentence(token)
    words = page.lower[span.start : span.stop]
    return page.armed(token) or any(w in classes().aid for w in words)


def _recipients(
    page: Page, objects: list[Token], held: list[Token], preps: list[tuple[str, Token]]
) -> list[Token]:
    """Who gets the goods or the way: people moved or denied, and where or whom the goods are for."""
    people = [t for t in [*objects, *held] if is_person(page, t) and not is_aid(t)]
    ends = [
        n
        for p, n in preps
        if p in {"to", "into", "for", "in"} and (is_person(page, n) or is_place(page, n) or _carrier(n))
    ]
    return [*people, *(t for t in ends if not is_aid(t))]


def from_arrival(page: Page, token: Token) -> Draft | None:
    """A draft for "no aid has reached the town", "a convoy with food arrived in X"."""
    if token.lower_ not in _ARRIVALS or token.pos_ != "VERB" or passive(token):
        return None
    if token.dep_ in {"xcomp", "ccomp", "pcomp"} and token.head.lower_ in verb_cues("block") | verb_cues(
        "allow"
    ):
        return None
    subjects = grammatical_subjects(token)
    goods = [t for t in subjects if is_aid(t) and not is_person(page, t)]
    loaded = [
        t
        for t in subjects
        if _carrier(t) and any(p in {"with", "of", "carrying"} and is_aid(n) for p, n in in_prep(t))
    ]
    if not goods and not loaded:
        return None
    draft = Draft("AID", "humanitarian", token, token, (token.i, token.i), clause_bounds(token))
    draft.add("instruments", [*goods, *loaded])
    draft.add(
        "recipients", [t for t in grammatical_objects(token) if is_person(page, t) or is_place(page, t)]
    )
    draft.add("recipients", [n for p, n in in_prep(token) if p in {"in", "at", "to"} and is_place(page, n)])
    draft.confidence = 0.7
    return draft


def from_access_noun(page: Page, token: Token) -> Draft | None:
    """A draft for "granted access", "agreed to give safe passage", "access was denied"."""
    if token.lower_ not in {"access", "passage"} or token.pos_ not in {"NOUN", "PROPN"}:
        return None
    verb = token.head
    gives = verb.lower_ in verb_cues("granting")
    if not gives or token.dep_ not in {"dobj", "nsubjpass", "oprd", "attr"}:
        return None
    draft = Draft("RETREAT", "access", token, verb, (token.i, token.i), clause_bounds(verb))
    doers = by_phrase(verb) if passive(verb) else grammatical_subjects(verb)
    others = [t for t in grammatical_objects(verb) if t.i != token.i]
    receives = verb.lower_ in verb_cues("receiving") and not passive(verb)
    draft.add("recipients" if receives else "actors", [t for t in doers if is_party(page, t)])
    draft.add("recipients", [t for t in others if is_person(page, t)])
    draft.add(
        "recipients",
        [n for p, n in [*in_prep(token), *in_prep(verb)] if p in {"to", "for"} and is_person(page, n)],
    )
    draft.confidence = 0.75 if draft.roles.get("actors") else 0.6
    return draft
