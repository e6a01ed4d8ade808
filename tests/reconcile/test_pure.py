"""Everything derived is a pure function of the log: the order of adding reports changes no byte of it."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from functools import cache
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.demo import REPORTS, listed
from standoff.model import Axes, Reading, Report
from standoff.preserve import Given, Options, take
from standoff.read import read_many
from standoff.record import Head, Snapshot, apply_reviews
from standoff.show import WHATS, json_text
from standoff.situation import derive, item_of

pytestmark = pytest.mark.xdist_group("demo")
Read = list[tuple[Report, Reading]]
HASHING = """
import sys, hashlib
from standoff.situation import Situation
from standoff.show import WHATS, json_text
with Situation.open(sys.argv[1], create=False, write=False) as situation:
    view = situation.view()
for what in WHATS:
    print(what, hashlib.sha256(json_text(view, what).encode()).hexdigest())
"""


@cache
def read() -> Read:
    """The demo's reports with their readings, read once."""
    found: Read = []
    for row in listed():
        options = Options(given=Given(published=row.published, publisher=row.publisher))
        reports = [each.report for each in take(str(REPORTS / row.file), options, _never)]
        found += zip(reports, read_many([item_of(each) for each in reports]), strict=True)
    return found


def _never(source: str, error: Exception) -> None:
    raise AssertionError(source) from error


def shown(pairs: Read) -> dict[str, bytes]:
    """What each view shows of reports added in an order, and all that was derived, as bytes."""
    reports, readings = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    snapshot = Snapshot(reports=reports, readings=readings, reviews=[], left_out=0, head=Head(0, "0" * 64))
    view = derive("demo", Axes(), reports, apply_reviews(reports, readings, ()), snapshot)
    made = {what: json_text(view, what).encode() for what in WHATS}
    return {
        **made,
        "readings": msgspec.json.encode(view.readings),
        "derived": msgspec.json.encode(view.derived),
        "referents": msgspec.json.encode(view.referents),
    }


@settings(max_examples=20, deadline=None)
@given(order=st.permutations(range(len(listed()))))
def test_the_order_of_adding_reports_changes_nothing(order: list[int]) -> None:
    assert_same(shown([read()[n] for n in order]), expected())


def assert_same(found: dict[str, bytes], other: dict[str, bytes]) -> None:
    """Named by view, so that a failure says where the bytes differ."""
    assert [what for what in other if found[what] != other[what]] == []


@cache
def expected() -> dict[str, bytes]:
    """What the demo shows, its reports added in the order of the manifest."""
    return shown(read())


def test_derived_twice_it_is_the_same_to_the_byte() -> None:
    assert_same(shown(read()), expected())


@settings(max_examples=8, deadline=None)
@given(keep=st.integers(1, 8), seed=st.integers(0, 99))
def test_any_part_of_the_reports_is_derived_alike_in_any_order(keep: int, seed: int) -> None:
    part = random.Random(seed).sample(read(), keep)
    assert_same(shown(part), shown(list(reversed(part))))


def test_one_file_shows_the_same_bytes_in_every_process(tmp_path: Path) -> None:
    from standoff.demo import build

    situation = build(tmp_path)
    said = {
        subprocess.run(
            [sys.executable, "-c", HASHING, str(situation)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            timeout=120,
        ).stdout
        for seed in ("0", "1", "4711")
    }
    assert len(said) == 1
    assert len(said.pop().splitlines()) == len(WHATS)
