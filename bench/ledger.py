"""CPU time of the ledger and of everything derived, on generated situations of growing size.

python bench/ledger.py            # the ledger: 1,000 groups, 10,000 quantities; target under 2 s;
                                  # then another choice of whom to believe, and one report more
python bench/ledger.py --derive   # all of reconcile at 500, 1,000, 2,000, 5,000 reports
"""

from __future__ import annotations

import math
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import msgspec
from tests.reconcile.world import Page, World, remainder

from standoff.model import Axes
from standoff.reconcile import Memo, Trust, reconcile
from standoff.reconcile.accounts import Teller
from standoff.reconcile.decisions import Decisions
from standoff.reconcile.figures.questions import Open, number_questions
from standoff.reconcile.ledger import make_ledger
from standoff.reconcile.shelf import Shelf, lay_out

PARTIES = ("Red Side", "Blue Side", "Lake League", "Hill Guild", None)


def ledger_world(groups: int, steps: int) -> World:
    """Groups that start, lose by death, split and leave a rest: ``steps`` counts each."""
    world = World()
    for g in range(groups):
        page = world.page(f"g{g}", f"2031-05-{2 + g % 20:02}")
        ids = [page.count(f"{200 + g} men", 200 + g, role="present", as_of="2031-05-01")]
        ids.append(page.count("30 left", 30, role="left", as_of="2031-05-01"))
        rest = page.count("the rest", 170 + g, role="present", as_of="2031-05-02", relation=remainder(ids[0]))
        ids.append(rest)
        for n in range(steps - 3):
            party = PARTIES[n % len(PARTIES)]
            said = page.says(party) if party else None
            day = f"2031-05-{3 + n:02}"
            ids.append(page.count(f"{n} dead", 5 + n, role="killed", as_of=day, statement=said))
        world.group(f"gr-{g}", f"men of {g}", *ids)
    return world


def hard_world(groups: int) -> World:
    """Ten counts a group. Of each four groups one is told as above, one is counted again twice while it
    loses (a circle of sums), one has a rest that does not fit, one has tolls of one day that clash; each
    ten groups are parts of a whole that is counted too."""
    world = ledger_world(groups, 10)
    for g in range(groups):
        page, ids = world.pages[g], [f"qt-g{g}-{n}" for n in range(10)]
        if g % 4 == 1:
            edit(page, 1, role="killed", as_of="2031-05-03")
            edit(page, 2, relation=None, as_of="2031-05-05", low=150, high=190, best=None)
            edit(page, 9, role="present", as_of="2031-05-20", low=100, high=None, best=None)
        elif g % 4 == 2:
            edit(page, 2, low=150 + g, high=150 + g, best=150 + g)
            for n in range(3, 10):  # no other loss is told that may explain the gap
                edit(page, n, role="injured")
        elif g % 4 == 3:
            for n in range(3, 10):
                edit(page, n, as_of="2031-05-09")
        world.group(f"gr-{g}", f"men of {g}", *ids, parent=f"gr-all-{g // 10}")
    for n in range(groups // 10):
        page = world.page(f"all{n}", "2031-05-02")
        whole = page.count("all men", 2045 + 100 * n, role="present", as_of="2031-05-01")
        world.group(f"gr-all-{n}", f"men of all {n}", whole)
    return world


def edit(page: Page, n: int, **changes: object) -> None:
    """Change one quantity of a page."""
    page.quantities[n] = msgspec.structs.replace(page.quantities[n], **changes)


def situation(reports: int) -> World:
    """Reports that tell tolls of one incident in ten, who did it, and whether aid passes."""
    world = World()
    tolls: dict[int, list[str]] = {}
    for r in range(reports):
        page = world.page(f"r{r}", f"2031-{1 + r % 12:02}-{1 + r % 28:02}", f"Paper {r % 40}")
        incident = r // 10
        for n, party in enumerate(PARTIES):
            said = page.says(party, f"the {party} spoke of camp and grain") if party else None
            toll = page.count(f"{10 + n + r % 7} died", 10 + n + r % 7, role="killed", statement=said)
            claim = page.claim("ASSAULT", "a raid", PARTIES[n % 4] or "", targets="the mill", statement=said)
            kind, mode = ("AID", None) if n % 2 else ("COERCE", "withhold")
            page.claim(kind, "grain", "Red Side", to=f"camp {incident}", mode=mode, statement=said)
            tolls.setdefault(incident, []).extend((toll, claim))
    for incident, members in tolls.items():
        world.incident(f"in-{incident}", *members)
        world.group(f"gr-{incident}", "people", *(each for each in members if each.startswith("qt")))
    return world


def time_ledger() -> None:
    for name, world in (("plain", ledger_world(1000, 10)), ("hard", hard_world(1000))):
        memo = Memo()
        found = lay(world)
        start = time.process_time()
        ledger = make_ledger(*found, frozenset(), Trust(), memo)
        end = time.process_time()
        steps = sum(len(each.steps) for each in ledger.groups)
        print(
            f"{name}: {len(ledger.groups)} groups, {steps} steps, {len(ledger.conflicts)} conflicts, "
            f"{memo.computed} components: {end - start:.2f} s (target 2 s)"
        )
        for what, less in (("without one party", Trust(without=frozenset({"red-side"}))), ("all", Trust())):
            held, start = memo.computed, time.process_time()
            make_ledger(*found, frozenset(), less, memo)
            took = time.process_time() - start
            print(f"  {what}: {memo.computed - held} components solved anew, {took:.2f} s")
        page = world.page("late", "2031-06-01")
        page.count("211 men", 211, role="present", as_of="2031-05-01")
        world.group(
            "gr-11", "men of 11", *(q for q, g in world.group_of.items() if g == "gr-11"), "qt-late-0"
        )
        found, held = lay(world), memo.computed
        start = time.process_time()
        made = make_ledger(*found, frozenset(), Trust(), memo)
        took = time.process_time() - start
        print(f"  one report more: {memo.computed - held} components solved anew, {took:.2f} s")
        assert made == make_ledger(*found, frozenset(), Trust())


def lay(world: World) -> tuple[Shelf, list[Open]]:
    """What the ledger is made from."""
    shelf = lay_out(world.reports(), world.readings(), world.referents())
    start = time.process_time()
    found = number_questions(shelf, Teller(shelf, Axes()), Decisions())
    print(f"questions of {len(world.group_of):,} quantities {time.process_time() - start:.2f} s")
    return shelf, found


def time_all() -> None:
    before: tuple[int, float] | None = None
    for size in (500, 1000, 2000, 5000):
        world = situation(size)
        parts = world.reports(), world.readings(), world.referents()
        start = time.process_time()
        derived = reconcile(*parts)
        took = time.process_time() - start
        growth = f", growth {math.log(took / before[1]) / math.log(size / before[0]):.2f}" if before else ""
        print(f"{size} reports: {took:.2f} s, {len(derived.disputes)} disputes{growth}")
        before = size, took


if __name__ == "__main__":
    time_all() if "--derive" in sys.argv else time_ledger()
