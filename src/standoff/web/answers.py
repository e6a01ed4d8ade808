"""JSON answers made by msgspec, and the API's description made of the very records that are sent."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import msgspec
from fastapi import FastAPI, Request
from fastapi.openapi.utils import get_openapi
from starlette.responses import Response

from standoff.errors import StandoffError
from standoff.show.schema import complete

JSON = "application/json"
KEPT = 48 * 2**20
"""Bytes of encoded answers that are kept of one view."""
AGAIN = 12
"""Answers that are made of a view as soon as it is there, since they were asked for of the one before."""
PACKED, LEVEL = 16 * 2**10, 3
"""Bytes from which on an answer that is kept is packed too, and how hard: a few milliseconds, once."""
Maker = Callable[[Any], Any]
"""Makes an answer of a view."""
_encoder = msgspec.json.Encoder()


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Why a request was not done: what is wrong, where, what to do, and a code that stays the same."""

    what: str
    where: str | None = None
    todo: str | None = None
    code: str


class Encoded(NamedTuple):
    """A record as it is sent, its entity tag, and the same packed where that is worth it."""

    body: bytes
    tag: str
    packed: bytes = b""


class Sent:
    """Answers made from one view of the record, encoded once however many ask; the oldest are let go.

    What is kept already is `found` without waiting; what is not is made by `of`, in a thread.
    """

    def __init__(self) -> None:
        self._held: OrderedDict[str, tuple[Encoded, Maker | None]] = OrderedDict()
        self._size, self._lock = 0, threading.Lock()
        self._turns: dict[str, threading.Lock] = {}

    def found(self, key: str) -> Encoded | None:
        """The answer of that name if it is kept."""
        with self._lock:
            if found := self._held.get(key):
                self._held.move_to_end(key)
            return found[0] if found else None

    def of(self, key: str, make: Callable[[], Any], of_next: Maker | None = None) -> Encoded:
        """The answer of that name; made when it is first asked for, by one of those who ask at once.

        ``of_next`` makes the same of another view: it must not hold on to this one.
        """
        with self._lock:
            turn = self._turns.setdefault(key, threading.Lock())
        with turn:
            try:
                return self.found(key) or self._keep(key, _packed(encoded(make())), of_next)
            finally:
                with self._lock:
                    self._turns.pop(key, None)

    def again(self, before: Sent, view: Any) -> None:  # noqa: ANN401
        """Make of a view the large answers that were asked for last of the one before it: whoever has them
        open will ask for them again as soon as they hear of this view."""
        with before._lock:
            large = [(key, make) for key, (made, make) in before._held.items() if make and made.packed]
        for key, make in large[-AGAIN:][::-1]:
            with contextlib.suppress(StandoffError):  # what it is of is not there any more
                self.of(key, partial(make, view), make)

    def _keep(self, key: str, made: Encoded, of_next: Maker | None) -> Encoded:
        with self._lock:
            self._held[key] = made, of_next
            self._size += _size(made)
            while self._size > KEPT and len(self._held) > 1:
                self._size -= _size(self._held.popitem(last=False)[1][0])
        return made


_kept: weakref.WeakKeyDictionary[Any, Sent] = weakref.WeakKeyDictionary()
"""Encoded answers of each view, for as long as the view is there."""
_keeping = threading.Lock()


def sent_of(view: Any) -> Sent:  # noqa: ANN401
    """The answers that are made of a view."""
    with _keeping:
        return _kept.setdefault(view, Sent())


def _size(held: Encoded) -> int:
    return len(held.body) + len(held.packed)


def _packed(made: Encoded) -> Encoded:
    """The same with its packed form, if it is large enough for a network to notice."""
    if len(made.body) < PACKED:
        return made
    return made._replace(packed=gzip.compress(made.body, LEVEL, mtime=0))


def encoded(told: Any) -> Encoded:  # noqa: ANN401  (a record)
    """A record as JSON, with a tag of its bytes."""
    body = _encoder.encode(told)
    return Encoded(body, f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"')


def answer(request: Request, told: Any, *, head: int | None = None, status: int = 200) -> Response:  # noqa: ANN401
    """A record as JSON; a GET that has it already is answered 304. ``head`` is the entry it was made from."""
    made = told if isinstance(told, Encoded) else encoded(told)
    headers = {"Cache-Control": "private, no-cache"}
    if head is not None:
        headers["X-Standoff-Head"] = str(head)
    if request.method == "GET" and status == 200:
        headers["ETag"] = made.tag
        if request.headers.get("if-none-match") == made.tag:
            return Response(status_code=304, headers=headers)
    if made.packed:
        headers["Vary"] = "Accept-Encoding"
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(made.packed, media_type=JSON, headers={**headers, "Content-Encoding": "gzip"})
    return Response(made.body, status_code=status, media_type=JSON, headers=headers)


_kinds: dict[str, Any] = {}
"""The types of records that routes answer with, by the name that stands for them in a route's declaration."""


def gives(kind: Any, status: int = 200) -> dict[str, Any]:  # noqa: ANN401  (a type)
    """What a route is declared with that answers a record of ``kind``."""
    return _declared(status, {"description": "done", "content": {JSON: {"schema": _named(kind)}}})


def gives_file(media_type: str) -> dict[str, Any]:
    """What a route is declared with that answers something else than JSON."""
    return {
        "response_class": Response,
        **_declared(200, {"description": "done", "content": {media_type: {}}}),
    }


def leads_on() -> dict[str, Any]:
    """What a route is declared with that leads to another address."""
    return {"response_class": Response, **_declared(303, {"description": "go on there"})}


def _declared(status: int, done: dict[str, Any]) -> dict[str, Any]:
    refused = {"description": "not done", "content": {JSON: {"schema": _named(Problem)}}}
    return {"status_code": status, "responses": {status: done, "4XX": refused}}


def _named(kind: Any) -> dict[str, str]:  # noqa: ANN401  (a type)
    _kinds[repr(kind)] = kind
    return {"x-kind": repr(kind)}


def describe(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI description, with the schemas of msgspec's records in the place of their types."""
    if app.openapi_schema is None:
        schemas, components = msgspec.json.schema_components(
            list(_kinds.values()), ref_template="#/components/schemas/{name}"
        )
        named = dict(zip(_kinds, schemas, strict=True))
        made = _filled(
            get_openapi(title="standoff", version="1", description=_ABOUT, routes=app.routes), named
        )
        held = made.setdefault("components", {}).setdefault("schemas", {})
        held.update({name: complete(each) for name, each in components.items()})
        app.openapi_schema = made
    return app.openapi_schema


_ABOUT = "The workbench's own interface: what each view shows, decisions, reports added, what is handed out."


def _filled(node: Any, named: dict[str, Any]) -> Any:  # noqa: ANN401  (any JSON value)
    if isinstance(node, list):
        return [_filled(each, named) for each in node]
    if not isinstance(node, dict):
        return node
    if "x-kind" in node:
        return named[node["x-kind"]]
    return {key: _filled(each, named) for key, each in node.items() if key != "422"}
