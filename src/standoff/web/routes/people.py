"""People and invitations: what an owner may do."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from fastapi import APIRouter, Path, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from standoff.people import Person
from standoff.people.opened import Invitation
from standoff.people.register import LONGEST_PASSWORD
from standoff.web.access import Owner, Reader, RefusedError, by, set_session
from standoff.web.answers import answer, gives
from standoff.web.bus import SESSIONS
from standoff.web.routes.common import limited

router = APIRouter(prefix="/api")
RoleName = Literal["reader", "reviewer", "owner"]
Number = Annotated[int, Path(ge=1, le=2**53)]


class Everybody(msgspec.Struct, frozen=True, kw_only=True):
    """People with accounts, and invitations that still hold."""

    people: tuple[Person, ...]
    invitations: tuple[Invitation, ...]


class Invited(msgspec.Struct, frozen=True, kw_only=True):
    """An invitation's path; what stands after ``#`` never reaches a server's log."""

    path: str


class Inviting(BaseModel):
    """An invitation to be made."""

    role: RoleName


class Changing(BaseModel):
    """Another role for somebody, or their access taken or given back."""

    role: RoleName | None = None
    active: bool | None = None


class NewPassword(BaseModel):
    """A password to be changed."""

    old: str = Field(max_length=LONGEST_PASSWORD)
    new: str = Field(max_length=LONGEST_PASSWORD)


def _everybody(request: Request) -> Everybody:
    people = request.app.state.people
    return Everybody(people=tuple(people.people()), invitations=tuple(people.invitations()))


def _team(request: Request) -> None:
    if not request.app.state.team:
        raise RefusedError(
            409, "here one person works alone", todo="make accounts with `standoff people SITUATION add NAME`"
        )


@router.get("/people", **gives(Everybody), **by("owner"))
def people(request: Request, session: Owner) -> Response:
    """Everybody, and what invitations hold."""
    return answer(request, _everybody(request))


@router.post("/invitations", **gives(Invited, 201), **by("owner"))
def invite(request: Request, session: Owner, wanted: Inviting) -> Response:
    """An address with which somebody can make an account, once, within three days."""
    _team(request)
    token = request.app.state.people.invite(wanted.role, session.person.name)
    return answer(request, Invited(path=f"/join#{token}"), status=201)


@router.delete("/invitations/{number}", **gives(Everybody), **by("owner"))
def withdraw(request: Request, session: Owner, number: Number) -> Response:
    """Take an invitation back."""
    request.app.state.people.withdraw(number)
    return answer(request, _everybody(request))


@router.patch("/people/{number}", **gives(Everybody), **by("owner"))
def change(request: Request, session: Owner, number: Number, wanted: Changing) -> Response:
    """Give somebody another role, or take their access or give it back. They are signed out."""
    _team(request)
    request.app.state.people.change(number, role=wanted.role, active=wanted.active)
    request.app.state.bus.tell({"kind": SESSIONS})
    return answer(request, _everybody(request))


@router.put("/password", **gives(Everybody), **by("reader"))
def password(request: Request, session: Reader, wanted: NewPassword) -> Response:
    """Change one's own password; every other session of the same person ends."""
    _team(request)
    limited(request, session.person.name)
    held = request.app.state.people
    if held.sign_in(session.person.name, wanted.old) is None:
        raise RefusedError(403, "the old password does not fit", todo="try again")
    held.set_password(session.person.id, wanted.new)
    request.app.state.bus.tell({"kind": SESSIONS})
    made = answer(request, Everybody(people=(session.person,), invitations=()))
    set_session(made, request, held.sign_in(session.person.name, wanted.new))
    return made
