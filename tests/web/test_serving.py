"""`standoff serve` and `standoff people` as they are used: processes of their own, killed and interrupted."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from standoff.people import Register
from standoff.record import Record, verify
from tests.story.driver import Done, refused, standoff
from tests.web.workbench import PASSWORD, until

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "tests.web.serving"]
ADDRESS = re.compile(r"open (https?://\S+)")


class Server:
    """A server that runs, what it said, and a browser for it."""

    def __init__(self, path: Path, *args: str) -> None:
        env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
        self.process = subprocess.Popen(
            [*COMMAND, "serve", str(path), "--port", "0", *args],
            cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        self.said: list[str] = []
        self.browsers = contextlib.ExitStack()
        threading.Thread(target=self._listen, daemon=True).start()
        found = until(lambda: ADDRESS.search("".join(self.said)) or self.process.poll(), 60)
        assert isinstance(found, re.Match), self.said
        self.address = found[1]
        self.base = re.match(r"https?://[^/]+", self.address)[0]  # type: ignore[index]

    def _listen(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.said.append(line)

    def browser(self, **more: Any) -> httpx.Client:
        return self.browsers.enter_context(httpx.Client(base_url=self.base, timeout=30, **more))

    def entered(self) -> httpx.Client:
        client = self.browser()
        assert client.get(self.address).status_code == 303
        client.headers["x-csrf-token"] = client.get("/api/session").json()["csrf"]
        return client

    def interrupt(self) -> float:
        """Ctrl-C; the seconds that ending took."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGINT)
        self.process.wait(15)
        return time.monotonic() - began

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(15)


@pytest.fixture
def mine(demo_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(demo_file, tmp_path / "demo.standoff"))


@pytest.fixture
def serve(mine: Path) -> Iterator[Callable[..., Server]]:
    running: list[Server] = []

    def start(*args: str) -> Server:
        running.append(Server(mine, *args))
        return running[-1]

    yield start
    for each in running:
        if each.process.poll() is None:
            each.kill()
        assert each.process.stdout
        each.process.stdout.close()
        each.browsers.close()


def quantities(client: httpx.Client) -> list[str]:
    reports = client.get("/api/reports").json()
    views = [client.get("/api/report", params={"id": each["id"]}).json() for each in reports]
    return [each["id"] for view in views for each in view["quantities"]]


# ---- serving


def test_the_printed_address_lets_one_in_once_and_ctrl_c_ends_it(
    serve: Callable[..., Server], mine: Path
) -> None:
    server = serve()
    assert server.base.startswith("http://127.0.0.1:")
    client = server.entered()
    assert client.get("/api/overview").json()["rests_on"]["reports"] == 9
    assert server.browser().get(server.address).status_code == 401, "a second time it does not"
    assert client.get("/").text.startswith("<!doctype html>")
    entry = client.post("/api/reviews", json={"action": "reject", "targets": quantities(client)[:1]}).json()[
        "entry"
    ]
    ended = []

    def listen() -> None:
        with client.stream("GET", "/api/news") as news:
            for _ in news.iter_lines():
                pass
        ended.append(True)

    listening = threading.Thread(target=listen, daemon=True)
    listening.start()
    time.sleep(0.5)
    assert server.interrupt() < 5, "with a page that listens"
    listening.join(5)
    assert ended
    assert server.process.returncode == 130
    said = "".join(server.said)
    assert "Traceback" not in said, said
    assert not mine.with_name(mine.name + "-wal").exists(), "one complete file"
    assert verify(mine).ok
    with Record.open(mine) as record:
        assert record.head().n == entry
        assert {each.name for each in record.derived()} >= {"disputes", "timeline"}
    assert not mine.with_suffix(".people").exists(), "alone there is no file of accounts"


def test_sigterm_ends_it_too(serve: Callable[..., Server], mine: Path) -> None:
    server = serve()
    server.process.terminate()
    server.process.wait(10)
    assert "Traceback" not in "".join(server.said)
    assert verify(mine).ok
    assert not mine.with_name(mine.name + "-wal").exists()


def test_killed_while_many_decide_nothing_that_was_answered_is_lost(
    serve: Callable[..., Server], mine: Path
) -> None:
    server = serve()
    client = server.entered()
    names, told = quantities(client)[:40], list[int]()

    def decide(part: list[str]) -> None:
        with contextlib.suppress(httpx.TransportError):
            for name in part:
                got = client.post("/api/reviews", json={"action": "accept", "targets": [name], "why": "seen"})
                if got.status_code == 201:
                    told.append(got.json()["entry"])

    threads = [threading.Thread(target=decide, args=(names[n::4],)) for n in range(4)]
    for each in threads:
        each.start()
    until(lambda: len(told) >= 8)
    server.kill()
    for each in threads:
        each.join()
    check = verify(mine)
    assert check.ok, check.problem
    with Record.open(mine) as record:
        kept = {each.n for each in record.entries(("review",))}
    assert set(told) <= kept
    assert len(kept) - len(told) <= 4, "at most what was under way"
    again = serve().entered()
    assert again.get("/api/history", params={"kind": "review"}).json()["total"] >= len(kept)


def test_no_secret_of_a_session_is_printed(serve: Callable[..., Server], mine: Path) -> None:
    did(
        standoff("people", mine, "add", "Ada", "--role", "owner", "--password-stdin", stdin=PASSWORD.encode())
    )
    server = serve()
    client = server.browser()
    got = client.post("/api/session", json={"name": "Ada", "password": PASSWORD})
    assert got.status_code == 200
    key, csrf = next(iter(client.cookies.values())), got.json()["csrf"]
    client.headers["x-csrf-token"] = csrf
    path = client.post("/api/invitations", json={"role": "reader"}).json()["path"]
    client.post("/api/session", json={"name": "Ada", "password": "wrong horse battery"})
    client.post("/api/reviews", content=b"{", headers={"content-type": "application/json"})
    with socket.create_connection(("127.0.0.1", int(server.base.rpartition(":")[2]))) as raw:
        raw.sendall(b"\x16\x03\x01 this is no request\r\n\r\n")
        raw.recv(1000)
    server.interrupt()
    said = "".join(server.said)
    for secret in (PASSWORD, key, csrf, path.partition("#")[2], "wrong horse"):
        assert secret not in said
    assert len(said.splitlines()) <= 2, said


def did(done: Done) -> Done:
    assert done.code == 0, done.err
    return done


def test_with_accounts_everybody_signs_in(serve: Callable[..., Server], mine: Path) -> None:
    did(
        standoff("people", mine, "add", "Ada", "--role", "owner", "--password-stdin", stdin=PASSWORD.encode())
    )
    server = serve()
    assert server.address == server.base + "/"
    client = server.browser()
    assert client.get("/api/session").json()["team"] is True
    assert (
        client.post("/api/session", json={"name": "ada", "password": PASSWORD}).json()["person"]["role"]
        == "owner"
    )
    refused(standoff("people", mine, "close", "Ada"), 2)
    assert client.get("/api/overview").status_code == 200


def test_over_tls(serve: Callable[..., Server], mine: Path, tmp_path: Path) -> None:
    openssl = shutil.which("openssl")
    if not openssl:
        pytest.skip("there is no openssl to make a certificate with")
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    wanted = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout"
    subprocess.run([openssl, *wanted.split(" "), key, "-out", cert], check=True, capture_output=True)
    server = serve("--tls-cert", str(cert), "--tls-key", str(key))
    assert server.base.startswith("https://")
    client = server.browser(verify=False)
    got = client.get(server.address)
    assert got.status_code == 303
    assert got.headers["set-cookie"].startswith("__Host-standoff")
    assert "Secure" in got.headers["set-cookie"]
    assert "strict-transport-security" in got.headers
    assert client.get("/api/overview").status_code == 200


def test_two_servers_of_one_situation_see_each_others_decisions(serve: Callable[..., Server]) -> None:
    one, other = serve().entered(), serve().entered()
    name = quantities(one)[0]
    entry = one.post("/api/reviews", json={"action": "reject", "targets": [name]}).json()["entry"]
    got = other.post("/api/reviews", json={"action": "accept", "targets": [name]})
    assert (got.status_code, got.json()["theirs"]["entry"]) == (409, entry)
    told = other.get("/api/overview", params={"at_least": entry})
    assert told.headers["x-standoff-head"] == str(entry)


# ---- refused in one sentence


@pytest.fixture
def with_accounts(mine: Path) -> Path:
    held = Register.beside(mine)
    held.add("Ada", "owner", PASSWORD)
    held.close()
    return mine


WIDER = [
    (("--host", "0.0.0.0"), "there are no accounts"),
    (("--host", "192.168.1.5"), "there are no accounts"),
    (("--host", "::"), "there are no accounts"),
    (("--host", "record.example"), "there are no accounts"),
    (("--url", "https://record.example"), "there are no accounts"),
    (("--tls-cert", "x.pem"), "needs its key"),
    (("--tls-key", "x.pem"), "needs its"),
    (("--url", "record.example"), "no web address"),
    (("--url", "ftp://record.example"), "no web address"),
    (("--url", "https://"), "no web address"),
    (("--url", "https://record.example/path"), "no web address"),
]


@pytest.mark.parametrize(("args", "words"), WIDER)
def test_it_is_not_reached_from_elsewhere_without_accounts(
    mine: Path, args: tuple[str, ...], words: str
) -> None:
    before = mine.read_bytes()
    told = refused(standoff("serve", mine, *args), 2)
    assert words in told, told
    assert mine.read_bytes() == before


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--host", "192.168.1.5"), "passwords would travel unprotected"),
        (("--host", "0.0.0.0"), "passwords would travel unprotected"),
        (("--url", "http://record.example"), "passwords would travel unprotected"),
        (("--host", "0.0.0.0", "--tls-cert", "c.pem", "--tls-key", "k.pem"), "under which name"),
        (("--host", "::", "--tls-cert", "c.pem", "--tls-key", "k.pem"), "under which name"),
    ],
)
def test_nor_without_tls_or_a_name(with_accounts: Path, args: tuple[str, ...], words: str) -> None:
    told = refused(standoff("serve", with_accounts, *args), 2)
    assert words in told, told


def test_what_is_wrong_with_address_or_keys_is_a_sentence(mine: Path, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        told = refused(standoff("serve", mine, "--port", taken.getsockname()[1]), 2)
    assert "the address cannot be had" in told
    (tmp_path / "c.pem").write_text("no certificate", encoding="utf-8")
    told = refused(
        standoff(
            "serve", mine, "--port", 0, "--tls-cert", tmp_path / "c.pem", "--tls-key", tmp_path / "c.pem"
        ),
        2,
    )
    assert "certificate" in told
    told = refused(
        standoff(
            "serve", mine, "--port", 0, "--tls-cert", tmp_path / "no.pem", "--tls-key", tmp_path / "no.pem"
        ),
        2,
    )
    assert "certificate" in told
    refused(standoff("serve", tmp_path / "missing.standoff"), 6)
    (tmp_path / "text.standoff").write_text("a text", encoding="utf-8")
    refused(standoff("serve", tmp_path / "text.standoff"), 6)


# ---- people


def test_accounts_are_made_changed_and_listed(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def people(*args: str, stdin: str = "") -> Done:
        return standoff("people", mine, *args, stdin=stdin.encode())

    assert people().out == ""
    did(people("add", "Ada Byron", "--role", "owner", "--password-stdin", stdin=f"{PASSWORD}\n"))
    did(people("add", "Bob", "--password-stdin", stdin=PASSWORD))
    assert people("list").out == "Ada Byron: owner\nBob: reviewer\n"
    did(people("role", "bob", "--role", "reader"))
    did(people("close", "BOB"))
    assert people().out == "Ada Byron: owner\nBob: reader, closed\n"
    did(people("reopen", "Bob"))
    did(people("password", "bob", "--password-stdin", stdin="another horse battery\n"))
    invited = did(people("invite", "--role", "reader"))
    assert re.fullmatch(r"/join#[\w-]{32}\n", invited.out)
    assert re.search(r"^invited by .+, until \d{4}-\d\d-\d\dT.*Z: reader$", people().out, re.MULTILINE)
    held = Register.beside(mine)
    try:
        assert held.sign_in("Bob", "another horse battery")
        assert held.sign_in("Bob", PASSWORD) is None
        assert held.accept(invited.out.strip().partition("#")[2], "Cid", PASSWORD)
    finally:
        held.close()
    path = mine.with_suffix(".people")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert PASSWORD.encode() not in path.read_bytes()
    with Record.open(mine) as record:
        assert not any("Byron" in json.dumps(each.body) for each in record.entries()), "never in the record"


MISUSE = [
    (("dance",), "", "nothing to do with people"),
    (("add",), "", "whom?"),
    (("add", "Ada", "--role", "king", "--password-stdin"), PASSWORD, "no role"),
    (("add", "Ada", "--password-stdin"), "short", "12 to 256"),
    (("add", "Ada", "--password-stdin"), "", "12 to 256"),
    (("add", "Ada"), "", "--password-stdin"),
    (("add", "\u202e", "--password-stdin"), PASSWORD, "printable"),
    (("add", "Owen", "--password-stdin"), PASSWORD, "has that name already"),
    (("role", "Nobody"), "", "nobody has an account"),
    (("role",), "", "whom?"),
    (("close", "Owen"), "", "leave no owner"),
    (("role", "Owen", "--role", "reader"), "", "leave no owner"),
    (("password", "Owen", "--password-stdin"), "short", "12 to 256"),
]


@pytest.mark.parametrize(("args", "stdin", "words"), MISUSE)
def test_misuse_is_a_sentence(mine: Path, args: tuple[str, ...], stdin: str, words: str) -> None:
    did(
        standoff(
            "people", mine, "add", "Owen", "--role", "owner", "--password-stdin", stdin=PASSWORD.encode()
        )
    )
    before = standoff("people", mine).out
    told = refused(standoff("people", mine, *args, stdin=stdin.encode()), 2)
    assert words in told, told
    assert standoff("people", mine).out == before


def test_people_of_no_situation_is_a_sentence(tmp_path: Path) -> None:
    told = refused(standoff("people", tmp_path / "none.standoff"), 2)
    assert "no such situation" in told
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("package", ["fastapi", "argon2", "sqlalchemy", "uvicorn", "limits"])
def test_without_the_extra_it_says_what_to_install(mine: Path, package: str) -> None:
    code = (
        f"import sys; sys.modules[{package!r}] = None; sys.argv = ['standoff', 'serve', {str(mine)!r}];"
        "from standoff.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False,
                          env={**os.environ, "PYTHONPATH": str(ROOT / "src")})  # fmt: skip
    assert done.returncode == 1
    assert 'pip install "standoff[web]"' in done.stderr
    assert "Traceback" not in done.stderr
