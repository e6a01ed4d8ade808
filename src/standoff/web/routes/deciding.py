"""Decisions."""

from __future__ import annotations

from typing import Any, Literal

import msgspec
from fastapi import APIRouter, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from standoff.web.access import Reviewer, by
from standoff.web.answers import answer, gives
from standoff.web.deciding import Wish
from standoff.web.routes.common import TheDecider

router = APIRouter(prefix="/api")


class Deciding(BaseModel):
    """A decision. ``targets`` are ids as a view shows them; for ``undo`` the number of one entry; for ``add``
    a layer, a report and spans as ``START-END`` in code points. ``seen`` is, by id, the last entry that acted
    on each target when it was looked at: a decision over a newer one is refused (409)."""

    action: Literal["accept", "reject", "correct", "merge", "split", "add", "undo"]
    targets: list[str] = Field(max_length=200)
    values: dict[str, Any] = Field(default={}, max_length=60)
    seen: dict[str, int] = Field(default={}, max_length=200)
    why: str | None = Field(default=None, max_length=2000)


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """A decision's entry in the log: ask for views no older than it."""

    entry: int


@router.post("/reviews", **gives(Decided, 201), **by("reviewer"))
def decide(request: Request, session: Reviewer, decider: TheDecider, wanted: Deciding) -> Response:
    """Append a decision. It is signed with the name of who is signed in."""
    wish = Wish(
        action=wanted.action,
        targets=tuple(wanted.targets),
        values=wanted.values,
        seen=wanted.seen,
        why=wanted.why or None,
    )
    return answer(request, Decided(entry=decider.decide(wish, session.person.name)), status=201)
