"""What every answer tells the browser to allow, 401 and 404 too, and from where a request may come.

Sources: OWASP Secure Headers, W3C Content Security Policy Level 3, Fetch Metadata.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
PAGE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
    "connect-src 'self'; worker-src 'self'; font-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
HSTS = "max-age=31536000"


class Guard:
    """Sets the headers of every answer, and refuses what is asked under another host's name.

    ``hosts`` are the names that may stand in the address; none means those of this machine (a name that was
    made to lead here, as in DNS rebinding, is none of them).
    """

    def __init__(self, app: ASGIApp, hosts: Iterable[str] = (), *, https: bool = False) -> None:
        self._app, self._hosts, self._https = app, frozenset(hosts), https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Content-Security-Policy", NOTHING)
                headers.setdefault("Cache-Control", "no-store")
                if self._https:
                    headers.setdefault("Strict-Transport-Security", HSTS)
            await send(message)

        if not self._known(Headers(scope=scope).get("host", "")):
            refused = PlainTextResponse("this page is not served under that name", status_code=421)
            await refused(scope, receive, guarded)
        else:
            await self._app(scope, receive, guarded)

    def _known(self, host: str) -> bool:
        try:
            told = urlsplit(f"//{host}")
            name, _port = told.hostname or "", told.port
        except ValueError:
            return False
        if told.netloc != host or "@" in host:  # more than a name and a port
            return False
        return name in self._hosts if self._hosts else loopback(name)


def loopback(host: str) -> bool:
    """Whether a name or address is this machine's own."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
