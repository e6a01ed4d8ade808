"""Agreements as told: parties, terms, who objects, and what is reported of the keeping of each term."""

from __future__ import annotations

from collections import defaultdict
from functools import partial

from standoff.model import Claim
from standoff.model.ids import derived_id
from standoff.reconcile.accounts import Told, claim_span
from standoff.reconcile.answers.blame import agreements_in
from standoff.reconcile.figures.questions import Open
from standoff.reconcile.shelf import Page, Shelf
from standoff.reconcile.tables.cited import Row
from standoff.reconcile.tables.keeping import Deal, Kept, keeping_of, standing
from standoff.reconcile.wording import answer_words


def agreement_rows(shelf: Shelf, questions: list[Open]) -> list[Row]:
    """One row an agreement, in the order of its first telling."""
    deals = _deals(shelf)
    told = keeping_of(shelf, deals)
    judged = _judged(questions)
    return [_row(shelf, deal, told.get(deal.key, []), judged.get(deal.incident or "", [])) for deal in deals]


def _deals(shelf: Shelf) -> list[Deal]:
    """Agreements by the incident that the record holds them to be, else each by itself; with their terms."""
    members: dict[str, list[tuple[Page, Claim]]] = defaultdict(list)
    of_claim: dict[tuple[str, str], str] = {}
    for page in shelf.pages:
        for claim in shelf.of_page(page, "agreements", partial(agreements_in, page)):
            key = shelf.incident(claim.id, claim.incident) or f"{page.report.id}|{claim.id}"
            members[key].append((page, claim))
            of_claim[page.report.id, claim.id] = key
    terms: dict[str, list[tuple[Page, Claim]]] = defaultdict(list)
    for page in shelf.pages:
        for claim in shelf.of_page(page, "terms", partial(_terms_in, page)):
            about = of_claim.get((page.report.id, claim.of or ""))
            if about:
                terms[about].append((page, claim))
    return [Deal(shelf, key, told, terms[key]) for key, told in members.items()]


def _terms_in(page: Page) -> list[Claim]:
    return [claim for claim in page.reading.claims if claim.type == "TERM"]


def _judged(questions: list[Open]) -> dict[str, list[Told]]:
    """Judgements by the incident of what they judge."""
    found: dict[str, list[Told]] = defaultdict(list)
    for each in questions:
        if each.question.kind == "legitimacy" and each.question.incident:
            found[each.question.incident] += each.told
    return found


def _row(shelf: Shelf, deal: Deal, told: list[Kept], judged: list[Told]) -> Row:
    page, claim = deal.members[0]
    span = claim_span(page, claim)
    terms = [_term(shelf, deal, n, where, each, told) for n, (where, each) in enumerate(deal.terms)]
    overall = [each for each in told if each.term is None]
    opposed, endorsed = _named(told, judged)
    return {
        "id": derived_id("ag", *(each.id for _, each in deal.members), page.report.id),
        "incident": deal.incident,
        "parties": list(deal.parties.values()),
        "when": next((each.when for _, each in deal.members if each.when), None),
        "standing": standing(told),
        "standing_told": [each.row for each in overall],
        "terms": [row for row in terms if row["kind"] == "term"],
        "breaches": [_breach(each) for each in told if each.verdict == "broken"]
        + [row for row in terms if row["kind"] == "breach"],
        "endorsed_by": endorsed,
        "denounced_by": opposed,
        "objections": [each.row for each in told if each.verdict == "objected"],
        "reports": list(dict.fromkeys(where.report.id for where, _ in (*deal.members, *deal.terms))),
        "text": page.text[span[0] : span[1]] if span else None,
        "report": page.report.id,
        "span": span,
        "claims": list(dict.fromkeys(each.id for _, each in deal.members)),
    }


def _named(told: list[Kept], judged: list[Told]) -> tuple[list[str], list[str]]:
    """Who is against the agreement and who is for it, each once, in order of telling."""
    against = [each.label for each in judged if each.account.answer == answer_words("wrong")]
    for_it = [each.label for each in judged if each.account.answer == answer_words("right")]
    against += [each.who for each in told if each.verdict == "objected" and each.who]
    for_it += [each.who for each in told if each.verdict == "endorsed" and each.who]
    return list(dict.fromkeys(against)), list(dict.fromkeys(for_it))


def _term(shelf: Shelf, deal: Deal, n: int, page: Page, claim: Claim, told: list[Kept]) -> Row:
    """A term with what is reported of its keeping; a term told as denied is a breach."""
    span = claim_span(page, claim)
    mine = [each for each in told if each.term == n]
    broken = claim.polarity == "denied" or claim.mode == "breach"
    return {
        "kind": "breach" if broken else "term",
        "text": page.text[span[0] : span[1]] if span else None,
        "modality": claim.modality,
        "owed_by": [shelf.name(shelf.actor(page, each), each.name) for each in claim.actors],
        "keeping": standing(mine),
        "told": [each.row for each in mine],
        "report": page.report.id,
        "span": span,
        "claim": claim.id,
    }


def _breach(kept: Kept) -> Row:
    """A breach as told, in the shape of a term."""
    row = kept.row
    return {
        "kind": "breach",
        "text": row["text"],
        "modality": "actual",
        "owed_by": [kept.by] if kept.by else [],
        "keeping": "broken",
        "told": [row],
        "report": row["report"],
        "span": row["span"],
        "claim": row["annotation"],
    }
