"""What is told before its teller: "The army took the town on Friday, its commander told reporters".

A tagger that is unsure of such a sentence leaves pieces of it, or takes the doer for the teller; but who
tells stands between the last comma of what is told and the verb, and all before that is told.
"""

from __future__ import annotations

import re

import msgspec

from standoff import vocab
from standoff.model import Span, Spans
from standoff.model import spans as sp
from standoff.read.raw import RawAttribution
from standoff.read.statements.quotes import MARK
from standoff.read.statements.sentence import around
from standoff.read.statements.tokens import without_dateline

TELLER = re.compile(r"\s*,\s+(?P<who>[^;:()\"“”\n]{3,90}?),?\s*")
"""Between what is told and the verb: the teller, with what stands in apposition to them."""
LONGEST = 12
"""Words of a teller."""
CLAUSE = re.compile(rf"\b(?:{'|'.join(vocab.load('en/cues')['told_first']['no_teller'])})\b", re.IGNORECASE)
"""Words of a clause: what has one is no teller's name or office."""


def told_first(text: str, made: RawAttribution, taken: Spans) -> RawAttribution:
    """The attribution with all that is told, and with the teller nearest to the verb. ``taken`` are the cues
    and sources of all attributions. Whatever is quoted or in doubt stays as it is."""
    if not made.source or not made.content or len(made.cue) != 1:
        return made
    cue, first, last = made.cue[0], made.content[0], made.content[-1]
    if last[1] > cue[0]:
        return made
    turned = made.source[-1][1] <= first[0]
    teller = _teller(text, last[1], cue[0]) if turned else _before(text, made.source, cue)
    told = _told(text, made, teller) if teller else None
    if teller is None or told is None:
        return made
    others = [s for s in taken if s != cue and s not in made.source and sp.overlap(s, told)]
    if others or MARK.search(text, *told) or not sp.contains(told, (first[0], last[1])):
        return made
    return msgspec.structs.replace(made, source=(teller,) if turned else made.source, content=(told,))


def _teller(text: str, start: int, end: int) -> Span | None:
    found = TELLER.fullmatch(text, start, end)
    if found is None or len(found["who"].split()) > LONGEST or CLAUSE.search(found["who"]):
        return None
    return found.span("who")


def _before(text: str, source: Spans, cue: Span) -> Span | None:
    """The source where it stands between a comma and the verb."""
    whole = sp.hull(source)
    close = text[whole[1] : cue[0]].strip(" ,") == "" and whole[1] <= cue[0]
    return whole if close and text[: whole[0]].rstrip().endswith(",") else None


def _told(text: str, made: RawAttribution, teller: Span) -> Span | None:
    """From the beginning of the sentence, behind a dateline, to the comma before the teller."""
    comma = text.rfind(",", 0, teller[0])
    start = min(around(text, (teller, *made.cue), made.content)[0], made.content[0][0])
    return sp.trim(text, without_dateline(text, (start, comma))) if start < comma else None
