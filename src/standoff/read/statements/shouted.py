"""Statements in upper-case wire text, where a parse is not to be trusted: words and their order only."""

from __future__ import annotations

from spacy.tokens import Token

from standoff.read.raw import RawAttribution
from standoff.read.statements import lexicon
from standoff.read.statements.tokens import Words, abbreviates, pieces, trimmed

LONGEST = 30


def shouted_attributions(words: Words) -> list[RawAttribution]:
    """ "THE COLONEL ADDED THAT ...": what stands before the verb says what stands after "THAT"."""
    found = []
    for token in words.doc[:-1]:
        if not (token.is_upper and len(token) > 2) or token.nbor().text != "THAT":
            continue
        if lexicon.forms().get(token.lower_) in lexicon.frame("that"):
            made = _around(words, token)
            if made is not None:
                found.append(made)
    return found


def _around(words: Words, verb: Token) -> RawAttribution | None:
    doc, first, last = words.doc, verb.i, verb.i + 1
    while first > 0 and verb.i - first < LONGEST and not _stops(doc[first - 1]):
        first -= 1
    while last + 1 < len(doc) and not _stops(doc[last + 1]):
        last += 1
    source = pieces(words, range(first, verb.i))
    content = trimmed(words.text, words.span(verb.i + 1, last))
    if not source or content is None or doc[first].text == "THAT":
        return None
    cue = (words.span(verb.i, verb.i),)
    return RawAttribution(source=source[-1:], cue=cue, content=(content,), confidence=0.8)


def _stops(token: Token) -> bool:
    return (token.text in {".", "?", "!", ";", "--"} and not abbreviates(token)) or "\n\n" in token.text
