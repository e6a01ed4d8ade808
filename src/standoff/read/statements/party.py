"""Which party a source is, by the mentions that stand in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from standoff.model import Mention, Span, Spans

ARTICLE = re.compile(r"^(?:the|a|an)\s+(?=\S)", re.IGNORECASE)
JOINED = re.compile(r"\s*(?:,| and| or|&|, and)\s*(?:the\s+)?", re.IGNORECASE)
PAPER = (
    r"(?:statement|letter|communiqu[eé]|press release|news release|tweet|post|video|report|memo|message|e-?mail|leaflet"
    r"|declaration|interview|speech|survey|study|poll|editorial|article|document|transcript|testimony)s?"
)
OWNER = re.compile(
    rf"^(?:the|a|an|its|this)?\s*(?:[\w\-]+\s+){{0,3}}?{PAPER}\b"
    r"[^.;]{0,40}?\b(?:from|by|of|issued by|released by|signed by|published by|posted by)\s+(?P<who>[^,;]+)",
    re.IGNORECASE,
)
PAPER_OF = re.compile(rf"^(?:the|a|an)?\s*(?P<who>[\w.\- ]{{2,60}}?)(?:['’]s?)?\s+(?:\w+\s+)?{PAPER}$", re.IGNORECASE)
PAPER_ONLY = re.compile(rf"^(?:the|a|an|this|that|its|his|her|their|two|one|written|\w+ed|official|joint|brief|\s)*{PAPER}\b", re.IGNORECASE)


class Speaker(msgspec.Struct, frozen=True):
    """A party's name and whom it speaks for, either of which may be unknown."""

    party: str | None = None
    represents: str | None = None
    type: str = "unknown"


class Speakers:
    """The mentions of a report, asked by span."""

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self._text = text
        self._mentions = sorted(mentions, key=lambda m: (m.start, -m.end))
        self._starts = [m.start for m in self._mentions]
        self._names = self._by_last_word()

    def _by_last_word(self) -> dict[str, Mention]:
        table: dict[str, Mention] = {}
        for mention in self._mentions:
            if mention.party and mention.form != "pronoun":
                table.setdefault(mention.text.casefold().removeprefix("the "), mention)
                table.setdefault(mention.party.casefold(), mention)
        for mention in self._mentions:
            if mention.party and mention.form != "pronoun" and mention.type != "person":
                table.setdefault(mention.party.casefold().split()[-1], mention)
        return table

    def inside(self, span: Span) -> list[Mention]:
        """Mentions that overlap a span, in text order."""
        index = bisect_left(self._starts, span[1])
        found: list[Mention] = []
        for mention in reversed(self._mentions[max(0, index - 24) : index]):
            if mention.end > span[0]:
                found.append(mention)
        return found[::-1]

    def named(self, name: str) -> Speaker | None:
        """The party a name or its last word stands for."""
        mention = self._names.get(ARTICLE.sub("", name.strip()).casefold())
        return Speaker(mention.party, mention.represents, mention.type) if mention else None

    def of(self, source: Spans) -> Speaker:
        """The speaker of a source: its head mention, or its own words when it holds none."""
        if not source:
            return Speaker()
        start, end = source[0][0], source[-1][1]
        words = self._text[start:end]
        owner = self._owner(words, start)
        if owner is not None:
            return owner
        found = [m for m in self.inside((start, end)) if m.start >= start - 1]
        head = _head(self._text, found, (start, end))
        if head is None:
            return Speaker(shown(words) or None)
        joint = self._joint(found, head, (start, end))
        return joint or Speaker(head.party, head.represents, head.type)

    def _owner(self, words: str, start: int) -> Speaker | None:
        """For "a statement from the ministry" the ministry; for a paper nobody owns, nobody."""
        match = OWNER.match(words) or PAPER_OF.match(words)
        if match:
            offset = start + match.start("who")
            who = match.group("who")
            if not PAPER_ONLY.match(who):
                found = [m for m in self.inside((offset, offset + len(who))) if m.start >= offset - 1]
                head = _head(self._text, found, (offset, offset + len(who)))
                if head is not None:
                    return Speaker(head.party, head.represents, head.type)
                return self.named(who)
        return None

    def _joint(self, found: list[Mention], head: Mention, span: Span) -> Speaker | None:
        """Two parties that speak together: "A and B"."""
        names = [m for m in found if m.form == "name" and m.party and not _within(m, found)]
        if len(names) < 2 or names[0].party == names[1].party:
            return None
        for left, right in zip(names, names[1:], strict=False):
            if not JOINED.fullmatch(self._text[left.end : right.start]):
                return None
        if names[0].start - span[0] > 12 or span[1] - names[-1].end > 2:
            return None
        parties = list(dict.fromkeys(m.party for m in names if m.party))
        return Speaker(" and ".join(parties), None, head.type)


def shown(words: str) -> str:
    """A source's words as a name: without article and line breaks."""
    return ARTICLE.sub("", " ".join(words.split())).strip(" ,;:'’\"“”")


def _within(mention: Mention, found: list[Mention]) -> bool:
    return any(o is not mention and o.start <= mention.start and mention.end <= o.end for o in found)


def _head(text: str, found: list[Mention], span: Span) -> Mention | None:
    """The person named in the source; else its first mention that is in no wider one; else its first."""
    outer = [m for m in found if not _within(m, found)]
    if not outer:
        return None
    first = outer[0]
    same = [m for m in outer if m.form == "name" and m.type == "person"]
    if first.form != "name" and same and same[0].party == first.party:
        return same[0]
    # A title before the name: "Health Ministry spokesman X Y".
    if same and first.type != "person" and "," not in text[span[0] : same[0].start]:
        return same[0]
    if same and same[0].start - span[0] < 60 and "'" not in text[first.end : first.end + 1] and first.type != "person":
        return same[0] if "," not in text[first.end : same[0].start] else first
    return first
