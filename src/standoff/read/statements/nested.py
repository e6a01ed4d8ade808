"""What the rules add to the tagger's attributions: those it passed over, and those within others' words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from standoff.model import Span, Spans
from standoff.model import spans as sp
from standoff.read.raw import RawAttribution
from standoff.read.statements import lexicon
from standoff.read.statements.circumstances import is_medium
from standoff.read.statements.party import PAPER_ONLY
from standoff.read.statements.repairs import QUOTED_AS

SURE = 0.75
LIKELY = 0.6
APART = 0.3
"""Share of a content that may be another's too when both are taken to be said apart."""


def missing(
    text: str, held: Sequence[RawAttribution], ruled: Sequence[RawAttribution]
) -> list[RawAttribution]:
    """What the rules found beside or within ``held``.

    Measured on PolNeAR: where both speak, the tagger is the better by far, and of what only the rules find
    plain telling alone is right often enough. Within another's words what a third party told is taken, and
    all that a medium relays: without them the layers and the chain of relays would be lost.
    """
    cues = sp.merge(s for made in held for s in made.cue)
    contents = sp.merge(s for made in held for s in made.content)
    relayed = sp.merge(s for made in held if _by_medium(text, made) for s in made.content)
    found = []
    for made in ruled:
        if any(covered(cues, s) for s in made.cue) or not _told(text, made):
            continue
        pieces = made.cue + made.content
        if all(sp.covers(contents, s) for s in pieces):
            if _third_party(text, made) or all(sp.covers(relayed, s) for s in pieces):
                found.append(made)
        elif made.confidence >= SURE and _apart(contents, made):
            found.append(made)
    return found


def _apart(contents: Spans, made: RawAttribution) -> bool:
    return sum(covered(contents, s) for s in made.content) <= APART * size(made)


def _told(text: str, made: RawAttribution) -> bool:
    """Whether a cue plainly tells what somebody said, denied or laid at another's door."""
    if any(lexicon.according_pattern().fullmatch(text, *s) for s in made.cue):
        return True
    if any(QUOTED_AS.search(text, *s) for s in made.cue):
        return True
    words = [w for s in made.cue for w in text[slice(*s)].casefold().split()]
    lemma = next((lexicon.forms()[w] for w in reversed(words) if w in lexicon.forms()), None)
    plain = words[-1] != lemma and not words[-1].endswith("ing")
    frame = "that" if made.confidence > LIKELY else "object"
    return plain and lemma in lexicon.cues()["told_of_others"][frame]


def _third_party(text: str, made: RawAttribution) -> bool:
    """Whether somebody named or described speaks: "the colonel", not "I" or "people"."""
    if not made.source or made.confidence < LIKELY:
        return False
    vague = lexicon.cues()["nobody_in_particular"]
    source = text[made.source[0][0] : made.source[-1][1]].casefold().split()
    return source[0] not in vague and "percent" not in source and not source[0].endswith("%")


def _by_medium(text: str, made: RawAttribution) -> bool:
    """Whether a medium or a paper nobody signs is the source: what it carries has a speaker of its own."""
    words = text[made.source[0][0] : made.source[-1][1]] if made.source else ""
    return bool(words) and (is_medium(words) or PAPER_ONLY.match(words) is not None)


def covered(spans: Spans, span: Span) -> int:
    """How many code points of a span the sorted, separate ``spans`` cover."""
    index = max(0, bisect_right(spans, span[0], key=lambda s: s[0]) - 1)
    total = 0
    while index < len(spans) and spans[index][0] < span[1]:
        total += sp.overlap(spans[index], span)
        index += 1
    return total


def size(made: RawAttribution) -> int:
    """Code points of a content."""
    return sum(end - start for start, end in made.content)
