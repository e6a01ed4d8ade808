"""Many reports from few: copies of readings under other ids, with other names, places and dates.

A copy keeps the lengths of all words, so that every span stands where it stood. All dates are folded into
one year and then moved, so that more reports mean more incidents in the same year, each with the tellings
that the reports copied had. The same input gives the same copies.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import msgspec

from standoff.model import Reading, Report
from standoff.model.ids import sha256_hex, text_sha256
from standoff.vocab import load

YEAR = 2031
STEP = 37
"""Days by which each round of copies is moved against the one before; 365 and 37 share no divisor."""
ID = re.compile(r"(st|mn|tm|pl|qt|cl)-[0-9a-f]{12}")
DATE = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
WORD = re.compile(r"[^\W\d_]+")
VOWELS, CONSONANTS = "aeiou", "bcdfghjklmnpqrstvwxyz"
Pair = tuple[Report, Reading]


def copies(base: Sequence[Pair], size: int) -> list[Pair]:
    """``size`` reports with their readings: the base in rounds, each under names and dates of its own."""
    return [_copy(*base[n % len(base)], n // len(base)) for n in range(size)]


def _copy(report: Report, reading: Reading, turn: int) -> Pair:
    names = _names(reading)

    def words(text: str) -> str:
        return WORD.sub(lambda found: _other(found[0], turn) if found[0] in names else found[0], text)

    text = words(report.text)
    name, text_hash = f"{report.id}~{turn}", text_sha256(text)
    plain = _walk(msgspec.to_builtins(reading), _changer(words, name, turn))
    plain["report"], plain["text_sha256"] = name, text_hash
    for place in plain["places"]:
        _move(place, turn)
        for each in place["candidates"]:
            _move(each, turn)
    digest, size = sha256_hex(text.encode()), len(text.encode())
    published = _moved(report.published.value or "", turn) or None
    copied = msgspec.structs.replace(
        report,
        id=name,
        text=text,
        text_sha256=text_hash,
        sha256=digest,
        size=size,
        media_type="text/plain",
        acquired=msgspec.structs.replace(report.acquired, sha256=digest, size=size),
        published=msgspec.structs.replace(report.published, value=published),
    )
    return copied, msgspec.convert(plain, Reading)


def _names(reading: Reading) -> frozenset[str]:
    """Capitalised words of the names of parties and places, save nations and what the vocabulary knows."""
    told = {m.text for m in reading.mentions if m.form == "name"} | {p.name for p in reading.places}
    found = {word for name in told for word in WORD.findall(name) if word[0].isupper() and len(word) > 3}
    return frozenset(word for word in found if word.casefold() not in _known())


@cache
def _known() -> frozenset[str]:
    """Words of names that mean something to the rules: nations, peoples, and parties known by name."""
    nations = [each for state, forms in load("en/nations")["state"].items() for each in (state, *forms)]
    parties = [each for row in load("party_aliases")["party"] for each in (row["name"], *row["forms"])]
    listed = load("en/institutions")
    bodies = [word for name in ("titles", "core", "voices") for word in listed[name]]
    return frozenset(word.casefold() for name in (*nations, *parties, *bodies) for word in WORD.findall(name))


@cache
def _other(word: str, turn: int) -> str:
    """A word of the same length and look: vowels and consonants each moved on by ``turn``."""
    return "".join(_letter(char, turn) for char in word)


def _letter(char: str, turn: int) -> str:
    for row, step in ((VOWELS, turn), (CONSONANTS, 4 * turn)):
        if char.lower() in row:
            new = row[(row.index(char.lower()) + step) % len(row)]
            return new.upper() if char.isupper() else new
    return char


def _walk(value: Any, change: Callable[[str], str]) -> Any:  # noqa: ANN401 (plain JSON values)
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _walk(each, change) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_walk(each, change) for each in value]
    return value


def _changer(words: Callable[[str], str], name: str, turn: int) -> Callable[[str], str]:
    def change(text: str) -> str:
        if ID.fullmatch(text):
            return f"{text[:2]}-{sha256_hex(f'{text} {name}'.encode())[:12]}"
        return _moved(text, turn) if DATE.search(text) else words(text)

    return change


def _moved(text: str, turn: int) -> str:
    """Every day in an EDTF expression, folded into one year and moved."""

    def day(found: re.Match[str]) -> str:
        month, number = int(found[2]), min(int(found[3]), 28)
        start = dt.date(YEAR, month, number).toordinal() - dt.date(YEAR, 1, 1).toordinal()
        return (dt.date(YEAR, 1, 1) + dt.timedelta((start + STEP * turn) % 365)).isoformat()

    return DATE.sub(day, text)


def _move(place: dict[str, Any], turn: int) -> None:
    """A place of its own for each round; countries and seas stay."""
    if turn and place["lat"] is not None and place["feature"] not in {"country", "continent", "sea", "ocean"}:
        place["lat"] = round((place["lat"] + 90 + 0.7 * turn) % 180 - 90, 4)
        place["lon"] = round((place["lon"] + 180 + 1.1 * turn) % 360 - 180, 4)
        if place["geonameid"] is not None:
            place["geonameid"] += 100_000_000 * turn
