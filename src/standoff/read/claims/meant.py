"""How an event is meant: its modality (actual, planned, demanded ...) and whether it is denied."""

from __future__ import annotations

import re

from spacy.tokens import Token

from standoff.model.annotation import Modality, Polarity
from standoff.read.claims.grasp import governors, plan_before, pobjs
from standoff.read.claims.page import Page
from standoff.read.event_words import classes, cues, verb_cues

_YEAR = re.compile(r"^(1[5-9]|20)\d\d$")
# prepositions that tie an event noun to what governs it ("fear of an attack"); others only place it
_TIES = frozenset({"of", "for", "to", "about", "against", "on", "with"})
_OF_VERB = frozenset(
    {
        "xcomp",
        "ccomp",
        "advcl",
        "acl",
        "pcomp",
        "dobj",
        "pobj",
        "prep",
        "conj",
        "nsubjpass",
        "dative",
        "oprd",
        "csubj",
        "agent",
        "relcl",
        "attr",
        "dep",
        "nsubj",
    }
)


def _aux(verb: Token) -> list[str]:
    """Lower-case auxiliaries of a verb; a conjoined verb without own ones shares those before it."""
    own = [c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}]
    has_subject = any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children)
    if verb.dep_ == "conj" and verb.head.i != verb.i and not has_subject and not own:
        return _aux(verb.head)
    return own


def _own(verb: Token) -> Modality | None:
    """Modality of a verb by its auxiliaries and its if-clause."""
    aux = _aux(verb)
    if any(c.dep_ == "mark" and c.lower_ in {"if", "unless"} for c in verb.children):
        return "conditional"
    if any(w in cues("possible") for w in aux):
        return "hypothetical"
    if any(w in cues("obligation") for w in aux):
        return "demanded"
    hangs_on_if = any(
        c.dep_ == "advcl" and any(m.lower_ in {"if", "unless"} for m in c.children) for c in verb.children
    )
    if any(w in cues("future") for w in aux):
        # "have struck and will strike": what was done is not only planned
        return "conditional" if hangs_on_if else "planned"
    if any(w in cues("would") for w in aux):
        return "conditional" if hangs_on_if else "planned"
    return "conditional" if hangs_on_if and verb.tag_ in {"VB", "VBP", "VBZ"} else None


def _above(token: Token) -> Modality | None:
    """Modality that the words governing an event give it ("plans to", "demanded that", "fear of")."""
    below = token
    if token.dep_ == "pobj" and token.head.lower_ not in _TIES:
        return None
    for head in governors(token):
        if below.dep_ == "conj":
            below = head
            continue
        if _asked_of(head, below):
            return "demanded"
        if below.dep_ in {"relcl", "advcl"}:
            own = _own(below)
            return own if below.dep_ == "advcl" and own == "conditional" else None
        if below.dep_ not in _OF_VERB or below.dep_ == "nsubj":
            return None
        found = _governed(head.lower_, below)
        if found is not None:
            return found
        if below.dep_ == "ccomp" and _finite(below):
            # a that-clause: what is further up says who tells it, not how it is meant
            return None
        if head.pos_ in {"VERB", "AUX"} and below.dep_ in {"xcomp", "pobj", "prep", "dobj"}:
            own = _own(head)
            if own is not None:
                return own
        below = head
    return None


def _asked_of(head: Token, below: Token) -> bool:
    """ "called on all sides to let them pass": the infinitive is what is asked for."""
    infinitive = below.dep_ == "advcl" and any(c.dep_ == "aux" and c.lower_ == "to" for c in below.children)
    asked = any(c.dep_ == "prep" and c.lower_ in {"on", "upon", "to"} for c in head.children if c.i < below.i)
    return infinitive and asked and head.lower_ in verb_cues("demanding")


def _finite(verb: Token) -> bool:
    return any(c.dep_ in {"nsubj", "nsubjpass", "expl"} for c in verb.children) and verb.tag_ != "VB"


def _governed(word: str, below: Token) -> Modality | None:
    """Modality given by one governing word to what hangs on it."""
    if below.dep_ not in {"xcomp", "ccomp", "acl", "pcomp", "dobj", "pobj", "prep", "dep"}:
        return None
    nominal = below.pos_ in {"NOUN", "PROPN", "ADP"}
    infinitive = nominal or any(c.lower_ == "to" and c.dep_ == "aux" for c in below.children)
    bare = below.tag_ == "VB" and not any(c.tag_ == "MD" for c in below.children)
    if word in verb_cues("demanding") and (infinitive or bare):
        return "demanded"
    if word in verb_cues("planning") and infinitive and below.dep_ != "prep":
        return "planned"
    return "hypothetical" if word in verb_cues("supposing") else None


def modality(page: Page, token: Token, first: int, last: int) -> Modality:
    """How an event is meant, by its own auxiliaries, then by what governs it, then by a far date."""
    own = _own(token) if token.pos_ in {"VERB", "AUX"} or token.tag_[:2] == "VB" else None
    if own is None and any(c.lower_ in cues("imminent") for c in token.children):
        own = "hypothetical" if token.pos_ == "NOUN" else None
    if plan_before(token) is not None:
        return "planned"
    if token.dep_ == "csubj" and token.tag_ == "VBG" and not _aux(token):
        # "moving them would be wrong": an act that is judged, not told
        own = own or "hypothetical"
    found = own or _above(token)
    if found is not None:
        return found
    if _as_agreed(token):
        return "planned"
    return "historical" if _long_ago(page, token, first, last) else "actual"


def _as_agreed(verb: Token) -> bool:
    """ "under the deal, they free 46 people": what a term tells in the present is agreed, not yet done."""
    if verb.tag_ not in {"VBZ", "VBP"} or _aux(verb):
        return False
    deals = classes().deals | classes().deal_like
    return any(
        token.lower_ == "under" and any(noun.lower_ in deals for noun in pobjs(token)) for token in verb.sent
    )


def _long_ago(page: Page, token: Token, first: int, last: int) -> bool:
    """Years, decades or centuries ago, said of this very event; or a pluperfect with a year of its own."""
    for i in range(first, last + 1):
        if page.lower[i] == "ago" and _nearest_verb(page.doc[i]).i == token.i:
            return any(w.startswith(("year", "decade", "centur")) for w in page.lower[max(0, i - 3) : i])
    pluperfect = any(c.lower_ in {"had", "'d"} and c.dep_ == "aux" for c in token.children)
    return pluperfect and any(_YEAR.match(word) for word in page.lower[first : last + 1])


def _nearest_verb(token: Token) -> Token:
    return next((g for g in governors(token) if g.pos_ in {"VERB", "AUX"}), token)


def polarity(page: Page, token: Token, participants: list[Token]) -> Polarity:
    """Denied when the event is negated, said not to have happened, failed or avoided. The first of the
    participants is the word that tells the event."""
    kept = participants and any(each.lower_ in cues("figures") for each in governors(participants[0], 3))
    denied = (_negated(token) and not kept) or any(_no(t) for t in participants)
    below = token
    for head in governors(token, 5):
        if below.dep_ in {"relcl", "advcl", "conj"} and not (below.dep_ == "conj" and _shares(below)):
            break
        if below.lower_ in cues("figures"):
            break  # who "has not withdrawn its figure of the dead" denies no death
        word = head.lower_
        if below.dep_ not in {"nsubj", "nsubjpass", "conj"} and (
            word in verb_cues("denying") or (word in verb_cues("failing") and _complement(below))
        ):
            denied = not denied
        if below.dep_ in {"xcomp", "dobj", "pobj", "prep", "attr"} and _negated(head):
            denied = not denied
        if word == "without" and below.dep_ == "pcomp":
            denied = not denied
        below = head
    return "denied" if denied else "affirmed"


def _complement(below: Token) -> bool:
    return below.dep_ in {"xcomp", "pcomp", "prep", "dobj"} and below.pos_ in {"VERB", "AUX", "ADP"}


def _shares(verb: Token) -> bool:
    return not any(c.dep_ in {"nsubj", "nsubjpass", "aux", "auxpass"} for c in verb.children)


def _negated(token: Token) -> bool:
    for child in token.children:
        if child.lower_ in cues("negators") and child.dep_ in {"neg", "preconj", "det", "advmod", "cc"}:
            # "not only ..." affirms
            after = token.doc[child.i + 1].lower_ if child.i + 1 < len(token.doc) else ""
            if (after not in {"only", "just"} and child.lower_ != "no") or child.dep_ == "det":
                return True
    return False


def _no(token: Token) -> bool:
    if token.lower_ in {"nobody", "none", "nothing"} or (token.lower_ == "one" and _before(token) == "no"):
        return True
    return any(
        c.lower_ in {"no", "neither"} and c.dep_ in {"det", "neg", "advmod", "cc", "preconj"}
        for c in token.children
    )


def _before(token: Token) -> str:
    return token.doc[token.i - 1].lower_ if token.i else ""
