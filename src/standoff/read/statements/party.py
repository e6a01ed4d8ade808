"""Which party a source is, by the mentions that stand in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

import msgspec
from spacy.tokens import Doc

from standoff import vocab
from standoff.model import BODIES, Mention, Span, Spans

ARTICLE = re.compile(r"^(?:the|a|an)\s+(?=\S)", re.IGNORECASE)
ARTICLES = re.compile(r"the|an?|this|that", re.IGNORECASE)
JOINED = re.compile(r"\s*(?:,| and| or|&|, and)\s*(?:the\s+)?", re.IGNORECASE)
WORDS = vocab.load("en/cues")["speaking_papers"]
PAPER = rf"(?:{'|'.join(WORDS['papers'])})s?"
OWNER = re.compile(
    rf"^(?:the|a|an|its|this)?\s*(?:[\w\-]+\s+){{0,3}}?{PAPER}\b"
    r"[^.;]{0,40}?\b(?:from|by|of|issued by|released by|signed by|published by|posted by)\s+(?P<who>[^,;]+)",
    re.IGNORECASE,
)
PAPER_OF = re.compile(
    rf"^(?:the|a|an)?\s*(?P<who>[\w.\- ]{{2,60}}?)(?:['’]s?)?\s+(?:\w+\s+)?{PAPER}$", re.IGNORECASE
)
INNER = re.compile(r",|\b(?:of|for|by|from|with|to|in|on|at|and|\w+ing)\b")
AFTER_NAME = re.compile(r",|:|\s\(|\s(?:who|which|that|whose)\b")
ISSUED = re.compile(
    rf"^(?:an?|the|this)\s+(?:(?:{'|'.join(WORDS['before'])})\s+)*(?:{'|'.join(WORDS['issued'])})"
    rf"(?:\s+(?:{'|'.join(WORDS['behind'])}))?$",
    re.IGNORECASE,
)
"""A paper that a body gives out, told without whose it is."""
BREAKS = (". ", "\n")
LIMBS = re.compile(rf"^(?:its|their)\s+(?:[\w-]+\s+){{0,2}}(?:{'|'.join(WORDS['limbs'])})$", re.IGNORECASE)
HELPERS = re.compile(
    rf"^(?:his|her)\s+(?:own\s+)?(?:{'|'.join((*WORDS['limbs'], *WORDS['helpers']))})$", re.IGNORECASE
)
PAPER_ONLY = re.compile(
    rf"^(?:the|a|an|this|that|its|his|her|their|two|one|written|\w+ed|official|joint|brief|\s)*{PAPER}\b",
    re.IGNORECASE,
)


ENDS_AS_PAPER = re.compile(rf"\b{PAPER}$", re.IGNORECASE)


class Speaker(msgspec.Struct, frozen=True):
    """A party's name and whom it speaks for, either of which may be unknown."""

    party: str | None = None
    represents: str | None = None
    type: str = "unknown"


class Speakers:
    """The mentions of a report, asked by span."""

    def __init__(self, doc: Doc, mentions: Sequence[Mention]) -> None:
        self._doc = doc
        self._text = doc.text
        self._parsed = doc.has_annotation("DEP")
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
        return [m for m in self._mentions[max(0, index - 24) : index] if m.end > span[0]]

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
        found = [m for m in self.inside((start, end)) if m.start >= start - 1 or m.end >= end]
        head = self._head(found, (start, end))
        whose = self._whose(words, start)
        if whose is not None:
            return whose
        if head is None:
            return Speaker(shown(words) or None, self._issuer(words, start))
        joint = self._joint(found, head, (start, end))
        return joint or Speaker(head.party, head.represents or self._issuer(words, start), head.type)

    def _head(self, found: list[Mention], span: Span) -> Mention | None:
        """The mention at the head of a source; a person it is in apposition to comes before a description."""
        outer = [m for m in found if not _within(m, found)]
        if not outer:
            return None
        root = self._root(span)
        holders = [m for m in outer if m.start <= root < m.end]
        first = holders[0] if holders else self._leading(outer, span)
        if first is None or first.form != "description":
            return first
        return next((m for m in outer if m.form == "name" and m.party == first.party), first)

    def _root(self, span: Span) -> int:
        """Offset of the head word of a span by the parse."""
        inside = self._doc.char_span(*span, alignment_mode="expand") if self._parsed else None
        return inside.root.idx if inside is not None else span[0]

    def _leading(self, outer: list[Mention], span: Span) -> Mention | None:
        """Where the parse shows no head: a mention that begins the source and ends it or its first part."""
        for mention in outer:
            ahead = self._text[span[0] : mention.start]
            after = self._text[mention.end : span[1]].lstrip("'’ ")
            closes = not after or after[0] in ",(" or after.casefold().startswith(("who ", "which "))
            if closes and not INNER.search(ahead):
                return mention
        return None

    def _issuer(self, words: str, start: int) -> str | None:
        """For a paper that nobody is said to own ("a circular put the dead at 19"): the last body that its
        paragraph names before it."""
        if not ISSUED.match(words):
            return None
        opens = self._text.rfind("\n", 0, start) + 1
        bodies = self._bodies((opens, start)) or self._bodies(self._told_before(words, start))
        return bodies[-1].party if bodies else None

    def _bodies(self, span: Span) -> list[Mention]:
        return [m for m in self.inside(span) if m.party and m.form != "pronoun" and m.type in BODIES]

    def _told_before(self, words: str, start: int) -> Span:
        """The sentence that spoke of a paper last, by surface signs: "In a report, the mission said ..."."""
        noun = words.split()[-1]
        at = max(0, self._text.rfind(noun, 0, start))
        ends = [each for mark in BREAKS if (each := self._text.find(mark, at)) >= 0]
        return self._opens(at), min([*ends, start])

    def _opens(self, at: int) -> int:
        """Where the sentence round a point opens, by surface signs."""
        return max(0, *(self._text.rfind(mark, 0, at) for mark in BREAKS))

    def _whose(self, words: str, start: int) -> Speaker | None:
        """For "its teams" the body that the sentence names before, for "his men" who he is."""
        if HELPERS.match(words):
            people = [m for m in self.inside((start, start + 3)) if m.form == "pronoun" and m.party]
            return Speaker(people[0].party, people[0].represents, people[0].type) if people else None
        if not LIMBS.match(words):
            return None
        found = self._bodies((self._opens(start), start))
        bodies = [m for m in found if not ENDS_AS_PAPER.search(m.text)]
        return Speaker(bodies[0].party, bodies[0].represents, bodies[0].type) if bodies else None

    def _owner(self, words: str, start: int) -> Speaker | None:
        """For "a statement from the ministry" the ministry; for a paper nobody owns, nobody."""
        match = OWNER.match(words) or PAPER_OF.match(words)
        if match:
            offset = start + match.start("who")
            who = match.group("who")
            if not PAPER_ONLY.match(who) and not ARTICLES.fullmatch(who):
                span = (offset, offset + len(who))
                head = self._head([m for m in self.inside(span) if m.start >= offset - 1], span)
                if head is not None:
                    return Speaker(head.party, head.represents, head.type)
                return self.named(who) or (Speaker(shown(who)) if _names_a_body(who) else None)
        return None

    def _joint(self, found: list[Mention], head: Mention, span: Span) -> Speaker | None:
        """Two parties that speak together: "A and B"."""
        names = [m for m in found if m.form == "name" and m.party and not _within(m, found)]
        if len(names) < 2 or names[0].party == names[1].party:
            return None
        for left, right in pairwise(names):
            if not JOINED.fullmatch(self._text[left.end : right.start]):
                return None
        if names[0].start - span[0] > 12 or span[1] - names[-1].end > 2:
            return None
        parties = list(dict.fromkeys(m.party for m in names if m.party))
        return Speaker(" and ".join(parties), None, head.type)


def shown(words: str) -> str:
    """A source's words as a name: without article, line breaks and what a comma or relative pronoun adds."""
    short = AFTER_NAME.split(" ".join(words.split()).strip(" ,"), maxsplit=1)[0]
    plain = ARTICLE.sub("", short).strip(" ,;:'’\"“”()")
    return plain.removesuffix(".") if plain.count(".") == 1 else plain


def _names_a_body(words: str) -> bool:
    """Whether words end as names of bodies do: "regional fire service"."""
    last = words.split()[-1:]
    return bool(last) and last[0].casefold() in vocab.words("en/people", "bodies")


def _within(mention: Mention, found: list[Mention]) -> bool:
    return any(o is not mention and o.start <= mention.start and mention.end <= o.end for o in found)
