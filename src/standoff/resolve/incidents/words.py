"""Which kind of occurrence words tell of, which named site, and whether they turn to another one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache

from standoff.vocab import Caseless, load

GAP = r"[\s-]+"


@cache
def _kinds() -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern over all words, and the kind of each group of it."""
    parts, kind_of = [], {}
    for n, (kind, row) in enumerate(load("en/incident_words")["kinds"].items()):
        kind_of[f"k{n}"] = kind
        words = sorted(row["words"], key=len, reverse=True)
        parts.append(f"(?P<k{n}>{'|'.join(_form(word.lower()) for word in words)})")
    # matched against lower case: without IGNORECASE a word that starts otherwise is passed over at once
    rows = load("en/incident_words")["kinds"].values()
    first = _openings(word.lower() for row in rows for word in row["words"])
    return re.compile(rf"\b(?={first})(?:{'|'.join(parts)})\b"), kind_of


def _openings(words: Iterable[str]) -> str:
    """A pattern of the first two letters of every word; most words of a text begin otherwise."""
    second: defaultdict[str, set[str]] = defaultdict(set)
    for word in words:
        second[re.escape(word[0])].add(re.escape(word[1]))
    return "|".join(f"{one}[{''.join(sorted(two))}]" for one, two in sorted(second.items()))


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern for the words of a list, in lower case; ``*`` stands for any ending."""
    return re.compile(rf"\b(?:{'|'.join(_form(word.lower()) for word in words)})\b")


def _form(word: str) -> str:
    return GAP.join(re.escape(each).replace(r"\*", r"\w*") for each in word.split(" "))


@cache
def families() -> dict[str, frozenset[str]]:
    """The families of each kind."""
    return {kind: frozenset(row["family"]) for kind, row in load("en/incident_words")["kinds"].items()}


@lru_cache(maxsize=65536)
def kinds_in(words: str) -> frozenset[str]:
    """Kinds of occurrence that words tell of."""
    pattern, kind_of = _kinds()
    return frozenset(kind_of[found.lastgroup] for found in pattern.finditer(words.lower()) if found.lastgroup)


@lru_cache(maxsize=65536)
def strange(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two sets of kinds, both known, have no family in common."""
    known = families()
    mine = frozenset().union(*(known[kind] for kind in one))
    theirs = frozenset().union(*(known[kind] for kind in other))
    return bool(mine and theirs and not mine & theirs)


def akin(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two sets of kinds share one, or one word for the same ("raid" of an air strike)."""
    if one & other:
        return True
    return any(len(pair & one) and len(pair & other) for pair in _akin())


@cache
def _akin() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(pair) for pair in load("en/incident_words")["akin"]["pairs"])


def other_kind(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether kinds tell of two occurrences: disjoint, and neither only of what is part of others."""
    parts = _parts()
    return not one & other and bool(one - parts) and bool(other - parts)


@cache
def _parts() -> frozenset[str]:
    return frozenset(load("en/incident_words")["parts"]["kinds"])


@cache
def _sites() -> re.Pattern[str]:
    nouns = "|".join(sorted(load("en/incident_words")["sites"]["words"], key=len, reverse=True))
    name = r"[^\W\d_a-z][\w’'-]+(?:[ -][^\W\d_a-z][\w’'-]+){0,2}"
    return re.compile(rf"\b(?P<name>{name})[ -](?i:coal |army |refugee |border )?(?P<noun>(?i:{nouns}))\b")


@cache
def _spots() -> Caseless:
    nouns = "|".join(sorted(load("en/incident_words")["sites"]["words"], key=len, reverse=True))
    return Caseless(rf"\b(?:at|on|near|in|outside) (?:the|a) (?:\w+ )?(?P<noun>{nouns})\b")


@lru_cache(maxsize=65536)
def spots_in(words: str) -> frozenset[str]:
    """Sites that words name as where it was, without a name of their own ("at the bridge")."""
    return frozenset(f"thing:{found['noun'].casefold()}" for found in _spots().finditer(words))


@lru_cache(maxsize=65536)
def sites_in(words: str) -> frozenset[str]:
    """Sites called by a proper name: ``name noun``, without case.

    A single capital word that opens a sentence names nothing ("Fatal mine accident"), nor does a nation's.
    """
    if words.isupper():
        return frozenset()
    found = ((_bare(each["name"]), each) for each in _sites().finditer(words))
    return frozenset(
        f"{name} {each['noun']}".casefold()
        for name, each in found
        if name.casefold() not in _no_names()
        if " " in name or name != each["name"] or words[: each.start("name")].rstrip()[-1:].isalnum()
    )


def _bare(name: str) -> str:
    """A name without the article before it."""
    first, _, rest = name.partition(" ")
    return rest if rest and first.casefold() in ARTICLES else name


@cache
def _no_names() -> frozenset[str]:
    nations = load("en/nations")["state"]
    days = {form for day in load("en/weekdays")["names"] for form in (day, f"{day}'s", f"{day}’s")}
    return ARTICLES | days | {name.casefold() for state, forms in nations.items() for name in (state, *forms)}


ARTICLES = frozenset(
    {"the", "a", "an", "this", "that", "one", "in", "at", "of", "another", "his", "their", "its"}
)


@cache
def _another() -> re.Pattern[str]:
    return any_of(load("en/incident_words")["another"]["words"])


def turns(words: str) -> bool:
    """Whether words turn to another occurrence than the one told before."""
    return _another().search(words.lower()) is not None


@cache
def _harm() -> re.Pattern[str]:
    return any_of(load("en/incident_words")["harm"]["words"])


def harms(words: str) -> bool:
    """Whether words tell of harm done to somebody."""
    return _harm().search(words.lower()) is not None


@cache
def _night() -> re.Pattern[str]:
    return any_of(load("en/incident_words")["night"]["words"])


@lru_cache(maxsize=65536)
def at_night(words: str) -> bool:
    """Whether words tell of something at night."""
    return _night().search(words.lower()) is not None


@cache
def _later() -> re.Pattern[str]:
    return re.compile("|".join(load("en/incident_words")["later"]["patterns"]))


def died_later(words: str) -> bool:
    """Whether words tell of a death that came after what caused it: "a third man died of his wounds"."""
    return _later().search(words.lower()) is not None


@cache
def _several() -> re.Pattern[str]:
    return re.compile("|".join(load("en/incident_words")["several"]["patterns"]))


@lru_cache(maxsize=65536)
def several(words: str) -> bool:
    """Whether words sum up several occurrences ("two accidents killed 67")."""
    return _several().search(words.lower()) is not None
