"""What a person should decide first, in the order of what matters, and gone once it is decided."""

from __future__ import annotations

from pathlib import Path

import standoff
from standoff.show.queue import queue_rows
from tests.show.fixture import view

VIEW = view()
TEXTS = (
    "Shells hit a yard in Aleppo on 2 March 2021, killing 4 people, police said.",
    "Gunmen shot 9 people dead in Aleppo on 3 March 2021, police said.",
    "At least 6 people were killed in Aleppo, the mayor said.",
)


def test_a_pair_is_asked_once_and_says_how_to_join_it() -> None:
    rows = list(queue_rows(VIEW))
    pair = next(row for row in rows if row.kind == "incidents")
    assert {pair.id, pair.other} == {"in-1", "in-2"}
    assert pair.decide == f"merge {pair.id} {pair.other}"
    assert "place agrees" in pair.reason


def test_kinds_stand_in_the_order_of_what_they_change() -> None:
    order = ["incidents", "parties", "figure"]
    kinds = [row.kind for row in queue_rows(VIEW)]
    assert kinds == sorted(kinds, key=order.index)


def test_what_was_decided_is_asked_no_more(tmp_path: Path) -> None:
    for n, text in enumerate(TEXTS):
        (tmp_path / f"{n}.txt").write_text(text)
    with standoff.open(tmp_path / "event.standoff", create=True) as record:
        for n in range(len(TEXTS)):
            record.add(tmp_path / f"{n}.txt", published="2021-03-04", publisher=f"Paper {n}")
        asked = [row for row in record.queue() if row["kind"] == "incidents"]
        assert len(asked) == 2
        first = asked[0]
        record.review("split", first["id"], first["other"], by="me", why="another attack")
        # what is not the one can only be the other now
        assert not [row for row in record.queue() if row["kind"] == "incidents"]
        known = {row["id"]: row["reports"] for row in record.incidents()}
        assert sorted(map(len, known.values())) == [1, 2]
        assert known[first["other"]] == known[first["other"]][:1]
