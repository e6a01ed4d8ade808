"""Statements by grammar: a cue verb with its subject and its clause, infinitive or object."""

from __future__ import annotations

from spacy.tokens import Token

from standoff.model import Spans
from standoff.read import grammar
from standoff.read.raw import RawAttribution
from standoff.read.statements import lexicon
from standoff.read.statements.tokens import Words, pieces, subtree

HELPERS = frozenset({"aux", "auxpass", "neg", "prt"})
PARTICIPLES = frozenset({"advcl", "acl", "conj", "xcomp", "pcomp", "dep"})
IMPERSONAL = frozenset({"it", "there"})


def clause_attributions(words: Words, taken: set[int]) -> list[RawAttribution]:
    """One attribution for every cue verb outside ``taken`` whose frame fits the parse."""
    found: list[RawAttribution] = []
    for token in words.doc:
        lemma = None if token.i in taken else lexicon.cue_lemma(token)
        if lemma is None:
            continue
        if (quoted := _quoted_as(words, token)) is not None:
            found.append(quoted)
            continue
        content, confidence = content_tokens(token, lemma)
        if not content:
            continue
        made = _attribution(words, token, content, confidence)
        if made is not None:
            found.append(made)
    return found


def _quoted_as(words: Words, verb: Token) -> RawAttribution | None:
    """ "X was quoted as saying that ...": X speaks, and what hangs on the participle is said."""
    if not grammar.is_passive(verb):
        return None
    saying = next(
        (
            p
            for c in verb.children
            if c.lower_ == "as"
            for p in c.children
            if p.dep_ == "pcomp" and p.i == c.i + 1
        ),
        None,
    )
    if saying is None or lexicon.cue_lemma(saying) not in lexicon.frame("that"):
        return None
    clauses = [c for head in (saying, verb) for c in head.children if c.dep_ == "ccomp"]
    source = pieces(words, source_tokens(verb))
    if not clauses or not source:
        return None
    content = pieces(words, subtree(clauses[0]) - cue_tokens(verb))
    cue = pieces(words, cue_tokens(verb) | {saying.i - 1, saying.i})
    return RawAttribution(source=_hull(source), cue=cue, content=content, confidence=0.8)


def _attribution(words: Words, verb: Token, content: set[int], confidence: float) -> RawAttribution | None:
    if grammar.is_passive(verb):
        source = _by_phrase(verb)
        cue = cue_tokens(verb)
    else:
        source = source_tokens(verb)
        cue = cue_tokens(verb)
        if not source:
            return None
    content = content - source - cue - _aside(words, content)
    spans = pieces(words, content)
    cues = pieces(words, cue)
    if not spans or not cues:
        return None
    return RawAttribution(source=_hull(pieces(words, source)), cue=cues, content=spans, confidence=confidence)


def _aside(words: Words, content: set[int]) -> set[int]:
    """Tokens of "according to X" in a content: they say where its words come from."""
    found: set[int] = set()
    for index in content:
        if words.doc[index].lower_ == "according":
            found |= subtree(words.doc[index])
    return found


def _hull(spans: Spans) -> Spans:
    return ((spans[0][0], spans[-1][1]),) if spans else ()


def content_tokens(verb: Token, lemma: str) -> tuple[set[int], float]:
    """Tokens of what a cue verb introduces, with how sure the frame is; empty when no frame fits."""
    if grammar.is_passive(verb):
        return _passive(verb, lemma)
    for child in verb.children:
        if child.dep_ == "ccomp" and lemma in lexicon.frame("that"):
            return subtree(child), 0.8
    if verb.dep_ == "parataxis" and lemma in lexicon.frame("that") and verb.head.i != verb.i:
        told = [c for c in verb.head.children if c.dep_ == "ccomp" and c.i < verb.i]
        if told and lexicon.cue_lemma(verb.head):  # "..., the director said, Reuters reported"
            return subtree(told[0], frozenset({verb.i})), 0.8
        return subtree(verb.head, frozenset({verb.i})), 0.7
    for child in verb.children:
        if child.dep_ == "xcomp" and lemma in lexicon.frame("to"):
            objects = [c for c in verb.children if c.dep_ == "dobj"]
            extra = set().union(*(subtree(c) for c in objects)) if objects else set()
            return subtree(child) | extra, 0.6
    return _object(verb, lemma)


def _object(verb: Token, lemma: str) -> tuple[set[int], float]:
    wanted = lexicon.cues()["prepositional"].get(lemma, ())
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in wanted:
            return set().union(*(subtree(c) for c in child.children), set()), 0.6
    if lemma not in lexicon.frame("object"):
        return set(), 0.0
    found: set[int] = set()
    for child in verb.children:
        if child.dep_ == "dobj":
            found |= subtree(child)
    if found and lemma in lexicon.frame("object_and"):
        for child in verb.children:
            if child.dep_ in {"prep", "oprd", "ccomp", "xcomp"} and child.i > verb.i:
                found |= subtree(child)
    return found, 0.6


def _passive(verb: Token, lemma: str) -> tuple[set[int], float]:
    if lemma not in lexicon.frame("passive"):
        return set(), 0.0
    rest = [c for c in verb.children if c.dep_ in {"xcomp", "ccomp", "prep", "oprd"} and c.lower_ != "by"]
    rest = [c for c in rest if c.dep_ != "prep" or c.lower_ in {"of", "as", "with", "for"}]
    if not rest:
        return set(), 0.0
    found = set().union(*(subtree(c) for c in rest))
    for subject in grammar.subjects(verb):
        if subject.lower_ not in IMPERSONAL and verb.i not in (tokens := subtree(subject)):
            found |= tokens
    return found, 0.5


def _by_phrase(verb: Token) -> set[int]:
    found: set[int] = set()
    for head in grammar.agents(verb):
        found |= subtree(head)
    return found


def source_tokens(verb: Token) -> set[int]:
    """Tokens of who utters a cue verb: its subject, or the subject of what a participle hangs on."""
    current, steps = verb, 0
    while steps < 4:
        heads = [c for c in current.children if c.dep_ in {"nsubj", "nsubjpass"}]
        if heads:
            return _phrase(heads[0], verb)
        if current.dep_ in {"acl", "relcl"} and current.head.pos_ in {"NOUN", "PROPN"} and steps == 0:
            return _phrase(current.head, verb)
        if current.dep_ not in PARTICIPLES or current.head.i == current.i:
            break
        current, steps = current.head, steps + 1
    return set()


def _phrase(head: Token, verb: Token) -> set[int]:
    """The phrase of a head without the branch in which the verb itself stands."""
    branch = verb
    while branch.head.i != branch.i and branch.head.i != head.i:
        branch = branch.head
    found = subtree(head, frozenset({branch.i}) if branch.head.i == head.i else frozenset())
    if verb.i > head.i:
        found = {i for i in found if i < verb.i}
    return found


def cue_tokens(verb: Token) -> set[int]:
    """The verb with the auxiliaries, negations, particles and adverbs that touch it."""
    near = {c.i for c in verb.children if c.dep_ in HELPERS or (c.dep_ == "advmod" and c.i < verb.i)}
    found = {verb.i}
    left = verb.i - 1
    while left in near:
        found.add(left)
        left -= 1
    if verb.i + 1 in near:
        found.add(verb.i + 1)
    return found
