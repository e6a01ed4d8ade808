"""A document's tokens as columns, each worked out once: the model of roles asks for them many times."""

from __future__ import annotations

from functools import cache, cached_property

import simplemma
from spacy.tokens import Doc, Token

from standoff.read.event_words import Classes, classes, noun_senses, verb_senses

CLASSES = tuple(Classes.__struct_fields__)
NAMES = frozenset(
    {
        "PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW", "LANGUAGE",
    }
)  # fmt: skip
FIGURES = frozenset({"DATE", "CARDINAL", "TIME", "MONEY", "QUANTITY", "PERCENT", "ORDINAL"})
VERBS = frozenset({"VERB", "AUX"})


class Words:
    """Parallel lists over all tokens of a parsed document; heads and children are token numbers.

    ``form`` and ``base`` are a token's word and lemma with names and figures masked, ``classes`` the noun
    classes of the event lexicon that hold it, ``events`` the PLOVER types and modes it may carry.
    """

    def __init__(self, doc: Doc) -> None:
        tokens = list(doc)
        self.doc, self.tokens = doc, tokens
        self.lower = [t.lower_ for t in tokens]
        self.pos = [t.pos_ for t in tokens]
        self.tag = [t.tag_ for t in tokens]
        self.dep = [t.dep_ for t in tokens]
        self.ent = [t.ent_type_ for t in tokens]
        self.iob = [t.ent_iob_ for t in tokens]
        self.lemma = [t.lemma_.lower() for t in tokens]
        self.skip = [t.is_punct or t.is_space for t in tokens]
        self.head = [t.head.i for t in tokens]
        self.classes = [word_classes(word) for word in self.lower]
        self.events = [events_of(w, p in VERBS) for w, p in zip(self.lower, self.pos, strict=True)]
        masks = [*map(_mask, self.lower, self.ent, self.pos)]
        self.form = [mask or word for mask, word in zip(masks, self.lower, strict=True)]
        self.base = [
            mask or (word if kind else lemma)
            for mask, word, kind, lemma in zip(masks, self.lower, self.ent, self.lemma, strict=True)
        ]

    def __len__(self) -> int:
        return len(self.tokens)

    @cached_property
    def children(self) -> list[list[int]]:
        """For every token what hangs on it, in text order."""
        found: list[list[int]] = [[] for _ in self.tokens]
        for child, head in enumerate(self.head):
            if head != child:
                found[head].append(child)
        return found


@cache
def word_classes(word: str) -> tuple[str, ...]:
    """The noun classes of the event lexicon that hold a lower-case word."""
    table = classes()
    return tuple(name for name in CLASSES if word in getattr(table, name))


@cache
def events_of(word: str, verb: bool) -> tuple[str, ...]:
    """PLOVER types and modes that a lower-case word may carry, at most two ("ASSAULT/abduct")."""
    senses = (verb_senses() if verb else noun_senses()).get(word, ())
    return tuple(dict.fromkeys(f"{s.type}/{s.mode}" for s in senses if not s.rest or not verb))[:2]


def events(token: Token) -> tuple[str, ...]:
    """The same of a token."""
    return events_of(token.lower_, token.pos_ in VERBS)


@cache
def _common(word: str) -> bool:
    return (word.isalpha() and simplemma.is_known(word, lang="en")) or bool(word_classes(word))


def _mask(word: str, kind: str, pos: str) -> str:
    """What is shown of a name or a figure instead of its word; "" where the word itself is shown."""
    if kind in FIGURES or (kind in NAMES and not word_classes(word)):
        return f"<{kind}>"
    return "<name>" if not kind and pos == "PROPN" and not _common(word) else ""
