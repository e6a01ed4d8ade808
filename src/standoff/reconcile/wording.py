"""Plain-word sentences by template, in neither side's terms. The words are data: ``en/questions.toml``."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from standoff import vocab

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@cache
def table(name: str) -> dict[str, Any]:
    """One table of the templates."""
    found: dict[str, Any] = vocab.load("en/questions")[name]
    return found


def say(section: str, key: str, **parts: object) -> str:
    """A template filled in. Raises `KeyError` for a template that does not exist."""
    template: str = table(section)[key]
    return template.format(**parts)


def answer_words(key: str, **parts: object) -> str:
    """An answer by template."""
    return say("answers", key, **parts)


def reason(key: str) -> str:
    """Why two accounts are linked as they are."""
    return say("links", key)


@cache
def _contrast(which: str) -> re.Pattern[str]:
    return re.compile("|".join(table("contrast")[which]), re.IGNORECASE)


def contrasting(words: str, *, sourced: bool = False) -> bool:
    """Whether words between two figures put one in the place of the other. Between a report's own figure and
    a named source's (``sourced``) "but" is enough."""
    return _contrast("patterns").search(words) is not None or (
        sourced and _contrast("adverse").search(words) is not None
    )


@cache
def situation_cue(name: str) -> re.Pattern[str]:
    """Words that tell of a state's beginning, end or age, by their name in ``vocab/en/situations.toml``."""
    phrases = sorted(vocab.load("en/situations")["cues"][name], key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, phrases)) + r")\b", re.IGNORECASE)


def assumption(key: str) -> str:
    """Name of an assumption, as it is printed and switched off."""
    return say("assumptions", key)


def event_words(kind: str, mode: str | None) -> str:
    """What an event of a type (and mode) is called in a question."""
    modes, events = table("modes"), table("events")
    found: str = modes.get((mode or "").casefold()) or events.get(kind) or events["other"]
    return found


def phrase(key: str, **parts: str | None) -> str:
    """A phrase such as `` at PLACE``; empty when its part is unknown."""
    return say("phrases", key, **parts) if all(parts.values()) else ""


def neutral(name: str) -> str:
    """A group's name without words that take a side; "people" when nothing else is left."""
    loaded = table("loaded")
    words = WORD.sub(lambda found: loaded.get(found.group().casefold(), found.group()), name)
    return " ".join(words.split()) or phrase("people")


def definite(name: str) -> str:
    """A common noun with its article ("the convoy"); a proper name as it is. "Their" gives way to "the"."""
    first, _, rest = name.partition(" ")
    if rest and first.casefold() in table("about")["pronouns"]:
        return f"the {rest}"
    plain = name[:1].islower() and first not in table("about")["determiners"]
    return f"the {name}" if plain else name


def content_words(text: str, shortest: int = 5) -> frozenset[str]:
    """Longer words of a text, casefolded: a coarse sign of what it is about."""
    return frozenset(word.casefold() for word in WORD.findall(text) if len(word) >= shortest)


def joined(names: list[str] | tuple[str, ...]) -> str:
    """Names as a list in words: "A", "A and B", "A, B and C"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
