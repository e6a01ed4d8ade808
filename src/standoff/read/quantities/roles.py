"""The role a counted group has in an event: killed, injured, missing, ... by verb, noun or adjective."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import simplemma
from spacy.tokens import Token

from standoff import vocab
from standoff.read import grammar
from standoff.read.quantities.persons import is_person

VOCAB = vocab.load("en/quantity_roles")
ORDER: list[str] = VOCAB["order"]


def _table(key: str) -> dict[str, str]:
    return {word: role for role in reversed(ORDER) for word in VOCAB[role].get(key, [])}


DONE, DOES = _table("done"), _table("does")
BESIDE, NOUNS = _table("is"), _table("nouns")
HELD = {word: role for role, words in VOCAB["held"].items() for word in words}
CONTAINERS = frozenset(VOCAB["containers"]["words"])


def _pairs(key: str) -> dict[str, list[tuple[str, str]]]:
    """Verbs that only with a particle give a role: verb -> its particles with their roles."""
    found: dict[str, list[tuple[str, str]]] = {}
    for role in ORDER:
        for verb, particles in VOCAB[role].get(key, {}).items():
            each = [particles] if isinstance(particles, str) else particles
            found.setdefault(verb, []).extend((particle, role) for particle in each)
    return found


PARTICLE = _pairs("done_particle")
DOES_PARTICLE = _pairs("does_particle")
VERBS = frozenset(DONE) | frozenset(PARTICLE)
ONLY_WITH: dict[str, list[str]] = {
    verb: words for role in ORDER for verb, words in VOCAB[role].get("only_with", {}).items()
}
IRREGULAR: dict[str, str] = VOCAB["irregular"]
FORMER = frozenset({"former", "ex", "freed", "released", "returning"})
ENDED = frozenset({"missing", "kidnapped", "detained"})
"""States that a clause may tell the end of: "all 21 divers trapped in the cave were confirmed dead"."""
BE = frozenset({"be", "am", "is", "are", "was", "were", "been", "being", "got", "gets", "get", "'re", "’re"})
HARM = frozenset({"killed", "injured", "missing", "kidnapped", "detained", "casualties"})
UNDER = frozenset(VOCAB["where"]["under"])
BACK = frozenset({"come", "return", "go", "get"})
HAULED = frozenset(VOCAB["hauled"]["verbs"])
ROAD = frozenset(VOCAB["hauled"]["from"])
SITES = frozenset(VOCAB["where"]["sites"])
LISTING = frozenset(VOCAB["listing"]["verbs"])
WOUNDS = frozenset(VOCAB["injured"]["with"])


@cache
def lemma(word: str) -> str:
    """Lemma of an English verb form, whatever its case."""
    low = word.lower()
    return str(IRREGULAR.get(low) or simplemma.lemmatize(low, lang="en")).lower()


def _particle(table: dict[str, list[tuple[str, str]]], name: str, verb: Token, reach: int) -> str | None:
    """Role by a verb with its particle; "over" before a number is none: "handed parcels to over 300"."""
    for particle, role in table.get(name, ()):
        following = _following(verb, reach + 1)
        at = following[:reach].index(particle) if particle in following[:reach] else None
        if at is not None and (at == 0 or particle != "over" or not _number(verb, at + 2)):
            return role
    return None


def _number(verb: Token, reach: int) -> bool:
    i = verb.i + reach
    return i < len(verb.doc) and verb.doc[i].tag_ == "CD"


def _following(token: Token, reach: int = 3) -> list[str]:
    return [t.lower_ for t in token.doc[token.i + 1 : token.i + 1 + reach]]


def done_role(verb: Token) -> str | None:
    """Role of the one to whom a verb is done."""
    name = lemma(verb.text)
    special = _particle(PARTICLE, name, verb, 6)
    if special:
        return special
    if name in HAULED and "off" in (after := _following(verb, 7)) and ROAD & set(after[after.index("off") :]):
        return "detained"
    if name in ONLY_WITH:
        found = _beside_verb(verb) & set(ONLY_WITH[name])
        captured = name == "take" and found and all(word.startswith("prisoner") for word in found)
        return "detained" if captured else (DONE[name] if found else None)
    role = DONE.get(name)
    if holds_to(verb):
        return None
    if name == "hold" and _by_a_site(verb):
        return "present"
    if name in LISTING and (after := _following(verb, 2))[:1] == ["as"] and after[-1] in BESIDE:
        return BESIDE[after[-1]]
    if name == "bury" and {"under", "beneath", "alive", *UNDER} & set(_following(verb, 5)):
        return "missing"
    if role == "casualties" and _fatal(verb):
        return "killed"
    return "casualties" if role in {"killed", "injured"} and _killed_or_wounded(verb, role) else role


def _by_a_site(verb: Token) -> bool:
    """ "The camp held 300 people": who is held by a place is there."""
    return any(
        t.lower_ in SITES or t.ent_type_ in {"GPE", "LOC", "FAC"} for t in grammar.subjects(verb)
    ) and not grammar.is_passive(verb)


def _beside_verb(verb: Token) -> set[str]:
    """The words around a verb, within its sentence as far as full stops tell."""
    before = [t.lower_ for t in verb.doc[max(0, verb.i - 6) : verb.i]]
    after = [t.lower_ for t in verb.doc[verb.i : verb.i + 9]]
    first = len(before) - before[::-1].index(".") if "." in before else 0
    return {*before[first:], *after[: after.index(".") if "." in after else None]}


def holds_to(verb: Token) -> bool:
    """ "stuck to its figure": nobody is stuck."""
    return verb.lower_ in {"stick", "sticks", "stuck", "sticking"} and _following(verb, 1)[:1] in (
        ["to"],
        ["with"],
        ["by"],
    )


def _fatal(verb: Token) -> bool:
    """ "fatally shot", "shot to death"."""
    before = verb.i > 0 and verb.doc[verb.i - 1].lower_ == "fatally"
    return before or " to death" in " " + " ".join(_following(verb, 6))


def _killed_or_wounded(verb: Token, role: str) -> bool:
    """ "killed or wounded 20": one number for both."""
    doc = verb.doc
    for joint, other in ((verb.i + 1, verb.i + 2), (verb.i - 1, verb.i - 2)):
        if not (0 <= other < len(doc) and 0 <= joint < len(doc)) or doc[joint].lower_ not in {"or", "and"}:
            continue
        if {role, DONE.get(lemma(doc[other].text))} == {"killed", "injured"}:
            return True
    return False


def does_role(verb: Token) -> str | None:
    """Role of the one who does a verb ("die", "flee"); complements such as "left dead" come first."""
    name = lemma(verb.text)
    if name == "come" and _following(verb, 1) == ["from"]:
        return None
    if name in BACK and _never(verb):
        return "missing"
    if name == "get" and _following(verb, 1) == ["to"] and _named_goal(verb):
        return "arrived"
    special = _particle(DOES_PARTICLE, name, verb, 3)
    return special or DOES.get(name)


def _never(verb: Token) -> bool:
    """ "have not come back", "never returned": who has not is missing."""
    before = [t.lower_ for t in verb.doc[max(0, verb.i - 3) : verb.i]]
    home = verb.lower_.startswith("return") or _following(verb, 1) in (["back"], ["home"])
    return home and bool({"not", "never", "n't", "n’t"} & set(before))


def denied(token: Token) -> bool:
    """Whether the verb that gives a noun its role is denied; in "have not come back" the denial gives it."""
    verb, plain = token.head, token.dep_ in {"nsubjpass", "nsubj", "dobj"} and _after_noun(token) not in HARM
    negated = plain and any(child.dep_ == "neg" for child in verb.children)
    return negated and not (lemma(verb.text) in BACK and _never(verb))


def _named_goal(verb: Token) -> bool:
    """ "got to Zarim", "got to the town": a place, and no "got to work"."""
    goal = verb.doc[verb.i + 2 : verb.i + 3]
    return bool(len(goal)) and goal[0].tag_ in {"NNP", "NNPS", "DT", "PRP$"}


def _copula(verb: Token) -> str | None:
    """ "are dead", "were missing", "remain in hospital"."""
    for child in verb.children:
        if child.i > verb.i and child.dep_ in {"acomp", "attr", "oprd", "xcomp"} and child.lower_ in BESIDE:
            return BESIDE[child.lower_]
    return None


def _of_subject(token: Token) -> str | None:
    verb = token.head
    if token.dep_ == "nsubjpass" or (token.dep_ == "nsubj" and grammar.is_passive(verb)):
        return done_role(verb) or _open_complement(verb) or _copula(verb)
    copula = _copula(verb)
    if copula:
        return copula
    if verb.tag_ == "VBN" and verb.i > token.i and not grammar.objects(verb):
        return done_role(verb) or does_role(verb)
    return does_role(verb)


def _open_complement(verb: Token) -> str | None:
    for child in verb.children:
        if child.dep_ == "xcomp":
            return done_role(child) or does_role(child)
    return None


def _of_object(token: Token) -> str | None:
    verb = token.head
    for child in verb.children:
        if child.i > token.i and child.dep_ in {"oprd", "acomp", "xcomp", "advcl"} and child.lower_ in BESIDE:
            return BESIDE[child.lower_]
    return done_role(verb)


def _of_preposition(token: Token) -> str | None:
    prep = token.head
    above = prep.head
    if prep.lower_ == "of" and above.lower_ in NOUNS:
        return NOUNS[above.lower_]
    if prep.lower_ in {"of", "with"} and above.lower_ in CONTAINERS and above.i != token.i:
        return by_grammar(above)
    if prep.lower_ in {"at", "to"} and above.lower_ in {"toll", "stands", "stood", "rose"}:
        return NOUNS.get(above.lower_)
    if prep.lower_ in {"with", "carrying"} and lemma(above.text) in {"load", "fill", "pack", "cram"}:
        return "present"
    return None


def _after_noun(token: Token) -> str | None:
    """A participle or clause after the noun: "25 hostages wounded in the raid", "soldiers who died"."""
    for beside in token.doc[token.i + 1 : token.i + 2]:
        if beside.tag_ in {"VBN", "VBD"} and lemma(beside.text) in HAULED and done_role(beside) == "detained":
            return "detained"
    for child in token.children:
        if child.i <= token.i:
            continue
        if child.dep_ in {"acl", "relcl"}:
            active = child.tag_ == "VBG" or (child.dep_ == "relcl" and not grammar.is_passive(child))
            role = does_role(child) if active else done_role(child)
            if role and not _next_counted(token, child):
                return role
        if child.dep_ in {"amod", "acomp", "advmod"} and child.lower_ in BESIDE:
            return BESIDE[child.lower_]
        if child.lower_ == "with" and any(each.lower_ in WOUNDS for each in child.children):
            return "injured"
    return None


def _next_counted(token: Token, verb: Token) -> bool:
    """Whether another counted noun stands between: "nine prisoners and eleven lorries burnt"."""
    between = token.doc[token.i + 1 : verb.i]
    return verb.tag_ == "VBN" and any(t.tag_ == "CD" for t in between) and between[0].lower_ in {"and", ","}


BY_DEP: dict[str, Callable[[Token], str | None]] = {
    "nsubj": _of_subject,
    "nsubjpass": _of_subject,
    "dobj": _of_object,
    "obj": _of_object,
    "pobj": _of_preposition,
}


def by_grammar(token: Token, depth: int = 0) -> str | None:
    """Role from the clause a noun stands in, following conjunctions and containers."""
    found = _after_noun(token)
    rule = BY_DEP.get(token.dep_)
    if found in HARM:
        end = rule(token) if rule and found in ENDED else None
        return end if end in {"killed", "released"} else found
    role = rule(token) if rule else None
    if role:
        return role
    if (
        token.dep_ in {"conj", "appos", "nummod", "nmod", "compound"}
        and token.head.i != token.i
        and depth < 6
    ):
        return found or by_grammar(token.head, depth + 1)
    return found


def by_noun(words: tuple[str, ...], what: str | None) -> str | None:
    """Role that the counted phrase carries itself: "three wounded soldiers", "20 bodies", "90 deaths"."""
    if what in NOUNS:
        return NOUNS[what]
    for word in words[:-1]:
        if word in BESIDE:
            return BESIDE[word]
    return None


def by_state(what: str | None, words: tuple[str, ...] = ()) -> str | None:
    """Weakest: nouns for persons in a state ("hostages", "refugees"); "former" ones are in it no more."""
    if words and FORMER & {words[0], words[0].removesuffix("-")}:
        return None
    return HELD.get(what or "")


def personal(what: str | None) -> bool:
    """Whether the counted noun names persons."""
    return what is not None and is_person(what)
