"""The contract every store keeps."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from standoff.record.opening import open_store
from standoff.record.store import DerivedState, Head, Row, Store
from tests.record.hand import Place


@pytest.fixture
def store(place: Place):
    store = open_store(place, create=True)
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


@pytest.mark.parametrize("name", ["a\0b", "\ufdd0fdd0" + "0000", "\ufdd0d800", "x" * 9000, "%s ? '", ""])
def test_whatever_an_id_is_it_is_found_by_it(store: Store, name: str) -> None:
    with store.write():
        store.append(row(1, report=name))
    assert store.find("report", name, ("report",)) == [row(1, report=name)]
    assert next(iter(store.rows())).report == name


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
    with store.write():
        store.append(row(1))
    assert store.head().n == 1


def test_content_is_kept_once(store: Store) -> None:
    with store.write():
        store.put("b", 1, 2, b"x")
        store.put("a", 1, 2**32 - 1, b"x")
        store.put("b", 9, 9, b"other")
    assert store.get("b") == (1, 2, b"x")
    assert store.get("a") == (1, 2**32 - 1, b"x")
    assert list(store.contents()) == ["a", "b"]


CELLS = [
    ("a", 1.5, 3, 0.1 + 0.2, "[[1,2]]"),
    ("b", None, -(2**63), 2, None),
    ("c\0\ufdd0fdd0\\u0000", float("inf"), 2**63 - 1, 1e300, '"'),
]


def test_derived_tables_come_back(store: Store) -> None:
    state = DerivedState("claims", 0, "", "v", 3, "x")
    columns = ["id", "low", "n", "mixed", "select"]
    with store.write():
        store.replace_derived(state, columns, CELLS)
    assert store.derived() == [state]
    assert store.derived_rows("claims") == (columns, CELLS)
    assert [tuple(map(type, row)) for row in store.derived_rows("claims")[1]] == [
        tuple(map(type, row)) for row in CELLS
    ]
    other = DerivedState("claims", 0, "", "v", 1, "y")
    with store.write():
        store.replace_derived(other, ["only"], [(1,)])
        store.replace_derived(DerivedState("disputes", 0, "", "v", 0, "z"), [], [])
    assert store.derived_rows("claims") == (["only"], [(1,)])
    assert store.derived_rows("disputes") == ([], [])
    with store.write():
        store.drop_derived("claims")
        store.drop_derived("disputes")
    assert store.derived() == []


def test_a_reader_sees_one_moment(store: Store, place: Place) -> None:
    state = DerivedState("claims", 0, "", "v", 1, "x")
    with store.write():
        store.append(row(1))
        store.replace_derived(state, ["id"], [("a",)])
    other = open_store(place, write=False)
    try:
        with other.read():
            assert other.head().n == 1
            with store.write():
                store.append(row(2))
                store.replace_derived(
                    state._replace(sha256="y", rows=2), ["name", "low"], [("b", 1), ("c", 2)]
                )
            assert other.head().n == 1
            assert [each.n for each in other.rows()] == [1]
            assert other.derived() == [state]
            assert other.derived_rows("claims") == (["id"], [("a",)])
        assert other.head().n == 2
        assert other.derived_rows("claims") == (["name", "low"], [("b", 1), ("c", 2)])
    finally:
        other.close()


def later(wait: float, act: Callable[[], None]) -> threading.Timer:
    timer = threading.Timer(wait, act)
    timer.start()
    return timer


def test_waiting_ends_with_the_next_entry(store: Store, place: Place) -> None:
    other = open_store(place)

    def append() -> None:
        with other.write():
            other.append(row(1))

    try:
        began = time.monotonic()
        timer = later(0.3, append)
        assert store.wait(0, 30) == 1
        timer.join()
        assert time.monotonic() - began < 10
        assert store.wait(0, 30) == 1, "what is there already is not waited for"
        assert store.wait(1, 0.2) == 1, "nothing came in time"
        assert store.wait(5, 0) == 1
    finally:
        other.close()


def test_waiting_holds_up_nobody(store: Store) -> None:
    """The same store is written to by another thread while this one waits."""

    def append() -> None:
        with store.write():
            store.append(row(1))

    timer = later(0.3, append)
    assert store.wait(0, 30) == 1
    timer.join()
