"""Which parties are one, or part of one another, by their names."""

from __future__ import annotations

from functools import lru_cache

from standoff.model import Actor
from standoff.model.ids import slug
from standoff.reconcile.answers.passages import Passage
from standoff.reconcile.matter import table
from standoff.reconcile.shelf import Page, Shelf

ALIKE = 5
"""Names are of one root when so many first letters agree ("Ethiopia", "Ethiopian")."""


def akin(shelf: Shelf, a: str, b: str) -> bool:
    """Whether two parties are one, or the one's name holds the other's whole ("the X-led force", "X")."""
    if a == b:
        return True
    one, two = _words(shelf.name(a)), _words(shelf.name(b))
    return one <= two or two <= one


@lru_cache(maxsize=65536)
def _words(name: str) -> frozenset[str]:
    return frozenset(slug(name).split("-"))


def one_camp(shelf: Shelf, a: str, b: str) -> bool | None:
    """Whether two parties belong to one side by their names ("the X army", "X's government"); None where
    names do not tell: of persons, and of bodies that any side may have ("the army", "officials")."""
    if akin(shelf, a, b):
        return True
    if _person(shelf, a) or _person(shelf, b):
        return None
    if {_standing(shelf.name(a)), _standing(shelf.name(b))} == {"state", "rebels"}:
        return False
    one, two = _roots(shelf.name(a)), _roots(shelf.name(b))
    if not one or not two:
        return None
    return bool(one & two)


def against(shelf: Shelf, a: Passage, b: Passage) -> bool:
    """Whether two passages are of two voices that are not known to be of one camp."""
    if a.voice == b.voice:
        return False
    return a.party is None or b.party is None or one_camp(shelf, a.party, b.party) is not True


def _person(shelf: Shelf, party: str) -> bool:
    known = shelf.parties.get(party)
    return known is not None and known.type == "person"


@lru_cache(maxsize=65536)
def _standing(name: str) -> str | None:
    """Whether a name is that of a body of the state or of those who fight it; None where it does not say."""
    words = _words(name)
    rebels = bool(words & set(table("words")["of_rebels"]))
    state = bool(words & set(table("words")["of_state"]))
    return None if rebels == state else "rebels" if rebels else "state"


@lru_cache(maxsize=65536)
def _roots(name: str) -> frozenset[str]:
    """The words of a name that tell a side from others, cut so that country and adjective are one."""
    common = frozenset(table("words")["bodies"])
    words = [word for word in slug(name).split("-") if word not in common and not word.isdigit()]
    return frozenset(word[:ALIKE] for word in words if len(word) > 1)


def named_doers(shelf: Shelf, page: Page, actors: tuple[Actor, ...]) -> list[str]:
    """Principals of the actors that are named with a name, and by their own words, not by a pronoun."""
    found = []
    for each in actors:
        words = [page.text[start:end] for start, end in each.mentions] or [each.name]
        if any(char.isupper() for char in each.name) and not any(w.casefold() in PRONOUNS for w in words):
            found.append(shelf.principal(shelf.actor(page, each)))
    return found


PRONOUNS = frozenset({"it", "they", "he", "she", "we", "i", "them", "him", "her", "who", "which", "that"})
