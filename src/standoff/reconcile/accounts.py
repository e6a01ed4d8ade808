"""Accounts: who told a quantity or claim, in which report, when, of what time, through whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import msgspec

from standoff.model import Account, Actor, Axes, Claim, Place, Quantity, Span, Statement
from standoff.model.ids import derived_id, slug
from standoff.model.spans import contains, hull, trim
from standoff.model.when import last_day
from standoff.reconcile.carried import carried_over
from standoff.reconcile.figures.figure import Figure, denies, make_figure
from standoff.reconcile.kept import Fresh, Watched, differing
from standoff.reconcile.moments import day_of, starts_after
from standoff.reconcile.partisan import issuers_of, sides_of
from standoff.reconcile.shelf import Page, Shelf, remember
from standoff.reconcile.wording import say


@dataclass(frozen=True, slots=True)
class Told:
    """An account with what is needed to compare it.

    ``key`` is equal for accounts of one source; ``speaker``/``principal`` are party ids (None for own voice
    and unclear sources); ``through`` is the principal of the party that reported the speaker's words, when
    that is another; ``day`` is when it was said, else published; ``order`` sorts by day, publication, report
    and place in the text, never by name. ``relay`` is the party that first heard it, where the report names
    one; ``outlet`` who first published the words; ``side`` is what is compared where answers are words:
    accounts of one question with the same stand on one side.
    """

    account: Account
    page: Page
    key: str
    own: bool
    speaker: str | None
    principal: str | None
    through: str | None
    day: dt.date | None
    order: tuple[bool, str, str, str, int, int, str]
    figure: Figure
    quantity: Quantity | None = None
    claim: Claim | None = None
    negated: bool = False
    relay: str | None = None
    outlet: str | None = None
    of_event: bool = False
    side: str | None = None

    @property
    def held(self) -> str | None:
        """As of when the answer is said to hold; None where the time given is only the event's own."""
        return None if self.of_event else self.account.as_of

    @property
    def id(self) -> str:
        """The account's id."""
        return self.account.id

    @property
    def annotation(self) -> str:
        """Id of the quantity or claim it was read from."""
        return self.account.quantity or self.account.claim or self.account.statement or self.account.id

    @property
    def parties(self) -> tuple[str, ...]:
        """Ids of the speaker and of whom it speaks for."""
        return tuple(dict.fromkeys(each for each in (self.speaker, self.principal) if each))

    @property
    def moment(self) -> str | None:
        """The time the answer is about: as given, else the day it was said or published."""
        if self.held is not None:
            return self.held
        return self.day.isoformat() if self.day else None

    @property
    def label(self) -> str:
        """The source in words."""
        return self.account.source or (self.page.publisher or say("source", "own"))


@dataclass(frozen=True, slots=True)
class _Voice:
    """Who speaks in a statement."""

    key: str
    own: bool
    source: str | None
    speaker: str | None
    principal: str | None
    through: str | None
    said: str | None
    relay: str | None = None


def _voice(
    shelf: Shelf,
    page: Page,
    statement: Statement | None,
    sides: Mapping[str, str],
    issuers: Mapping[str, str],
) -> _Voice:
    if statement is None or statement.voice == "report":
        outlet = shelf.outlet(page)
        key = f"own:{slug(outlet)}" if outlet else f"own:{page.origin}"
        issuer = issuers.get(outlet or "")
        side = issuer if issuer and page.report.id in sides else sides.get(page.report.id)
        if side:  # what a side's own paper tells is what the side tells
            return _Voice(f"party:{side}", False, None, None, side, None, None)
        if issuer:  # a body that publishes under its name says itself what its report tells
            return _Voice(f"party:{issuer}", True, None, None, None, None, None)
        return _Voice(key, True, None, None, None, None, None)
    through = _through(shelf, page, statement)
    speaker = shelf.speaker(statement)
    if speaker is None:
        key = f"unclear:{page.origin}:{statement.id}"
        unclear = say("source", "unclear")
        return _Voice(
            key, False, unclear, None, None, through, statement.said, _relay(shelf, statement, through)
        )
    principal = shelf.principal(speaker, statement.represents)
    source = shelf.name(speaker, statement.party)
    through = through if through != principal else None
    relay = _relay(shelf, statement, through)
    return _Voice(f"party:{principal}", False, source, speaker, principal, through, statement.said, relay)


def _relay(shelf: Shelf, statement: Statement, through: str | None) -> str | None:
    """Who first heard the speaker, where the report says so: the start of the chain of relays."""
    return shelf.party_called(statement.via[0].name) if statement.via else through


def _through(shelf: Shelf, page: Page, statement: Statement) -> str | None:
    """Principal of the party that the nearest enclosing statement credits."""
    parent = page.statements.get(statement.parent or "")
    speaker = shelf.speaker(parent) if parent else None
    return shelf.principal(speaker, parent.represents if parent else None) if speaker else None


class Teller:
    """Makes accounts; keeps the voice of each statement so that it is worked out once."""

    def __init__(self, shelf: Shelf, axes: Axes) -> None:
        self.shelf = shelf
        self.until = last_day(axes.as_of)
        self.sides, self.issuers = _tables(shelf)

    def _voice_of(self, page: Page, statement: str | None) -> _Voice:
        return self.shelf.of_page(
            page,
            ("voice", statement),
            lambda: _voice(self.shelf, page, page.statements.get(statement or ""), self.sides, self.issuers),
        )

    def _tell(
        self,
        page: Page,
        span: Span,
        annotation: str,
        statement: str | None,
        as_of: str | None,
        figure: Figure,
        quantity: Quantity | None = None,
        claim: Claim | None = None,
        answer: str | None = None,
        facet: str = "number",
        denied: bool = False,
        carried: bool = False,
    ) -> Told | None:
        """The account, or None when it lies after the date that the view is cut at."""
        voice = self._voice_of(page, statement)
        if starts_after(as_of or voice.said or page.published, self.until):
            return None
        day = day_of(voice.said, page.published)
        account = Account(
            id=derived_id("ac", page.report.id, annotation, facet),
            report=page.report.id,
            span=span,
            text=page.text[span[0] : span[1]],
            source=voice.source,
            party_id=voice.speaker,
            origin=page.origin,
            said=voice.said,
            as_of=as_of,
            published=page.published,
            statement=statement,
            low=quantity.low if quantity else None,
            high=quantity.high if quantity else None,
            best=quantity.best if quantity else None,
            low_open=quantity.low_open if quantity else False,
            high_open=quantity.high_open if quantity else False,
            approximate=quantity.approximate if quantity else False,
            answer=answer,
            quantity=quantity.id if quantity else None,
            claim=claim.id if claim else None,
            carried=carried,
        )
        first = day.isoformat() if day else ""
        order = (day is None, first, page.published or "", page.report.id, span[0], span[1], annotation)
        negated = denies(quantity) if quantity else claim is not None and claim.polarity == "denied"
        negated = negated or denied
        outlet = self.shelf.outlet(page)
        return Told(
            account, page, voice.key, voice.own, voice.speaker, voice.principal, voice.through,
            day, order, figure, quantity, claim, negated, voice.relay,
            self.shelf.party_called(outlet) if outlet else None,
        )  # fmt: skip

    def of_quantity(self, page: Page, quantity: Quantity, answer: str) -> Told | None:
        """Account of a quantity."""
        return self.shelf.of_page(
            page, ("count", quantity.id, answer), lambda: self._of_quantity(page, quantity, answer)
        )

    def _of_quantity(self, page: Page, quantity: Quantity, answer: str) -> Told | None:
        figure = make_figure(
            quantity.low, quantity.high, quantity.best,
            low_open=quantity.low_open, high_open=quantity.high_open,
            approximate=quantity.approximate, whole=quantity.kind == "count",
        )  # fmt: skip
        claim = page.claim_of.get(quantity.id)
        span = (quantity.start, quantity.end)
        known = self._in_body(page).get(quantity.id)
        carried = None if known else carried_over(self.shelf, page).get(quantity.id)
        statement = known or carried or quantity.statement
        return self._tell(
            page, span, quantity.id, statement, quantity.as_of, figure, quantity, claim, answer,
            carried=carried is not None,
        )  # fmt: skip

    def _in_body(self, page: Page) -> dict[str, str]:
        """The statement to which the body of a report gives a figure of its headline, by the count's id:
        where one source alone gives it there, the headline only repeats it."""
        return self.shelf.of_page(page, "in body", lambda: self._repeated(page))

    def _repeated(self, page: Page) -> dict[str, str]:
        ends = page.text.find("\n")
        told: dict[tuple[object, ...], list[Quantity]] = {}
        for quantity in page.reading.quantities if ends > 0 else ():
            told.setdefault(_same_count(quantity), []).append(quantity)
        found: dict[str, str] = {}
        for counts in told.values():
            body = [each for each in counts if each.start > ends]
            voices = {self._voice_of(page, each.statement).key: each for each in body}
            if len(voices) == 1 and body[0].statement and not self._voice_of(page, body[0].statement).own:
                found.update({each.id: body[0].statement for each in counts if each.end <= ends})
        return found

    def of_claim(self, page: Page, claim: Claim, answer: str, facet: str) -> Told | None:
        """Account of a claim that answers a question of kind ``facet`` with ``answer``."""
        return self.shelf.of_page(
            page, ("claim", claim.id, answer, facet), lambda: self._of_claim(page, claim, answer, facet)
        )

    def _of_claim(self, page: Page, claim: Claim, answer: str, facet: str) -> Told | None:
        span = claim_span(page, claim)
        if span is None:
            return None
        told = self._tell(
            page, span, claim.id, claim.statement, claim.when, NOTHING, None, claim, answer, facet
        )
        accuser = _accuser(page, claim, span) if told and told.own else None
        if told is None or accuser is None:
            return told
        return as_told_of(self.shelf, told, self.shelf.actor(page, accuser), accuser.name)

    def of_statement(self, page: Page, statement: Statement, answer: str, facet: str) -> Told | None:
        """Account of a whole statement by its stance, where no claim was drawn from it."""
        if not statement.content:
            return None
        span = hull(statement.content)
        return self._tell(page, span, statement.id, statement.id, None, NOTHING, answer=answer, facet=facet)

    def of_words(
        self,
        page: Page,
        span: Span,
        statement: Statement | None,
        answer: str,
        facet: str,
        *,
        denied: bool = False,
    ) -> Told | None:
        """Account of some words of a statement, or of the report's own voice (None), where no claim is
        meant."""
        spoken = statement or page.own_voice
        key = f"{spoken.id if spoken else page.report.id}:{span[0]}-{span[1]}"
        within = spoken.id if spoken else None
        return self._tell(page, span, key, within, None, NOTHING, answer=answer, facet=facet, denied=denied)


def _tables(shelf: Shelf) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """See `sides_of` and `issuers_of`; look-ups in them are noted where the shelf's are, and pages whose side
    or issuer is another now are other pages."""
    found = {"sides": sides_of(shelf), "issuers": issuers_of(shelf)}
    kept = shelf.kept
    if isinstance(kept, Fresh):
        return found["sides"], found["issuers"]
    for name, table in found.items():
        kept.change(differing(name, kept.last.get(name, {}), table))
    shelf.renew()
    remember(shelf)
    kept.last.update(found)
    return Watched("sides", found["sides"], kept.watch), Watched("issuers", found["issuers"], kept.watch)


def _same_count(quantity: Quantity) -> tuple[object, ...]:
    """What two counts of one report share where one repeats the other: their figure and role."""
    return quantity.kind, quantity.role, quantity.low, quantity.high, quantity.best, quantity.negated


def as_told_of(shelf: Shelf, told: Told, party: str, name: str) -> Told:
    """The account with a party in the report's place: what the party did, as the report tells it."""
    principal = shelf.principal(party)
    account = msgspec.structs.replace(told.account, source=shelf.name(party, name), party_id=party)
    key = f"party:{principal}"
    return replace(told, key=key, own=False, speaker=party, principal=principal, account=account)


def _accuser(page: Page, claim: Claim, span: Span) -> Actor | None:
    """Who accuses, where the report itself tells of an accusation: what is alleged is theirs, not its own."""
    for other in page.reading.claims:
        if other.type != "ACCUSE" or not other.actors or other.statement != claim.statement:
            continue
        if other.id == claim.id or any(contains(piece, span) for piece in other.evidence):
            return other.actors[0]
    return None


NOTHING = Figure(None, None, None, False, False)


def one_source(a: Told, b: Told) -> bool:
    """Whether two accounts come from one side: one source, a party both speak for, or one name."""
    if a.key == b.key or set(a.parties) & set(b.parties):
        return True
    return a.speaker is not None and b.speaker is not None and a.account.source == b.account.source


def claim_span(page: Page, claim: Claim) -> Span | None:
    """The words a claim rests on: its evidence, else its trigger, else its statement's content."""
    if claim.evidence:
        return trim(page.text, hull(claim.evidence))
    if claim.trigger:
        return claim.trigger
    statement = page.statements.get(claim.statement or "")
    return hull(statement.content) if statement and statement.content else None


def place_of(page: Page, quantity: Quantity) -> Place | None:
    """The place annotation a quantity names, if any."""
    return page.places.get(quantity.place or "")


def in_order(told: list[Told]) -> list[Told]:
    """Accounts by when they were told."""
    return sorted(told, key=lambda each: each.order)


def each_claim(shelf: Shelf) -> Iterator[tuple[Page, Claim]]:
    """All claims with their pages, in the order of pages."""
    for page in shelf.pages:
        for claim in page.reading.claims:
            yield page, claim
