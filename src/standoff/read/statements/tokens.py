"""Between code points and tokens, and trimming of spans: shared by the finders of statements."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

import msgspec
from spacy.tokens import Doc, Token

from standoff import vocab
from standoff.model import Span, Spans

EDGE = " \t\r\n\u00a0,;:—–-…"
STOPS = ".?!"
DATELINE = re.compile(r"[A-Z][^.\n\"“”]{1,60}?(?:\s--|\s[—–-]|--)\s+(?=\S)")


class Words(msgspec.Struct, frozen=True):
    """A parsed text with the start of every token, so that offsets are found by bisection."""

    doc: Doc
    text: str
    starts: list[int]

    @classmethod
    def of(cls, doc: Doc) -> Words:
        """Index a parsed text once."""
        return cls(doc, doc.text, [token.idx for token in doc])

    def first(self, offset: int) -> int:
        """Index of the first token that starts at or after ``offset``."""
        return bisect_left(self.starts, offset)

    def at(self, offset: int) -> int:
        """Index of the token at ``offset`` (the last one that starts at or before it)."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def between(self, start: int, end: int) -> list[Token]:
        """Tokens that start within ``[start, end)``."""
        return [self.doc[i] for i in range(self.first(start), self.first(end))]

    def span(self, first: int, last: int) -> Span:
        """Code points of tokens ``first`` to ``last``, both included."""
        return self.starts[first], self.starts[last] + len(self.doc[last])


def trimmed(text: str, span: Span) -> Span | None:
    """The span without white space, commas and dashes at its edges; None when nothing is left.

    A full stop goes too, unless an abbreviation ends in it or a closing quotation mark follows it.
    """
    start, end = span
    while start < end and text[start] in EDGE + STOPS + ")":
        start += 1
    while start < end and (text[end - 1] in EDGE or _bare_stop(text, start, end)):
        end -= 1
    return (start, end) if start < end else None


def _bare_stop(text: str, start: int, end: int) -> bool:
    if text[end - 1] != ".":
        return False
    word = text[start : end - 1].rsplit(None, 1)
    last = word[-1] if word else ""
    return not ("." in last or last in {"Mr", "Mrs", "Dr", "Jr", "Sr", "Inc", "Co", "Corp"})


def abbreviates(token: Token) -> bool:
    """Whether a token is the full stop of a title that the tokenizer cut off ("Col" + ".")."""
    if token.text != "." or token.i == 0:
        return False
    before = token.nbor(-1)
    return not before.whitespace_ and (
        before.lower_ in vocab.words("en/people", "titles") or len(before) == 1
    )


def whole_source(words: Words, span: Span) -> Span:
    """A source with the titles before it that a wrong sentence break cut off."""
    index = words.first(span[0])
    while index > 0 and (abbreviates(words.doc[index - 1]) or _before_stop(words, index - 1)):
        index -= 1
    if index < words.first(span[0]) and index > 0 and words.doc[index - 1].pos_ in {"ADJ", "PROPN"}:
        index -= 1
    return (min(span[0], words.starts[index]), span[1]) if index < len(words.starts) else span


def without_dateline(text: str, span: Span) -> Span:
    """A source without the dateline that ran into it: "PORT, 4 May (XYZ) -- The army"."""
    match = DATELINE.match(text, *span)
    return (match.end(), span[1]) if match and match.end() < span[1] else span


def _before_stop(words: Words, index: int) -> bool:
    return (
        words.doc[index].lower_.strip(".") in vocab.words("en/people", "titles")
        and words.doc[index].text[0].isupper()
    )


def pieces(words: Words, tokens: Iterable[int]) -> Spans:
    """Token indices as trimmed spans; tokens that follow each other make one piece."""
    runs: list[list[int]] = []
    for index in sorted(set(tokens)):
        if runs and index == runs[-1][1] + 1:
            runs[-1][1] = index
        else:
            runs.append([index, index])
    spans = (trimmed(words.text, words.span(first, last)) for first, last in runs)
    return tuple(span for span in spans if span and any(c.isalnum() for c in words.text[slice(*span)]))


def subtree(token: Token, without: frozenset[int] = frozenset()) -> set[int]:
    """Indices of a token and all below it, leaving out the branches that ``without`` heads."""
    found: set[int] = set()
    stack = [token]
    while stack:
        current = stack.pop()
        if current.i in without or current.i in found:
            continue
        found.add(current.i)
        stack.extend(current.children)
    return found
