"""When was it: hours and days that two voices give for one event, whether or not it is known as one
incident."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from standoff.model.spans import contains
from standoff.reconcile.accounts import Teller
from standoff.reconcile.answers.akin import against
from standoff.reconcile.answers.contrasts import about
from standoff.reconcile.answers.near import Near
from standoff.reconcile.answers.opposed import Answer, ask
from standoff.reconcile.answers.passages import Passage, once_in_page, passage_of, tell
from standoff.reconcile.decisions import Decisions
from standoff.reconcile.figures.questions import Open
from standoff.reconcile.matter import NOTION, Weights, clause_around, pattern, stems, table
from standoff.reconcile.shelf import Shelf
from standoff.reconcile.wording import say

WITHIN = 14
LEAST = dt.timedelta(minutes=25)
"""Hours that differ by less may be one hour told roughly."""
CLOCK = re.compile(r"T(\d\d):(\d\d)")


@dataclass(frozen=True)
class Timed:
    """A passage that says when an event was: its clause's stems, the events among them, and the moment."""

    passage: Passage
    words: frozenset[str]
    events: frozenset[str]
    moment: dt.datetime
    told: str


@once_in_page
def timed(passage: Passage) -> tuple[Timed, ...]:
    """The hours that a passage gives, each with the event of its clause."""
    return () if passage.retold else tuple(_timed(passage))


def _timed(passage: Passage) -> Iterator[Timed]:
    text = passage.page.text
    for time in passage.page.reading.times:
        clock = CLOCK.search(time.value)
        day = time.edtf[:10] if time.edtf else None
        if clock is None or day is None or not contains(passage.span, (time.start, time.end)):
            continue
        start, end = clause_around(
            text[passage.span[0] : passage.span[1]],
            (time.start - passage.span[0], time.end - passage.span[0]),
        )
        clause = text[passage.span[0] + start : passage.span[0] + end]
        words = stems(clause)
        events = frozenset(each for each in words if each in _events())
        try:
            moment = dt.datetime.fromisoformat(f"{day}T{clock.group(1)}:{clock.group(2)}")
        except ValueError:
            continue
        if events and not pattern("times", "since").search(clause):
            yield Timed(passage, words, events, moment, " ".join(clause.split()))


def _events() -> frozenset[str]:
    return stems(" ".join(table("times")["events"]))


def clock_questions(
    shelf: Shelf, teller: Teller, decisions: Decisions, passages: list[Passage], weights: Weights
) -> list[Open]:
    """Questions of when, where two voices give hours for one event that cannot both hold."""
    found = [each for passage in passages for each in timed(passage)]
    of: dict[str, list[Timed]] = defaultdict(list)
    for each in found:
        of[each.passage.key].append(each)
    held = {each.passage.key: each.passage for each in found}
    near = Near(held.values(), weights, held.values())
    blocks: dict[str, list[str]] = defaultdict(list)
    shared: dict[str, frozenset[str]] = {}
    for key, passage in held.items():
        for met in near.of(passage, WITHIN, partial(against, shelf, passage)):
            for one in of[key]:
                for other in of[met.other.key]:
                    if met.other.key > key and _clash(one, other):
                        block = f"hours:{key}:{met.other.key}"
                        blocks[key].append(block)
                        blocks[met.other.key].append(block)
                        shared[key] = shared[met.other.key] = one.words & other.words
    hours = _rounded({of[key][0].moment for key in blocks})
    answers = []
    for key, mine in blocks.items():
        first = of[key][0]
        told = tell(teller, held[key], first.told, "hour")
        if told:
            answers.append(Answer(told, hours[first.moment.strftime("%H:%M")], tuple(dict.fromkeys(mine))))

    def words_of(members: list[Answer]) -> tuple[str, str | None]:
        first = passage_of(members[0].told, held.values())
        return say("questions", "hour", about=about(first.text, shared[first.key])), None

    asked = ask("time", answers, words_of, lambda _a, _b: True, decisions)
    return [each for each in asked if each.linked.against]


def _rounded(moments: set[dt.datetime]) -> dict[str, str]:
    """Hours of the day, each with the first of those that may be the same hour told roughly."""
    found: dict[str, str] = {}
    first: dt.datetime | None = None
    for moment in sorted(each.replace(2000, 1, 1) for each in moments):
        if first is None or moment - first >= LEAST:
            first = moment
        found[moment.strftime("%H:%M")] = first.strftime("%H:%M")
    return found


def _clash(one: Timed, other: Timed) -> bool:
    apart = abs(one.moment - other.moment) % dt.timedelta(days=1)
    if min(apart, dt.timedelta(days=1) - apart) < LEAST:
        return False  # the day is often not said with the hour, and then is only supposed
    shared = one.words & other.words
    plain = {each for each in shared if not each.startswith(NOTION)}
    return bool(one.events & other.events) and len(plain) + 0.7 * len(shared - plain) >= 1
