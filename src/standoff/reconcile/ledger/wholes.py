"""Groups within groups, parts of one whole, and counts of some within counts of all."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

from standoff.model import Quantity
from standoff.reconcile.figures.asked import Subject
from standoff.reconcile.ledger.book import Book
from standoff.reconcile.ledger.sizes import by_index
from standoff.reconcile.ledger.terms import Model, ShownSum, Unknown
from standoff.reconcile.wording import assumption

KINDS_OF_PEOPLE = ("sex", "age", "status")
MOST = 8
"""So many parts of one whole are compared with each other; no report parts a count by sex, age and status
into more."""


def whole_of(model: Model, group: str, kind: str, at: str | None, parts: list[Unknown]) -> None:
    """A derived whole: the sum of parts that have no member in common."""
    whole = model.add(group, "sum", at, derived=True, whole=all(each.whole for each in parts))
    whole.label = kind
    ones = tuple((1, each.index) for each in parts)
    model.equal((*ones, (-1, whole.index)), assumption("disjoint"))
    model.shown.append(ShownSum(whole.index, ones))


def gather(book: Book) -> None:
    """A group above others is their sum; where it is counted itself, at least their sum."""
    children: dict[str, list[str]] = defaultdict(list)
    for group in book.shelf.referents.groups:
        if group.parent:
            children[group.parent].append(group.id)
    if not children:
        return
    first: dict[tuple[str, str], Unknown] = {}
    for unknown in book.plain():
        first.setdefault((unknown.group, unknown.kind), unknown)
    kinds = sorted({kind for _, kind in first})
    for parent, members in children.items():
        for kind in kinds:
            parts = [first[each, kind] for each in members if (each, kind) in first]
            if len(parts) > 1:
                _gather(book, parent, kind, by_index(parts), first.get((parent, kind)))


def _gather(book: Book, parent: str, kind: str, parts: list[Unknown], whole: Unknown | None) -> None:
    known = book.shelf.groups.get(parent)
    book.name(parent, known.name if known else parent, known.unit if known else "")
    if whole is None:
        whole_of(book.model, parent, kind, parts[0].at, parts)
        return
    ones = tuple((1, each.index) for each in parts)
    terms = (*ones, (-1, whole.index))
    disjoint = assumption("disjoint")
    book.model.at_most(terms, disjoint)
    book.model.equal(terms, disjoint, assumption("groups_complete"))
    book.model.shown.append(ShownSum(whole.index, ones, complete=False))


def part(book: Book) -> None:
    """Parts that one report tells of one whole ("9 people, 2 of them children and 4 women"): where they
    differ in sex, age or status, together they are no more than the whole."""
    found: dict[tuple[str, int], dict[int, Quantity]] = defaultdict(dict)
    for told in [each for unknown in book.model.unknowns for each in unknown.told]:
        quantity, report = told.quantity, told.page.report.id
        if quantity is None or quantity.relation is None or quantity.relation.kind != "part_of":
            continue
        whole = book.of_quantity.get((report, quantity.relation.of or ""))
        mine = book.of_quantity[report, told.annotation]
        if whole is not None and mine is not whole:
            found[report, whole.index].setdefault(mine.index, quantity)
    for (_, whole_index), parts in found.items():
        told_apart = all(_apart(a, b) for a, b in combinations(list(parts.values())[:MOST], 2))
        if 1 < len(parts) <= MOST and told_apart and len({each.role for each in parts.values()}) == 1:
            terms = (*((1, index) for index in parts), (-1, whole_index))
            book.model.at_most(terms, assumption("disjoint"))


def _apart(a: Quantity, b: Quantity) -> bool:
    """Whether two counts differ in what they say of sex, age or status, so that nobody is in both."""
    pairs = ((getattr(a, key), getattr(b, key)) for key in KINDS_OF_PEOPLE)
    return any(mine and other and mine != other for mine, other in pairs)


def nest(book: Book) -> None:
    """A count of some (of one sex, age or status) of an incident is within the count of all. A place does
    not make a part: two counts of one incident at two places may be of two occurrences after all."""
    wide: dict[tuple[Subject, str | None], Unknown] = {}
    narrow: list[tuple[Subject, Unknown]] = []
    for subject, unknowns in book.by_subject.items():
        if subject.incident is None or subject.place or subject.measure == "new" or subject.part == "rest":
            continue
        for unknown in unknowns:
            if subject.plain:
                wide[subject, unknown.at] = unknown
            else:
                narrow.append((subject, unknown))
    for subject, unknown in narrow:
        all_of_them = subject._replace(status=None, sex=None, age=None, part=None)
        whole = wide.get((all_of_them, unknown.at))
        if whole is not None and unknown.kind != "remaining":
            book.model.at_most(((1, unknown.index), (-1, whole.index)), assumption("part_of_whole"))
