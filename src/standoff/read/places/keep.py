"""Which proposed names are places: a logistic model over the words around and where each would be.

Weights are in ``vocab/en/places_weights.toml`` (table ``keep``), fitted by ``training/places.py``. Names that
no gazetteer has (source ``told``) have a model of their own, `standoff.read.places.unknown`.
"""

from __future__ import annotations

from collections import Counter
from functools import cache

import numpy as np

from standoff import vocab
from standoff.read.places.lookup import Lookup
from standoff.read.places.page import Page
from standoff.read.places.pool import Floats, Pool
from standoff.read.places.rank import TOGETHER
from standoff.read.places.spans import ARTICLE, PLACE_LABELS, Name
from standoff.read.places.unknown import features_told, weights_told
from standoff.read.places.words import Words, words

SOURCES = ("entity", "nested", "lexical", "short", "demonym")
LABELS = ("GPE", "LOC", "ORG", "FAC", "PERSON", "NORP", "PRODUCT")
AROUND = (
    "fame", "unknown", "ordinary", "ordinary_small", "several_words", "whole", "first_part",
    "last_part", "place_elsewhere", "person_elsewhere", "part_of_person_elsewhere", "lower_elsewhere",
    "strong_before", "locative_before", "the_before", "title_before", "capital_before",
    "capital_behind", "holder_behind", "unit_behind", "noun_behind", "plural_noun_behind", "opens",
    "proper", "loud", "has_container", "is_container", "hyphen", "weak", "people_form",
    "not_place_head", "holder_small", "lexical_fame", "nested_fame", "person_fame", "folded",
    "few_bearers", "article", "possessive",
)  # fmt: skip
WHERE = (
    "sure", "near", "around", "country_share", "unit_named", "contained", "small_near", "lexical_near",
    "person_near",
)  # fmt: skip
KEEP = ("bias", *SOURCES, *LABELS, *AROUND, *WHERE)


@cache
def weights() -> Floats:
    """Weights in the order of `KEEP`."""
    table = vocab.load("en/places_weights")["keep"]
    return np.array([table[name] for name in KEEP], dtype=np.float64)


def keep(page: Page, names: list[Name], pool: Pool, look: Lookup, chance: Floats, drawn: Floats) -> Floats:
    """Probability for each name that it names a place. ``drawn`` are the features of the last round."""
    if not names:
        return np.zeros(0)
    score = features_keep(page, names, pool, look, chance, drawn) @ weights()
    told = [number for number, name in enumerate(names) if name.source == "told"]
    if told:
        score[told] = features_told(page, names) @ weights_told()
    return np.asarray(1 / (1 + np.exp(-np.clip(score, -30, 30))))


def features_keep(
    page: Page, names: list[Name], pool: Pool, look: Lookup, chance: Floats, drawn: Floats
) -> Floats:
    """Features of every name, in the order of `KEEP`."""
    lists, seen = words(), Seen(page, names)
    best = _best(pool, chance, drawn)
    holders = [names[i.inside] for i in names if i.inside is not None]
    rows = []
    for name in names:
        told = around(page, name, lists, seen, look)
        told["is_container"] = float(any(name is holder for holder in holders))
        told |= best[name.group]
        small, lexical, person = _interactions(name, told)
        told |= {"small_near": small, "lexical_near": lexical, "person_near": person}
        rows.append([told.get(feature, 0.0) for feature in KEEP])
    return np.array(rows, dtype=np.float64)


class Seen:
    """What the rest of the report says of the same words."""

    def __init__(self, page: Page, names: list[Name]) -> None:
        self.places = Counter(name.key for name in names if name.frame and name.frame[2] in PLACE_LABELS)
        self.persons: Counter[str] = Counter()
        self.parts: set[str] = set()
        for first, last, label in page.entities:
            if label == "PERSON":
                self.persons[page.slice(first, last).lower()] += 1
                if last - first > 1:
                    self.parts.update(page.lower[first:last])
        self.small = {word for word, up in zip(page.lower, page.upper, strict=True) if not up}


def around(page: Page, name: Name, lists: Words, seen: Seen, look: Lookup) -> dict[str, float]:
    """What is told of a name by itself and by the words around it, by feature."""
    first, last = name.first, name.last
    label = page.label[first]
    fame = look.fame(name.key) / 7
    behind, before = page.after(last), page.before(first)
    capital_behind = last < len(page) and page.upper[last] and page.word[last].isalpha()
    told = {
        "bias": 1.0,
        name.source: 1.0,
        label: 1.0,
        "fame": fame,
        "unknown": float(not look.known(name.key) and not look.spelt(name.key)),
        "ordinary": float(look.ordinary(name.key)),
        "ordinary_small": float(look.ordinary(name.key) and fame < 0.75),
        "several_words": float(last - first > 1),
        "place_elsewhere": min(seen.places[name.key] - (label in PLACE_LABELS), 3) / 3,
        "person_elsewhere": min(seen.persons[name.surface.lower()] - (label == "PERSON"), 3) / 3,
        "part_of_person_elsewhere": float(name.surface.lower() in seen.parts),
        "lower_elsewhere": float(name.surface.lower() in seen.small),
        "strong_before": float(before in lists.strong),
        "locative_before": float(before in lists.locative),
        "the_before": float(before == "the"),
        "title_before": float(before in lists.titles),
        "folded": float(not look.known(name.key) and look.spelt(name.key)),
        "few_bearers": 1 / max(len(look.rows(name.key).rows), 1) * look.known(name.key),
        "article": float(page.lower[first] in ARTICLE or name.surface.lower()[:3] in {"al-", "el-"}),
        "possessive": float(behind in {"'s", "’s"}),
        "capital_before": float(first > 0 and page.upper[first - 1] and page.word[first - 1].isalpha()),
        "capital_behind": float(capital_behind),
        "holder_behind": float(capital_behind and behind in lists.holders),
        "holder_small": float(not capital_behind and behind in lists.holders),
        "unit_behind": float(name.kind != ""),
        "noun_behind": float(last < len(page) and page.pos[last] == "NOUN"),
        "plural_noun_behind": float(last < len(page) and page.pos[last] == "NOUN" and behind.endswith("s")),
        "opens": float(page.opens[first]),
        "proper": float(all(page.pos[i] == "PROPN" for i in range(first, last) if page.upper[i])),
        "loud": float(page.loud[first]),
        "has_container": float(name.inside is not None),
        "hyphen": float(behind == "-" or before == "-"),
        "weak": float(name.surface in lists.weak),
        "people_form": float(name.source == "demonym" and name.surface.endswith("s")),
        "lexical_fame": fame * (name.source == "lexical"),
        "nested_fame": fame * (name.source == "nested"),
        "person_fame": fame * (label == "PERSON"),
    }
    return told | _framed(page, name, lists)


def _framed(page: Page, name: Name, lists: Words) -> dict[str, float]:
    """Where a name stands in the entity it is part of."""
    if name.frame is None:
        return {}
    begin, end, _ = name.frame
    return {
        "whole": float(begin == name.first and end <= name.last),
        "first_part": float(begin == name.first and end > name.last),
        "last_part": float(begin < name.first and end <= name.last),
        "not_place_head": float(end > name.last and page.lower[end - 1] in lists.heads),
    }


def _best(pool: Pool, chance: Floats, drawn: Floats) -> list[dict[str, float]]:
    """What is known of each group's most probable place."""
    wanted = ("near", "around", "country_share", "unit_named", "contained")
    columns = [TOGETHER.index(feature) for feature in wanted]
    out: list[dict[str, float]] = []
    for group in pool.groups:
        if group.start == group.end:
            out.append({})
            continue
        at = group.start + int(np.argmax(chance[group.start : group.end]))
        known = dict(zip(wanted, drawn[at, columns].tolist(), strict=True))
        out.append({"sure": float(chance[at]), **known})
    return out


def _interactions(name: Name, told: dict[str, float]) -> tuple[float, float, float]:
    near = told.get("around", 0.0)
    small = near * (told["fame"] < 0.7)
    return small, near * (name.source == "lexical"), near * told.get("PERSON", 0.0)
