"""What people's reviews make of the readings. Pure: the log itself is never touched.

A review acts on an annotation only where layer, text hash, spans and quoted words are equal; what
no longer stands so is an orphan and is listed, never moved to a look-alike. Reviews act in log
order; an undo makes the one it names, and what that one did, as if it had not been.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from standoff.errors import AnchorError
from standoff.model import Anchor, Reading, Report, Review
from standoff.record.anchors import FIELD, Annotation, check_anchor
from standoff.record.desk import Desk, Slot

Status = Literal["accepted", "rejected", "corrected", "added"]
QUESTIONS = frozenset({"question", "dispute"})


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """A review that stages act on: ``ids`` are the annotations its targets stand for now."""

    entry: int
    review: Review
    ids: tuple[str, ...] = ()


class Orphan(msgspec.Struct, frozen=True, kw_only=True):
    """A target of a review that stands nowhere now, and why."""

    entry: int
    review: Review
    anchor: Anchor | None
    reason: str


class Effective(msgspec.Struct, frozen=True, kw_only=True):
    """The readings as reviewed, and the decisions that are for other stages.

    ``originals`` holds, by the id it has now, each corrected annotation as the reader made it;
    ``rejected`` what was taken out, by id; ``entries_of`` the reviews that acted on each id.
    ``other_decisions`` are accept, reject and correct on parties, incidents, victims and the like.
    """

    readings: tuple[Reading, ...]
    merges: tuple[Decision, ...] = ()
    splits: tuple[Decision, ...] = ()
    question_decisions: tuple[Decision, ...] = ()
    other_decisions: tuple[Decision, ...] = ()
    orphans: tuple[Orphan, ...] = ()
    status_of: dict[str, Status] = {}
    originals: dict[str, Annotation] = {}
    rejected: dict[str, Annotation] = {}
    entries_of: dict[str, tuple[int, ...]] = {}
    undone: tuple[int, ...] = ()


def apply_reviews(
    reports: Sequence[Report], readings: Sequence[Reading], reviews: Sequence[tuple[int, Review]]
) -> Effective:
    """Readings with all reviews in force applied, in the order given; what remains for other stages."""
    if not reviews:
        return Effective(readings=tuple(readings))
    orphans: list[Orphan] = []
    standing, undone = in_force(reviews, orphans)
    touched = {
        anchor.text_sha256 for _, review in standing for anchor in review.targets if anchor.text_sha256
    }
    work = _Work(Desk(reports, readings, touched), orphans)
    for entry, review in standing:
        work.do(entry, review)
    return work.result(undone)


def in_force(
    reviews: Sequence[tuple[int, Review]], orphans: list[Orphan] | None = None
) -> tuple[list[tuple[int, Review]], tuple[int, ...]]:
    """Reviews that no standing undo takes back (undos left out), and the entries taken back."""
    numbers = {entry for entry, _ in reviews}
    undone: set[int] = set()
    for entry, review in reversed(reviews):
        if review.action != "undo" or entry in undone:
            continue
        if review.undoes in numbers and review.undoes is not None and review.undoes < entry:
            undone.add(review.undoes)
        elif orphans is not None:
            reason = "it would undo what is no earlier review"
            orphans.append(Orphan(entry=entry, review=review, anchor=None, reason=reason))
    standing = [(n, review) for n, review in reviews if review.action != "undo" and n not in undone]
    return standing, tuple(sorted(undone))


class _Work:
    """The state of one run over the reviews."""

    def __init__(self, desk: Desk, orphans: list[Orphan]) -> None:
        self.desk, self.orphans = desk, orphans
        self.passed: dict[str, list[Decision]] = {"merge": [], "split": [], "question": [], "other": []}

    def do(self, entry: int, review: Review) -> None:
        """Apply one review."""
        if review.action in {"merge", "split"}:
            found = [self._slots(entry, review, anchor) for anchor in review.targets]
            self._pass(review.action, entry, review, [slot.current.id for slots in found for slot in slots])
            return
        for anchor in review.targets:
            if anchor.layer not in FIELD:
                self._pass("question" if anchor.layer in QUESTIONS else "other", entry, review, [])
            elif review.action == "add":
                self._add(entry, review, anchor)
            else:
                for slot in self._slots(entry, review, anchor):
                    self._act(entry, review, anchor, slot)

    def _pass(self, where: str, entry: int, review: Review, ids: Sequence[str]) -> None:
        decision = Decision(entry=entry, review=review, ids=tuple(dict.fromkeys(ids)))
        if decision not in self.passed[where]:
            self.passed[where].append(decision)

    def _slots(self, entry: int, review: Review, anchor: Anchor) -> list[Slot]:
        if anchor.layer not in FIELD:
            return []
        found = self._words_problem(anchor) or self.desk.match(anchor)
        if isinstance(found, str):
            self.orphans.append(Orphan(entry=entry, review=review, anchor=anchor, reason=found))
            return []
        return found

    def _words_problem(self, anchor: Anchor) -> str | None:
        text = self.desk.texts.get(anchor.text_sha256 or "")
        if text is None:
            return "no report here has that text"
        try:
            check_anchor(anchor, text)
        except AnchorError as err:
            return err.what
        return None

    def _add(self, entry: int, review: Review, anchor: Anchor) -> None:
        problem = self._words_problem(anchor) or self.desk.add(anchor, review.value or {}, entry)
        if problem:
            self.orphans.append(Orphan(entry=entry, review=review, anchor=anchor, reason=problem))

    def _act(self, entry: int, review: Review, anchor: Anchor, slot: Slot) -> None:
        if review.action == "correct":
            problem = self.desk.correct(slot, review.value or {})
            if problem:
                self.orphans.append(Orphan(entry=entry, review=review, anchor=anchor, reason=problem))
                return
        slot.rejected = review.action == "reject"
        slot.accepted = review.action == "accept"
        slot.entries.append(entry)

    def result(self, undone: tuple[int, ...]) -> Effective:
        """Everything as frozen records."""
        touched = [slot for slot in self.desk.slots() if slot.entries]
        return Effective(
            readings=self.desk.readings(),
            merges=tuple(self.passed["merge"]),
            splits=tuple(self.passed["split"]),
            question_decisions=tuple(self.passed["question"]),
            other_decisions=tuple(self.passed["other"]),
            orphans=tuple(sorted(self.orphans, key=lambda orphan: orphan.entry)),
            status_of={slot.current.id: _status(slot) for slot in touched},
            originals={
                slot.current.id: slot.original
                for slot in touched
                if slot.original is not None and slot.original != slot.current
            },
            rejected={slot.current.id: slot.current for slot in touched if slot.rejected},
            entries_of={slot.current.id: tuple(slot.entries) for slot in touched},
            undone=undone,
        )


def _status(slot: Slot) -> Status:
    if slot.rejected:
        return "rejected"
    if slot.original is None:
        return "added"
    return "corrected" if slot.original != slot.current else "accepted"
