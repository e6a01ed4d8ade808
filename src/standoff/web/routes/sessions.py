"""Signing in and out, and what a page must know of itself."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import RedirectResponse, Response

from standoff import __version__
from standoff.people import Person, Session
from standoff.people.register import LONGEST_PASSWORD, SHORTEST
from standoff.web.access import Reader, RefusedError, by, by_anybody, drop_session, session_soon, set_session
from standoff.web.answers import answer, gives, leads_on
from standoff.web.bus import SESSIONS
from standoff.web.routes.common import limited

router = APIRouter()


class Here(msgspec.Struct, frozen=True, kw_only=True):
    """Who is signed in (null: nobody), the token that requests must bring, and which situation this is.

    ``team``: people sign in with a name and a password; else one person came by the address that was printed.
    """

    person: Person | None
    csrf: str | None
    team: bool
    name: str | None
    head: int
    version: str
    shortest_password: int


class Credentials(BaseModel):
    """A name and its password."""

    name: str = Field(max_length=200)
    password: str = Field(max_length=LONGEST_PASSWORD)


class Joining(Credentials):
    """An invitation taken up."""

    token: str = Field(max_length=200)


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """An address that signs in another browser, once."""

    path: str


def _here(request: Request, session: Session | None) -> Here:
    state = request.app.state
    return Here(
        person=session.person if session else None,
        csrf=session.csrf if session else None,
        team=state.team,
        name=state.live.name if session else None,
        head=state.live.current.view.head[0] if session else 0,
        version=__version__,
        shortest_password=SHORTEST,
    )


def _signed_in(request: Request, session: Session) -> Response:
    made = answer(request, _here(request, session))
    set_session(made, request, session)
    return made


@router.get("/api/session", **gives(Here), **by_anybody())
async def here(request: Request) -> Response:
    """Who is signed in, if anybody."""
    return answer(request, _here(request, await session_soon(request)))


@router.post("/api/session", **gives(Here), **by_anybody())
def sign_in(request: Request, given: Credentials) -> Response:
    """Sign in with a name and its password."""
    limited(request, given.name)
    session = request.app.state.people.sign_in(given.name, given.password)
    if session is None:
        raise RefusedError(403, "name and password do not fit", todo="try again, or ask an owner")
    return _signed_in(request, session)


@router.delete("/api/session", **gives(Here), **by("reader"))
def sign_out(request: Request, session: Reader) -> Response:
    """Sign out: the session ends here and now."""
    request.app.state.people.sign_out(session.key)
    request.app.state.bus.tell({"kind": SESSIONS})
    made = answer(request, _here(request, None))
    made.headers["Clear-Site-Data"] = '"cache"'
    drop_session(made, request)
    return made


@router.post("/api/session/link", **gives(Link), **by("reader"))
def another_browser(request: Request, session: Reader) -> Response:
    """An address that signs the same person in, once, in another browser."""
    return answer(request, Link(path=f"/enter?token={request.app.state.people.link(session.person)}"))


@router.post("/api/join", **gives(Here), **by_anybody())
def join(request: Request, given: Joining) -> Response:
    """Take up an invitation: make an account, and sign in."""
    limited(request)
    session = request.app.state.people.accept(given.token, given.name, given.password)
    if session is None:
        raise RefusedError(403, "that invitation does not hold", todo="ask an owner for another")
    return _signed_in(request, session)


@router.get("/enter", **leads_on(), **by_anybody())
def enter(request: Request, token: Annotated[str, Query(max_length=200)] = "") -> Response:
    """Come in by a one-time address: its token is used up, and leaves the address line.

    Not from another site's page, which could sign somebody in as another than themselves.
    """
    if request.headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}:
        raise RefusedError(
            403, "another site's page leads here", todo="copy the address and open it yourself"
        )
    limited(request)
    session = request.app.state.people.follow(token)
    if session is None:
        raise RefusedError(
            401,
            "that address was used already or is too old",
            todo="start `standoff serve` again for another",
        )
    made: Any = RedirectResponse("/", status_code=303)
    set_session(made, request, session)
    return made  # type: ignore[no-any-return]
