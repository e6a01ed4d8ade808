"""How a statement was made: its channel, the relays it came through, when it was said."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from standoff import vocab
from standoff.model import Span, Spans, Time, Via
from standoff.model import spans as sp

PAPERS = frozenset({"newspaper", "daily", "weekly", "magazine", "paper"})
CHANNELS = {
    "radio": "radio",
    "station": "radio",
    "tv": "television",
    "television": "television",
    "channel": "television",
    "network": "television",
    "agency": "news agency",
}
ARTICLE = re.compile(r"^(?:the|a|an|its|his|her|their)\s+", re.IGNORECASE)
TOLD = re.compile(
    r"\b(?:told|telling|tells|informed|said to|speaking to|spoke to|speaking on|said on|appearing on"
    r"|interview (?:with|on|to)|in remarks to|(?:quoted|cited) (?:as (?:saying|having said) )?by|carried by"
    r"|published (?:by|in)|broadcast (?:by|on)|aired (?:by|on)|reported by|released by|posted on)\s+",
    re.IGNORECASE,
)
SOURCE_OF = re.compile(r"\b(?:according to|citing|quoting|as reported by)\s+", re.IGNORECASE)
STOP = re.compile(
    r"[,;:.!?\n\"“”()]|\s(?:on (?!line)|in an?\b|(?:that|at|during|after|before|by|as|about|who|which"
    r"|whether|from|late|early|last|this|yesterday|today|while|when|he|she|they|it|we|I|according|had|was|were|has"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b)",
    re.IGNORECASE,
)


@cache
def _channels() -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = vocab.load("en/channels")["channel"]
    return tuple((name, re.compile("|".join(patterns), re.IGNORECASE)) for name, patterns in table.items())


@cache
def _media(key: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in vocab.load("en/channels")["media"][key])


def channel_in(setting: str) -> str | None:
    """The channel that the words around a cue name, or None; the one named first, the finer on a tie."""
    best: tuple[int, int, str] | None = None
    for rank, (name, pattern) in enumerate(_channels()):
        match = pattern.search(setting)
        if match and (best is None or (rank, match.start()) < best[:2]):
            best = (rank, match.start(), name)
    return best[2] if best else None


def channel_of(via: Via | None) -> str | None:
    """The channel that the first hearer's kind shows."""
    if via is None:
        return None
    words = ARTICLE.sub("", via.name).casefold().split() or [""]
    first, last = words[0], words[-1]
    paper = last in _media("name_ends") or last in PAPERS
    return CHANNELS.get(last) or CHANNELS.get(first) or ("newspaper" if paper else None)


def is_medium(name: str) -> bool:
    """Whether a noun phrase names a medium: a newspaper, station, agency, or a name known as one."""
    key = ARTICLE.sub("", name.strip()).casefold().strip(" .,'’")
    if not key:
        return False
    last = key.split()[-1]
    if key in _media("names") or last in _media("heads") or last in _media("plural"):
        return key not in _media("hearers")
    capital = ARTICLE.sub("", name.strip())[:1].isupper()
    station = key.split()[0] in _media("name_starts")
    return capital and (last in _media("name_ends") or station) and " " in key


def hearer(text: str, setting: Spans) -> Via | None:
    """The medium that was told, or that carried the words first; reporters and crowds are none."""
    for start, end in setting:
        for match in TOLD.finditer(text, start, end):
            via = _medium_at(text, match.end(), end)
            if via is not None:
                return via
    return None


def relay(text: str, setting: Spans, source: Spans) -> Via | None:
    """The medium after "according to", unless it is itself the source."""
    for start, end in setting:
        for match in SOURCE_OF.finditer(text, start, end):
            via = _medium_at(text, match.end(), end)
            if via is not None and not any(sp.overlap(via.span, s) for s in source):
                return via
    return None


def _medium_at(text: str, start: int, limit: int) -> Via | None:
    stop = STOP.search(text, start, limit)
    end = stop.start() if stop else limit
    span = sp.trim(text, (start, end))
    name = text[span[0] : span[1]]
    if not name or len(name) > 80:
        return None
    for piece in (name, re.sub(r"['’]s\b.*$", "", name, flags=re.DOTALL)):
        if is_medium(piece):
            return Via(name=" ".join(piece.split()), span=(span[0], span[0] + len(piece)))
    return None


def said_when(times: Sequence[Time], starts: Sequence[int], setting: Spans) -> str | None:
    """EDTF of the first date in the words around a cue; None when they hold none."""
    for start, end in setting:
        index = bisect_left(starts, start)
        while index < len(times) and times[index].start < end:
            time = times[index]
            if time.edtf is not None and time.type in {"DATE", "TIME"} and "/" not in time.edtf:
                return time.edtf.split("T")[0]
            index += 1
    return None


def settings(text: str, sentence: Span, source: Spans, cue: Spans, content: Spans) -> Spans:
    """The words of a cue's sentence that are not content, nearest the cue first."""
    low, high = sentence
    edges = sorted(s for s in content if s[0] < high and s[1] > low)
    free, at = [], low
    for start, end in edges:
        if start > at:
            free.append((at, start))
        at = max(at, end)
    if at < high:
        free.append((at, high))
    anchor = cue[0][0] if cue else (source[0][0] if source else low)
    return tuple(sorted(free, key=lambda s: 0 if s[0] <= anchor < s[1] else 1 + abs(s[0] - anchor)))
