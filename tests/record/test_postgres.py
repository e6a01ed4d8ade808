"""What only a database does: roles, other programs, lost connections, many at once."""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest

from standoff.errors import RecordError
from standoff.record import Record, copy, pgschema, verify
from standoff.record.address import address_of
from tests.record.hand import ask, names, opened, refusal
from tests.record.make import AT, read, small, taken

pytestmark = pytest.mark.xdist_group("postgres")
ROWS = [{"id": "a", "low": 1.5}, {"id": "b", "low": None}]


@pytest.fixture
def place(schema: Callable[[], str]) -> str:
    return schema()


@pytest.fixture
def made(place: str) -> str:
    with Record.open(place) as record:
        for number in range(3):
            record.add(small(number), read(small(number)), at=AT)
        record.replace_derived({"claims": ROWS}, "d-1")
    return place


def execute(place: str, *statements: str) -> None:
    with opened(place) as con:
        for sql in statements:
            con.execute(sql)


def name_of(place: str) -> str:
    address = address_of(place)
    assert address is not None
    return address.schema


# ---- opening


def test_a_missing_schema_is_only_made_when_asked(place: str) -> None:
    for write in (True, False):
        with pytest.raises(RecordError, match="no situation in this schema"):
            Record.open(place, create=False, write=write)
    with pytest.raises(RecordError, match="no situation in this schema"):
        Record.open(place, write=False)
    assert not verify(place).ok
    assert names(place) == set()
    with Record.open(place) as record:
        assert record.name == name_of(place)


def test_an_empty_schema_is_taken_and_another_programs_left_alone(place: str) -> None:
    execute(place, f"CREATE SCHEMA {name_of(place)}")
    for kind, sql in (("TABLE", "TABLE situation (x int)"), ("VIEW", "VIEW situation AS SELECT 1 AS format")):
        execute(place, f"CREATE {sql}")
        with pytest.raises(RecordError, match="another program: it holds situation"):
            Record.open(place)
        assert names(place) == {"situation"}
        execute(place, f"DROP {kind} situation")
    Record.open(place).close()
    assert verify(place).ok


@pytest.mark.parametrize("name", ["Das Lager", "a\"b'c", "%D9%85%D8%AE%D9%8A%D9%85", "select"])
def test_a_schema_may_have_any_name(database: str, name: str, tmp_path: Path) -> None:
    place = f"{database}&schema={quote(unquote(name))}"
    with Record.open(place) as record:
        record.add(small(1), read(small(1)))
        record.replace_derived({"claims": ROWS}, "d-1")
        assert record.name == unquote(name)
        assert record.wait(0, 1) == 2
    assert verify(place).ok
    copy(place, tmp_path)
    assert verify(tmp_path / f"{unquote(name)}.standoff").ok


def test_the_schema_public_is_named_after_the_database(database: str) -> None:
    execute(database, "CREATE DATABASE north_road ENCODING 'UTF8' TEMPLATE template0")
    with Record.open(database.replace("/standoff?", "/north_road?")) as record:
        assert record.name == "north_road"
        record.add(small(1), read(small(1)))


def test_a_database_that_cannot_hold_every_text_is_refused(database: str) -> None:
    execute(database, "CREATE DATABASE old ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    with pytest.raises(RecordError, match=r"LATIN1.*createdb --encoding UTF8"):
        Record.open(database.replace("/standoff?", "/old?") + "&schema=s")


def test_what_the_server_says_is_one_sentence_without_the_password(database: str) -> None:
    execute(database, "CREATE ROLE locked LOGIN PASSWORD 'right'")
    address = database.replace("standoff@", "locked:wr0ng@")
    for place, words in ((address, "password authentication failed"), (f"{database}x", "cannot be opened")):
        with pytest.raises(RecordError, match=words) as raised:
            Record.open(place)
        assert "wr0ng" not in str(raised.value)
        assert raised.value.__cause__ is None
    with pytest.raises(RecordError, match="does not exist"):
        Record.open(database.replace("/standoff?", "/none?"))


def test_many_may_make_it_at_once(place: str) -> None:
    def make() -> None:
        with Record.open(place) as record:
            record.append_output({"what": "nothing"})

    threads = [threading.Thread(target=make) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    result = verify(place)
    assert (result.ok, result.entries) == (True, 6), result


# ---- versions


def test_a_newer_one_asks_for_an_upgrade(made: str) -> None:
    execute(made, f"UPDATE situation SET version = {pgschema.VERSION + 1}")
    with pytest.raises(RecordError, match=r"version 2.*upgrade standoff"):
        Record.open(made)


def test_an_older_one_is_brought_up_and_its_log_is_untouched(
    made: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = ask(made, "SELECT * FROM entry ORDER BY n")
    monkeypatch.setattr(pgschema, "VERSION", 3)
    monkeypatch.setitem(pgschema.MIGRATIONS, 1, lambda con: con.execute("CREATE TABLE one (x int)"))
    monkeypatch.setitem(pgschema.MIGRATIONS, 2, lambda con: con.execute("ALTER TABLE one ADD y int"))
    with pytest.raises(RecordError, match="version 1 and can only be read after"):
        Record.open(made, write=False)
    Record.open(made).close()
    assert ask(made, "SELECT * FROM entry ORDER BY n") == before
    assert ask(made, "SELECT version FROM situation") == [{"version": 3}]
    assert ask(made, "SELECT x, y FROM one") == []


def test_a_migration_that_fails_changes_nothing(made: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(con: Any) -> None:
        con.execute("CREATE TABLE one (x int)")
        con.execute("SELECT no_such FROM one")

    with monkeypatch.context() as patch:
        patch.setattr(pgschema, "VERSION", 2)
        patch.setitem(pgschema.MIGRATIONS, 1, fails)
        with pytest.raises(RecordError):
            Record.open(made)
    assert "one" not in names(made)
    assert verify(made).ok


# ---- append-only, and who may do what


@pytest.mark.parametrize("table", ["entry", "content"])
def test_entries_and_contents_stay(made: str, table: str) -> None:
    for sql in (f"UPDATE {table} SET sha256 = ''", f"DELETE FROM {table}", f"TRUNCATE {table}"):
        assert "append-only" in refusal(made, sql)
    assert verify(made).ok


def test_bodies_are_the_exact_bytes(made: str) -> None:
    kinds = ask(made, "SELECT pg_typeof(body)::text AS body FROM entry LIMIT 1")
    assert kinds == [{"body": "bytea"}]
    sizes = ask(made, "SELECT sum(size) AS size, sum(octet_length(packed)) AS packed FROM content")
    assert sizes[0]["packed"] < sizes[0]["size"]


PAGE = Path(__file__).resolve().parents[2] / "docs" / "file-format.md"
[TOLD] = re.findall(r"```sql\n(GRANT .*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
READER, WRITER = re.split(r"^--.*\n", TOLD, flags=re.MULTILINE)
"""What the documentation says to grant to whom."""


@pytest.fixture
def role(made: str) -> Iterator[Callable[[str], str]]:
    """Makes a role that may only read, or read and add; gives its address."""
    made_for: list[str] = []

    def grant(grants: str) -> str:
        name = f"role{len(made_for)}_{name_of(made)}"
        made_for.append(name)
        execute(made, f"CREATE ROLE {name} LOGIN")
        told = grants.replace("blockade", name_of(made)).replace("team", name)
        execute(made, *filter(str.strip, told.split(";")))
        return made.replace("standoff@", f"{name}@")

    yield grant
    for name in made_for:
        execute(made, f"DROP OWNED BY {name}", f"DROP ROLE {name}")


def test_a_role_that_may_only_read_reads(made: str, role: Callable[[str], str]) -> None:
    reader = role(READER)
    with Record.open(made) as record:
        record.replace_derived({"disputes": ROWS}, "d-1")
    with Record.open(reader, write=False) as record:
        assert len(record.snapshot().reports) == 3
        assert len(ask(reader, "SELECT * FROM reports")) == 3
        assert len(ask(reader, "SELECT * FROM disputes")) == 2, "made since, and still for all to see"
        assert record.wait(0, 1) == 6
    assert verify(reader).ok
    with pytest.raises(RecordError, match="does not let this user"), Record.open(reader) as record:
        record.add(small(9), read(small(9)))
    assert verify(made).entries == 6


def test_a_role_that_may_add_cannot_take_away(made: str, role: Callable[[str], str]) -> None:
    import psycopg

    writer = role(READER + WRITER)
    with Record.open(writer) as record:
        record.add(small(9), read(small(9)))
        record.replace_derived({"claims": [{"id": 1, "new": "x"}], "disputes": ROWS}, "d-2")
        record.replace_derived({"disputes": [{"low": 1}]}, "d-3")
    assert verify(writer).ok
    assert ask(made, "SELECT * FROM disputes") == [{"row_number": 1, "low": 1}]
    for sql in (
        "DELETE FROM entry",
        "TRUNCATE entry",
        "ALTER TABLE entry DISABLE TRIGGER ALL",
        "DROP TABLE entry",
        "SELECT standoff_show('reports', false)",
    ):
        with pytest.raises(psycopg.Error):
            execute(writer, sql)


def test_a_derived_table_never_takes_a_name_of_the_format(made: str) -> None:
    import psycopg

    for name in ("reports", "entry", "log"):
        with pytest.raises(psycopg.IntegrityError):
            execute(made, f"INSERT INTO derived VALUES ('{name}', 0, '', '', 0, '', '[]')")


# ---- many at once


def test_a_writer_that_holds_on_is_a_sentence(made: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from standoff.record import postgres

    with Record.open(made) as one:
        monkeypatch.setattr(postgres, "BUSY_SECONDS", 1)
        with Record.open(made) as other, one._store.write():
            assert len(other.reports()) == 3, "who reads waits for nobody"
            with pytest.raises(RecordError, match="in use by another process"):
                other.add(small(9), read(small(9)))
        assert one.head().n == 6


def test_a_lost_connection_is_a_sentence_and_had_again(made: str) -> None:
    def cut(record: Record) -> None:
        pid = record._store._con.info.backend_pid  # type: ignore[attr-defined]
        execute(made, f"SELECT pg_terminate_backend({pid}, 5000)")

    with Record.open(made) as record:

        def cut_between() -> None:
            with record._store.write():
                record._store.append(next(record._store.rows())._replace(n=99))
                cut(record)
                record._store.head()

        with pytest.raises(RecordError, match="connection to the database was lost"):
            cut_between()
        assert record.head().n == 6, "what was not finished is not there; the next use connects anew"
        cut(record)
        assert record.head().n == 6, "lost while nobody used it"
        cut(record)
        record.add(small(9), read(small(9)))
        cut(record)
        assert len(record.snapshot().reports) == 4
    assert verify(made).entries == 8
    with pytest.raises(RecordError, match="connection to the database was lost"):
        record.head()


def test_tables_of_a_later_entry_stay(made: str) -> None:
    with Record.open(made) as one, Record.open(made) as other:
        seen = one.head()
        other.add(small(9), read(small(9)))
        other.replace_derived({"claims": [{"id": "later"}]}, "d-1")
        one.replace_derived({"claims": ROWS}, "d-1", seen)
        assert one.derived_rows("claims") == (["id"], [("later",)])


def test_what_has_not_changed_is_not_written_again(made: str) -> None:
    import psycopg

    def written() -> object:
        return ask(made, "SELECT xmin, name, row_number FROM derived_row ORDER BY row_number")

    before = written()
    with opened(made) as con, Record.open(made) as record:
        con.execute("BEGIN")
        assert con.execute("SELECT count(*) FROM claims").fetchone() == (2,)
        record.add(small(9), read(small(9)))
        record.replace_derived({"claims": ROWS}, "d-2")  # another tool that looks at the view is no hindrance
        con.execute("ROLLBACK")
        assert record.derived()[0].version == "d-2"
    assert written() == before
    assert psycopg


# ---- tables for people


def test_views_hold_whatever_a_text_may_hold(place: str) -> None:
    odd = "a\0b\\u0000\\\0\ud800\ufdd0"
    with Record.open(place) as record:
        record.add(taken(odd, publisher=odd), id_given=True)
        assert record.reports()[0].id == odd
    [report] = ask(place, "SELECT * FROM reports")
    assert report["publisher"] == "a\ufdd00000b\\u0000\\\ufdd00000\ufdd0d800\ufdd0fdd0" == report["id"]
    assert verify(place).ok


def test_columns_have_types(made: str) -> None:
    rows = [{"n": 1, "low": 1, "mixed": 1}, {"n": None, "low": 0.5, "mixed": "x"}]
    with Record.open(made) as record:
        record.replace_derived({"claims": rows}, "d-2")
    assert ask(made, "SELECT sum(n) AS n, sum(low) AS low, min(mixed) AS mixed FROM claims") == [
        {"n": 1, "low": 1.5, "mixed": "1"}
    ]


# ---- in and out


def test_a_copy_to_a_file_and_back_is_the_same(made: str, schema: Callable[[], str], tmp_path: Path) -> None:
    file, again = tmp_path / "s.standoff", schema()
    assert copy(made, file) == str(file)
    copy(file, again)
    heads = {verify(place).head for place in (made, file, again)}
    assert len(heads) == 1
    logs = []
    for place in (made, file, again):
        with Record.open(place, write=False) as record:
            logs.append(
                (
                    list(record._store.rows()),
                    record.snapshot(),
                    record.derived(),
                    record.derived_rows("claims"),
                )
            )
            assert record.data(small(1).report.sha256) == small(1).data
    assert logs[0] == logs[1] == logs[2]
    with closing(sqlite3.connect(file)) as con:
        assert con.execute("SELECT id, low FROM claims ORDER BY id").fetchall() == [
            ("a", 1.5),
            ("b", None),
        ]
    with Record.open(file) as record:
        record.add(small(9), read(small(9)))
    assert [each.name for each in tmp_path.iterdir()] == ["s.standoff"]


def test_a_copy_overwrites_nothing(made: str, tmp_path: Path) -> None:
    file = tmp_path / "s.standoff"
    with Record.open(file) as record:
        record.add(small(5), read(small(5)))
    for source, target in ((made, file), (file, made), (made, made)):
        with pytest.raises(RecordError, match="already"):
            copy(source, target)
    copy(made, tmp_path)
    assert (tmp_path / f"{name_of(made)}.standoff").exists()
    assert verify(file).entries == 2
    assert verify(made).entries == 6


def test_a_copy_that_fails_leaves_nothing(made: str, tmp_path: Path) -> None:
    execute(made, "ALTER TABLE content DISABLE TRIGGER USER", "ALTER TABLE content DROP packed")
    with pytest.raises(RecordError, match="missing or not as they were made"):
        copy(made, tmp_path / "s.standoff")
    assert list(tmp_path.iterdir()) == []
