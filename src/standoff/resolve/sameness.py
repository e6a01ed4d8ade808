"""Which names are one party, with the reason: surnames, spellings, titles, acronyms, nations' bodies.

A person's shorter name is joined only where one person in the record bears it; two names of one key length
are joined only by their spelling. Nothing is joined on what a party says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from standoff.resolve.names import skeleton
from standoff.vocab import load

LEAST = 4
"""Consonants that two spellings of a name must share to be taken for one."""
PEOPLES = frozenset({"state", "population", "person", "described"})
"""Kinds of parties whose forces or rebels are another party."""
Same = tuple[str, str, str]


class Named(NamedTuple):
    """A name as seen here: its words (without accents and case), its kind, and names it is chained to.

    Of kind "person" are only names; who is merely described ("the officer") is of kind "described".
    """

    words: tuple[str, ...]
    kind: str
    chained: frozenset[str]


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(load("en/institutions")[name])


@cache
def _peoples() -> dict[str, str]:
    table = load("en/nations")["state"]
    forms = {form.casefold(): state for state, names in table.items() for form in (state, *names)}
    return forms | {f"{form}'s": state for form, state in forms.items()}


def untitled(words: tuple[str, ...]) -> tuple[str, ...]:
    """A name without the titles before it; an office is no title ("Minister of Defence", "General Staff")."""
    n = 0
    while n < len(words) - 1 and words[n].casefold().rstrip(".") in _listed("titles"):
        n += 1
    return words if words[n].casefold() in _listed("offices") else words[n:]


def same(names: Mapping[str, Named]) -> Iterator[Same]:
    """Pairs of keys that are one party, the fuller name first, each with its reason."""
    yield from _acronyms(names)
    people = {key: untitled(each.words) for key, each in names.items() if each.kind == "person"}
    yield from _persons(people)
    bodies = {key: each.words for key, each in names.items() if each.kind not in {"person", "described"}}
    yield from _bodies(bodies)
    yield from _short_bodies(bodies)
    yield from _officials({key: each.words for key, each in names.items() if each.kind != "person"})
    yield from _of_a_kind({key: words for key, words in bodies.items() if names[key].kind not in PEOPLES})


def _persons(people: Mapping[str, tuple[str, ...]]) -> Iterator[Same]:
    by_last: defaultdict[str, list[str]] = defaultdict(list)
    spelt: defaultdict[str, list[str]] = defaultdict(list)
    for key in sorted(people):
        words = people[key]
        if len(words) > 1:
            by_last[words[-1]].append(key)
            by_last[_sound(words[-1])].append(key)
            spelt[skeleton(" ".join(words))].append(key)
    for mark, keys in sorted(spelt.items()):
        for other in keys[1:]:
            if len(mark.replace(" ", "")) >= LEAST or people[keys[0]][-1] == people[other][-1]:
                yield keys[0], other, "the same name in another spelling"
    for key in sorted(people):
        words = people[key]
        bearers = sorted({*by_last.get(words[-1], ()), *by_last.get(_sound(words[-1]), ())} - {key})
        fuller = [
            each for each in bearers if len(people[each]) > len(words) and _short_for(words, people[each])
        ]
        one = _only(fuller, people)
        if one:
            how = "surname with one bearer in the record" if len(words) == 1 else "a shorter form of the name"
            yield one, key, how


def _sound(word: str) -> str:
    """A key of a surname's spelling; the word itself where too little is left of it."""
    mark = skeleton(word)
    return f"~{mark}" if len(mark) >= LEAST - 1 else word


def _short_for(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether a name's words stand in a fuller one in their order, the last one last."""
    rest = iter(full)
    return _sound(short[-1]) == _sound(full[-1]) and all(
        any(_sound(word) == _sound(each) for each in rest) for word in short
    )


def _only(fuller: list[str], people: Mapping[str, tuple[str, ...]]) -> str | None:
    """The one person that fuller names are of: one name, or several that are each other's short forms."""
    ranked = sorted(fuller, key=lambda key: (-len(people[key]), key))
    if not ranked or not all(_short_for(people[each], people[ranked[0]]) for each in ranked[1:]):
        return None
    return ranked[0]


def _acronyms(names: Mapping[str, Named]) -> Iterator[Same]:
    """A short name by which one report calls a party and another report knows it alone."""
    holders: defaultdict[str, set[str]] = defaultdict(set)
    for key, each in names.items():
        for short in each.chained:
            if short in names and short != key and len(names[short].words) == 1:
                holders[short].add(key)
    for short, fuller in sorted(holders.items()):
        if len(fuller) == 1 and names[short].kind != "person":
            yield min(fuller), short, "called so in a report that gives the full name"


def _bodies(bodies: Mapping[str, tuple[str, ...]]) -> Iterator[Same]:
    """A state's body by its nation's name or adjective ("Peru's army", "Peruvian army"), and the bare body
    where one nation alone has such a body in the record."""
    known: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    bare: defaultdict[str, list[str]] = defaultdict(list)
    for key in sorted(bodies):
        nation, body = nation_and_body(bodies[key])
        if body is None:
            continue
        if nation:
            known[nation, body].append(key)
        else:
            bare[body].append(key)
    for keys in known.values():
        for other in keys[1:]:
            yield keys[0], other, "one nation's body under two names"
    for body, keys in bare.items():
        nations = sorted(nation for nation, each in known if each == body)
        for key in keys:
            if len(nations) == 1:
                yield known[nations[0], body][0], key, "the only body of its kind in the record"


def _short_bodies(bodies: Mapping[str, tuple[str, ...]]) -> Iterator[Same]:
    """A body by the head of its name alone, or by a part of its name round that head, where one body in the
    record has such a name: "the League", "Workers' Federation"."""
    by_head: defaultdict[str, list[str]] = defaultdict(list)
    for key in sorted(bodies):
        if (head := _head(bodies[key])) is not None and len(_own_words(bodies[key])) > 1:
            by_head[head].append(key)
    for key in sorted(bodies):
        own = _own_words(bodies[key])
        head = _head(own)
        if head is None or nation_and_body(own)[1]:
            continue
        longer = [each for each in by_head[head] if each != key and _part_of(own, _own_words(bodies[each]))]
        longest = max(longer, key=lambda each: (len(bodies[each]), each), default=None)
        if longest is not None and all(
            _part_of(_own_words(bodies[each]), _own_words(bodies[longest])) for each in longer
        ):
            yield longest, key, "the only body of that name in the record"


def _officials(names: Mapping[str, tuple[str, ...]]) -> Iterator[Same]:
    """Who is named by a body's matter alone, where the record has one such body: "health officials" of a
    "health office"."""
    by_matter: defaultdict[str, list[str]] = defaultdict(list)
    for key in sorted(names):
        words = names[key]
        for matter, noun in pairwise(words):
            if noun in _listed("of_matters"):
                by_matter[matter].append(key)
    for key in sorted(names):
        words = names[key]
        if len(words) > 1 and words[-1] in _listed("officials") and len(by_matter[words[-2]]) == 1:
            yield by_matter[words[-2]][0], key, "officials of the only body of that matter in the record"


def _of_a_kind(bodies: Mapping[str, tuple[str, ...]]) -> Iterator[Same]:
    """A name with words behind it that only say of what kind it is: "ABC rebel movement". The forces or the
    rebels of a country are not the country."""
    for key in sorted(bodies):
        words = bodies[key]
        n = without_kind(words)
        bare = "-".join(words[:n])
        if n < len(words) and bare in bodies and nation_and_body(words[:n])[0] is None:
            yield bare, key, "the same name with its kind"


def without_kind(words: Sequence[str]) -> int:
    """How many words of a name stand before those that only say of what kind it is."""
    n = len(words)
    while n > 1 and words[n - 1].lower() in _listed("kinds"):
        n -= 1
    return n


def _own_words(words: tuple[str, ...]) -> tuple[str, ...]:
    """A body's words without those that only point to it and without possessive marks."""
    return tuple(word for word in words if word not in _listed("pointing") and word != "s")


def _head(words: tuple[str, ...]) -> str | None:
    """The head of a body's name: its last word, or that before "of" or "for"."""
    own = _own_words(words)
    for n, word in enumerate(own):
        if word in _listed("heads") and (n == len(own) - 1 or own[n + 1] in {"of", "for"}):
            return word
    return None


def _part_of(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether the words of a name stand in a fuller one in their order."""
    rest = iter(full)
    return len(short) <= len(full) and all(any(word == each for each in rest) for word in short)


@lru_cache(maxsize=65536)
def nation_and_body(words: tuple[str, ...]) -> tuple[str | None, str | None]:
    """The nation in a name and the state body that the rest is; None for each that is not there."""
    found = None
    rest = []
    for n, word in enumerate(words):
        two = " ".join(words[n : n + 2])
        state = _peoples().get(word) or _peoples().get(two)
        if state and found is None:
            found = state
        elif word not in {"s", "the"}:
            rest.append(word)
    body = " ".join(rest)
    return found, body if body in _listed("core") else None


@lru_cache(maxsize=65536)
def speaks_for(words: tuple[str, ...]) -> tuple[str | None, str | None]:
    """The nation and state body that a party speaks for by its name ("army spokesman")."""
    without = tuple(word for word in words if word not in _listed("voices"))
    nation, body = nation_and_body(without)
    return (nation, body) if body else (None, None)


def ministry_in(words: Sequence[str]) -> str | None:
    """The ministry that a title names, by its matter: "minister for labour", "labour minister"."""
    for n, word in enumerate(words):
        if (
            word in {"minister", "ministry"}
            and words[n + 1 : n + 2] in (["of"], ["for"])
            and len(words) > n + 2
        ):
            return f"{words[n + 2]} ministry"
        if word == "minister" and n and words[n - 1] not in {"prime", "state", "deputy", "s"}:
            return f"{words[n - 1]} ministry"
    return None
