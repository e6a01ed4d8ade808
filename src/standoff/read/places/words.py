"""The word lists that finding places needs, in the shapes it needs them."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from standoff import vocab
from standoff.read.places.names import plain_key


class Alias(NamedTuple):
    """What a short form or a demonym stands for: a name, its GeoNames id if fixed, and the level it is at.

    ``level`` is ``country``, ``admin1`` or "" (any).
    """

    name: str
    id: int | None = None
    level: str = ""


class Words(NamedTuple):
    """Vocabulary of places, folded to lower case except short forms and demonyms."""

    always: dict[str, Alias]
    after_comma: dict[str, Alias]
    demonyms: dict[str, Alias]
    weak: frozenset[str]
    kinds: dict[str, str]
    heads: frozenset[str]
    groups: frozenset[str]
    titles: frozenset[str]
    locative: frozenset[str]
    strong: frozenset[str]
    vague: frozenset[str]
    common: frozenset[str]
    directions: frozenset[str]
    holders: frozenset[str]
    usual: frozenset[int]


@cache
def words() -> Words:
    """All lists, read once."""
    short, people, other = (
        vocab.load(f"en/places_{name}") for name in ("abbreviations", "demonyms", "words")
    )
    pinned = short["pinned"]
    always = {form: Alias(name, pinned.get(form), "") for form, name in short["always"].items()}
    always |= {form: Alias(name, None, "admin1") for form, name in short["dotted"].items()}
    states = {form: Alias(name, None, "admin1") for form, name in short["after_comma"].items()}
    demonyms: dict[str, Alias] = {}
    for table, level in (("country", "country"), ("other", "")):
        for name, forms in people[table].items():
            for form in forms:
                demonyms |= {form: Alias(name, None, level), f"{form}s": Alias(name, None, level)}
    kinds = {word: kind for kind, listed in other["kinds"].items() for word in listed}
    return Words(
        always,
        states,
        demonyms,
        frozenset(people["weak"]["words"]),
        kinds,
        frozenset(other["not_places"]["heads"]),
        frozenset(other["not_places"]["groups"]),
        frozenset(other["not_places"]["titles"]),
        frozenset(other["locative"]["words"]),
        frozenset(other["locative"]["strong"]),
        frozenset(other["vague"]["words"]),
        frozenset(plain_key(word) for word in other["common"]["words"]),
        frozenset(other["locative"]["directions"]),
        frozenset(other["holders"]["words"]),
        frozenset(short["usual"]["ids"]),
    )
