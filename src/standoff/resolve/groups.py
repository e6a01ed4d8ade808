"""Groups: what quantities count, by their head noun, across reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from standoff.model import Group, Quantity, Reading, slug
from standoff.vocab import load

HARM = frozenset(
    {"killed", "injured", "missing", "casualties", "displaced", "evacuated", "detained", "kidnapped"}
)


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
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return (noun[:-1] + "ies",)
    return (noun + "s", noun + "ren")


def group_key(quantity: Quantity) -> tuple[str, str] | None:
    """(class, unit) that a count belongs to; None for measures, money, ages and bare numbers."""
    if quantity.kind != "count":
        return None
    what = (quantity.what or "").casefold().strip()
    table = classes()
    for noun in (what, what.split(" ")[-1] if what else ""):
        if noun in table:
            return table[noun]
    if what:
        return what, what[:-1] if what.endswith("s") and not what.endswith("ss") else what
    return ("people", "person") if quantity.role in HARM else None


def resolve_groups(readings: Sequence[Reading]) -> tuple[tuple[Group, ...], dict[str, str]]:
    """Groups and the map from quantity ids to them."""
    members: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for reading in readings:
        for quantity in reading.quantities:
            key = group_key(quantity)
            if key:
                members[key].append(quantity.id)
    groups = [
        Group(id=f"gr-{slug(name)}", name=name, unit=unit, members=tuple(ids))
        for (name, unit), ids in sorted(members.items())
    ]
    return tuple(groups), {each: group.id for group in groups for each in group.members}
