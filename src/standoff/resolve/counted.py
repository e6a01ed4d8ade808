"""What a quantity counts: the class of its noun, and whose people, if its words say so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from standoff.model import BODIES, Mention, Quantity, ReaderInfo, Reading, Statement
from standoff.resolve.names import canonical
from standoff.resolve.sameness import nation_and_body, speaks_for
from standoff.vocab import load

HARM = frozenset(
    {"killed", "injured", "missing", "casualties", "displaced", "evacuated", "detained", "kidnapped"}
)
GENERIC = frozenset({"people", "men"})
"""Classes whose nouns name nobody in particular."""
FOUGHT = frozenset({"killed", "injured", "casualties", "missing"})
WORD = re.compile(r"[^\W\d_][\w’'-]*")
SENTENCE = re.compile(r"[.!?]\s|\n")
BEFORE, BEHIND = 220, 28
"""Code points before and behind a count within which words say on whose side it is."""
Side = Literal["state", "movement"]
CLASS = {"state": "soldiers", "movement": "fighters"}


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

    "Indians" are people; "members of the army" are soldiers, and "a column of refugees" refugees.
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
    if rest and pieces[-1] in _containers():
        return noun_class(rest)
    for noun in (phrase, " ".join(pieces[-2:]), pieces[-1]):
        if noun in table:
            return table[noun][0]
    return "people" if pieces[-1] in _peoples() else None


def of_what(words: str) -> str:
    """A phrase without the count before it: "at least two of the rebels" is "rebels"."""
    few = _few()
    pieces = words.split()
    n = 0
    while n < len(pieces) and (
        not pieces[n][:1].isalpha() or all(part in few for part in pieces[n].casefold().split("-"))
    ):
        n += 1
    return " ".join(pieces[n:])


@cache
def _containers() -> frozenset[str]:
    return frozenset(load("en/quantity_roles")["containers"]["words"])


@cache
def _few() -> frozenset[str]:
    numbers = load("en/numbers")["cardinals"]
    return frozenset((*load("group_nouns")["quantifiers"]["words"], *numbers))


def _any(words: str, nouns: Sequence[str]) -> bool:
    return any(re.search(rf"\b{re.escape(noun)}\b", words) for noun in nouns)


class Counts:
    """Reads what the quantities of one report count; ``text`` is its text layer."""

    def __init__(self, reading: Reading, text: str) -> None:
        self.text = text
        self.statements = {each.id: each for each in reading.statements}
        self.armed = {
            (m.party or m.text).casefold() for m in reading.mentions if _is_armed(m)
        }  # fmt: skip

    def of(self, quantity: Quantity) -> Counted | None:
        """What a count counts; None for measures, money, ages and bare numbers."""
        if quantity.kind != "count":
            return None
        what = (quantity.what or "").casefold().strip()
        martyrs = what in load("en/sides")["martyrs"]
        name = noun_class(quantity.group or what) if what in {"member", "members"} else noun_class(what)
        if name is None and not what and quantity.role in HARM:
            name = "people"
        if (name in GENERIC or martyrs) and quantity.role in FOUGHT:
            side = self._side(quantity, martyrs)
            name = CLASS[side] if side else (name or "people")
        if name is not None:
            return Counted(name, classes()[name][1], _whose(quantity, name))
        if what:
            one = what[:-1] if what.endswith("s") and not what.endswith("ss") else what
            return Counted(what, "person" if quantity.unit == "person" else one)
        return None

    def _side(self, quantity: Quantity, martyrs: bool) -> Side | None:
        """On whose side the counted were, by the words before them in their sentence or right behind."""
        told, words = self._told(quantity) or ("own" if martyrs else None, "")
        if told == "state":
            return "state"
        if told == "movement":
            return "movement"
        if told is None:
            return None
        speaker = self._speaker(self.statements.get(quantity.statement or ""))
        if speaker is None and any(word in words for word in load("en/sides")["fighting"]):
            speaker = "movement"
        if speaker is None:
            return None
        if told == "own":
            return speaker
        return "movement" if speaker == "state" else "state"

    def _told(self, quantity: Quantity) -> tuple[str | None, str] | None:
        """Which side the words round a count speak of, and those words."""
        before = SENTENCE.split(self.text[max(0, quantity.start - BEFORE) : quantity.start])[-1]
        found = list(_sides().finditer(before))
        if found:
            return found[-1].lastgroup, before.casefold()
        behind = SENTENCE.split(self.text[quantity.start : quantity.end + BEHIND])[0]
        after = _sides().search(behind)
        return (after.lastgroup, behind.casefold()) if after else None

    def _speaker(self, statement: Statement | None) -> Side | None:
        """Whether a speaker is of a state's forces or of a movement that fights it. In a report's own voice
        it is the side that the report quotes most."""
        if statement is None or statement.voice == "report":
            quoted: Counter[Side] = Counter(
                side for each in self.statements.values() if (side := self._quoted(each))
            )
            return min(quoted, key=lambda side: (-quoted[side], side), default=None)
        return self._quoted(statement)

    def _quoted(self, statement: Statement) -> Side | None:
        names = [name for name in (statement.represents, statement.party) if name]
        for name in names:
            words = tuple(word.casefold() for word in WORD.findall(name))
            nation, body = nation_and_body(words)
            if body or speaks_for(words)[1] or (nation and len(words) == 1):
                return "state"
            if name.casefold() in self.armed or set(words) & set(load("en/sides")["movements"]):
                return "movement"
        return None


def counted(quantity: Quantity) -> Counted | None:
    """What a count counts by its own words alone, whoever tells it and whatever stands around it."""
    return Counts(Reading(report="", text_sha256="", reader=ReaderInfo(name="", version="")), "").of(quantity)


def _is_armed(mention: Mention) -> bool:
    return mention.type == "armed_group"


@cache
def _sides() -> re.Pattern[str]:
    words = load("en/sides")
    parts = (
        f"(?P<{side}>{'|'.join(re.escape(w) for w in sorted(words[side], key=len, reverse=True))})"
        for side in ("own", "enemy", "state", "movement")
    )
    return re.compile(rf"\b(?:{'|'.join(parts)})\b", re.IGNORECASE)


def _whose(quantity: Quantity, noun: str) -> str | None:
    """The nation, party or side that the counted are said to be of, by the words before "of" and the noun."""
    words = (quantity.group or quantity.what or "").split(" of ")[0]
    found = WORD.findall(words)
    for word in found:
        if word.casefold() in _peoples() and (word[0].isupper() or words.islower()):
            return _peoples()[word.casefold()]
    for word in found:
        name, kind = canonical(word)
        if kind in BODIES and word[0].isupper():
            return name
    plain = load("group_nouns")["plain_sides"].get(noun, ())
    sides = set(load("group_nouns")["sides"]["words"]) - set(plain)
    return next((word.casefold() for word in found[:-1] if word.casefold() in sides), None)
