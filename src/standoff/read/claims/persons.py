"""Age, sex and status of a person as the words around a span state them; never guessed from a name."""

from __future__ import annotations

import re
from typing import Literal

import msgspec
from spacy.tokens import Token

from standoff.model import Actor, Span
from standoff.read.claims.grasp import np_bounds
from standoff.read.claims.page import Page
from standoff.read.event_words import classes

_AFTER = re.compile(
    r"^\s*(?:,|\(|who was|who is|was|is)?\s*(?:aged?\s+|age of\s+)?(\d{1,3})"
    r"(?=\s*(?:,|\)|\.|;|years?\b|and\b|was|is|who|$))",
    re.I,
)
_YEARS = re.compile(r"\b(\d{1,3})[\s-]*years?[\s-]*old\b", re.I)
_AGED = re.compile(r"\baged?\s+(\d{1,3})\b", re.I)
_FEMALE = re.compile(
    r"\b(woman|women|girls?|mother|wife|daughter|sister|widow|nun|she|her|female|mrs|ms|grandmother|aunt|pregnant)\b",
    re.I,
)
_MALE = re.compile(
    r"\b(man|men|boys?|father|husband|son|brother|monk|he|him|his|male|mr|grandfather|uncle)\b", re.I
)
_OWNER = re.compile(r"\b(?:his|her)\s+", re.I)
_AROUND = 60


class PersonFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What the words say of a person: age in years, sex, status; None where they do not."""

    age: int | None = None
    sex: Literal["female", "male"] | None = None
    status: Literal["civilian", "combatant"] | None = None


def described(page: Page, head: Token, person: Actor) -> Actor:
    """A participant with what the words of its phrase state of it as a person; as it was if it is none."""
    start, end = page.chars(*np_bounds(head))
    spans = person.mentions or ((start, end),)
    span = min(start, spans[0][0]), max(end, spans[0][1])
    facts = describe_person(page.text, span if head.idx < span[1] and head.idx >= span[0] else (start, end))
    human = (
        person.kind == "person"
        or head.ent_type_ == "PERSON"
        or facts.sex is not None
        or facts.status is not None
        or (head.lower_ == "old" and facts.age is not None)
    )
    if not human or person.kind in {"thing", "weapon"}:
        return person
    return msgspec.structs.replace(person, age=facts.age, sex=facts.sex, status=facts.status)


def describe_person(text: str, span: Span) -> PersonFacts:
    """Age, sex and status stated in a span or right after it, e.g. ", aged 7," or "a 30-year-old woman"."""
    start, end = span
    words = _OWNER.sub("", text[start:end])
    after = text[end : end + _AROUND]
    clause = re.split(r"[.;]\s|\band\b", after, maxsplit=1)[0]
    return PersonFacts(age=_age(words, clause), sex=_sex(words, clause), status=_status(words))


def _age(words: str, after: str) -> int | None:
    found = _YEARS.search(words) or _AGED.search(words) or _AFTER.match(after)
    found = found or (_AGED.match(after.lstrip(" ,(")) or _YEARS.match(after.lstrip(" ,(a")))
    age = int(found.group(1)) if found else None
    return age if age is not None and age < 120 else None


def _sex(words: str, after: str) -> Literal["female", "male"] | None:
    # an apposition right after the name ("X, a mother of two") speaks of the same person
    apposed = after if after.startswith(", a") else ""
    for text in (words, apposed):
        female, male = bool(_FEMALE.search(text)), bool(_MALE.search(text))
        if female != male:
            return "female" if female else "male"
    return None


def _status(words: str) -> Literal["civilian", "combatant"] | None:
    lower = words.lower().split()
    # only words that name a status set one: "militant", "terrorist", "martyr" do not
    if any(w.startswith(("civilian", "non-combatant")) for w in lower):
        return "civilian"
    if any(
        w in {"soldier", "soldiers", "combatant", "combatants"} and w in classes().armed | {w} for w in lower
    ):
        return "combatant"
    return None
