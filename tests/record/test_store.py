"""The contract every store keeps. Add the next one to `STORES`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from standoff.record.sqlite import SqliteStore, create_file
from standoff.record.store import DerivedState, Head, Row, Store


def sqlite_store(folder: Path) -> Store:
    create_file(folder / "s.standoff")
    return SqliteStore(folder / "s.standoff")


STORES: dict[str, Callable[[Path], Store]] = {"sqlite": sqlite_store}


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path):
    store = STORES[request.param](tmp_path)
    yield store
    store.close()


def row(n: int, kind: str = "report", **more: str) -> Row:
    fields = {"report": None, "sha256": None, "text_sha256": None} | more
    return Row(n=n, kind=kind, at="t", body=bytes([0, 255, n % 256]), hash=f"h{n}", **fields)  # type: ignore[arg-type]


def test_entries_come_back_in_order_with_their_exact_bytes(store: Store) -> None:
    assert store.head() == Head(0, "")
    rows = [row(n, "review" if n % 3 == 0 else "report", report=f"r{n % 2}") for n in range(1, 601)]
    with store.write():
        for one in rows:
            store.append(one)
    assert list(store.rows()) == rows
    assert list(store.rows(("review",), 10)) == [rows[2], rows[5], rows[8]]
    assert store.find("report", "r1", ("review",))[0] == rows[2]
    assert (store.head(), store.head(7), store.head(0)) == (Head(600, "h600"), Head(7, "h7"), Head(0, ""))


def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    def fails() -> None:
        with store.write():
            store.append(row(1))
            store.put("a", 1, 2, b"x")
            raise KeyError

    with pytest.raises(KeyError):
        fails()
    assert store.head().n == 0
    assert store.get("a") is None


def test_content_is_kept_once(store: Store) -> None:
    with store.write():
        store.put("b", 1, 2, b"x")
        store.put("a", 1, 2, b"x")
        store.put("b", 9, 9, b"other")
    assert store.get("b") == (1, 2, b"x")
    assert list(store.contents()) == ["a", "b"]


def test_derived_tables_come_back(store: Store) -> None:
    state = DerivedState("claims", 0, "", "v", 2, "x")
    with store.write():
        store.replace_derived(state, ["id", "low"], [("a", 1.5), ("b", None)])
    assert store.derived() == [state]
    assert store.derived_rows("claims") == (["id", "low"], [("a", 1.5), ("b", None)])
    with store.write():
        store.drop_derived("claims")
    assert store.derived() == []
