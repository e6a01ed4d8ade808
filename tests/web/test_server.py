"""The read-only page: who may see it, and what it says of itself."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator

import pytest

from standoff.errors import UsageError
from standoff.web.server import Page, make_server

TOKEN = "the-token"


def pages(path: str) -> Page | None:
    if path == "/":
        return Page(media_type="text/html; charset=utf-8", body=b"<p>hello</p>")
    if path == "/bad":
        raise UsageError("that is no table")
    return None


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    server = make_server(pages, "127.0.0.1", 0, TOKEN)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()
    thread.join()


def get(port: int, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    link.request("GET", path, headers=headers)
    answer = link.getresponse()
    found = answer.status, dict(answer.getheaders()), answer.read()
    link.close()
    return found


def test_without_token_nothing_is_shown(port: int) -> None:
    status, headers, body = get(port, "/")
    assert status == 401
    assert b"hello" not in body
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_token_becomes_a_cookie_and_leaves_the_address(port: int) -> None:
    status, headers, _ = get(port, f"/?token={TOKEN}")
    assert (status, headers["Location"]) == (303, "/")
    assert "HttpOnly" in headers["Set-Cookie"]
    assert "SameSite=Strict" in headers["Set-Cookie"]
    status, _, body = get(port, "/", Cookie=headers["Set-Cookie"].split(";")[0])
    assert (status, body) == (200, b"<p>hello</p>")


def test_a_wrong_token_is_refused(port: int) -> None:
    assert get(port, "/?token=guess")[0] == 401


def test_redirect_never_leaves_this_machine(port: int) -> None:
    location = get(port, f"//evil.example/?token={TOKEN}")[1].get("Location", "/")
    assert not location.startswith("//")
    assert "evil" not in location or location.startswith("/evil")


def test_another_hosts_name_is_refused(port: int) -> None:
    assert get(port, "/", Host="rebound.example", Cookie=f"standoff={TOKEN}")[0] == 403


@pytest.mark.parametrize(("path", "status"), [("/none", 404), ("/bad", 400), ("/../etc/passwd", 404)])
def test_errors_are_one_sentence_with_the_same_headers(port: int, path: str, status: int) -> None:
    got, headers, body = get(port, path, Cookie=f"standoff={TOKEN}")
    assert got == status
    assert b"Traceback" not in body
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "example.org", "::"])
def test_wide_addresses_are_refused(host: str) -> None:
    with pytest.raises(UsageError, match="loopback"):
        make_server(pages, host, 0, TOKEN)
