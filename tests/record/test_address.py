"""Addresses of databases, and what of them may be shown."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from standoff.errors import RecordError
from standoff.record import Record, shown, verify
from standoff.record.address import address_of, without_password

SECRET = "hunter2"


@pytest.mark.parametrize(
    "place", ["s.standoff", "a/b.standoff", "C:/x.standoff", "postgres", "data:1", "./postgresql:"]
)
def test_a_path_is_a_path(place: str) -> None:
    assert address_of(place) is None
    assert address_of(Path(place)) is None
    assert shown(place) == place


ADDRESSES = {
    "postgresql://ada@db.example/blockade?schema=north": ("north", "postgresql://ada@db.example/blockade?schema=north"),
    "postgres://ada@db.example/blockade": ("public", "postgresql://ada@db.example/blockade"),
    "postgresql:///blockade?host=/run/pg&schema=a%20b": ("a b", "postgresql:///blockade?host=/run/pg&schema=a%20b"),
    f"postgresql://ada:{SECRET}@db.example:5433/blockade": ("public", "postgresql://ada@db.example:5433/blockade"),
    f"postgresql://ada:{SECRET}@one:1,two:2/blockade?schema=x": ("x", "postgresql://ada@one:1,two:2/blockade?schema=x"),
    f"postgresql://db/blockade?user=ada&password={SECRET}": ("public", "postgresql://db/blockade?user=ada"),
    f"postgresql://db/blockade?sslpassword={SECRET}&schema=x": ("x", "postgresql://db/blockade?schema=x"),
    f"POSTGRESQL://ada:{SECRET}:x@[::1]:5433": ("public", "postgresql://ada@[::1]:5433"),
    "postgresql://": ("public", "postgresql://"),
}  # fmt: skip


@pytest.mark.parametrize("place", ADDRESSES)
def test_an_address_is_taken_apart_and_shown_without_its_password(place: str) -> None:
    schema, told = ADDRESSES[place]
    address = address_of(place)
    assert address is not None
    assert (address.schema, address.shown, shown(place)) == (schema, told, told)
    assert "schema=" not in address.conninfo, "libpq knows no such word"
    assert (SECRET in address.conninfo) == (SECRET in place)


def test_a_path_that_was_an_address_is_one_again() -> None:
    assert shown(Path("postgresql://ada@db/x")) == "postgresql://ada@db/x"


BROKEN = [
    f"postgresql://ada:pa/{SECRET}@db/x",
    f"postgresql://ada:12/{SECRET}@db/x",
    f"postgresql://ada:12?{SECRET}@db/x",
    f"postgresql://ada:12?a={SECRET}@db/x",
    f"postgresql://ada:1#{SECRET}@db/x",
    f"postgresql://ada:a@{SECRET}@db/x",
    f"postgresql://ada:{SECRET} x@db/x",
    f"postgresql://ada:{SECRET}",
    f"postgresql://db/x?{SECRET}",
    f"mysql://ada:{SECRET}@db/x",
    f"postgresql+psycopg://ada:{SECRET}@db/x",
]


@pytest.mark.parametrize("place", BROKEN)
def test_what_cannot_be_taken_apart_is_refused_and_not_shown(place: str) -> None:
    for use in (shown, Record.open, verify):
        with pytest.raises(RecordError) as raised:
            use(place)
        assert SECRET not in str(raised.value)
        assert "postgresql://USER@HOST/DATABASE" in str(raised.value)


@pytest.mark.parametrize("name", ["pg_catalog", "x" * 64, "%C3%A9" * 32, "a%00b", "a%0Ab"])
def test_what_cannot_be_a_schema_is_refused(name: str) -> None:
    with pytest.raises(RecordError, match="name of a schema"):
        address_of(f"postgresql://db/x?schema={name}")


def test_a_message_that_repeats_the_password_is_cut() -> None:
    for conninfo in (f"postgresql://ada:{SECRET}@db", f"postgresql://db/x?password={SECRET}"):
        assert without_password(f"no {SECRET} here", conninfo) == "no … here"
    assert without_password("p@ss", "postgresql://ada:p%40ss@db") == "…"
    assert without_password("as it was", "postgresql://ada@db") == "as it was"


def test_without_the_driver_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "standoff.record.postgres", raising=False)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(RecordError, match=r'pip install "standoff\[postgres\]"') as raised:
        Record.open(f"postgresql://ada:{SECRET}@db/x")
    assert SECRET not in str(raised.value)


def test_a_server_that_is_not_there_is_a_sentence() -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(RecordError, match="cannot be opened") as raised:
        Record.open(f"postgresql://ada:{SECRET}@127.0.0.1:9/x?schema=north")
    told = str(raised.value)
    assert SECRET not in told
    assert "postgresql://ada@127.0.0.1:9/x?schema=north" in told
    assert "\n" not in told
