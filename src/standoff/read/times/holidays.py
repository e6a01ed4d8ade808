"""Names of holidays in a text, found by their first word."""

from __future__ import annotations

from collections.abc import Sequence

from standoff.read.times.lexer import Lexeme, lex
from standoff.vocab import load

_NAMES = {name for kind in ("fixed", "nth", "easter") for name in load("en/holidays")[kind]}
_BY_FIRST: dict[str, list[tuple[tuple[str, ...], str]]] = {}
for _name in sorted(_NAMES, key=lambda name: (-len(name), name)):
    _words = tuple(lexeme.lower for lexeme in lex(_name).lexemes)
    _BY_FIRST.setdefault(_words[0], []).append((_words, _name))


def holidays(lexemes: Sequence[Lexeme]) -> list[tuple[int, int, str]]:
    """First and last (exclusive) lexeme and name of each holiday, capitalised as names are."""
    found = []
    for i, lexeme in enumerate(lexemes):
        for name_words, name in _BY_FIRST.get(lexeme.lower, ()):
            last = i + len(name_words)
            same = tuple(each.lower.replace("’", "'") for each in lexemes[i:last]) == name_words
            if same and not lexeme.text.islower():
                found.append((i, last, name))
                break
    return found
