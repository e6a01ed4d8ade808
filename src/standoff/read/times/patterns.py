"""Patterns over lexeme classes: upper-case words are classes, ``{name}`` a named part, ``<name>(`` a group.

``compile_pattern("THE? <n>({number}) UNITS AGO")`` is a regular expression over `Lexed.symbols`.
"""

from __future__ import annotations

import re
from functools import cache

from standoff.read.times.lexicon import char_class
from standoff.vocab import load

_PARTS: dict[str, str] = load("en/time_rules")["parts"]


def _expand(source: str) -> str:
    while "{" in source:
        source = re.sub(r"\{(\w+)\}", lambda m: _PARTS[m[1]], source)
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
