"""Wire copy's last clause: "Forty passengers were aboard when ..., officials at the port confirmed".

Long sentences defeat the parse of what is said; who says so stands after the last comma all the same. The
rule holds where a number is told, as somebody's figure is what is lost otherwise.
"""

from __future__ import annotations

from spacy.tokens import Token

from standoff.read.raw import RawAttribution
from standoff.read.statements import lexicon
from standoff.read.statements.tokens import Words, pieces, trimmed

SURENESS = 0.7
LONGEST_SOURCE = 9
AFTER = 4
"""Tokens behind the verb: a day at most."""
SHORTEST = 4
QUOTES = frozenset({'"', "“", "”", "''", "``"})


def trailing_attributions(words: Words) -> list[RawAttribution]:
    """One attribution for every sentence that ends in a comma, a source and a verb of saying, with a day."""
    found = []
    for sentence in words.doc.sents if words.doc.has_annotation("SENT_START") else ():
        tokens = [token for token in sentence if not token.is_space]
        made = _trailing(words, tokens)
        if made is not None:
            found.append(made)
    return found


def _trailing(words: Words, tokens: list[Token]) -> RawAttribution | None:
    verb = next(
        (n for n in range(len(tokens) - 1, max(-1, len(tokens) - AFTER - 2), -1) if _says(tokens[n])), None
    )
    if verb is None or not all(_closing(token) for token in tokens[verb + 1 :]):
        return None
    comma = next(
        (n for n in range(verb - 1, max(0, verb - LONGEST_SOURCE - 1), -1) if tokens[n].text == ","), None
    )
    if comma is None or comma < SHORTEST or verb - comma < 2:
        return None
    source, said = tokens[comma + 1 : verb], tokens[:comma]
    if not _nominal(source) or not any(t.like_num for t in said) or any(t.text in QUOTES for t in tokens):
        return None
    content = trimmed(words.text, (said[0].idx, tokens[comma].idx))
    spoken = pieces(words, [token.i for token in source])
    if content is None or not spoken:
        return None
    cue = (words.span(tokens[verb].i, tokens[verb].i),)
    return RawAttribution(source=spoken[-1:], cue=cue, content=(content,), confidence=SURENESS)


def _says(token: Token) -> bool:
    return token.tag_ in {"VBD", "VBZ", "VBP"} and lexicon.forms().get(token.lower_) in lexicon.frame("that")


def _closing(token: Token) -> bool:
    """What may follow the verb: "on Monday", "late Friday"."""
    return token.is_punct or token.tag_ in {"IN", "NNP", "CD", "JJ"} or token.dep_ == "npadvmod"


def _nominal(tokens: list[Token]) -> bool:
    """Whether the words of a source are a noun phrase and nothing else."""
    plain = {"NN", "NNS", "NNP", "NNPS", "DT", "JJ", "IN", "PRP$", "POS", "CD", "VBN", "CC", "HYPH", "PRP"}
    nouns = {"NN", "NNS", "NNP", "NNPS", "PRP"}
    return (
        all(t.tag_ in plain for t in tokens)
        and tokens[0].tag_ != "IN"
        and any(t.tag_ in nouns for t in tokens)
    )
