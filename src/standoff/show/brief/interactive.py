"""The interactive brief: the page's components over the brief's payload, in one file that asks for nothing.

Script and style are built beforehand (see `page/vite.brief.config.ts`) and stand in the file under their
hashes; the payload is data, which no browser runs, packed: most of it is the same few names over and over.
"""

from __future__ import annotations

import base64
import gzip
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import escape

from standoff.errors import StandoffError
from standoff.model import View
from standoff.show.brief.map import still
from standoff.show.brief.payload import payload
from standoff.show.brief.render import content_hash
from standoff.show.brief.withhold import Withhold
from standoff.show.rowtypes import plain

BUILT = Path(__file__).parent / "built"
ENDS = re.compile(r"</(script|style)|<!--", re.IGNORECASE)
"""What would end an element from inside it."""


def interactive_html(view: View, withhold: Withhold | None = None) -> str:
    """The interactive brief of a view. Raises `StandoffError` where script and style were not built."""
    data = payload(view, withhold)
    told = {each["place"] for each in (*data["timeline"], *data["disputes"])}
    maps = {
        "told": plain(still([place for place in data["places"] if place["id"] in told])),
        "all": plain(still(data["places"])),
    }
    return document(data["name"], {"brief": slim(data), "maps": maps})


def slim(data: dict[str, Any]) -> dict[str, Any]:
    """The payload without what no view of the interactive brief shows: of findings only their status."""
    return {**data, "findings": [{"status": each["status"]} for each in data["findings"]]}


def packed(data: dict[str, Any]) -> str:
    """Data as gzipped JSON in base64, none of whose signs could end an element."""
    told = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return base64.b64encode(gzip.compress(told.encode(), 9, mtime=0)).decode()


def interactive_policy() -> str:
    """The Content-Security-Policy of the file: its own script and style by their hashes, nothing else."""
    script, style = (content_hash(built(name)) for name in ("brief.js", "brief.css"))
    parts = ("default-src 'none'", f"script-src {script}", f"style-src {style}", "img-src data:")
    return "; ".join((*parts, "base-uri 'none'", "form-action 'none'"))


def document(name: str, data: dict[str, Any]) -> str:
    """The file around its data."""
    return "\n".join(
        (
            "<!doctype html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{escape(interactive_policy())}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            '<meta name="referrer" content="no-referrer">',
            f"<title>{escape(name)}: the brief</title>",
            '<link rel="icon" href="data:,">',
            f"<style>{built('brief.css')}</style>",
            "</head>",
            "<body>",
            '<div id="brief"></div>',
            "<noscript><p>This brief needs JavaScript, which stays inside it: nothing is fetched. "
            "The still brief needs none: <code>standoff brief SITUATION -o FILE.html</code></p></noscript>",
            f'<script type="application/gzip" id="payload">{packed(data)}</script>',
            f"<script>{built('brief.js')}</script>",
            "</body>",
            "</html>",
            "",
        )
    )


@cache
def built(name: str) -> str:
    """A built file. Raises `StandoffError` when it is not there, or could end its own element."""
    path = BUILT / name
    if not path.is_file():
        raise StandoffError(
            "the interactive brief is not built", where=str(path), todo="python3 tasks.py page"
        )
    text = path.read_text(encoding="utf-8")
    if ENDS.search(text):
        raise StandoffError(f"{name} cannot stand inside a page", where=str(path), todo="build it anew")
    return text
