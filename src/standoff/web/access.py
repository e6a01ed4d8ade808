"""Who asks, and whether they may: every route of the API says which role it needs, and is refused without.

A session's secret is in a cookie that scripts cannot read; what changes anything must also bring the
session's second secret in a header, which another site's page can neither read nor send.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from functools import cache
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from standoff.errors import StandoffError
from standoff.people import Role, Session, may
from standoff.people.register import LONGEST

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
CSRF = "x-csrf-token"
OPEN = "nobody"
"""What a route says that needs no role: it gives away nothing, or is how one signs in."""


class RefusedError(StandoffError):
    """Somebody who is not signed in, or may not do that; ``status`` is HTTP's."""

    code = "SO-700"

    def __init__(self, status: int, what: str, *, todo: str | None = None) -> None:
        super().__init__(what, todo=todo)
        self.status = status


def cookie_name(request: Request) -> str:
    """Under ``__Host-`` a browser takes the cookie only over TLS, from this host, for all its paths.

    The port is in the name: cookies of two servers of one host are otherwise one.
    """
    port = urlsplit(f"//{request.headers.get('host', '')}").port
    return f"{'__Host-' if request.app.state.https else ''}standoff{f'-{port}' if port else ''}"


def set_session(response: Response, request: Request, session: Session) -> None:
    """Give a browser its session."""
    response.set_cookie(
        cookie_name(request), session.key, max_age=LONGEST, path="/", httponly=True, samesite="strict",
        secure=request.app.state.https,
    )  # fmt: skip


def drop_session(response: Response, request: Request) -> None:
    """Have a browser forget its session."""
    response.delete_cookie(
        cookie_name(request), path="/", httponly=True, samesite="strict", secure=request.app.state.https
    )


def session_of(request: Request, *, used: bool = True) -> Session | None:
    """The session of a request, if it has one that holds; ``used`` notes that its person is at work."""
    key = request.cookies.get(cookie_name(request), "")
    return request.app.state.people.known(key, used=used) if key else None


async def session_soon(request: Request) -> Session | None:
    """The same, without a thread for whoever asked a moment ago."""
    key = request.cookies.get(cookie_name(request), "")
    people = request.app.state.people
    return (people.at_hand(key) or await run_in_threadpool(people.known, key)) if key else None


def check_origin(request: Request) -> None:
    """Refuse what another site's page sent. Raises `RefusedError`."""
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        raise RefusedError(403, "that was asked from another site's page")
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise RefusedError(403, "that was asked from another site's page")


@cache  # one dependency for each role: FastAPI then looks a session up once a request
def needs(role: Role) -> Callable[[Request], Awaitable[Session]]:
    """A dependency: the session of somebody who may do what needs ``role``. Raises `RefusedError`."""

    async def session(request: Request) -> Session:
        held = await session_soon(request)
        if held is None:
            raise RefusedError(
                401, "nobody is signed in", todo="open the address that `standoff serve` printed"
            )
        if request.method not in SAFE:
            check_origin(request)
            given = request.headers.get(CSRF, "")
            if not hmac.compare_digest(given.encode(), held.csrf.encode()):
                raise RefusedError(
                    403, "the request does not bring its session's token", todo="reload the page"
                )
        if not may(held.person.role, role):
            raise RefusedError(403, f"that needs the role {role}", todo="ask an owner of this situation")
        return held

    return session


def by(role: Role) -> dict[str, Any]:
    """What a route is declared with that needs a role: the check, and the role for who walks the routes."""
    return {"dependencies": [Depends(needs(role))], "openapi_extra": {"x-role": role}}


def by_anybody() -> dict[str, Any]:
    """What a route is declared with that needs no role: where it changes anything, this page must ask."""
    return {"dependencies": [Depends(check_unsafe)], "openapi_extra": {"x-role": OPEN}}


async def check_unsafe(request: Request) -> None:
    """`check_origin` of what is not only a look."""
    if request.method not in SAFE:
        check_origin(request)


Reader = Annotated[Session, Depends(needs("reader"))]
Reviewer = Annotated[Session, Depends(needs("reviewer"))]
Owner = Annotated[Session, Depends(needs("owner"))]
