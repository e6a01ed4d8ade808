"""The solution of a component against brute force: bounds, what they rest on, assumptions, conflicts."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.reconcile.ledger.component import Component, Memo, Said
from standoff.reconcile.ledger.conflicts import find_clashes
from standoff.reconcile.ledger.piece import bounded, solve_component
from standoff.reconcile.ledger.terms import Edge, Sum
from standoff.reconcile.wording import assumption

TOP = 6
BOX = st.tuples(st.integers(0, TOP), st.integers(0, TOP)).map(lambda pair: (min(pair), max(pair)))
ASSUMED = ("disjoint", "not_falling", "no_other_flow")
FIRM = ("disjoint", "parts_complete")


@st.composite
def sums_over(draw, count, names=()):
    found = []
    for n in range(draw(st.integers(1, 4))):
        chosen = draw(st.lists(st.integers(0, count - 1), min_size=2, max_size=count, unique=True))
        signs = draw(st.lists(st.sampled_from([1, -1]), min_size=len(chosen), max_size=len(chosen)))
        assumed = draw(st.sets(st.sampled_from(names), max_size=2)) if names else ()
        found.append(
            Sum(
                tuple(zip(signs, chosen, strict=True)),
                ids=frozenset({f"word{n}"}),
                assumptions=frozenset(assumption(key) for key in assumed),
                at_most=draw(st.booleans()),
            )
        )
    return tuple(found)


@st.composite
def small(draw, names=(), untold=False):
    """A component of two to five unknowns, one claim each, named claim0, claim1 ...; ``untold``: nobody
    tells of the last one, which may be below 0."""
    boxes = draw(st.lists(BOX, min_size=2, max_size=5))
    sums = draw(sums_over(len(boxes), names))
    return component(boxes, sums, signed=draw(st.booleans()) if untold else None)


def component(boxes, sums, signed=None):
    told = len(boxes) if signed is None else len(boxes) - 1
    free = ((None if signed else Edge(0), None),) if signed is not None else ()
    return Component(
        bounds=tuple(
            (Edge(low, frozenset({f"claim{n}"})), Edge(high, frozenset({f"claim{n}"})))
            for n, (low, high) in enumerate(boxes[:told])
        )
        + free,
        best=(None,) * len(boxes),
        whole=(True,) * len(boxes),
        signed=(False,) * told + ((signed,) if signed is not None else ()),
        sums=tuple(sums),
        said=tuple(Said(n, f"claim{n}", low, high) for n, (low, high) in enumerate(boxes[:told])),
    )


def boxes_of(part):
    return [(low.value, high.value) for low, high in part.bounds]


def worlds(boxes, sums):
    """Every way in which whole numbers can fill the boxes and satisfy the sums."""
    for world in product(*(range(low, high + 1) for low, high in boxes)):
        totals = ((each.at_most, sum(f * world[u] for f, u in each.terms)) for each in sums)
        if all(total <= 0 if at_most else total == 0 for at_most, total in totals):
            yield world


def brute_force(boxes, sums):
    found = list(worlds(boxes, sums))
    return [(min(values), max(values)) for values in zip(*found, strict=True)] if found else None


def values(pairs):
    return [(low.value, high.value) for low, high in pairs]


@settings(max_examples=150, deadline=None)
@given(small())
def test_bounds_are_exact(part):
    expected = brute_force(boxes_of(part), part.sums)
    found = solve_component(part)
    # Where nothing can hold, what was said stands as it was said.
    assert values(found.held) == (expected or boxes_of(part))


@settings(max_examples=150, deadline=None)
@given(small(ASSUMED))
def test_bounds_with_and_without_assumptions_are_exact(part):
    found = solve_component(part)
    bare = [each for each in part.sums if not each.assumptions]
    assert values(found.plain) == (brute_force(boxes_of(part), bare) or boxes_of(part))
    expected = brute_force(boxes_of(part), part.sums)
    if expected is not None:
        assert values(found.held) == expected
    for (low, high), (least, most) in zip(found.held, found.plain, strict=True):
        assert low.value >= least.value
        assert high.value <= most.value


@settings(max_examples=100, deadline=None)
@given(small(ASSUMED))
def test_a_bound_follows_from_what_it_names_alone(part):
    """Claims, wordings and assumptions that a bound does not name are let go; the bound must still hold."""
    if brute_force(boxes_of(part), part.sums) is None:
        return
    found = solve_component(part)
    for place, pair in enumerate(found.held):
        for side, edge in enumerate(pair):
            freed = [
                (low, high) if f"claim{n}" in edge.ids else (0, 2 * TOP)
                for n, (low, high) in enumerate(boxes_of(part))
            ]
            if sum(high - low for low, high in freed) > 30:
                continue  # too many worlds to try them all
            kept = [
                each for each in part.sums if each.ids <= edge.ids and each.assumptions <= edge.assumptions
            ]
            reached = brute_force(freed, kept)[place][side]
            assert reached >= edge.value if side == 0 else reached <= edge.value


@settings(max_examples=150, deadline=None)
@given(st.one_of(small(FIRM), small(FIRM, untold=True)))
def test_conflicts_are_all_the_minimal_sets_that_cannot_hold(part):
    found = find_clashes(part)
    expected = minimal_sets(part)
    told = {each.claims for each in found.clashes}
    assert told <= expected
    if found.complete:
        assert told == expected


@settings(max_examples=100, deadline=None)
@given(small(FIRM))
def test_a_conflict_names_assumptions_that_it_needs_and_no_others(part):
    for clash in find_clashes(part).clashes:
        boxes = [box if n in clash.claims else (0, 3 * TOP) for n, box in enumerate(boxes_of(part))]
        if sum(high - low for low, high in boxes) > 40:
            continue
        named = [each for each in part.sums if each.assumptions <= set(clash.assumptions)]
        assert not any(worlds(boxes, named))


def minimal_sets(part):
    """By trying all sets of claims, small ones first, each with the exact program, which the tests above
    hold against brute force; an unknown without its claim is free."""
    found = set()
    everything = range(len(part.said))
    for chosen in (each for size in everything for each in combinations(everything, size + 1)):
        if any(set(each) <= set(chosen) for each in found):
            continue
        free = [(None if signed else Edge(0), None) for signed in part.signed]
        pairs = [pair if n in chosen else free[n] for n, pair in enumerate(part.bounds)]
        if bounded(replace(part, bounds=tuple(pairs)), part.sums) is None:
            found.add(chosen)
    return found


def test_a_circle_that_propagation_cannot_see_through_is_solved():
    """x + y = 2z + ... in short: a = b + c, a + b = 9, so that a is odd when c is."""
    sums = (
        Sum(((1, 0), (-1, 1), (-1, 2))),
        Sum(((1, 0), (1, 1), (-1, 3))),
    )
    part = component([(0, 9), (0, 9), (1, 1), (9, 9)], sums)
    assert values(solve_component(part).held) == [(5, 5), (4, 4), (1, 1), (9, 9)]


def test_a_solved_bound_rests_on_what_proves_it_not_on_all_that_is_said():
    sums = (
        Sum(((1, 0), (-1, 1), (-1, 2)), ids=frozenset({"word0"})),
        Sum(((1, 0), (1, 1), (-1, 3)), ids=frozenset({"word1"})),
        Sum(((1, 4), (-1, 0)), at_most=True),
    )
    part = component([(0, 9), (0, 9), (1, 1), (9, 9), (0, 2)], sums)
    low, _ = solve_component(part).held[0]
    assert low.value == 5
    assert low.ids == {"word0", "word1", "claim2", "claim3"}


def test_where_not_all_assumptions_fit_the_surest_are_kept():
    """10 = 4 + 3 only if something else left; that nobody is counted twice still bounds the others."""
    gone = frozenset({assumption("no_other_flow")})
    apart = frozenset({assumption("disjoint")})
    sums = (
        Sum(((1, 0), (-1, 1), (-1, 2), (-1, 3))),
        Sum(((1, 3),), assumptions=gone),
        Sum(((1, 1), (1, 4), (-1, 0)), assumptions=apart, at_most=True),
    )
    part = component([(10, 10), (4, 4), (3, 3), (0, 9), (0, 9)], sums)
    found = solve_component(part)
    assert values(found.held)[3:] == [(3, 3), (0, 6)]
    assert found.held[4][1].assumptions == apart
    assert values(found.plain)[4] == (0, 9)


def test_a_search_that_ends_early_says_so():
    """Twenty pairs that must be equal and are not: more sets than are told."""
    sums = [Sum(((1, n), (-1, n + 1))) for n in range(0, 40, 2)]
    sums.append(Sum((*((1, n) for n in range(39)), (-1, 40)), at_most=True))
    boxes = [(n % 2, n % 2) for n in range(40)] + [(0, 90)]
    found = find_clashes(component(boxes, sums))
    assert not found.complete
    assert found.clashes
    assert found.checks <= 400


def test_a_kept_solution_is_used_again_and_changes_nothing():
    part = component([(3, 5), (0, 2), (0, 9)], [Sum(((1, 0), (-1, 1), (-1, 2)))])
    memo = Memo(kept=1)
    first = memo.of(part, solve_component)
    assert memo.of(component([(3, 5), (0, 2), (0, 9)], part.sums), solve_component) == first
    assert memo.computed == 1
    memo.of(component([(3, 4), (0, 2), (0, 9)], part.sums), solve_component)
    assert memo.of(part, solve_component) == first
    assert memo.computed == 3  # only one is kept


@pytest.mark.parametrize("low", [4, 5])
def test_a_lone_claim_is_no_conflict(low):
    part = component([(low, 9), (0, 9)], [Sum(((1, 0), (-1, 1)))])
    assert not find_clashes(part).clashes
