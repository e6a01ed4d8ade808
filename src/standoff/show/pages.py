"""The same things as pages: what a path of the local server answers."""

from __future__ import annotations

from typing import NamedTuple

from standoff.model import View
from standoff.show.brief import Withhold, brief_html, policy
from standoff.show.rows import WHATS, json_text

NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


class Page(NamedTuple):
    """What a path answers: its media type, its body, and the policy that the browser is held to."""

    media_type: str
    body: bytes
    policy: str = NOTHING


def pages_of(view: View, path: str) -> Page | None:
    """``/`` is the brief, ``/WHAT.json`` the JSON of one WHAT; None where there is no page."""
    if path in {"/", "/index.html"}:
        body = brief_html(view, Withhold()).encode("utf-8")
        return Page("text/html; charset=utf-8", body, f"{policy()}; frame-ancestors 'none'")
    what = path.removeprefix("/").removesuffix(".json")
    if path == f"/{what}.json" and what in WHATS:
        return Page("application/json; charset=utf-8", json_text(view, what).encode("utf-8"))
    return None
