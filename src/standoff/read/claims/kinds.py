"""What a noun phrase denotes, as far as its head word, its mention and its entity label tell."""

from __future__ import annotations

from spacy.tokens import Token

from standoff.model import Actor
from standoff.read.claims.grasp import is_empty, name_bounds, np_bounds
from standoff.read.claims.page import Page
from standoff.read.event_words import classes, cues, noun_senses

_PARTY_TYPES = frozenset({"person", "organisation", "state", "armed_group", "population", "media"})
_PARTY_LABELS = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})


def head_words(token: Token) -> tuple[str, ...]:
    """The head's lower-case word, and it with the word before ("car bomb")."""
    doc, i = token.doc, token.i
    word = token.lower_
    if not i:
        return (word,)
    if doc[i - 1].text == "-" and i > 1:
        return word, f"{doc[i - 2].lower_}-{word}"
    return word, f"{doc[i - 1].lower_} {word}"


def inner(token: Token) -> Token:
    """The noun counted by a collective head: "fighters" of "hundreds of fighters"."""
    for _ in range(3):
        if token.lower_ not in cues("collective") and token.pos_ != "NUM":
            break
        below = [n for c in token.children if c.dep_ == "prep" and c.lower_ == "of" for n in c.children]
        nouns = [n for n in below if n.dep_ == "pobj"]
        if not nouns:
            break
        token = nouns[0]
    return token


def is_person(page: Page, token: Token) -> bool:
    """A human or a group of humans, armed or not; bare numbers count as people."""
    core = inner(token)
    words = head_words(core)
    if any(w in classes().civil or w in classes().armed for w in words):
        return True
    if core.lower_ in cues("person_pronouns") or (core.pos_ == "NUM" and core.ent_type_ in {"", "CARDINAL"}):
        return True
    mention = page.mention_at[core.i]
    if mention is not None and mention.type in {"person", "armed_group", "population"}:
        return True
    if core.lower_ in classes().groups and core.lower_ not in classes().vehicles:
        return True
    return core.ent_type_ in {"PERSON", "NORP"} or _elliptic(page, core)


def _elliptic(page: Page, token: Token) -> bool:
    """A number or quantity that stands for people ("the other five")."""
    quantity = page.quantity_at[token.i]
    return (
        quantity is not None
        and quantity.kind == "count"
        and quantity.end == page.ends[token.i]
        and token.pos_ in {"NUM", "ADJ"}
    )


def is_armed(token: Token) -> bool:
    """A fighting person or force, by its head word."""
    return any(w in classes().armed for w in head_words(inner(token)))


def is_thing(token: Token) -> bool:
    """A building, vehicle or other physical target, by its head word."""
    return any(w in classes().things for w in head_words(inner(token)))


def is_weapon(token: Token) -> bool:
    """A means of harm, by its head word."""
    return any(w in classes().weapons for w in head_words(inner(token)))


def is_place(page: Page, token: Token) -> bool:
    """A named place or a place-like thing."""
    return (
        page.place_at[token.i] is not None
        or token.ent_type_ in _PLACE_LABELS
        or is_thing(token)
        or token.lower_ in classes().place_nouns
    )


def is_party(page: Page, token: Token) -> bool:
    """A named or known party, or people described."""
    mention = page.mention_at[token.i]
    if mention is not None:
        return mention.type in _PARTY_TYPES
    if token.ent_type_ in _PARTY_LABELS or token.lower_ in classes().bodies:
        return True
    return is_person(page, token)


def is_event(token: Token) -> bool:
    """An event noun ("raid", "blast")."""
    return token.lower_ in noun_senses()


def is_hazard(token: Token) -> bool:
    """Something that harms without an attack ("flood")."""
    return any(w in classes().hazards for w in head_words(token))


def actor(page: Page, token: Token) -> Actor | None:
    """The participant a head word stands for, named by its mention's chain where there is one.

    None for empty words and for pronouns that nothing resolves.
    """
    mention = page.mention_at[token.i]
    if mention is not None:
        name = mention.party or mention.text
        if mention.form != "pronoun" or mention.party:
            return Actor(party_id=mention.party_id, name=name, mentions=((mention.start, mention.end),))
        return None
    if (
        (token.pos_ == "PRON" and inner(token) is token)
        or token.lower_ in cues("person_pronouns")
        or (is_empty(token) and inner(token) is token)
    ):
        return None
    first, last = np_bounds(token)
    first = name_bounds(first, token)
    span = page.chars(first, last)
    return Actor(party_id=None, name=" ".join(page.text[span[0] : span[1]].split()), mentions=(span,))


def may_own(page: Page, token: Token) -> bool:
    """Whether a modifier of an event noun names who acts: a party or nationality, not a mere place."""
    mention = page.mention_at[token.i]
    if mention is not None and mention.type in _PARTY_TYPES:
        return (
            mention.type != "state"
            or page.place_at[token.i] is None
            or token.dep_ == "poss"
            or token.tag_ == "JJ"
        )
    return (
        token.ent_type_ in {"NORP", "ORG", "PERSON"}
        or is_armed(token)
        or token.lower_ in cues("person_pronouns")
    )
