"""What the views of finding are made of: events and tellings, parties by pages, the log, facets."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec
import pytest

from standoff.model.derived import TimelineTold
from standoff.show.page import Log, Parts, Search
from tests.show.fixture import view


class Row(NamedTuple):
    n: int
    kind: str
    at: str
    body: dict[str, Any]


@pytest.fixture(scope="module")
def parts() -> Parts:
    return Parts(view(), {})


def told(report: str, text: str, span: tuple[int, int], origin: str, **more: Any) -> TimelineTold:
    values: dict[str, Any] = {
        "source": None, "when": None, "said": None, "published": None, "statement": None,
        "annotation": f"cl-{report}-{span}", "modality": "actual", "polarity": "affirmed",
    }  # fmt: skip
    return TimelineTold(report=report, span=span, text=text, origin=origin, **{**values, **more})


@pytest.fixture(scope="module")
def retold() -> Parts:
    """The first event told four times: twice in the same words, once copied, once with another date."""
    made = view()
    first = made.derived.timeline[0]
    tellings = (
        told(first.report, first.text, first.span, "or-1", when="2031-03-03"),
        told(first.report, first.text, first.span, "or-1", when="2031-03-03"),
        told("late-edition.html", "copy", (0, 4), "or-1", when="2031-03-03"),
        told("ministry-wire.html", "denied", (0, 6), "or-2", when="2031-03-04", polarity="denied"),
    )
    event = msgspec.structs.replace(
        first, told=tellings, dates=("2031-03-03", "2031-03-04"), dates_agree=False
    )
    derived = msgspec.structs.replace(made.derived, timeline=(event, *made.derived.timeline[1:]))
    return Parts(msgspec.structs.replace(made, derived=derived), {})


def test_an_event_is_told_once_for_each_of_its_words(retold):
    shown = retold.event_view("tl-1")
    assert shown.event.told == len(shown.tellings) == 3
    assert [each.copy for each in shown.tellings] == [False, True, False]
    assert [each.polarity for each in shown.tellings] == ["affirmed", "affirmed", "denied"]
    assert shown.event.dates == ("2031-03-03", "2031-03-04")
    assert not shown.event.dates_agree


def test_tellings_lead_to_their_words(retold):
    for each in retold.event_view("tl-1").tellings:
        text = next(r.text for r in retold.view.reports if r.id == each.words.report)
        start, end = each.words.span
        assert each.words.text == text[start:end]
        assert each.source


def test_an_event_that_is_not_there_is_an_error(parts):
    with pytest.raises(KeyError):
        parts.event_view("tl-none")


def test_days_count_the_events_that_fit_and_no_others(retold):
    every = retold.events()
    dated = [each for each in retold.view.derived.timeline if each.earliest or each.latest]
    assert sum(n for _, n in every.days) == len(dated)
    assert list(every.days) == sorted(every.days)
    assert retold.events(count=1).days == every.days
    assert retold.events(place="g-nowhere").days == ()


def test_a_page_of_statements_is_a_part_of_all_in_the_order_of_telling(parts):
    speaker = max(parts.view.referents.parties, key=lambda each: len(set(each.statements)))
    whole = parts.party_view(speaker.id)
    assert whole.statements == len(set(speaker.statements))
    dates = [
        each.said or parts.index.reports[each.words.report].published.value or "~"
        for each in whole.party.says
    ]
    assert dates == sorted(dates)
    pages = [parts.party_view(speaker.id, n, 1).party.says for n in range(whole.statements)]
    assert [each.id for page in pages for each in page] == [each.id for each in whole.party.says]
    assert parts.party_view(speaker.id, whole.statements, 1).party.says == ()


def test_accounts_of_a_party_stand_in_the_order_of_telling(parts):
    for party in parts.view.referents.parties:
        for answer in parts.party_view(party.id).answers:
            dates = [each.said or each.published or "~" for each in answer.accounts]
            assert dates == sorted(dates)


def test_what_spokespeople_say_is_among_what_their_party_says(parts):
    view_ = parts.view
    for party in view_.referents.parties:
        for below in parts.party_view(party.id).spokespeople:
            theirs = {a.id for each in parts.party_view(below.id).answers for a in each.accounts}
            assert theirs <= {a.id for each in parts.party_view(party.id).answers for a in each.accounts}


def test_days_of_publication_leave_undated_reports_out(parts):
    dated = [each.published.value[:10] for each in parts.view.reports if each.published.value]
    assert sum(n for _, n in parts.published) == len(dated) < len(parts.view.reports)
    assert [day for day, _ in parts.published] == sorted(set(dated))


def test_a_search_counts_publishers_and_speakers():
    search = Search()
    search.keep(view())
    found = search.find("dam")
    assert found.total == sum(found.kinds.values()) > 0
    assert sum(found.publishers.values()) <= found.total
    assert list(found.publishers.values()) == sorted(found.publishers.values(), reverse=True)
    for name, n in found.publishers.items():
        assert search.find("dam", publisher=name).total == n
    for name, n in found.parties.items():
        assert search.find("dam", party=name, kind="statement").total == n
    assert search.find("") == search.find("   ")


def review(action: str, **more: Any) -> dict[str, Any]:
    return {"action": action, "by": "Ada", "targets": [], **more}


def test_the_log_says_what_stands_after_an_undo_was_undone():
    log = Log()
    joined = {"layer": "mention", "text_sha256": None, "spans": [], "key": "x", "quote": "Council"}
    log.follow(
        [
            Row(1, "review", "2031-03-05T00:00:00Z", review("merge", targets=[joined, joined])),
            Row(2, "review", "2031-03-05T00:01:00Z", review("undo", undoes=1)),
            Row(3, "failure", "2031-03-06T00:01:00Z", {"stage": "read", "what": "torn", "report": "a"}),
        ],
        3,
    )
    assert log.at(1).undone_by == 2
    log.follow([Row(4, "review", "2031-03-06T00:02:00Z", review("undo", undoes=2))], 4)
    assert (log.at(1).undone_by, log.at(2).undone_by, log.at(4).undone_by) == (None, 4, None)
    assert log.at(1).text == "joined: 2 mentions"


def test_a_page_of_the_log_counts_all_kinds_and_holds_those_asked_for():
    log = Log()
    rows = [
        Row(n, "failure" if n % 3 else "output", f"2031-03-0{1 + n // 4}T00:00:00Z", body)
        for n in range(1, 13)
        for body in [{"stage": "read", "what": "torn", "report": None} if n % 3 else {"kind": "brief"}]
    ]
    log.follow(rows, 12)
    page = log.newest(2, None, frozenset({"output"}))
    assert [each.entry for each in page.happenings] == [12, 9]
    assert (page.total, page.kinds) == (4, {"failure": 8, "output": 4})
    assert [each.entry for each in log.newest(5, 4).happenings] == [3, 2, 1]
    assert page.days == (("2031-03-01", 3), ("2031-03-02", 7), ("2031-03-03", 11), ("2031-03-04", 12))
