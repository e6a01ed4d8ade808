"""Addresses: what is refused, on redirects too, and the limits on what is taken."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from standoff.errors import LimitError, NetworkError
from standoff.preserve.fetch import fetch


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/ok":
            self.answer(200, b"<p>hello</p>")
        elif self.path == "/big":
            self.answer(200, b"x" * 200_000)
        elif self.path == "/to-ok":
            self.answer(302, b"", location="/ok")
        elif self.path == "/round":
            self.answer(302, b"", location="/round")
        elif self.path == "/to-file":
            self.answer(302, b"", location="file:///etc/hostname")
        else:
            self.answer(404, b"")

    def answer(self, status: int, body: bytes, location: str | None = None) -> None:
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest",
        "http://0.0.0.0/",
        "http://192.168.0.1:8080/",
        "http://[::ffff:127.0.0.1]/",
        "http://2130706433/",
    ],
)
def test_private_addresses_are_refused(url: str) -> None:
    with pytest.raises(NetworkError, match=r"private|not known"):
        fetch(url)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://example.org/a", "http:///nohost"])
def test_only_http_is_read(url: str) -> None:
    with pytest.raises(NetworkError):
        fetch(url)


def test_allowed_address_is_read_through_a_redirect(site: str) -> None:
    found = fetch(f"{site}/to-ok", allow_private=True)
    assert (found.url, found.media_type, found.data) == (f"{site}/ok", "text/html", b"<p>hello</p>")


@pytest.mark.parametrize(("path", "words"), [("/none", "404"), ("/round", "redirects"), ("/to-file", "http")])
def test_what_goes_wrong_is_said(site: str, path: str, words: str) -> None:
    with pytest.raises(NetworkError, match=words):
        fetch(site + path, allow_private=True)


def test_redirect_is_checked_anew(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first host passes as public, the host it sends to does not."""
    module = sys.modules[fetch.__module__]
    real, calls = module._checked_address, []

    def checked(url: object, allow_private: bool) -> str:
        calls.append(str(url))
        return real(url, allow_private or len(calls) == 1)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "_checked_address", checked)
    with pytest.raises(NetworkError, match="private"):
        fetch(f"{site}/to-ok")
    assert len(calls) == 2


def test_an_answer_over_the_limit_is_cut_off(site: str) -> None:
    with pytest.raises(LimitError, match="over"):
        fetch(f"{site}/big", allow_private=True, limit=1000)
