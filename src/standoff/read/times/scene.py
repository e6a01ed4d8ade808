"""Everything a rule may ask while it reads one match: words, numbers, anchor, focus, tense."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

import msgspec

from standoff.read.times.anchor import Anchor, Focus
from standoff.read.times.lexer import Lexed, Lexeme
from standoff.read.times.numbers import amount
from standoff.read.times.tense import Tense
from standoff.read.times.weights import Asked, Weights, total
from standoff.vocab import load

_UNITS = load("en/time_units")
UNIT_OF: dict[str, str] = _UNITS["singular"] | _UNITS["plural"] | _UNITS["short"]


TimexType = Literal["DATE", "TIME", "DURATION", "SET"]


class Draft(msgspec.Struct):
    """A reading of a match: TIMEX3 type, value and mod, and the anchor used.

    ``first``/``last`` are lexeme indices (last exclusive) when the span is less than the match.
    ``edtf`` overrides what the value gives. What is said ``aside`` ("a year earlier") does not become the
    date under discussion. ``clock`` marks a time of day that may join the day beside it.
    """

    type: TimexType
    value: str
    mod: str | None = None
    anchor: Anchor | None = None
    first: int | None = None
    last: int | None = None
    edtf: str | None = None
    aside: bool = False
    clock: bool = False


class Scene(msgspec.Struct):
    """One text being read, left to right; ``ended`` is the lexeme behind the last reading, ``asked`` every
    question for a side so far (training learns from them)."""

    lexed: Lexed
    published: Anchor | None
    tense: Tense
    focus: Focus
    weights: Weights
    ended: int = 0
    asked: list[Asked] = []


class Hit:
    """One match of one pattern."""

    def __init__(self, scene: Scene, match: re.Match[str]) -> None:
        self.scene, self._match = scene, match
        self.first, self.last = match.span()
        self._spans = {
            name.partition("_")[0]: match.span(name) for name in match.re.groupindex if match.group(name)
        }

    def __contains__(self, name: str) -> bool:
        return name in self._spans

    def lexemes(self, name: str | None = None) -> Sequence[Lexeme]:
        """Lexemes of a group (none when it matched nothing), or of the whole match."""
        start, end = self._spans.get(name, (0, 0)) if name else self._match.span()
        return self.scene.lexed.lexemes[start:end]

    def word(self, name: str) -> str:
        """Lower-case words of a group, joined by blanks; "" when it matched nothing."""
        return " ".join(lexeme.lower for lexeme in self.lexemes(name))

    def amount(self, name: str) -> Fraction | None:
        """Number of a group."""
        return amount(self.lexemes(name))

    def unit(self, name: str = "unit") -> str:
        """Unit of time that a group names."""
        return UNIT_OF[self.lexemes(name)[0].lower]

    def before(self, count: int = 1) -> Lexeme | None:
        """The lexeme so many places before the match."""
        index = self.first - count
        return self.scene.lexed.lexemes[index] if index >= 0 else None

    def after(self, count: int = 0) -> Lexeme | None:
        """The lexeme so many places behind the match."""
        index = self.last + count
        return self.scene.lexed.lexemes[index] if index < len(self.scene.lexed.lexemes) else None

    def lead(self, count: int) -> list[Lexeme]:
        """Lexemes right in front of the match, back to a comma or stop, at most ``count``."""
        found: list[Lexeme] = []
        for back in range(1, count + 1):
            lexeme = self.before(back)
            if lexeme is None or lexeme.text in {",", ".", ";", ":"} or lexeme.kind == "BREAK":
                break
            found.append(lexeme)
        return found

    @property
    def offset(self) -> int:
        """Code point at which the match starts."""
        return self.scene.lexed.lexemes[self.first].start

    def side(self) -> str | None:
        """As in "past", "future", "present" or None: what the clause tells of."""
        return self.scene.tense.side(self.offset)

    def tense_signs(self) -> list[str]:
        """What speaks for the past or the future in the sentence."""
        return self.scene.tense.signs(self.offset)

    def is_ahead(self, signs: list[str], behind: str, ahead: str) -> bool:
        """Whether the signs speak for the later of two values."""
        if behind == ahead:
            return False
        self.scene.asked.append(Asked(self.offset, signs, behind, ahead))
        return total(self.scene.weights.ahead, signs) > 0

    @property
    def published(self) -> Anchor | None:
        """The publication date."""
        return self.scene.published

    def story(self, unit: str) -> Anchor | None:
        """The last date named that is fine enough to count ``unit`` from, else the publication date."""
        focus = self.scene.focus
        if focus.latest is not None and focus.latest.as_fine_as(unit):
            return focus.latest
        return focus.latest_day or self.scene.published
