"""The register of people: nobody comes in who may not, and no secret can be read from its file."""

from __future__ import annotations

import sqlite3
import stat
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher, Type
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.errors import RecordError, UsageError
from standoff.people import Register, may
from standoff.people.opened import ROLES
from standoff.people.register import IDLE, INVITED, LINKED, LONGEST, folded

PASSWORD = "correct horse battery"


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def held(tmp_path: Path, clock: Clock) -> Iterator[Register]:
    made = Register.beside(tmp_path / "event.standoff")
    made._clock = clock
    yield made
    made.close()


def at_once(work: Callable[[int], Any], threads: int = 8) -> list[Any]:
    """What ``work`` gives in threads that begin together; an error is given as what was raised."""
    gate, found = threading.Barrier(threads), [None] * threads

    def run(n: int) -> None:
        gate.wait()
        try:
            found[n] = work(n)
        except Exception as error:
            found[n] = error  # type: ignore[call-overload]

    running = [threading.Thread(target=run, args=(n,)) for n in range(threads)]
    for each in running:
        each.start()
    for each in running:
        each.join()
    return found


# ---- signing in


def test_a_name_and_its_password_give_a_session(held: Register) -> None:
    held.add("Ada Byron", "reviewer", PASSWORD)
    session = held.sign_in("Ada Byron", PASSWORD)
    assert session is not None
    assert (session.person.name, session.person.role) == ("Ada Byron", "reviewer")
    again = held.known(session.key)
    assert again == session


@pytest.mark.parametrize(
    ("name", "password"),
    [("Ada", "wrong horse battery"), ("Bob", PASSWORD), ("Ada", ""), ("", ""), ("Ada", PASSWORD * 40)],
)
def test_what_does_not_fit_gives_none_whatever_the_reason(held: Register, name: str, password: str) -> None:
    held.add("Ada", "reviewer", PASSWORD)
    assert held.sign_in(name, password) is None


def test_somebody_without_a_password_or_without_access_cannot_sign_in(held: Register) -> None:
    held.add("Link only", "reviewer", None)
    closed = held.add("Closed", "reader", PASSWORD)
    held.change(closed.id, active=False)
    assert held.sign_in("Link only", "") is None
    assert held.sign_in("Closed", PASSWORD) is None
    held.change(closed.id, active=True)
    assert held.sign_in("Closed", PASSWORD) is not None


def test_a_name_that_is_not_there_is_hashed_for_like_one_that_is(
    held: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the time of an answer would tell which names have accounts."""
    held.add("Ada", "reviewer", PASSWORD)
    held.add("Link only", "reviewer", None)
    verified: list[str] = []
    verify = held._hasher.verify

    class Spy:
        def verify(self, hashed: str, password: str) -> bool:
            verified.append(hashed)
            return verify(hashed, password)

    monkeypatch.setattr(held, "_hasher", Spy())
    for name in ("Ada", "Nobody", "Link only"):
        assert held.sign_in(name, "wrong horse battery") is None
    assert len(verified) == 3
    assert all(each.startswith("$argon2id$") for each in verified)
    costs = {each.split("$")[3] for each in verified}
    assert len(costs) == 1, "the same work for each"


def test_signing_in_always_gives_a_new_key(held: Register) -> None:
    """A key that somebody planted before is worth nothing after (session fixation)."""
    held.add("Ada", "reviewer", PASSWORD)
    keys = [session.key for _ in range(3) if (session := held.sign_in("Ada", PASSWORD))]
    assert len(set(keys)) == 3
    assert all(len(key) >= 40 for key in keys)
    assert held.known("planted") is None


def test_a_session_has_two_secrets_that_differ(held: Register) -> None:
    held.add("Ada", "reviewer", PASSWORD)
    session = held.sign_in("Ada", PASSWORD)
    assert session
    assert session.key != session.csrf


def test_a_session_ends_when_it_is_not_used(held: Register, clock: Clock) -> None:
    held.add("Ada", "reviewer", PASSWORD)
    session = held.sign_in("Ada", PASSWORD)
    assert session
    for _ in range(3):
        clock.now += IDLE - 1
        assert held.known(session.key), "it was used in between"
    clock.now += IDLE + 1
    assert held.known(session.key) is None
    clock.now -= IDLE
    assert held.known(session.key) is None, "it is gone, not only old"


def test_looking_whether_a_session_holds_does_not_keep_it(held: Register, clock: Clock) -> None:
    held.add("Ada", "reviewer", PASSWORD)
    session = held.sign_in("Ada", PASSWORD)
    assert session
    for _ in range(2):
        clock.now += IDLE / 2 + 60
        found = held.known(session.key, used=False)
    assert found is None


def test_any_session_ends_after_a_week(held: Register, clock: Clock) -> None:
    held.add("Ada", "reviewer", PASSWORD)
    session = held.sign_in("Ada", PASSWORD)
    assert session
    end = clock.now + LONGEST
    while clock.now + IDLE - 1 < end:
        clock.now += IDLE - 1
        assert held.known(session.key)
    clock.now = end + 1
    assert held.known(session.key) is None


def test_signing_out_ends_one_session(held: Register) -> None:
    held.add("Ada", "reviewer", PASSWORD)
    one, other = held.sign_in("Ada", PASSWORD), held.sign_in("Ada", PASSWORD)
    assert one
    assert other
    held.sign_out(one.key)
    assert held.known(one.key) is None
    assert held.known(other.key)


@pytest.mark.parametrize("change", ["role", "close", "password"])
def test_what_changes_a_person_ends_their_sessions_and_no_others(held: Register, change: str) -> None:
    ada, bob = held.add("Ada", "reviewer", PASSWORD), held.add("Bob", "reader", PASSWORD)
    hers, his = held.sign_in("Ada", PASSWORD), held.sign_in("Bob", PASSWORD)
    assert hers
    assert his
    {
        "role": lambda: held.change(ada.id, role="reader"),
        "close": lambda: held.change(ada.id, active=False),
        "password": lambda: held.set_password(ada.id, "another horse battery"),
    }[change]()
    assert held.known(hers.key) is None
    assert held.known(his.key) is not None
    assert bob.id


# ---- names, passwords, roles


@pytest.mark.parametrize("again", ["ada byron", "  ADA \t BYRON ", "ＡＤＡ ＢＹＲＯＮ", "Ada\u00a0Byron"])
def test_names_that_look_the_same_are_the_same(held: Register, again: str) -> None:
    held.add("Ada Byron", "reviewer", PASSWORD)
    with pytest.raises(UsageError, match="has that name already"):
        held.add(again, "reviewer", PASSWORD)
    assert held.sign_in(again, PASSWORD) is not None


@pytest.mark.parametrize("name", ["", "   ", "a" * 81, "a\u202eb", "a\x00b", "a\nb\x1b[31m", "\ud800"])
def test_a_name_that_will_not_do_is_refused_in_a_sentence(held: Register, name: str) -> None:
    with pytest.raises(UsageError, match="1 to 80 printable"):
        held.add(name, "reviewer", PASSWORD)


@given(st.text(max_size=20))
@settings(max_examples=200)
def test_folding_a_folded_name_changes_nothing(name: str) -> None:
    once = folded(name)
    assert folded(f"  {once} ") == once


@pytest.mark.parametrize("password", ["", "elevenchars", "a" * 257])
def test_a_password_is_neither_short_nor_endless(held: Register, password: str) -> None:
    ada = held.add("Ada", "owner", PASSWORD)
    with pytest.raises(UsageError, match="12 to 256") as told:
        held.add("Bob", "reader", password)
    assert not password or password not in str(told.value)
    with pytest.raises(UsageError, match="12 to 256"):
        held.set_password(ada.id, password)
    assert held.sign_in("Ada", PASSWORD)
    assert [each.name for each in held.people()] == ["Ada"]


def test_roles_are_from_the_least_to_the_most() -> None:
    may_do = {held: [needed for needed in ROLES if may(held, needed)] for held in ROLES}
    assert may_do == {"reader": ["reader"], "reviewer": ["reader", "reviewer"], "owner": list(ROLES)}


def test_there_is_no_other_role(held: Register) -> None:
    with pytest.raises(UsageError, match="no role"):
        held.add("Ada", "admin", PASSWORD)  # type: ignore[arg-type]
    ada = held.add("Ada", "owner", PASSWORD)
    with pytest.raises(UsageError, match="no role"):
        held.change(ada.id, role="admin")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="nobody of that number"):
        held.change(99, role="reader")


def test_the_last_owner_stays_one(held: Register) -> None:
    ada = held.add("Ada", "owner", PASSWORD)
    session = held.sign_in("Ada", PASSWORD)
    for change in ({"role": "reader"}, {"active": False}):
        with pytest.raises(UsageError, match="leave no owner"):
            held.change(ada.id, **change)  # type: ignore[arg-type]
    assert session
    assert held.known(session.key), "what was refused changed nothing"
    bob = held.add("Bob", "owner", PASSWORD)
    held.change(bob.id, active=False)
    with pytest.raises(UsageError, match="leave no owner"):
        held.change(ada.id, role="reviewer")
    held.change(bob.id, active=True)
    assert held.change(ada.id, role="reviewer").role == "reviewer"


def test_two_owners_who_take_each_others_role_at_once_leave_one(held: Register) -> None:
    for round_ in range(5):
        both = [held.add(f"{round_}-{n}", "owner", PASSWORD) for n in range(2)]
        for each in held.people():
            if each not in both:
                held.change(each.id, active=False)
        found = at_once(lambda n, both=both: held.change(both[n].id, role="reader"), threads=2)  # type: ignore[misc]
        assert sum(isinstance(each, UsageError) for each in found) == 1, found
        assert sum(each.role == "owner" and each.active for each in held.people()) == 1


# ---- links and invitations


def test_a_link_signs_in_once(held: Register) -> None:
    ada = held.add("Ada", "owner", PASSWORD)
    token = held.link(ada)
    session = held.follow(token)
    assert session
    assert session.person == ada
    assert held.follow(token) is None


@pytest.mark.parametrize("alone", [False, True])
def test_of_many_that_follow_a_link_at_once_one_comes_in(held: Register, alone: bool) -> None:
    register = Register.alone("Solo")[0] if alone else held
    who = register.people()[0] if alone else register.add("Ada", "owner", PASSWORD)
    for _ in range(5):
        token = register.link(who)
        found = at_once(lambda _n, token=token: register.follow(token))  # type: ignore[misc]
        assert [type(each).__name__ for each in found if each is not None] == ["Session"], found


def test_a_link_holds_ten_minutes_and_an_invitation_three_days(held: Register, clock: Clock) -> None:
    ada = held.add("Ada", "owner", PASSWORD)
    link, invitation = held.link(ada), held.invite("reader", "Ada")
    clock.now += LINKED + 1
    assert held.follow(link) is None
    assert [each.role for each in held.invitations()] == ["reader"]
    clock.now += INVITED
    assert held.invitations() == []
    assert held.accept(invitation, "Bob", PASSWORD) is None


def test_an_invitation_makes_one_account_of_its_role(held: Register) -> None:
    token = held.invite("reviewer", "Ada")
    session = held.accept(token, "Bob", PASSWORD)
    assert session
    assert (session.person.name, session.person.role) == ("Bob", "reviewer")
    assert held.accept(token, "Eve", PASSWORD) is None
    assert [each.name for each in held.people()] == ["Bob"]


def test_an_invitation_that_was_taken_up_badly_still_holds(held: Register) -> None:
    held.add("Ada", "owner", PASSWORD)
    token = held.invite("reader", "Ada")
    for name, password in (("Ada", PASSWORD), ("Bob", "short"), ("", PASSWORD)):
        with pytest.raises(UsageError):
            held.accept(token, name, password)
    assert held.accept(token, "Bob", PASSWORD)


def test_of_many_that_take_up_an_invitation_at_once_one_gets_an_account(held: Register) -> None:
    token = held.invite("reader", "Ada")
    found = at_once(lambda n: held.accept(token, f"Person {n}", PASSWORD), threads=4)
    assert sum(each is not None for each in found) == 1, found
    assert len(held.people()) == 1


def test_an_invitation_can_be_withdrawn(held: Register) -> None:
    token = held.invite("reader", "Ada")
    (one,) = held.invitations()
    held.withdraw(one.id)
    assert held.invitations() == []
    assert held.accept(token, "Bob", PASSWORD) is None


def test_a_link_is_no_invitation_and_an_invitation_no_link(held: Register) -> None:
    ada = held.add("Ada", "owner", PASSWORD)
    link, invitation = held.link(ada), held.invite("owner", "Ada")
    assert held.accept(link, "Eve", PASSWORD) is None
    assert held.follow(invitation) is None
    (one,) = held.invitations()
    held.withdraw(one.id + 100)
    assert held.follow(link) is not None


def test_a_link_of_somebody_whose_access_was_taken_is_worth_nothing(held: Register) -> None:
    held.add("Ada", "owner", PASSWORD)
    bob = held.add("Bob", "reader", PASSWORD)
    link = held.link(bob)
    held.change(bob.id, active=False)
    assert held.follow(link) is None


# ---- the file


def test_the_file_holds_no_secret_and_only_its_owner_may_read_it(held: Register, tmp_path: Path) -> None:
    ada = held.add("Ada", "owner", PASSWORD)
    session, link, invitation = held.sign_in("Ada", PASSWORD), held.link(ada), held.invite("reader", "Ada")
    assert session
    path = tmp_path / "event.people"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    data = path.read_bytes()
    for secret in (PASSWORD, session.key, link, invitation):
        assert secret.encode() not in data
    assert b"$argon2id$" in data


def test_passwords_are_hashed_as_costly_as_is_advised() -> None:
    """OWASP's least for Argon2id: 19 MiB with two passes; RFC 9106's second choice is 64 MiB with three."""
    made = PasswordHasher()
    assert made.type is Type.ID
    assert made.memory_cost >= 64 * 1024
    assert made.time_cost >= 3
    assert made.salt_len >= 16


def test_it_is_open_to_many_threads(held: Register) -> None:
    ada = held.add("Ada", "owner", PASSWORD)
    sessions = [held.follow(held.link(ada)) for _ in range(4)]

    def use(n: int) -> bool:
        session = sessions[n % 4]
        return all(held.known(session.key if session else "") for _ in range(30)) and bool(held.link(ada))

    assert at_once(use) == [True] * 8


def test_a_register_in_memory_is_open_to_many_threads() -> None:
    held, token = Register.alone("Solo")
    session = held.follow(token)
    assert session

    def use(n: int) -> bool:
        made = held.follow(held.link(session.person))
        assert made
        if n % 2:
            held.sign_out(made.key)
        return all(held.known(session.key) for _ in range(30)) and bool(held.known(made.key)) != bool(n % 2)

    assert at_once(use) == [True] * 8


def test_two_programs_share_the_file(held: Register, tmp_path: Path) -> None:
    other = Register.beside(tmp_path / "event.standoff")
    try:
        ada = other.add("Ada", "owner", PASSWORD)
        session = held.sign_in("Ada", PASSWORD)
        assert session
        assert other.known(session.key)
        other.add("Bob", "owner", PASSWORD)
        other.change(ada.id, active=False)
        assert held.known(session.key) is None
    finally:
        other.close()


def test_what_goes_wrong_with_the_file_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "event.people").write_bytes(b"this is no database, whatever its name says" * 40)
    with pytest.raises(RecordError, match="accounts cannot be read or written"):
        Register.beside(tmp_path / "event.standoff")
    with pytest.raises(RecordError, match="file of accounts cannot be made"):
        Register.beside(tmp_path / "missing" / "event.standoff")


def test_a_locked_file_is_a_sentence_that_holds_no_password(held: Register, tmp_path: Path) -> None:
    blocker = sqlite3.connect(tmp_path / "event.people", isolation_level=None)
    held._engine.dispose()
    blocker.execute("BEGIN EXCLUSIVE")
    try:
        impatient = Register.__new__(Register)
        impatient.__dict__.update(held.__dict__)
        from sqlalchemy import create_engine

        impatient._engine = create_engine(
            f"sqlite:///{tmp_path / 'event.people'}", connect_args={"timeout": 0.1}
        )
        with pytest.raises(RecordError, match="locked") as told:
            impatient.add("Ada", "owner", PASSWORD)
        assert PASSWORD not in str(told.value)
        assert told.value.__cause__ is None
        impatient._engine.dispose()
    finally:
        blocker.close()


def test_alone_one_person_owns_all_and_comes_in_once() -> None:
    held, token = Register.alone("Solo")
    session = held.follow(token)
    assert session
    assert (session.person.name, session.person.role) == ("Solo", "owner")
    assert held.follow(token) is None
    assert held.sign_in("Solo", "") is None
