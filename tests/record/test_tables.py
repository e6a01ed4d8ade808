"""Any tool of the database can read what lies there."""

from __future__ import annotations

import hashlib
import json

import pytest

from standoff.errors import RecordError
from standoff.model import Review
from standoff.record import Record, anchor_of, schema
from tests.record.hand import Place, ask, names, refusal
from tests.record.make import AT, TEXT, read, taken


@pytest.fixture
def path(place: Place) -> Place:
    path = place
    one = taken(published="2031-05-02", publisher="Harbour Post")
    reading = read(one)
    anchor = anchor_of("time", reading.times[0], TEXT, reading.text_sha256)
    with Record.open(path) as record:
        record.add(one, reading, at=AT)
        record.add(taken(where="b"), at=AT)
        record.append_review(Review(action="reject", targets=(anchor,), by="Ada", at=AT, why="no"), at=AT)
        record.append_failure("a.txt", "read", RecordError("it broke"), at=AT)
    return path


def test_views_read_well(path: Place) -> None:
    [report] = ask(path, "SELECT * FROM reports")
    assert (report["id"], report["publisher"], report["published"]) == ("a.txt", "Harbour Post", "2031-05-02")
    assert report["size"] == len(TEXT)
    [reading] = ask(path, "SELECT * FROM readings")
    assert (reading["reader"], reading["mentions"], reading["claims"]) == ("test", 2, 1)
    [review] = ask(path, "SELECT * FROM reviews")
    assert (review["action"], review["by"], review["quote"], review["why"]) == (
        "reject",
        "Ada",
        "Monday",
        "no",
    )
    [again] = ask(path, "SELECT * FROM acquisitions")
    assert (again["report"], again["where"]) == ("a.txt", "b")
    assert [row["what"] for row in ask(path, "SELECT what FROM failures")] == ["it broke [SO-400]"]
    log = ask(path, "SELECT * FROM log")
    assert [row["kind"] for row in log] == ["report", "reading", "acquisition", "review", "failure"]
    assert json.loads(str(log[0]["body"]))["format"] == 1


def test_entries_cannot_be_changed_by_accident(path: Place) -> None:
    for sql in ("DELETE FROM entry", "UPDATE entry SET at = ''", "DELETE FROM content"):
        assert "append-only" in refusal(path, sql)


ROWS = [
    {"id": "q1", "low": 5, "high": None, "open": True, "spans": ((1, 2),), "note": "\ud800"},
    {"id": "q2", "low": 2.5, "high": 10**30, "open": False, "spans": (), "extra": float("nan")},
]


def test_derived_tables_are_replaced_whole_and_marked(path: Place) -> None:
    with Record.open(path) as record:
        record.replace_derived({"quantities": ROWS, "disputes": []}, "derive-1")
        record.replace_derived({"quantities": ROWS}, "derive-2")
        [state] = record.derived()
        assert (state.name, state.version, state.rows) == ("quantities", "derive-2", 2)
        assert (state.head, state.head_hash) == record.head()
    rows = ask(path, "SELECT * FROM quantities")
    assert [row["row_number"] for row in rows] == [1, 2]
    assert rows[0]["spans"] == "[[1,2]]"
    assert (rows[0]["open"], rows[0]["high"], rows[1]["low"], rows[1]["extra"]) == (1, None, 2.5, None)
    assert rows[1]["high"] == str(10**30)
    assert "quantities" in names(path)
    assert "disputes" not in names(path)


@pytest.mark.parametrize("name", ["entry", "reports", "sqlite_x", 'a"b', "", "Ä"])
def test_a_derived_table_cannot_take_the_place_of_the_log(path: Place, name: str) -> None:
    with Record.open(path) as record, pytest.raises(RecordError, match="name of a derived table"):
        record.replace_derived({name: [{"id": 1}]}, "d")


def test_derived_tables_are_written_whole_or_not_at_all(path: Place) -> None:
    with Record.open(path) as record:
        record.replace_derived({"claims": [{"id": "a"}]}, "d")
        with pytest.raises(RecordError):
            record.replace_derived({"claims": [{"id": "b"}], "zz": [{"bad name": 1}]}, "d")
        assert record.derived_rows("claims") == (["id"], [("a",)])


def test_the_objects_of_a_file_are_what_older_files_have() -> None:
    """`verify` compares them word for word: files that are out there must go on passing."""
    told = json.dumps({name: sql.split() for name, sql in sorted(schema.CORE.items())})
    assert (
        hashlib.sha256(told.encode()).hexdigest()
        == "9118deee3b3162156e0f8653c22936458caae97acb950f9a6c18e84fe39907d5"
    )
