"""Words into what the network reads: piece numbers, and a number for shape and spacing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tokenizers import Tokenizer

CLS, SEP, PAD, UNK = 101, 102, 0, 100
MAX_PIECES = 8
"""Pieces kept of one word; the rest of a web address says nothing more."""

LOWER, TITLE, UPPER, MIXED, DIGIT, MARK = range(6)
SHAPES = 6
GAP_NONE, GAP_SPACE, GAP_LINE = range(3)
GAPS = 3
"""Before a word stands: nothing, white space, or a line break (also the start of the text)."""
NO_SHAPE = SHAPES * GAPS
"""Shape number of pieces that belong to no word."""


def shape(word: str) -> int:
    """How a word is written: lower, Title, UPPER, miXed, with a digit, or only marks."""
    if any(c.isdigit() for c in word):
        return DIGIT
    if not any(c.isalpha() for c in word):
        return MARK
    if word.islower():
        return LOWER
    if word.isupper():
        return UPPER if len(word) > 1 else TITLE
    if word[0].isupper() and word[1:].islower():
        return TITLE
    return MIXED if any(c.isupper() for c in word) else LOWER


class Pieces:
    """Piece numbers of words, one word at a time, remembered (the bound keeps memory flat)."""

    def __init__(self, tokenizer: Tokenizer, bound: int = 200_000) -> None:
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer, self._bound = tokenizer, bound
        self._known: dict[str, tuple[tuple[int, ...], int]] = {}

    def __call__(self, words: Sequence[str]) -> list[tuple[tuple[int, ...], int]]:
        """For each word its pieces (at least one) and its shape."""
        known = self._known
        fresh = list(dict.fromkeys(w for w in words if w not in known))
        if fresh:
            if len(known) > self._bound:
                known.clear()
                fresh = list(dict.fromkeys(words))
            self._learn(fresh)
        return [known[w] for w in words]

    def _learn(self, fresh: Iterable[str]) -> None:
        batch = list(fresh)
        # A word is cut before the tokenizer sees it: normalising a megabyte-long "word" helps nobody.
        found = self._tokenizer.encode_batch([w[:128] for w in batch], add_special_tokens=False)
        for word, one in zip(batch, found, strict=True):
            self._known[word] = (tuple(one.ids[:MAX_PIECES]) or (UNK,), shape(word))
