"""The sentence around a cue, by its stops: what a content holds is jumped over."""

from __future__ import annotations

import re

from standoff import vocab
from standoff.model import Span, Spans

SHORT = re.compile(
    r"(?:\b[A-Za-z]|\b(?:[A-Za-z]\.)+[A-Za-z]|\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|St|No|Inc|Co|vs|a\.m|p\.m|Jr|Sr))$"
)
LAST_WORD = re.compile(r"[A-Za-z.]+$")
STOP = re.compile(r"[.?!](?=[\"”’')\]]*(?:\s|$))|\n")


def around(text: str, anchor: Spans, content: Spans) -> Span:
    """The sentence that holds the anchor (source and cue), with contents as if they were single words."""
    anchor = anchor or content
    low, high = min(s for s, _ in anchor), max(e for _, e in anchor)
    for start, end in content:
        if _joins(text, end, low):
            low = start
        if _joins(text, high, start) and not _ended(text, end):
            high = end
    return _back(text, low), _forward(text, high, content)


def _joins(text: str, end: int, start: int) -> bool:
    """Whether no stop parts two offsets of which the first comes first."""
    return 0 <= start - end <= 200 and not parted(text, end, start)


def parted(text: str, start: int, end: int) -> bool:
    """Whether a sentence ends between two offsets."""
    return any(_stops(text, m) for m in STOP.finditer(text, start, end))


def _ended(text: str, end: int) -> bool:
    return text[max(0, end - 3) : end].rstrip("\"”’' ").endswith((".", "?", "!"))


def _back(text: str, low: int) -> int:
    floor = max(0, low - 600)
    start = floor
    for match in STOP.finditer(text, floor, low):
        if _stops(text, match):
            start = match.end()
    while start < low and text[start] in " \"”’')":
        start += 1
    return start


def _forward(text: str, high: int, content: Spans) -> int:
    limit = min(len(text), high + 600)
    for match in STOP.finditer(text, high, limit):
        if _stops(text, match) and not any(s <= match.start() < e for s, e in content):
            return match.start()
    return limit


def _stops(text: str, match: re.Match[str]) -> bool:
    if match.group() != ".":
        return True
    before = text[max(0, match.start() - 14) : match.start()]
    if SHORT.search(before):
        # "... in the U.S. He said": an abbreviation before a capital is no stop here; settings may run long.
        return False
    word = LAST_WORD.search(before)
    return word is None or word.group().casefold() not in vocab.words("en/people", "titles")
