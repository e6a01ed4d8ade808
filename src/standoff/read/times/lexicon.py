"""From vocabulary to symbols: each word belongs to classes (MONTH, UNIT, LAST ...), and each set of
classes has one private-use character. A class in a pattern is the set of characters that hold it."""

from __future__ import annotations

import re
from functools import cache

from standoff.vocab import load

OTHER = "."
"""Symbol of a lexeme that no pattern knows."""

_FIRST_SYMBOL = 0xE000
_symbol_of: dict[frozenset[str], str] = {}
_holders: dict[str, list[str]] = {}


def _symbol(classes: frozenset[str]) -> str:
    if classes not in _symbol_of:
        symbol = chr(_FIRST_SYMBOL + len(_symbol_of))
        _symbol_of[classes] = symbol
        for each in classes:
            _holders.setdefault(each, []).append(symbol)
    return _symbol_of[classes]


# The words "year" and "month" are units; classes YEAR and MONTH hold numbers and names.
_UNIT_CLASS = {"year": "YEARUNIT", "month": "MONTHUNIT", "second": "SECONDUNIT", "decade": "DECADEUNIT"}


def _word_classes() -> dict[str, set[str]]:
    table: dict[str, set[str]] = {}

    def add(name: str, words: object) -> None:
        for word in words:  # type: ignore[attr-defined]  # lists and tables of TOML both iterate over words
            table.setdefault(word, set()).add(name)

    units, numbers = load("en/time_units"), load("en/time_numbers")
    add("UNIT", units["singular"])
    add("UNITS", units["plural"])
    add("UNITSHORT", units["short"])
    add("REPEATED", units["repeated"])
    add("LASTING", units["lasting"])
    for word, unit in (units["singular"] | units["plural"]).items():
        table[word].add(_UNIT_CLASS.get(unit, unit.upper()))
    add("MONTH", load("en/months")["names"])
    add("SECONDORD", ["second"])
    add("MONTHSHORT", load("en/months")["short"])
    days = load("en/weekdays")
    add("WEEKDAY", days["names"])
    add("WEEKDAYS", (word for word in days["names"] if word.endswith("s")))
    add("WEEKDAYSHORT", days["short"])
    add("SEASON", load("en/seasons")["names"])
    parts = load("en/dayparts")
    add("PART", parts["names"])
    add("PARTS", (word for word in parts["names"] if word.endswith("s")))
    add("NOON", parts["clock"])
    add("ADVERB", parts["adverbs"])
    for kind in ("cardinal", "scale", "ordinal"):
        add({"cardinal": "CARDINAL", "scale": "SCALE", "ordinal": "ORDWORD"}[kind], numbers[kind])
    add("DECADENAME", numbers["decade"])
    for name, words in load("en/time_signals")["classes"].items():
        add(name, words)
    return table


_CLASSES = _word_classes()
_MONTH_RULES = load("en/months")["rules"]
_SEASON_VERBS = frozenset(load("en/seasons")["rules"]["verbs"])
_LOWER_MONTHS = frozenset(_MONTH_RULES["verbs"])
_WORD_SYMBOL = {word: _symbol(frozenset(classes)) for word, classes in _CLASSES.items()}
_DOUBTFUL = {
    word: _symbol(frozenset({"MONTHDOUBT"} | (_CLASSES[word] - {"MONTH"}))) for word in _LOWER_MONTHS
}
_SHAPES = {
    kind: _symbol(frozenset({kind}))
    for kind in (
        "ISO",
        "SLASH",
        "DOTTED",
        "CLOCK",
        "DECADE",
        "YEARSHORT",
        "FRACTION",
        "POSSESSIVE",
        "BREAK",
        "DASH",
        "QCODE",
    )
}
_ORDNUM = {True: _symbol(frozenset({"ORDNUM", "ORDDAY"})), False: _symbol(frozenset({"ORDNUM"}))}
_SIGNS = {
    ".": _symbol(frozenset({"DOT"})),
    ",": _symbol(frozenset({"COMMA"})),
    "%": _symbol(frozenset({"PERCENT"})),
}
_SIGNS["/"] = _symbol(frozenset({"SLASHSIGN"}))
_APOSTROPHE = _symbol(frozenset({"APOSTROPHE"}))
_SIGNS["'"] = _SIGNS["’"] = _APOSTROPHE


@cache
def _numeral(length: int, small: int) -> str:
    classes = {"NUM"}
    if 1 <= small <= 12:
        classes.add("MONTHNUM")
    if 1 <= small <= 31:
        classes.add("DAYNUM")
    if 0 <= small <= 24 and length <= 2:
        classes.add("HOURNUM")
    if length == 2:
        classes.add("YEARTWO")
    if length == 4 and 1000 <= small < 2100:
        classes.add("YEAR")
    return _symbol(frozenset(classes))


# Every symbol must exist before the first pattern is compiled.
for _value in (0, 1, 13, 25, 32):
    _numeral(1, _value), _numeral(2, _value)
_numeral(4, 1000), _numeral(3, 999)
_PLAIN_NUMBER = _numeral(3, 999)


def of_word(text: str, lower: str) -> str | None:
    """Symbol of a word, or None. Lower-case "may" and "march" are doubtful months."""
    if lower in _LOWER_MONTHS and text == lower:
        return _DOUBTFUL[lower]
    return _WORD_SYMBOL.get(lower)


def of_shape(kind: str, text: str) -> str | None:
    """Symbol of anything that is not a word, by its kind in the lexer; None when no pattern knows it."""
    if kind == "NUMERAL":
        if not text.isdecimal() or len(text) > 4:
            return _PLAIN_NUMBER
        return _numeral(len(text), int(text)) if len(text) != 3 else _PLAIN_NUMBER
    if kind == "ABBR":
        return _WORD_SYMBOL.get(text.lower())
    if kind == "ORDNUM":
        return _ORDNUM[1 <= int(re.sub(r"\D", "", text)) <= 31]
    return _SIGNS.get(text) if kind == "SIGN" else _SHAPES.get(kind)


def char_class(name: str) -> str:
    """The regular expression that matches one lexeme of a class. Raises `KeyError` on an unknown class."""
    return "[" + "".join(_holders[name]) + "]"
