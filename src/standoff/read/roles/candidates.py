"""Noun phrases that may name a participant, in every cut that a record might use of them.

"the two former leaders of the farm union" is a candidate as "former leaders of the farm union",
"leaders of the farm union", "former leaders" and "leaders": which cut names the participant is for the
model to say. Articles, counting words and pronouns never begin a candidate.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from standoff import vocab
from standoff.read.roles.words import Words

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
BEHIND, NAMED = frozenset({"appos", "nummod"}), NOUNS | {"NUM"}
"""Relations and parts of speech of a name or number right after the noun ("Line 7")."""
SKIPPED = vocab.words("en/role_words", "skipped")


class Candidate(NamedTuple):
    """Tokens ``first`` to ``last``, both inclusive, around the ``head``; ``cut`` tells which cut it is."""

    first: int
    last: int
    head: int
    cut: str


def candidates(words: Words) -> Iterator[Candidate]:
    """All candidates of a document in the order of their heads, each span of a head once."""
    for head in nouns(words):
        yield from of_head(words, head)


def nouns(words: Words) -> list[int]:
    """Every token that may head a candidate."""
    return [at for at, pos in enumerate(words.pos) if pos in NOUNS and not words.tokens[at].is_punct]


def of_head(words: Words, head: int) -> list[Candidate]:
    """The cuts of one head's phrase: where it may begin times where it may end."""
    starts = beginnings(words, head)
    ends = endings(words, head)
    found: dict[tuple[int, int], Candidate] = {}
    for n, first in enumerate(starts):
        for end, name in ends:
            if end - first < LONGEST and not words.tokens[end].is_punct:
                kind = "whole" if n == 0 else "head" if first == head else "part"
                found.setdefault((first, end), Candidate(first, end, head, f"{kind} {name}"))
    return list(found.values())


def beginnings(words: Words, head: int) -> list[int]:
    """Tokens at which the phrase may begin: after its article and numbers, and at each modifier."""
    first = head
    for child in words.children[head]:
        if child < head and words.dep[child] in LEFT:
            first = min(first, words.tokens[child].left_edge.i)
    if kind := words.ent[head]:
        while first and words.iob[first] == "I" and words.ent[first - 1] == kind:
            first -= 1
    starts = [
        k
        for k in range(first, head + 1)
        if not (words.skip[k] or words.lower[k] in SKIPPED or words.dep[k] == "det")
    ]
    return [*starts[: MOST_STARTS - 1], head] if len(starts) > MOST_STARTS else starts or [head]


def endings(words: Words, head: int) -> list[tuple[int, str]]:
    """Tokens at which the phrase may end, the head's own first: its name, "of ...", other prepositions."""
    found = {head: "noun"}
    last = head
    while last + 1 < len(words) and words.iob[last + 1] == "I":
        last += 1
    found.setdefault(last, "name")
    for child in words.children[head]:
        if child > head and words.dep[child] == "prep":
            for end, name in _phrases(words, child):
                found.setdefault(end, name)
        elif child == head + 1 and words.dep[child] in BEHIND and words.pos[child] in NAMED:
            found.setdefault(child, "apposition")
    return list(found.items())


def _phrases(words: Words, prep: int) -> Iterator[tuple[int, str]]:
    """Ends of a prepositional phrase: its noun, and an "of ..." below that."""
    name = "of" if words.lower[prep] == "of" else "prep"
    for noun in words.children[prep]:
        if noun > prep and words.dep[noun] == "pobj":
            yield noun, name
            for inner in words.children[noun]:
                if words.dep[inner] == "prep" and words.lower[inner] == "of":
                    yield words.tokens[inner].right_edge.i, f"{name} of"
