"""One occasion, several statements: a briefing's channel and date hold for what its speaker says next."""

from __future__ import annotations

import msgspec

from standoff.model import Statement

# Occasions that a report goes on quoting from; of other channels only the next words are taken to be part.
EVENTS = frozenset(
    {"briefing", "press conference", "interview", "speech", "testimony", "radio", "television"}
)
NEXT = 400
SAYING = ("said", "says", "add", "continu", "told", "went on", "explain", "note", "tell")


def carried(text: str, found: list[Statement]) -> list[Statement]:
    """Give later statements of a speaker the occasion he was last quoted from, where no words gainsay it."""
    last: dict[str, Statement] = {}
    out: list[Statement] = []
    for each in found:
        before = last.get(each.party) if each.party else None
        if (
            before is not None
            and each.channel is None
            and each.said is None
            and _warranted(text, before, each)
        ):
            near = _near(text, before, each)
            each = msgspec.structs.replace(
                each,
                channel=before.channel,
                said=before.said,
                via=each.via or (before.via[:1] if near else ()),
            )
        if each.party and each.channel is not None:
            last[each.party] = each
        elif each.party and each.said is not None:
            last.pop(each.party, None)
        out.append(each)
    return out


def _warranted(text: str, before: Statement, each: Statement) -> bool:
    """Plain words of saying with quoted speech, from an event; or the very next words of a paper."""
    if not each.cue or before.channel is None:
        return False
    cue = " ".join(text[s:e] for s, e in each.cue).casefold()
    if not any(word in cue for word in SAYING):
        return False
    if before.channel in EVENTS:
        return each.kind != "indirect" or _near(text, before, each)
    return _near(text, before, each)


def _near(text: str, before: Statement, each: Statement) -> bool:
    ends = max(e for _, e in before.content + before.cue)
    gap = min(s for s, _ in each.content + each.cue) - ends
    return gap <= NEXT and text.count("\n\n", ends, ends + max(0, gap)) <= 1
