"""Number words and numerals in time expressions: "two", "twenty-four", "2 1/2", "nineteen ninety-six"."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from standoff.read.times.lexer import Lexeme
from standoff.vocab import load

_NUMBERS = load("en/time_numbers")
CARDINAL: dict[str, int] = _NUMBERS["cardinal"]
SCALE: dict[str, int] = _NUMBERS["scale"]
ORDINAL: dict[str, int] = _NUMBERS["ordinal"]
DECADE: dict[str, int] = _NUMBERS["decade"]
LARGEST = 10**9


def numeral(text: str) -> Fraction | None:
    """Value of a written numeral ("1,200", "2.5", "2 1/2"), or None when it is not one."""
    whole, _, part = text.replace(",", "").partition(" ")
    try:
        value = Fraction(whole) + (Fraction(part) if part else 0)
    except (ValueError, ZeroDivisionError):
        return None
    return value if value <= LARGEST else None


def amount(lexemes: Sequence[Lexeme]) -> Fraction | None:
    """Value of a run of numerals and number words; None when it holds no number."""
    total, current, seen = Fraction(0), Fraction(0), False
    for lexeme in lexemes:
        word = lexeme.lower
        if word in SCALE:
            current, seen = (current or Fraction(1)) * SCALE[word], True
            if SCALE[word] >= 1000:
                total, current = total + current, Fraction(0)
            continue
        value = Fraction(CARDINAL[word]) if word in CARDINAL else numeral(word)
        if value is None:
            continue
        current, seen = current + value, True
    return total + current if seen and total + current <= LARGEST else None


def ordinal(word: str) -> int | None:
    """Value of "4th", "fourth" or "4"; None when it is none of them."""
    word = word.lower()
    if word in ORDINAL:
        return ORDINAL[word]
    digits = word.rstrip("stndrh")
    return int(digits) if digits.isdecimal() and len(digits) < 6 else None


def spoken_year(lexemes: Sequence[Lexeme]) -> int | None:
    """Year of "nineteen ninety-six" or "two thousand (and) four"; None when it is no year."""
    words = [lexeme.lower for lexeme in lexemes if lexeme.lower in CARDINAL or lexeme.lower in SCALE]
    if not words:
        return None
    if "thousand" in words or "hundred" in words:
        value = amount(lexemes)
        return int(value) if value is not None and 1000 <= value < 2100 else None
    century, rest = CARDINAL[words[0]], [CARDINAL[word] for word in words[1:]]
    if 10 < century <= 20 and rest and 10 <= sum(rest) < 100:
        return century * 100 + sum(rest)
    return None


def full_year(two_digits: int, pivot: int | None) -> int:
    """The year that "'98" or "90" means: the latest one at most ten years after the anchor's year."""
    limit = (pivot if pivot is not None else 2019) + 10
    century = limit // 100 * 100
    return century + two_digits if century + two_digits <= limit else century - 100 + two_digits
