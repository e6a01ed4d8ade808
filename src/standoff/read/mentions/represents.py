"""Whom a party speaks for, from its titles, its description and the words in apposition to it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from standoff.read.mentions import words

ADJECTIVES = frozenset(
    [
        "senior",
        "top",
        "former",
        "outgoing",
        "incoming",
        "new",
        "acting",
        "deputy",
        "local",
        "two",
        "three",
        "one",
        "another",
        "unnamed",
        "some",
        "military",
        "chief",
    ]
)
CUT = re.compile(r"\s*(?:,|;|\(|\bwho\b|\bwhich\b|\bthat\b| - | — ).*$", re.DOTALL)
TAIL = re.compile(r"\s+(?:in|at|near|on|from|during)\s+.*$", re.DOTALL)
OWNED = re.compile(r"^(?:his|her|its|their|my|our|your)\b", re.IGNORECASE)
POSSESSIVE = re.compile(r"^(?:the\s+)?(.{2,60}?)(?:['’]s|(?<=s)['’])\s+(.+)$", re.DOTALL | re.IGNORECASE)
FORCES = re.compile(r"\s+(?:forces|troops|fighters|militants|officials|commanders?)$", re.IGNORECASE)

Known = Callable[[str], str | None]


@cache
def _tie() -> re.Pattern[str]:
    roles = "|".join(sorted(words.people("speaks_for"), key=len, reverse=True))
    return re.compile(rf"\b({roles})\s+(for|of|at|from|with|in|to)\s+(.+)$", re.IGNORECASE | re.DOTALL)


def represented(description: str, known: Known) -> str | None:
    """Whom a description speaks for; ``known`` gives the party that a name stands for, or None."""
    text = " ".join(description.split())
    if _private(text):
        return None
    return _tied(text, known) or _owned(text, known) or _before_role(text, known) or _on_staff(text, known)


def _on_staff(text: str, known: Known) -> str | None:
    """The hospital whose doctor or nurse somebody is: what one counts there is its count."""
    found = _staff().match(words.ARTICLES.sub("", text))
    return name_of(found["at"] or found["whose"], known) if found else None


@cache
def _staff() -> re.Pattern[str]:
    staff = "|".join(sorted(words.people("hospital_staff"), key=len, reverse=True))
    house = f"(?:{'|'.join(sorted(words.people('hospitals'), key=len, reverse=True))})"
    return re.compile(
        rf"(?:[\w-]+\s+){{0,2}}(?:{staff})s?\s+(?:at|of|from|with)\s+(?P<at>[^,;]{{0,50}}?\b{house}\b[^,;]{{0,30}})"
        rf"|(?P<whose>[^,;]{{0,50}}?\b{house})['’]s?\s+(?:[\w-]+\s+){{0,2}}(?:{staff})s?\b",
        re.IGNORECASE,
    )


def _private(text: str) -> bool:
    head = re.split(r"\s+(?:of|for|in|at|from|who|to)\s+", text.casefold(), maxsplit=1)[0]
    return head.split(" ")[-1] in words.people("private")


def _tied(text: str, known: Known) -> str | None:
    match = _tie().search(text)
    if match is None:
        return None
    role, tie, other = match.group(1).casefold(), match.group(2).casefold(), match.group(3)
    if tie in {"to", "in"}:
        return None
    if role in words.people("sent_to") and (_owned(text, known) or _before_role(text[: match.end(1)], known)):
        return None
    state, _ = words.leading_state(words.ARTICLES.sub("", text[: match.start(1)]).split())
    if state is not None and tie == "from":
        return state
    return name_of(other, known)


def name_of(other: str, known: Known) -> str | None:
    """The party a phrase names: a known one, a state, or its own words cut to the name."""
    phrase = CUT.sub("", other).strip(" .")
    if not phrase or OWNED.match(phrase):
        return None
    parts = words.ARTICLES.sub("", phrase).split()
    state, size = words.leading_state(parts)
    if state is not None and (size == len(parts) or parts[size].casefold() in words.people("state_bodies")):
        return state
    tries = [phrase, TAIL.sub("", phrase)]
    for each in [*(FORCES.sub("", each) for each in tries), *tries]:
        if (party := known(each)) is not None:
            return party
    return words.bare(tries[1]) or None


def _owned(text: str, known: Known) -> str | None:
    match = POSSESSIVE.match(text)
    if match is None or OWNED.match(match.group(1)):
        return None
    rest = match.group(2).split()
    if not any(w.casefold().strip(".") in words.people("speaks_for") | words.people("titles") for w in rest):
        return None
    return name_of(match.group(1), known)


def _before_role(text: str, known: Known) -> str | None:
    """What stands before the role: "US officials", "Pentagon spokesman", "Iraqi Maj. Gen."."""
    parts = words.ARTICLES.sub("", text).split()
    skip = 0
    while skip < len(parts) and parts[skip].casefold() in ADJECTIVES:
        skip += 1
    parts = parts[skip:]
    state, size = words.leading_state(parts)
    rest = [p.casefold().strip(".,") for p in parts[size:]]
    if state is not None and any(
        w in words.people("state_bodies") or w in words.people("titles") for w in rest
    ):
        return state
    for index, part in enumerate(parts):
        key = part.casefold().strip(".,")
        if index and key in words.people("speaks_for"):
            before = " ".join(parts[:index])
            party = known(before)
            if party is None and before[0].isupper() and (seat := words.seat_of(before)):
                return seat
            return party
    return None
