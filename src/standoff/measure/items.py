"""What became of one gold item, and the comparisons that all kinds of items share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

import msgspec

from standoff.model import Spans

Grade = Literal["found", "partly", "missed"]
Gold = Mapping[str, Any]


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one gold item."""

    kind: str
    id: str
    label: str
    grade: Grade
    remarks: tuple[str, ...] = ()


def graded(kind: str, id_: str, label: str, remarks: Iterable[str | None]) -> Item:
    """A found item, or a partly found one when there is any remark."""
    told = tuple(each for each in remarks if each)
    return Item(kind=kind, id=id_, label=label, grade="partly" if told else "found", remarks=told)


def missed(kind: str, id_: str, label: str, why: str) -> Item:
    """An item that nothing answers to."""
    return Item(kind=kind, id=id_, label=label, grade="missed", remarks=(why,))


def spans(pieces: Iterable[Sequence[int]]) -> Spans:
    """Pairs of offsets as spans."""
    return tuple((piece[0], piece[1]) for piece in pieces)


def listed(words: Iterable[str]) -> str:
    """Words with commas, in alphabetical order; "none" for none."""
    return ", ".join(sorted(words)) or "none"


def words(name: str | None) -> set[str]:
    """Lower-case words of a name that tell something, without plural s."""
    told = re.findall(r"\w+", (name or "").lower().replace("u.s.", "us"))
    return {word.rstrip("s") if len(word) > 3 else word for word in told} - {"the", "of", "a", "and", "at"}


def alike(one: str | None, other: str | None) -> bool:
    """Whether two names share a word that tells something, or are both missing."""
    return bool(words(one) & words(other)) or one == other


def name_differs(what: str, wanted: str | None, held: str | None) -> str | None:
    """A remark when the names share no word; none when gold has no name."""
    if wanted is None or alike(wanted, held):
        return None
    return f"no {what}" if held is None else f"another {what} than gold's"


def differs(what: str, wanted: str | None, held: str | None) -> str | None:
    """A remark when the values differ; none when gold has no value."""
    if wanted == held or wanted is None:
        return None
    return f"no {what}, gold {wanted}" if held is None else f"{what} {held}, gold {wanted}"


def overlap(wanted: Iterable[str], held: Iterable[str]) -> int:
    """How many of the wanted names are held, under whatever further words."""
    names = list(held)
    return sum(any(alike(each, name) for name in names) for each in wanted)
