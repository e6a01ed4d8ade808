"""A parsed text as this layer asks for it: tokens by offset, sentences, names."""

from __future__ import annotations

import re
from bisect import bisect_right

from spacy.tokens import Doc, Token

NAME_LABELS = frozenset({"FAC", "LAW", "PRODUCT", "WORK_OF_ART", "ORG", "EVENT"})
BREAK = re.compile(r"\n\s*\n|[.!?][\"'”’)]*\s+(?=[\"'“‘(]*[A-Z0-9])")


class Page:
    """Fast look-ups over one ``Doc``; gets by where tags, heads or sentences are missing."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.text = doc.text
        # Single line breaks are tokens to spaCy; hard-wrapped wire copy reads better without them.
        self.tokens: list[Token] = [t for t in doc if not t.is_space or "\n\n" in t.text]
        self.starts = [token.idx for token in self.tokens]
        self.tagged = bool(self.tokens) and doc.has_annotation("TAG")
        self.parsed = bool(self.tokens) and doc.has_annotation("DEP")
        self.sentence_starts = self._sentences()
        self.names = [(e.start_char, e.end_char) for e in doc.ents if e.label_ in NAME_LABELS and len(e) > 1]

    def _sentences(self) -> list[int]:
        if self.tokens and self.doc.has_annotation("SENT_START"):
            return [sent.start_char for sent in self.doc.sents]
        return [0, *(match.end() for match in BREAK.finditer(self.text))]

    def at(self, offset: int) -> int | None:
        """Index of the token that covers a code point, or of the next one; None past the end."""
        i = bisect_right(self.starts, offset) - 1
        if i < 0:
            return 0 if self.tokens else None
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

    def named(self, start: int, end: int) -> bool:
        """Whether a number stands inside a proper name that begins with a word before it."""
        return any(s < start and end <= e and self.text[s].isalpha() for s, e in self.names)
