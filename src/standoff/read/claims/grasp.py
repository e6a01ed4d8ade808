"""Who does what to whom around a verb or noun: grammar questions that claims ask and others do not.

They go further than `read.grammar`: shared subjects, controlled infinitives, relative pronouns,
participles, passives that are conjoined to a passive.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from standoff.read.event_words import classes, cues, verb_cues

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_OBJECTS = frozenset({"dobj", "obj", "dative", "oprd"})
_RELATIVE = frozenset({"who", "whom", "which", "that"})
_LEFT = frozenset(
    {
        "compound",
        "amod",
        "nummod",
        "poss",
        "nmod",
        "quantmod",
        "advmod",
        "case",
        "punct",
        "npadvmod",
        "predet",
    }
)


def conjuncts(head: Token) -> list[Token]:
    """A token and all that is joined to it, in text order (spaCy's own walks the whole document)."""
    found, at = [head], 0
    while at < len(found):
        found.extend(c for c in found[at].children if c.dep_ == "conj")
        at += 1
    return sorted(found, key=lambda t: t.i)


def passive(verb: Token) -> bool:
    """Whether the subject of a verb undergoes it; conjoined and reduced passives included."""
    deps = {child.dep_ for child in verb.children}
    if deps & {"nsubjpass", "auxpass", "agent"}:
        return True
    if verb.tag_ not in {"VBN", "VBD"}:
        return False
    if verb.dep_ in {"acl", "amod"}:
        return verb.tag_ == "VBN"
    if verb.tag_ == "VBN" and deps & _SUBJECTS and not deps & {"dobj", "aux"}:
        # "12 were killed and 30 others wounded": a participle without "have" undergoes
        return True
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and not deps & (_SUBJECTS | {"dobj", "aux"}):
        return verb.head.tag_ == "VBN" and passive(verb.head)
    return (
        verb.dep_ in {"advcl", "oprd", "ccomp"} and verb.tag_ == "VBN" and not deps & {"dobj", "aux", "nsubj"}
    )


def _antecedent(token: Token, verb: Token) -> Token:
    """The noun a relative pronoun stands for; the token itself when it is none."""
    if token.lower_ not in _RELATIVE or token.tag_ not in {"WP", "WDT", "IN", "DT"}:
        return token
    climb = verb
    while climb.dep_ in {"conj", "xcomp", "ccomp"} and climb.head.i != climb.i:
        climb = climb.head
    return climb.head if climb.dep_ in {"relcl", "acl"} else token


def grammatical_subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Subjects of a verb, own, shared, or those that control it; antecedents for relative pronouns."""
    own = [child for child in verb.children if child.dep_ in _SUBJECTS]
    if own:
        return [each for token in own for each in conjuncts(_antecedent(token, verb))]
    head = verb.head
    if depth > 6 or head.i == verb.i:
        return []
    if verb.dep_ == "acl" and verb.tag_ == "VBG" and head.ent_type_ in {"GPE", "LOC", "DATE", "TIME"}:
        # "hit a house in X, killing two": the participle belongs to the verb above the place or date
        above = next((g for g in governors(head) if g.pos_ == "VERB"), None)
        return grammatical_subjects(above, depth + 1) if above is not None else []
    if verb.dep_ in {"acl", "relcl", "amod"}:
        return conjuncts(head) if verb.tag_ != "VB" and not _takes_to(verb) else []
    if verb.dep_ == "pcomp" and head.dep_ in {"prep", "mark"}:
        governor = head.head
        if governor.pos_ in {"NOUN", "PROPN"} and governor.dep_ in {"dobj", "nsubjpass"}:
            # "accused X of doing": the parser may hang "of doing" on X
            return [governor] if governor.head.lower_ in verb_cues("blaming") else []
        if governor.pos_ not in {"VERB", "AUX"}:
            return []
        controlled = _controlled(governor) if head.lower_ in {"from", "of", "for"} else []
        return controlled or grammatical_subjects(governor, depth + 1)
    if verb.dep_ in {"xcomp", "ccomp"} and head.lower_ in verb_cues("object_control"):
        return _controlled(head) or (grammatical_subjects(head, depth + 1) if verb.dep_ == "xcomp" else [])
    if plan_before(verb) is not None:
        return []
    if verb.dep_ in {"conj", "xcomp", "advcl", "dep"}:
        if verb.dep_ == "advcl" and verb.tag_ not in {"VBG", "VBN", "VB"}:
            return []
        return grammatical_subjects(head, depth + 1)
    return []


def plan_before(verb: Token) -> Token | None:
    """The noun right before an infinitive that says what it is for ("denounced a plan to move them")."""
    to = next((c for c in verb.children if c.dep_ == "aux" and c.lower_ == "to"), None)
    if to is None or not to.i or verb.dep_ not in {"xcomp", "advcl", "acl"}:
        return None
    before = verb.doc[to.i - 1]
    words = classes().deals | classes().deal_like
    return before if before.lower_ in words and before.pos_ in {"NOUN", "PROPN"} else None


def _takes_to(verb: Token) -> bool:
    return any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)


def _controlled(governor: Token) -> list[Token]:
    """The object of a verb such as "force" or "prevent", which acts in the verb below it."""
    heads = [child for child in governor.children if child.dep_ in {"dobj", "obj", "dative"}]
    if not heads and passive(governor):
        return grammatical_subjects(governor)
    return [each for head in heads for each in conjuncts(_antecedent(head, governor))]


def grammatical_objects(verb: Token) -> list[Token]:
    """Objects of an active verb with their conjuncts."""
    heads = [child for child in verb.children if child.dep_ in _OBJECTS]
    found = [each for head in heads for each in conjuncts(_antecedent(head, verb))]
    if found or verb.dep_ != "relcl" or not any(child.dep_ in _SUBJECTS for child in verb.children):
        return found
    own = [child for child in verb.children if child.dep_ in _SUBJECTS]
    if all(child.lower_ not in _RELATIVE for child in own) and verb.head.pos_ in {"NOUN", "PROPN"}:
        return [verb.head]
    return found


def by_phrase(verb: Token) -> list[Token]:
    """Nouns of the "by" phrase of a passive, adverbs between ignored."""
    preps = [c for c in verb.children if c.dep_ == "agent" or (c.dep_ == "prep" and c.lower_ == "by")]
    return [each for prep in preps for each in pobjs(prep)]


def pobjs(prep: Token) -> list[Token]:
    """Objects of a preposition with their conjuncts."""
    return [each for c in prep.children if c.dep_ == "pobj" for each in conjuncts(c)]


def senders(weapon: Token) -> list[Token]:
    """Who a shot or shell is said to come from: "a shell fired by the army", "a rocket from the ridge"."""
    found = [noun for prep, noun in in_prep(weapon) if prep == "from"]
    for child in weapon.children:
        if child.dep_ in {"acl", "relcl"} and child.tag_ == "VBN":
            found += by_phrase(child)
            found += [noun for prep, noun in in_prep(child) if prep == "from"]
    return list(dict.fromkeys(found))


def doers(verb: Token) -> list[Token]:
    """Who does it: subjects of an active verb, the by-phrase of a passive one."""
    return by_phrase(verb) if passive(verb) else grammatical_subjects(verb)


def done_to(verb: Token) -> list[Token]:
    """To whom it is done: objects of an active verb, subjects of a passive one."""
    return grammatical_subjects(verb) if passive(verb) else grammatical_objects(verb)


def in_prep(token: Token) -> Iterator[tuple[str, Token]]:
    """(preposition, noun) pairs below a verb or noun; nested once ("from X to Y")."""
    for child in token.children:
        if child.dep_ in {"prep", "agent", "dative"} and child.pos_ not in {"NOUN", "PROPN", "PRON"}:
            for noun in pobjs(child):
                yield child.lower_, noun


def owners(noun: Token) -> Iterator[Token]:
    """Possessors and noun or nationality modifiers of a noun ("Ruritanian air strikes")."""
    for child in noun.children:
        if child.dep_ in {"poss", "compound", "nmod", "amod"} and child.pos_ in {
            "NOUN",
            "PROPN",
            "ADJ",
            "PRON",
        }:
            yield child


def np_bounds(head: Token) -> tuple[int, int]:
    """First and last token of a noun phrase: its left modifiers, and "of ..." after words of number."""
    first = last = head.i
    for child in head.children:
        if child.i < head.i and (child.dep_ in _LEFT or child.dep_ == "det"):
            first = min(first, child.left_edge.i if child.dep_ != "punct" else first)
    for child in head.children:
        if child.dep_ == "prep" and child.lower_ in {"of", "from"}:
            inner = [c for c in child.children if c.dep_ == "pobj"]
            if inner and _belongs(head, child.lower_, inner[0]):
                last = max(last, np_bounds(inner[0])[1])
    return first, last


def _belongs(head: Token, prep: str, below: Token) -> bool:
    """Whether "of ..." is part of who is meant: after words of number, and a force's name after its men."""
    if prep == "of" and (head.lower_ in cues("collective") or head.pos_ == "NUM"):
        return True
    named = below.pos_ == "PROPN" and below.ent_type_ not in {"GPE", "LOC", "FAC", "DATE"}
    return named and head.lower_ in classes().armed


def name_bounds(first: int, head: Token) -> int:
    """First token of a name without article, number words kept."""
    doc = head.doc
    while first < head.i and (doc[first].dep_ in {"det", "punct"} or doc[first].lower_ in {"the", "a", "an"}):
        first += 1
    return first


def governors(token: Token, limit: int = 8) -> Iterator[Token]:
    """Heads above a token, nearest first."""
    for _ in range(limit):
        if token.head.i == token.i:
            return
        token = token.head
        yield token


def is_empty(token: Token) -> bool:
    """Whether a head word is never a participant by itself ("this", "number", "week")."""
    return token.lower_ in cues("empty_heads")


def clause_bounds(token: Token, keep: Iterable[Token] = ()) -> tuple[int, int]:
    """First and last token of the clause a verb heads, conjoined clauses and reporting frames left out."""
    first = last = token.i
    stack = [token]
    while stack:
        node = stack.pop()
        first, last = min(first, node.i), max(last, node.i)
        for child in node.children:
            apart = child.dep_ in {"conj", "cc", "parataxis"} and child.pos_ in {"VERB", "AUX", "CCONJ"}
            if not (node.i == token.i and (apart or child.dep_ in {"parataxis", "dep"})):
                stack.append(child)
    for extra in keep:
        if extra.sent.start == token.sent.start:
            first, last = min(first, extra.i), max(last, extra.i)
    doc = token.doc
    while last > first and doc[last].is_punct and doc[last].text not in {'"', "”", ")"}:
        last -= 1
    while first < last and doc[first].is_punct and doc[first].text not in {'"', "“", "("}:
        first += 1
    return first, last


_QUOTES = frozenset({'"', "“", "”", "'", "‘", "’"})
_VAGUE = frozenset({"dozens", "scores", "hundreds", "thousands", "many", "several"})


def inner_count(token: Token) -> Token | None:
    """The counted noun or bare number within four tokens before an adjective ("12 people dead")."""
    doc = token.doc
    noun: Token | None = None
    for i in range(token.i - 1, max(-1, token.i - 5), -1):
        if doc[i].text in _QUOTES:
            continue
        if doc[i].pos_ not in {"NUM", "NOUN", "PROPN", "ADJ", "PRON"}:
            return None
        if doc[i].pos_ == "NUM" or doc[i].lower_ in _VAGUE:
            return noun or doc[i]
        if noun is None and doc[i].pos_ in {"NOUN", "PROPN"}:
            noun = doc[i]
    return None
