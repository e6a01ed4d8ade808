"""How the accounts of one number question stand to each other, and why.

Later accounts of one source revise or correct it; accounts of different sources contradict each
other only where both speak of one time and cannot both hold. Work grows with the number of
different figures told, not with the square of the accounts.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations, pairwise

from standoff.model import QuestionLink
from standoff.model.derived import LinkKind
from standoff.model.when import first_day, last_day
from standoff.reconcile.accounts import Told, in_order, one_source
from standoff.reconcile.decisions import Decisions
from standoff.reconcile.figures.figure import Figure, below, meet
from standoff.reconcile.moments import same_moment
from standoff.reconcile.wording import contrasting, reason

WITNESSES = 4
"""How many accounts of each figure are tried when looking for one pair that clashes."""
ONE_SENTENCE = 160
"""Code points between two figures that one sentence sets against each other."""
BREAK = re.compile(r"[.!?]\s|\n")
FEW = 30
"""Up to so many different figures, every pair is linked; above, only neighbours and clashes."""

Value = tuple[Figure, bool]
Move = tuple[str, Figure, str, Figure]
"""A publisher's own figure in one report and the one it gives in its place in a later report."""


@dataclass
class Linked:
    """The links of a question; ``against`` the pairs of accounts that contradict each other;
    ``apart`` pairs of lower bounds that differ; ``until`` when an account's own source replaced it;
    ``moved`` which figure a publisher's own voice gave up for which; ``own_beside`` in which
    reports whose own voice gives a figure; ``occurrences`` of which incidents a figure is told."""

    links: list[QuestionLink] = field(default_factory=list)
    against: list[tuple[Told, Told]] = field(default_factory=list)
    apart: list[tuple[Told, Told]] = field(default_factory=list)
    until: dict[str, dt.date | None] = field(default_factory=dict)
    moved: set[Move] = field(default_factory=set)
    own_beside: set[tuple[str, str]] = field(default_factory=set)
    occurrences: dict[Figure, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, newer: Told, older: Told, relation: LinkKind, why: str) -> None:
        """Link the newer account to the older one."""
        self.links.append(QuestionLink(from_=newer.id, to=older.id, relation=relation, reason=reason(why)))


def link_numbers(
    told: list[Told], measure: str, decisions: Decisions, *, in_portions: bool = False
) -> Linked:
    """Links between the accounts of one question, given in any order. Counts made ``in_portions`` (bodies, as
    they are found here and there) contradict each other only where a report sets them against each other."""
    linked = Linked()
    originals = _drop_copies(in_order(told), linked)
    linked.own_beside.update((each.page.report.id, each.key) for each in originals if each.own)
    series: dict[str, list[Told]] = defaultdict(list)
    for each in originals:
        series[each.key].append(each)
        if each.quantity is not None and each.quantity.incident is not None:
            linked.occurrences[each.figure].add(each.quantity.incident)
    for accounts in series.values():
        _link_series(accounts, measure, linked)
    for accounts in _by_moment(originals, measure) if measure != "other" and not in_portions else ():
        _link_across(accounts, measure, linked, decisions)
    if measure == "stock" and not in_portions:
        _link_moments(originals, linked)
    _link_contrasted(originals, linked, decisions)
    return linked


def _link_contrasted(told: list[Told], linked: Linked, decisions: Decisions) -> None:
    """Figures that a report itself sets against each other in one sentence: of two sources that it names,
    or one put in the other's place ("fifty, not the forty of the radio"). No role need be known."""
    known = {frozenset((a.id, b.id)) for a, b in linked.against}
    pages: dict[str, list[Told]] = defaultdict(list)
    for each in told:
        pages[each.page.report.id].append(each)
    for accounts in pages.values():
        for a, b in pairwise(sorted(accounts, key=lambda each: each.account.span)):
            if frozenset((a.id, b.id)) in known or meet(a.figure, b.figure) or one_source(a, b):
                continue
            if _set_against(a, b) and not decisions.waived(a.annotation, b.annotation):
                linked.add(b, a, "contradicts", "contrasted")
                linked.against.append((a, b))


def _between(a: Told, b: Told) -> str | None:
    """The words between two counts of one page; None where they are of two sentences."""
    between = a.page.text[a.account.span[1] : b.account.span[0]]
    return None if len(between) > ONE_SENTENCE or BREAK.search(between) else between


def _set_against(a: Told, b: Told) -> bool:
    """Whether two counts of one sentence are of two named sources, or set apart by a word between."""
    between = _between(a, b)
    if between is None or a.quantity is None or b.quantity is None:
        return False
    if a.quantity.relation or b.quantity.relation or a.quantity.of_total or b.quantity.of_total:
        return False
    named = a.speaker is not None and b.speaker is not None
    return named or contrasting(between, sourced=a.own and b.speaker is not None)


def _drop_copies(told: list[Told], linked: Linked) -> list[Told]:
    """The accounts without those that one origin's copies repeat."""
    first: dict[tuple[str, str, Figure, bool, str | None], Told] = {}
    kept = []
    for each in told:
        key = (each.page.origin, each.key, each.figure, each.negated, each.held)
        seen = first.get(key)
        if seen is not None and seen.page is not each.page:
            linked.add(each, seen, "repeats", "copy")
        else:
            first.setdefault(key, each)
            kept.append(each)
    return kept


def _link_series(accounts: list[Told], measure: str, linked: Linked) -> None:
    """One source's answers over time, each against the one before."""
    for older, newer in pairwise(accounts):
        if older.page is newer.page:
            older, newer = _within_report(older, newer)
        if older.figure == newer.figure and older.negated == newer.negated:
            linked.add(newer, older, "repeats", "repeats")
        elif _raised(older, newer):
            linked.add(newer, older, "revises", "revises")
        elif _told_closer(older, newer):
            linked.add(newer, older, "revises", "closer")
        elif meet(older.figure, newer.figure):
            linked.add(newer, older, "compatible", "bound")
        elif (placed := _put_in_place(older, newer)) is not None:
            _link_revision(*placed, measure, linked)
        elif measure != "cumulative" and older.page is newer.page and same_moment(older.moment, newer.moment):
            # two stocks in one breath count different parts far more often than one replaces the other
            linked.add(newer, older, "compatible", "one_breath")
        elif measure != "cumulative" and not same_moment(older.moment, newer.moment):
            linked.add(newer, older, "develops", "later_state")
        else:
            _link_revision(older, newer, measure, linked)


def _put_in_place(a: Told, b: Told) -> tuple[Told, Told] | None:
    """Of two figures of one source in one sentence, that which the other is put in the place of, and the
    other: "9, not 8"; None where no word does so."""
    if a.page is not b.page:
        return None
    first, second = sorted((a, b), key=lambda each: each.account.span)
    between = _between(first, second)
    return (second, first) if between is not None and contrasting(between) else None


def _raised(older: Told, newer: Told) -> bool:
    """Whether a source raised its own lower bound in a later report ("at least 70", then "at least 200"), or
    put an upper bound in its place ("more than 1,000", then "up to 3,000")."""
    a, b = older.figure, newer.figure
    later = older.page is not newer.page and not (older.negated or newer.negated)
    if not later or not a.floor_only or a.low is None:
        return False
    return b.low > a.low if b.low is not None else b.high is not None


def _told_closer(older: Told, newer: Told) -> bool:
    """Whether a source says more closely in a later report what both may hold: "about 50", then 51."""
    a, b = older.figure, newer.figure
    later = older.page is not newer.page and older.day is not None and older.day != newer.day
    if not later or older.negated or newer.negated or b.best is None or a.best == b.best:
        return False
    return a.approximate and not b.approximate and meet(a, b)


def held_last(accounts: list[Told]) -> Told:
    """What a source holds at the end: of its accounts (in order), that of its last report which replaces
    those beside it."""
    last = accounts[-1]
    for other in reversed(accounts[:-1]):
        if other.page is not last.page:
            break
        last = _within_report(other, last)[1]
    return last


def _within_report(a: Told, b: Told) -> tuple[Told, Told]:
    """Of two figures of one source in one report: the one as of an earlier time is the older; else
    the one that stands further down, under the lead."""
    first, second = last_day(a.held), last_day(b.held)
    if first and second and first != second:
        return (a, b) if first < second else (b, a)
    return (b, a) if a.order < b.order else (a, b)


def _link_revision(older: Told, newer: Told, measure: str, linked: Linked) -> None:
    linked.until[older.id] = newer.day
    if older.own and newer.own:
        linked.moved.add((older.page.report.id, older.figure, newer.page.report.id, newer.figure))
    if older.page is newer.page:
        linked.add(newer, older, "revises", "lead")
    elif below(newer.figure, older.figure) and measure == "cumulative":
        linked.add(newer, older, "corrects", "corrects")
    else:
        linked.add(newer, older, "revises", "revises")


def _by_moment(told: list[Told], measure: str) -> Iterator[list[Told]]:
    """Stocks are compared within one moment; what accumulates is compared over all of them."""
    if measure == "cumulative":
        yield told
        return
    moments: dict[str | None, list[Told]] = defaultdict(list)
    for each in told:
        moments[each.moment].append(each)
    yield from moments.values()


def _link_moments(told: list[Told], linked: Linked) -> None:
    """What is told of one moment against what others told of the moment before: a later state, where no
    source of its own links the two."""
    held: dict[tuple[str, str], list[Told]] = defaultdict(list)
    for each in told:
        if each.figure.known and not each.negated and first_day(each.moment):
            held[each.page.report.id, each.key].append(each)
    states = sorted(map(held_last, held.values()), key=lambda each: (first_day(each.moment), each.order))
    known = {frozenset((link.from_, link.to)) for link in linked.links}
    for older, newer in pairwise(states):
        apart = first_day(older.moment) != first_day(newer.moment) and not meet(older.figure, newer.figure)
        if apart and not one_source(older, newer) and frozenset((older.id, newer.id)) not in known:
            linked.add(newer, older, "develops", "later_state")


def _link_across(told: list[Told], measure: str, linked: Linked, decisions: Decisions) -> None:
    values: dict[Value, list[Told]] = defaultdict(list)
    for each in told:
        values[each.figure, each.negated].append(each)
    ordered = sorted(values, key=lambda value: values[value][0].order)
    for (i, a), (j, b) in combinations(enumerate(ordered), 2):
        near = len(ordered) <= FEW or j == i + 1
        _link_values(values[a], values[b], measure, linked, decisions, near)
    for accounts in values.values():
        first = accounts[0]
        for other in accounts[1:]:
            if other.key != first.key:
                linked.add(other, first, "compatible", "same_figure")


def _link_values(
    first: list[Told], second: list[Told], measure: str, linked: Linked, decisions: Decisions, near: bool
) -> None:
    """Link two different figures once, by the pair of accounts that says most about them."""
    a, b = first[0], second[0]
    if a.negated != b.negated:
        _link_negated(first, second, linked, decisions)
        return
    if a.negated or not (a.figure.known and b.figure.known):
        return
    if meet(a.figure, b.figure):
        if a.key != b.key and near:
            _link_bounds(a, b, measure, linked)
        return
    if below(b.figure, a.figure):
        first, second = second, first
    _link_clash(first, second, measure, linked, decisions, near)


def _link_bounds(older: Told, newer: Told, measure: str, linked: Linked) -> None:
    """Two figures that may both hold. Lower bounds that differ are divergent, unless the newer one
    is the higher: then the count may simply have grown."""
    a, b = older.figure, newer.figure
    floors = a.floor_only and b.floor_only and a.low != b.low
    linked.add(newer, older, "compatible", "lower_bounds" if floors else _bound_reason(a, b))
    grown = measure == "cumulative" and older.day != newer.day and (a.low or 0) < (b.low or 0)
    if floors and not grown:
        linked.apart.append((older, newer))


def _bound_reason(a: Figure, b: Figure) -> str:
    return "approximate" if (a.approximate or b.approximate) and a.best != b.best else "bound"


def _link_clash(
    lower: list[Told], higher: list[Told], measure: str, linked: Linked, decisions: Decisions, near: bool
) -> None:
    """Find accounts of two figures that cannot both hold and whose sources and times set them apart."""
    softer: tuple[Told, Told, str] | None = None
    for low in _witnesses(reversed(lower)):
        for high in _witnesses(iter(higher)):
            if one_source(low, high):
                continue
            verdict, why = _judge(low, high, measure, linked)
            older, newer = sorted((low, high), key=lambda each: each.order)
            if verdict and decisions.waived(low.annotation, high.annotation):
                linked.add(newer, older, "compatible", "decided")
                return
            if verdict:
                linked.add(newer, older, "contradicts", why)
                linked.against.append((older, newer))
                return
            softer = softer or (newer, older, why)
    if softer and near:
        linked.add(softer[0], softer[1], "develops", softer[2])


def _witnesses(told: Iterator[Told]) -> list[Told]:
    """The first account of each of the first few sources."""
    found: dict[str, Told] = {}
    for each in told:
        found.setdefault(each.key, each)
        if len(found) == WITNESSES:
            break
    return list(found.values())


def _judge(low: Told, high: Told, measure: str, linked: Linked) -> tuple[bool, str]:
    """Whether a lower and a higher figure of two sources contradict each other, and the reason's key."""
    older, newer = sorted((low, high), key=lambda each: each.order)
    if older.page is not newer.page and (older.day is None or newer.day is None):
        return False, "undated"
    if (
        _replaced(older, newer, linked)
        or (not newer.own and _replaced(newer, newer, linked))
        or _moved_on(low, high, linked)
    ):
        return False, "later_higher"
    if measure != "cumulative" and _of_two_occurrences(low, high, linked):
        return False, "other_incident"
    if measure != "cumulative":
        return (False, "one_report") if _told_beside(low, high, linked) else (True, "contradicts")
    if _tells_older(low, high) or _tells_older(high, low):
        return _earlier_cannot_be_higher(low, high)
    if older.page is newer.page:
        return (False, "one_report") if low.own or high.own else (True, "contradicts")
    if older.day == newer.day:
        return (False, "same_day") if low.own or high.own else (True, "contradicts")
    return (True, "reaffirmed") if newer is low else (False, "later_higher")


def _of_two_occurrences(a: Told, b: Told, linked: Linked) -> bool:
    """Whether two counts of a state are told of different occurrences: those in one yard are not those in
    another. A figure is of the occurrence that any report tells it of."""
    mine, other = linked.occurrences.get(a.figure), linked.occurrences.get(b.figure)
    return mine is not None and other is not None and not mine & other


def _told_beside(a: Told, b: Told, linked: Linked) -> bool:
    """Whether an outlet that gives the one figure as its own quotes the other beside a figure of its own: it
    takes both to hold ("ten of the 34 are still missing, said X")."""
    return any(
        mine.own and (quoted.page.report.id, mine.key) in linked.own_beside
        for mine, quoted in ((a, b), (b, a))
        if not quoted.own
    )


def _moved_on(low: Told, high: Told, linked: Linked) -> bool:
    """Whether the publisher of both reports raised its own figure from the lower to the higher: then those it
    quotes for either told of two moments of one day."""
    return (low.page.report.id, low.figure, high.page.report.id, high.figure) in linked.moved


def _replaced(older: Told, newer: Told, linked: Linked) -> bool:
    """Whether the older account's own source had replaced it by the time of the newer one. An account that
    its own report replaces ("up from 19") tells what was, and holds for no time of its own."""
    until = linked.until.get(older.id)
    return until is not None and newer.day is not None and until <= newer.day


def _tells_older(a: Told, b: Told) -> bool:
    """Whether ``a`` is said to hold as of a time before ``b``'s."""
    mine, theirs = last_day(a.held), first_day(b.held)
    return mine is not None and theirs is not None and mine < theirs


def _earlier_cannot_be_higher(low: Told, high: Told) -> tuple[bool, str]:
    """As-of times are known to differ: only a higher count of an earlier time clashes."""
    return (True, "reaffirmed") if _tells_older(high, low) else (False, "older_state")


def _link_negated(first: list[Told], second: list[Told], linked: Linked, decisions: Decisions) -> None:
    """ "Not 14" against "14" of another source."""
    if first[0].figure != second[0].figure:
        return
    for a in first[:WITNESSES]:
        for b in second[:WITNESSES]:
            if not one_source(a, b) and not decisions.waived(a.annotation, b.annotation):
                older, newer = sorted((a, b), key=lambda each: each.order)
                linked.add(newer, older, "contradicts", "negated")
                linked.against.append((older, newer))
                return
