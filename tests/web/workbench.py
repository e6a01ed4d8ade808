"""A workbench to test: the application over a copy of a situation, and clients that are signed in."""

from __future__ import annotations

import contextlib
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from starlette.testclient import TestClient

from standoff.people import Register, Role
from standoff.people.opened import ROLES
from standoff.preserve import Options
from standoff.situation import Outcome, Situation
from standoff.web.adding import Adder, Source, _add
from standoff.web.app import make_app
from standoff.web.bus import Bus
from standoff.web.live import Live
from standoff.web.static import Built

PASSWORD = "correct horse battery"
NAMES: dict[Role, str] = {"reader": "Rea", "reviewer": "Revi", "owner": "Owen"}
BASE = "http://127.0.0.1:8737"
INDEX = b"<!doctype html><html lang=en><title>standoff</title><script type=module src=/assets/a.js></script>"
FILES = {
    "index.html": Built(body=INDEX, packed=b"", media_type="text/html; charset=utf-8", kept="no-cache"),
    "assets/a.js": Built(body=b"1", packed=b"", media_type="text/javascript; charset=utf-8", kept="no-cache"),
}
"""What stands in for the built page."""


class Here(Adder):
    """Adds in this process: reading is loaded once for all tests."""

    def _submit(self, source: Source, options: Options) -> Future[list[Outcome]]:
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(_add, self._target, source, options)


class Client(TestClient):
    """A browser that is signed in: brings its cookie and, with what is not only a look, its token."""

    def signed(self, name: str, password: str = PASSWORD) -> Client:
        told = self.post("/api/session", json={"name": name, "password": password})
        assert told.status_code == 200, told.text
        self.headers["x-csrf-token"] = told.json()["csrf"]
        return self

    def entered(self, token: str) -> Client:
        assert self.get(f"/enter?token={token}", follow_redirects=False).status_code == 303
        self.headers["x-csrf-token"] = self.get("/api/session").json()["csrf"]
        return self

    def told(self, path: str, **params: Any) -> Any:
        """What a view shows."""
        got = self.get(f"/api/{path}", params=params)
        assert got.status_code == 200, (path, params, got.text)
        return got.json()

    def decide(self, action: str, *targets: str, **more: Any) -> httpx.Response:
        made: Any = self.post("/api/reviews", json={"action": action, "targets": targets, **more})
        return made


class Workbench:
    """The parts of a server, over a situation file of its own."""

    def __init__(
        self, path: Path, people: Register, *, team: bool, adder: type[Adder] = Here, **more: Any
    ) -> None:
        self.path, self.people, self.bus = path, people, Bus()
        self.situation = Situation.open(path)
        self.live = Live(self.situation, self.bus.tell)
        self.adder = adder(str(path), self.bus.tell, self.live.grown)
        self.app = make_app(self.live, people, self.adder, self.bus, team=team, **{"files": FILES, **more})
        self.base = (
            f"{'https' if more.get('https') else 'http'}://{(*more.get('hosts', ()), '127.0.0.1:8737')[0]}"
        )

    def client(self) -> Client:
        """Somebody who is not signed in."""
        return Client(self.app, base_url=self.base, raise_server_exceptions=False)

    def close(self) -> None:
        self.adder.close()
        self.live.close()
        self.situation.close()
        self.people.close()


def team_of(path: Path) -> Register:
    """Accounts beside a situation: one of each role."""
    people = Register.beside(path)
    for role in ROLES:
        people.add(NAMES[role], role, PASSWORD)
    return people


@contextlib.contextmanager
def opened(source: Path, folder: Path, *, team: bool = False, **more: Any) -> Iterator[Workbench]:
    """A workbench over a copy of a situation, with one of each role or for one person alone."""
    path = Path(shutil.copy(source, folder / "demo.standoff"))
    people = team_of(path) if team else Register.alone("Solo")[0]
    made = Workbench(path, people, team=team, **more)
    try:
        yield made
    finally:
        made.close()


@contextlib.contextmanager
def running(app: Any) -> Iterator[str]:
    """The application behind a real server; its address."""
    config = uvicorn.Config(app, log_level="critical", lifespan="off", ws="none", timeout_graceful_shutdown=2)
    server = uvicorn.Server(config)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        until(lambda: server.started)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            app.state.bus.close()
            server.should_exit = True
            thread.join(10)


def until(holds: Callable[[], Any], seconds: float = 30) -> Any:
    """Wait until something holds; fails when it does not in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := holds():
            return found
        time.sleep(0.02)
    raise AssertionError(f"it did not come true within {seconds} s")
