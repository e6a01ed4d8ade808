"""What is kept of single readings is used again only while all that it rests on is the same."""

from __future__ import annotations

import pytest

from standoff.model import ReaderInfo, Reading
from standoff.resolve.kept import Kept, Unkept

READING = Reading(report="r", text_sha256="0", reader=ReaderInfo(name="hand", version="1"))


def worked_out(holder, reading, table):
    """What `ask` makes of a table, and how often it was asked for."""
    calls = []

    def ask(names):
        calls.append(1)
        return names.get("a"), names.get("b", "nobody"), "c" in names

    return holder.of("asked", reading, (table,), ask), len(calls)


def test_the_same_look_ups_give_what_was_kept():
    kept = Kept()
    assert worked_out(kept, READING, {"a": "1", "z": "9"}) == (("1", "nobody", False), 1)
    assert worked_out(kept, READING, {"a": "1", "z": "another"}) == (("1", "nobody", False), 0)


@pytest.mark.parametrize("table", [{"a": "2"}, {}, {"a": "1", "b": "3"}, {"a": "1", "c": "4"}])
def test_a_look_up_that_gives_something_else_is_worked_out_anew(table):
    kept = Kept()
    worked_out(kept, READING, {"a": "1"})
    assert worked_out(kept, READING, table) == worked_out(Unkept(), READING, table)


def test_another_reading_of_a_report_is_worked_out_anew():
    kept = Kept()
    worked_out(kept, READING, {})
    other = Reading(report="r", text_sha256="0", reader=ReaderInfo(name="hand", version="2"))
    assert worked_out(kept, other, {})[1] == 1


def test_what_rests_on_a_whole_table_cannot_be_kept():
    with pytest.raises(TypeError):
        Kept().of("all", READING, ({"a": "1"},), list)
