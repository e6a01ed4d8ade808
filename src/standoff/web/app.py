"""The application: routes, refusals as one sentence each, headers on every answer."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

import msgspec
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.types import ASGIApp

from standoff.errors import (
    ClashError,
    InputError,
    LimitError,
    MovedError,
    NetworkError,
    RecordError,
    ReviewError,
    StandoffError,
)
from standoff.people import Register
from standoff.web import static
from standoff.web.access import RefusedError
from standoff.web.adding import Adder
from standoff.web.answers import JSON, Problem, describe, sent_of
from standoff.web.bodies import Bodies
from standoff.web.bus import Bus
from standoff.web.deciding import ConflictError, Decider
from standoff.web.live import Live
from standoff.web.policy import Guard
from standoff.web.routes import ROUTERS
from standoff.web.routes.views import GoneError
from standoff.web.tries import Tries

STATUS: tuple[tuple[type[StandoffError], int], ...] = (
    (ConflictError, 409),
    (GoneError, 404),
    (LimitError, 413),
    (ClashError, 409),
    (MovedError, 409),
    (ReviewError, 422),
    (NetworkError, 502),
    (InputError, 422),
    (RecordError, 503),
)
SHOWN = 200
"""Characters that are said back of where a request is wrong."""
log = logging.getLogger("standoff.web")


def make_app(
    live: Live,
    people: Register,
    adder: Adder,
    bus: Bus,
    *,
    team: bool,
    hosts: Iterable[str] = (),
    https: bool = False,
    files: dict[str, static.Built] | None = None,
) -> FastAPI:
    """The application over a situation. ``hosts`` are the names it may be asked under (none: this machine's),
    ``team`` whether people sign in by name. Raises `StandoffError` when the page was not built."""
    app = _Guarded(
        title="standoff",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,  # its pages would load scripts of third parties
        middleware=[Middleware(Bodies)],
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    app.guarded = {"hosts": tuple(hosts), "https": https}
    state = app.state
    state.live, state.people, state.adder, state.bus = live, people, adder, bus
    state.decider, state.tries, state.team, state.https = Decider(live), Tries(), team, https
    live.ready = lambda new, before: sent_of(new).again(sent_of(before), new)
    for router in ROUTERS:
        app.include_router(router)
    app.include_router(static.router(static.load() if files is None else files))
    app.add_exception_handler(StandoffError, _refused)
    app.add_exception_handler(RequestValidationError, _misread)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _broken)
    app.openapi = lambda: describe(app)  # type: ignore[method-assign]
    return app


class _Guarded(FastAPI):
    """Whatever answers, the guard stands before it: a fault is answered outside of all other middleware."""

    guarded: dict[str, Any]

    def build_middleware_stack(self) -> ASGIApp:
        return Guard(super().build_middleware_stack(), **self.guarded)


def _plain(words: str) -> str:
    """Words that can be sent whatever a request held: half a surrogate pair cannot."""
    return words.encode("utf-8", "replace").decode("utf-8")


def _problem(status: int, told: Any) -> Response:  # noqa: ANN401  (a record)
    return Response(msgspec.json.encode(told), status_code=status, media_type=JSON)


def _refused(_request: Request, error: Exception) -> Response:
    if not isinstance(error, StandoffError):
        raise error
    status = error.status if isinstance(error, RefusedError) else 400
    status = next((code for kind, code in STATUS if isinstance(error, kind)), status)
    inside = isinstance(error, RecordError) and status >= HTTPStatus.INTERNAL_SERVER_ERROR
    told: dict[str, Any] = msgspec.to_builtins(
        Problem(
            what=_plain(error.what),
            where=None if inside else error.where and _plain(error.where),  # a path of the server's
            todo=error.todo and _plain(error.todo),
            code=error.code,
        )
    )
    if isinstance(error, ConflictError):
        told |= {"theirs": error.theirs, "now": error.now}
    return _problem(status, told)


def _misread(_request: Request, error: Exception) -> Response:
    """What FastAPI could not make sense of, as one sentence."""
    first = error.errors()[0] if isinstance(error, RequestValidationError) and error.errors() else {}
    where = ".".join(str(part) for part in first.get("loc", ()))
    told = Problem(
        what=_plain(str(first.get("msg", "that cannot be read"))),
        where=_plain(where)[:SHOWN] or None,
        todo="mend the request",
        code="SO-100",
    )
    return _problem(422, told)


def _http(_request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    what = HTTPStatus(status).phrase.lower()
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    made = _problem(status, Problem(what=what, code="SO-100"))
    made.headers.update(headers)
    return made


def _broken(_request: Request, error: Exception) -> Response:
    """A fault of ours: told without what it was, which may hold secrets; the log has its kind."""
    log.error("a request failed: %s", type(error).__name__)
    return _problem(
        500, Problem(what="something broke here", todo="report it, with what you did", code="SO-000")
    )
