"""Routes, crossings, aid and deliveries: who says they are open or shut, damaged, let through or blocked."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache, partial

from standoff import vocab
from standoff.model import Claim, Span
from standoff.model.ids import derived_id
from standoff.reconcile.accounts import Teller, Told, claim_span
from standoff.reconcile.answers.access import let_through
from standoff.reconcile.answers.times import factual_in
from standoff.reconcile.figures.questions import Open
from standoff.reconcile.prose import sentence_around
from standoff.reconcile.shelf import Page, Shelf
from standoff.reconcile.tables.cited import Row
from standoff.reconcile.tables.heads import head_noun, singular
from standoff.reconcile.tables.since import since_in
from standoff.reconcile.wording import WORD

STATES = {
    ("route", True): "open", ("route", False): "closed", ("delivery", True): "delivered",
    ("delivery", False): "not delivered", ("passage", True): "let through", ("passage", False): "blocked",
}  # fmt: skip
"""A row's state by what it is about and whether it passes; see also `_state`."""
OPENING = {"open": True, "close": False}
"""Modes of claims that a way was opened or closed."""
GOODS = ("aid", "aid_carriers", "vehicles")
"""Lists of nouns for what is delivered and what it comes in."""
HITTING = frozenset({None, "aerial", "destroy", "explosives", "heavy-weapons", "drone"})
"""Modes of an ASSAULT that a road or a bridge can be the target of."""


@cache
def routes() -> frozenset[str]:
    """Words for ways, each with its rough singular."""
    listed = vocab.words("en/situations", "route_words")
    return listed | {singular(word) for word in listed}


def routes_of(claim: Claim) -> list[str]:
    """Names of the ways that a claim hits, opens or shuts, as its words name them."""
    return list(dict.fromkeys(each.name for each in claim.targets if is_route(each.name)))


@lru_cache(maxsize=65536)
def is_route(name: str) -> bool:
    """Whether a name or description is of a way: a road, a crossing, a port."""
    words = [word.casefold() for word in WORD.findall(name)]
    last = [*words[-1:], " ".join(words[-2:])]
    return any(word in routes() or singular(word) in routes() for word in last)


def access_rows(shelf: Shelf, teller: Teller, questions: list[Open]) -> list[Row]:
    """One row an account, in the order of the time that it is about, else of its telling."""
    access = [each for each in questions if each.question.kind == "access"]
    asked = {told.id: (each, told) for each in access for told in each.told}
    told_claims = {(told.page.report.id, told.account.claim) for _, told in asked.values()}
    rows = [
        _row(shelf, told, each.question.id)
        for each, told in asked.values()
        if told.claim and not _no_goods(told.claim)
    ]
    for page in shelf.pages:
        found = shelf.of_page(page, "accessible", partial(_told_in, teller, page))
        rows.extend(
            _row(shelf, told, None)
            for told in found
            if (page.report.id, told.account.claim) not in told_claims
        )
    return sorted(_once(rows), key=_when)


def _told_in(teller: Teller, page: Page) -> list[Told]:
    """What one page tells of access."""
    about = (each for each in factual_in(page) if kind_of(page, each) and not _no_goods(each))
    return [told for each in about if (told := teller.of_claim(page, each, "", "access"))]


def _once(rows: list[Row]) -> Iterator[Row]:
    """Rows with the copies of one origin taken together: the first published stands for all."""
    first: dict[tuple[object, ...], Row] = {}
    for row in sorted(rows, key=lambda row: (str(row["published"] or "9999"), str(row["report"]))):
        words = _plain(str(row["text"]))
        kept = first.setdefault((row["origin"], words, row["state"], row["source"]), row)
        if kept is row:
            yield row
        elif isinstance(copies := kept["copies"], list):
            copies.append({"id": row["id"], "report": row["report"]})


@lru_cache(maxsize=65536)
def _plain(text: str) -> str:
    return " ".join(WORD.findall(text))


def _when(row: Row) -> tuple[str, str, str, str]:
    """By the time that it is about, else that of the telling; then by publication, report and id."""
    told = row["when"] or row["said"] or row["published"] or "9999"
    return str(told), str(row["published"] or "9999"), str(row["report"]), str(row["id"])


def kind_of(page: Page, claim: Claim) -> str | None:
    """What a claim is about: a route, a delivery, the arrival of what carries goods, passage; None for what
    is no matter of access."""
    struck = claim.type == "ASSAULT" and claim.mode in HITTING
    if (struck or let_through(claim) is not None) and routes_of(claim):
        return "route"
    if routes_of(claim) and claim.mode in OPENING:
        return "route"
    if claim.type == "MOVE" and claim.mode == "arrive" and _carriers(page, claim):
        return "arrival"
    if claim.type == "AID":
        return "passage" if _by_leave(page, claim) else "delivery"
    return "passage" if let_through(claim) is not None else None


def _by_leave(page: Page, claim: Claim) -> bool:
    """Whether the words tell of leave given ("have been allowing trucks to bring food")."""
    at = claim.trigger
    allowing = vocab.load("en/situations")["routes"]["allowing"]
    return at is not None and page.text[at[0] : at[1]].casefold() in allowing


def _state(page: Page, claim: Claim, kind: str) -> str:
    """In words. That a thing was not blocked, or not damaged, does not say that it is open."""
    if claim.type == "ASSAULT":
        word = "damaged" if claim.mode == "destroy" else "hit"  # that a bridge was bombed says no more
        return word if claim.polarity == "affirmed" else f"not {word}"
    if kind == "arrival":
        return "arrived" if claim.polarity == "affirmed" else "not arrived"
    if claim.mode in OPENING:
        word = STATES[kind, OPENING[claim.mode]]
        return word if claim.polarity == "affirmed" else f"not {word}"
    if claim.type == "COERCE" and claim.polarity == "denied":
        return "not closed" if kind == "route" else "not blocked"
    return STATES[kind, bool(let_through(claim))]


def _row(shelf: Shelf, told: Told, question: str | None) -> Row:
    page = shelf.now(told.page)  # what was delivered is a count
    plain = shelf.of_page(page, ("access row", told.id, told.side), partial(_plain_row, shelf, page, told))
    return {**plain, "question": question, "copies": []}


def _plain_row(shelf: Shelf, page: Page, told: Told) -> Row:
    assert told.claim is not None
    claim = page.claims[told.claim.id]
    kind = kind_of(page, claim) or "passage"
    began = since_in(page, _sentence(page, told.account.span))
    ways = routes_of(claim)
    what, to = _what_and_whom(claim, kind)
    return {
        "id": told.id,
        "question": None,
        "kind": kind,
        "when": claim.when,
        "since": began.when if began else None,
        "since_text": page.text[began.span[0] : began.span[1]] if began else None,
        "said": told.account.said,
        "published": page.published,
        "state": _state(page, claim, kind),
        "what": ways or what,
        "by": [] if kind == "arrival" else [actor.name for actor in claim.actors],
        "to": to,
        "place": shelf.place_name(page, next(iter(claim.places), None)),
        "incident": shelf.incident(claim.id, claim.incident),
        "flow": _flow(page, claim) if kind in {"delivery", "arrival"} else None,
        "source": told.account.source,
        "origin": page.origin,
        "copies": [],
        "report": page.report.id,
        "span": told.account.span,
        "text": told.account.text,
        "claim": claim.id,
        "statement": claim.statement,
    }


@cache
def _word_list(name: str) -> frozenset[str]:
    return frozenset(vocab.words("en/event_nouns", name))


def _is(name: str, *lists: str) -> bool:
    """Whether a description turns on a word of one of the lists of nouns."""
    words = {form for word in WORD.findall(name) for form in (word.casefold(), singular(word.casefold()))}
    return any(words & _word_list(each) for each in lists)


def _no_goods(claim: Claim) -> bool:
    """Whether what is "given" or "carried out" is named and is no goods: an ultimatum, a work."""
    named = [noun for each in (*claim.targets, *claim.instruments) if (noun := head_noun(each.name))]
    goods = any(_is(each, *GOODS) and not _is(each, "bodies") for each in named)
    return claim.type == "AID" and bool(named) and not goods


def _carriers(page: Page, claim: Claim) -> bool:
    """Whether what arrives is what goods come in, in a sentence that speaks of no fighters."""
    span = claim_span(page, claim)
    if span is None or not any(_is(each.name, "aid_carriers") for each in claim.actors):
        return False
    start, end = _sentence(page, span)
    return not _is(page.text[start:end], "armed")


def _what_and_whom(claim: Claim, kind: str) -> tuple[list[str], list[str]]:
    """What is carried or moves, and for whom or whither it is. Goods and what carries them are the first;
    of what is let through the rest is where it goes, of what is delivered the recipient."""
    names = dict.fromkeys(each.name for each in (*claim.targets, *claim.instruments))
    if kind == "arrival":
        return [each.name for each in claim.actors], [*names]
    if claim.type == "AID" and not claim.recipients:
        return [*names], []
    goods = [each for each in names if _is(each, *GOODS) and each not in _ends(claim)]
    others = [each for each in names if each not in goods and not is_route(each)]
    to = list(dict.fromkeys(each.name for each in claim.recipients))
    if not goods:
        return others, to
    return (goods, to or others)


def _ends(claim: Claim) -> frozenset[str]:
    """Vehicles named after the goods that are let through: where those go ("food to reach the train")."""
    placed = [(min(each.mentions)[0], each.name) for each in claim.targets if each.mentions]
    first = min((start for start, name in placed if _is(name, "aid")), default=None)
    if first is None or claim.type == "AID":
        return frozenset()
    return frozenset(name for start, name in placed if start > first and not _is(name, "aid"))


def _flow(page: Page, claim: Claim) -> Row | None:
    """A delivery as a flow: how much or how many of what arrived. A denied delivery is a flow of none."""
    held = (page.quantities[each] for each in claim.quantities if each in page.quantities)
    counted = [each for each in held if each.kind in {"count", "measure", "money"}]
    return {
        "id": derived_id("fl", page.report.id, claim.id),
        "none": claim.polarity == "denied",
        "at": claim.when,
        "counts": [
            {"quantity": each.id, "text": each.text, "what": each.what or each.unit, "low": each.low,
             "high": each.high, "best": each.best}
            for each in counted
        ],
    }  # fmt: skip


def _sentence(page: Page, span: Span) -> Span:
    return sentence_around(page.text, span)
