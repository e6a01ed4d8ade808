"""The event lexicon: every inflected form of every event word, looked up by lower-case token."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import msgspec

from standoff import vocab

_PIECES = re.compile(r"\w+|[^\w\s]")
_ROLES = {"ASSAULT", "COERCE", "STATE", "RETREAT", "MOBILIZE", "MOVE"}


class Sense(msgspec.Struct, frozen=True, kw_only=True):
    """One meaning of a word: PLOVER type and mode, and where its grammar puts the participants.

    ``rest`` are the tokens that must follow the first ("up" of "blow up"). Roles are the names of
    Claim's participant fields, or "none".
    """

    type: str
    mode: str | None
    lemma: str
    rest: tuple[str, ...]
    noun: bool
    subject: str
    object: str
    owner: str
    preps: dict[str, str]
    needs: tuple[str, ...]
    harm: bool
    passive: bool


class Classes(msgspec.Struct, frozen=True, kw_only=True):
    """Noun classes by head word, singular and plural."""

    weapons: frozenset[str]
    weak_weapons: frozenset[str]
    armed: frozenset[str]
    civil: frozenset[str]
    place_nouns: frozenset[str]
    bodies: frozenset[str]
    war_machines: frozenset[str]
    groups: frozenset[str]
    things: frozenset[str]
    vehicles: frozenset[str]
    aid: frozenset[str]
    aid_carriers: frozenset[str]
    deals: frozenset[str]
    deal_like: frozenset[str]
    captives: frozenset[str]
    hazards: frozenset[str]
    fighting: frozenset[str]


def plural(noun: str) -> str:
    """Regular plural of a noun's last word."""
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return noun + "es"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + "s"


@cache
def classes() -> Classes:
    """The noun classes of ``en/event_nouns.toml`` with plurals, last word of each entry kept whole."""
    data = vocab.load("en/event_nouns")
    found = {}
    for name in Classes.__struct_fields__:
        nouns = data[name]
        found[name] = frozenset(n for noun in nouns for n in (noun, plural(noun)))
    return Classes(**found)


@cache
def weapon_modes() -> dict[str, str]:
    """Weapon word -> the ASSAULT mode it implies."""
    table: dict[str, str] = {}
    for mode, words in vocab.load("en/event_nouns")["weapon_modes"].items():
        for word in words:
            table.setdefault(word, mode)
    return table


@cache
def cues(name: str) -> frozenset[str]:
    """One word list of ``en/claim_cues.toml``."""
    return vocab.words("en/claim_cues", name)


@cache
def verb_cues(name: str) -> frozenset[str]:
    """One list of ``en/claim_cues.toml`` with all verb forms of each word, single words only."""
    return frozenset(form for word in cues(name) if " " not in word for form in verb_forms(word))


def _regular_past(verb: str, doubled: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ied"
    return doubled + "ed"


@cache
def verb_forms(verb: str) -> frozenset[str]:
    """All inflected forms of a verb's base form."""
    data = vocab.load("en/verb_forms")
    doubled = verb + verb[-1] if verb in data["doubling"] else verb
    past = data["irregular"].get(verb) or [_regular_past(verb, doubled)]
    stem = verb[:-1] if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) else doubled
    ing = data["ing"].get(verb, stem + "ing")
    present = data["present"].get(verb, plural(verb))
    return frozenset([verb, present, ing, *past])


def _sense(entry: dict[str, Any], word: str, rest: tuple[str, ...], noun: bool) -> Sense:
    default = "targets" if entry["type"] in _ROLES else "recipients"
    return Sense(
        type=entry["type"],
        mode=entry.get("mode"),
        lemma=word,
        rest=rest,
        noun=noun,
        subject=entry.get("subject", "actors"),
        object=entry.get("of", default) if noun else entry.get("object", default),
        owner=entry.get("owner", "actors"),
        preps=entry.get("preps", {}),
        needs=tuple(entry.get("needs", ())),
        harm=entry.get("harm", False),
        passive=entry.get("passive", False),
    )


@cache
def verb_senses() -> dict[str, tuple[Sense, ...]]:
    """Verb form -> senses, those with a particle first."""
    table: dict[str, list[Sense]] = {}
    for entry in vocab.load("en/events")["verbs"]:
        for word in entry["words"]:
            first, *rest = word.split(" ")
            # "carpet-bomb" is three tokens; its last carries the inflection and is found by itself
            if "-" in first:
                continue
            sense = _sense(entry, word, tuple(rest), noun=False)
            for form in verb_forms(first):
                table.setdefault(form, []).append(sense)
    return {form: tuple(sorted(senses, key=lambda s: -len(s.rest))) for form, senses in table.items()}


@cache
def noun_senses() -> dict[str, tuple[Sense, ...]]:
    """Last word of an event noun, singular and plural -> senses, longest first; ``rest`` precedes it."""
    table: dict[str, list[Sense]] = {}
    for entry in vocab.load("en/events")["nouns"]:
        for word in entry["words"]:
            *before, last = _PIECES.findall(word)
            sense = _sense(entry, word, tuple(before), noun=True)
            for form in (last, plural(last)):
                table.setdefault(form, []).append(sense)
    return {form: tuple(sorted(senses, key=lambda s: -len(s.rest))) for form, senses in table.items()}
