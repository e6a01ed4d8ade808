"""Statements by figure: "the union put the toll at 30", "the hospital registered 12 dead".

Whose figure a number is stands often in a verb of counting that is no verb of saying elsewhere. The rules
hold only beside a number, and only where somebody or a paper that speaks is the subject: an explosion that
"raised the toll to 31" says nothing.
"""

from __future__ import annotations

import re
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
FAR = 30
"""The same, where much is told of what is counted: "put the toll from a fire in a hostel at 26"."""
BEFORE = 6
"""Tokens before a number within which the possessive stands that it belongs to."""
OBJECTS = frozenset({"dobj", "attr", "oprd"})
PARTS = re.compile(
    r"(?:,? (?:including|among (?:them|whom)|from)\b|, (?:[\w-]+ ){1,3}of (?:them|whom)\b)"
    r"[^.;:\n\"“”,]{1,80}(?=[.,;\n])"
)
"""What may close a sentence behind a figure: its parts, or what it was before."""
CLAUSAL = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "attr", "conj", "appos", "dep", "npadvmod"})
"""Places in a clause where a number stands for what it counts."""


def figure_attributions(words: Words) -> list[RawAttribution]:
    """One attribution for every figure that somebody puts, counts or owns."""
    found = []
    for token in words.doc:
        if (owned := _owned(words, token) or _held(words, token) or _given(words, token)) is not None:
            found.append(owned)
        if token.lower_ in _forms() and token.pos_ in {"VERB", "AUX"} and not _passive(token):
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
        if any(covered(cues, span) for span in made.content):
            continue
        if any(covered(cues, span) for span in made.cue):
            if not any(covered(contents, span) for span in words):
                found.append(made)  # the same words bring in the figure, too, which was left out
            continue
        if all(sp.covers(contents, s) for s in words) or not any(covered(contents, s) for s in words):
            found.append(made)
    return found


def _passive(verb: Token) -> bool:
    """Whether a verb is in the passive; with a subject of its own, "which had said 30 dead", it is not."""
    return grammar.is_passive(verb) and not any(child.dep_ == "nsubj" for child in verb.children)


def completed(held: Sequence[RawAttribution], whole: Sequence[RawAttribution]) -> list[RawAttribution]:
    """``held`` with the attributions of ``whole`` that nobody says already; where only a shred of one is held
    under its verb, the whole takes its place."""
    found = list(held)
    for made in whole:
        mine = [each for each in found if any(covered(each.cue, span) for span in made.cue)]
        others = sp.merge(s for each in found if each not in mine for s in each.cue + each.content)
        if any(covered(others, span) for span in made.cue) or not all(_shred(each, made) for each in mine):
            continue
        found = [each for each in found if each not in mine] + [made]
    return found


def _shred(held: RawAttribution, whole: RawAttribution) -> bool:
    """Whether a content holds less than half of a longer one, and nothing else."""
    inside = all(sp.covers(whole.content, span) for span in held.content)
    length = sum(end - start for start, end in held.content)
    return inside and 2 * length < sum(end - start for start, end in whole.content)


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
    named = {*nouns["bodies"], *nouns["civil"], *nouns["armed"], *lexicon.cues()["figures"]["papers"]}
    people = (vocab.words("en/people", key) for key in ("roles", "bodies", "population", "armed", "private"))
    told = named.union(lexicon.cues()["figures"]["persons"], *people)
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
        at = at or ([p for p in _behind(verb, "at") if _bare_number(p)] if about else [])
        told = [*about, *at] if at else []
    if not told and lemma in table["count"]:
        told = [o for o in objects if _counted(o)]
    if not told and lemma in table["count_of"]:
        under = [c for p in preps if p.lower_ in table["count_of"][lemma] for c in p.children]
        told = [each for each in under if _counted(each)]
    source = set() if _of_what_happened(verb) else source_tokens(verb)
    if not told or not source or not (_speaks(words, source, verb) or _relative(words, source, verb)):
        return None
    content = set().union(*(subtree(each) for each in told)) - source
    return _made(words, source, cue_tokens(verb), content)


def _of_what_happened(verb: Token) -> bool:
    """Whether a participle goes with a death: "a guard died, raising the toll to six"."""
    deaths = vocab.load("en/quantity_roles")["killed"]["does"]
    clause = verb.head
    died = clause.i < verb.i and (clause.lemma_ in deaths or grammar.is_passive(clause))
    return verb.tag_ == "VBG" and died


def _given(words: Words, verb: Token) -> RawAttribution | None:
    """Somebody's figure by a participle behind it: "the 31 deaths acknowledged by the council"."""
    counted = verb.head
    if verb.tag_ != "VBN" or verb.dep_ != "acl" or verb.lower_ not in _forms() or not _counts(counted):
        return None
    agents = [c for c in verb.children if c.lower_ == "by" and c.i > verb.i]
    givers = [c for agent in agents for c in agent.children if c.dep_ == "pobj" and _teller(c)]
    if not givers:
        return None
    told = {i for i in subtree(counted) if i < verb.i}
    return _made(words, subtree(givers[0]), {verb.i, agents[0].i}, told)


def _counts(noun: Token) -> bool:
    """Whether a noun is counted, or a figure with its number behind it: "a toll of 31"."""
    figures = lexicon.cues()["figures"]
    own = noun.lower_ in {*figures["own"], *figures["held"]}
    return _counted(noun) or (own and any(_numbered(c) for c in noun.children if c.dep_ == "prep"))


def _relative(words: Words, source: set[int], verb: Token) -> bool:
    """Whether the clause hangs on who may hold a figure: "the union, which had said 30"."""
    pronoun = all(words.doc[i].tag_ in {"WDT", "WP"} for i in source)
    return pronoun and verb.dep_ == "relcl" and _teller(verb.head)


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


def _behind(verb: Token, word: str) -> list[Token]:
    """Occurrences of a word farther behind a verb in its sentence, whatever they hang on."""
    found = []
    for token in verb.doc[verb.i + 1 : verb.i + FAR]:
        if token.is_sent_start:
            break
        if token.lower_ == word:
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


def _owned(words: Words, head: Token) -> RawAttribution | None:
    """Somebody's own number: "the council's 29", "the Guild's list of 17", "its count was cut to 5"."""
    owner = _owner(words, head)
    if owner is None or not _teller(owner):
        return None
    source = {i for i in subtree(owner) if words.doc[i].tag_ != "POS"}
    if head.like_num:
        mark = {t.i for t in words.doc[owner.i + 1 : owner.i + 2] if t.tag_ == "POS"}
        return _made(words, source, mark, {head.i}) if _stands_alone(head) else None
    told = [p for p in head.children if p.dep_ == "prep" and p.lower_ == "of" and _bare_number(p)]
    verb = head.head
    if head.dep_ == "nsubjpass" and _forms().get(verb.lower_) in lexicon.cues()["figures"]["put"]:
        about = [p for p in head.children if p.dep_ == "prep"]
        moved = [p for p in _below(words, verb) if p.lower_ in {"to", "at", "from"} and _numbered(p)]
        told = [*about, *moved] if moved else told
    content = set().union(*(subtree(each) for each in told)) if told else set()
    return _made(words, source, {head.i}, content - source)


def _held(words: Words, head: Token) -> RawAttribution | None:
    """A count that the subject of its clause holds: "closed with a tally of 12", "gave a toll: six"."""
    if head.lower_ not in lexicon.cues()["figures"]["held"] or head.dep_ in {"nsubj", "nsubjpass"}:
        return None
    number = next((t for t in words.doc[head.i + 1 : head.i + 4] if t.like_num), None)
    if number is None or words.doc[head.i + 1].lower_ not in {"of", ":"}:
        return None
    verb = next((t for t in head.ancestors if t.pos_ in {"VERB", "AUX"}), None)
    source = source_tokens(verb) if verb is not None and verb.i < head.i and not _passive(verb) else set()
    if verb is None or not source or not _speaks(words, source, verb):
        return None
    counted = number.head.i if number.head.i > number.i and number.dep_ == "nummod" else number.i
    return _made(words, source, {verb.i, head.i}, set(range(number.i, counted + 1)))


def _owner(words: Words, head: Token) -> Token | None:
    """Whose a number or a count is, by the possessive before it."""
    if not (head.like_num or head.lower_ in lexicon.cues()["figures"]["own"]):
        return None
    before = words.doc[max(0, head.i - BEFORE) : head.i]
    parsed = next((t for t in before if t.dep_ == "poss" and t.head.i == head.i), None)
    if parsed is None and head.like_num and len(before) > 1 and before[-1].tag_ == "POS":
        return before[-2]  # whatever the parse makes of it
    return parsed


def _stands_alone(number: Token) -> bool:
    """Whether a number stands for what it counts: in its clause, or with nothing behind it to be counted."""
    after = number.doc[number.i + 1 : number.i + 2]
    return number.dep_ in CLAUSAL or not any(t.pos_ in {"NOUN", "PROPN", "ADJ", "NUM", "SYM"} for t in after)


def _bare_number(prep: Token) -> bool:
    """Whether a number stands for itself behind a preposition: "a list of 17", no "list of 17 streets"."""
    return any(child.like_num and child.dep_ == "pobj" for child in prep.children)


def _made(words: Words, source: set[int], cue: set[int], told: set[int]) -> RawAttribution | None:
    spans = (pieces(words, source), pieces(words, cue), pieces(words, told - cue))
    if not all(spans):
        return None
    whole: Spans = ((spans[0][0][0], spans[0][-1][1]),)
    content = sp.merge([*spans[2], *_parts_behind(words.text, spans[2][-1][1])])
    return RawAttribution(source=whole, cue=spans[1], content=content, confidence=SURENESS)


def _parts_behind(text: str, end: int) -> Spans:
    """What belongs to a figure's content although it stands outside its clause."""
    found = PARTS.match(text, end)
    return ((end, found.end()),) if found else ()


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
