"""References without a date: "now", "recently", "the future", "recent" before a noun."""

from __future__ import annotations

from collections.abc import Sequence

from standoff.read.times.lexer import Lexeme
from standoff.read.times.numbers import CARDINAL
from standoff.read.times.scene import Draft
from standoff.vocab import load

_VAGUE = load("en/vague_times")
_LEAD_IN = frozenset(_VAGUE["lead_in"])
ADJECTIVES: dict[str, str] = _VAGUE["adjectives"]


def _index(phrases: dict[tuple[str, ...], str]) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, value in sorted(phrases.items(), key=lambda item: -len(item[0])):
        by_first.setdefault(phrase[0], []).append((phrase, value))
    return by_first


_PHRASES = _index(
    {
        tuple(phrase.split()): value
        for value in ("PRESENT_REF", "PAST_REF", "FUTURE_REF")
        for phrase in _VAGUE[value]
    }
)


def vague_at(lexemes: Sequence[Lexeme], index: int) -> tuple[int, int, Draft] | None:
    """The vague reference that starts at a lexeme: first, last (exclusive) and its reading."""
    for phrase, value in _PHRASES.get(lexemes[index].lower, ()):
        last = index + len(phrase)
        if tuple(lexeme.lower for lexeme in lexemes[index:last]) == phrase and not _goes_on(lexemes, last):
            first = index + (phrase[0] in _LEAD_IN)
            return first, last, Draft("DATE", value)
    word = lexemes[index].lower
    if word in ADJECTIVES and index + 1 < len(lexemes) and lexemes[index + 1].kind == "WORD":
        return index, index + 1, Draft("DATE", ADJECTIVES[word])
    return None


def _goes_on(lexemes: Sequence[Lexeme], last: int) -> bool:
    """Whether the phrase only opens a longer one: "the past four winters"."""
    if last >= len(lexemes) or lexemes[last - 1].lower != "past":
        return False
    behind = lexemes[last]
    return (
        behind.kind == "NUMERAL" or behind.lower in CARDINAL or behind.lower in {"few", "several", "couple"}
    )


def starts(lexemes: Sequence[Lexeme]) -> list[int]:
    """Indices at which a vague reference may start."""
    return [i for i, lexeme in enumerate(lexemes) if lexeme.lower in _PHRASES or lexeme.lower in ADJECTIVES]
