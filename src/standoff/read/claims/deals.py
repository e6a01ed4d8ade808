"""Terms of agreements: what a report says the sides undertook, tied to the claim that they agreed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import msgspec
from spacy.tokens import Token

from standoff import vocab
from standoff.model import Claim
from standoff.read.claims.draft import Draft
from standoff.read.claims.grasp import clause_bounds, doers, done_to, governors
from standoff.read.claims.kinds import is_party
from standoff.read.claims.page import Page
from standoff.read.event_words import classes, verb_forms

_DASHES = frozenset({"—", "–", "--"})
_WITHIN = 3
"""An "agreed to ..." so many sentences after an agreement states one of its terms."""


def _pattern() -> re.Pattern[str]:
    phrases = sorted(vocab.load("en/claim_cues")["term_cues"], key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, phrases)) + r")\b", re.I)


_TERM = _pattern()


def terms(page: Page, drafts: Sequence[Draft]) -> list[Draft]:
    """A draft for the clause that each cue of a term ("as part of the deal") belongs to."""
    agreed = [d.trigger[0] for d in drafts if d.type == "AGREE"]
    if not agreed:
        return []
    found: list[Draft] = []
    for match in _TERM.finditer(page.text):
        span = page.doc.char_span(*match.span(), alignment_mode="expand")
        if span is None:
            continue
        head = _clause(span.root)
        if head is None or not _about_deal(page, span.start, span.end):
            continue
        fronted = span.start <= page.sents[page.sent_of[span.start]].start + 1
        for verb in _joined(head) if fronted else [head]:
            if not any(d.head.i == verb.i for d in found):
                found.append(_term(page, verb, span.start))
    return found


def _term(page: Page, verb: Token, cue: int) -> Draft:
    """The draft of one clause; what stands beyond the dashes around it is another matter."""
    first, last = _between_dashes(page, verb, cue, clause_bounds(verb))
    before = [c for c in verb.children if c.dep_ == "ccomp" and c.i < verb.i]
    subjects = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}]
    if before and subjects:
        first = max(first, subjects[0].left_edge.i)  # the clause before it is a term of its own
    bounds = first, last
    draft = Draft("TERM", None, verb, verb, (verb.i, verb.i), bounds, confidence=0.6)
    draft.add("actors", [t for t in doers(verb) if is_party(page, t)])
    draft.add("recipients", [t for t in done_to(verb) if is_party(page, t)])
    return draft


def _joined(verb: Token) -> list[Token]:
    """The clauses that a cue before them all governs ("Under the deal, A leave, B stay and C pay")."""
    top = verb
    while top.dep_ in {"dep", "conj", "ccomp"} and top.head.pos_ == "VERB" and top.head.i > top.i:
        top = top.head
    if top.lower_ in _telling():
        return [verb]  # what stands above is a verb of saying: only the clause of the cue is a term
    found = [top]
    for each in found:
        if any(c.dep_ == "cc" and c.lower_ == "but" for c in each.children):
            continue
        found += [
            c
            for c in each.children
            if c.pos_ == "VERB"
            and (c.dep_ in {"conj", "dep"} or (c.dep_ == "ccomp" and c.i < each.i))
            and any(s.dep_ == "nsubj" for s in c.children)
            and c.lower_ not in _telling()
        ]
    if verb not in found:
        return [verb]
    return sorted(found, key=lambda each: each.i)


@cache
def _telling() -> frozenset[str]:
    """Forms of verbs of saying."""
    return frozenset(form for lemma in vocab.load("en/cues")["that"] for form in verb_forms(lemma))


def _between_dashes(page: Page, verb: Token, cue: int, bounds: tuple[int, int]) -> tuple[int, int]:
    """Bounds cut at the dashes on either side of a clause that holds both its verb and the cue."""
    first, last = bounds
    low, high = min(verb.i, cue), max(verb.i, cue)
    dashes = [i for i in range(first, last + 1) if page.doc[i].text in _DASHES]
    if any(low < i < high for i in dashes):
        return bounds
    before = [i + 1 for i in dashes if i < low]
    after = [i - 1 for i in dashes if i > high]
    return (before[-1] if before else first), (after[0] if after else last)


def _clause(token: Token) -> Token | None:
    """The verb that a cue's phrase modifies; an infinitive is taken where the verb above only permits it."""
    verb = next((t for t in [token, *governors(token)] if t.pos_ in {"VERB", "AUX"}), None)
    if (
        verb is not None
        and verb.dep_ == "xcomp"
        and verb.head.pos_ == "VERB"
        and verb.head.lower_ in {"allowed", "let"}
    ):
        return verb.head
    return verb


def _about_deal(page: Page, first: int, last: int) -> bool:
    """Whether the cue or its sentence names a deal ("in exchange" alone does not make a term)."""
    sent = page.sents[page.sent_of[first]]
    near = page.lower[max(sent.start, first - 40) : min(sent.stop, last + 40)]
    return any(word in classes().deals for word in near)


def undertakings(page: Page, drafts: Sequence[Draft]) -> None:
    """Turn "agreed to ..." right after an agreement into a term of it."""
    earlier: int | None = None
    for draft in drafts:
        if draft.type != "AGREE":
            continue
        number = page.sent_of[draft.head.i]
        promised = any(c.dep_ == "xcomp" for c in draft.head.children) and draft.head.dep_ != "xcomp"
        if (
            draft.head.lower_.startswith("agree")
            and promised
            and earlier is not None
            and number - earlier <= _WITHIN
        ):
            draft.type, draft.mode = "TERM", None
        else:
            earlier = number


def tie(claims: Sequence[Claim]) -> list[Claim]:
    """Give each TERM the id of the nearest agreement before it, else of the first after it."""
    agreed = [(c.trigger or (0, 0), c.id) for c in claims if c.type == "AGREE"]
    tied = []
    for claim in claims:
        if claim.type == "TERM" and agreed:
            at = claim.trigger or (0, 0)
            before = [key for where, key in agreed if where <= at]
            claim = msgspec.structs.replace(claim, of=before[-1] if before else agreed[0][1])
        tied.append(claim)
    return [c for c in tied if c.type != "TERM" or c.of is not None]
