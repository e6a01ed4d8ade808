"""The situation while it is served: derived in the background, and never behind what a request asks for."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest

from standoff.errors import RecordError, UsageError
from standoff.model import Axes
from standoff.record import Record
from standoff.situation import Situation
from standoff.web import live as living
from standoff.web.answers import sent_of
from tests.web.workbench import Client, Workbench, until


def note(alone: Workbench) -> int:
    """An entry of another program."""
    with Record.open(alone.path) as other:
        return other.append_output({"kind": "brief"})


def test_what_other_programs_append_is_seen_without_being_asked_for(alone: Workbench) -> None:
    told: list[dict[str, Any]] = []
    alone.live._told = told.append
    entry = note(alone)
    until(lambda: alone.live.current.view.head[0] == entry, 10)
    until(lambda: told, 5)
    assert told[-1]["kind"] == "derived"
    assert told[-1]["head"] == entry
    assert told[-1]["seconds"] >= 0
    assert alone.live.log.head == entry


def test_a_request_is_answered_while_what_is_new_is_derived(
    alone: Workbench, me: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()
    view = Situation.view

    def slow(*args: Any) -> Any:
        gate.wait(20)
        return view(*args)

    monkeypatch.setattr(Situation, "view", slow)
    head = alone.live.current.view.head[0]
    note(alone)
    alone.live.grown()
    began = time.monotonic()
    got = me.get("/api/overview")
    assert time.monotonic() - began < 5
    assert got.headers["x-standoff-head"] == str(head), "it says from which entry it was made"
    gate.set()
    until(lambda: alone.live.current.view.head[0] == head + 1)


def test_what_pages_show_is_made_of_a_new_view_ere_they_hear_of_it(alone: Workbench, me: Client) -> None:
    for _ in range(2):
        me.told("overview")
    heard: list[int] = []

    def hear(news: dict[str, Any]) -> None:
        if news["kind"] == "derived":
            kept = sent_of(alone.live.current)._held
            heard.append(sum(each.startswith("/api/overview ") for each in kept))

    alone.live._told = hear
    note(alone)
    until(lambda: heard, 10)
    assert heard == [1]


def test_who_asks_for_an_entry_gets_no_view_before_it(alone: Workbench, me: Client) -> None:
    entry = note(alone)
    got = me.get("/api/overview", params={"at_least": entry})
    assert got.headers["x-standoff-head"] == str(entry)


def test_an_entry_that_is_not_there_is_not_waited_for(alone: Workbench, me: Client) -> None:
    began = time.monotonic()
    assert me.get("/api/overview", params={"at_least": 2**53}).status_code == 200
    assert time.monotonic() - began < 2


def test_waiting_is_bounded(alone: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many who wait must not take the place of those who only look."""
    entry = note(alone)
    monkeypatch.setattr(alone.live, "_renew", lambda: None)
    monkeypatch.setattr(living, "WAIT", 3.0)
    found: list[float] = []

    def ask() -> None:
        began = time.monotonic()
        alone.live.parts(at_least=entry)
        found.append(time.monotonic() - began)

    threads = [threading.Thread(target=ask) for _ in range(living.WAITING + 4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sum(each > 2 for each in found) == living.WAITING
    assert sum(each < 1 for each in found) == 4


def test_a_view_along_other_axes_is_kept_while_it_holds(
    alone: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Axes | None] = []
    view = Situation.view

    def counted(self: Situation, axes: Axes | None = None) -> Any:
        made.append(axes)
        return view(self, axes)

    monkeypatch.setattr(Situation, "view", counted)
    then, early = Axes(recorded_by=5), Axes(known_by="2019-05-06")
    first = [alone.live.parts(each) for each in (then, early)]
    assert [alone.live.parts(each) for each in (then, early)] == first
    assert made == [then, early]
    alone.live.parts(at_least=note(alone))
    assert alone.live.parts(then) is first[0], "what stood in the log by an entry stays"
    assert alone.live.parts(early) is not first[1]


def test_views_along_axes_do_not_pile_up(alone: Workbench) -> None:
    """A slider through the log must not fill the memory."""
    for n in range(1, 13):
        alone.live.parts(Axes(recorded_by=n))
    assert len(alone.live._others) <= living.KEPT
    assert len(alone.situation._views) <= 10
    assert len(alone.situation._asked) <= 10


def test_axes_that_are_none_are_a_sentence(alone: Workbench) -> None:
    for axes in (Axes(as_of="soon"), Axes(known_by="2019-99-99"), Axes(recorded_by=10**6)):
        with pytest.raises(UsageError):
            alone.live.parts(axes)


@pytest.mark.parametrize(
    "error", [RecordError("the file is locked"), ValueError("of ours"), RecursionError()]
)
def test_deriving_goes_on_after_it_failed(
    alone: Workbench, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    told: list[dict[str, Any]] = []
    alone.live._told = told.append
    view, failed = Situation.view, []

    def failing(*args: Any) -> Any:
        if not failed:
            failed.append(True)
            raise error
        return view(*args)

    monkeypatch.setattr(Situation, "view", failing)
    entry = note(alone)
    until(lambda: alone.live.current.view.head[0] == entry, 20)
    assert told[0]["kind"] == "trouble"
    assert told[0]["text"]
    assert "of ours" not in told[0]["text"]


def test_what_is_shown_does_not_depend_on_what_was_looked_at_before(alone: Workbench, me: Client) -> None:
    report = me.told("reports")[0]["id"]
    before = me.told("report", id=report)
    for path in ("overview", "ledger", "queue", "parties"):
        me.told(path)
    for each in me.told("disputes"):
        me.told("dispute", id=each["id"])
    assert me.told("report", id=report) == before


def test_many_look_at_once(alone: Workbench, me: Client) -> None:
    paths = [("overview", {}), ("ledger", {}), ("places", {}), ("search", {"q": "hospital"}), ("queue", {})]
    paths += [("report", {"id": each["id"]}) for each in me.told("reports")]
    paths += [("dispute", {"id": each["id"]}) for each in me.told("disputes")]
    alone.live.parts(at_least=note(alone))  # nothing is made yet of what is asked for
    expected: dict[str, Any] = {}
    wrong: list[Any] = []

    def look(n: int) -> None:
        for path, params in paths[n:] + paths[:n]:
            got = me.get(f"/api/{path}", params=params)
            held = expected.setdefault(f"{path} {params}", got.content)
            if got.status_code != 200 or held != got.content:
                wrong.append((path, params, got.status_code))

    threads = [threading.Thread(target=look, args=(n,)) for n in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert wrong == []


def test_closing_ends_who_waits(alone: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = note(alone)
    monkeypatch.setattr(alone.live, "_renew", lambda: None)
    waiting = threading.Thread(target=alone.live.parts, kwargs={"at_least": entry})
    waiting.start()
    time.sleep(0.1)
    alone.live.close()
    waiting.join(3)
    assert not waiting.is_alive()
