"""Dates and sentences as a person writes them: 7 Sep 2017. Independent of the locale."""

from __future__ import annotations

import re

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
QUOTES = frozenset('"“”„«»')
ISO = re.compile(r"\b\d{4}-\d\d-\d\d\b")
DATE = re.compile(r"(-?\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T(\d\d:\d\d).*)?")


def day(edtf: str | None, unknown: str = "date not known") -> str:
    """An EDTF date for a person; what cannot be read is given as it is."""
    if not edtf:
        return unknown
    start, slash, end = edtf.partition("/")
    if not slash:
        return _one(edtf)
    if start in {"", ".."}:
        return f"until {_one(end)}" if end not in {"", ".."} else unknown
    return f"{_one(start)} or later" if end in {"", ".."} else f"{_one(start)} to {_one(end)}"


def days_between(first: str | None, last: str | None) -> str:
    """``7 Sep 2017``, or ``5 May 2019 to 10 May 2019`` where the two differ."""
    return day(first) if first == last or not last else f"{day(first)} to {day(last)}"


def pretty(sentence: str) -> str:
    """A sentence with its ISO dates written as `day` writes them."""
    return ISO.sub(lambda found: day(found.group()), sentence)


def nested(words: str) -> bool:
    """Whether words begin or end with a quotation mark of their own, which ours then stand off from."""
    return bool(words) and not QUOTES.isdisjoint((words[0], words.rstrip(".,;:!?…")[-1:]))


def upfirst(text: str) -> str:
    """A sentence with its first letter large; the others stay as they are."""
    return text[:1].upper() + text[1:]


def _one(edtf: str) -> str:
    found = DATE.fullmatch(edtf.rstrip("~?%"))
    if found is None:
        return edtf
    year, month, date, clock = found.groups()
    parts = [date.lstrip("0") if date else None, _month(month), year, clock]
    written = " ".join(part for part in parts if part)
    about = "about " if edtf[-1] in "~%" else ""
    return f"{about}{written}{' (uncertain)' if edtf[-1] in '?%' else ''}"


def _month(month: str | None) -> str | None:
    if month is None:
        return None
    return MONTHS[int(month) - 1] if 1 <= int(month) <= len(MONTHS) else SEASONS.get(month, month)
