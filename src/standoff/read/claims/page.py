"""One report laid out by token: words, sentences, and which record of another layer covers a token."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TypeVar

import numpy as np
from spacy.attrs import IDX, LENGTH, LOWER, SENT_START
from spacy.tokens import Doc, Token

from standoff.model import Mention, Place, Quantity, Span, Statement, Time
from standoff.read.event_words import classes

R = TypeVar("R", Mention, Quantity, Time, Place)

DENSE = 60
"""One fighting word in so many words makes a report one of fighting throughout."""


class Page:
    """Token-indexed view of a Doc and its records; built once a report, read by every step."""

    def __init__(
        self,
        doc: Doc,
        *,
        statements: Sequence[Statement] = (),
        mentions: Sequence[Mention] = (),
        quantities: Sequence[Quantity] = (),
        times: Sequence[Time] = (),
        places: Sequence[Place] = (),
    ) -> None:
        self.doc = doc
        self.text = doc.text  # spaCy joins it anew at every call
        table = doc.to_array([LOWER, IDX, LENGTH]) if len(doc) else np.zeros((0, 3), dtype=np.uint64)
        strings = doc.vocab.strings
        self.lower: list[str] = [strings[word] for word in table[:, 0]]
        self.starts: list[int] = table[:, 1].tolist()
        self.ends: list[int] = (table[:, 1] + table[:, 2]).tolist()
        self.sent_of, self.sents = _sentences(doc)
        own = [s.id for s in statements if s.voice == "report"]
        self.own_voice = own[0] if own else None
        self.statement_at: list[Statement | None] = [None] * len(doc)
        self.speaker_at: list[frozenset[str]] = [frozenset()] * len(doc)
        self.mention_at: list[Mention | None] = [None] * len(doc)
        self.quantity_at: list[Quantity | None] = [None] * len(doc)
        self.time_at: list[Time | None] = [None] * len(doc)
        self.place_at: list[Place | None] = [None] * len(doc)
        self._lay_statements(statements)
        self._lay(self.mention_at, mentions)
        self._lay(self.quantity_at, quantities)
        self._lay(self.time_at, times)
        self._lay(self.place_at, places)
        self._count_fighting()

    def _tokens(self, span: Span) -> range:
        found = self.doc.char_span(span[0], span[1], alignment_mode="expand") if span[0] < span[1] else None
        return range(found.start, found.end) if found is not None else range(0)

    def _lay_statements(self, statements: Iterable[Statement]) -> None:
        """The smallest statement over each token, laid largest first; and whose source a token is of."""
        sourced = [s for s in statements if s.voice == "source"]
        for statement in sorted(sourced, key=lambda s: (-sum(e - b for b, e in s.content), s.id)):
            for piece in statement.content:
                for i in self._tokens(piece):
                    self.statement_at[i] = statement
            for piece in statement.source:
                for i in self._tokens(piece):
                    self.speaker_at[i] |= {statement.id}

    def _lay(self, row: list[R | None], records: Iterable[R]) -> None:
        for record in sorted(records, key=lambda r: (r.start - r.end, r.start)):
            for i in self._tokens((record.start, record.end)):
                row[i] = record

    def _count_fighting(self) -> None:
        fighting, hazards = classes().fighting, classes().hazards
        self.fights = [0] * len(self.sents)
        self.hazards = [0] * len(self.sents)
        for i, word in enumerate(self.lower):
            if word in fighting:
                self.fights[self.sent_of[i]] += 1
            elif word in hazards:
                self.hazards[self.sent_of[i]] += 1
        words = len(self.lower) or 1
        self.all_fights, self.all_hazards = sum(self.fights), sum(self.hazards)
        self.dense = self.all_fights * DENSE >= words

    def armed(self, token: Token) -> bool:
        """Whether fighting is spoken of around a token: in its sentence, or all over the report."""
        return self.dense or self.fights[self.sent_of[token.i]] > 0

    def sentence(self, token: Token) -> range:
        """Token range of the sentence that holds a token."""
        return self.sents[self.sent_of[token.i]]

    def tells(self, speaker: Token, token: Token) -> bool:
        """Whether a token is said by the speaker, who stands outside of what is said."""
        statement = self.statement_at[token.i]
        return statement is not None and statement.id in self.speaker_at[speaker.i]

    def statement_id(self, token: Token) -> str | None:
        """Id of the smallest statement over a token, else of the report's own voice."""
        statement = self.statement_at[token.i]
        return statement.id if statement is not None else self.own_voice

    def chars(self, first: int, last: int) -> Span:
        """Code points of tokens ``first`` to ``last``, both inclusive."""
        return self.starts[first], self.ends[last]


def _sentences(doc: Doc) -> tuple[list[int], list[range]]:
    """Sentence number of each token, and the token range of each sentence."""
    if not len(doc):
        return [], []
    if not doc.has_annotation("SENT_START"):
        return [0] * len(doc), [range(len(doc))]
    starts = (doc.to_array(SENT_START) == 1).nonzero()[0].tolist()
    bounds = [*sorted({0, *starts}), len(doc)]
    sents = [range(a, b) for a, b in pairwise(bounds)]
    sent_of = [number for number, sent in enumerate(sents) for _ in sent]
    return sent_of, sents
