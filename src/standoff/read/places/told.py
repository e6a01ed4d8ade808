"""What the words beside a name tell of it: that it is a place's, or a speaker's.

``vocab/en/places_told.toml`` lists the words. Nothing here asks whether a gazetteer knows the name.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from standoff import vocab
from standoff.read.places.page import Page
from standoff.read.places.words import words

CHAIN = 4
"""Names that one preposition may head ("the villages of Orley, Bram and Tasse")."""


class Cues(NamedTuple):
    """What tells that one occurrence of a name is a place's: each 1 or 0.

    ``kind_of`` "the town of X", ``kind_behind`` "X camp", ``taken`` "entered X", ``happening`` "the battle
    for X", ``struck`` "X fell", ``at`` "in X", ``speaks`` "X said" (then it is none).
    """

    kind_of: bool
    kind_behind: bool
    taken: bool
    happening: bool
    struck: bool
    at: bool
    speaks: bool

    @property
    def sure(self) -> bool:
        """Whether anything but a mere preposition tells it."""
        return self.kind_of or self.kind_behind or self.taken or self.happening or self.struck


class Lists(NamedTuple):
    """The vocabulary, as sets of words in lower case."""

    before: frozenset[str]
    links: frozenset[str]
    behind: frozenset[str]
    titled: frozenset[str]
    plural: frozenset[str]
    between: frozenset[str]
    taken: frozenset[str]
    control: frozenset[str]
    happenings: frozenset[str]
    happening_links: frozenset[str]
    struck: frozenset[str]
    helpers: frozenset[str]
    done: frozenset[str]
    locative: frozenset[str]
    sides: frozenset[str]
    measures: frozenset[str]
    heads: frozenset[str]
    things: frozenset[str]
    speaking: frozenset[str]


@cache
def lists() -> Lists:
    """All lists, read once."""
    table = vocab.load("en/places_told")
    keys = (
        ("kinds", "before"), ("kinds", "links"), ("kinds", "behind"), ("kinds", "titled"),
        ("kinds", "plural"), ("kinds", "between"), ("taken", "verbs"), ("taken", "control"),
        ("happenings", "nouns"), ("happenings", "links"), ("struck", "verbs"), ("struck", "helpers"),
        ("struck", "done"), ("locative", "words"), ("locative", "sides"), ("locative", "from"),
        ("heads", "words"), ("things", "words"), ("speaking", "words"),
    )  # fmt: skip
    return Lists(*(frozenset(table[part][key]) for part, key in keys))


def cues(page: Page, first: int, last: int) -> Cues:
    """What the words around the tokens ``[first, last)`` tell of the name that they are."""
    told = lists()
    head = _head(page, first)
    one, two = page.before(head), page.before(head, 2)
    next_, then = page.after(last), page.after(last + 1)
    of_kind = (one in told.links and two in told.before) or (one in told.before and not page.upper[head - 1])
    behind = _kind_at(page, last, told) or _listed(page, last, told)
    behind = behind or (next_ in told.between and _kind_at(page, last + 1, told))
    control = one == "of" and two in told.control
    helped = next_ in told.helpers and (then in told.done or page.after(last + 2) in told.done)
    return Cues(
        of_kind,
        behind,
        one in told.taken or control,
        one in told.happening_links and two in told.happenings,
        next_ in told.struck or helped,
        one in told.locative
        or (one == "of" and two in told.sides)
        or (one == "from" and two in told.measures),
        (next_ in told.speaking and one not in words().locative) or page.before(first) in told.speaking,
    )


def _kind_at(page: Page, at: int, told: Lists) -> bool:
    """Whether a kind of place stands here ("camp"), with a capital only where that is no thing's name."""
    word = page.after(at)
    if word not in told.behind:
        return False
    return not page.upper[at] or page.loud[at] or word in told.titled


def _listed(page: Page, last: int, told: Lists) -> bool:
    """Whether the name that ends here is in a list of which the kind is told behind: "X and Y camps"."""
    at, left = last, CHAIN
    while left and page.after(at) in {"and", "or", ","} and at + 1 < len(page) and page.upper[at + 1]:
        at, left = at + 2, left - 1
        while at < len(page) and page.upper[at] and not page.opens[at]:
            at += 1
    return page.after(at) in told.plural or (
        page.after(at) in told.between and page.after(at + 1) in told.plural
    )


def _head(page: Page, first: int) -> int:
    """The first token of the first name in "X, Y and Z", for the last of them; else ``first``."""
    if page.before(first) not in {"and", "or"}:
        return first
    at, left = first, CHAIN
    while left and at > 1 and page.lower[at - 1] in {"and", "or", ","} and page.upper[at - 2]:
        at, left = at - 2, left - 1
        while at > 0 and page.upper[at - 1] and not page.opens[at]:
            at -= 1
    return at
