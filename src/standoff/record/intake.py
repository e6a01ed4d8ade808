"""What a report that comes in is to the record: new, another acquisition, a copy, a clash. Pure.

Rules: the same bytes again are one report and another acquisition; the same text under another id,
publisher or date is a copy, kept as a report of its own; an id that was given belongs to one text
for good; a file's name that is taken gets ``#`` and 8 hex of the SHA-256. What a person gave goes
before metadata, and metadata before a guess.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Literal

import msgspec

from standoff.errors import ClashError
from standoff.model import Report, Sourced

Outcome = Literal[
    "new", "same_bytes", "same_text", "described", "copy_text", "id_clash", "reextracted"
]  # fmt: skip

_RANK = {"given": 3, "metadata": 2, "guessed": 1}
_DESCRIBED = ("title", "author", "publisher", "published", "language")


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """A report in the record (its text may be left empty), and what it came as: hashes, ids asked for."""

    report: Report
    sha256: frozenset[str]
    asked: frozenset[str]


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """``id`` is the report's id in the record; ``report_entry`` whether it becomes a report of its own."""

    outcome: Outcome
    id: str

    @property
    def report_entry(self) -> bool:
        """Whether a `report` entry is due; else it is an `acquisition`."""
        return self.outcome in {"new", "copy_text", "id_clash", "reextracted"}


def decide(report: Report, id_given: bool, known: Sequence[Known], taken: Callable[[str], bool]) -> Decision:
    """Place a report. ``known`` are the recorded ones that share its id, bytes or text, in log order.

    Raises `ClashError` when a given id already names another text.
    """
    for one in known:
        same = report.sha256 in one.sha256 and not (id_given and report.id not in {*one.asked, one.report.id})
        if same and not _other_edition(one.report, report, same_bytes=True):
            found = _same_bytes(one, report)
            if found:
                return found
    holder = next((one for one in known if one.report.id == report.id), None)
    if holder is None:
        return Decision(outcome="copy_text" if _copied(report, known) else "new", id=report.id)
    same_text = holder.report.text_sha256 == report.text_sha256
    if id_given and not same_text:
        raise ClashError(
            f"the id {report.id!r} already names a report with another text",
            where=report.acquired.where,
            todo="give the report an id of its own",
        )
    meant = same_text and (id_given or not _wordless(report))
    if meant and not _other_edition(holder.report, report, same_bytes=False):
        return _again(holder, report, "same_text")
    outcome: Outcome = "copy_text" if _copied(report, known) else "id_clash"
    return Decision(outcome=outcome, id=_free(report, taken))


def describe(old: Report, new: Report) -> Report:
    """The recorded report with what a later acquisition knows better about it."""
    better = {}
    for field in _DESCRIBED:
        was, told = getattr(old, field), getattr(new, field)
        if told.value is not None and (told.origin == "given" or _rank(told) > _rank(was)):
            better[field] = told
    if old.url is None and new.url is not None:
        better["url"] = new.url
    return msgspec.structs.replace(old, **better)


def fold(reports: Iterable[Report]) -> Report:
    """One report from its `report` entries and acquisitions in log order; a re-extraction starts anew."""
    ordered = list(reports)
    told = ordered[0]
    for later in ordered[1:]:
        told = describe(told, later)
    return told


def _same_bytes(one: Known, report: Report) -> Decision | None:
    if one.report.text_sha256 == report.text_sha256:
        return _again(one, report, "same_bytes")
    if report.error and not one.report.error:
        return Decision(outcome="same_bytes", id=one.report.id)
    if one.report.extractor != report.extractor:
        return Decision(outcome="reextracted", id=one.report.id)
    return None


def _again(one: Known, report: Report, outcome: Outcome) -> Decision:
    news = describe(one.report, report) != one.report
    return Decision(outcome="described" if news else outcome, id=one.report.id)


def _other_edition(old: Report, new: Report, *, same_bytes: bool) -> bool:
    """Whether publisher or date make it another edition of the text, not another look at the same one."""
    for was, told in ((old.publisher, new.publisher), (old.published, new.published)):
        if was.value is None or told.value is None or was.value == told.value:
            continue
        least = 3 if same_bytes else 2
        if _rank(was) >= least and _rank(told) >= least:
            return True
    return False


def _copied(report: Report, known: Sequence[Known]) -> bool:
    same = any(one.report.text_sha256 == report.text_sha256 for one in known)
    return same and not _wordless(report)


def _free(report: Report, taken: Callable[[str], bool]) -> str:
    name = f"{report.id}#{report.sha256[:8]}"
    number = 2
    while taken(name):
        name = f"{report.id}#{report.sha256[:8]}-{number}"
        number += 1
    return name


def _wordless(report: Report) -> bool:
    return not report.text.strip()


def _rank(sourced: Sourced) -> int:
    return _RANK.get(sourced.origin or "", 0) if sourced.value is not None else 0
