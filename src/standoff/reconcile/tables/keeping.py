"""Is a deal kept? The accounts that it, or a term of it, was kept, broken, suspended or objected to."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, partial
from typing import NamedTuple

from standoff import vocab
from standoff.model import Claim, Mention, Quantity, Span
from standoff.model.spans import contains
from standoff.reconcile.accounts import claim_span
from standoff.reconcile.prose import sentence_around
from standoff.reconcile.shelf import Page, Shelf
from standoff.reconcile.tables.cited import Row, cite, source_of, statement_at
from standoff.reconcile.wording import WORD, content_words

VERDICTS = ("kept", "broken", "suspended")
CLAIMED = {"violate": "broken", "breach": "broken", "withdraw": "suspended", "collapse": "suspended"}
"""Mode of a REJECT claim about a deal -> what it says of the deal."""
FLIPPED = {"kept": "broken", "broken": "kept"}
AROUND = 40
"""Characters on either side of a count within which it is looked for whether it is only planned."""
NEAR = 3
"""Words before a cue within which it is negated or only planned."""
MOST_TERMS = 50
"""Terms of one deal that accounts are held against, those told first; the rest are listed without."""
LAST_TERMS = 6
"""Terms told of before a count that it is held against, the latest ones."""
SHARED = 2
"""Content words that a term and an account of keeping or breaking must share to be about one thing."""


@dataclass
class Deal:
    """One agreement: where it is told, and its terms in the order of telling."""

    shelf: Shelf
    key: str
    members: list[tuple[Page, Claim]]
    terms: list[tuple[Page, Claim]]
    incident: str | None = field(init=False)
    parties: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        page, first = self.members[0]
        self.incident = self.shelf.incident(first.id, first.incident)
        self.parties = {}
        self._spans: dict[str, list[Span]] = defaultdict(list)
        for page, claim in (*self.members, *self.terms):
            if span := claim_span(page, claim):
                self._spans[page.report.id].append(span)
        for page, claim in self.members:
            for each in (*claim.actors, *claim.recipients):
                party = self.shelf.principal(self.shelf.actor(page, each))
                self.parties.setdefault(party, self.shelf.name(self.shelf.actor(page, each), each.name))

    def holds(self, page: Page, sentence: Span) -> bool:
        """Whether a sentence is one that tells of the deal or of a term: what was agreed, not its keeping."""
        return any(start < sentence[1] and sentence[0] < end for start, end in self._spans[page.report.id])

    @property
    def reports(self) -> frozenset[str]:
        """Reports that tell of the deal or of a term of it."""
        return frozenset(page.report.id for page, _ in (*self.members, *self.terms))


class Owed(NamedTuple):
    """A count that the ``n``-th term of a deal says is ``due``, and when it was ``told``."""

    told: str
    deal: Deal
    n: int
    due: Quantity


@dataclass(frozen=True)
class Kept:
    """One account of a deal's keeping. ``term`` is the place of the term in the deal, None for the whole;
    ``by`` whom it is said of, ``who`` says it; ``row`` the words, with the verdict."""

    verdict: str
    term: int | None
    by: str | None
    who: str | None
    row: Row


def standing(told: list[Kept]) -> str:
    """In a word, over all accounts: kept, kept in part, broken, disputed, suspended, nothing reported."""
    said = {each.verdict for each in told} & {*VERDICTS, "kept in part"}
    good = said & {"kept", "kept in part"}
    if "broken" in said and good:
        return "disputed"
    for verdict in ("suspended", "broken", "kept", "kept in part"):
        if verdict in said:
            return verdict
    return "nothing reported"


def keeping_of(shelf: Shelf, deals: list[Deal]) -> dict[str, list[Kept]]:
    """Accounts of the keeping of each deal, by its key, in the order of reports and of their text."""
    found: dict[str, list[Kept]] = defaultdict(list)
    if not deals:
        return found
    which = _Which(shelf, deals)
    for page in shelf.pages:
        said = shelf.of_page(page, "keeping", partial(_said_in, shelf, page))
        told = [
            (deal, _kept(shelf, deal, page, each)) for each in said if (deal := which.of(page, each.parties))
        ]
        seen: set[tuple[str, int, str]] = set()
        for deal, kept in sorted(told, key=lambda each: (_start(each[1]), each[1].row["annotation"] is None)):
            sentence = _sentence(shelf, page, _span(kept))
            own = deal.holds(page, sentence) and kept.verdict in VERDICTS
            if not own and (deal.key, sentence[0], kept.verdict) not in seen:
                seen.add((deal.key, sentence[0], kept.verdict))
                found[deal.key].append(kept)
    for key, kept in _carried_out(shelf, deals):
        found[key].append(kept)
    return found


class Said(NamedTuple):
    """What one page says of the keeping of some deal: of which ``parties``, whom it is said of (``by``), who
    says it."""

    verdict: str
    parties: list[str]
    by: str | None
    who: str | None
    row: Row
    span: Span


def _said_in(shelf: Shelf, page: Page) -> list[Said]:
    return [*_by_claims(shelf, page), *_by_words(shelf, page)]


def _sentence(shelf: Shelf, page: Page, span: Span) -> Span:
    return shelf.of_page(page, ("sentence", span), lambda: sentence_around(page.text, span))


def _span(kept: Kept) -> Span:
    span = kept.row["span"]
    assert isinstance(span, tuple)
    return span


def _start(kept: Kept) -> int:
    return _span(kept)[0]


class _Which:
    """Which deal words are about: the report's own, else that of a party they name, else the only one."""

    def __init__(self, shelf: Shelf, deals: list[Deal]) -> None:
        self.shelf, self.deals = shelf, deals
        self.by_report: dict[str, list[Deal]] = defaultdict(list)
        self.by_party: dict[str, list[Deal]] = defaultdict(list)
        for deal in deals:
            for report in deal.reports:
                self.by_report[report].append(deal)
            for party in deal.parties:
                self.by_party[party].append(deal)

    def of(self, page: Page, parties: list[str]) -> Deal | None:
        """The deal, or None where several would do or none does."""
        own = self.by_report.get(page.report.id, [])
        if own:
            found = own if len(own) == 1 else [each for each in own if each.parties.keys() & set(parties)]
        else:
            found = [deal for party in parties for deal in self.by_party.get(party, [])[:2]]
        named = {deal.key: deal for deal in found}
        if len(named) == 1:
            return next(iter(named.values()))
        return self.deals[0] if len(self.deals) == 1 and not own else None


# -- by claims ---------------------------------------------------------------------------------------


def _by_claims(shelf: Shelf, page: Page) -> Iterator[Said]:
    for claim in page.reading.claims:
        verdict = _verdict(claim)
        span = claim_span(page, claim)
        if verdict is None or span is None or claim.modality != "actual":
            continue
        about = [each.name for each in (*claim.targets, *claim.recipients)]
        if not any(_speaks_of_deal(name) for name in about):
            continue
        parties = [shelf.principal(shelf.actor(page, each)) for each in (*claim.actors, *claim.recipients)]
        actor = next(iter(claim.actors), None)
        by = shelf.name(shelf.actor(page, actor), actor.name) if actor else None
        row = cite(shelf, page, span, claim.statement, claim.id)
        judging = verdict in {"objected", "endorsed"}
        who = by if judging and by else _teller(row, page)
        yield Said(verdict, parties, by, who, row, span)


def _verdict(claim: Claim) -> str | None:
    if claim.type == "SUPPORT":
        return "endorsed" if claim.polarity == "affirmed" else "objected"
    if claim.type != "REJECT":
        return None
    verdict = CLAIMED.get(claim.mode or "")
    if verdict is None:
        return "objected" if claim.polarity == "affirmed" and claim.mode is None else None
    return verdict if claim.polarity == "affirmed" else FLIPPED.get(verdict)


def _speaks_of_deal(name: str) -> bool:
    return bool(_deal_words() & {word.casefold() for word in WORD.findall(name)})


@cache
def _deal_words() -> frozenset[str]:
    return frozenset(vocab.load("en/situations")["keeping"]["deals"])


def _teller(row: Row, page: Page) -> str | None:
    return str(row["source"]) if row["source"] else page.publisher


def _kept(shelf: Shelf, deal: Deal, page: Page, said: Said) -> Kept:
    whole = _sentence(shelf, page, said.span)
    term = _term_of(deal, page.text[whole[0] : whole[1]]) if said.verdict in {"kept", "broken"} else None
    row = {**said.row, "verdict": said.verdict, "of": said.by, "by": said.who}
    return Kept(said.verdict, term, said.by, said.who, row)


def _term_of(deal: Deal, words: str) -> int | None:
    """The term that shares most content words with an account, names of the parties left out."""
    common = frozenset(word for name in deal.parties.values() for word in content_words(name, 3))
    mine = content_words(words) - common - _deal_words()
    best, most = None, SHARED - 1
    for n, (page, claim) in enumerate(deal.terms[:MOST_TERMS]):
        span = claim_span(page, claim)
        shared = len(mine & content_words(page.text[span[0] : span[1]])) if span else 0
        if shared > most:
            best, most = n, shared
    return best


# -- by words ----------------------------------------------------------------------------------------


@cache
def _phrases() -> tuple[tuple[str, str], ...]:
    """Words of keeping and breaking with what they tell, longest first."""
    listed = vocab.load("en/situations")["keeping"]
    pairs = [(phrase, verdict) for verdict in VERDICTS for phrase in listed[verdict]]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def _told_in(text: str) -> list[tuple[Span, str]]:
    """Where a text has words of keeping and breaking, whatever their case, and what they tell; in text
    order, the longest where they overlap."""
    plain = text.lower()
    plain = plain if len(plain) == len(text) else text  # a few letters have no lower case of one sign
    found: list[tuple[Span, str]] = []
    for phrase, verdict in _phrases():
        start = plain.find(phrase)
        while start >= 0:
            end = start + len(phrase)
            whole = not (plain[start - 1 : start].isalnum() or plain[end : end + 1].isalnum())
            if whole and not any(a < end and start < b for (a, b), _ in found):
                found.append(((start, end), verdict))
            start = plain.find(phrase, end)
    return sorted(found)


@cache
def _not_so() -> tuple[frozenset[str], frozenset[str]]:
    """Words that negate what follows, and words that make it no fact."""
    cues = vocab.load("en/claim_cues")
    negating = frozenset([*cues["negators"], "denied", "denies", "denying", "n’t"])
    unreal = [*cues["future"], *cues["would"], *cues["possible"], *cues["obligation"], "if", "to"]
    return negating, frozenset(unreal)


def _by_words(shelf: Shelf, page: Page) -> Iterator[Said]:
    """Accounts told in words for keeping and breaking, in a sentence that speaks of a deal."""
    mentions = sorted(page.reading.mentions, key=lambda each: each.start)
    starts = [each.start for each in mentions]
    for span, told in _told_in(page.text):
        whole = sentence_around(page.text, span)
        words = page.text[whole[0] : whole[1]]
        if not _speaks_of_deal(words):
            continue
        before = [word.casefold() for word in WORD.findall(page.text[whole[0] : span[0]])][-NEAR:]
        negating, unreal = _not_so()
        if unreal & set(before):
            continue
        verdict = told
        if negating & set(before) or any(word.endswith("n't") for word in before):
            verdict = FLIPPED.get(verdict, "")
        if not verdict:
            continue
        statement = statement_at(page, span)
        speaker = shelf.speaker(page.statements[statement]) if statement else None
        near = mentions[bisect_right(starts, whole[0] - 1) : bisect_right(starts, span[0])]
        doer = _doer(shelf, near) or speaker
        parties = [shelf.principal(each) for each in (doer, speaker) if each]
        row = cite(shelf, page, whole, statement, None)
        by = shelf.name(doer) if doer else None
        who = source_of(shelf, page, statement) or page.publisher
        yield Said(verdict, parties, by, who, row, span)


def _doer(shelf: Shelf, mentions: list[Mention]) -> str | None:
    """The party last named before the words: whom they are said of."""
    for mention in reversed(mentions):
        party = shelf.referents.party_of.get(mention.id) or mention.party_id
        if party:
            return party
    return None


# -- by deeds ----------------------------------------------------------------------------------------


def _carried_out(shelf: Shelf, deals: list[Deal]) -> Iterator[tuple[str, Kept]]:
    """Counts told elsewhere of what a term counts: as many freed, or some, of those to be freed."""
    owed: dict[tuple[str, str], list[Owed]] = defaultdict(list)
    inside: set[tuple[str, str]] = set()
    for deal in deals:
        for n, (page, claim) in enumerate(deal.terms[:MOST_TERMS]):
            span = claim_span(page, claim)
            for quantity in page.reading.quantities:
                group = shelf.referents.group_of.get(quantity.id)
                if span and contains(span, (quantity.start, quantity.end)):
                    inside.add((page.report.id, quantity.id))
                    if group and quantity.kind == "count":
                        owed[group, _term_role(page, span)].append(
                            Owed(page.published or "", deal, n, quantity)
                        )
    for terms in owed.values():
        terms.sort(key=lambda each: each.told)
    for page in shelf.pages:
        for quantity in page.reading.quantities:
            group = shelf.referents.group_of.get(quantity.id)
            role = quantity.role or ""
            if not group or (page.report.id, quantity.id) in inside or quantity.kind != "count":
                continue
            before = _told_before(owed.get((group, role), []), page)
            done = ("done", quantity.id)
            if before and bool(shelf.of_page(page, done, partial(_is_done, page, quantity))):
                for each in before:
                    yield each.deal.key, _done(shelf, page, quantity, each.due, each.n)


def _told_before(owed: list[Owed], page: Page) -> list[Owed]:
    """The last few terms told of before a report: a count of what was done is held against these only."""
    end = bisect_right(owed, page.published or "9999", key=lambda each: each.told)
    return owed[max(0, end - LAST_TERMS) : end]


def _is_done(page: Page, quantity: Quantity) -> bool:
    """Whether a count tells of what was done: no plan, and not of those who remain."""
    held = page.claim_of.get(quantity.id)
    if held is not None and held.modality != "actual":
        return False
    if quantity.relation is not None and quantity.relation.kind == "remainder":
        return False
    before = WORD.findall(page.text[max(0, quantity.start - AROUND) : quantity.start])[-NEAR:]
    after = WORD.findall(page.text[quantity.end : quantity.end + AROUND])[:NEAR]
    unreal = _not_so()[1] - {"to"}
    return not unreal & {word.casefold() for word in (*before, *after)}


def _term_role(page: Page, span: Span) -> str:
    """The role of counts that tell of a term being carried out, by what its words say is to be done."""
    words = {word.casefold() for word in WORD.findall(page.text[span[0] : span[1]])}
    acts = vocab.load("en/situations")["acts"]
    return next((role for role, verbs in acts.items() if words & set(verbs)), "")


def _done(shelf: Shelf, page: Page, quantity: Quantity, due: Quantity, n: int) -> Kept:
    span = _sentence(shelf, page, (quantity.start, quantity.end))
    wanted = due.low if due.low is not None else due.best
    most = quantity.high if quantity.high is not None else quantity.best
    verdict = "kept in part" if wanted is not None and most is not None and most < wanted else "kept"
    if quantity.negated:
        verdict = "broken"
    row = shelf.of_page(
        page,
        ("done row", quantity.id),
        lambda: cite(shelf, page, span, quantity.statement, quantity.id),
    )
    who = _teller(row, page)
    return Kept(verdict, n, None, who, {**row, "verdict": verdict, "of": None, "by": who})
