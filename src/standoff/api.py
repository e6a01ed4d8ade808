"""The Python interface: `read` one text, `open` a situation, a method for each WHAT."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Protocol, Self

import msgspec

from standoff.errors import InputError
from standoff.model import Axes, ReadOutput, View
from standoff.preserve import Given, Options, report_from_text
from standoff.preserve.intake import text_acquisition
from standoff.reviewing import make_review
from standoff.show import Rows, Withhold, rows, write_brief
from standoff.situation import Outcome, Situation, read_reports


def read(
    text: str,
    *,
    published: str | None = None,
    publisher: str | None = None,
    title: str | None = None,
    id: str = "text",  # noqa: A002  (the name the JSON has)
    reader: str | None = None,
) -> ReadOutput:
    """Read one text. Offsets count code points of ``text`` itself; nothing is fetched or written.

    ``published`` is ISO 8601 or EDTF; without it relative times stay unanchored and a warning says so.
    ``reader`` names another reader than the package's own. Raises `ReaderError` when there is none of it.
    Raises `InputError` for a string that is no text: one with half a surrogate pair in it.
    """
    half = next((n for n, sign in enumerate(text) if "\ud800" <= sign <= "\udfff"), None)
    if half is not None:
        raise InputError(
            "the text holds half a surrogate pair", where=f"character {half}", todo="decode it anew"
        )
    given = Given(id=id, published=published, publisher=publisher, title=title)
    report = report_from_text(text, given, text_acquisition(text), id)
    return next(iter(read_reports([report], reader=reader)))


def open(place: str | Path, *, create: bool = False) -> Record:  # noqa: A001  (standoff.open)
    """Open a situation: a file, or ``postgresql://USER@HOST/DATABASE?schema=NAME``.

    Raises `RecordError` when it is missing and ``create`` is off.
    """
    return Record(Situation.open(place, create=create))


class Looked(Protocol):
    """A WHAT of a situation: called with the axes, it gives plain rows."""

    def __call__(
        self,
        *,
        rule: str | None = None,
        grade: str | None = None,
        as_of: str | None = None,
        known_by: str | None = None,
        recorded_by: int | None = None,
        believe: Sequence[str] = (),
        without: Sequence[str] = (),
        without_assumptions: Sequence[str] = (),
    ) -> Rows:
        """Rows of this WHAT, cut along the axes; figures under ``rule``, grades of a scheme; the last
        three change the ledger alone."""
        ...


class What:
    """A WHAT as a method of `Record`; its name is the attribute's own."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, record: Record, owner: type) -> Looked:
        return partial(record.show, self._name)


class Record:
    """A situation in Python: add reports, look at any WHAT, decide, write the brief.

    Every WHAT (``timeline``, ``disputes``, ``ledger``, ...) is a method that takes ``as_of``,
    ``known_by`` and ``recorded_by`` and returns plain rows with ``to_pandas()`` and ``to_polars()``;
    ``ledger`` takes ``believe``, ``without`` and ``without_assumptions`` too, each a list of names.
    """

    timeline, statements, claims, parties = What(), What(), What(), What()
    places, quantities, incidents, victims = What(), What(), What(), What()
    questions, disputes, findings, ledger = What(), What(), What(), What()
    clock, access, queue = What(), What(), What()
    harm, agreements, reports, reviews, orphans = What(), What(), What(), What(), What()

    def __init__(self, situation: Situation) -> None:
        self._situation = situation

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; it is complete by itself afterwards."""
        self._situation.close()

    def add(
        self,
        *sources: str | Path,
        published: str | None = None,
        publisher: str | None = None,
        jobs: int = 1,
        reader: str | None = None,
    ) -> list[Outcome]:
        """Add files, folders or addresses; what became of each report."""
        options = Options(given=Given(published=published, publisher=publisher))
        return list(self._situation.add([str(each) for each in sources], options, jobs=jobs, reader=reader))

    def view(
        self,
        *,
        as_of: str | None = None,
        known_by: str | None = None,
        recorded_by: int | None = None,
        believe: Sequence[str] = (),
        without: Sequence[str] = (),
        without_assumptions: Sequence[str] = (),
    ) -> View:
        """All typed records at once, cut along the axes (see `model.Axes`)."""
        return self._situation.view(
            Axes(
                as_of=as_of, known_by=known_by, recorded_by=recorded_by, believe=tuple(believe),
                without=tuple(without), without_assumptions=tuple(without_assumptions),
            )
        )  # fmt: skip

    def show(
        self,
        what: str,
        *,
        rule: str | None = None,
        grade: str | None = None,
        **axes: str | int | Sequence[str] | None,
    ) -> Rows:
        """Rows of one WHAT; of questions and harm under one ``rule`` of aggregation, of harm with the
        grades of a scheme. Raises `UsageError` for a WHAT, a rule or a scheme there is not."""
        known = {field: axes[field] for field in Axes.__struct_fields__ if axes.get(field) is not None}
        view = self._situation.view(msgspec.convert(known, Axes))
        return rows(view, what, rule=rule, grade=grade)

    def review(
        self,
        action: str,
        *targets: str,
        by: str,
        why: str | None = None,
        value: Sequence[str] = (),
    ) -> int:
        """Record a decision; ``value`` holds ``field=value`` strings. Returns its entry number."""
        return self._situation.review(make_review(self._situation.view(), action, targets, value, by, why))

    def brief(
        self,
        path: str | Path,
        *,
        withhold: Sequence[str] = (),
        coarsen_km: float | None = None,
        no_text: bool = False,
        as_of: str | None = None,
        known_by: str | None = None,
        recorded_by: int | None = None,
    ) -> None:
        """Write the brief as one HTML file, cut along the axes; what was withheld is noted in the log."""
        wishes = Withhold.of(list(withhold), coarsen_km=coarsen_km, no_text=no_text)
        write_brief(self.view(as_of=as_of, known_by=known_by, recorded_by=recorded_by), Path(path), wishes)
        if wishes:
            self._situation.record.append_output({"kind": "brief", "withheld": wishes.words()})
