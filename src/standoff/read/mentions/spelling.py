"""One name in several spellings: transliterations made alike (Qasim and Kassem, Denisov and Denisoff)."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

import msgspec

from standoff import vocab

VOWELS = frozenset("aeiouy")
LEAST = 4
"""Letters that a name must have to be known by another spelling when it stands alone."""


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """The table of ``en/name_spelling``."""

    articles: tuple[str, ...]
    whole: dict[str, str]
    consonants: tuple[tuple[str, str], ...]
    endings: tuple[tuple[str, str], ...]
    vowels: tuple[tuple[str, str], ...]
    alike: tuple[str, ...]


@cache
def rules() -> Rules:
    """The rules by which spellings are made alike."""
    return msgspec.convert(vocab.load("en/name_spelling"), Rules)


@cache
def _article() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(rules().articles)})[-\s’'](?=\w{{3}})")


@cache
def _pairs() -> frozenset[frozenset[str]]:
    return frozenset(frozenset(pair) for pair in rules().alike)


@lru_cache(maxsize=50_000)
def sounded(word: str) -> tuple[str, str]:
    """Consonants and vowels of one word of a name, each in order, spelt in one way."""
    letters = unicodedata.normalize("NFKD", word.casefold())
    letters = "".join(c for c in letters if c.isalpha())
    letters = rules().whole.get(letters, letters)
    for old, new in rules().endings:
        if letters.endswith(old):
            letters = letters.removesuffix(old) + new
            break
    for old, new in (*rules().vowels, *rules().consonants):
        letters = letters.replace(old, new)
    letters = re.sub(r"(.)\1+", r"\1", letters)
    return "".join(c for c in letters if c not in VOWELS), "".join(c for c in letters if c in VOWELS)


def parts(name: str) -> list[str]:
    """The words of a name without the articles before them."""
    return [each for each in re.split(r"[\s\-]+", _article().sub("", name.casefold())) if each]


def alike(one: str, other: str) -> bool:
    """Whether two words may be one word of a name in two spellings."""
    if one == other:
        return True
    (first, vowels), (second, others) = sounded(one), sounded(other)
    return (
        bool(first)
        and first == second
        and len(vowels) == len(others)
        and all(a == b or frozenset({a, b}) in _pairs() for a, b in zip(vowels, others, strict=True))
    )


def same_name(one: str, other: str) -> bool:
    """Whether two full names are one in two spellings, word by word; the shorter may leave last words out."""
    first, second = sorted((parts(one), parts(other)), key=len)
    return len(first) > 1 and all(alike(a, b) for a, b in zip(first, second, strict=False))


def frames(name: str) -> set[str]:
    """Consonants of each word of a name: whatever the spelling, two like names share one."""
    return {sounded(word)[0] for word in parts(name)} - {""}
