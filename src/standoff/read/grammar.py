"""Small questions about a parsed sentence, asked by several layers.

They use CLEAR/ClearNLP dependency labels as spaCy's English pipelines give them
(nsubj, nsubjpass, agent, dobj, neg, aux ...), from whatever component set them.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
CLAUSES = frozenset({"ROOT", "ccomp", "xcomp", "advcl", "relcl", "acl", "conj", "parataxis", "pcomp"})
NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
TAILS = frozenset({"relcl", "conj", "cc", "appos", "punct"})


def clause_of(token: Token) -> Token:
    """The verb (or clause head) that governs a token; the token itself if it heads its clause."""
    while token.dep_ not in CLAUSES or token.pos_ not in {"VERB", "AUX"}:
        if token.head.i == token.i:
            break
        token = token.head
    return token


def subjects(verb: Token) -> list[Token]:
    """Grammatical subjects of a verb, followed through shared subjects of conjoined verbs."""
    found = [child for child in verb.children if child.dep_ in SUBJECTS]
    if not found and verb.dep_ in {"conj", "xcomp"} and verb.head.i != verb.i:
        return subjects(verb.head)
    if not found and verb.dep_ in {"acl", "relcl"}:
        return [verb.head]
    return [each for head in found for each in conjuncts(head)]


def objects(verb: Token) -> list[Token]:
    """Direct objects of a verb with their conjuncts."""
    heads = [child for child in verb.children if child.dep_ in {"dobj", "obj", "dative"}]
    return [each for head in heads for each in conjuncts(head)]


def is_passive(verb: Token) -> bool:
    """Whether a verb stands in the passive, reduced relatives ("killed by ...") included."""
    if any(child.dep_ in {"nsubjpass", "auxpass"} for child in verb.children):
        return True
    return verb.tag_ == "VBN" and verb.dep_ in {"acl", "relcl", "advcl"} and not objects(verb)


def agents(verb: Token) -> list[Token]:
    """Who did it: the subjects of an active verb, the by-phrase of a passive one."""
    if not is_passive(verb):
        return subjects(verb)
    by = [c for c in verb.children if c.dep_ == "agent" or (c.dep_ == "prep" and c.lower_ == "by")]
    return [each for prep in by for head in prep.children if head.dep_ == "pobj" for each in conjuncts(head)]


def patients(verb: Token) -> list[Token]:
    """To whom it was done: the objects of an active verb, the subjects of a passive one."""
    if not is_passive(verb):
        return objects(verb)
    return subjects(verb)


def conjuncts(head: Token) -> list[Token]:
    """A token and all that is joined to it by "and", "or" or commas, in text order."""
    return [head, *(t for t in head.conjuncts if t.i > head.i)]


def negated(verb: Token) -> bool:
    """Whether a verb is negated by a particle or by "no"/"none" in its subject."""
    if any(child.dep_ == "neg" for child in verb.children):
        return True
    return any(s.lower_ in {"nobody", "none", "no-one"} or has_no(s) for s in subjects(verb)[:1])


def has_no(noun: Token) -> bool:
    """Whether a noun carries the determiner "no"."""
    return any(child.dep_ in {"det", "neg"} and child.lower_ in {"no", "neither"} for child in noun.children)


def phrase(noun: Token, *, stop: frozenset[str] = TAILS) -> Span:
    """The noun phrase around a head without its relative clauses, conjuncts and appositions."""
    left, right = noun.i, noun.i
    for token in _inside(noun, stop):
        left, right = min(left, token.i), max(right, token.i)
    return noun.doc[left : right + 1]


def _inside(noun: Token, stop: frozenset[str]) -> Iterator[Token]:
    for child in noun.children:
        if child.dep_ not in stop:
            yield child
            yield from _inside(child, stop)


def tokens_in(doc: Doc, start: int, end: int) -> Span | None:
    """Tokens that lie, even in part, within code points ``[start, end)``; None when there are none."""
    return doc.char_span(start, end, alignment_mode="expand") if start < end else None
