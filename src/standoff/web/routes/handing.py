"""What leaves the record: the brief, and exports in other tools' formats."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from standoff.exchange import export_to
from standoff.model import Axes
from standoff.show import Withhold
from standoff.show.brief import brief_html, interactive_html, policy
from standoff.show.brief.payload import payload
from standoff.show.brief.shape import Brief
from standoff.web.access import by
from standoff.web.answers import answer, gives, gives_file
from standoff.web.routes.common import Along, TheLive, TheParts

router = APIRouter(prefix="/api")
HTML = "text/html; charset=utf-8"


class Wanted(BaseModel):
    """What to hand out, and what to withhold in it."""

    withhold: list[Literal["names", "victims", "sources"]] = Field(default=[], max_length=3)
    coarsen: float | None = Field(default=None, ge=0.1, le=1000)
    no_text: bool = False
    interactive: bool = False
    as_of: str | None = Field(default=None, max_length=40)
    known_by: str | None = Field(default=None, max_length=40)
    recorded_by: int | None = Field(default=None, ge=0, le=2**53)


@router.get("/brief", **gives_file(HTML), **by("reader"))
def brief(live: TheLive, along: Along) -> Response:
    """The still brief as a page."""
    html = live.brief(along, Withhold())
    return Response(
        html, media_type=HTML, headers={"Content-Security-Policy": f"{policy()}; frame-ancestors 'none'"}
    )


@router.get("/brief/payload", **gives(Brief), **by("reader"))
def brief_payload(request: Request, parts: TheParts) -> Response:
    """All that a brief shows, as data: see `standoff schema brief`."""
    return answer(request, payload(parts.view), head=parts.view.head[0])


@router.post("/brief", **gives_file(HTML), **by("reader"))
def brief_to_hand_on(live: TheLive, wanted: Wanted) -> Response:
    """The brief as a file to hand on; what was withheld in it is noted in the log."""
    wishes = Withhold.of(wanted.withhold, coarsen_km=wanted.coarsen, no_text=wanted.no_text)
    axes = Axes(as_of=wanted.as_of or None, known_by=wanted.known_by or None, recorded_by=wanted.recorded_by)
    html = (interactive_html if wanted.interactive else brief_html)(live.parts(axes).view, wishes)
    if wishes:
        live.situation.record.append_output({"kind": "brief", "withheld": wishes.words()})
        live.grown()
    return Response(html, media_type=HTML, headers=_file(f"{live.name}-brief.html"))


@router.get("/export", **gives_file("application/zip"), **by("reader"))
def export(request: Request, live: TheLive, parts: TheParts, to: str) -> Response:
    """An export with its loss report, as one archive."""
    with tempfile.TemporaryDirectory(prefix="standoff-") as folder:
        written = export_to(parts.view, to, Path(folder))
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in written.files:
                archive.write(path, path.name)
    return Response(packed.getvalue(), media_type="application/zip", headers=_file(f"{live.name}-{to}.zip"))


def _file(name: str) -> dict[str, str]:
    """A file to be saved, whatever signs its name has (RFC 6266)."""
    plain = "".join(sign if (sign.isascii() and sign.isalnum()) or sign in "-." else "_" for sign in name)
    return {
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    }
