"""A small read-only server: loopback only, a one-time token in the address, strict headers.

The brief and every WHAT are made anew for each request, so that a reload shows what was added since.
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
from collections.abc import Callable
from http import HTTPStatus
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import msgspec

from standoff.errors import StandoffError, UsageError

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
COOKIE = "standoff"


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """What a path answers: its media type, its body, and the policy the browser is held to."""

    media_type: str
    body: bytes
    policy: str = NOTHING


Pages = Callable[[str], Page | None]


def make_server(pages: Pages, host: str, port: int, token: str) -> ThreadingHTTPServer:
    """A server that answers ``pages(path)`` to whoever holds ``token``.

    Raises `UsageError` when ``host`` is not a loopback address or the port is taken.
    """
    if not _loopback(host):
        raise UsageError(
            f"{host} is not a loopback address",
            where="--host",
            todo="use 127.0.0.1; there are no accounts yet",
        )

    class Handler(_Handler):
        site, key = staticmethod(pages), token

    try:
        return ThreadingHTTPServer((host, port), Handler)
    except OSError as error:
        raise UsageError(
            f"the port cannot be had ({error.strerror})", where=f"{host}:{port}", todo="pass --port 0"
        ) from error


def serve(pages: Pages, host: str, port: int, announce: Callable[[str], None]) -> None:
    """Serve until interrupted; ``announce`` is given the address with its token."""
    token = secrets.token_urlsafe(24)
    with make_server(pages, host, port, token) as server:
        announce(f"http://{host}:{server.server_address[1]}/?token={token}")
        server.serve_forever()


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class _Handler(BaseHTTPRequestHandler):
    site: Pages
    key: str
    protocol_version = "HTTP/1.1"
    server_version = "standoff"
    sys_version = ""

    def do_GET(self) -> None:
        """Answer a page to whoever came with the token, or holds the cookie it was changed for."""
        url = urlsplit(self.path)
        given = parse_qs(url.query).get("token", [""])[0]
        if not self._from_here():
            self._say(HTTPStatus.FORBIDDEN, "this page is only for this machine")
        elif given and hmac.compare_digest(given.encode(), self.key.encode()):
            self._redirect(url.path)
        elif not self._known():
            self._say(HTTPStatus.UNAUTHORIZED, "open the address that `standoff serve` printed")
        else:
            self._answer(url.path)

    def _from_here(self) -> bool:
        """The host asked for must be a loopback name: another site's name must not lead here."""
        name = urlsplit(f"//{self.headers.get('Host', '')}").hostname or ""
        return _loopback(name)

    def _known(self) -> bool:
        cookie = SimpleCookie(self.headers.get("Cookie", ""))
        held = cookie[COOKIE].value if COOKIE in cookie else ""
        return hmac.compare_digest(held.encode(), self.key.encode())

    def _redirect(self, path: str) -> None:
        self.send_response(HTTPStatus.SEE_OTHER)
        self.send_header("Set-Cookie", f"{COOKIE}={self.key}; HttpOnly; SameSite=Strict; Path=/")
        # The path is made a plain local one: "//elsewhere" would leave this machine.
        self.send_header("Location", "/" + path.lstrip("/").replace("\\", ""))
        self._finish(Page(media_type="text/plain; charset=utf-8", body=b""))

    def _answer(self, path: str) -> None:
        try:
            page = self.site(path)
        except StandoffError as error:
            self._say(HTTPStatus.BAD_REQUEST, str(error))
            return
        if page is None:
            self._say(HTTPStatus.NOT_FOUND, "there is no such page")
            return
        self.send_response(HTTPStatus.OK)
        self._finish(page)

    def _say(self, status: HTTPStatus, sentence: str) -> None:
        self.send_response(status)
        self._finish(Page(media_type="text/plain; charset=utf-8", body=sentence.encode()))

    def _finish(self, page: Page) -> None:
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Security-Policy", page.policy)
        self.send_header("Content-Type", page.media_type)
        self.send_header("Content-Length", str(len(page.body)))
        self.end_headers()
        self.wfile.write(page.body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ANN401
        """Nothing is logged: the address line would hold the token."""
