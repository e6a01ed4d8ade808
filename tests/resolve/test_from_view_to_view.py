"""Reports come and go and people join and part: what is kept from view to view changes no referent."""

from __future__ import annotations

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.model import Reading, Report
from standoff.resolve import Kept, bind, resolve, steady
from tests.resolve.make import Page

NAMES = (
    "Ada Orm",
    "Orm",
    "General Ada Orm",
    "Velmian army",
    "the army",
    "Ministry of Roads",
    "Roads Ministry",
)
KINDS = {"Ada Orm": "person", "Orm": "person", "General Ada Orm": "person"}
TEXT = "A fire in {place} killed {target} on a day, {name} said. {name} told {other} of a blast in {place}."


@st.composite
def pages(draw: st.DrawFn) -> tuple[Report, list[Reading]]:
    """A report, and two readings of it that differ in some layers."""
    name, other = draw(st.sampled_from(NAMES)), draw(st.sampled_from(NAMES))
    place, target = draw(st.sampled_from(("Velm", "Osk"))), draw(st.sampled_from(("miners", "guards")))
    day = draw(st.integers(1, 9))
    text = TEXT.format(place=place, target=target, name=name, other=other)
    made = []
    label = f"r{draw(st.integers(0, 10**6))}"
    for _ in range(2):
        page = Page(label, text, f"2021-03-{day:02}")
        page.mention(
            name, party=draw(st.sampled_from((None, name, other))), type=KINDS.get(name, "organisation")
        )
        where = page.place(place, draw(st.sampled_from((7, 8))))
        when = draw(st.sampled_from((None, f"2021-03-{max(day - 1, 1):02}")))
        page.claim(f"killed {target}", when=when, targets=(target,), places=(where,))
        page.claim("blast", when=draw(st.sampled_from((None, when))), targets=(target,), places=(where,))
        made.append(page)
    return made[0].report(), [each.reading() for each in made]


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_what_is_kept_changes_no_referent(data: st.DataObject) -> None:
    drawn = data.draw(st.lists(pages(), min_size=2, max_size=7, unique_by=lambda each: each[0].id))
    claims = [claim.id for _, readings in drawn for claim in readings[0].claims]
    kept = Kept()
    held: dict[str, Reading] = {}
    for _ in range(5):
        chosen = data.draw(st.lists(st.sampled_from(range(len(drawn))), min_size=1, unique=True))
        reports, readings = [], []
        for n in chosen:
            report, (one, other) = drawn[n]
            now = data.draw(st.sampled_from((one, other)))
            held[report.id] = now = steady(held[report.id], now) if report.id in held else now
            reports.append(report)
            readings.append(now)
        pair = st.lists(st.lists(st.sampled_from(claims), min_size=2, max_size=2, unique=True), max_size=1)
        joined, parted = data.draw(pair), data.draw(pair)
        open_one = resolve(reports, readings, joined=joined, parted=parted, kept=kept)
        fresh = resolve(reports, readings, joined=joined, parted=parted)
        assert msgspec.json.encode(open_one) == msgspec.json.encode(fresh)
        assert bind(readings, open_one, kept) == bind(readings, fresh)
