"""http(s) addresses. Private and loopback hosts are refused, on every redirect anew.

The connection goes to the very address that was checked, so that a name cannot point elsewhere
between the check and the request.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Iterator
from contextlib import closing

import httpx
import msgspec

from standoff.errors import LimitError, NetworkError
from standoff.preserve.limits import MAX_RECORD, MAX_REDIRECTS, MAX_SECONDS

AGENT = {"User-Agent": "standoff (documentation of reports)", "Accept-Encoding": "gzip, deflate"}
REDIRECTS = {301, 302, 303, 307, 308}


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """What an address answered: the final address, its media type and the decoded body."""

    url: str
    media_type: str
    data: bytes


def fetch(url: str, *, allow_private: bool = False, limit: int = MAX_RECORD) -> Fetched:
    """Get one address. Raises `NetworkError` (refused, unreachable, error answer) or `LimitError`."""
    deadline = time.monotonic() + MAX_SECONDS
    with httpx.Client(follow_redirects=False, timeout=20.0, trust_env=False) as client:
        for _ in range(MAX_REDIRECTS + 1):
            request = _request(client, httpx.URL(url), allow_private)
            try:
                response = client.send(request, stream=True)
                if response.status_code not in REDIRECTS:
                    return _answer(response, url, limit, deadline)
                target = response.headers.get("Location", "")
                response.close()
            except httpx.HTTPError as error:
                raise NetworkError(
                    f"the address could not be read ({type(error).__name__})",
                    where=url,
                    todo="try again later",
                ) from error
            url = str(httpx.URL(url).join(target))
    raise NetworkError(f"more than {MAX_REDIRECTS} redirects", where=url, todo="give the final address")


def _request(client: httpx.Client, url: httpx.URL, allow_private: bool) -> httpx.Request:
    if url.scheme not in {"http", "https"} or not url.host:
        raise NetworkError("only http and https addresses are read", where=str(url))
    address = _checked_address(url, allow_private)
    pinned = url.copy_with(host=address)
    headers = {**AGENT, "Host": url.netloc.decode("ascii")}
    return client.build_request("GET", pinned, headers=headers, extensions={"sni_hostname": url.host})


def _checked_address(url: httpx.URL, allow_private: bool) -> str:
    port = url.port or (443 if url.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(url.host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NetworkError("the host is not known", where=str(url), todo="check the address") from error
    addresses = [ipaddress.ip_address(str(info[4][0]).split("%")[0]) for info in found]
    if not allow_private and any(not a.is_global or a.is_multicast for a in addresses):
        raise NetworkError(
            "the address is private or of this machine",
            where=str(url),
            todo="pass --allow-private if that is meant",
        )
    return str(addresses[0])


def _answer(response: httpx.Response, url: str, limit: int, deadline: float) -> Fetched:
    with closing(response):
        if response.status_code != 200:
            raise NetworkError(f"the address answered {response.status_code}", where=url)
        data = b"".join(_bounded(response.iter_bytes(65536), url, limit, deadline))
    media_type = response.headers.get("Content-Type", "").split(";")[0].strip().casefold()
    return Fetched(url=url, media_type=media_type, data=data)


def _bounded(chunks: Iterator[bytes], url: str, limit: int, deadline: float) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise LimitError(
                f"the answer is over {limit:,} bytes", where=url, todo="save it and add the file"
            )
        if time.monotonic() > deadline:
            raise LimitError(f"the answer took over {MAX_SECONDS:.0f} seconds", where=url, todo="try again")
        yield chunk
