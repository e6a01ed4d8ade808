"""The report-level table: one row per account and question, as RFC 4180 CSV with CSVW metadata.

Its columns join to ``eventreport`` (Uppsala), so that researchers aggregate under rules of their own.
An empty cell is unknown, never 0.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from standoff.exchange.common import days, dumps, pairs, precision
from standoff.exchange.loss import Export, losses
from standoff.model import Account, Claim, Place, Quantity, Question, Review, Statement, View

COLUMNS: dict[str, tuple[str, str]] = {
    "row_id": ("string", "Question and account"),
    "event_id": ("string", "Incident the question is about"),
    "question_id": ("string", "Question the account answers"),
    "question": ("string", "The question, worded in neither side's terms"),
    "report_id": ("string", "Report it stands in"),
    "account_id": ("string", "The account"),
    "claim_id": ("string", "Claim or quantity it was read from"),
    "source_id": ("string", "Party that gives the account; empty for the report's own voice"),
    "source_type": ("string", "person, organisation, state, armed_group, population, media"),
    "speaker": ("string", "Name of the party"),
    "speaker_party": ("string", "For whom the party speaks"),
    "via": ("string", "Relays, first hearer first, parted by ;"),
    "origin": ("string", "Where the words first came from: copies share one"),
    "publisher": ("string", "Publisher of the report"),
    "said_on": ("string", "When it was said (EDTF)"),
    "published_on": ("string", "When the report was published (EDTF)"),
    "as_of_start": ("date", "First day the figure holds for"),
    "as_of_end": ("date", "Last day the figure holds for"),
    "place": ("string", "Place of the claim"),
    "lat": ("number", "WGS84 degrees"),
    "lon": ("number", "WGS84 degrees"),
    "where_radius_km": ("number", "How far the true point may be from the coordinates"),
    "date_start": ("date", "Earliest day of the event"),
    "date_end": ("date", "Latest day of the event"),
    "date_prec": ("string", "day, month, year or interval"),
    "measure": ("string", "stock, cumulative, new, other"),
    "unit": ("string", "Unit of the figure"),
    "group_id": ("string", "Group that is counted"),
    "value_low": ("number", "Lower bound under the rule"),
    "value_high": ("number", "Upper bound under the rule"),
    "value_best": ("number", "Best value as said"),
    "value_rule": ("string", "Rule that gave the bounds"),
    "value_text": ("string", "The figure's own words"),
    "approx": ("boolean", "Said to be approximate"),
    "negated": ("boolean", "Denied"),
    "modality": ("string", "actual, planned, demanded, conditional, hypothetical, historical"),
    "answer": ("string", "The answer where it is no number"),
    "quote": ("string", "The words the account rests on"),
    "char_start": ("integer", "First code point of the quote in the text layer"),
    "char_end": ("integer", "Code point after the quote"),
    "text_sha256": ("string", "Hash of the text layer"),
    "review_status": ("string", "accepted, corrected, added, or empty"),
    "reviewer": ("string", "Who reviewed it last"),
    "reviewed_on": ("string", "When"),
    "supersedes": ("string", "Accounts of the same source that this one revises or corrects, parted by ;"),
}


def report_table(view: View) -> Export:
    """CSV and CSVW metadata."""
    rows = list(_Rows(view).rows())
    name = f"{view.name}.accounts.csv"
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({key: _cell(value) for key, value in row.items()})
    used = {row["claim_id"] for row in rows}
    quiet = sum(claim.id not in used for reading in view.readings for claim in reading.claims)
    return Export(
        files={name: out.getvalue(), f"{name}-metadata.json": dumps(_metadata(name, view))},
        losses=losses(
            ("claims that answer no question", quiet, "a row needs a question"),
            ("disputes", len(view.derived.disputes), "who disagrees can be seen per question, but not why"),
            ("ledger groups", len(view.derived.ledger.groups), "bounds that follow from several accounts"),
            ("victims", len(view.referents.victims), "rows are accounts, not persons"),
        ),
    )


class _Rows:
    """Rows, with look-ups built once. Copies of a text share annotation ids, so those go by report."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.held: dict[tuple[str, str], Any] = {}
        self.texts: dict[str, Any] = {}
        for report, reading in pairs(view):
            self.texts[report.id] = report
            for layer in (reading.statements, reading.quantities, reading.claims, reading.places):
                self.held |= {(report.id, annotation.id): annotation for annotation in layer}
        self.parties = {party.id: party for party in view.referents.parties}
        self.reviews = _last_reviews(view)

    def rows(self) -> Iterator[dict[str, Any]]:
        for question in self.view.derived.questions:
            older: dict[str, list[str]] = {}
            for link in question.links:
                if link.relation in {"revises", "corrects"}:
                    older.setdefault(link.from_, []).append(link.to)
            for account in question.accounts:
                yield self._row(question, account, older.get(account.id, []))

    def _row(self, question: Question, account: Account, older: list[str]) -> dict[str, Any]:
        named = account.claim or account.quantity or ""
        row: dict[str, Any] = {
            "row_id": f"{question.id}/{account.id}",
            "event_id": question.incident,
            "question_id": question.id,
            "question": question.question,
            "report_id": account.report,
            "account_id": account.id,
            "claim_id": named or None,
            "origin": account.origin,
            "said_on": account.said,
            "published_on": account.published,
            "value_low": account.low,
            "value_high": account.high,
            "value_best": account.best,
            "approx": account.approximate,
            "answer": account.answer,
            "quote": account.text,
            "char_start": account.span[0],
            "char_end": account.span[1],
            "supersedes": ";".join(older),
        }
        row["as_of_start"], row["as_of_end"] = days(account.as_of)
        self._source(row, account)
        self._quantity(row, self.held.get((account.report, account.quantity or "")))
        self._claim(row, account, self.held.get((account.report, account.claim or "")))
        self._review(row, account)
        return row

    def _source(self, row: dict[str, Any], account: Account) -> None:
        report = self.texts.get(account.report)
        if report is not None:
            row |= {"publisher": report.publisher.value, "text_sha256": report.text_sha256}
        party = self.parties.get(account.party_id or "")
        row |= {"source_id": account.party_id, "speaker": account.source}
        row["source_type"] = party.type if party else None
        statement = self.held.get((account.report, account.statement or ""))
        if isinstance(statement, Statement):
            row["speaker_party"] = statement.represents
            row["via"] = ";".join(relay.name for relay in statement.via)

    def _quantity(self, row: dict[str, Any], quantity: object) -> None:
        if isinstance(quantity, Quantity):
            row |= {
                "measure": quantity.measure,
                "unit": quantity.unit or quantity.what,
                "group_id": self.view.referents.group_of.get(quantity.id),
                "value_rule": quantity.rule,
                "value_text": quantity.text,
                "negated": quantity.negated,
            }

    def _claim(self, row: dict[str, Any], account: Account, claim: object) -> None:
        if not isinstance(claim, Claim):
            return
        row |= {"modality": claim.modality, "negated": claim.polarity == "denied"}
        row["date_start"], row["date_end"] = days(claim.when)
        row["date_prec"] = precision(claim.when)
        place = self.held.get((account.report, claim.places[0])) if claim.places else None
        if isinstance(place, Place):
            row |= {
                "place": place.canonical or place.name,
                "lat": place.lat,
                "lon": place.lon,
                "where_radius_km": place.radius_km,
            }

    def _review(self, row: dict[str, Any], account: Account) -> None:
        for name in (account.quantity, account.claim, account.statement):
            if name in self.view.status:
                row["review_status"] = self.view.status[name]
                if review := self.reviews.get(name):
                    row |= {"reviewer": review.by, "reviewed_on": review.at}
                return


def _last_reviews(view: View) -> dict[str, Review]:
    return {
        anchor.key: review
        for _, review in view.reviews
        for anchor in review.targets
        if anchor.key is not None
    }


def _cell(value: object) -> object:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else value


def _metadata(name: str, view: View) -> dict[str, Any]:
    """CSVW: unknown is the empty string, said once a column."""
    columns = [
        {"name": key, "titles": key, "dc:description": about, "datatype": kind, "null": "", "required": False}
        | ({"separator": ";"} if key in {"via", "supersedes"} else {})
        for key, (kind, about) in COLUMNS.items()
    ]
    columns[0]["required"] = True
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "url": name,
        "dc:title": f"Accounts in {view.name}",
        "dc:description": f"One row per account and question. {view.axes.words()}".strip(),
        "dialect": {
            "encoding": "utf-8",
            "header": True,
            "delimiter": ",",
            "quoteChar": '"',
            "doubleQuote": True,
        },
        "tableSchema": {"columns": columns, "primaryKey": "row_id"},
    }
