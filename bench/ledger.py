"""CPU time of the ledger and of everything derived, on generated situations of growing size.

python bench/ledger.py            # the ledger: 1,000 groups, 10,000 quantities; target under 2 s
python bench/ledger.py --derive   # all of reconcile at 500, 1,000, 2,000, 5,000 reports
"""

from __future__ import annotations

import math
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.reconcile.world import World, remainder

from standoff.model import Axes
from standoff.reconcile import Trust, reconcile
from standoff.reconcile.accounts import Teller
from standoff.reconcile.decisions import Decisions
from standoff.reconcile.figures.questions import number_questions
from standoff.reconcile.ledger import make_ledger
from standoff.reconcile.shelf import lay_out

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
    world = ledger_world(1000, 10)
    shelf = lay_out(world.reports(), world.readings(), world.referents())
    start = time.process_time()
    found = number_questions(shelf, Teller(shelf, Axes()), Decisions())
    asked = time.process_time()
    ledger = make_ledger(shelf, found, frozenset(), Trust())
    end = time.process_time()
    steps = sum(len(each.steps) for each in ledger.groups)
    print(f"questions of 10,000 quantities {asked - start:.2f} s")
    print(f"ledger of {len(ledger.groups)} groups, {steps} steps: {end - asked:.2f} s (target 2 s)")


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
