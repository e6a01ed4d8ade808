"""The role of a counted group by the words around it, for texts whose parse does not help."""

from __future__ import annotations

from spacy.tokens import Token

from standoff.read.quantities.page import Page
from standoff.read.quantities.roles import (
    BE,
    BESIDE,
    DOES,
    DONE,
    HARM,
    NOUNS,
    SITES,
    UNDER,
    VERBS,
    VOCAB,
    WOUNDS,
    does_role,
    done_role,
    holds_to,
    lemma,
)

PASSED = frozenset(VOCAB["beside"]["told"]) | set(DONE)
"""Verbs after which a participle still tells what became of the counted: "were reported killed"."""
BURIED, LYING = frozenset(VOCAB["where"]["buried"]), frozenset(VOCAB["where"]["lying"])
INSIDE, IN = frozenset(VOCAB["where"]["adverbs"]), frozenset(VOCAB["where"]["prepositions"])
HAVE = frozenset({"have", "has", "had"})
DOING = frozenset(VOCAB["where"]["doing"])
HELD_IN, TREATED = frozenset(VOCAB["where"]["detained"]), frozenset(VOCAB["where"]["treated"])
BREAKS = frozenset({".", ";", ":", "!", "?", "--", "—"})


def by_words(page: Page, head: int, start: int) -> str | None:
    """Role from the words around, for texts whose parse does not help: "X were killed", "killing X"."""
    tokens = page.tokens
    passive = False
    for k, token in enumerate(tokens[head + 1 : head + 13], start=1):
        low = token.lower_
        if low in BREAKS or "\n\n" in token.text:
            break
        if low in BE or (k == 1 and low in LYING):
            passive = low in BE
            if found := _whereabouts(page, head + k + 1):
                return found
        elif passive and token.tag_ in {"VBN", "VBD"} and not ({low, lemma(low)} & PASSED or low in BESIDE):
            break
        elif low in BESIDE and (passive or (k <= 2 and not _has_object(page, token))) and not holds_to(token):
            return BESIDE[low]
        elif passive and token.tag_ in {"VBN", "VBD", "NNP", "NN", "JJ", ""} and lemma(low) in DONE:
            return done_role(token)
        elif k == 1 and token.tag_ in {"VBN", "VBD"} and done_role(token) == "present":
            return "present"
        elif k == 1 and low in HAVE and (done := _perfect(page, head + k + 1)):
            return done
        elif k == 1 and token.tag_ in {"VBD", "VBP"} and does_role(token):
            return _remaining(page, head + k + 1) or does_role(token)
        elif lemma(low) in {"die", "perish", "flee", "disappear"} and k <= 6:
            return DOES[lemma(low)]
    return "injured" if _with_wounds(page, head) else _before_words(page, start)


def _with_wounds(page: Page, head: int) -> bool:
    """ "eight carters with burns"."""
    behind = [t.lower_ for t in page.tokens[head + 1 : head + 5]]
    return behind[:1] == ["with"] and not WOUNDS.isdisjoint(behind)


def _perfect(page: Page, i: int) -> str | None:
    """What "seven have crossed the ford", "two had since returned" say of them."""
    for token in page.tokens[i : i + 3]:
        if token.tag_ in {"VBN", "VBD"} and token.lower_ not in BE:
            return does_role(token)
        if token.tag_ != "RB":
            break
    return None


def _whereabouts(page: Page, i: int) -> str | None:
    """What "15 are still under the rubble", "60 were inside" and "12 are in custody" say of them."""
    words = [t.lower_ for t in page.tokens[i : i + 7]]
    while words and words[0] in DOING:
        words.pop(0)
    if not words:
        return None
    if words[0] in {"under", "in"} and TREATED & set(words[1:2]):
        return "injured"
    if words[0] in {"under", "beneath"}:
        if BURIED & set(words[1:3]):
            return "killed"
        return "missing" if UNDER & set(words[1:5]) else None
    if words[0] in INSIDE:
        return "present"
    if words[0] == "among":
        return _any_of(words[1:4])
    if words[0] not in IN:
        return None
    if HELD_IN & set(words[1:4]):
        return "detained"
    return "present" if SITES & set(words[1:5]) else None


def _remaining(page: Page, i: int) -> str | None:
    """ "seven people remain missing", "nine are still unaccounted for": the state comes before the verb."""
    words = [t.lower_ for t in page.tokens[i : i + 2]]
    return next((BESIDE[w] for w in words[: 2 if words[:1] == ["still"] else 1] if w in BESIDE), None)


def _any_of(words: list[str]) -> str | None:
    """ "were among the dead", "were among those freed"."""
    found = (BESIDE.get(w) or DONE.get(lemma(w)) or NOUNS.get(w) for w in words if w.isalpha())
    return next((role for role in found if role), None)


def _has_object(page: Page, token: Token) -> bool:
    """Whether a participle-like word is an active verb with its object right after it."""
    following = page.at(token.idx + len(token))
    if following is None:
        return False
    return page.tokens[following].tag_ in {"DT", "CD", "NN", "NNS", "NNP", "NNPS", "PRP", "PRP$", "JJ"}


def _before_words(page: Page, start: int) -> str | None:
    """ "killing 12 soldiers", "the death of 3", "injured some 20"."""
    i = page.at(start)
    first = max(0, (i or 0) - 3)
    for k in range((i or 0) - 1, first - 1, -1):
        token = page.tokens[k]
        if token.lower_ in BREAKS or token.lower_ in {",", "by"}:
            break
        if token.lower_ in NOUNS and page.tokens[k + 1].lower_ == "of":
            return NOUNS[token.lower_]
        if token.tag_ in {"VBG", "VBD", "VBN", "VB", "VBZ", "VBP", "NNP", ""} and lemma(token.text) in VERBS:
            role = done_role(token)
            return role if role in HARM or role == "released" else None
    return None
