"""Noun phrases that may name a participant, in every cut that a record might use of them.

"the two former leaders of the farm union" is a candidate as "former leaders of the farm union",
"leaders of the farm union", "former leaders" and "leaders": which cut names the participant is for the
model to say. Articles, counting words and pronouns never begin a candidate.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Doc, Token

from standoff import vocab

MOST_STARTS = 5
LONGEST = 14
"""Words of the longest candidate."""
NOUNS = frozenset({"NOUN", "PROPN"})
LEFT = frozenset(
    {
        "det", "compound", "amod", "nummod", "poss", "nmod", "quantmod", "advmod", "case", "punct",
        "npadvmod", "predet",
    }
)  # fmt: skip
"""Relations of what stands before a noun and belongs to its phrase (ClearNLP labels, as spaCy has them)."""
SKIPPED = vocab.words("en/role_words", "skipped")


class Candidate(NamedTuple):
    """Tokens ``first`` to ``last``, both inclusive, around the ``head``; ``cut`` tells which cut it is."""

    first: int
    last: int
    head: int
    cut: str


def candidates(doc: Doc) -> Iterator[Candidate]:
    """All candidates of a document in the order of their heads, each span once."""
    for token in doc:
        if token.pos_ in NOUNS and not token.is_punct:
            yield from of_head(doc, token)


def of_head(doc: Doc, head: Token) -> list[Candidate]:
    """The cuts of one head's phrase: where it may begin times where it may end."""
    starts = beginnings(doc, head)
    ends = endings(doc, head)
    found: dict[tuple[int, int], Candidate] = {}
    for n, first in enumerate(starts):
        for end, name in ends:
            if end - first < LONGEST and not doc[end].is_punct:
                kind = "whole" if n == 0 else "head" if first == head.i else "part"
                found.setdefault((first, end), Candidate(first, end, head.i, f"{kind} {name}"))
    return list(found.values())


def beginnings(doc: Doc, head: Token) -> list[int]:
    """Tokens at which the phrase may begin: after its article and numbers, and at each modifier."""
    first = head.i
    for child in head.children:
        if child.i < head.i and child.dep_ in LEFT:
            first = min(first, child.left_edge.i)
    if head.ent_type_:
        while first and doc[first].ent_iob_ == "I" and doc[first - 1].ent_type_ == head.ent_type_:
            first -= 1
    starts = [k for k in range(first, head.i + 1) if _begins(doc[k])]
    return [*starts[: MOST_STARTS - 1], head.i] if len(starts) > MOST_STARTS else starts or [head.i]


def _begins(token: Token) -> bool:
    return not (token.is_punct or token.is_space or token.lower_ in SKIPPED or token.dep_ == "det")


def endings(doc: Doc, head: Token) -> list[tuple[int, str]]:
    """Tokens at which the phrase may end, the head's own first: its name, "of ...", other prepositions."""
    found = {head.i: "noun"}
    last = head.i
    while last + 1 < len(doc) and doc[last + 1].ent_iob_ == "I":
        last += 1
    found.setdefault(last, "name")
    for child in head.children:
        if child.dep_ == "prep" and child.i > head.i:
            for end, name in _phrases(child):
                found.setdefault(end, name)
        elif child.i == head.i + 1 and child.dep_ in {"appos", "nummod"} and child.pos_ in NOUNS | {"NUM"}:
            found.setdefault(child.i, "apposition")
    return list(found.items())


def _phrases(prep: Token) -> Iterator[tuple[int, str]]:
    """Ends of a prepositional phrase: its noun, and an "of ..." below that."""
    name = "of" if prep.lower_ == "of" else "prep"
    for noun in prep.children:
        if noun.dep_ == "pobj" and noun.i > prep.i:
            yield noun.i, name
            for inner in noun.children:
                if inner.dep_ == "prep" and inner.lower_ == "of":
                    yield inner.right_edge.i, f"{name} of"
