"""How much a request may bring: little from whoever is not signed in, and counted before it is read.

What a request holds is taken into memory before its route asks who sent it; so it is counted here.
"""

from __future__ import annotations

import asyncio

import msgspec
from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from standoff.web.access import SAFE, session_of
from standoff.web.answers import JSON, Problem

STRANGER = 64 * 2**10
"""Bytes from somebody who is not signed in: a name and a password."""
WORDS = 16 * 2**20
"""Bytes of a request that is JSON: a pasted text of two million signs, however they are escaped."""
FILES = 256 * 2**20
"""Bytes of one request with files."""
WITH_FILES = "/api/files"
TOO_MUCH = 413


class Bodies:
    """Refuses a request that brings more than its sender may send."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, counting what it brings."""
        if scope["type"] != "http" or scope["method"] in SAFE:
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        told = request.headers.get("content-length", "0")
        most = STRANGER if not told.isascii() or not told.isdigit() or int(told) <= STRANGER else None
        if most is None:
            most = await _most(request)
            if int(told) > most:
                await _refused()(scope, receive, send)
                return
        count, allowed = 0, most

        async def counted() -> Message:
            nonlocal count, allowed
            message = await receive()
            count += len(message.get("body") or b"")
            if count > allowed == STRANGER:  # it came in pieces whose sum was not told
                allowed = await _most(request)
            if count > allowed:
                raise HTTPException(TOO_MUCH)
            return message

        await self._app(scope, counted, send)


async def _most(request: Request) -> int:
    if await asyncio.to_thread(session_of, request) is None:
        return STRANGER
    return FILES if request.url.path == WITH_FILES else WORDS


def _refused() -> Response:
    told = Problem(what="that is more than may be sent at once", todo="send it in parts", code="SO-210")
    return Response(msgspec.json.encode(told), status_code=TOO_MUCH, media_type=JSON)
