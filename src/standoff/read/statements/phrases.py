"""Statements by phrase: "according to X", and nouns of saying ("X's claim that ...")."""

from __future__ import annotations

from spacy.tokens import Token

from standoff.model import Spans
from standoff.read.raw import RawAttribution
from standoff.read.statements import lexicon
from standoff.read.statements.tokens import Words, pieces, subtree, trimmed

ENDS = frozenset({".", "?", "!", "\n\n"})


def according_attributions(words: Words) -> list[RawAttribution]:
    """What stands "according to X" or "in the words of X": the rest of the clause it hangs on."""
    found = []
    for match in lexicon.according_pattern().finditer(words.text):
        made = _according(words, words.doc[words.at(match.start())], words.at(match.end() - 1))
        if made is not None:
            found.append(made)
    return found


def _according(words: Words, token: Token, end: int) -> RawAttribution | None:
    """The attribution of a phrase from ``token`` to token ``end``."""
    text = words.text
    first, last = _sentence(words, token)
    stop = _source_end(words, end + 1, last)
    if stop <= end + 1:
        return None
    source = trimmed(text, words.span(end + 1, stop - 1))
    before = trimmed(text, (words.starts[first], token.idx)) if token.i > first else None
    after = trimmed(text, words.span(stop, last - 1)) if stop < last else None
    content: Spans = tuple(s for s in (before or after,) if s)
    if source is None or not content:
        return None
    return RawAttribution(source=(source,), cue=(words.span(token.i, end),), content=content, confidence=0.75)


def _sentence(words: Words, token: Token) -> tuple[int, int]:
    """First token of a token's sentence and the one after its last; by full stops where nothing parsed it."""
    if words.doc.has_annotation("SENT_START"):
        return token.sent.start, token.sent.end
    first, last = token.i, token.i + 1
    while first > 0 and words.doc[first - 1].text not in ENDS:
        first -= 1
    while last < len(words.doc) and words.doc[last - 1].text not in ENDS:
        last += 1
    return first, last


def _source_end(words: Words, start: int, end: int) -> int:
    """Where the noun phrase after "according to" ends: its subtree, cut at quotation marks."""
    head = next((t for t in words.doc[start:end] if t.dep_ == "pobj"), None)
    if head is None:
        return next((t.i for t in words.doc[start:end] if t.text in {",", ".", ";"}), end)
    inside = subtree(head)
    stop = start
    while stop < end and (stop in inside or stop <= head.i) and words.doc[stop].text not in {'"', "“", ";"}:
        stop += 1
    return stop


def noun_attributions(words: Words) -> list[RawAttribution]:
    """Nouns of saying with an owner and a clause, infinitive or of-phrase."""
    found = []
    for token in words.doc:
        if token.pos_ != "NOUN" or token.lemma_.lower() not in lexicon.frame("nouns"):
            continue
        owners = [c for c in token.children if c.dep_ == "poss"]
        clauses = [c for c in token.children if c.dep_ in {"acl", "relcl", "ccomp"} and _carries(c)]
        if not owners or not clauses:
            continue
        source = pieces(words, {i for i in subtree(owners[0]) if words.doc[i].tag_ != "POS"})
        content = pieces(words, subtree(clauses[0]))
        if source and content:
            cue = words.span(token.i, token.i)
            found.append(RawAttribution(source=source, cue=(cue,), content=content, confidence=0.6))
    return found


def _carries(clause: Token) -> bool:
    first = min(subtree(clause))
    return clause.doc[first].lower_ in {"that", "to"} or clause.dep_ == "ccomp"
