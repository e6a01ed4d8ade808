"""Descriptions ("the envoy", "US officials", "residents") and pronouns."""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

from standoff.read.mentions import words
from standoff.read.mentions.found import Found

TIES = frozenset({"of", "for", "at", "from", "with", "to", "in"})
AMOUNTS = frozenset(
    {"any", "some", "more", "most", "about", "roughly", "hundreds", "dozens", "thousands", "of", "no"}
)
DEFINITE = frozenset({"the", "this", "that", "these", "those", "his", "her", "its", "their"})


def descriptions(doc: Doc, named: list[Found]) -> list[Found]:
    """Noun phrases headed by a role or a body, unless a name is their head."""
    heads = {m.last for m in named}
    found = []
    for chunk in _chunks(doc):
        root = chunk.root
        lemma = _singular(root)
        is_role = lemma in words.people("roles")
        if root.i in heads or not (
            is_role or root.lower_ in words.people("bodies") or lemma in words.people("bodies")
        ):
            continue
        made = _description(doc, chunk, is_role, lemma)
        if made is not None:
            found.append(made)
    return found


def _chunks(doc: Doc) -> list[Span]:
    return list(doc.noun_chunks) if doc.has_annotation("DEP") else []


def _singular(token: Token) -> str:
    return token.lower_ if token.is_upper else token.lemma_.lower()


def _description(doc: Doc, chunk: Span, is_role: bool, lemma: str) -> Found | None:
    root = chunk.root
    first, last = chunk.start, root.i
    while first < last and (doc[first].is_space or doc[first].is_punct or _counts(doc[first])):
        first += 1
    plural = root.tag_ in {"NNS", "NNPS"} or root.lower_ in words.people("population")
    if is_role:
        last = _with_tie(root, last)
    text = doc[first : last + 1].text
    if "\n" in text:
        return None
    made = Found(
        first, last, doc[first].idx, doc[first].idx + len(text), text, "description", "person", head=lemma
    )
    made.plural = plural
    made.definite = doc[first].lower_ in DEFINITE
    made.type = _type(doc, made, root, is_role)
    made.confidence = 0.7
    return made


def _counts(token: Token) -> bool:
    """Numbers and words of amount say how many of them, not who they are."""
    return token.pos_ in {"NUM", "ADV"} or token.dep_ in {"quantmod", "nummod"} or token.lower_ in AMOUNTS


def _with_tie(root: Token, last: int) -> int:
    """To the end of "for the army" after "a spokesman": the tie and its noun phrase."""
    for child in root.children:
        if child.dep_ == "prep" and child.i == last + 1 and child.lower_ in TIES:
            heads = [c for c in child.children if c.dep_ == "pobj"]
            if heads:
                end = heads[0].i
                below = [
                    c for c in heads[0].children if c.dep_ == "prep" and c.i == end + 1 and c.lower_ == "of"
                ]
                inner = [c.i for b in below for c in b.children if c.dep_ == "pobj"]
                return max([end, *inner])
    return last


def _type(doc: Doc, made: Found, root: Token, is_role: bool) -> str:
    low = root.lower_
    if low in words.people("population"):
        return "population"
    if low in words.people("armed"):
        return "armed_group"
    if low in words.media("heads") or low in words.media("plural"):
        return "media"
    return "person" if is_role else "organisation"


def pronouns(doc: Doc) -> list[Found]:
    """Personal pronouns that can stand for a party."""
    table = words.pronouns()
    found = []
    for token in doc:
        kind = table.get(token.lower_)
        if (
            kind is None
            or token.pos_ not in {"PRON", "PROPN", "NOUN"}
            or token.text == "US"
            or token.dep_ == "expl"
        ):
            continue
        if kind == "relative" and not (token.tag_ in {"WP", "WDT"} and token.dep_ in {"nsubj", "nsubjpass"}):
            continue
        made = Found(
            token.i,
            token.i,
            token.idx,
            token.idx + len(token),
            token.text,
            "pronoun",
            kind,
            head=token.lower_,
        )
        made.gender = kind if kind in {"male", "female"} else None
        found.append(made)
    return found
