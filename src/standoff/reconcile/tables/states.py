"""Things that last and what is said of them: that they are so, since when, for how long, that they ended."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, partial
from typing import TypeVar

from standoff import vocab
from standoff.model import Claim, Span
from standoff.model.spans import contains
from standoff.reconcile.accounts import claim_span
from standoff.reconcile.moments import starts_after
from standoff.reconcile.prose import sentence_around
from standoff.reconcile.shelf import Page, Shelf
from standoff.reconcile.tables.cited import Row, cite, statement_at, told_on
from standoff.reconcile.tables.durations import Lasting, durations
from standoff.reconcile.tables.heads import head_noun
from standoff.reconcile.tables.since import WHOLE, Began, beginnings, end_of, since_in
from standoff.reconcile.tables.spread import Spread, spread_of
from standoff.reconcile.wording import definite

T = TypeVar("T")
Order = tuple[str, str, str, int]


@dataclass(frozen=True)
class State:
    """One account of a state: the days that it is about, and its words."""

    state: str
    as_of: str | None
    about: Spread
    order: Order
    row: Row
    key: str
    dated: bool = False

    @property
    def day(self) -> dt.date | None:
        """The last day that the account is about."""
        return self.about.latest or self.about.earliest


@dataclass(frozen=True)
class Begin:
    """A beginning as told."""

    when: str
    row: Row


@dataclass(frozen=True)
class Length:
    """A duration as told, and the days on which it was."""

    said: Lasting
    told: Spread
    row: Row


@dataclass
class Thing:
    """Something that lasts. ``family`` is what kind of state; ``key`` tells it from others of the record."""

    family: str
    key: str
    name: str
    order: Order = ("9999", "", "", 0)
    accounts: list[State] = field(default_factory=list)
    begins: list[Begin] = field(default_factory=list)
    lengths: list[Length] = field(default_factory=list)


@dataclass(frozen=True)
class _Stated:
    """A state that a claim tells of: of which thing, and where it stands."""

    span: Span
    family: str
    noun: str
    name: str
    state: State


@cache
def _names() -> dict[str, str]:
    found: dict[str, str] = vocab.load("en/situations")["states"]
    return found


def with_whole(thing: Thing) -> bool:
    """Whether it began with the situation where nothing else is said of its beginning."""
    with_it = vocab.load("en/situations")["lasting"]["with_whole"]
    return thing.family in with_it or thing.key in with_it or thing.key == WHOLE


def gather(shelf: Shelf, access: list[Row], agreements: list[Row], until: dt.date | None) -> list[Thing]:
    """All things of the record that last and of which a state, a beginning, an end or a duration is told."""
    made = _Things(shelf, until)
    for page in shelf.pages:
        made.read(page)
    made.of_access(access)
    made.of_agreements(agreements)
    return [each for each in made.things.values() if each.accounts or each.begins or each.lengths]


class _Things:
    """Things by family and key, filled in the order of pages."""

    def __init__(self, shelf: Shelf, until: dt.date | None) -> None:
        self.shelf, self.until = shelf, until
        self.things: dict[tuple[str, str], Thing] = {}
        self._lengths: set[tuple[str, str, str]] = set()
        self._dates = {page.report.id: page.published for page in shelf.pages}

    def thing(self, family: str, key: str, name: str, order: Order) -> Thing:
        """The thing of a key, made when it is first told of."""
        found = self.things.setdefault((family, key), Thing(family, key, name, order))
        found.order = min(found.order, order)
        return found

    def read(self, page: Page) -> None:
        """States, beginnings, ends and durations that one report tells of."""
        if starts_after(page.published, self.until):
            return
        held = [self._put(each) for each in self._each(page, "stated", self._stated)]
        for begun in self._each(page, "begun", self._begun):
            self._began(begun, held)
        for lasted in self._each(page, "lasted", self._durations):
            self._lasted(page, lasted, held)

    def _each(self, page: Page, what: str, work: Callable[[Page], Iterator[T]]) -> list[T]:
        return self.shelf.each_of_page(page, what, partial(work, page))

    def _put(self, told: _Stated) -> tuple[Span, Thing]:
        thing = self.thing(told.family, told.noun, told.name, told.state.order)
        thing.accounts.append(told.state)
        return told.span, thing

    def _stated(self, page: Page) -> Iterator[_Stated]:
        return (each for claim in page.reading.claims if (each := self._claim(page, claim)))

    def _claim(self, page: Page, claim: Claim) -> _Stated | None:
        """The state that a claim tells of."""
        told = _state_of(claim)
        span = claim_span(page, claim)
        if told is None or span is None or claim.modality != "actual":
            return None
        family, words = told
        who = next(iter((*claim.targets, *claim.recipients)), None)
        named = self._counted(page, claim) or (who.name if who else None)
        noun = head_noun(named) if named else None
        if noun is None or named is None:
            return None
        order = _order(page, claim.statement, span)
        if claim.polarity == "denied":
            words = f"not {words}"
        began = since_in(page, (span[0], span[1] + NEAR))
        when = claim.when if began is None or began.when != claim.when else None
        as_of = when or told_on(page, claim.statement)
        row = cite(self.shelf, page, span, claim.statement, claim.id)
        state = State(words, as_of, spread_of(as_of), order, row, claim.id, when is not None)
        return _Stated(span, family, noun, self._name(page, claim, named), state)

    def _counted(self, page: Page, claim: Claim) -> str | None:
        """What a claim's number counts, where its words leave that out ("the remaining 11")."""
        for each in claim.quantities:
            group = self.shelf.groups.get(self.shelf.referents.group_of.get(each, ""))
            quantity = page.quantities.get(each)
            if quantity is not None and quantity.kind == "count" and group is not None:
                return None if any(_says_what(each.name) for each in claim.targets) else group.name
        return None

    def _name(self, page: Page, claim: Claim, named: str) -> str:
        party = next((self.shelf.actor(page, each) for each in claim.targets if each.name == named), None)
        return definite(
            COUNT.sub("", self.shelf.name(party, named) if party and party in self.shelf.parties else named)
        )

    def _begun(self, page: Page) -> Iterator[tuple[Began, Order, Row]]:
        for began in beginnings(page):
            whole = sentence_around(page.text, began.span)
            statement = statement_at(page, began.span)
            row = cite(self.shelf, page, whole, statement, began.time)
            yield began, _order(page, statement, began.span), row

    def _began(self, begun: tuple[Began, Order, Row], held: list[tuple[Span, Thing]]) -> None:
        """A beginning belongs to the noun that began, else to the state told in the same sentence."""
        began, order, row = begun
        if began.noun is not None:
            self._of_noun(began.noun, order).begins.append(Begin(began.when, row))
            return
        for span, thing in held:
            if span[0] <= began.span[0] <= span[1] + NEAR:
                thing.begins.append(Begin(began.when, row))
                return

    def _of_noun(self, noun: str, order: Order) -> Thing:
        family = "situation" if noun == WHOLE else "lasting"
        return self.thing(family, noun, f"the {noun}", order)

    def _durations(self, page: Page) -> Iterator[tuple[Lasting, Row]]:
        for said in durations(page):
            quantity = said.quantity
            yield said, cite(self.shelf, page, said.span, quantity.statement, quantity.id)

    def _lasted(self, page: Page, lasted: tuple[Lasting, Row], held: list[tuple[Span, Thing]]) -> None:
        """A duration belongs to the state whose words hold it, else to the noun it is said of."""
        said, row = lasted
        quantity = said.quantity
        place = (quantity.start, quantity.end)
        order = _order(page, quantity.statement, place)
        inside = [(span[1] - span[0], n) for n, (span, _) in enumerate(held) if contains(span, place)]
        if inside:
            thing = held[min(inside)[1]][1]
        elif said.noun is not None:
            thing = self._of_noun(said.noun, order)
        else:
            return
        told = told_on(page, quantity.statement)
        same = (page.origin, page.text[said.span[0] : said.span[1]], quantity.text)
        if same in self._lengths:
            return  # a copy of one origin says it once
        self._lengths.add(same)
        thing.lengths.append(Length(said, spread_of(told), row))
        if said.noun is not None and not inside:
            self._noun_state(page, said, thing, order, told, row)

    def _noun_state(
        self, page: Page, said: Lasting, thing: Thing, order: Order, told: str | None, row: Row
    ) -> None:
        """That a lasting thing ended, where the words about its duration say so."""
        quantity = said.quantity
        if end_of(page, (quantity.start, quantity.end)) is None:
            return
        as_of = self._dated(page, quantity.start) or told
        thing.accounts.append(State("ended", as_of, spread_of(as_of), order, row, quantity.id, True))

    def _dated(self, page: Page, at: int) -> str | None:
        """The date of the claim whose words hold a place in the text."""
        for claim in page.reading.claims:
            if claim.when and any(start <= at < end for start, end in claim.evidence):
                return claim.when
        return None

    # -- access and agreements, by their rows

    def of_access(self, rows: list[Row]) -> None:
        """Whether aid comes through, by question; whether a route is open, by its noun."""
        for row in rows:
            what = row["what"]
            names = [str(each) for each in what] if isinstance(what, list) else []
            question = row["question"]
            if row["kind"] == "route" and names:
                noun = head_noun(names[0])
                key, name = (noun or names[0]), definite(names[0])
            elif question:
                key, name = str(question), _named("access", "to", row["to"])
            else:
                continue
            self._by_row("access", key, name, row, str(row["state"]), _text(row["when"]))

    def of_agreements(self, rows: list[Row]) -> None:
        """Whether an agreement is in force, as last told."""
        for row in rows:
            name = _named("agreement", "of", row["parties"])
            accounts = row["standing_told"]
            assert isinstance(accounts, list)
            self._by_row("agreement", str(row["id"]), name, row, "agreed", _text(row["when"]))
            made = self.things.get(("agreement", str(row["id"])))
            if made and row["when"]:
                made.begins.append(Begin(str(row["when"]), made.accounts[-1].row))
            for each in accounts:
                if each["verdict"] in KEEPING:
                    state = f"said to be {each['verdict']}"
                    self._by_row("agreement", str(row["id"]), name, each, state, None)

    def _by_row(self, family: str, key: str, name: str, row: Row, state: str, when: str | None) -> None:
        span = row["span"]
        if not isinstance(span, tuple):
            return
        as_of = when or _text(row.get("said")) or _text(row.get("published")) or self._published(row)
        order = (str(as_of or "9999"), str(row.get("published") or ""), str(row["report"]), int(span[0]))
        words: Row = {key: row.get(key) for key in CITED}
        words["annotation"] = row.get("annotation") or row.get("claim") or row.get("id")
        words["published"] = words["published"] or self._published(row)
        thing = self.thing(family, key, name, order)
        thing.accounts.append(State(state, as_of, spread_of(as_of), order, words, str(row.get("id", ""))))

    def _published(self, row: Row) -> str | None:
        return self._dates.get(str(row["report"]))


CITED = ("report", "span", "text", "source", "said", "published", "statement", "annotation")
COUNT = re.compile(r"^[\d,.]+\s+")
"""A count before a name: "72 hostages" are the hostages in what is told of them."""
KEEPING = frozenset({"kept", "broken", "suspended"})
NEAR = 3
"""Characters between the words of a state and the "since" right after them."""


def _says_what(name: str) -> bool:
    """Whether a description has a word beside a number and "remaining"."""
    bare = {"the", "remaining", "other"}
    return any(part.isalpha() and part.casefold() not in bare for part in name.split())


def _named(what: str, joint: str, names: object) -> str:
    """ "access to A, B"; the first word alone where no name is known."""
    listed = ", ".join(map(str, names)) if isinstance(names, list) else ""
    return f"{what} {joint} {listed}" if listed else what


def _text(value: object) -> str | None:
    return str(value) if value else None


def _order(page: Page, statement: str | None, span: Span) -> Order:
    return str(told_on(page, statement) or "9999"), page.published or "", page.report.id, span[0]


def _state_of(claim: Claim) -> tuple[str, str] | None:
    """Family and words of the state that a claim tells of; a release ends being held."""
    mode = claim.mode or ""
    if claim.type == "RETREAT" and mode == "release":
        return "held", "released"
    if claim.type == "COERCE" and mode == "seize":
        return None
    known = mode in _names() and claim.type in {"STATE", "COERCE"}
    return (mode, _names()[mode]) if known else None
