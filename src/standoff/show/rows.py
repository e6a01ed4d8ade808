"""Each WHAT as plain rows, as JSON and as CSV, with the field names that the design fixes."""

from __future__ import annotations

import csv
import importlib
import io
import json
from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any, SupportsIndex, overload

import msgspec

from standoff.errors import StandoffError, UsageError
from standoff.model import (
    Dispute,
    Finding,
    Incident,
    Ledger,
    Party,
    PlaceReferent,
    Question,
    Reading,
    TimelineItem,
    Victim,
    View,
)
from standoff.model.spans import quote
from standoff.show.chosen import check_choice, chosen
from standoff.show.queue import QueueRow, queue_rows
from standoff.show.rowtypes import (
    ClaimRow,
    LedgerRow,
    OrphanRow,
    QuantityRow,
    ReportRow,
    ReviewRow,
    StatementRow,
    plain,
)
from standoff.show.tabletypes import AccessRow, AgreementRow, ClockRow, HarmRow
from standoff.show.tolls import with_tolls

Row = dict[str, Any]
NOTEBOOK_ROWS = 50


class Rows(list[Row]):
    """Plain dicts, one a row, that also turn into data frames.

    The ledger is one object, not a list: there ``rows["groups"]`` and the like work too, and a data
    frame has one row a step.
    """

    def __init__(self, rows: Iterable[Row] = (), flat: Iterable[Row] | None = None) -> None:
        super().__init__(rows)
        self._flat = None if flat is None else list(flat)

    @overload
    def __getitem__(self, key: SupportsIndex) -> Row: ...
    @overload
    def __getitem__(self, key: slice) -> list[Row]: ...
    @overload
    def __getitem__(self, key: str) -> Any: ...  # noqa: ANN401
    def __getitem__(self, key: SupportsIndex | slice | str) -> Any:
        """A row by its position; of a single object also a field by its name."""
        if isinstance(key, str):
            if self._flat is None:
                raise TypeError("rows are a list: take one by its position first")
            return super().__getitem__(0)[key]
        return super().__getitem__(key)

    @property
    def flat(self) -> list[Row]:
        """Rows for a sheet: the rows themselves, or one a ledger step."""
        return list(self) if self._flat is None else self._flat

    def to_pandas(self) -> Any:  # noqa: ANN401  (pandas is an extra)
        """A pandas data frame. Raises `StandoffError` when pandas is not installed."""
        return _extra("pandas").DataFrame(self.flat)

    def to_polars(self) -> Any:  # noqa: ANN401  (polars is an extra)
        """A polars data frame; nested fields are kept nested. Raises `StandoffError` without polars."""
        return _extra("polars").from_dicts(self.flat, infer_schema_length=None)

    def _repr_html_(self) -> str:
        """How a notebook shows the rows: the first of them as a table."""
        shown = self.flat[:NOTEBOOK_ROWS]
        names = list(dict.fromkeys(name for row in shown for name in row))
        head = "".join(f"<th>{escape(name)}</th>" for name in names)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(str(_cell(row.get(name))))}</td>" for name in names) + "</tr>"
            for row in shown
        )
        more = f"<p>{len(self.flat) - len(shown)} more</p>" if len(self.flat) > len(shown) else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def _extra(name: str) -> Any:  # noqa: ANN401
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise StandoffError(
            f"{name} is not installed",
            todo='run `pip install "standoff[frames]"`, or use the rows as they are',
        ) from error


def _each(view: View) -> Iterable[tuple[Reading, str]]:
    """Readings with the text they were made of, in the order of reports."""
    readings = {reading.report: reading for reading in view.readings}
    return ((readings[report.id], report.text) for report in view.reports if report.id in readings)


def _statements(view: View) -> Iterable[StatementRow]:
    for reading, text in _each(view):
        for one in reading.statements:
            words = quote(text, one.content) if one.content else None
            yield _widened(
                StatementRow, one, report=reading.report, text=words, review=view.status.get(one.id)
            )


def _claims(view: View) -> Iterable[ClaimRow]:
    for reading, text in _each(view):
        for one in reading.claims:
            words = quote(text, one.evidence) if one.evidence else None
            yield _widened(ClaimRow, one, report=reading.report, text=words, review=view.status.get(one.id))


def _quantities(view: View) -> Iterable[QuantityRow]:
    for reading, _ in _each(view):
        for one in reading.quantities:
            yield _widened(QuantityRow, one, report=reading.report, review=view.status.get(one.id))


def _widened(kind: Any, record: msgspec.Struct, **more: Any) -> Any:  # noqa: ANN401
    """A record as a wider one that adds fields to it."""
    return kind(**{name: getattr(record, name) for name in record.__struct_fields__}, **more)


def _reports(view: View) -> Iterable[ReportRow]:
    readings = {reading.report: reading for reading in view.readings}
    origins = {origin.id: origin for origin in view.referents.origins}
    for one in view.reports:
        origin = origins.get(view.referents.origin_of.get(one.id, ""))
        reading = readings.get(one.id)
        yield ReportRow(
            id=one.id,
            title=one.title,
            publisher=one.publisher,
            author=one.author,
            published=one.published,
            language=one.language,
            url=one.url,
            origin=origin.id if origin else None,
            origin_name=origin.name if origin else None,
            origin_evidence=origin.evidence if origin else None,
            copies=tuple(name for name in (origin.reports if origin else ()) if name != one.id),
            media_type=one.media_type,
            sha256=one.sha256,
            text_sha256=one.text_sha256,
            size=one.size,
            characters=len(one.text),
            acquired_at=one.acquired.at,
            acquired_from=one.acquired.where,
            warnings=one.warnings,
            error=one.error,
            statements=len(reading.statements) if reading else None,
            quantities=len(reading.quantities) if reading else None,
            claims=len(reading.claims) if reading else None,
        )


def _reviews(view: View) -> Iterable[ReviewRow]:
    undone = {review.undoes: entry for entry, review in view.reviews if review.undoes is not None}
    for entry, review in view.reviews:
        yield _widened(ReviewRow, review, entry=entry, undone_by=undone.get(entry))


def ledger_steps(ledger: Ledger) -> Iterable[LedgerRow]:
    """Every step of every group, one flat row each."""
    for group in ledger.groups:
        for step in group.steps:
            yield LedgerRow(
                group=group.id,
                name=group.name,
                unit=group.unit,
                at=step.at,
                kind=step.kind,
                low=step.low,
                high=step.high,
                best=step.best,
                without_assumptions_low=step.without_assumptions.low,
                without_assumptions_high=step.without_assumptions.high,
                assumptions=step.assumptions,
                rests_on_low=step.rests_on.low,
                rests_on_high=step.rests_on.high,
                text=step.text,
                party=step.party,
                said_by_low=step.said_by.low,
                said_by_high=step.said_by.high,
            )


MAKERS: Mapping[str, tuple[Any, Callable[[View], Iterable[Any]]]] = {
    "timeline": (TimelineItem, lambda view: view.derived.timeline),
    "statements": (StatementRow, _statements),
    "claims": (ClaimRow, _claims),
    "parties": (Party, lambda view: view.referents.parties),
    "places": (PlaceReferent, lambda view: view.referents.places),
    "quantities": (QuantityRow, _quantities),
    "incidents": (Incident, lambda view: view.referents.incidents),
    "victims": (Victim, lambda view: view.referents.victims),
    "questions": (Question, lambda view: view.derived.questions),
    "disputes": (Dispute, lambda view: view.derived.disputes),
    "findings": (Finding, lambda view: view.derived.findings),
    "ledger": (Ledger, lambda view: (view.derived.ledger,)),
    "clock": (ClockRow, lambda view: view.derived.clock),
    "access": (AccessRow, lambda view: view.derived.access),
    "harm": (HarmRow, lambda view: map(with_tolls, view.derived.harm)),
    "agreements": (AgreementRow, lambda view: view.derived.agreements),
    "reports": (ReportRow, _reports),
    "queue": (QueueRow, queue_rows),
    "reviews": (ReviewRow, _reviews),
    "orphans": (OrphanRow, lambda view: view.orphans),
}
"""Each WHAT: the record type of a row, and where its rows come from."""

WHATS: tuple[str, ...] = tuple(MAKERS)


def check_what(what: str) -> str:
    """``what``, if there is such a one. Raises `UsageError` that lists what there is."""
    if what not in MAKERS:
        raise UsageError(f"there is no {what!r} to show", todo=f"one of {', '.join(WHATS)}")
    return what


def rows(view: View, what: str, *, rule: str | None = None, grade: str | None = None) -> Rows:
    """Rows of one WHAT as plain dicts, with figures under ``rule`` and grades of a scheme if asked for.

    Raises `UsageError` for a WHAT, a rule or a scheme there is not.
    """
    make = MAKERS[check_what(what)][1]
    check_choice(what, rule, grade)
    made = [plain(record) for record in make(chosen(view, rule, grade))]
    if what == "ledger":
        return Rows(made, flat=[plain(step) for step in ledger_steps(view.derived.ledger)])
    return Rows(made)


def json_text(view: View, what: str, *, rule: str | None = None, grade: str | None = None) -> str:
    """JSON of one WHAT: a list of objects; for the ledger one object. Unknown is null."""
    found = rows(view, what, rule=rule, grade=grade)
    return json.dumps(found[0] if what == "ledger" else list(found), ensure_ascii=False, indent=2)


def csv_text(view: View, what: str, *, rule: str | None = None, grade: str | None = None) -> str:
    """CSV of one WHAT (RFC 4180), for spreadsheets: nested fields as JSON, unknown as an empty cell.

    Words that a spreadsheet would run as a formula are led by an apostrophe; the JSON has them bare.
    """
    found = rows(view, what, rule=rule, grade=grade)
    out = io.StringIO()
    header = fields_of(what)
    writer = csv.DictWriter(out, header, lineterminator="\r\n")
    writer.writeheader()
    for row in found.flat:
        writer.writerow({name: _cell(row.get(name)) for name in header})
    return out.getvalue()


def fields_of(what: str) -> list[str]:
    """Names of the columns of one WHAT, as its JSON has them."""
    kind = LedgerRow if what == "ledger" else MAKERS[what][0]
    return list(kind.__struct_encode_fields__)


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False) if value else ""
    if isinstance(value, str) and value[:1] in set("=+-@\t\r"):
        return "'" + value
    return value
