"""Sums that the wording states: equal ("a like number"), part of, all but, the remaining."""

from __future__ import annotations

from standoff.model.ids import derived_id
from standoff.reconcile.accounts import Told
from standoff.reconcile.figures.figure import meet
from standoff.reconcile.ledger.book import Book
from standoff.reconcile.ledger.sizes import below, can_close, moment_key, no_more, roles, torn
from standoff.reconcile.ledger.terms import ShownSum, Unknown
from standoff.reconcile.ledger.wholes import whole_of
from standoff.reconcile.wording import assumption, say

SPLITTING = frozenset({"left", "evacuated"})
"""Roles of those who went their own way, when a rest is told that did not."""

MEANT = "meant"
"""Kind of an unknown that stands in a sum for another and is no step of its own."""


def relate(book: Book) -> None:
    """Add what the relation of each account says."""
    for told in [each for unknown in list(book.model.unknowns) for each in unknown.told]:
        relation = told.quantity.relation if told.quantity else None
        if relation is None:
            continue
        mine = book.of_quantity[told.page.report.id, told.annotation]
        other = book.of_quantity.get((told.page.report.id, relation.of or ""))
        if relation.kind == "remainder":
            _remainder(book, told, mine, other)
        elif other is None or other is mine:
            continue
        elif relation.kind == "equals":
            book.model.equal(((1, mine.index), (-1, other.index)), ids=frozenset({told.annotation}))
            _together(book, mine, other)
        else:
            book.model.at_most(((1, mine.index), (-1, other.index)), ids=frozenset({told.annotation}))


def _together(book: Book, a: Unknown, b: Unknown) -> None:
    """Two groups said to be equal in number, when no group above them is known: their sum."""
    first, second = sorted((a, b), key=lambda each: each.index)
    alike = first.kind == second.kind or "other" in {first.kind, second.kind}
    if first.group == second.group or not alike:
        return
    if any((known := book.shelf.groups.get(each.group)) and known.parent for each in (a, b)):
        return
    names = book.model.group_names
    group = derived_id("gr", first.group, second.group)
    name = say("ledger", "together", a=names[first.group], b=names[second.group])
    book.name(group, name, book.model.group_units[first.group])
    whole_of(book.model, group, first.kind, first.at, [first, second])


# -- the remaining -----------------------------------------------------------------------------------


def _remainder(book: Book, told: Told, rest: Unknown, other: Unknown | None) -> None:
    """The whole is the parts that went and the rest. Which is which is told by role, size and place
    in the text: the whole is the group's last count before the rest that is above it."""
    report = told.page.report.id
    before = [each for each in _further_up(book, told) if each is not rest and each.group == rest.group]
    went = [each for each in before if _went(each, rest, report)]
    if other is not None and other not in went and _went(other, rest, report):
        went.append(other)
    wholes = [each for each in before if each not in went and not no_more(each, rest, report)]
    fits = other is not None and other not in went and not no_more(other, rest, report)
    whole = other if fits else (wholes[-1] if wholes else None)
    if whole is None and other is not None and _set_out(other, went, rest, report):
        whole, went = other, [each for each in went if each is not other]
    if whole is None:
        _whole_elsewhere(book, told, rest, went)
    elif whole is not rest and whole.group == rest.group:
        earlier = before[: before.index(whole) + 1] if whole in before else []
        parts = [each for each in went if each not in earlier]
        if parts:
            _named_parts(book, told, whole, parts, rest)
        else:
            book.model.at_most(((1, rest.index), (-1, whole.index)), ids=frozenset({told.annotation}))


def _further_up(book: Book, told: Told) -> list[Unknown]:
    """The unknowns that the same report tells of further up, in text order, each once."""
    report = told.page.report.id
    above = [
        (quantity.start, book.of_quantity[report, quantity.id])
        for quantity in told.page.reading.quantities
        if quantity.start < told.account.span[0] and (report, quantity.id) in book.of_quantity
    ]
    return list(dict.fromkeys(unknown for _, unknown in sorted(above, key=lambda each: each[0])))


def _went(each: Unknown, rest: Unknown, report: str) -> bool:
    """Whether a count is of those who went: by its role, or because it is below the rest."""
    return each.role in roles("losses") or below(each, rest, report)


def _set_out(other: Unknown, went: list[Unknown], rest: Unknown, report: str) -> bool:
    """Whether a count that by its role went is the whole after all: some set out, of whom others turned
    back. So it is where it is just the sum of them and the rest."""
    parts = [each for each in went if each is not other]
    closed = can_close(other, [(1, each) for each in (*parts, rest)], report)
    return bool(parts) and closed and no_more(rest, other, report)


def _named_parts(book: Book, told: Told, whole: Unknown, parts: list[Unknown], rest: Unknown) -> None:
    """The whole, its parts by wording, and what else the same report says the group lost.

    That the parts named are all of the whole is assumed, unless the report tells of another loss that
    may be of the whole: then that loss closes the sum, or the sum stays open and shows what is missing.
    """
    report = told.page.report.id
    if can_close(whole, [(1, each) for each in (*parts, rest)], report):
        _split(book, told, whole, parts, rest, complete=True)
        return
    lost = _other_losses(book, told, whole, (*parts, rest))
    closing = [each for each in lost if can_close(whole, [(1, one) for one in (*parts, each, rest)], report)]
    if closing:
        parts = [*parts, closing[0]]
        _split(book, told, whole, parts, rest, assumption("dead_of_group"), complete=True)
    else:
        _split(book, told, whole, parts, rest, complete=not lost)


def _other_losses(book: Book, told: Told, whole: Unknown, counted: tuple[Unknown, ...]) -> list[Unknown]:
    """Running counts of losses that the same report tells of and that may be of the whole, latest first."""
    unit = book.model.group_units[whole.group]
    found = [
        each
        for each in book.in_report(told.page.report.id)
        if each.role in roles("losses")
        and each not in counted
        and book.model.group_units[each.group] == unit
        and each.subject is not None
        and each.subject.measure == "cumulative"
        and each.subject.part is None
    ]
    return sorted(found, key=lambda each: moment_key(each.at), reverse=True)


def _whole_elsewhere(book: Book, told: Told, rest: Unknown, went: list[Unknown]) -> None:
    """A report that names the parts only: the whole is a count of the same report in other words, if
    the rest's say nothing of who, or else the record's last count of the group above the rest."""
    if not went or not any(each.figure.known for each in rest.told):
        return
    report = told.page.report.id
    if book.anyone(rest.group):
        unit = book.model.group_units[rest.group]
        for whole in reversed(_further_up(book, told)):
            same = book.model.group_units[whole.group] == unit and whole.role not in roles("losses")
            part = went[-1:]
            if same and below(rest, whole, report) and can_close(whole, [(1, part[0]), (1, rest)], report):
                _split(book, told, whole, part, rest, complete=True)
                return
        return
    last = book.last_above(rest, report, (rest, *went))
    if last:
        _split(book, told, last, went, rest, assumption("no_other_flow"), complete=True)


def _split(
    book: Book, told: Told, whole: Unknown, parts: list[Unknown], rest: Unknown, *names: str, complete: bool
) -> None:
    """``whole`` = ``parts`` + ``rest``, by the words of ``told`` and under ``names``; shown as an equation.

    What is in no part is an unknown of its own, not below 0; it is 0 where the parts named are all of
    the whole (``complete``), by that name.
    """
    model, report, ids = book.model, told.page.report.id, frozenset({told.annotation})
    for part in parts:
        if part.role in SPLITTING:
            part.shown = "split"
    rest.kind = "remaining"
    book.tied.update({whole.index, rest.index})
    whole, *parts, rest = (_meant(book, each, report) for each in (whole, *parts, rest))
    other = model.add(whole.group, "unexplained", rest.at or whole.at, derived=True)
    ones = tuple((1, part.index) for part in parts)
    terms = ((1, rest.index), *ones, (1, other.index), (-1, whole.index))
    model.equal(terms, *names, ids=ids)
    if complete:
        model.equal(((1, other.index),), assumption("parts_complete"))
    shown = (*ones, (1, rest.index), *(() if complete else ((1, other.index),)))
    model.shown.append(ShownSum(whole.index, shown, assumed=bool(names)))


def _meant(book: Book, unknown: Unknown, report: str) -> Unknown:
    """The count that a report's words mean: where others clash with what it says of it, only the accounts
    that may hold with its own. Rivals' figures are in dispute; they are no part of its sum."""
    own = [each for each in unknown.told if each.page.report.id == report]
    if not own or not torn(unknown):
        return unknown
    told = [each for each in unknown.told if all(meet(each.figure, mine.figure) for mine in own)]
    return book.model.add(
        unknown.group, MEANT, unknown.at, told=told, label=unknown.label, subject=unknown.subject
    )
