"""What cannot all be true, in words: the claims with the words they rest on, and what is supposed."""

from __future__ import annotations

from collections.abc import Sequence

from standoff.model import Conflict
from standoff.reconcile.accounts import Told
from standoff.reconcile.prose import sentence_around
from standoff.reconcile.wording import joined, say, table

LONGEST = 160
"""Characters of a sentence that are quoted around a figure; a longer one is cut at both ends."""


def conflict(claims: Sequence[Told], assumptions: Sequence[str], found: int, checks: int | None) -> Conflict:
    """A conflict with its sentence. ``checks`` says after how many the search stopped, if it did, with
    ``found`` sets among these counts."""
    counts = table("conflict")["counts"]
    number = counts[len(claims)] if len(claims) < len(counts) else str(len(claims))
    sentence = say("conflict", "head", n=number, list=joined([_item(each) for each in claims]))
    if assumptions:
        sentence += say("conflict", "under", assumptions=joined(list(assumptions)))
    if checks is not None:
        sentence += say("conflict", "more", checks=checks, found=found)
    return Conflict(claims=tuple(each.annotation for each in claims), sentence=sentence)


def _item(told: Told) -> str:
    when = told.moment or say("conflict", "undated")
    return say("conflict", "item", text=told.account.text, source=told.label, when=when, words=_words(told))


def _words(told: Told) -> str:
    """The sentence that holds the figure, on one line, cut around the figure when it is long."""
    start, end = told.account.span
    first, last = sentence_around(told.page.text, (start, end))
    spare = max(0, LONGEST - (end - start)) // 2
    left, right = max(first, start - spare), min(last, end + spare)
    text = " ".join(told.page.text[left:right].split())
    return f"{'…' if left > first else ''}{text}{'…' if right < last else ''}"
