"""A text as a row of lexemes and, beside it, one symbol a lexeme, so that patterns over words are
plain regular expressions over a short string."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from standoff.read.times.lexicon import OTHER, of_shape, of_word

_LEXEME = re.compile(
    r"""
    (?P<ISO>[12]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])
        (?:[T ][0-2]\d:[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?)(?![\d-])
    |(?P<SLASH>(?:[12]\d{3}/\d{1,2}/\d{1,2}|\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)))(?![\d/])
    |(?P<DOTTED>\d{1,2}\.\d{1,2}\.\d{4})(?!\.?\d)
    |(?P<CLOCK>\d{1,2}(?::[0-5]\d){1,2}|\d{1,2}\.[0-5]\d(?=\ ?[ap]\.?m\b))(?![\d:])
    |(?P<MONEY>[$£€¥]\ ?\d[\d.,]*)
    |(?P<DECADE>[12]\d\d0['’]?s|['’]?[1-9]0['’]?s)\b
    |(?P<QCODE>[Qq][1-4])\b
    |(?P<ORDNUM>\d{1,3}(?:st|nd|rd|th|ST|ND|RD|TH))\b
    |(?P<YEARSHORT>['’`]\d\d)(?![\w])
    |(?P<FRACTION>\d{1,3}\ [1-9]/[2-9])(?![\d/])
    |(?P<NUMERAL>\d+(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|\d+)
    |(?P<POSSESSIVE>['’][sS])\b
    |(?P<ABBR>[ap]\.m\b\.?|[AP]\.M\b\.?|(?:[A-Za-z]\.){2,6})
    |(?P<WORD>[^\W\d_]+)
    |(?P<BREAK>\n[ \t\r]*\n\s*)
    |(?P<DASH>[-‐‑–—])
    |(?P<SIGN>[^\s\w])
    """,
    re.VERBOSE,
)


class Lexeme(NamedTuple):
    """A word, number or sign at code points ``[start, end)``; ``kind`` is its group in the lexer."""

    text: str
    lower: str
    start: int
    end: int
    kind: str


class Lexed(NamedTuple):
    """Lexemes of a text and their symbols, one private-use character each."""

    text: str
    lexemes: list[Lexeme]
    symbols: str

    def at(self, offset: int) -> int:
        """Index of the first lexeme that starts at or after a code point."""
        return bisect_left(self.lexemes, offset, key=lambda lexeme: lexeme.start)


def lex(text: str) -> Lexed:
    """Cut a text into lexemes. White space is dropped, save that a blank line is a lexeme."""
    lexemes: list[Lexeme] = []
    symbols: list[str] = []
    for match in _LEXEME.finditer(text):
        kind, piece = match.lastgroup or "", match.group()
        lower = piece.lower()
        symbol = of_word(piece, lower) if kind == "WORD" else of_shape(kind, piece)
        lexemes.append(Lexeme(piece, lower, match.start(), match.end(), kind))
        symbols.append(symbol or OTHER)
    return Lexed(text, lexemes, "".join(symbols))
