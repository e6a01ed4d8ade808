"""What holds of everything derived from the demo's reports, from reading to disputes."""

from __future__ import annotations

import re

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standoff import demo
from standoff.model import Axes, Preserved, Reading, Report
from standoff.record import Head, Snapshot, apply_reviews
from standoff.situation import Situation, derive

NAMES = {"Alpine": "Yonder", "Whitlow": "Barnaby", "Renn": "Yore", "Lyall": "Crabb", "Okell": "Zobel",
         "Greymouth": "Yellowvat", "Runanga": "Zelkova"}  # fmt: skip
"""Names of the demo and others of the same lengths, which sort otherwise."""


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    """The demo's reports and their readings."""
    with Situation.open(demo.build(tmp_path_factory.mktemp("demo"))) as record:
        return record.record.snapshot()


def implied(reports, readings):
    """Referents and all that is derived."""
    snapshot = Snapshot(head=Head(0, ""), reports=reports, readings=readings, reviews=[], left_out=0)
    view = derive("whole", Axes(), reports, apply_reviews(reports, readings, ()), snapshot)
    return view.referents, view.derived


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=False))
def test_the_order_of_adding_reports_changes_nothing(held, random):
    expected = msgspec.json.encode(implied(held.reports, held.readings), order="sorted")
    reports, readings = list(held.reports), list(held.readings)
    random.shuffle(reports)
    random.shuffle(readings)
    assert msgspec.json.encode(implied(reports, readings), order="sorted") == expected


def test_a_view_that_grows_report_by_report_is_the_view_of_them_all(held, tmp_path):
    texts = {each.report: each for each in held.readings}
    with Situation.open(tmp_path / "grown.standoff") as grown:
        for report in held.reports:
            as_text = msgspec.structs.replace(
                report, sha256=report.text_sha256, size=len(report.text.encode()), media_type="text/plain",
                acquired=msgspec.structs.replace(report.acquired, sha256=report.text_sha256),
            )  # fmt: skip
            grown.record.add(
                Preserved(report=as_text, data=report.text.encode(), id_given=True), texts.get(report.id)
            )
            view = grown.view()
            grown.view(Axes(known_by="2019-05-06"))
    with Situation.open(tmp_path / "grown.standoff") as fresh:
        assert msgspec.json.encode(fresh.view()) == msgspec.json.encode(view)


def test_other_names_change_nothing_but_names(held):
    there = _names({**NAMES, **{old.upper(): new.upper() for old, new in NAMES.items()}})
    new = {new: old for old, new in NAMES.items()}
    back = _names({**new, **{a.upper(): b.upper() for a, b in new.items()}, **_lower(new)})

    def renamed(records, kind):
        return msgspec.json.decode(there(msgspec.json.encode(records)), type=kind)

    expected = implied(held.reports, held.readings)
    found = implied(renamed(held.reports, list[Report]), renamed(held.readings, list[Reading]))
    assert back(msgspec.json.encode(found[1])) == msgspec.json.encode(expected[1])
    # Tables of referents are ordered by use, then by id: here a name may tell, and only here.
    again = msgspec.json.decode(back(msgspec.json.encode(found[0])))
    assert _unordered(again) == _unordered(msgspec.to_builtins(expected[0]))


def _lower(names):
    """The names as they stand in ids."""
    return {old.lower(): new.lower() for old, new in names.items()}


def _names(table):
    """JSON with names exchanged."""
    pattern = re.compile("|".join(table))
    return lambda data: pattern.sub(lambda found: table[found[0]], data.decode()).encode()


def _unordered(value):
    if isinstance(value, dict):
        return {key: _unordered(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return sorted((_unordered(each) for each in value), key=repr)
    return value


def test_no_figure_inside_quotation_marks_is_the_reports_own(held):
    quoted = {
        report.id: [found.span() for found in re.finditer("“[^“”]*”", report.text)] for report in held.reports
    }
    _, derived = implied(held.reports, held.readings)
    inside = [
        account
        for question in derived.questions
        for account in question.accounts
        if account.quantity
        and any(a < account.span[0] and account.span[1] < b for a, b in quoted[account.report])
    ]
    assert inside
    assert not [account.text for account in inside if account.source is None]
