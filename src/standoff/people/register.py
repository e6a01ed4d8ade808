"""The register of people: accounts, sessions, invitations and one-time links, in one small database.

For a situation file it is a file of its own beside it, so that the record can be handed on without it.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import sqlite3
import threading
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from pathlib import Path
from typing import Any, Self, cast

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import (
    Connection,
    Engine,
    RowMapping,
    create_engine,
    delete,
    event,
    func,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.pool import StaticPool

from standoff.errors import RecordError, UsageError
from standoff.people.opened import ROLES, Invitation, Person, Role, Session
from standoff.people.recent import Recent, of_connection, of_file
from standoff.people.tables import meta, person, session, ticket

IDLE = 12 * 3600
"""Seconds after which a session that is not used ends."""
LONGEST = 7 * 24 * 3600
"""Seconds after which any session ends."""
INVITED = 3 * 24 * 3600
"""Seconds for which an invitation holds."""
LINKED = 600
"""Seconds for which a one-time link holds that was made for another browser."""
SHORTEST = 12
"""Least characters of a password (NIST SP 800-63B asks for no rule beside length)."""
LONGEST_PASSWORD = 256
NAME = 80
"""Most characters of a name."""
_TOUCH = 60
"""Seconds between two notes that a session is in use: not every request writes."""


class Register:
    """People and what they are known by. Safe to share between threads."""

    def __init__(
        self,
        engine: Engine,
        where: str,
        clock: Callable[[], float] = time.time,
        recent: Recent | None = None,
    ) -> None:
        self._engine, self._where, self._clock = engine, where, clock
        self._recent = recent or Recent(lambda: None)
        # A register in memory is one connection, whose transactions must not run into each other.
        shared = isinstance(engine.pool, StaticPool)
        self._turn: AbstractContextManager[object] = threading.RLock() if shared else nullcontext()
        self._hasher = PasswordHasher()
        # Who asks for a name that is not there waits as long as for a wrong password.
        self._nobody = self._hasher.hash(secrets.token_urlsafe(16))
        with self._sentences():
            meta.create_all(engine)

    @classmethod
    def alone(cls, name: str) -> tuple[Self, str]:
        """A register in memory for one person on their own machine, and the token that lets them in once."""
        engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
        with closing(engine.raw_connection()) as con:
            recent = of_connection(cast(sqlite3.Connection, con.driver_connection))
        made = cls(engine, "memory", recent=recent)
        owner = made.add(name, "owner", None)
        return made, made.link(owner)

    @classmethod
    def beside(cls, situation: Path) -> Self:
        """The register of a situation file, made when it is missing; only its owner can read the file."""
        path = path_beside(situation)
        try:
            if not path.exists():
                os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except OSError as error:
            raise RecordError(
                f"the file of accounts cannot be made ({error.strerror})",
                where=str(path),
                todo="check the folder",
            ) from error
        engine = create_engine(f"sqlite:///{path}", connect_args={"check_same_thread": False, "timeout": 10})
        event.listen(engine, "connect", _pragmas)
        return cls(engine, str(path), recent=of_file(path))

    @classmethod
    def at(cls, connect: Callable[[], Any], where: str, *, make: bool = True) -> Self | None:
        """The register in the schema of a PostgreSQL database where the record lies; None where there is none
        and ``make`` is off. ``connect`` opens a connection of psycopg that looks in that schema."""
        engine = create_engine("postgresql+psycopg://", creator=connect, pool_pre_ping=True)
        try:
            if not make and not inspect(engine).has_table(person.name):
                engine.dispose()
                return None
        except SQLAlchemyError:
            raise RecordError(
                "the database cannot be reached", where=where, todo="see that it runs"
            ) from None
        return cls(engine, where)

    def close(self) -> None:
        """Let go of the database."""
        self._recent.close()
        self._engine.dispose()

    # ---- people

    def add(self, name: str, role: Role, password: str | None) -> Person:
        """A new account. Raises `UsageError` for a name that is taken or a password that is too short."""
        with self._began() as con:
            return self._make(con, name, role, password)

    def people(self) -> list[Person]:
        """Everybody, by name."""
        with self._began() as con:
            return [_person(row) for row in con.execute(select(person).order_by(person.c.folded)).mappings()]

    def change(self, who: int, *, role: Role | None = None, active: bool | None = None) -> Person:
        """Give somebody another role, or take their access or give it back; their sessions end.

        Raises `UsageError` where that would leave no owner, or there is nobody of that number.
        """
        wanted = {"role": role and _role(role), "active": active}
        values = {name: value for name, value in wanted.items() if value is not None}
        with self._began() as con:
            # Written, then looked at: two owners who take each other's role at once take turns here.
            con.execute(delete(session).where(session.c.person == who))
            con.execute(select(person.c.id).where(person.c.role == "owner").with_for_update())
            before = self._by_id(con, who)
            if values:
                con.execute(update(person).where(person.c.id == who).values(**values))
            after = self._by_id(con, who)
            if _owns(before) and not _owns(after):
                self._some_owner(con)
            return after

    def set_password(self, who: int, password: str) -> None:
        """Set somebody's password anew; their other sessions end."""
        hashed = self._hashed(password)
        with self._began() as con:
            con.execute(update(person).where(person.c.id == who).values(password=hashed))
            con.execute(delete(session).where(session.c.person == who))

    # ---- signing in

    def sign_in(self, name: str, password: str) -> Session | None:
        """A new session for a name and its password; None where they do not fit, whatever the reason."""
        with self._began() as con:
            row = con.execute(select(person).where(person.c.folded == folded(name))).mappings().first()
        hashed = row["password"] if row else None
        if not self._fits(hashed or self._nobody, password) or not row or not hashed or not row["active"]:
            return None
        with self._began() as con:
            if self._hasher.check_needs_rehash(hashed):
                con.execute(
                    update(person).where(person.c.id == row["id"]).values(password=self._hashed(password))
                )
            return self._session(con, _person(row))

    def link(self, who: Person) -> str:
        """A token that signs a known person in, once, in another browser."""
        return self._ticket("link", who.role, who.name, LINKED, who.id)

    def follow(self, token: str) -> Session | None:
        """The session that a one-time link gives; None for one that was used, is too old, or never was."""
        with self._began() as con:
            row = self._used_up(con, token, "link")
            held = (
                con.execute(select(person).where(person.c.id == (row["person"] if row else 0)))
                .mappings()
                .first()
            )
            return self._session(con, _person(held)) if held and held["active"] else None

    def known(self, key: str, *, used: bool = True) -> Session | None:
        """The session of a cookie, if it still holds. ``used`` notes its use: one that is not used ends."""
        if held := self.at_hand(key):
            return held
        now, stamp = int(self._clock()), self._recent.stamp()
        joined = select(session.c.csrf, session.c.made, session.c.used, person).join_from(session, person)
        with self._began() as con:
            row = con.execute(joined.where(session.c.key_hash == _hash(key))).mappings().first()
            if row is None:
                return None
            if now - row["used"] > IDLE or now - row["made"] > LONGEST or not row["active"]:
                con.execute(delete(session).where(session.c.key_hash == _hash(key)))
                return None
            found = Session(key=key, csrf=row["csrf"], person=_person(row))
            if now - row["used"] <= _TOUCH:
                self._recent.keep(_hash(key), found, min(row["used"] + _TOUCH, row["made"] + LONGEST), stamp)
            elif used:
                con.execute(update(session).where(session.c.key_hash == _hash(key)).values(used=now))
            return found

    def at_hand(self, key: str) -> Session | None:
        """The session of a cookie if it is known without waiting: looked up a moment ago, and nobody has
        written to the register since. None says nothing: `known` looks it up."""
        return self._recent.of(_hash(key), int(self._clock()))

    def sign_out(self, key: str) -> None:
        """End a session."""
        with self._began() as con:
            con.execute(delete(session).where(session.c.key_hash == _hash(key)))

    # ---- inviting

    def invite(self, role: Role, by: str) -> str:
        """A token with which somebody can make an account of that role, once."""
        return self._ticket("invitation", _role(role), by, INVITED)

    def invitations(self) -> list[Invitation]:
        """Invitations that still hold."""
        asked = select(ticket).where(ticket.c.kind == "invitation", ticket.c.until >= int(self._clock()))
        with self._began() as con:
            rows = con.execute(asked.order_by(ticket.c.id)).mappings().all()
        return [
            Invitation(id=row["id"], role=_role(row["role"]), by=row["by"], until=_utc(row["until"]))
            for row in rows
        ]

    def withdraw(self, invitation: int) -> None:
        """Take an invitation back."""
        with self._began() as con:
            con.execute(delete(ticket).where(ticket.c.id == invitation, ticket.c.kind == "invitation"))

    def accept(self, token: str, name: str, password: str) -> Session | None:
        """Make the account that an invitation allows, and sign in; None for an invitation that does not hold.

        Raises `UsageError` for a name or password that will not do; the invitation then still holds.
        """
        with self._began() as con:
            row = self._used_up(con, token, "invitation")
            return self._session(con, self._make(con, name, _role(row["role"]), password)) if row else None

    # ---- inside

    def _make(self, con: Connection, name: str, role: Role, password: str | None) -> Person:
        shown = " ".join(unicodedata.normalize("NFC", name).split())
        if not shown or len(shown) > NAME or not shown.isprintable():
            raise UsageError(
                f"a name has 1 to {NAME} printable characters", where="name", todo="choose another"
            )
        hashed = self._hashed(password) if password is not None else None
        values = {"name": shown, "folded": folded(shown), "role": _role(role), "password": hashed}
        try:
            done = con.execute(insert(person).values(**values, active=True, made=_utc(int(self._clock()))))
        except IntegrityError:
            raise UsageError("somebody has that name already", where=shown, todo="choose another") from None
        (number,) = done.inserted_primary_key or (0,)
        return Person(id=int(number), name=shown, role=role)

    def _hashed(self, password: str) -> str:
        if not SHORTEST <= len(password) <= LONGEST_PASSWORD:
            raise UsageError(
                f"a password has {SHORTEST} to {LONGEST_PASSWORD} characters",
                where="password",
                todo="choose another",
            )
        return self._hasher.hash(password)

    def _fits(self, hashed: str, password: str) -> bool:
        try:
            return self._hasher.verify(hashed, password[: LONGEST_PASSWORD + 1])
        except (VerificationError, InvalidHashError):
            return False

    def _by_id(self, con: Connection, who: int) -> Person:
        row = con.execute(select(person).where(person.c.id == who)).mappings().first()
        if row is None:
            raise UsageError(
                "there is nobody of that number", where=str(who), todo="look at the list of people"
            )
        return _person(row)

    def _some_owner(self, con: Connection) -> None:
        owners = select(func.count()).where(person.c.role == "owner", person.c.active)
        if not con.execute(owners).scalar_one():
            raise UsageError("that would leave no owner", todo="make somebody else an owner first")

    def _session(self, con: Connection, who: Person) -> Session:
        """Always a new key: one that somebody planted before signing in is worth nothing after it."""
        now = int(self._clock())
        made = Session(key=secrets.token_urlsafe(32), csrf=secrets.token_urlsafe(24), person=who)
        con.execute(delete(session).where(session.c.used < now - IDLE))
        con.execute(
            insert(session).values(
                key_hash=_hash(made.key), csrf=made.csrf, person=who.id, made=now, used=now
            )
        )
        return made

    def _ticket(self, kind: str, role: Role, by: str, seconds: int, who: int | None = None) -> str:
        token, now = secrets.token_urlsafe(24), int(self._clock())
        values = {"token_hash": _hash(token), "kind": kind, "role": role, "by": by, "person": who}
        with self._began() as con:
            con.execute(delete(ticket).where(ticket.c.until < now))
            con.execute(insert(ticket).values(**values, until=now + seconds))
        return token

    def _used_up(self, con: Connection, token: str, kind: str) -> RowMapping | None:
        """The ticket, gone from now on: of two that use it at once only one deletes a row."""
        row = con.execute(select(ticket).where(ticket.c.token_hash == _hash(token))).mappings().first()
        if row is None or row["kind"] != kind or row["until"] < self._clock():
            return None
        done = con.execute(delete(ticket).where(ticket.c.id == row["id"]))
        return row if done.rowcount == 1 else None

    @contextmanager
    def _began(self) -> Iterator[Connection]:
        with self._turn, self._sentences(), self._engine.begin() as con:
            yield con

    @contextmanager
    def _sentences(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            told = str(getattr(error, "orig", None) or type(error).__name__)
            raise RecordError(f"the accounts cannot be read or written ({told})", where=self._where) from None


def path_beside(situation: Path) -> Path:
    """Where the accounts of a situation file stand: ``NAME.people``."""
    return situation.with_suffix(".people")


def _pragmas(connection: Any, _record: object) -> None:  # noqa: ANN401  (the driver's own)
    connection.execute("PRAGMA foreign_keys = ON")


def _person(row: RowMapping) -> Person:
    return Person(id=row["id"], name=row["name"], role=_role(row["role"]), active=row["active"])


def _role(role: str) -> Role:
    for each in ROLES:
        if role == each:
            return each
    raise UsageError(f"{role!r} is no role", where="role", todo=f"one of {', '.join(ROLES)}")


def _owns(who: Person) -> bool:
    return who.role == "owner" and who.active


def folded(name: str) -> str:
    """A name as names are compared: what looks the same to its owner is the same."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _utc(seconds: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))
