"""One request to an OpenAI-compatible address: bounded retries, and a cache on disk if one is wanted."""

from __future__ import annotations

import hashlib
import json
import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import msgspec

from standoff.errors import ReaderError
from standoff.read.endpoint.shape import PROMPT_VERSION, Answer, messages, response_format

KEY = "STANDOFF_ENDPOINT_KEY"
"""Environment variable with the key; sent to the address alone, never logged or recorded."""
CACHE = "STANDOFF_ENDPOINT_CACHE"
"""Environment variable with the folder of kept answers; none is kept without it."""
TRIES = 4
WAIT = 0.5
"""Seconds before the second try; each later wait is twice as long."""
LONGEST = 30.0
"""Seconds that an address may ask us to wait between two tries, at most."""
TIMEOUT = 120.0
AGAIN = frozenset({408, 409, 425, 429, 500, 502, 503, 504})


class Client:
    """Asks one model at one address for annotations of passages."""

    def __init__(
        self,
        url: str,
        model: str,
        *,
        key: str | None = None,
        cache: Path | None = None,
        timeout: float = TIMEOUT,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.url, self.model = url.rstrip("/"), model
        # a password in an address is for the server alone
        self._shown = re.sub(r"//[^/@]*@", "//", self.url)
        self._cache, self._sleep = cache, sleep
        head = {"authorization": f"Bearer {key}"} if key else {}
        self._http = httpx.Client(headers=head, timeout=timeout, follow_redirects=False, trust_env=False)

    @classmethod
    def from_environment(cls, url: str, model: str) -> Client:
        """A client with the key and cache folder that the environment names."""
        folder = os.environ.get(CACHE)
        return cls(url, model, key=os.environ.get(KEY), cache=Path(folder) if folder else None)

    def ask(self, passage: str, published: str | None) -> Answer | None:
        """The model's answer; None when no try gave JSON of the schema.

        Raises `ReaderError` when the address cannot be reached, refuses, or keeps failing.
        """
        place = self._place(passage, published)
        if place is not None and place.is_file():
            kept = _decoded(place.read_bytes())
            if kept is not None:
                return kept
        body = {
            "model": self.model,
            "messages": messages(passage, published),
            "response_format": response_format(),
            "temperature": 0,
        }
        failure: str | None = None
        for attempt in range(TRIES):
            content, failure, wait = self._once(body)
            if content is not None and (answer := _decoded(content)) is not None:
                self._keep(place, content)
                return answer
            if attempt + 1 < TRIES:
                self._sleep(min(LONGEST, max(wait, WAIT * 2**attempt)))
        if failure is not None:
            raise ReaderError(
                f"the endpoint failed {TRIES} times: {failure}", where=self._shown, todo="try again later"
            )
        return None

    def _once(self, body: dict[str, Any]) -> tuple[bytes | None, str | None, float]:
        """One try: the message's content, or what failed, and how long the address asks us to wait."""
        try:
            response = self._http.post(f"{self.url}/chat/completions", json=body)
        except httpx.TimeoutException:
            return None, "no answer in time", 0.0
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise ReaderError(
                f"the endpoint cannot be reached: {type(error).__name__}",
                where=self._shown,
                todo="check the address",
            ) from error
        if response.status_code in AGAIN:
            asked = response.headers.get("retry-after", "")
            return (
                None,
                f"status {response.status_code}",
                float(asked) if asked.isascii() and asked.isdecimal() else 0.0,
            )
        if response.status_code != 200:
            raise ReaderError(
                f"the endpoint refused the request with status {response.status_code}",
                where=self._shown,
                todo=f"check the address, the model's name and the key in {KEY}",
            )
        try:
            content = response.json()["choices"][0]["message"]["content"]
        except (ValueError, LookupError, TypeError, RecursionError):
            return None, None, 0.0
        return (content.encode("utf-8", "surrogatepass") if isinstance(content, str) else None), None, 0.0

    def _place(self, passage: str, published: str | None) -> Path | None:
        if self._cache is None:
            return None
        asked = json.dumps([self.url, self.model, PROMPT_VERSION, published, passage])
        return self._cache / f"{hashlib.sha256(asked.encode()).hexdigest()}.json"

    def _keep(self, place: Path | None, content: bytes) -> None:
        if place is not None:
            try:
                place.parent.mkdir(parents=True, exist_ok=True)
                part = place.with_suffix(f".{os.getpid()}")
                part.write_bytes(content)
                part.replace(place)
            except OSError as error:
                raise ReaderError(
                    "answers cannot be kept", where=str(place.parent), todo=f"give a folder in {CACHE}"
                ) from error


def _decoded(content: bytes) -> Answer | None:
    try:
        return msgspec.json.decode(content, type=Answer)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
