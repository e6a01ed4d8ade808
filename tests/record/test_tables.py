"""Any SQLite tool can read the file."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from standoff.errors import RecordError
from standoff.model import Review
from standoff.record import Record, anchor_of
from tests.record.make import AT, TEXT, read, taken


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "s.standoff"
    one = taken(published="2031-05-02", publisher="Harbour Post")
    reading = read(one)
    anchor = anchor_of("time", reading.times[0], TEXT, reading.text_sha256)
    with Record.open(path) as record:
        record.add(one, reading, at=AT)
        record.add(taken(where="b"), at=AT)
        record.append_review(Review(action="reject", targets=(anchor,), by="Ada", at=AT, why="no"), at=AT)
        record.append_failure("a.txt", "read", RecordError("it broke"), at=AT)
    return path


def ask(path: Path, sql: str) -> list[dict[str, object]]:
    with closing(sqlite3.connect(path)) as con:
        con.row_factory = sqlite3.Row
        return [dict(row) for row in con.execute(sql)]


def test_views_read_well(path: Path) -> None:
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


def test_entries_cannot_be_changed_by_accident(path: Path) -> None:
    with closing(sqlite3.connect(path)) as con:
        for sql in ("DELETE FROM entry", "UPDATE entry SET at = ''", "DELETE FROM content"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                con.execute(sql)


ROWS = [
    {"id": "q1", "low": 5, "high": None, "open": True, "spans": ((1, 2),), "note": "\ud800"},
    {"id": "q2", "low": 2.5, "high": 10**30, "open": False, "spans": (), "extra": float("nan")},
]


def test_derived_tables_are_replaced_whole_and_marked(path: Path) -> None:
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
    assert ask(path, "SELECT name FROM sqlite_master WHERE name = 'disputes'") == []


@pytest.mark.parametrize("name", ["entry", "reports", "sqlite_x", 'a"b', "", "Ä"])
def test_a_derived_table_cannot_take_the_place_of_the_log(path: Path, name: str) -> None:
    with Record.open(path) as record, pytest.raises(RecordError, match="name of a derived table"):
        record.replace_derived({name: [{"id": 1}]}, "d")


def test_derived_tables_are_written_whole_or_not_at_all(path: Path) -> None:
    with Record.open(path) as record:
        record.replace_derived({"claims": [{"id": "a"}]}, "d")
        with pytest.raises(RecordError):
            record.replace_derived({"claims": [{"id": "b"}], "zz": [{"bad name": 1}]}, "d")
        assert record.derived_rows("claims") == (["id"], [("a",)])
