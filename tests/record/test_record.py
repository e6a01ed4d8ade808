"""The log, its three axes, and what is asked of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from standoff.errors import AnchorError, ReviewError, UsageError
from standoff.model import Anchor, Axes, Review
from standoff.record import Record, anchor_of
from tests.record.hand import Place
from tests.record.make import AT, TEXT, read, small, taken


def accept(anchor: Anchor, **more: object) -> Review:
    return Review(action="accept", targets=(anchor,), by="Ada", at=AT, **more)  # type: ignore[arg-type]


def test_what_was_recorded_by_an_entry_comes_back(place: Place) -> None:
    with Record.open(place) as record:
        seen = []
        for number in range(4):
            one = small(number)
            record.add(one, read(one))
            record.append_reading(read(one, "2"))
            seen.append((record.head(), record.snapshot()))
        for head, snapshot in seen:
            then = record.snapshot(Axes(recorded_by=head.n))
            assert then == snapshot
            assert then.head == head
        assert record.snapshot(Axes(recorded_by=2)).readings[0].reader.version == "1"
        assert record.reports(Axes(recorded_by=0)) == []


def test_the_newest_reading_counts(place: Place) -> None:
    one = taken()
    with Record.open(place) as record:
        record.add(one, read(one, "2"))
        record.append_reading(read(one, "1"))
        assert [reading.reader.version for reading in record.readings()] == ["1"]


def test_known_by_leaves_out_what_has_no_date_and_says_how_many(place: Place) -> None:
    dates = ["2031-05-01", "2031-05-03", None, "2031-05", "2031-04", "../..", "2031-06/.."]
    with Record.open(place) as record:
        for number, date in enumerate(dates):
            one = taken(f"{number}", f"{TEXT} {number}", published=date)
            record.add(one, read(one), id_given=True)
        axes = Axes(known_by="2031-05-02")
        snapshot = record.snapshot(axes)
        assert [report.id for report in snapshot.reports] == ["0", "4"]
        assert [reading.report for reading in snapshot.readings] == ["0", "4"]
        assert snapshot.left_out == record.left_out(axes) == 3
        assert [report.id for report in record.reports(Axes(known_by="2031-05"))] == ["0", "1", "3", "4"]
        with pytest.raises(UsageError, match="is not a date"):  # no damage of the log
            record.reports(Axes(known_by="../.."))


def test_the_same_log_gives_the_same_bytes(another: Callable[[], Place]) -> None:
    logs = []
    for _ in range(2):
        with Record.open(another()) as record:
            for number in range(3):
                one = small(number)
                record.add(one, read(one), at=AT)
            logs.append((record.head(), list(record.entries())))
    assert logs[0] == logs[1]


def test_a_kept_log_still_hashes_to_what_it_did(place: Place) -> None:
    """The format may never change for what is written already: this head was computed once for good."""
    one = taken(published="2031-05-02", publisher="Harbour Post")
    with Record.open(place) as record:
        record.add(one, read(one), at=AT)
        bodies = [row.body for row in record._store.rows()]
    assert bodies[0].startswith(
        b'{"at":"2031-05-01T10:00:00Z","body":{"asked":"a.txt","report":{"acquired":{"at"'
    )
    assert bodies[0].endswith(b'},"format":1,"kind":"report"}')


def test_reviews_are_kept_in_order_with_exact_values(place: Place) -> None:
    one = taken()
    reading = read(one)
    anchor = anchor_of("quantity", reading.quantities[0], TEXT, one.report.text_sha256)
    with Record.open(place) as record:
        record.add(one, reading)
        first = Review(action="correct", targets=(anchor,), value={"low": 12.5, "n": 3}, by="Ada", at=AT)
        number = record.append_review(first)
        undo = record.append_review(Review(action="undo", undoes=number, by="Ben", at=AT, why="typo"))
        assert [entry for entry, _ in record.reviews()] == [number, undo]
        assert record.reviews()[0][1] == first
        assert record.reviews(Axes(recorded_by=number)) == [(number, first)]


def test_a_review_must_name_what_is_there(place: Place) -> None:
    one = taken()
    digest = one.report.text_sha256
    with Record.open(place) as record:
        record.add(one, read(one))
        for bad in (
            accept(Anchor(layer="time", text_sha256=digest, spans=((0, 3),), quote="Monday")),
            accept(Anchor(layer="time", text_sha256=digest, spans=((0, 3000),))),
            accept(Anchor(layer="time", text_sha256="0" * 64, spans=((0, 3),))),
            Review(action="reject", by="Ada", at=AT),
            Review(action="undo", by="Ada", at=AT),
            Review(action="undo", undoes=1, by="Ada", at=AT),
            Review(action="undo", undoes=99, by="Ada", at=AT),
        ):
            with pytest.raises(ReviewError):
                record.append_review(bad)
        assert record.head().n == 2


def test_a_reading_of_another_text_is_refused(place: Place) -> None:
    one, other = taken(), taken(text=TEXT + " Later.")
    with Record.open(place) as record:
        record.add(one)
        with pytest.raises(AnchorError, match="another text"):
            record.append_reading(read(other))


def test_failures_and_outputs_are_logged(place: Place) -> None:
    with Record.open(place) as record:
        record.append_failure("a.txt", "read", AnchorError("a span is off"))
        record.append_output({"what": "brief", "coarsen_km": 2.5})
        told = [(entry.kind, entry.body) for entry in record.entries()]
    assert told[0][1]["code"] == "SO-300"
    assert told[1] == ("output", {"what": "brief", "coarsen_km": {"$decimal": "2.5"}})
