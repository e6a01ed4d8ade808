"""What a noun says of persons: that they are persons, and their status, sex and age as asserted."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from standoff import vocab

WORDS = vocab.load("en/counted_persons")
CONTEXTS = vocab.load("en/number_contexts")
PEOPLE_ENDINGS = tuple(sorted(CONTEXTS["people_endings"]))
AGENT_ENDINGS = tuple(CONTEXTS["agent_endings"])
NOT_AGENTS = frozenset(CONTEXTS["not_agents"])
NOT_PEOPLE = frozenset(CONTEXTS["not_people"])
PLURALS: dict[str, str] = WORDS["plurals"]
Status = Literal["civilian", "combatant", "mixed"]
Sex = Literal["female", "male"]
Age = Literal["child", "adult", "elderly"]
CIVILIAN, COMBATANT = frozenset(WORDS["civilian"]), frozenset(WORDS["combatant"])
PERSONS = CIVILIAN | COMBATANT | frozenset(WORDS["neutral"]) | vocab.words("en/person_nouns", "words")
STATUS_ADJECTIVES: dict[str, Status] = {"civilian": "civilian", "unarmed": "civilian"}
FEMALE, MALE = frozenset(WORDS["female"]["words"]), frozenset(WORDS["male"]["words"])
CHILD, ADULT = frozenset(WORDS["child"]["words"]), frozenset(WORDS["adult"]["words"])
ELDERLY = frozenset(WORDS["elderly"]["words"])
CARDINALS: dict[str, int] = vocab.load("en/numbers")["cardinals"]
STATED_AGE = re.compile(r"(?P<number>[\w-]+?)-(?P<unit>year|month)s?-old$", re.IGNORECASE)
# Endings that make a noun for a person: -man and -woman compounds.
ENDINGS = (("women", "woman"), ("men", "man"), ("woman", "woman"), ("man", "man"))


@cache
def singular(word: str) -> str:
    """The singular of an English noun in lower case, by irregular list and ending."""
    word = word.lower()
    if word in PLURALS:
        return PLURALS[word]
    for plural, single in ENDINGS[:2]:
        if word.endswith(plural):
            return word.removesuffix(plural) + single
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "uses")) and len(word) > 4:
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word


@cache
def is_person(word: str) -> bool:
    """Whether a noun, singular or plural, names persons."""
    single = singular(word)
    if single in PERSONS or word.lower() in PERSONS:
        return True
    if "-" in word:
        return is_person(word.rsplit("-", 1)[-1] or "-x")
    return (
        single.endswith(("man", "woman"))
        and len(single) > 5
        and single not in {"human", "talisman", "caiman"}
    )


@cache
def is_people(word: str) -> bool:
    """Whether a capitalised plural names the people of a place or faith ("Zaireans", "Kurds")."""
    low = word.lower()
    if word.isupper():
        return low.endswith(("ians", "eans", "cans", "orans"))
    return word[:1].isupper() and len(low) > 3 and low not in NOT_PEOPLE and low.endswith(PEOPLE_ENDINGS)


@cache
def acts(word: str) -> bool:
    """Whether a plural noun has the ending of persons by what they do ("graders", "communists")."""
    low = word.lower()
    return low.endswith(AGENT_ENDINGS) and low not in NOT_AGENTS and len(low) > 5


@cache
def is_plural(word: str) -> bool:
    """Whether a noun has a plural's form."""
    low = word.lower()
    return low in PLURALS or (singular(low) != low)


def _number(word: str) -> int | None:
    """A number in digits or in words up to ninety-nine."""
    if word.isdigit():
        return int(word)
    parts = [CARDINALS.get(part) for part in word.split("-")]
    return None if None in parts else sum(part for part in parts if part is not None)


def _all(words: tuple[str, ...]) -> set[str]:
    return {w.lower() for w in words} | {singular(w) for w in words}


def status_of(words: tuple[str, ...], head: str) -> Status | None:
    """Status as the words assert it: only "civilians", "soldiers" and the like set one."""
    if not is_person(head):
        return None
    plain = {word.lower() for word in words}
    single = singular(head)
    if "non-combatant" in plain or "civilian" in plain or "unarmed" in plain:
        return "civilian"
    if single in COMBATANT:
        return "combatant"
    return "civilian" if single in CIVILIAN else None


def sex_of(words: tuple[str, ...]) -> Sex | None:
    """Sex as the words assert it; None where both or neither stand there."""
    have = _all(words)
    female, male = bool(have & FEMALE), bool(have & MALE)
    if female == male:
        return None
    return "female" if female else "male"


def age_group(years: float) -> Age:
    """Age group of a stated age: a child is under 18, as in the Convention on the Rights of the Child."""
    return "child" if years < 18 else "adult"


def age_of(words: tuple[str, ...]) -> Age | None:
    """Age group as the words assert it, a stated age ("34-year-old") included."""
    have = _all(words)
    stated = next((found for word in words if (found := STATED_AGE.match(word))), None)
    if stated:
        years = _number(stated["number"])
        return None if years is None else age_group(0 if stated["unit"] == "month" else years)
    if have & CHILD:
        return "child"
    if have & ELDERLY:
        return "elderly"
    return "adult" if have & ADULT else None
