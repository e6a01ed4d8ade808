"""What is not a situation file, cannot be opened, or cannot be written."""

from __future__ import annotations

import os
import shutil
import sqlite3
import struct
from pathlib import Path

import pytest

from standoff.errors import RecordError
from standoff.record import Record, schema, verify
from standoff.record import copy as copy_record
from tests.record.make import read, small, taken


def made(path: Path, count: int = 2) -> Path:
    with Record.open(path) as record:
        for number in range(count):
            record.add(small(number), read(small(number)))
    return path


def fill(record: Record) -> None:
    for number in range(1, 50):
        record.add(small(number), read(small(number)))


def other_database(path: Path) -> None:
    con = sqlite3.connect(path)
    con.execute("CREATE TABLE t (x)")
    con.commit()
    con.close()


CASES = {
    "empty": (lambda path: path.write_bytes(b""), "empty"),
    "text": (lambda path: path.write_text("Rebels denied it. " * 40), "not a situation file"),
    "short": (lambda path: path.write_bytes(b"SQLite format 3\x00"), "not a situation file"),
    "another program's": (other_database, "another program"),
    "folder": (lambda path: path.mkdir(), "folder"),
}


@pytest.mark.parametrize("case", CASES)
def test_what_is_no_situation_file_is_refused_and_left_alone(tmp_path: Path, case: str) -> None:
    make, words = CASES[case]
    path = tmp_path / "s.standoff"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(RecordError, match=words) as raised:
        Record.open(path)
    assert str(path) in str(raised.value)
    assert "\n" not in str(raised.value)
    assert (path.read_bytes() if path.is_file() else None) == before
    assert not verify(path).ok


def test_a_missing_file_is_only_made_when_asked(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="no such situation file"):
        Record.open(tmp_path / "s.standoff", create=False)
    with pytest.raises(RecordError, match="folder exists"):
        Record.open(tmp_path / "no" / "s.standoff")
    assert list(tmp_path.iterdir()) == []


def test_create_refuses_what_is_there(tmp_path: Path) -> None:
    path = made(tmp_path / "s.standoff")
    with pytest.raises(RecordError, match="already"):
        Record.create(path)


def test_a_newer_file_asks_for_an_upgrade(tmp_path: Path) -> None:
    path = made(tmp_path / "s.standoff")
    data = bytearray(path.read_bytes())
    data[60:64] = struct.pack(">I", schema.VERSION + 1)
    path.write_bytes(bytes(data))
    with pytest.raises(RecordError, match=r"version 2.*upgrade standoff"):
        Record.open(path)


def test_an_older_file_is_brought_up_and_its_log_is_untouched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made(tmp_path / "s.standoff")
    with Record.open(path) as record:
        before = [(row.body, row.hash) for row in record._store.rows()]
    monkeypatch.setattr(schema, "VERSION", 3)
    monkeypatch.setitem(schema.MIGRATIONS, 1, lambda con: con.execute("CREATE TABLE one (x)"))
    monkeypatch.setitem(schema.MIGRATIONS, 2, lambda con: con.execute("ALTER TABLE one ADD COLUMN y"))
    with pytest.raises(RecordError, match="version 1 and can only be read after"):
        Record.open(path, write=False)
    with Record.open(path) as record:
        assert [(row.body, row.hash) for row in record._store.rows()] == before
    with sqlite3.connect(path) as con:
        assert con.execute("PRAGMA user_version").fetchone() == (3,)
        assert con.execute("SELECT x, y FROM one").fetchall() == []
    con.close()


def test_a_migration_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = made(tmp_path / "s.standoff")

    def fails(con: sqlite3.Connection) -> None:
        con.execute("CREATE TABLE one (x)")
        con.execute("SELECT no_such FROM one")

    with monkeypatch.context() as patch:
        patch.setattr(schema, "VERSION", 2)
        patch.setitem(schema.MIGRATIONS, 1, fails)
        with pytest.raises(RecordError):
            Record.open(path)
    assert verify(path).ok


def test_a_full_disk_is_a_sentence_and_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "s.standoff"
    with Record.open(path) as record:
        record.add(small(0), read(small(0)))
        con = record._store._con
        pages = con.execute("PRAGMA page_count").fetchone()[0]
        con.execute(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(RecordError, match=r"no room left.*free disk space.*is lost"):
            fill(record)
        kept = [report.id for report in record.reports()]
        con.execute("PRAGMA max_page_count = 100000")
        record.add(small(60), read(small(60)))
    result = verify(path)
    assert result.ok, result
    with Record.open(path) as record:
        assert [report.id for report in record.reports()] == [*kept, "r60.txt"]
        assert len(record.readings()) == len(kept) + 1


def test_a_locked_file_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = made(tmp_path / "s.standoff")
    with Record.open(path) as one, Record.open(path) as two:
        two._store._con.execute("PRAGMA busy_timeout = 50")
        with one._store.write(), pytest.raises(RecordError, match="in use by another process"):
            two.add(taken("z.txt"))
        two.add(taken("z.txt"))


def test_the_single_file_is_complete_once_closed(tmp_path: Path) -> None:
    path = made(tmp_path / "s.standoff")
    with Record.open(path, write=False) as record:
        assert len(record.reports()) == 2
    assert verify(path).ok
    assert [file.name for file in tmp_path.iterdir()] == ["s.standoff"]
    alone = tmp_path / "sub" / "moved.standoff"
    alone.parent.mkdir()
    shutil.copy(path, alone)
    assert verify(alone).entries == 4


def test_side_files_left_by_a_crash_are_recovered(tmp_path: Path) -> None:
    path, crashed = tmp_path / "s.standoff", tmp_path / "c.standoff"
    with Record.open(path) as record:
        for number in range(3):
            record.add(small(number), read(small(number)))
        for side in ("", "-wal"):
            shutil.copy(f"{path}{side}", f"{crashed}{side}")
    assert verify(crashed).entries == 6
    with Record.open(crashed) as record:
        assert len(record.reports()) == 3
    assert sorted(file.name for file in tmp_path.iterdir()) == ["c.standoff", "s.standoff"]


def test_a_copy_in_use_is_consistent_and_overwrites_nothing(tmp_path: Path) -> None:
    path, target = tmp_path / "s.standoff", tmp_path / "t.standoff"
    with Record.open(path) as record:
        record.add(small(0), read(small(0)))
        copy_record(path, target)
        record.add(small(1), read(small(1)))
        with pytest.raises(RecordError, match="already"):
            copy_record(path, target)
        with pytest.raises(RecordError, match="already"):
            copy_record(path, path)
    assert verify(target).entries == 2
    assert verify(path).entries == 4
    assert sorted(file.name for file in tmp_path.iterdir()) == ["s.standoff", "t.standoff"]
    with Record.open(target) as record:
        record.add(small(7))


@pytest.mark.skipif(os.geteuid() == 0, reason="permissions do not bind the superuser")
def test_a_read_only_folder_can_be_read_and_not_written(tmp_path: Path) -> None:
    folder = tmp_path / "ro"
    folder.mkdir()
    path = made(folder / "s.standoff")
    path.chmod(0o444)
    folder.chmod(0o555)
    try:
        with Record.open(path, write=False) as record:
            assert len(record.reports()) == 2
        assert verify(path).ok
        with pytest.raises(RecordError), Record.open(path) as record:
            record.add(taken("z.txt"))
    finally:
        folder.chmod(0o755)


def test_a_file_opened_to_read_refuses_to_write(tmp_path: Path) -> None:
    path = made(tmp_path / "s.standoff")
    with (
        Record.open(path, write=False) as record,
        pytest.raises(RecordError, match="opened to be read"),
    ):
        record.add(taken("z.txt"))


def test_sizes_over_the_limit_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from standoff.record import entries, packing

    with Record.open(tmp_path / "s.standoff") as record:
        monkeypatch.setattr(packing, "MAX_DATA", 10)
        with pytest.raises(RecordError, match="over the limit"):
            record.add(taken())
        monkeypatch.undo()
        monkeypatch.setattr(entries, "MAX_ENTRY", 10)
        with pytest.raises(RecordError, match="over the limit"):
            record.add(taken())
        assert record.head().n == 0
