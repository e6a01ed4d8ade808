"""A session that was looked up a moment ago is known without waiting, and never after anybody wrote."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from standoff.people import Register, Session
from standoff.people.recent import MOST, Recent
from standoff.people.register import _TOUCH, path_beside

PASSWORD = "correct horse battery"


@pytest.fixture(params=["file", "memory"])
def signed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Register, Session]]:
    if request.param == "memory":
        held, token = Register.alone("Ada")
        session = held.follow(token)
    else:
        held = Register.beside(tmp_path / "event.standoff")
        held.add("Ada", "owner", PASSWORD)
        session = held.sign_in("Ada", PASSWORD)
    assert session is not None
    yield held, session
    held.close()


def test_a_session_is_at_hand_once_it_was_looked_up(signed: tuple[Register, Session]) -> None:
    held, session = signed
    assert held.at_hand(session.key) is None, "nobody has looked"
    assert held.known(session.key) == session
    assert held.at_hand(session.key) == session
    assert held.at_hand("another") is None


@pytest.mark.parametrize(
    "write",
    [
        lambda held, session: held.sign_out(session.key),
        lambda held, session: held.set_password(session.person.id, "another horse battery"),
        lambda held, session: held.add("Bo", "reader", None),
    ],
    ids=["signed out", "another password", "somebody else's account"],
)
def test_whatever_is_written_ends_what_is_at_hand(
    signed: tuple[Register, Session], write: Callable[[Register, Session], object]
) -> None:
    held, session = signed
    assert held.known(session.key)
    write(held, session)
    assert held.at_hand(session.key) is None


def test_another_process_that_takes_access_is_seen_at_once(tmp_path: Path) -> None:
    here = Register.beside(tmp_path / "event.standoff")
    here.add("Ada", "owner", PASSWORD)
    bo = here.add("Bo", "reader", PASSWORD)
    session = here.sign_in("Bo", PASSWORD)
    assert session
    assert here.known(session.key)
    assert here.at_hand(session.key)
    elsewhere = Register.beside(tmp_path / "event.standoff")
    elsewhere.change(bo.id, active=False)
    assert here.at_hand(session.key) is None
    assert here.known(session.key) is None
    elsewhere.close()
    here.close()


def test_while_somebody_commits_it_is_looked_up(tmp_path: Path) -> None:
    held = Register.beside(tmp_path / "event.standoff")
    held.add("Ada", "owner", PASSWORD)
    session = held.sign_in("Ada", PASSWORD)
    assert session
    assert held.known(session.key)
    writing = sqlite3.connect(path_beside(tmp_path / "event.standoff"), isolation_level=None)
    writing.execute("BEGIN EXCLUSIVE")
    assert held.at_hand(session.key) is None
    writing.execute("ROLLBACK")
    writing.close()
    held.close()


def test_after_a_minute_its_use_is_noted_again(signed: tuple[Register, Session]) -> None:
    held, session = signed
    assert held.known(session.key)
    now = held._clock()
    held._clock = lambda: now + _TOUCH + 1
    assert held.at_hand(session.key) is None
    assert held.known(session.key), "which notes it"
    assert held.known(session.key)
    assert held.at_hand(session.key)


def test_a_look_that_was_overtaken_by_a_write_is_not_kept(signed: tuple[Register, Session]) -> None:
    _, session = signed
    stamps = iter([1, 2, 2])
    recent = Recent(lambda: next(stamps))
    before = recent.stamp()
    recent.keep("key", session, 10**10, before)
    assert recent.of("key", 0) is None


def test_what_is_held_is_bounded_and_nothing_without_a_stamp(signed: tuple[Register, Session]) -> None:
    _, session = signed
    recent = Recent(lambda: 1)
    for n in range(MOST + 1):
        recent.keep(str(n), session, 10**10, 1)
    assert recent.of(str(MOST - 1), 0)
    assert recent.of(str(MOST), 0) is None
    blind = Recent(lambda: None)
    blind.keep("key", session, 10**10, blind.stamp())
    assert blind.of("key", 0) is None
