"""Dictionary forms of words, given their Penn tag."""

from __future__ import annotations

from functools import lru_cache

import simplemma

from standoff.vocab import load

STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})
LONGEST = 40
"""A longer "word" (an address, a damaged text) is its own lemma."""


@lru_cache(maxsize=200_000)
def lemma(word: str, tag: str) -> str:
    """Lemma of a word: names as written, verbs and plurals reduced, all else in lower case."""
    if tag in {"NNP", "NNPS"} or len(word) > LONGEST:
        return word
    low = word.lower().translate(STRAIGHT)
    if low == "n't" or (low == "nt" and tag == "RB"):
        return "not"
    if tag == "PRP":
        return str(load("en/irregular_forms")["pronouns"].get(low, low))
    verb = tag[:2] == "VB" or tag == "MD"
    short = _listed("contractions", low) if verb else None
    if short or not low.replace("-", "").isalpha():
        return short or low
    if verb:
        return _verb(low, tag)
    if tag == "NNS":
        return _listed("nouns", low) or _reduced(low, ("s", "es"))
    if tag in {"JJR", "JJS", "RBR", "RBS"}:
        return _listed("comparisons", low) or _reduced(low, ("er", "est"))
    return low


def _verb(low: str, tag: str) -> str:
    if tag in {"VB", "VBP", "MD"}:
        return low
    if tag in {"VBD", "VBN"}:
        return _listed("verbs", low) or _reduced(low, ("ed", "d"))
    return _reduced(low, ("ing",) if tag == "VBG" else ("es", "s"))


def _listed(kind: str, low: str) -> str | None:
    found: str | None = load("en/irregular_forms")[kind].get(low)
    return found


def _reduced(low: str, endings: tuple[str, ...]) -> str:
    """The dictionary's lemma; where it keeps the form, the form without its ending if that is a word."""
    found = simplemma.lemmatize(low, lang="en").lower()
    if found == low:
        return next((stem for ending in endings for stem in _stems(low, ending)), low)
    return found if len(found) <= len(low) + 1 else low


def _stems(low: str, ending: str) -> list[str]:
    if not low.endswith(ending) or len(low) < len(ending) + 3:
        return []
    stem = low[: -len(ending)]
    single = [stem[:-1]] if stem[-1] == stem[-2] else []
    return [s for s in (stem + "e", *single, stem) if simplemma.is_known(s, lang="en")]
