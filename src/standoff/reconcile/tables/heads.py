"""The noun that a name or description turns on, as a coarse key of what it stands for."""

from __future__ import annotations

import re
from functools import lru_cache

from standoff import vocab
from standoff.reconcile.wording import WORD

OF = re.compile(r"\s+(?:of|in|on|at|from|with|for|who|that|which|near|carrying)\s+", re.IGNORECASE)


@lru_cache(maxsize=16384)
def nouns_of(name: str) -> tuple[str, ...]:
    """Keys of a description: its head, and below a word that only collects ("convoy of buses") what it holds.

    Lower case, singular in a rough way; empty where the name is a number alone.
    """
    parts = OF.split(name)
    first = _last_word(parts[0])
    collects = vocab.words("en/claim_cues", "collective")
    if first is None:
        return ()
    if first in collects or f"{first}s" in collects:
        below = _last_word(parts[1]) if len(parts) > 1 else None
        return tuple(dict.fromkeys(each for each in (first, below) if each))
    return (first,)


def head_noun(name: str) -> str | None:
    """The last of `nouns_of`: what is meant rather than what collects it. None for a number alone."""
    found = nouns_of(name)
    return found[-1] if found else None


def _last_word(part: str) -> str | None:
    words = WORD.findall(part)
    return singular(words[-1].casefold()) if words else None


def singular(word: str) -> str:
    """A rough singular: "buses" bus, "families" family, "people" people."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ses", "shes", "ches", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
