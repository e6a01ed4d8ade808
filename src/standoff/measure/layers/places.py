"""Places against gold toponyms with coordinates: end-to-end and detection F1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import msgspec

from standoff.measure import places as scorer
from standoff.measure.intervals import Counts, Floats, Sums, f1
from standoff.measure.layers.base import Document, Fault, Outcome, Yardstick
from standoff.model import Place, Reading


def count(document: Document, reading: Reading) -> Counts:
    """Tallies of one document."""
    return Counter(msgspec.structs.asdict(scorer.score_text(document.gold, reading.places)))


def measures(sums: Sums) -> dict[str, Floats]:
    """End-to-end F1 (within 161 km) and detection F1."""
    predicted, gold = sums["predicted"], sums["gold"]
    return {
        "end-to-end F1": f1(sums["right"], predicted, gold),
        "detection F1": f1(sums["detected"], predicted, gold),
    }


def faults(document: Document, reading: Reading) -> Iterator[Fault]:
    """Toponyms missed, found where there is none, put elsewhere or not put anywhere."""
    pairs = scorer.align(document.gold, reading.places)
    for place, gold, right in pairs:
        if gold is None:
            yield Fault(
                kind="false alarm", type=place.feature or "not placed", start=place.start, end=place.end,
                found=_told(place),
            )  # fmt: skip
        elif not right:
            yield Fault(
                kind="wrong", type=_how(place, gold), start=gold.start, end=gold.end,
                gold=_point(gold), found=_told(place),
            )  # fmt: skip
    met = {id(each.gold) for each in pairs}
    for gold in document.gold:
        if gold.lat is not None and id(gold) not in met:
            yield Fault(kind="missed", type=_form(gold), start=gold.start, end=gold.end, gold=_point(gold))


def _how(place: Place, gold: scorer.Gold) -> str:
    if place.lat is None:
        return "named, and not placed"
    near = any(
        gold.lat is not None
        and gold.lon is not None
        and scorer.kilometres(each.lat, each.lon, gold.lat, gold.lon) <= scorer.NEAR_KM
        for each in place.candidates
    )
    return "another place, gold's is a candidate" if near else "another place, gold's is no candidate"


def _form(gold: scorer.Gold) -> str:
    words = len(gold.name.split())
    return f"{'one word' if words == 1 else 'several words'}{', upper case' if gold.name.isupper() else ''}"


def _point(gold: scorer.Gold) -> str:
    return f"{gold.lat}, {gold.lon}" + (f" (GeoNames {gold.geonameid})" if gold.geonameid else "")


def _told(place: Place) -> str:
    if place.lat is None:
        return f"{place.name}, not placed ({len(place.candidates)} candidates)"
    return f"{place.canonical}, {place.country}: {place.lat}, {place.lon} ({place.confidence:.2f})"


def outcomes(document: Document, reading: Reading) -> Iterator[Outcome]:
    """Every counted place, right when it lies within 161 km of the toponym it goes with."""
    for place, _, right in scorer.align(document.gold, reading.places):
        yield Outcome(place.confidence, right, place)


PLACES = Yardstick(layer="places", count=count, measures=measures, faults=faults, outcomes=outcomes)
