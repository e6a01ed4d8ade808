"""Whether a date named without its year or week lies ahead: a sum of weights of named signs.

Signs are tense, distance, the form of the clause and words of closed classes; never a name or a topic.
The weights are ``vocab/en/time_weights.toml``, fitted by ``training/times.py``; the words that may count
as signs are ``vocab/en/time_contexts.toml``.
"""

from __future__ import annotations

from standoff.read.times.lexer import Lexeme
from standoff.read.times.scene import Hit
from standoff.vocab import load

_WORDS: frozenset[str] = frozenset(
    word for group in load("en/time_contexts")["classes"].values() for word in group
)
_LEAD = 5


def ahead_signs(hit: Hit, kind: str, distance: int) -> list[str]:
    """Signs for the side of a ``kind`` of date ("weekday", "month" or "day of a month"); the one ahead is
    ``distance`` days (weekday) or months (others) away."""
    near = _near(distance, kind)
    signs = [kind, f"{kind} {near}", *hit.tense_signs()]
    side = f"side {hit.side()}"
    signs += [side, f"{side} {kind}", f"{side} {near}"]
    lead = [lexeme.lower for lexeme in hit.lead(_LEAD)]
    signs += [f"lead {word}" for word in dict.fromkeys(lead) if word in _WORDS]
    if lead:
        signs.append(f"before {_word(hit.before())}")
    signs.append(f"after {_word(hit.after())}")
    return signs


def _near(distance: int, kind: str) -> str:
    return f"in {distance} days" if kind == "weekday" else f"in {(distance + 2) // 3} quarters"


def _word(lexeme: Lexeme | None) -> str:
    """A word of a closed class as it is, anything else by its kind."""
    if lexeme is None:
        return "edge"
    if lexeme.lower in _WORDS:
        return lexeme.lower
    if lexeme.kind == "WORD":
        return "Word" if lexeme.text.istitle() else "word"
    return lexeme.text if lexeme.text in {",", ".", ";", ":"} else lexeme.kind
