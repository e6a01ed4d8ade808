"""Decisions from the page: signed, against what their maker saw, and never one unseen over another."""

from __future__ import annotations

import functools
import threading
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standoff.record import Record, verify
from standoff.web.deciding import ConflictError, Decider, Wish
from tests.web.workbench import NAMES, Client, Workbench, opened


def quantity(client: Client, nth: int = 0) -> tuple[str, str]:
    """A report and one of its quantities."""
    reports = [each for each in client.told("reports") if each["quantities"] > nth]
    view = client.told("report", id=reports[0]["id"])
    return view["report"]["id"], view["quantities"][nth]["id"]


def now(client: Client, report: str, entry: int) -> Any:
    return client.told("report", id=report, at_least=entry)


def test_a_correction_is_signed_and_shown_with_what_was_read(me: Client, alone: Workbench) -> None:
    report, name = quantity(me)
    got = me.decide("correct", name, values={"low": 12, "high": 12, "best": 12}, why="the list says so")
    assert got.status_code == 201
    entry = got.json()["entry"]
    view = now(me, report, entry)
    (new,) = (each for each, old in view["originals"].items() if old["id"] == name)
    assert view["status"][new] == "corrected"
    assert view["seen"][new] == entry
    assert next(each for each in view["quantities"] if each["id"] == new)["best"] == 12
    told = me.told("history", count=1)["happenings"][0]
    assert (told["by"], told["action"], told["why"], told["entry"]) == (
        "Solo",
        "correct",
        "the list says so",
        entry,
    )
    assert told["changed"] == {"low": "12", "high": "12", "best": "12"}


def test_who_signs_is_who_is_signed_in_whatever_the_request_says(team: Workbench) -> None:
    client = team.client().signed(NAMES["reviewer"])
    _, name = quantity(client)
    got = client.post("/api/reviews", json={"action": "accept", "targets": [name], "by": "Somebody Else"})
    assert got.status_code == 201
    assert client.told("history", count=1)["happenings"][0]["by"] == NAMES["reviewer"]


def test_every_decision_can_be_undone_once(me: Client) -> None:
    report, name = quantity(me)
    before = now(me, report, 0)
    entry = me.decide("reject", name).json()["entry"]
    view = now(me, report, entry)
    assert [each["annotation"]["id"] for each in view["rejected"]] == [name]
    assert name not in {each["id"] for each in view["quantities"]}
    undone = me.decide("undo", str(entry)).json()["entry"]
    after = now(me, report, undone)
    assert after["quantities"] == before["quantities"]
    assert after["rejected"] == []
    again = me.decide("undo", str(entry))
    assert again.status_code == 409
    assert again.json()["theirs"]["entry"] == undone
    told = {each["entry"]: each for each in me.told("history", count=2)["happenings"]}
    assert told[entry]["undone_by"] == undone


def test_an_undo_can_be_undone(me: Client) -> None:
    report, name = quantity(me)
    entry = me.decide("reject", name).json()["entry"]
    undone = me.decide("undo", str(entry)).json()["entry"]
    again = me.decide("undo", str(undone))
    assert again.status_code == 201, again.text
    assert [each["annotation"]["id"] for each in now(me, report, again.json()["entry"])["rejected"]] == [name]


def test_ones_own_last_decision_can_be_decided_over_before_it_is_derived(
    me: Client, alone: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Review at the speed of reading: nobody waits for the record to be derived."""
    monkeypatch.setattr(alone.live, "_renew", lambda: None)
    _, name = quantity(me)
    first = me.decide("accept", name).json()["entry"]
    assert me.decide("reject", name).status_code == 409, "who does not say that they saw it"
    second = me.decide("reject", name, seen={name: first})
    assert second.status_code == 201
    assert me.decide("undo", str(second.json()["entry"])).status_code == 201
    _, other = quantity(me, 1)
    assert me.decide("accept", other, seen={name: first, other: first}).status_code == 409, (
        "it was not this one"
    )
    assert me.decide("accept", other, seen={name: first}).status_code == 201


def test_undoing_what_is_no_decision_is_a_sentence(me: Client) -> None:
    for target in ("1", "0", "99999999", "-1", "x", "1 2", "\u0661", "\u00b2", "9" * 40, "9" * 5000):
        got = me.decide("undo", target)
        assert got.status_code == 422, (target, got.text)
        assert got.json()["code"] == "SO-420"


def test_what_the_reader_missed_is_added(me: Client) -> None:
    report, _ = quantity(me)
    text = me.told("report", id=report)["report"]["text"]
    start = text.index(" ") + 1
    got = me.decide("add", "quantity", report, f"{start}-{start + 4}", values={"kind": "count", "best": 4})
    assert got.status_code == 201, got.text
    view = now(me, report, got.json()["entry"])
    assert [each["text"] for each in view["quantities"] if view["status"].get(each["id"]) == "added"] == [
        text[start : start + 4]
    ]


def test_two_parties_are_joined_and_parted(me: Client) -> None:
    one, other = (each["id"] for each in me.told("parties")[:2])
    names = [me.told("party", id=each)["party"]["name"] for each in (one, other)]
    entry = me.decide("merge", one, other).json()["entry"]
    found = me.told("parties", at_least=entry)
    joined = [each for each in found if {each["name"], *each["aliases"]} >= set(names)]
    assert len(joined) == 1
    undone = me.decide("undo", str(entry)).json()["entry"]
    assert not [
        each for each in me.told("parties", at_least=undone) if {each["name"], *each["aliases"]} >= set(names)
    ]


BAD = [
    {"action": "accept", "targets": []},
    {"action": "accept", "targets": ["qt-nothing"]},
    {"action": "correct", "targets": ["QUANTITY"], "values": {}},
    {"action": "correct", "targets": ["QUANTITY"], "values": {"nothing": 1}},
    {"action": "correct", "targets": ["QUANTITY"], "values": {"best": "many"}},
    {"action": "correct", "targets": ["QUANTITY"], "values": {"best": {"a": [1]}}},
    {"action": "correct", "targets": ["QUANTITY"], "values": {"low": 9, "high": 1}},
    {"action": "correct", "targets": ["QUANTITY"], "values": {"id": "qt-other"}},
    {"action": "correct", "targets": ["QUANTITY"], "values": {"best": 10**400}},
    {"action": "correct", "targets": ["QUANTITY"], "values": {"text": "other words"}},
    {"action": "correct", "targets": ["QUANTITY"], "values": {"start": -1, "end": 10**9}},
    {"action": "correct", "targets": ["QUANTITY"], "values": {"role": "x" * 100_000}},
    {"action": "merge", "targets": ["QUANTITY"]},
    {"action": "split", "targets": ["QUANTITY"]},
    {"action": "add", "targets": ["quantity"]},
    {"action": "add", "targets": ["nothing", "REPORT", "0-3"]},
    {"action": "add", "targets": ["quantity", "nothing", "0-3"]},
    {"action": "add", "targets": ["quantity", "REPORT", "3-0"]},
    {"action": "add", "targets": ["quantity", "REPORT", "-1-3"]},
    {"action": "add", "targets": ["quantity", "REPORT", "0-999999999"]},
    {"action": "add", "targets": ["quantity", "REPORT", "0-0"]},
    {"action": "add", "targets": ["quantity", "REPORT", "a-b"]},
    {"action": "add", "targets": ["quantity", "REPORT", f"{'9' * 5000}-{'9' * 5001}"]},
    {"action": "undo", "targets": []},
    {"action": "undo", "targets": ["1", "2"]},
]


@pytest.mark.parametrize("wish", BAD, ids=lambda wish: str(wish)[:60])
def test_what_cannot_be_decided_so_is_a_sentence_and_nothing_is_appended(
    me: Client, alone: Workbench, wish: dict[str, Any]
) -> None:
    report, name = quantity(me)
    named = {"QUANTITY": name, "REPORT": report}
    asked = {**wish, "targets": [named.get(each, each) for each in wish["targets"]]}
    before = alone.situation.record.head()
    got = me.post("/api/reviews", json=asked)
    assert got.status_code == 422, got.text
    assert got.json()["what"]
    assert alone.situation.record.head() == before


@pytest.mark.parametrize(
    "number", ["NaN", "Infinity", "-Infinity", "1e999", "-0.0", "1e-320", "123456789012345678901234567890.5"]
)
def test_numbers_that_json_does_not_have_are_refused_or_kept_but_never_break(me: Client, number: str) -> None:
    report, name = quantity(me)
    values = f'{{"low": null, "high": null, "best": {number}}}'
    body = f'{{"action": "correct", "targets": ["{name}"], "values": {values}}}'
    got = me.post("/api/reviews", content=body, headers={"content-type": "application/json"})
    assert got.status_code in {201, 422}, got.text
    if got.status_code == 201:
        assert now(me, report, got.json()["entry"])["status"]


def test_the_view_stands_after_a_decision_that_makes_no_sense(me: Client, alone: Workbench) -> None:
    """A value that the record takes must never keep the next view from being made."""
    report, name = quantity(me)
    for values in (
        {"best": -5},
        {"unit": ""},
        {"what": "\x00\u202e"},
        {"group": "x" * 3000},
        {"as_of": "soon"},
    ):
        view = me.told("report", id=report)
        current = next((new for new, old in view["originals"].items() if old["id"] == name), name)
        got = me.decide("correct", current, values=values, seen=view["seen"])
        assert got.status_code in {201, 422}, got.text
        if got.status_code == 201:
            now(me, report, got.json()["entry"])
            assert alone.live.current.view.head[0] == got.json()["entry"], values


# ---- two people


def test_who_saw_an_older_state_is_told_what_was_done(team: Workbench) -> None:
    one, other = team.client().signed(NAMES["reviewer"]), team.client().signed(NAMES["owner"])
    report, name = quantity(one)
    entry = one.decide("reject", name, why="a bus number").json()["entry"]
    now(one, report, entry)
    got = other.decide("correct", name, values={"best": 3, "low": 3, "high": 3})
    assert got.status_code == 409
    told = got.json()
    assert told["code"] == "SO-421"
    assert told["what"] == f"{NAMES['reviewer']} decided on this while you looked"
    assert (told["theirs"]["entry"], told["theirs"]["why"]) == (entry, "a bus number")
    assert told["now"]["id"] == name
    assert team.situation.record.head().n == entry, "nothing was appended"
    seen = now(other, report, entry)["seen"]
    over = other.decide("undo", str(entry), seen=seen)
    assert over.status_code == 201


def test_a_decision_that_is_not_derived_yet_counts_too(
    team: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = team.client().signed(NAMES["reviewer"]), team.client().signed(NAMES["owner"])
    _, name = quantity(one)
    _, third = quantity(one, 1)
    monkeypatch.setattr(team.live, "_renew", lambda: None)
    entry = one.decide("accept", name).json()["entry"]
    got = other.decide("reject", name)
    assert got.status_code == 409
    assert got.json()["theirs"]["entry"] == entry
    assert other.decide("accept", third).status_code == 201, "another thing is free"
    assert one.decide("undo", str(entry)).status_code == 201
    assert other.decide("undo", str(entry)).status_code == 409
    assert other.decide("reject", name).status_code == 409, "an undo acts on it too"


def test_a_decision_over_what_was_seen_is_taken(team: Workbench) -> None:
    one, other = team.client().signed(NAMES["reviewer"]), team.client().signed(NAMES["owner"])
    report, name = quantity(one)
    entry = one.decide("accept", name).json()["entry"]
    seen = now(other, report, entry)["seen"]
    assert seen[name] == entry
    assert other.decide("reject", name, seen=seen).status_code == 201


def test_a_party_can_be_decided_on_again_by_who_saw_the_last(me: Client) -> None:
    """Derived or not: acts on a party are acts on its name, which no view counts."""
    party, last = me.told("parties")[0]["id"], 0
    for n in range(4):
        got = me.decide("accept", party, seen={party: last})
        assert got.status_code == 201, (n, got.text)
        last = got.json()["entry"]
        if n % 2:
            me.told("overview", at_least=last)


def at_once(*work: Any) -> list[Any]:
    gate, found = threading.Barrier(len(work)), [None] * len(work)

    def run(n: int) -> None:
        gate.wait()
        found[n] = work[n]()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(len(work))]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return found


def test_of_two_at_once_on_one_thing_one_is_told(team: Workbench) -> None:
    clients = [team.client().signed(NAMES[role]) for role in ("reviewer", "owner")]  # type: ignore[index]
    reports = [each["id"] for each in clients[0].told("reports") if each["quantities"]]
    for report in reports:
        view = clients[0].told("report", id=report)
        name = view["quantities"][0]["id"]
        seen = view["seen"]
        work = [functools.partial(each.decide, "accept", name, seen=seen) for each in clients]
        found = [each.status_code for each in at_once(*work)]
        assert sorted(found) == [201, 409], report
    assert verify(team.path).ok


def test_many_at_once_on_different_things_all_get_their_turn(team: Workbench) -> None:
    client = team.client().signed(NAMES["reviewer"])
    report = max(client.told("reports"), key=lambda each: each["quantities"])["id"]
    names = [each["id"] for each in client.told("report", id=report)["quantities"]][:6]
    found = at_once(*(functools.partial(client.decide, "accept", each) for each in names))
    assert [each.status_code for each in found] == [201] * len(names)


def test_another_program_that_appends_meanwhile_is_waited_for(alone: Workbench, me: Client) -> None:
    """The record may be shared with `standoff review` and `standoff add`."""
    _, name = quantity(me)
    situation = alone.situation
    review, moved = situation.review, []

    def disturbed(*args: Any, **more: Any) -> int:
        if len(moved) < 3:
            with Record.open(alone.path) as other:
                moved.append(other.append_output({"kind": "brief"}))
        return review(*args, **more)

    situation.review = disturbed  # type: ignore[method-assign]
    got = me.decide("accept", name)
    assert got.status_code == 201
    assert got.json()["entry"] == moved[-1] + 1


def test_a_decision_of_another_program_is_seen(alone: Workbench, me: Client) -> None:
    report, name = quantity(me)
    with Record.open(alone.path) as other:
        from standoff.reviewing import make_review

        entry = other.append_review(make_review(alone.live.current.view, "reject", [name], (), "CLI", None))
    got = me.decide("accept", name)
    assert got.status_code == 409
    assert got.json()["theirs"]["by"] == "CLI"
    assert [each["annotation"]["id"] for each in now(me, report, entry)["rejected"]] == [name]


STEP = st.tuples(
    st.integers(0, 1),  # who
    st.sampled_from(["look", "accept", "reject", "undo"]),
    st.integers(0, 2),  # on which thing
)


@given(steps=st.lists(STEP, min_size=2, max_size=10))
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_nobody_ever_decides_over_what_they_have_not_seen(
    steps: list[tuple[int, str, int]], demo_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever two people do in whatever order: a decision is taken exactly when its maker saw the last."""
    with opened(demo_file, tmp_path_factory.mktemp("steps")) as made:
        decider, live = Decider(made.live), made.live
        things = [each.id for each in live.current.view.readings[0].quantities[:3]]
        standing: dict[str, list[int]] = {each: [] for each in things}

        def last() -> dict[str, int]:
            return {each: (entries or [0])[-1] for each, entries in standing.items()}

        seen = [last(), last()]
        for who, action, nth in steps:
            name = things[nth % len(things)]
            live.parts(at_least=made.situation.record.head().n)
            if action == "look":
                seen[who] = last()
            elif action == "undo":
                if standing[name]:
                    entry = standing[name].pop()
                    decider.decide(Wish(action="undo", targets=(str(entry),)), f"{who}")
            elif seen[who][name] != last()[name]:
                with pytest.raises(ConflictError):
                    decider.decide(Wish(action=action, targets=(name,), seen=seen[who]), f"{who}")
            elif name not in live.current.view.rejected:
                entry = decider.decide(Wish(action=action, targets=(name,), seen=seen[who]), f"{who}")
                standing[name].append(entry)
                seen[who] = {**seen[who], name: entry}
        assert verify(made.path).ok
