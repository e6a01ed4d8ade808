"""What routes have in common: the situation that is served, and the axes of a request.

What only looks something up is ``async``: FastAPI gives anything else a thread of its own, and each change of
threads waits for the thread that derives.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query, Request
from starlette.concurrency import run_in_threadpool

from standoff.model import Axes
from standoff.show.page import Parts
from standoff.web.access import RefusedError
from standoff.web.adding import Adder
from standoff.web.bus import Bus
from standoff.web.deciding import Decider
from standoff.web.live import Live


def limited(request: Request, *names: str) -> None:
    """Count a try at a secret. Raises `RefusedError` when there were too many."""
    client = request.client.host if request.client else ""
    if not request.app.state.tries.allows(client, *names):
        raise RefusedError(429, "too many tries", todo="wait a few minutes")


async def live_of(request: Request) -> Live:
    """The situation that is served."""
    return request.app.state.live  # type: ignore[no-any-return]


async def adder_of(request: Request) -> Adder:
    """What adds reports."""
    return request.app.state.adder  # type: ignore[no-any-return]


async def decider_of(request: Request) -> Decider:
    """What appends decisions."""
    return request.app.state.decider  # type: ignore[no-any-return]


async def bus_of(request: Request) -> Bus:
    """What tells open pages of news."""
    return request.app.state.bus  # type: ignore[no-any-return]


async def axes(
    as_of: Annotated[
        str | None, Query(max_length=40, description="held on a date (ISO 8601 or EDTF)")
    ] = None,
    known_by: Annotated[str | None, Query(max_length=40, description="published by a date")] = None,
    recorded_by: Annotated[int | None, Query(ge=0, le=2**53, description="in the log by an entry")] = None,
) -> Axes:
    """The axes of time that a request asks along."""
    return Axes(as_of=as_of or None, known_by=known_by or None, recorded_by=recorded_by)


Along = Annotated[Axes, Depends(axes)]
TheLive = Annotated[Live, Depends(live_of)]
TheAdder = Annotated[Adder, Depends(adder_of)]
TheDecider = Annotated[Decider, Depends(decider_of)]
TheBus = Annotated[Bus, Depends(bus_of)]


async def parts(
    live: TheLive,
    along: Along,
    at_least: Annotated[int, Query(ge=0, le=2**53, description="no older than this entry")] = 0,
) -> Parts:
    """What to show for a request."""
    return await parts_of(live, along, at_least)


async def parts_of(live: Live, along: Axes, at_least: int = 0) -> Parts:
    """What to show along some axes, without a thread where it is there already."""
    if live.at_hand(along, at_least):
        return live.parts(along, at_least)
    return await run_in_threadpool(live.parts, along, at_least)


TheParts = Annotated[Parts, Depends(parts)]
Id = Annotated[str, Query(min_length=1, max_length=1000, description="an id that a list shows")]
