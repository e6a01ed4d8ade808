"""The log in words, followed as it grows: who did what when, and which entry a report last came with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Protocol

from standoff.show.page.shape_found import Happening, History
from standoff.show.words import clean, counted, short

KINDS = ("report", "acquisition", "review", "failure", "output")
"""Entries that the log is told in: a reading comes with its report."""
QUOTED = 3
"""Words of how many targets of one review are shown."""


class Entry(Protocol):
    """An entry as the record gives it."""

    @property
    def n(self) -> int: ...  # noqa: D102
    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def at(self) -> str: ...  # noqa: D102
    @property
    def body(self) -> dict[str, Any]: ...  # noqa: D102


class Log:
    """Entries of `KINDS` as happenings, and the newest entry about each report."""

    def __init__(self) -> None:
        self.head = 0
        self.arrived: dict[str, int] = {}
        self._texts: dict[str, str] = {}
        self._held: dict[int, Happening] = {}
        self._undone: dict[int, int] = {}

    def follow(self, entries: Iterable[Entry], head: int) -> None:
        """Take in entries that were appended since, each once, in order; ``head`` is the last there is."""
        for entry in entries:
            told = _TOLD[entry.kind](entry.body)
            report = told.get("report")
            if report is not None and entry.kind != "failure":
                self.arrived[report] = entry.n
            if entry.kind in {"report", "acquisition"} and entry.body["report"].get("text_sha256"):
                self._texts.setdefault(entry.body["report"]["text_sha256"], report or "")
            self._held[entry.n] = self._happening(entry, told)
        self.head = head

    def _happening(self, entry: Entry, told: dict[str, Any]) -> Happening:
        targets = entry.body.get("targets") or () if entry.kind == "review" else ()
        placed = next((each for each in targets if each.get("text_sha256")), None)
        if entry.kind == "review" and entry.body.get("undoes"):
            self._undone[entry.body["undoes"]] = entry.n
        return Happening(
            entry=entry.n,
            at=entry.at,
            kind=entry.kind,
            by=entry.body.get("by") if entry.kind == "review" else None,
            action=entry.body.get("action") if entry.kind == "review" else None,
            text=told.get("text", entry.kind),
            quotes=tuple(short(clean(each.get("quote") or _key(each)), 160) for each in targets[:QUOTED]),
            changed=told.get("changed", {}),
            why=entry.body.get("why") if entry.kind == "review" else None,
            report=self._texts.get(placed["text_sha256"]) if placed else told.get("report"),
            spans=tuple((s[0], s[1]) for s in placed["spans"]) if placed else (),
            undoes=entry.body.get("undoes") if entry.kind == "review" else None,
            undone_by=None,
        )

    def newest(self, count: int, before: int | None = None, kinds: frozenset[str] = frozenset()) -> History:
        """The ``count`` newest happenings before an entry, newest first."""
        asked = [n for n in reversed(self._held) if not kinds or self._held[n].kind in kinds]
        wanted = (n for n in asked if before is None or n < before)
        days = {each.at[:10]: each.entry for each in self._held.values()}
        return History(
            total=len(asked),
            happenings=tuple(self._now(islice(wanted, count))),
            days=tuple(days.items()),
            kinds=dict(Counter(each.kind for each in self._held.values())),
        )

    def since(self, entry: int) -> Iterator[Happening]:
        """Everything after an entry, in order."""
        return self._now([n for n in self._held if n > entry])

    def at(self, entry: int) -> Happening | None:
        """One entry, or None."""
        return next(self._now([entry]), None)

    def _now(self, wanted: Iterable[int]) -> Iterator[Happening]:
        for n in wanted:
            if held := self._held.get(n):
                by = self._taken_back(n)
                yield held if by is None else _replaced(held, by)

    def _taken_back(self, n: int) -> int | None:
        """The entry that took a review back, unless that was taken back in its turn."""
        by = self._undone.get(n)
        return None if by is None or self._taken_back(by) is not None else by


def _replaced(held: Happening, undone_by: int) -> Happening:
    return Happening(
        **{**{name: getattr(held, name) for name in held.__struct_fields__}, "undone_by": undone_by}
    )


def _key(target: Mapping[str, Any]) -> str:
    """A target without words: a party by its name, a question by what it is made of."""
    key = str(target.get("key") or "")
    return (
        key if target["layer"] == "party" else f"{target['layer']} of {counted(key.count('|') + 1, 'answer')}"
    )


def _report(body: Mapping[str, Any]) -> dict[str, Any]:
    told = body["report"]
    name = _value(told, "title") or told["id"]
    from_ = f" ({_value(told, 'publisher')})" if _value(told, "publisher") else ""
    return {"report": told["id"], "text": clean(f"report added: {name}{from_}")}


def _acquisition(body: Mapping[str, Any]) -> dict[str, Any]:
    return {"report": body["of"], "text": f"the same report had again: {clean(body['of'])}"}


def _failure(body: Mapping[str, Any]) -> dict[str, Any]:
    return {"report": body.get("report"), "text": clean(f"could not {body['stage']}: {body['what']}")}


def _output(body: Mapping[str, Any]) -> dict[str, Any]:
    held = ", ".join(body.get("withheld") or ())
    return {"text": f"{body.get('kind', 'output')} handed out{f', withheld: {held}' if held else ''}"}


_PLURAL = {"quantity": "quantities", "party": "parties"}
_DONE = {
    "accept": "accepted", "reject": "rejected", "correct": "corrected", "merge": "joined",
    "split": "kept apart", "add": "added", "undo": "taken back",
}  # fmt: skip


def _review(body: Mapping[str, Any]) -> dict[str, Any]:
    targets = body.get("targets") or ()
    layers = list(dict.fromkeys(each["layer"] for each in targets))
    what = f"entry {body['undoes']}" if body.get("undoes") else ", ".join(layers)
    if len(targets) > 1:
        what = counted(len(targets), layers[0], _PLURAL.get(layers[0])) if len(layers) == 1 else what
    changed = {key: short(clean(_plain(value)), 120) for key, value in (body.get("value") or {}).items()}
    return {"text": f"{_DONE[body['action']]}: {what}", "changed": changed}


def _plain(value: Any) -> str:  # noqa: ANN401  (any JSON value)
    return "unknown" if value is None else str(value)


def _value(told: Mapping[str, Any], field: str) -> str | None:
    held = told.get(field)
    return held.get("value") if isinstance(held, dict) else held


_TOLD = {
    "report": _report,
    "acquisition": _acquisition,
    "failure": _failure,
    "output": _output,
    "review": _review,
}
