"""What the workbench's views show: of the demo as it is derived, and of a view made by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from standoff import demo
from standoff.errors import UsageError
from standoff.model import Review, View
from standoff.model.spans import quote
from standoff.record import Record, copy
from standoff.reviewing import make_review
from standoff.show.brief.payload import payload
from standoff.show.page import Log, Parts, Sought
from standoff.show.page.shape import Proof
from standoff.situation import Situation
from tests.show import fixture


class Shown:
    """A view with all that is shown of it."""

    def __init__(self, view: View, log: Log | None = None) -> None:
        self.view, self.log = view, log or Log()
        self.parts = Parts(view, self.log.arrived)


def logged(record: Record) -> Log:
    log = Log()
    log.follow(record.entries(("report", "acquisition", "review", "failure", "output")), record.head().n)
    return log


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo.build(tmp_path_factory.mktemp("page"))


@pytest.fixture(scope="module")
def situation(built: Path) -> Iterator[Situation]:
    with Situation.open(built) as held:
        yield held


@pytest.fixture(scope="module")
def of_demo(situation: Situation) -> Shown:
    return Shown(situation.view(), logged(situation.record))


@pytest.fixture(scope="module")
def by_hand() -> Shown:
    return Shown(fixture.view())


@pytest.fixture(scope="module", params=["demo", "by hand"])
def shown(request: pytest.FixtureRequest, of_demo: Shown, by_hand: Shown) -> Shown:
    return of_demo if request.param == "demo" else by_hand


def plain(told: Any) -> Any:
    """As it is sent: fails for what is no JSON."""
    return msgspec.json.decode(msgspec.json.encode(told))


def words(node: Any) -> Iterator[dict[str, Any]]:
    """Everything within a payload that quotes a report."""
    if isinstance(node, dict):
        if {"report", "pieces", "text"} <= set(node):
            yield node
        for each in node.values():
            yield from words(each)
    elif isinstance(node, list):
        for each in node:
            yield from words(each)


def test_every_view_can_be_sent_and_quotes_what_stands_in_the_reports(shown: Shown) -> None:
    parts, texts = shown.parts, {each.id: each.text for each in shown.view.reports}
    views = [
        parts.overview,
        parts.clock,
        parts.places,
        parts.events(),
        parts.ledger_view(None),
        parts.waiting(),
        parts.changes(shown.log, 0),
        *(make(Sought(count=200)) for make in _told(parts).values()),
    ]
    views += [parts.dispute_view(each) for each in parts.disputes]
    views += [parts.party_view(each) for each in parts.parties]
    views += [parts.report_view(each) for each in parts.reports]
    views += [parts.ledger_view(each) for each in parts.groups]
    count = 0
    for view in views:
        for each in words(plain(view)):
            count += 1
            assert each["text"] == quote(texts[each["report"]], [tuple(piece) for piece in each["pieces"]])
    assert count > 20


def _told(parts: Parts) -> dict[str, Any]:
    return {
        "access": parts.access,
        "harm": parts.harm,
        "agreements": parts.agreements,
        "victims": parts.victims,
    }


def test_what_is_told_is_what_the_brief_tells_in_parts_and_looked_through(shown: Shown) -> None:
    brief = payload(shown.view)
    for name, make in _told(shown.parts).items():
        whole = make(Sought(count=200))
        assert whole.total == len(whole.items) == len(brief[name]) == shown.parts.overview.told_of[name]
        by_id = {each["id"]: each for each in brief[name]}
        for each in plain(whole)["items"]:
            assert each == by_id[each["id"]]
            alone = make(Sought(id=each["id"]))
            assert [one.id for one in alone.items] == [each["id"]]
        pages = [make(Sought(first=n, count=1)) for n in range(whole.total)]
        assert [one.id for each in pages for one in each.items] == [each.id for each in whole.items]
        assert {each.total for each in pages} <= {whole.total}
        assert make(Sought(q="no such words anywhere")).items == ()
        assert make(Sought(id="nothing")).total == 0


def test_words_sought_are_all_there_in_any_case(of_demo: Shown) -> None:
    found = of_demo.parts.access(Sought(q="joint VIADUCT"))
    assert {each.what for each in found.items} == {("railway viaduct",), ("viaduct",)}
    assert of_demo.parts.harm(Sought(q="christchurch")).total == 1
    assert of_demo.parts.agreements(Sought(q="okell")).total == 1
    assert of_demo.parts.victims(Sought(q="EDDA marsh")).total == 1


def test_access_stands_in_the_order_of_days_and_says_which_dispute_it_is_part_of(of_demo: Shown) -> None:
    shown = of_demo.parts.access(Sought()).items
    told = [each.when or each.published for each in shown]
    assert told == sorted(told)
    disputed = {each.dispute_id for each in shown} - {None}
    assert {of_demo.parts.disputes[each].kind for each in disputed} == {"access"}


def test_each_toll_has_its_accounts_in_the_order_of_telling(of_demo: Shown) -> None:
    first = of_demo.parts.harm(Sought(q="runanga")).items[0].figures[0]
    told = [(each.source, each.figure, each.replaced) for each in first.told]
    assert ("Greymouth Hospital", "14", True) in told
    assert ("Greymouth Hospital", "13", False) in told
    assert [each.said for each in first.told] == sorted(each.said for each in first.told)
    assert first.dispute_id in of_demo.parts.disputes


def test_who_is_for_or_against_an_agreement_is_told_in_words(of_demo: Shown) -> None:
    (deal,) = of_demo.parts.agreements(Sought()).items
    assert [(each.verdict, each.source) for each in deal.stances] == [("objected", "Joint Command")]
    assert not {each.verdict for each in deal.told} & {"objected", "endorsed"}


def test_the_same_view_is_the_same_bytes_whatever_was_looked_at_before(shown: Shown) -> None:
    def all_of(parts: Parts, backwards: bool) -> dict[str, bytes]:
        makers = {
            **{f"d{each}": lambda each=each: parts.dispute_view(each) for each in parts.disputes},
            **{f"r{each}": lambda each=each: parts.report_view(each) for each in parts.reports},
            "o": lambda: parts.overview,
            "l": lambda: parts.ledger_view(None),
        }
        names = sorted(makers, reverse=backwards)
        return {name: msgspec.json.encode(makers[name]()) for name in names}

    assert all_of(shown.parts, False) == all_of(Parts(shown.view, shown.log.arrived), True)


def test_what_is_not_there_is_a_key_error(shown: Shown) -> None:
    parts = shown.parts
    for make in (parts.dispute_view, parts.party_view, parts.report_view, parts.ledger_view):
        for name in ("", "nothing", "ds-0000000000", "__class__", "\x00"):
            with pytest.raises(KeyError):
                make(name)
    with pytest.raises(UsageError, match="nothing in this record"):
        parts.proof("nothing-at-all")


def test_the_overview_counts_what_the_lists_hold(shown: Shown) -> None:
    told, parts = shown.parts.overview, shown.parts
    assert len(told.disputes) == len(shown.view.derived.disputes)
    assert told.divergent == sum(each.status == "divergent" for each in told.disputes)
    assert [each.id for each in told.contested] == [each.id for each in shown.view.derived.disputes]
    assert len(told.clock) + told.more_clock == len(shown.view.derived.clock) == len(parts.clock)
    assert told.rests_on.reports == len(shown.view.reports)
    assert len(told.marks) == parts.events().total == len(shown.view.derived.timeline)
    assert len(told.groups) + told.more_groups == len(shown.view.derived.ledger.groups)
    assert told.waiting == len(parts.waiting(0, 10**6))
    assert {each.id for each in told.places} <= {each.id for each in parts.places.places}
    assert sum(told.findings.values()) == len(shown.view.derived.findings)
    assert told.head.entry == shown.view.head[0]


def test_the_overview_shows_the_first_and_marks_them_all(
    of_demo: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("standoff.show.page.parts.CONTESTED", 2)
    monkeypatch.setattr("standoff.show.page.parts.LASTING", 0)
    parts = Shown(of_demo.view, of_demo.log).parts
    told, lines = parts.overview, list(parts.disputes.values())
    assert len(lines) > 2
    assert list(told.disputes) == lines[:2]
    assert [(each.id, each.place, each.incident, each.first, each.last) for each in told.contested] == [
        (each.id, each.place, each.incident, each.first, each.last) for each in lines
    ]
    assert (told.clock, told.more_clock) == ((), len(parts.clock))


def test_sides_stand_in_the_order_in_which_they_were_first_told(of_demo: Shown) -> None:
    """Never by how many hold them."""
    for name in of_demo.parts.disputes:
        sides = of_demo.parts.dispute_view(name).dispute.sides
        line = of_demo.parts.disputes[name]
        assert [each.answer for each in line.answers] == [each.answer for each in sides]
        firsts = [min((a.said or a.published or "~" for a in side.accounts), default="~") for side in sides]
        assert firsts == sorted(firsts), name


def test_a_dispute_says_what_would_settle_it(of_demo: Shown) -> None:
    for name in of_demo.parts.disputes:
        told = of_demo.parts.dispute_view(name)
        assert told.dispute.settle or told.dispute.status == "settled"
        assert all(each.strip().endswith((".", "?")) or len(each) > 10 for each in told.dispute.settle)
        assert name not in {each.id for each in told.related}
        ids = {account.id for side in told.dispute.sides for account in side.accounts}
        assert all({link.from_, link.to} <= ids for link in told.links)


def test_events_are_found_by_days_place_and_incident(of_demo: Shown) -> None:
    parts = of_demo.parts
    whole = parts.events(count=500)
    assert [each.id for each in whole.events] == [each.id for each in of_demo.view.derived.timeline]
    day = next(each.earliest for each in whole.events if each.earliest)
    for each in parts.events(begin=day, end=day, count=500).events:
        assert each.latest is None or each.latest >= day
        assert each.earliest is None or each.earliest <= day
    assert parts.events(begin="2999").total == sum(each.latest is None for each in whole.events)
    place = next((each.place for each in whole.events if each.place), None)
    if place:
        assert {each.place for each in parts.events(place=place).events} == {place}
    assert all(each.place is None for each in parts.events(unplaced=True, count=500).events)
    assert parts.events(unplaced=True).total == parts.places.unplaced
    some = parts.events(first=1, count=2)
    assert [each.id for each in some.events] == [each.id for each in whole.events[1:3]]
    assert parts.events(first=10**9).events == ()
    assert parts.events(place="nothing").total == 0


def test_events_without_a_place_are_listed_not_dropped(shown: Shown) -> None:
    placed = sum(each.events for each in shown.parts.places.places)
    assert placed + shown.parts.places.unplaced == len(shown.view.derived.timeline)


def test_the_ledger_shows_one_group_in_full_and_names_whom_it_counts(of_demo: Shown) -> None:
    told = of_demo.parts.ledger_view(None)
    assert told.group is not None
    assert len(told.group.steps) == max(each.steps for each in told.groups)
    assert told.voices
    other = told.groups[-1].id
    view = of_demo.parts.ledger_view(other)
    assert view.group is not None
    assert view.group.id == other


def test_a_party_shows_who_speaks_for_it_and_what_it_says(shown: Shown) -> None:
    parts = shown.parts
    for name, line in parts.parties.items():
        told = parts.party_view(name)
        assert told.party.name == line.name
        assert all(each.represents == told.party.name for each in told.spokespeople)
        assert told.speaks_for is None or told.speaks_for.name == told.party.represents
        for answer in told.answers:
            assert answer.accounts
            assert answer.dispute is None or answer.dispute in parts.disputes


def test_a_report_has_its_neighbours_and_all_its_layers(shown: Shown) -> None:
    parts, order = shown.parts, [each.id for each in shown.view.reports]
    for n, name in enumerate(order):
        told = parts.report_view(name)
        assert told.report.text == shown.view.reports[n].text
        assert told.before == (order[n - 1] if n else None)
        assert told.after == (order[n + 1] if n + 1 < len(order) else None)
        reading = next((each for each in shown.view.readings if each.report == name), None)
        assert told.quantities == (reading.quantities if reading else ())
        known = {each.id for each in (*told.quantities, *told.claims)}
        assert set(told.answers) <= known
        assert told.reader == (reading.reader if reading else None)


def test_a_report_that_was_not_read_says_why(by_hand: Shown) -> None:
    line = by_hand.parts.reports["broken.pdf"]
    assert line.unread == "the PDF ends too early"
    assert by_hand.parts.report_view("broken.pdf").statements == ()


def test_a_report_of_a_language_written_from_the_right_says_so(by_hand: Shown) -> None:
    from standoff.model import Sourced

    first, *rest = by_hand.view.reports
    for language, direction in (
        ("ar", "rtl"),
        ("ar-EG", "rtl"),
        ("he", "rtl"),
        ("en", "auto"),
        (None, "auto"),
    ):
        report = msgspec.structs.replace(first, language=Sourced(value=language))
        view = msgspec.structs.replace(by_hand.view, reports=(report, *rest))
        assert Parts(view, {}).report_view(report.id).direction == direction


def test_what_waits_comes_with_its_words_and_what_was_seen_of_it(shown: Shown) -> None:
    told = shown.parts.waiting(0, 500)
    for each in told:
        assert each.ask.endswith("?") or ":" in each.ask
        assert set(each.seen) == {name for name in (each.id, each.other) if name}
        for spot in each.spots:
            text = shown.parts.index.reports[spot.report].text
            assert spot.before + spot.text + spot.after in text or len(spot.pieces) > 1
            assert quote(text, spot.pieces) == spot.text
    assert shown.parts.waiting(1, 1) == told[1:2]


def test_a_proof_leads_down_to_the_words(of_demo: Shown) -> None:
    def leaves(nodes: tuple[Proof, ...]) -> Iterator[tuple[str, str, str]]:
        for each in nodes:
            if each.words:
                yield each.words
            yield from leaves(each.below)

    texts = [each.text for each in of_demo.view.reports]
    for name in of_demo.parts.disputes:
        found = list(leaves(of_demo.parts.proof(name)))
        assert found
        assert all(any(quoted in text for text in texts) or " … " in quoted for _, quoted, _ in found)


# ---- decisions


@pytest.fixture
def decided(tmp_path: Path, of_demo: Shown, built: Path) -> Iterator[Any]:
    """A copy of the demo to decide in: takes an action, gives what is shown after it."""
    path = tmp_path / "demo.standoff"
    copy(built, path)
    with Situation.open(path) as held:

        def decide(action: str, *targets: str, why: str | None = None, **values: Any) -> tuple[int, Shown]:
            review: Review = make_review(held.view(), action, targets, values, "Ada", why)
            entry = held.review(review)
            return entry, Shown(held.view(), logged(held.record))

        yield decide


def test_changes_since_an_entry_are_what_came_after_it(decided: Any, of_demo: Shown) -> None:
    head = of_demo.view.head[0]
    report = next(each for each in of_demo.parts.reports.values() if each.quantities)
    name = of_demo.parts.report_view(report.id).quantities[0].id
    assert of_demo.parts.changes(of_demo.log, head).happenings == ()
    assert of_demo.parts.changes(of_demo.log, head).reports == ()
    whole = of_demo.parts.changes(of_demo.log, 0)
    assert len(whole.reports) == len(of_demo.view.reports)
    entry, after = decided("correct", name, low=1, high=1, best=1)
    told = after.parts.changes(after.log, head)
    assert [each.entry for each in told.happenings] == [entry]
    assert told.reports == ()
    assert (told.since, told.head) == (head, entry)
    for each in told.disputes:
        assert each.entry == entry
    assert after.parts.changes(after.log, entry).happenings == ()
    assert (told.counts.reports, told.counts.happenings) == (0, 1)
    assert told.counts.disputes == len(told.disputes)


def test_changes_are_counted_whole_and_sent_in_pages(of_demo: Shown) -> None:
    whole = of_demo.parts.changes(of_demo.log, 0)
    pages = [of_demo.parts.changes(of_demo.log, 0, first, 4) for first in range(0, len(whole.reports), 4)]
    assert all(each.counts == whole.counts for each in pages)
    assert whole.counts.reports == len(whole.reports)
    assert tuple(report for each in pages for report in each.reports) == whole.reports


def test_a_rejected_annotation_is_shown_where_it_stood(decided: Any, of_demo: Shown) -> None:
    report = next(each for each in of_demo.parts.reports.values() if each.quantities)
    quantity = of_demo.parts.report_view(report.id).quantities[0]
    entry, after = decided("reject", quantity.id)
    view = after.parts.report_view(report.id)
    (gone,) = view.rejected
    assert (gone.layer, gone.annotation.id) == ("quantity", quantity.id)
    assert gone.spans == ((quantity.start, quantity.end),)
    assert view.status[quantity.id] == "rejected"
    assert view.seen[quantity.id] == entry
    others = [each for each in after.view.reports if each.text_sha256 != view.report.text_sha256]
    assert all(not after.parts.report_view(each.id).rejected for each in others)


# ---- the log in words


def test_the_log_is_told_newest_first_and_page_by_page(of_demo: Shown) -> None:
    whole = of_demo.log.newest(500)
    entries = [each.entry for each in whole.happenings]
    assert entries == sorted(entries, reverse=True)
    assert whole.total == len(entries)
    first = of_demo.log.newest(3)
    rest = of_demo.log.newest(500, before=first.happenings[-1].entry)
    assert [*first.happenings, *rest.happenings] == list(whole.happenings)
    assert of_demo.log.newest(500, kinds=frozenset({"review"})).happenings == ()
    assert of_demo.log.newest(500, before=0).happenings == ()
    assert [entry for _, entry in whole.days] == sorted(entry for _, entry in whole.days)


def test_the_log_is_followed_as_it_grows(decided: Any, of_demo: Shown) -> None:
    name = next(iter(of_demo.parts.parties))
    entry, after = decided("accept", name, why="known to us")
    told = after.log.at(entry)
    assert told is not None
    assert (told.action, told.by, told.why, told.undone_by) == ("accept", "Ada", "known to us", None)
    undone, after = decided("undo", str(entry))
    told, taken = after.log.at(entry), after.log.at(undone)
    assert told
    assert taken
    assert (told.undone_by, taken.undoes) == (undone, entry)
    assert taken.text == f"taken back: entry {entry}"
    assert after.log.at(10**9) is None


def test_every_report_has_the_entry_it_came_with(of_demo: Shown) -> None:
    for line in of_demo.parts.reports.values():
        told = of_demo.log.at(line.entry)
        assert told is not None
        assert told.report == line.id
