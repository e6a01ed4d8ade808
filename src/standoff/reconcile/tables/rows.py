"""Flat rows for the tables of access, harm and agreements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from standoff.model import Claim, Dispute
from standoff.model.ids import derived_id
from standoff.reconcile.accounts import Teller, Told, claim_span
from standoff.reconcile.answers.access import let_through
from standoff.reconcile.answers.blame import agreements_in
from standoff.reconcile.figures.aggregates import aggregate
from standoff.reconcile.figures.questions import Open
from standoff.reconcile.independence import independent_origins
from standoff.reconcile.shelf import Page, Shelf
from standoff.reconcile.wording import answer_words

Row = dict[str, object]
HARM = frozenset({"killed", "injured", "missing", "casualties"})
ENDORSING = {"SUPPORT": "endorsed", "REJECT": "denounced"}


def access_rows(shelf: Shelf, questions: list[Open]) -> list[Row]:
    """One row an account of aid let through or blocked, in time order."""
    rows = [
        _access(shelf, each, told)
        for each in questions if each.question.kind == "access"
        for told in each.told if told.claim
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (str(row["when"] or row["published"] or "9999"), str(row["id"])))


def _access(shelf: Shelf, each: Open, told: Told) -> Row:
    claim, page = told.claim, told.page
    assert claim is not None
    return {
        "id": told.id,
        "question": each.question.id,
        "when": claim.when,
        "published": page.published,
        "state": "let through" if let_through(claim) else "blocked",
        "by": [actor.name for actor in claim.actors],
        "to": [actor.name for actor in (*claim.recipients, *claim.targets)],
        "place": shelf.place_name(page, next(iter(claim.places), None)),
        "source": told.account.source,
        "report": page.report.id,
        "span": told.account.span,
        "text": told.account.text,
        "claim": claim.id,
        "statement": claim.statement,
    }


def harm_rows(shelf: Shelf, questions: list[Open], disputes: list[Dispute]) -> list[Row]:
    """One row an incident (or group, where no incident is known), role and scope of people harmed."""
    contested = {each.question_id for each in disputes if each.status == "open"}
    blamed = _blamed(shelf)
    rows: list[Row] = []
    for each in questions:
        subject = each.subject
        if subject is None or subject.role not in HARM or subject.modality != "actual":
            continue
        if subject.kind != "count" or subject.measure == "new":
            continue
        known = shelf.incidents.get(subject.incident or "")
        figure = aggregate(each.question, "minmax")
        rows.append(
            {
                "id": derived_id("hm", each.question.id),
                "question": each.question.id,
                "incident": subject.incident,
                "when": known.when if known else None,
                "place": shelf.place_name(None, known.place) if known else None,
                "group": each.name,
                "group_id": each.question.group,
                "harm": subject.role,
                "status": subject.status,
                "sex": subject.sex,
                "age": subject.age,
                "scope": each.question.scope,
                "low": figure.low,
                "high": figure.high,
                "rule": f"{figure.rule}-{figure.version}",
                "said_to_be_responsible": blamed.get(subject.incident or "", []),
                "disputed": each.question.id in contested,
                "sources": list(dict.fromkeys(told.label for told in each.told)),
                "origins": independent_origins(each.told),
                "accounts": [told.id for told in each.told],
            }
        )
    return rows


def _blamed(shelf: Shelf) -> dict[str, list[Row]]:
    """Who is said to have done each incident, by whom, affirmed or denied."""
    found: dict[str, list[Row]] = defaultdict(list)
    for page in shelf.pages:
        for claim in page.reading.claims:
            incident = shelf.incident(claim.id, claim.incident)
            named = (
                claim.actors
                if claim.type == "ASSAULT"
                else claim.recipients
                if claim.type == "ACCUSE"
                else ()
            )
            statement = page.statements.get(claim.statement or "")
            for actor in named if incident else ():
                row: Row = {
                    "party": shelf.name(shelf.actor(page, actor), actor.name),
                    "by": statement.party if statement and statement.voice == "source" else page.publisher,
                    "polarity": claim.polarity,
                    "claim": claim.id,
                }
                if incident and row not in found[incident]:
                    found[incident].append(row)
    return found


def agreement_rows(shelf: Shelf, teller: Teller, questions: list[Open]) -> list[Row]:
    """One row an agreement: its parties, date, terms, what was reported broken, who is for and against."""
    deals: dict[str, list[tuple[Page, Claim]]] = defaultdict(list)
    for page in shelf.pages:
        for claim in agreements_in(page):
            incident = shelf.incident(claim.id, claim.incident)
            deals[incident or f"{page.report.id}|{claim.id}"].append((page, claim))
    judged = _judged(questions)
    return [_agreement(shelf, key, members, judged) for key, members in deals.items()]


def _judged(questions: list[Open]) -> dict[str, list[Told]]:
    """Judgements by the incident of what they judge."""
    found: dict[str, list[Told]] = defaultdict(list)
    for each in questions:
        if each.question.kind == "legitimacy" and each.question.incident:
            found[each.question.incident] += each.told
    return found


def _agreement(
    shelf: Shelf, key: str, members: list[tuple[Page, Claim]], judged: dict[str, list[Told]]
) -> Row:
    page, claim = members[0]
    incident = shelf.incident(claim.id, claim.incident)
    span = claim_span(page, claim)
    parties = dict.fromkeys(
        shelf.name(shelf.actor(where, actor), actor.name)
        for where, each in members for actor in (*each.actors, *each.recipients)
    )  # fmt: skip
    terms = [term for where, each in members for term in _terms(where, each)]
    told = judged.get(incident or "", [])
    return {
        "id": derived_id("ag", *(each.id for _, each in members), page.report.id),
        "incident": incident,
        "parties": list(parties),
        "when": next((each.when for _, each in members if each.when), None),
        "terms": [row for row in terms if row["kind"] == "term"],
        "breaches": [row for row in terms if row["kind"] == "breach"],
        "endorsed_by": _names(told, "right"),
        "denounced_by": _names(told, "wrong"),
        "reports": list(dict.fromkeys(where.report.id for where, _ in members)),
        "text": page.text[span[0] : span[1]] if span else None,
        "report": page.report.id,
        "claims": list(dict.fromkeys(each.id for _, each in members)),
    }


def _names(told: list[Told], verdict: str) -> list[str]:
    return list(dict.fromkeys(each.label for each in told if each.account.answer == answer_words(verdict)))


def _terms(page: Page, deal: Claim) -> Iterator[Row]:
    """Terms of a deal in its report; a denied one is told as a breach."""
    for claim in page.reading.claims:
        if claim.type == "TERM" and claim.of == deal.id:
            span = claim_span(page, claim)
            yield {
                "kind": "breach" if claim.polarity == "denied" or claim.mode == "breach" else "term",
                "text": page.text[span[0] : span[1]] if span else None,
                "modality": claim.modality,
                "report": page.report.id,
                "span": span,
                "claim": claim.id,
            }
