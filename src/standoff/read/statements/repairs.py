"""What is mended in the tagger's attributions: holes, cut-off heads, hearers taken for what was said."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

import msgspec
from spacy.tokens import Doc

from standoff.model import Span, Spans
from standoff.model import spans as sp
from standoff.read.grammar import NOUNS, tokens_in
from standoff.read.raw import RawAttribution
from standoff.read.statements.quotes import MARK
from standoff.read.statements.sentence import parted
from standoff.read.statements.tokens import without_dateline
from standoff.read.statements.told_first import told_first

FAR = 5
"""Tokens within which the noun of a cut-off source is looked for."""
HOLE = 8
"""Words with a number that a tagger may pass over inside a content; of others it may be one."""
PASSIVE = re.compile(r"(?:\w+ )?(?:is|are|was|were|been|being)\b", re.IGNORECASE)
QUOTED_AS = re.compile(
    r"\b(?:quoted|cited) (?:\w+ ){0,6}?as (?:saying|having said|telling|writing)\b", re.IGNORECASE
)
QUOTES = re.compile(r"(?:quot|cit)(?:e|es|ed|ing)$", re.IGNORECASE)
WHOM_AS = re.compile(
    r"(?P<whom>[^.;:\n\"“”]{2,90}?),? (?P<as>as (?:saying|having said|telling|writing)(?: that)?)\b",
    re.IGNORECASE,
)
TOLD_BY = re.compile(r"\b(?:told|informed|assured|warned|notified|reminded) by\b", re.IGNORECASE)
CALLS_ON = re.compile(r"\bcall\w*(?: \w+)? (?:up)?on$", re.IGNORECASE)
CALLED_ON_WHOM = re.compile(r"\bcall\w*(?: \w+)? (?:up)?on\b(?=\s+\w)", re.IGNORECASE)
BY_THE = re.compile(r"\s+by\s+(?:the|an?)\b", re.IGNORECASE)
"""Right behind a cue: the article belongs to who is named there, not to what was said."""
ASIDE = re.compile(r"\s*(?:,|—|–|--|-\s|\()")
PART = re.compile(r"(?:[\w-]+ ){1,2}of (?:them|whom)\b[^,]{0,40},\s+", re.IGNORECASE)
WORD = re.compile(r"\w+")
DIGIT = re.compile(r"\d")


def mended(doc: Doc, tagged: Sequence[RawAttribution]) -> list[RawAttribution]:
    """The tagger's attributions, each with a whole source and a whole content."""
    taken = sp.merge(s for made in tagged for s in made.source + made.cue)
    text = doc.text  # built anew at each access: once for a report, not once for an attribution
    return [_mended(text, _with_head(doc, made), taken) for made in tagged]


def _mended(text: str, made: RawAttribution, taken: Spans) -> RawAttribution:
    source = tuple(
        _behind_part(text, _below_title(text, without_dateline(text, span))) for span in made.source
    )
    if source != made.source:
        made = msgspec.structs.replace(made, source=source)
    if not made.cue or not made.content:
        return made
    made = _whom_apart(text, _handed_on(text, _unborrowed(text, _quoted_as(text, made))))
    behind = BY_THE.match(text, sp.hull(made.cue)[1])
    own = tuple(s for s in made.content if behind is None or s[1] != behind.end()) or made.content
    content = _from_hearer(text, made, _filled(text, own, taken))
    if content != made.content:
        made = msgspec.structs.replace(made, content=content)
    return told_first(text, made, taken)


def _with_head(doc: Doc, made: RawAttribution) -> RawAttribution:
    """A source cut off before its noun ("The" of "The council") goes on to that noun."""
    source = tuple(_to_noun(doc, span) for span in made.source)
    return made if source == made.source else msgspec.structs.replace(made, source=source)


def _to_noun(doc: Doc, span: Span) -> Span:
    tokens = tokens_in(doc, *span)
    if tokens is None or any(token.pos_ in NOUNS for token in tokens):
        return span
    head = tokens[-1].head
    near = 0 < head.i - tokens[-1].i <= FAR and head.pos_ in NOUNS
    return (span[0], head.idx + len(head)) if near else span


def _behind_part(text: str, span: Span) -> Span:
    """A source without the part of a count that ran into it: "four of them women, its director"."""
    found = PART.match(text, *span)
    return (found.end(), span[1]) if found and found.end() < span[1] else span


def _below_title(text: str, span: Span) -> Span:
    """A source without the report's title line that ran into it."""
    first = text.find("\n", *span)
    if first < 0 or (text.rfind("\n", 0, span[0]) >= 0 and text[: span[0]].strip()):
        return span
    rest = sp.trim(text, (first, span[1]))
    return rest if rest[0] < rest[1] and text[rest[0]].isupper() else span


def _unborrowed(text: str, made: RawAttribution) -> RawAttribution:
    """A passive cue ("was accused of") takes no speaker from another sentence: nobody is named."""
    if not made.source or not PASSIVE.match(text, *sp.hull(made.cue)):
        return made
    one, other = sorted((made.source[-1], made.cue[0]))
    return msgspec.structs.replace(made, source=()) if parted(text, one[1], other[0]) else made


def _handed_on(text: str, made: RawAttribution) -> RawAttribution:
    """Whoever "was quoted as saying" speaks; whoever "was told by" somebody hears: neither is content."""
    cue = sp.hull(made.cue)
    ahead = tuple(s for s in made.content if s[1] <= cue[0] and not MARK.search(text, *s))
    rest = tuple(s for s in made.content if s not in ahead)
    if not ahead or not rest:
        return made
    if not made.source and QUOTED_AS.search(text, *cue) and not parted(text, ahead[-1][1], cue[0]):
        return msgspec.structs.replace(made, source=ahead[-1:], content=rest)
    end = made.source[0][0] if made.source and 0 <= made.source[0][0] - cue[1] < 4 else cue[1]
    return msgspec.structs.replace(made, content=rest) if TOLD_BY.search(text, cue[0], end) else made


def _quoted_as(text: str, made: RawAttribution) -> RawAttribution:
    """ "The radio quoted the mayor as saying that ...": the mayor speaks, and nobody is content."""
    start, end = made.content[0]
    if not QUOTES.search(text, *made.cue[-1]) or text[made.cue[-1][1] : start].strip():
        return made
    found = WHOM_AS.match(text, start, end)
    if found is None or not (rest := sp.trim(text, (found.end(), end)))[0] < rest[1]:
        return made
    cue = (*made.cue, found.span("as"))
    return msgspec.structs.replace(
        made, source=(found.span("whom"),), cue=cue, content=(rest, *made.content[1:])
    )


def _whom_apart(text: str, made: RawAttribution) -> RawAttribution:
    """ "called on both sides": those called on leave the cue, so that they can join the content."""
    start, end = made.cue[-1]
    called = CALLED_ON_WHOM.search(text, start, end)
    if called is None or not text.startswith("to ", made.content[0][0]):
        return made
    return msgspec.structs.replace(made, cue=(*made.cue[:-1], (start, called.end())))


def _filled(text: str, content: Spans, taken: Spans) -> Spans:
    """The content without holes: a few words between pieces, neither said aside nor a cue or source."""
    pieces = sp.merge(content)
    filled: list[Span] = list(pieces[:1])
    for one, other in pairwise(pieces):
        if _hole(text, (one[1], other[0]), taken):
            filled[-1] = (filled[-1][0], other[1])
        else:
            filled.append(other)
    return tuple(filled)


def _hole(text: str, gap: Span, taken: Spans) -> bool:
    at = bisect_right(taken, gap[0], key=lambda s: s[1])
    if "\n" in text[slice(*gap)] or (at < len(taken) and sp.overlap(gap, taken[at])):
        return False
    return (
        len(WORD.findall(text, *gap)) <= (HOLE if DIGIT.search(text, *gap) else 1)
        and ASIDE.match(text, *gap) is None
        and MARK.search(text, *gap) is None
        and not parted(text, *gap)
    )


def _from_hearer(text: str, made: RawAttribution, content: Spans) -> Spans:
    """For "called on both sides to stop": the content from those called on."""
    cue = made.cue[-1]
    first = content[0]
    if not CALLS_ON.search(text, *cue) or not text.startswith("to ", first[0]):
        return content
    gap = (cue[1], first[0])
    near = 0 < gap[1] - gap[0] <= 80 and not parted(text, *gap) and "," not in text[slice(*gap)]
    return (sp.trim(text, (gap[0], first[1])), *content[1:]) if near else content
