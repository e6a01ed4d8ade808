"""Groups: what quantities count, by their head noun and by whose people they are, across reports."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from standoff.model import Group, Quantity, Reading, slug
from standoff.resolve.names import canonical
from standoff.vocab import load

HARM = frozenset(
    {"killed", "injured", "missing", "casualties", "displaced", "evacuated", "detained", "kidnapped"}
)
GENERIC = frozenset({"people", "men"})
"""Classes whose nouns name nobody in particular."""
COMMON_SHARE = 1 / 3
"""From this share of a class's counts on, a nation or party in the words describes the whole class."""
PARTIES = frozenset({"state", "armed_group", "organisation"})
WORD = re.compile(r"[^\W\d_][\w’'-]*")


class Counted(NamedTuple):
    """What a quantity counts: its class, what one member is, and whose people, if the words say so."""

    name: str
    unit: str
    whose: str | None = None


@cache
def classes() -> dict[str, tuple[str, str]]:
    """Noun -> (class, unit) from ``vocab/group_nouns.toml``, plurals included."""
    table: dict[str, tuple[str, str]] = {}
    for row in load("group_nouns")["group"]:
        for noun in row["nouns"]:
            for form in (noun, *_plurals(noun)):
                table.setdefault(form, (row["class"], row["unit"]))
        table[row["class"]] = (row["class"], row["unit"])
    return table


def _plurals(noun: str) -> tuple[str, ...]:
    if noun.endswith("man"):
        return (noun[:-3] + "men",)
    if noun.endswith(("s", "x", "ch", "sh")):
        return (noun + "es",)
    if noun.endswith("ife"):
        return (noun[:-2] + "ves",)
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return (noun[:-1] + "ies",)
    return (noun + "s", noun + "ren")


@cache
def _peoples() -> dict[str, str]:
    """Adjective or name of a people -> its state, without case."""
    table = load("en/nations")["state"]
    return {form.casefold(): state for state, forms in table.items() for form in (state, *forms)}


@lru_cache(maxsize=65536)
def noun_class(words: str) -> str | None:
    """Class of the head noun of a noun phrase; None when its noun is in no class.

    "Indians" are people; "members of the army" are soldiers.
    """
    phrase = of_what(words.casefold())
    head, _, rest = phrase.partition(" of ")
    table = classes()
    if head.rsplit(" ", 1)[-1] in {"member", "members"}:
        known = next(
            (name for name, nouns in load("group_nouns")["members"].items() if _any(rest, nouns)), None
        )
        return known or "people"
    pieces = head.split(" ")
    for noun in (phrase, " ".join(pieces[-2:]), pieces[-1]):
        if noun in table:
            return table[noun][0]
    return "people" if pieces[-1] in _peoples() else None


def of_what(words: str) -> str:
    """A phrase without the count before it: "at least two of the rebels" is "the rebels"."""
    few = _quantifiers()
    pieces = words.split()
    n = 0
    while n < len(pieces) and (pieces[n].casefold() in few or not pieces[n][:1].isalpha()):
        n += 1
    return " ".join(pieces[n:])


@cache
def _quantifiers() -> frozenset[str]:
    return frozenset(load("group_nouns")["quantifiers"]["words"])


def _any(words: str, nouns: Sequence[str]) -> bool:
    return any(re.search(rf"\b{re.escape(noun)}\b", words) for noun in nouns)


def counted(quantity: Quantity) -> Counted | None:
    """What a count counts; None for measures, money, ages and bare numbers."""
    if quantity.kind != "count":
        return None
    what = (quantity.what or "").casefold().strip()
    name = noun_class(quantity.group or what) if what in {"member", "members"} else noun_class(what)
    if name is not None:
        return Counted(name, classes()[name][1], _whose(quantity))
    if what:
        return Counted(what, what[:-1] if what.endswith("s") and not what.endswith("ss") else what)
    return Counted("people", "person", _whose(quantity)) if quantity.role in HARM else None


def _whose(quantity: Quantity) -> str | None:
    """The nation, party or side that the counted are said to be of, by the words before "of" and the noun."""
    words = (quantity.group or quantity.what or "").split(" of ")[0]
    found = WORD.findall(words)
    for word in found:
        if word.casefold() in _peoples() and (word[0].isupper() or words.islower()):
            return _peoples()[word.casefold()]
    for word in found:
        name, kind = canonical(word)
        if kind in PARTIES and word[0].isupper():
            return name
    sides = load("group_nouns")["sides"]["words"]
    return next((word.casefold() for word in found[:-1] if word.casefold() in sides), None)


def resolve_groups(readings: Sequence[Reading]) -> tuple[tuple[Group, ...], dict[str, str]]:
    """Groups and the map from quantity ids to them.

    People of one nation or party are a group of their own (its ``parent`` is the class), unless so large a
    share of the class's counts names it that it describes the whole class.
    """
    found: list[tuple[str, Counted]] = []
    for reading in readings:
        found += [(each.id, key) for each in reading.quantities if (key := counted(each))]
    common = _common(key for _, key in found)
    members: defaultdict[Counted, list[str]] = defaultdict(list)
    for quantity, key in found:
        members[key._replace(whose=None) if (key.name, key.whose) in common else key].append(quantity)
    groups = [
        _group(key, ids, members) for key, ids in sorted(members.items(), key=lambda item: _id(item[0]))
    ]
    return tuple(groups), {each: group.id for group in groups for each in group.members}


def _common(keys: Iterable[Counted]) -> set[tuple[str, str | None]]:
    listed = list(keys)
    size = Counter(key.name for key in listed)
    named = Counter((key.name, key.whose) for key in listed if key.whose)
    return {pair for pair, n in named.items() if n >= COMMON_SHARE * size[pair[0]] and n > 1}


def _id(key: Counted) -> str:
    return f"gr-{slug(key.name)}" + (f"-{slug(key.whose)}" if key.whose else "")


def _group(key: Counted, ids: list[str], members: dict[Counted, list[str]]) -> Group:
    parent = key._replace(whose=None)
    return Group(
        id=_id(key),
        name=f"{key.name} ({key.whose})" if key.whose else key.name,
        unit=key.unit,
        members=tuple(ids),
        parent=_id(parent) if key.whose and parent in members else None,
        party=key.whose,
        noun=key.name,
        general=key.name in GENERIC,
    )
