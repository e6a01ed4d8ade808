"""The texts of the place corpora once more, some of their towns under invented names.

A gazetteer knows nearly every place that these corpora give coordinates for, so they hold few towns that
nothing knows; reports on conflict are full of them. Here up to half of a text's lesser places get a name
that neither gazetteer nor recogniser has met, so that ``keep`` learns what the words around such a name
are worth, and how a recogniser mislabels it. A text's names depend on its id alone.
"""

from __future__ import annotations

import random

from standoff.measure.places import Gold, Text
from standoff.read.places.lookup import Lookup
from standoff.read.places.names import plain_key

HEADS = (
    "Oum", "Umm", "Bir", "Tal", "Wadi", "Ain", "Dar", "Nova", "Stara", "Ban", "Kala", "Char", "Abu", "Qara",
)  # fmt: skip
ONSETS = (
    "b", "d", "g", "k", "l", "m", "n", "r", "s", "t", "z", "kh", "sh", "ch", "j", "h", "y", "mb", "nd", "v",
    "dr", "gr", "st", "p", "w", "f", "dj", "ts",
)  # fmt: skip
VOWELS = ("a", "a", "e", "i", "o", "u", "ou", "aa", "y", "ai")
CODAS = ("", "", "", "n", "r", "l", "m", "k", "sh", "d", "b", "z")
LOUD_SHARE = 0.15
RENAMED_SHARE = 0.5
LARGE = 6.6
"""Fame above which a place keeps its name: countries and the largest cities."""


def renamed(text: Text, look: Lookup) -> Text:
    """A text with some places renamed; its toponyms, all without coordinates."""
    dice = random.Random(text.doc)
    given: dict[str, str] = {}
    parts: list[str] = []
    found: list[Gold] = []
    at = length = 0
    for gold in sorted(text.toponyms, key=lambda each: each.start):
        if gold.start < at:
            continue
        name = text.text[gold.start : gold.end]
        if name not in given:
            new = gold.lat is not None and _lesser(name, look) and dice.random() < RENAMED_SHARE
            given[name] = invented(dice, look) if new else name
        parts += [text.text[at : gold.start], given[name]]
        begin = length + gold.start - at
        length, at = begin + len(given[name]), gold.end
        found.append(Gold(start=begin, end=length, name=given[name]))
    whole = "".join([*parts, text.text[at:]])
    if dice.random() < LOUD_SHARE and len(whole.upper()) == len(whole):
        whole = whole.upper()
    return Text(doc=text.doc, text=whole, toponyms=found)


def _lesser(name: str, look: Lookup) -> bool:
    return name[:1].isupper() and len(name) > 3 and look.fame(plain_key(name)) < LARGE


def invented(dice: random.Random, look: Lookup) -> str:
    """A name that no place of the gazetteer has in any spelling."""
    while True:
        size = dice.choice((2, 2, 3))
        syllables = (dice.choice(ONSETS) + dice.choice(VOWELS) + dice.choice(CODAS) for _ in range(size))
        name = "".join(syllables).capitalize()
        if dice.random() < 0.3:
            name = f"{dice.choice(HEADS)} {name}"
        key = plain_key(name)
        if not look.known(key) and not look.spelt(key):
            return name
