"""Whether a name that no gazetteer has is a place's: a logistic model over the words beside its mentions.

Weights are in ``vocab/en/places_weights.toml`` (table ``told``), fitted by ``training/places.py`` on texts
whose towns were given invented names, since a gazetteer knows nearly all that a corpus gives a point for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cache

import numpy as np

from standoff import vocab
from standoff.read.places.page import Page
from standoff.read.places.pool import Floats
from standoff.read.places.spans import PLACE_LABELS, Name
from standoff.read.places.told import Cues, cues
from standoff.read.places.words import Words, words

LABELS = ("GPE", "LOC", "ORG", "FAC", "PERSON", "no_label", "split")
HERE = (
    "several_words", "many_words", "the_before", "title_before", "strong_before", "locative_before",
    "capital_before", "capital_behind", "possessive", "opens", "loud", "has_container", "hyphen", "short",
    "noun_behind", "part_of_person",
)  # fmt: skip
ELSEWHERE = (
    "bare",
    "place_bare",
    "place_elsewhere",
    "kind_elsewhere",
    "sure_elsewhere",
    "at_elsewhere",
    "speaks_elsewhere",
)
TOLD = ("bias", *LABELS, *HERE, *Cues._fields, *ELSEWHERE)


@cache
def weights_told() -> Floats:
    """Weights in the order of `TOLD`."""
    table = vocab.load("en/places_weights")["told"]
    return np.array([table[name] for name in TOLD], dtype=np.float64)


def features_told(page: Page, names: Sequence[Name]) -> Floats:
    """Features of every name of source ``told``, in text order, in the order of `TOLD`."""
    alike: dict[str, list[Name]] = defaultdict(list)
    for name in names:
        alike[name.key].append(name)
    told = [name for name in names if name.source == "told"]
    beside = {id(each): cues(page, each.first, each.last) for name in told for each in alike[name.key]}
    persons = [(first, last) for first, last, label in page.entities if label == "PERSON"]
    rows = []
    for name in told:
        found = _here(page, name, words())
        found["part_of_person"] = float(_shared_with_person(page, name, alike[name.key], persons))
        found |= {key: float(value) for key, value in beside[id(name)]._asdict().items()}
        others = [each for each in alike[name.key] if each is not name]
        found |= _elsewhere(others, [beside[id(each)] for each in others])
        rows.append([found.get(feature, 0.0) for feature in TOLD])
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(TOLD))


def _shared_with_person(page: Page, name: Name, alike: list[Name], persons: list[tuple[int, int]]) -> bool:
    """Whether a person who is not a mention of the same name has a word of it."""
    parts = set(page.lower[name.first : name.last])
    return any(
        not parts.isdisjoint(page.lower[first:last])
        and not any(each.first <= first and last <= each.last for each in alike)
        for first, last in persons
    )


def _here(page: Page, name: Name, lists: Words) -> dict[str, float]:
    first, last = name.first, name.last
    before, behind = page.before(first), page.after(last)
    labels = set(page.label[first:last])
    label = name.frame[2] if name.frame else ("split" if any(labels) else "no_label")
    capital_behind = last < len(page) and page.upper[last] and page.word[last].isalpha()
    return {
        "bias": 1.0,
        label: 1.0,
        "several_words": float(last - first > 1),
        "many_words": float(last - first > 2),
        "the_before": float(before == "the"),
        "title_before": float(before in lists.titles),
        "strong_before": float(before in lists.strong),
        "locative_before": float(before in lists.locative),
        "capital_before": float(first > 0 and page.upper[first - 1] and page.word[first - 1].isalpha()),
        "capital_behind": float(capital_behind),
        "possessive": float(behind in {"'s", "’s"}),
        "opens": float(page.opens[first]),
        "loud": float(page.loud[first]),
        "has_container": float(name.inside is not None),
        "hyphen": float(behind == "-" or before == "-"),
        "short": float(name.surface.isupper() and not page.loud[first]),
        "noun_behind": float(last < len(page) and page.pos[last] == "NOUN"),
    }


def _elsewhere(others: list[Name], beside: list[Cues]) -> dict[str, float]:
    """What the other mentions of the name tell."""

    def any_of(test: Callable[[Cues], bool]) -> float:
        return float(any(test(each) for each in beside))

    return {
        "place_elsewhere": float(any(n.frame is not None and n.frame[2] in PLACE_LABELS for n in others)),
        "kind_elsewhere": any_of(lambda each: each.kind_of or each.kind_behind),
        "sure_elsewhere": any_of(lambda each: each.sure),
        "at_elsewhere": any_of(lambda each: each.at),
        "speaks_elsewhere": any_of(lambda each: each.speaks),
    }
