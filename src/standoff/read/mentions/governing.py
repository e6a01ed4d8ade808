"""Whose clause a pronoun's clause hangs on: "A said B left when it fired" is about B before it is about A.

The climb from the pronoun's clause to the subjects above it is that of Hobbs, Resolving pronoun references
(Lingua 44, 1978); what a verb of control leaves unsaid is taken from its object.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from standoff.read.grammar import objects
from standoff.vocab import words as vocab_words

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
"""Subjects that may be somebody; `grammar.SUBJECTS` has clauses and "there" besides."""
CLAUSES = frozenset({"advcl", "ccomp", "xcomp", "conj", "pcomp", "relcl", "acl"})
HIGHEST = 6
"""Clauses that are climbed."""


def subjects_above(pronoun: Token) -> Iterator[Token]:
    """Subjects of the clauses around a pronoun, the nearest first; nouns that a relative clause is about."""
    verb = _clause(pronoun)
    if verb is None:
        return
    if pronoun.dep_ == "poss" and not _within_subject(pronoun):
        yield from subjects(verb)
    for _ in range(HIGHEST):
        above = _above(verb)
        if above is None:
            return
        yield from _accused(above)
        yield from subjects(above)
        verb = above


def subject_beside(pronoun: Token) -> list[Token]:
    """Subjects that act on a pronoun in its own clause: who hits "it" is not "it"."""
    if pronoun.dep_ not in {"dobj", "dative"}:
        return []
    return list(subjects(pronoun.head))


def charged_before(pronoun: Token) -> list[Token]:
    """Whom the sentence before charges, for a subject that carries the charge on: "They fired first," she
    said."""
    before = pronoun.sent.start - 1
    if pronoun.dep_ not in SUBJECTS or before < 0:
        return []
    charge = pronoun.doc[before].sent.root
    return objects(charge) if charge.lemma_ in _blaming() else []


def _accused(verb: Token) -> list[Token]:
    """Whom a charge is about when it goes on in a participle: "A blamed B, saying it had fired"."""
    charge = verb.head
    goes_on = verb.tag_ == "VBG" and verb.dep_ in {"advcl", "xcomp"} and charge.lemma_ in _blaming()
    return objects(charge) if goes_on else []


def subjects(verb: Token, depth: int = 0) -> Iterator[Token]:
    """The subject of a verb, said or implied by the verb that it hangs on; unlike `grammar.subjects` also
    what a verb of control leaves unsaid ("accused B of firing" is about B)."""
    own = [each for each in verb.children if each.dep_ in SUBJECTS]
    if own:
        yield from (
            verb.head if each.tag_ in {"WDT", "WP"} and verb.dep_ == "relcl" else each for each in own
        )
        return
    if depth > HIGHEST or verb.dep_ not in CLAUSES:
        return
    if verb.dep_ == "acl":
        yield verb.head
        return
    above = _above(verb)
    if above is None:
        return
    controlled = verb.dep_ in {"xcomp", "pcomp", "ccomp"} and above.lemma_ in _controlling()
    doers = objects(above) if controlled else []
    if doers:
        yield from doers
    else:
        yield from subjects(above, depth + 1)


def _above(verb: Token) -> Token | None:
    """The verb of the clause that a verb's clause hangs on."""
    if verb.dep_ not in CLAUSES:
        return None
    return _clause(verb)


def _clause(token: Token) -> Token | None:
    """The verb nearest above a token."""
    for above in token.ancestors:
        if above.pos_ in {"VERB", "AUX"}:
            return above
    return None


def _within_subject(token: Token) -> bool:
    above = token
    while above.head.i != above.i and above.pos_ not in {"VERB", "AUX"}:
        if above.dep_ in SUBJECTS:
            return True
        above = above.head
    return False


def _controlling() -> frozenset[str]:
    return vocab_words("en/claim_cues", "object_control")


def _blaming() -> frozenset[str]:
    return vocab_words("en/claim_cues", "blaming")
