"""The built page: files of the package, read once; every view's address answers the same page."""

from __future__ import annotations

import gzip
import mimetypes
from pathlib import Path

import msgspec
from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from standoff.errors import StandoffError
from standoff.web.access import by_anybody
from standoff.web.policy import PAGE

BUILT = Path(__file__).parent / "static"
VIEWS = (
    "", "report", "reports", "dispute", "disputes", "ledger", "parties", "party", "places", "timeline",
    "access", "harm", "agreements", "victims", "search", "history", "queue", "people", "join", "sign-in",
)  # fmt: skip
"""First parts of the addresses of views."""
FOREVER = "public, max-age=31536000, immutable"
TYPES = {
    ".js": "text/javascript",
    ".json": "application/json",
    ".geojson": "application/json",
    ".svg": "image/svg+xml",
}


class Built(msgspec.Struct, frozen=True, kw_only=True):
    """A file of the page: its bytes as they are and packed, its type, and how long it may be kept."""

    body: bytes
    packed: bytes
    media_type: str
    kept: str


def load(folder: Path = BUILT) -> dict[str, Built]:
    """The files by their paths. Raises `StandoffError` when the page was not built."""
    index = folder / "index.html"
    if not index.is_file():
        raise StandoffError("the page is not built", where=str(folder), todo="python3 tasks.py page")
    return {
        path.relative_to(folder).as_posix(): _built(path, folder)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _built(path: Path, folder: Path) -> Built:
    body = path.read_bytes()
    media_type = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    text = media_type.startswith("text/") or media_type.endswith(("json", "xml"))
    hashed = path.parent != folder  # only files of assets/ have their hash in their name
    return Built(
        body=body,
        packed=gzip.compress(body, 6, mtime=0) if text and len(body) > 1024 else b"",
        media_type=f"{media_type}; charset=utf-8" if text else media_type,
        kept=FOREVER if hashed else "no-cache",
    )


def router(files: dict[str, Built]) -> APIRouter:
    """Answers what is not the API: a file of the page, the page itself for a view, or that there is none."""
    made = APIRouter()

    @made.get("/{path:path}", include_in_schema=False, **by_anybody())
    async def page(request: Request, path: str) -> Response:
        found = files.get(path)
        if found is None and path.split("/")[0] in VIEWS:
            found = files["index.html"]
        if found is None:
            return PlainTextResponse("there is no such page", status_code=404)
        return _sent(request, found)

    return made


def _sent(request: Request, file: Built) -> Response:
    headers = {"Content-Security-Policy": PAGE, "Cache-Control": file.kept, "Vary": "Accept-Encoding"}
    body = file.body
    if file.packed and "gzip" in request.headers.get("accept-encoding", ""):
        body, headers["Content-Encoding"] = file.packed, "gzip"
    return Response(body, media_type=file.media_type, headers=headers)
