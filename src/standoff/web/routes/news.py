"""News for an open page: decisions, reports, what was derived anew (server-sent events)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import msgspec
from fastapi import APIRouter, Request
from starlette.responses import StreamingResponse

from standoff.people import may
from standoff.web.access import Reader, RefusedError, by, session_of
from standoff.web.answers import gives_file
from standoff.web.bus import SESSIONS
from standoff.web.routes.common import TheBus, TheLive

router = APIRouter(prefix="/api")
EVENTS = "text/event-stream"
PAUSE = 15.0
"""Seconds without news after which a sign of life is sent, and the session looked at again."""
PAGES = 500
"""Pages that may listen at once."""


@router.get("/news", **gives_file(EVENTS), **by("reader"))
async def news(request: Request, session: Reader, bus: TheBus, live: TheLive) -> StreamingResponse:
    """News as they come, for as long as the session holds."""
    if bus.listening >= PAGES:
        raise RefusedError(503, "too many pages listen for news", todo="close some")
    head = live.current.view.head[0]
    reviews = may(session.person.role, "reviewer")

    async def told() -> AsyncIterator[bytes]:
        yield b"retry: 2000\n\n" + _sent({"kind": "derived", "head": head, "seconds": 0})
        looked = time.monotonic()
        async for each in bus.hear(PAUSE):
            kind = each["kind"] if each else None
            if each is None or kind == SESSIONS or time.monotonic() - looked >= PAUSE:
                looked = time.monotonic()
                if await asyncio.to_thread(session_of, request, used=False) is None:
                    yield _sent({"kind": "signed-out"})
                    return
            if each is None:
                yield b": still here\n\n"
            elif kind != SESSIONS and (reviews or kind != "job"):  # what is added is shown to who may add
                yield _sent(each)

    return StreamingResponse(
        told(),
        media_type=EVENTS,
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


def _sent(each: dict[str, object]) -> bytes:
    return b"data: " + msgspec.json.encode(each) + b"\n\n"
