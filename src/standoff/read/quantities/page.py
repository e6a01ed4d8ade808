"""A parsed text as this layer asks for it: tokens by offset, sentences, names."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import overload

from spacy.attrs import DEP, IDX, IS_SPACE, SENT_START, TAG
from spacy.tokens import Doc, Token

NAME_LABELS = frozenset({"FAC", "LAW", "PRODUCT", "WORK_OF_ART", "ORG", "EVENT"})
COUNTING = re.compile(r"\s+[a-z]{2,}")
BREAK = re.compile(r"\n\s*\n|[.!?][\"'”’)]*\s+(?=[\"'“‘(]*[A-Z0-9])")

HEADING = re.compile(
    r"(?=[^\W\d_a-z])(?:[^\W\d_][\w-]*\s+){0,2}(?P<last>[^\W\d_][\w-]{2,})\.\s+(?=[\"“‘'(]?[A-Z0-9])"
)
"""A run-in heading of a paragraph: up to three words and a stop."""


class Tokens:
    """The tokens of a `Doc` by number, made only when asked for.

    Single line breaks are tokens to spaCy; hard-wrapped wire copy reads better without them.
    """

    def __init__(self, doc: Doc, text: str) -> None:
        table: list[list[int]] = (
            doc.to_array([IDX, IS_SPACE, SENT_START, TAG, DEP]).tolist() if len(doc) else []
        )
        kept = [
            (k, start)
            for k, (start, space, *_) in enumerate(table)
            if not space or text.startswith("\n\n", start) or "\n\n" in doc[k].text
        ]
        self.doc = doc
        self.places = [k for k, _ in kept]
        self.starts = [start for _, start in kept]
        self.sentences = [row[0] for row in table if row[2] == 1]
        self.tagged = any(row[3] for row in table)
        self.parsed = any(row[4] for row in table)

    def __len__(self) -> int:
        return len(self.places)

    @overload
    def __getitem__(self, key: int) -> Token: ...
    @overload
    def __getitem__(self, key: slice) -> list[Token]: ...
    def __getitem__(self, key: int | slice) -> Token | list[Token]:
        if isinstance(key, slice):
            return [self.doc[k] for k in self.places[key]]
        return self.doc[self.places[key]]


class Page:
    """Fast look-ups over one ``Doc``; gets by where tags, heads or sentences are missing."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.text = doc.text
        self.tokens = Tokens(doc, self.text)
        self.starts = self.tokens.starts
        self.tagged, self.parsed = self.tokens.tagged, self.tokens.parsed
        self.sentence_starts = self._sentences()
        self.names = [(e.start_char, e.end_char) for e in doc.ents if e.label_ in NAME_LABELS and len(e) > 1]

    def _sentences(self) -> list[int]:
        if self.tokens.sentences:
            return self.tokens.sentences
        return [0, *(match.end() for match in BREAK.finditer(self.text))]

    def at(self, offset: int) -> int | None:
        """Index of the token that covers a code point, or of the next one; None past the end."""
        i = bisect_right(self.starts, offset) - 1
        if i < 0:
            return 0 if len(self.tokens) else None
        if offset >= self.starts[i] + len(self.tokens[i]) and offset != self.starts[i]:
            i += 1
        return i if i < len(self.tokens) else None

    def end(self, i: int) -> int:
        """Code point after token ``i``."""
        return self.starts[i] + len(self.tokens[i])

    def sentence(self, offset: int) -> tuple[int, int]:
        """Code points ``[start, end)`` of the sentence around an offset."""
        i = max(0, bisect_right(self.sentence_starts, offset) - 1)
        ends = self.sentence_starts[i + 1 : i + 2] or [len(self.text)]
        return (self.sentence_starts[i] if self.sentence_starts else 0), ends[0]

    def headed(self, offset: int) -> tuple[int, str] | None:
        """Where the paragraph around an offset begins and the last word of its run-in heading, in lower case
        ("Evacuees. 80 arrived."); None where it has none."""
        first = self.text.rfind("\n", 0, offset) + 1
        found = HEADING.match(self.text, first)
        return (first, found["last"].lower()) if found and found.end() <= offset else None

    def named(self, start: int, end: int) -> bool:
        """Whether a number stands inside a proper name that begins with a word before it."""
        for low, high in self.names:
            if low < start and end <= high and self.text[low].isalpha():
                # A name does not run on from a line into a number with a plain word behind it.
                broken = "\n" in self.text[low:start] and COUNTING.match(self.text, end)
                return not broken
        return False
