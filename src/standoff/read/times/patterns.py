"""Patterns over lexeme classes: upper-case words are classes, ``{name}`` a named part, ``<name>(`` a group.

``compile_pattern("THE? <n>({number}) UNITS AGO")`` is a regular expression over `Lexed.symbols`.
"""

from __future__ import annotations

import re
from functools import cache

from standoff.read.times.lexicon import char_class

PARTS = {
    "words": "(?:CARDINAL|SCALE)(?:DASH? (?:CARDINAL|SCALE)|AND CARDINAL)*",
    "number": "(?:FRACTION|NUM SCALE?|A SCALE|{words})",
    "range": "{number}(?:TO|OR){number}",
    "some": "(?:SEVERAL|A? FEW|A? COUPLE OF?|SOME)",
    "count": "(?:{range}|{number}|{some}|HALF A|A HALF DASH|A|ONE|OTHER)",
    "unit": "(?:UNIT|UNITS|UNITSHORT DOT?)",
    "month": "(?:MONTH|MONTHDOUBT|MONTHSHORT DOT?)",
    "day": "(?:DAYNUM|ORDDAY|ORDWORD|CARDINAL DASH ORDWORD)",
    "year": "(?:YEAR|YEARSHORT)",
    "spoken": "(?:CARDINAL CARDINAL(?:DASH? CARDINAL)?|CARDINAL SCALE(?:AND? CARDINAL)?)",
    "weekday": "(?:WEEKDAY|WEEKDAYSHORT DOT?)",
    "ordinal": "(?:ORDWORD|ORDNUM)",
    "clock": "(?:(?:CLOCK|HOURNUM|CARDINAL) AMPM|CLOCK HOURS?|(?:HOURNUM|CARDINAL) OWORD APOSTROPHE OCLOCK)",
}


def _expand(source: str) -> str:
    while "{" in source:
        source = re.sub(r"\{(\w+)\}", lambda m: PARTS[m[1]], source)
    return source


@cache
def compile_pattern(source: str) -> re.Pattern[str]:
    """Compile a pattern source. Raises `KeyError` on an unknown class or part.

    A name may head several groups of one pattern: the second is ``name_2``, and so on.
    """
    classes = re.sub(r"[A-Z]+", lambda m: char_class(m[0]), _expand(source))
    seen: dict[str, int] = {}

    def group(match: re.Match[str]) -> str:
        name = match[1]
        seen[name] = seen.get(name, 0) + 1
        return f"(?P<{name}>" if seen[name] == 1 else f"(?P<{name}_{seen[name]}>"

    return re.compile(re.sub(r"<(\w+)>\(", group, "".join(classes.split())))
