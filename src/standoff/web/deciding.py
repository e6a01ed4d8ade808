"""Decisions from the page: each names what its maker saw, so that nobody overwrites another unseen."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from standoff.errors import MovedError, ReviewError, StandoffError
from standoff.model import Anchor, Review
from standoff.reviewing import make_review
from standoff.show.page import Parts
from standoff.show.page.shape_found import Happening
from standoff.web.live import Live

TRIES = 20
"""How often a decision is tried again while others append at the same time."""
DIGITS = 16
"""An entry's number has fewer."""


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody wants to decide. ``seen`` is, by id, the last entry that acted on each target when they
    looked; ``values`` are corrected fields; an addition names layer, report and spans as ``START-END``."""

    action: str
    targets: tuple[str, ...]
    values: dict[str, Any] = {}
    seen: dict[str, int] = {}
    why: str | None = None


class ConflictError(StandoffError):
    """Somebody decided on the same thing since it was looked at. ``theirs`` is what they did."""

    code = "SO-421"
    exit_code = 7

    def __init__(self, theirs: Happening | None, now: Any) -> None:  # noqa: ANN401  (any annotation, or None)
        who = theirs.by if theirs and theirs.by else "somebody"
        super().__init__(
            f"{who} decided on this while you looked",
            where=f"entry {theirs.entry}" if theirs else None,
            todo="keep their decision, or decide again over it",
        )
        self.theirs, self.now = theirs, now


class Decider:
    """Appends decisions one after the other, each against what holds now."""

    def __init__(self, live: Live) -> None:
        self._live = live
        self._turn = threading.Lock()

    def decide(self, wish: Wish, by: str) -> int:
        """Append a decision; returns its entry.

        Raises `ConflictError` when its maker saw an older state, `ReviewError` for what cannot be decided so.
        """
        with self._turn:
            for _ in range(TRIES):
                head = self._live.follow()
                parts = self._live.current
                self._check_derived(parts, wish)
                review = make_review(parts.view, wish.action, wish.targets, wish.values, by, wish.why)
                self._check_pending(parts, wish, review)
                try:
                    entry = self._live.situation.review(review, after=head)
                except MovedError:
                    continue
                self._live.follow()
                self._live.grown()
                return entry
        raise ReviewError("the record is busy", todo="decide again in a moment")

    def _check_derived(self, parts: Parts, wish: Wish) -> None:
        """Who decides must have seen the last decision on each thing that is derived.

        An undo overwrites nobody: it takes back one entry, which can be done once.
        """
        if wish.action == "undo":
            for each in wish.targets:
                told = self._live.log.at(entry_of(each))
                if told and told.undone_by:
                    raise ConflictError(self._live.log.at(told.undone_by), None)
            return
        for name in wish.targets if wish.action != "add" else ():
            seen = wish.seen.get(name, 0)
            now = next((new for new, old in parts.view.originals.items() if old.id == name), name)
            last = parts.seen(now)
            before = self._live.log.at(seen)
            taken_back = last != seen and before is not None and before.undone_by is not None
            if last > seen or taken_back or now != name:
                raise ConflictError(self._theirs(last, seen), _held(parts, now))

    def _check_pending(self, parts: Parts, wish: Wish, review: Review) -> None:
        """And the last one that is in the log but not derived yet."""
        if wish.action == "undo":
            return
        pending = self._touching(parts, review)
        told = [wish.seen.get(name, 0) for name in wish.targets]
        newer = [seen for seen in told if seen > parts.view.head[0]]
        unseen = pending and pending[-1] not in newer
        if unseen or not {*newer} <= {*pending}:
            raise ConflictError(self._live.log.at(pending[-1]) if pending else None, None)

    def _touching(self, parts: Parts, review: Review) -> list[int]:
        """Decisions in the log, not derived yet, that act on what a review acts on; acts are on anchors."""
        pending = self._live.situation.record.reviews_after(parts.view.head[0])
        reviews = dict((*parts.view.reviews, *pending))
        wanted = set(_marks(review, reviews))
        return [entry for entry, other in pending if wanted & set(_marks(other, reviews))]

    def _theirs(self, last: int, seen: int) -> Happening | None:
        """What was done since somebody looked: the last decision, or that theirs was taken back."""
        before = self._live.log.at(seen)
        return self._live.log.at(before.undone_by if before and before.undone_by else last)


def entry_of(target: str) -> int:
    """The number of an entry as it is typed; 0, which no entry has, for what is none."""
    return int(target) if target.isascii() and target.isdecimal() and len(target) < DIGITS else 0


def _held(parts: Parts, name: str) -> Any:  # noqa: ANN401  (any annotation, or None)
    thing = parts.index.anywhere(name)
    return thing.record if thing else parts.view.rejected.get(name)


def _marks(review: Review, reviews: Mapping[int, Review]) -> Iterator[tuple[object, ...]]:
    """What a review acts on; an undo on what the review acted on that it takes back."""
    if review.action == "undo":
        yield ("entry", review.undoes)
        undone = reviews.get(review.undoes or 0)
        yield from _named(undone.targets if undone else ())
    yield from _named(review.targets)


def _named(targets: Sequence[Anchor]) -> Iterator[tuple[object, ...]]:
    for each in targets:
        yield each.layer, each.text_sha256, each.spans, each.key
