"""Score of places, end to end, against texts with gold toponyms.

    python -m standoff.measure.places FOLDER [--spacy PACKAGE]

A prediction is right when its span shares a character with a gold toponym that has coordinates and its
point lies within 161 km of the gold point (great circle). Matching is one to one, in text order, a right pair
before a wrong one. Predictions that overlap only gold toponyms without coordinates are left out; all other
predictions count, those without coordinates too (as wrong). Precision is right predictions over predictions,
recall right predictions over gold toponyms with coordinates, ``f1`` their harmonic mean. ``detection`` is the
same without the distance, ``within`` the share of detected toponyms whose point is within 161 km.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
from spacy.tokens import Doc

from standoff.errors import InputError
from standoff.model import Context, Place

CORPORA = ("trnews", "lgl", "geovirus")
NEAR_KM = 161.0
EARTH_KM = 6371.0


class Gold(msgspec.Struct):
    """A gold toponym; ``lat`` and ``lon`` are None where the corpus gives no place."""

    start: int
    end: int
    name: str
    lat: float | None = None
    lon: float | None = None
    geonameid: int | None = None


class Text(msgspec.Struct):
    """A text with its gold toponyms."""

    doc: str
    text: str
    toponyms: list[Gold]


class Score(msgspec.Struct, kw_only=True):
    """Counts over a corpus and what follows from them."""

    right: int = 0
    detected: int = 0
    predicted: int = 0
    gold: int = 0

    def add(self, other: Score) -> None:
        """Add another text's counts."""
        self.right += other.right
        self.detected += other.detected
        self.predicted += other.predicted
        self.gold += other.gold

    def table(self) -> dict[str, float]:
        """Precision, recall, F1, detection F1 and share within 161 km, in percent."""
        return {
            "precision": percent(self.right, self.predicted),
            "recall": percent(self.right, self.gold),
            "f1": percent(2 * self.right, self.predicted + self.gold),
            "detection": percent(2 * self.detected, self.predicted + self.gold),
            "within": percent(self.right, self.detected),
        }


def percent(part: int, whole: int) -> float:
    """``part`` of ``whole`` in percent to one decimal; 0 when there is no whole."""
    return round(100 * part / whole, 1) if whole else 0.0


def kilometres(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance (haversine, radius 6371 km)."""
    p1, p2 = math.radians(lat1), math.radians(lat2)
    a = (
        math.sin((p2 - p1) / 2) ** 2
        + math.cos(p1) * math.cos(p2) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, a)))


class Pair(NamedTuple):
    """A counted prediction, the gold toponym it goes with if any, and whether it lies near enough."""

    place: Place
    gold: Gold | None
    right: bool


def align(gold: Sequence[Gold], places: Sequence[Place]) -> list[Pair]:
    """The predictions that count, in text order, each with its gold toponym."""
    located = [each for each in gold if each.lat is not None and each.lon is not None]
    blank = [each for each in gold if each.lat is None or each.lon is None]
    counted = [place for place in places if _overlaps(place, located) or not _overlaps(place, blank)]
    pairs: dict[int, Pair] = {}
    taken: set[int] = set()
    for test in (_right, _overlap):
        for number, place in enumerate(counted):
            hit = next((i for i, each in enumerate(located) if i not in taken and test(place, each)), None)
            if number not in pairs and hit is not None:
                pairs[number] = Pair(place, located[hit], test is _right)
                taken.add(hit)
    return [pairs.get(number, Pair(place, None, False)) for number, place in enumerate(counted)]


def score_text(gold: Sequence[Gold], places: Sequence[Place]) -> Score:
    """Counts of one text."""
    pairs = align(gold, places)
    return Score(
        right=sum(each.right for each in pairs),
        detected=sum(each.gold is not None for each in pairs),
        predicted=len(pairs),
        gold=sum(each.lat is not None and each.lon is not None for each in gold),
    )


def _overlap(place: Place, gold: Gold) -> bool:
    return place.start < gold.end and gold.start < place.end


def _overlaps(place: Place, gold: Iterable[Gold]) -> bool:
    return any(_overlap(place, each) for each in gold)


def _right(place: Place, gold: Gold) -> bool:
    if (
        not _overlap(place, gold)
        or place.lat is None
        or place.lon is None
        or gold.lat is None
        or gold.lon is None
    ):
        return False
    return kilometres(place.lat, place.lon, gold.lat, gold.lon) <= NEAR_KM


def load(path: Path) -> list[Text]:
    """Texts of one JSON Lines file. Raises `InputError` when it is not there."""
    if not path.is_file():
        raise InputError("no such corpus file", where=str(path), todo="give the folder that holds it")
    return [msgspec.json.decode(line, type=Text) for line in path.read_bytes().splitlines() if line.strip()]


def measure(
    folder: Path, places_of: Callable[[list[str]], Iterable[list[Place]]], most: int | None = None
) -> dict[str, dict[str, float]]:
    """Scores by corpus; ``places_of`` gives each text's places, in order; ``most`` texts of each at most."""
    out = {}
    for name in CORPORA:
        texts, total = load(folder / f"{name}.jsonl")[:most], Score()
        for text, places in zip(texts, places_of([each.text for each in texts]), strict=True):
            total.add(score_text(text.toponyms, places))
        out[name] = total.table()
    return out


def _layer(parse: Callable[[list[str]], Iterable[Doc]]) -> Callable[[list[str]], Iterable[list[Place]]]:
    from standoff.read.places import find_places

    return lambda texts: (find_places(doc, Context()) for doc in parse(texts))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the scores of the shipped reader on a folder of corpora, as JSON."""
    parser = argparse.ArgumentParser(prog="python -m standoff.measure.places", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--spacy", metavar="PACKAGE", help="parse with this spaCy package instead of our encoder"
    )
    options = parser.parse_args(arguments)
    if options.spacy:
        import spacy

        scores = measure(options.folder, _layer(spacy.load(options.spacy).pipe))
    else:
        from standoff.read.host import load_host

        scores = measure(options.folder, _layer(load_host().docs))
    print(msgspec.json.format(msgspec.json.encode(scores)).decode())  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
