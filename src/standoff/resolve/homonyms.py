"""One name is one place in a record: villages that no gazetteer has, and their namesakes elsewhere.

A gazetteer lists a small part of the world's villages, and most of what it misses has a namesake in some
other country. A report that mentions such a village beside well-known towns leaves it without a point, one
that mentions it alone takes the namesake: the record as a whole knows better.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from standoff.model import Place
from standoff.model.ids import slug

SMALL_KM = 15.0
"""Radius above which a place is a city, province or country that is meant wherever it is named."""
VILLAGE_KM = 5.0
"""Radius of a place whose namesake nobody has heard of."""
HOME_SHARE = 1 / 3
"""Share of the reports with places that must name a country, or a city in it, for a record to be about it."""
CERTAIN = 1.0
"""Confidence of a place that a person chose."""

Found = tuple[str, Place]
"""The id of the report, and the mention."""


def one_place_a_name(blocks: dict[str, list[Found]]) -> None:
    """Join the blocks of mentions, by place, that bear one name and are one place; changes ``blocks``.

    Mentions of a small place outside the countries that the record is about lose their point where its name
    is told without a point, too, or where nothing else of its country is named; those without a point go
    with the one place of their name at home.
    """
    home, lone = _home(blocks), _told_of_once(blocks)
    named: defaultdict[str, list[str]] = defaultdict(list)
    for key in sorted(blocks):
        for name in sorted({place.name.casefold() for _, place in blocks[key]}):
            named[name].append(key)
    for name, keys in sorted(named.items()):
        held = [key for key in keys if key in blocks]
        open_ = next((key for key in held if blocks[key][0][1].lat is None), None)
        at_home = [key for key in held if _country(blocks[key]) in home]
        strange = [key for key in held if _is_namesake(blocks[key], home)]
        if not home and open_:  # the record is about no country that a gazetteer knows
            strange = [each for each in strange if _reports(blocks[each]) <= _reports(blocks[open_])]
        elif not home:
            strange = []
        if len(at_home) == 1:
            target, moved = at_home[0], [*strange, *([open_] if open_ else [])]
        elif open_ or all(_is_village(blocks[key]) and _country(blocks[key]) in lone for key in strange):
            target, moved = open_ or f"g-{slug(name)}", [] if at_home else strange
        else:
            continue
        for key in moved:
            _move(blocks, key, target, name)


def _move(blocks: dict[str, list[Found]], key: str, other: str, name: str) -> None:
    """The mentions of a name go from one block to another."""
    if key == other:
        return
    moved = [each for each in blocks[key] if each[1].name.casefold() == name]
    kept = [each for each in blocks[key] if each[1].name.casefold() != name]
    blocks.setdefault(other, []).extend(moved)
    blocks.pop(key)
    if kept:
        blocks[key] = kept


def _home(blocks: Mapping[str, Sequence[Found]]) -> frozenset[str]:
    """Countries that the record is about: named, by themselves or by a city, in a third of its reports.
    Villages vouch for none, as they may be namesakes."""
    reports: defaultdict[str, set[str]] = defaultdict(set)
    for found in blocks.values():
        country = _country(found)
        if country and not _is_small(found):
            reports[country].update(report for report, _ in found)
    told = {report for found in blocks.values() for report, _ in found}
    return frozenset(each for each, named in reports.items() if len(named) >= HOME_SHARE * len(told))


def _told_of_once(blocks: Mapping[str, Sequence[Found]]) -> frozenset[str]:
    """Countries of which the record names one place only."""
    places = Counter(country for found in blocks.values() if (country := _country(found)))
    return frozenset(country for country, n in places.items() if n == 1)


def _is_village(found: Sequence[Found]) -> bool:
    return all((place.radius_km or 0.0) <= VILLAGE_KM for _, place in found)


def _country(found: Sequence[Found]) -> str | None:
    return found[0][1].country


def _is_namesake(found: Sequence[Found], home: frozenset[str]) -> bool:
    """Whether a place is small, in no country that the record is about, and nobody's choice."""
    if found[0][1].country in home:
        return False
    machine = all(place.lat is not None and place.confidence < CERTAIN for _, place in found)
    return machine and _is_small(found)


def _reports(found: Sequence[Found]) -> int:
    return len({report for report, _ in found})


def _is_small(found: Sequence[Found]) -> bool:
    return all((place.radius_km or 0.0) <= SMALL_KM for _, place in found)
