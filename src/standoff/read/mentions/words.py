"""Words for people, bodies and states, from the vocabulary."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from standoff import vocab

ARTICLES = re.compile(r"^(?:the|a|an|some|many|several|other|both)\s+(?=\S)", re.IGNORECASE)
SMALL = frozenset({"of", "for", "the", "and", "in", "on", "de", "del", "la", "to", "at"})
DOTTED = re.compile(r"\b(?:[A-Za-z]\.){2,}")


def people(key: str) -> frozenset[str]:
    """A word list of ``en/people``."""
    return vocab.words("en/people", key)


@cache
def pronouns() -> dict[str, str]:
    """Pronoun to what it may stand for: male, female, body, many, speaker, speakers, relative."""
    return dict(vocab.load("en/people")["pronouns"])


@cache
def media(key: str) -> frozenset[str]:
    """A word list of the table ``media`` in ``en/channels``, without case."""
    return frozenset(word.casefold() for word in vocab.load("en/channels")["media"][key])


@cache
def _states() -> dict[str, str]:
    table: dict[str, str] = {}
    for state, forms in vocab.load("en/nations")["state"].items():
        for form in [state, *forms]:
            table[plain(form)] = state
    return table


@cache
def _seats() -> dict[str, str]:
    return {plain(seat): state for seat, state in vocab.load("en/nations")["seat"].items()}


@lru_cache(maxsize=65536)
def plain(name: str) -> str:
    """Key of a name: no article, no possessive, no dots in initials, one space, no case."""
    text = ARTICLES.sub("", name.strip())
    text = re.sub(r"['’]s?$", "", text)
    text = DOTTED.sub(lambda m: m.group().replace(".", ""), text)
    return re.sub(r"\s+", " ", text).casefold().replace("’", "'").strip(" .,;")


def bare(name: str) -> str:
    """A name as shown: no article, no possessive ending, white space made single."""
    text = re.sub(r"\s+", " ", name.strip())
    text = re.sub(r"['’]s?$", "", ARTICLES.sub("", text))
    return text.strip(" ,;:") or name.strip()


def state_of(word: str) -> str | None:
    """The state that a name, adjective or people stands for. ``us`` in small letters is a pronoun."""
    if word == "us":
        return None
    return _states().get(plain(word))


def seat_of(word: str) -> str | None:
    """The state whose government a capital or seat stands for."""
    return _seats().get(plain(word))


def leading_state(words: list[str]) -> tuple[str | None, int]:
    """The state named by the first one to three words, and how many words name it."""
    for size in (3, 2, 1):
        if len(words) >= size and (state := state_of(" ".join(words[:size]))):
            return state, size
    first = words[0] if words else ""
    if "-" in first and not first.casefold().endswith(("-led", "-backed", "-allied", "-held", "-born")):
        return state_of(first.split("-")[0]), 1
    return None, 0


def initials(name: str) -> str:
    """First letters of the words of a name that carry meaning."""
    return "".join(w[0] for w in re.split(r"[\s\-]+", name) if w and w.casefold() not in SMALL).upper()
