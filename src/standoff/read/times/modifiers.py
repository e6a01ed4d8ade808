"""Words around an expression that belong to it and give a mod: "early", "the end of", "more than"."""

from __future__ import annotations

from collections.abc import Sequence

from standoff.read.times.lexer import Lexeme
from standoff.read.times.scene import Draft
from standoff.vocab import load, words

_TABLES: dict[str, dict[str, str]] = {
    key: load("en/time_modifiers")[key] for key in ("part", "amount", "ago")
}
_LONGEST = 4
# In front of "the past two weeks" these say when, not how much.
_SPANNING = words("en/time_around", "spanning")
# "earlier Friday": by then, not a part of Friday.
_COMPARED = words("en/time_around", "compared")
_WEEKDAYS = frozenset(load("en/weekdays")["names"])
_ANCHORED = ("PAST_REF", "PRESENT_REF", "FUTURE_REF")


def extend_left(draft: Draft, lexemes: Sequence[Lexeme], first: int, last: int, floor: int) -> int:
    """Where the expression starts with its modifier; sets ``draft.mod``. Before ``floor`` all is taken."""
    if draft.value in _ANCHORED or draft.type == "SET":
        return first
    table = _table(draft, lexemes[last - 1].lower)
    for length in range(min(_LONGEST, first - floor), 0, -1):
        words = lexemes[first - length : first]
        if draft.type == "DURATION" and lexemes[first].lower == "the" and words[-1].lower in _SPANNING:
            continue
        if lexemes[first].lower in _WEEKDAYS and words[-1].lower in _COMPARED:
            continue
        mod = table.get(" ".join(word.lower for word in words).replace(" -", "-"))
        if mod:
            draft.mod = draft.mod or mod
            return first - length
    return first


def _table(draft: Draft, tail: str) -> dict[str, str]:
    if draft.type == "DURATION":
        return _TABLES["amount"]
    return _TABLES["part"] | _TABLES["ago"] if tail == "ago" else _TABLES["part"]
