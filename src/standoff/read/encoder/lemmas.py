"""Dictionary forms of words, given their Penn tag."""

from __future__ import annotations

from functools import lru_cache

import simplemma

CONTRACTED = {
    "'s": "be", "’s": "be", "'re": "be", "’re": "be", "'m": "be", "’m": "be", "'ve": "have", "’ve": "have",
    "'d": "have", "’d": "have", "'ll": "will", "’ll": "will", "wo": "will", "ca": "can", "n't": "not",
    "’nt": "not", "n’t": "not", "am": "be", "are": "be", "is": "be", "was": "be", "were": "be", "been": "be",
    "being": "be",
}  # fmt: skip
PRONOUNS = {"me": "I", "i": "I", "him": "he", "them": "they", "us": "we", "'em": "they", "’em": "they"}
AS_IT_IS = frozenset({"NNP", "NNPS"})


@lru_cache(maxsize=200_000)
def lemma(word: str, tag: str) -> str:
    """Lemma of a word: names as written, verbs and plurals reduced, all else in lower case."""
    if tag in AS_IT_IS:
        return word
    low = word.lower()
    kind = tag[:2]
    if kind == "VB" or tag == "MD" or low in {"n't", "n’t"}:
        if low in CONTRACTED:
            return CONTRACTED[low]
        return low if tag in {"VB", "MD", "VBP"} else _reduced(low)
    if kind == "PR":
        return PRONOUNS.get(low, low)
    if tag in {"NNS", "JJR", "JJS", "RBR", "RBS"}:
        return _reduced(low)
    return low


def _reduced(low: str) -> str:
    found: str = simplemma.lemmatize(low, lang="en")
    return found.lower() if found else low
