"""Statements by figure: "the union put the toll at 52", "the hospital registered 26 dead".

Whose figure a number is stands often in a verb of counting that is no verb of saying elsewhere. The rules
hold only beside a number, and only where somebody or a paper that speaks is the subject: an explosion that
"raised the toll to 31" says nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from spacy.tokens import Token

from standoff import vocab
from standoff.model import Spans
from standoff.model import spans as sp
from standoff.read import grammar
from standoff.read.raw import RawAttribution
from standoff.read.statements import lexicon
from standoff.read.statements.clauses import cue_tokens, source_tokens
from standoff.read.statements.nested import covered
from standoff.read.statements.tokens import Words, pieces, subtree

SURENESS = 0.7
"""Confidence of a figure's statement: between a phrase's and an object's."""
SPEAKS = frozenset({"he", "she", "they", "we"})
REACH = 16
"""Tokens behind a verb within which its figure stands."""
OBJECTS = frozenset({"dobj", "attr", "oprd"})


def figure_attributions(words: Words) -> list[RawAttribution]:
    """One attribution for every figure that somebody puts, counts or owns."""
    found = []
    for token in words.doc:
        if token.lower_ in _forms() and token.pos_ in {"VERB", "AUX"} and not grammar.is_passive(token):
            made = _by_verb(words, token) or _by_owner(words, token)
            if made is not None:
                found.append(made)
    return found


def unheard(held: Sequence[RawAttribution], figures: Sequence[RawAttribution]) -> list[RawAttribution]:
    """The figures' attributions that ``held`` lacks: their words are wholly within another's, or nobody's."""
    cues = sp.merge(s for made in held for s in made.cue)
    contents = sp.merge(s for made in held for s in made.content)
    found = []
    for made in figures:
        words = made.cue + made.content
        if any(covered(cues, span) for span in words):
            continue
        if all(sp.covers(contents, s) for s in words) or not any(covered(contents, s) for s in words):
            found.append(made)
    return found


@cache
def _forms() -> dict[str, str]:
    """Every form of the verbs of figures to its lemma."""
    table = lexicon.cues()["figures"]
    lemmas = (*table["put"], *table["count"], *table["count_of"], *table["stands"])
    irregular = lexicon.cues()["figure_forms"]
    return {
        form: lemma for lemma in lemmas for form in (*lexicon.inflected(lemma), *irregular.get(lemma, ()))
    }


@cache
def _tellers() -> frozenset[str]:
    """Nouns of who or what may hold a figure."""
    nouns = vocab.load("en/event_nouns")
    told = {*nouns["bodies"], *nouns["civil"], *nouns["armed"], *lexicon.cues()["figures"]["papers"]}
    return frozenset({*told, *(f"{noun}s" for noun in told)})


def _by_verb(words: Words, verb: Token) -> RawAttribution | None:
    """Somebody puts a figure at a number, or counts so many."""
    lemma, table = _forms()[verb.lower_], lexicon.cues()["figures"]
    objects = [child for child in verb.children if child.dep_ in OBJECTS and child.i > verb.i]
    preps = [child for child in verb.children if child.dep_ == "prep" and child.i > verb.i]
    told: list[Token] = []
    if lemma in table["put"]:
        about = [o for o in objects if o.lower_ in table["of"]]
        at = [p for p in _below(words, verb) if p.lower_ in table["at"] and _numbered(p)] if about else []
        told = [*about, *at] if at else []
    if not told and lemma in table["count"]:
        told = [o for o in objects if _counted(o)]
    if not told and lemma in table["count_of"]:
        under = [c for p in preps if p.lower_ in table["count_of"][lemma] for c in p.children]
        told = [each for each in under if _counted(each)]
    source = source_tokens(verb)
    if not told or not source or not _speaks(words, source, verb):
        return None
    content = set().union(*(subtree(each) for each in told)) - source
    return _made(words, source, cue_tokens(verb), content)


def _below(words: Words, verb: Token) -> list[Token]:
    """Prepositions of a verb's clause behind it: "puts their figure closer to 4,000"."""
    inside = {verb.i}
    found = []
    for token in words.doc[verb.i + 1 : verb.i + REACH]:
        if token.head.i in inside and token.pos_ not in {"VERB", "AUX"}:
            inside.add(token.i)
            if token.dep_ == "prep":
                found.append(token)
    return found


def _by_owner(words: Words, verb: Token) -> RawAttribution | None:
    """Somebody's count stands at a number."""
    table = lexicon.cues()["figures"]
    if _forms()[verb.lower_] not in table["stands"]:
        return None
    for head in grammar.subjects(verb):
        owners = [child for child in head.children if child.dep_ == "poss"]
        if head.lower_ not in table["own"] or not owners or owners[0].lower_ in {"its", "our", "my"}:
            continue
        told = [c for c in verb.children if c.i > verb.i and (_numbered(c) or c.like_num)]
        source = {i for i in subtree(owners[0]) if words.doc[i].tag_ != "POS"}
        if told and _teller(owners[0]):
            return _made(words, source, {head.i}, set().union(*(subtree(each) for each in told)))
    return None


def _made(words: Words, source: set[int], cue: set[int], content: set[int]) -> RawAttribution | None:
    spans = (pieces(words, source), pieces(words, cue), pieces(words, content - cue))
    if not all(spans):
        return None
    whole: Spans = ((spans[0][0][0], spans[0][-1][1]),)
    return RawAttribution(source=whole, cue=spans[1], content=spans[2], confidence=SURENESS)


def _numbered(token: Token) -> bool:
    """Whether a number stands right below a preposition or a complement."""
    return any(child.like_num or _counted(child) for child in token.children)


def _counted(token: Token) -> bool:
    """Whether a noun has a number, or is one."""
    return token.like_num or any(
        c.like_num and c.dep_ in {"nummod", "quantmod", "compound"} for c in token.children
    )


def _speaks(words: Words, source: set[int], verb: Token) -> bool:
    heads = [
        words.doc[i] for i in source if words.doc[i].head.i not in source or words.doc[i].head.i == verb.i
    ]
    return any(_teller(head) for head in heads)


def _teller(token: Token) -> bool:
    return token.pos_ == "PROPN" or token.lower_ in SPEAKS or token.lower_ in _tellers()
