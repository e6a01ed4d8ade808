"""Serving: who may be let in, on which address, and ending so that nothing is lost."""

from __future__ import annotations

import contextlib
import socket
import ssl
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import uvicorn
from fastapi import FastAPI

from standoff.errors import StandoffError, UsageError
from standoff.people import Register
from standoff.situation import Situation
from standoff.web.adding import Adder
from standoff.web.app import make_app
from standoff.web.bus import Bus
from standoff.web.live import Live
from standoff.web.policy import loopback

BACKLOG = 128
SWITCH = 0.0005
"""Seconds after which a thread that derives lets one that answers go on; Python's own is ten times that."""
EVERYWHERE = frozenset({"0.0.0.0", "::", ""})  # noqa: S104  (what is refused without a name)
ENDING = 3
"""Seconds that open requests are given when the server ends."""


class Served(msgspec.Struct, frozen=True, kw_only=True):
    """How to serve: address, names, keys. ``url`` is the address people type, where it is not ``host``."""

    host: str = "127.0.0.1"
    port: int = 8737
    url: str | None = None
    tls_cert: Path | None = None
    tls_key: Path | None = None

    @property
    def https(self) -> bool:
        """Whether people come over TLS: ours, or that of a proxy before us."""
        return self.tls_cert is not None or (self.url or "").startswith("https://")

    @property
    def hosts(self) -> tuple[str, ...]:
        """The names it may be asked under; none means this machine's own."""
        name = urlsplit(self.url or "").hostname
        return (name,) if name else () if loopback(self.host) else (self.host,)


def check(served: Served, *, accounts: bool) -> None:
    """Refuse to be reached from elsewhere without accounts or without TLS. Raises `UsageError`."""
    if (served.tls_cert is None) != (served.tls_key is None):
        raise UsageError(
            "a certificate needs its key, and a key its certificate", where="--tls-cert, --tls-key",
            todo="give both",
        )  # fmt: skip
    if served.url is not None and not _is_site(served.url):
        raise UsageError(
            "that is no web address of a whole site",
            where="--url",
            todo="write it like https://record.example",
        )
    if not loopback(served.host) or served.url is not None:
        _check_reached(served, accounts)
    _check_keys(served)


def _check_reached(served: Served, accounts: bool) -> None:
    if not accounts:
        raise UsageError(
            f"{served.url or served.host} can be reached from elsewhere, and there are no accounts",
            where="--host", todo="make one first: standoff people SITUATION add NAME --role owner",
        )  # fmt: skip
    if not served.https:
        raise UsageError(
            "passwords would travel unprotected", where=served.url or served.host,
            todo="pass --tls-cert and --tls-key, or --url https://... where a proxy does it",
        )  # fmt: skip
    if served.url is None and served.host in EVERYWHERE:
        raise UsageError(
            "it must be known under which name people come", where="--host",
            todo="pass --url https://... as they type it",
        )  # fmt: skip


def _check_keys(served: Served) -> None:
    if served.tls_cert is None or served.tls_key is None:
        return
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(served.tls_cert, served.tls_key, lambda: b"")
    except (OSError, ValueError) as error:
        raise UsageError(
            f"the certificate or its key cannot be used ({getattr(error, 'strerror', None) or error})",
            where=f"{served.tls_cert}, {served.tls_key}",
            todo="give PEM files that belong together, the key without a passphrase",
        ) from None


def _is_site(url: str) -> bool:
    try:
        told = urlsplit(url)
        _port = told.port
    except ValueError:
        return False
    return (
        told.scheme in {"http", "https"} and bool(told.hostname) and told.path in {"", "/"} and not told.query
    )


def serve(
    situation: Situation,
    target: str,
    people: Register | None,
    served: Served,
    me: str,
    announce: Callable[[str], None],
) -> None:
    """Serve until interrupted. Without ``people`` one person, ``me``, comes in by a one-time address.

    ``announce`` is given the address once it answers. Raises `UsageError` when it cannot be had.
    """
    check(served, accounts=people is not None)
    sys.setswitchinterval(SWITCH)
    with _listening(served) as listening, _application(situation, target, people, served, me) as (app, path):
        config = uvicorn.Config(
            app, log_level="critical", access_log=False, server_header=False, lifespan="off", ws="none",
            timeout_graceful_shutdown=ENDING, h11_max_incomplete_event_size=64 * 1024,
            ssl_certfile=served.tls_cert, ssl_keyfile=served.tls_key,
        )  # fmt: skip
        port = listening.getsockname()[1]
        shown = f"[{served.host}]" if ":" in served.host else served.host
        base = served.url or f"{'https' if served.tls_cert else 'http'}://{shown}:{port}"
        _Server(config, app, lambda: announce(base.rstrip("/") + path)).run(sockets=[listening])


class _Server(uvicorn.Server):
    """Says when it answers, and ends what pages listen to before it waits for open requests."""

    def __init__(self, config: uvicorn.Config, app: FastAPI, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._app, self._ready = app, ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._app.state.bus.close()
        await super().shutdown(sockets)


@contextlib.contextmanager
def _application(
    situation: Situation, target: str, people: Register | None, served: Served, me: str
) -> Iterator[tuple[FastAPI, str]]:
    """The application, and the path that lets somebody in."""
    bus = Bus()
    live = Live(situation, bus.tell)
    adder = Adder(target, bus.tell, live.grown)
    alone, token = (None, "") if people is not None else Register.alone(me)
    held = people if people is not None else alone
    if held is None:
        raise StandoffError("nobody could be let in")
    try:
        app = make_app(
            live, held, adder, bus, team=people is not None, hosts=served.hosts, https=served.https
        )
        yield app, f"/enter?token={token}" if alone is not None else "/"
    finally:
        adder.close()
        live.close()
        held.close()


@contextlib.contextmanager
def _listening(served: Served) -> Iterator[socket.socket]:
    try:
        family = socket.AF_INET6 if ":" in served.host else socket.AF_INET
        made = socket.socket(family, socket.SOCK_STREAM)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with made:
            made.bind((served.host, served.port))
            made.listen(BACKLOG)
            yield made
    except OSError as error:
        raise UsageError(
            f"the address cannot be had ({error.strerror or error})",
            where=f"{served.host}:{served.port}",
            todo="pass --port 0, or another --host",
        ) from error
