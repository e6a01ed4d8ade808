"""Groups: what quantities count, by their head noun and by whose people they are, across reports."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from standoff.model import Group, Reading, slug
from standoff.resolve.counted import GENERIC, Counted, Counts
from standoff.resolve.kept import Kept, Unkept

COMMON_SHARE = 1 / 3
"""From this share of a class's counts on, a nation or party in the words describes the whole class."""


def resolve_groups(
    readings: Sequence[Reading], texts: Mapping[str, str], kept: Kept | None = None
) -> tuple[tuple[Group, ...], dict[str, str]]:
    """Groups and the map from quantity ids to them. ``texts`` holds the text layers by report.

    People of one nation or party are a group of their own (its ``parent`` is the class), unless so large a
    share of the class's counts names it that it describes the whole class.
    """
    kept = kept or Unkept()

    def counted(reading: Reading) -> list[tuple[str, Counted]]:
        counts = Counts(reading, texts.get(reading.report, ""))
        return [(each.id, key) for each in reading.quantities if (key := counts.of(each))]

    held = [kept.of("counted", each, (), partial(counted, each)) for each in readings]
    return kept.stage("groups", held, lambda: _grouped([pair for pairs in held for pair in pairs]))


def _grouped(found: Sequence[tuple[str, Counted]]) -> tuple[tuple[Group, ...], dict[str, str]]:
    """Groups of what is counted, and the map to them; ``found`` are quantity ids with what they count."""
    common = _common(key for _, key in found)
    members: defaultdict[Counted, list[str]] = defaultdict(list)
    for quantity, key in found:
        members[key._replace(whose=None) if (key.name, key.whose) in common else key].append(quantity)
    groups = [
        _group(key, ids, members) for key, ids in sorted(members.items(), key=lambda item: _id(item[0]))
    ]
    return tuple(groups), {each: group.id for group in groups for each in group.members}


def _common(keys: Iterable[Counted]) -> set[tuple[str, str | None]]:
    listed = list(keys)
    size = Counter(key.name for key in listed)
    named = Counter((key.name, key.whose) for key in listed if key.whose)
    return {
        (name, whose)
        for (name, whose), n in named.items()
        if name not in GENERIC and n >= COMMON_SHARE * size[name] and n > 1
    }


def _id(key: Counted) -> str:
    return f"gr-{slug(key.name)}" + (f"-{slug(key.whose)}" if key.whose else "")


def _group(key: Counted, ids: list[str], members: Mapping[Counted, list[str]]) -> Group:
    parent = key._replace(whose=None)
    return Group(
        id=_id(key),
        name=f"{key.name} ({key.whose})" if key.whose else key.name,
        unit=key.unit,
        members=tuple(ids),
        parent=_id(parent) if key.whose and parent in members else None,
        party=key.whose,
        noun=key.name,
        general=key.name in GENERIC,
    )
