"""Adding reports from the page: what is hostile, too large or broken is a sentence."""

from __future__ import annotations

import gzip
import io
import os
import signal
import threading
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from standoff.errors import StandoffError
from standoff.preserve import Options, Upload
from standoff.record import verify
from standoff.web import adding
from standoff.web.adding import Adder, Job
from standoff.web.routes import reports as routes
from tests.web.workbench import NAMES, Client, Workbench, opened, until

TEXT = "At least 20 people were killed in Runanga on Sunday, the Red Lantern said on Tuesday."


def done(client: Client, job: dict[str, Any], seconds: float = 60) -> Any:
    """A job when it is done."""

    def look() -> Any:
        told = client.told("job", id=job["id"])
        return told if told["done"] else None

    return until(look, seconds)


def upload(client: Client, *files: tuple[str, bytes], **form: str) -> Any:
    return client.post("/api/files", files=[("files", each) for each in files], data=form)


def outcome(client: Client, *files: tuple[str, bytes], **form: str) -> Any:
    got = upload(client, *files, **form)
    assert got.status_code == 202, got.text
    job = done(client, got.json())
    assert job["error"] is None, job
    return job["outcomes"]


# ---- what comes in


def test_a_pasted_text_becomes_a_report(me: Client, alone: Workbench) -> None:
    got = me.post(
        "/api/texts",
        json={"text": TEXT, "published": "2019-05-10", "publisher": "The Test", "title": "Runanga"},
    )
    assert got.status_code == 202
    job = done(me, got.json())
    (one,) = job["outcomes"]
    assert (one["outcome"], one["error"], job["by"]) == ("new", None, "Solo")
    alone.live.parts(at_least=alone.situation.record.head().n)
    view = me.told("report", id=one["report"])
    assert view["report"]["text"] == TEXT, "code point for code point"
    assert (view["report"]["title"], view["report"]["publisher"]) == ("Runanga", "The Test")
    assert [each["best"] or each["low"] for each in view["quantities"]] == [20]
    assert one["report"] in {each["report"] for each in me.told("search", q="Runanga")["hits"]}
    assert [each["id"] for each in me.told("jobs")] == [job["id"]]


def test_the_same_again_is_known_and_not_read_twice(me: Client) -> None:
    first = outcome(me, ("a.txt", TEXT.encode()))
    again = outcome(me, ("a.txt", TEXT.encode()))
    assert [each["outcome"] for each in first + again] == ["new", "known"]


def test_files_of_many_kinds_come_in_together(me: Client) -> None:
    html = f"<html><head><title>T</title></head><body><article><p>{TEXT}</p></article></body></html>"
    lines = b'{"id": "x1", "text": "Two people died."}\n{"id": "x2", "text": "Three people died."}\n'
    found = outcome(me, ("a.txt", b"Nine people were hurt."), ("b.html", html.encode()), ("c.jsonl", lines))
    assert [each["outcome"] for each in found] == ["new"] * 4
    assert {each["report"] for each in found} >= {"a.txt", "b.html", "x1", "x2"}


def test_who_uploaded_what_is_custody(me: Client, alone: Workbench) -> None:
    outcome(me, ("evening.txt", TEXT.encode()))
    told = alone.situation.record.acquisitions("evening.txt")
    assert [each.where for each in told] == ["evening.txt, uploaded by Solo"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\system.ini", "system.ini"),
        ("/etc/shadow", "shadow"),
        ("C:\\a.txt", "a.txt"),
        ("%2e%2e%2fa.txt", "%2e%2e%2fa.txt"),
        ("a\u202etxt.exe", "atxt.exe"),
        ("a\u0007b.txt", "ab.txt"),
        ("n\u0303.txt", "\u00f1.txt"),
        ("x" * 500 + ".txt", "x" * 196 + ".txt"),
        ("<img src=x onerror=alert(1)>.txt", "<img src=x onerror=alert(1)>.txt"),
    ],
)
def test_a_name_is_a_name_and_no_path(given: str, kept: str) -> None:
    assert routes._name(given) == kept


@pytest.mark.parametrize("given", [None, "", "..", ".", "...", "a/..", "a/", " . ", "\u202e", "\\"])
def test_what_is_no_name_gets_one(given: str | None) -> None:
    assert routes._name(given).startswith("file-")


def test_a_name_that_climbs_stays_where_it_is(me: Client, tmp_path: Path) -> None:
    (one,) = outcome(me, ("../../../escaped.txt", TEXT.encode()))
    assert one["report"] == "escaped.txt"
    assert [each.name for each in tmp_path.rglob("*escaped*")] == []


# ---- limits


def test_too_many_files_are_refused(me: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "FILES", 3)
    got = upload(me, *((f"{n}.txt", b"x") for n in range(4)))
    assert (got.status_code, got.json()["what"]) == (422, "4 files are more than 3")
    got = me.post("/api/files", files=[("files", (f"{n}.txt", b"x")) for n in range(1200)])
    assert got.status_code in {400, 422}, got.text


def test_too_large_a_file_is_refused(me: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "FILE", 1000)
    got = upload(me, ("a.txt", b"x" * 1001))
    assert got.status_code == 422
    assert got.json()["where"] == "a.txt"
    assert "standoff add" in got.json()["todo"]


def test_too_large_a_request_is_refused_before_it_is_read(me: Client, alone: Workbench) -> None:
    for path, most in (("/api/files", 256), ("/api/texts", 16), ("/api/reviews", 16), ("/api/brief", 16)):
        got = me.post(
            path,
            content=b"{}",
            headers={"content-length": str(most * 2**20 + 1), "content-type": "application/json"},
        )
        assert got.status_code == 413, path
        assert got.json()["code"] == "SO-210"
    stranger = alone.client()
    for path in ("/api/files", "/api/texts", "/api/session", "/api/join", "/nothing"):
        got = stranger.post(path, content=b"{}", headers={"content-length": str(2**16 + 1)})
        assert got.status_code == 413, path


@pytest.mark.parametrize("told", ["x", "-1", "", "1, 2", "\u0661", "9" * 50])
def test_a_length_that_lies_does_not_help(me: Client, told: str) -> None:
    got = me.post(
        "/api/texts",
        content=b'{"text": ""}',
        headers={b"content-length": told.encode(), b"content-type": b"application/json"},
    )
    assert got.status_code in {400, 413, 422}


def test_what_comes_in_pieces_is_counted_too(alone: Workbench, me: Client) -> None:
    sent = []

    def pieces() -> Any:
        for _ in range(64):
            sent.append(1)
            yield b"x" * 4096

    got = alone.client().post("/api/session", content=pieces(), headers={"content-type": "application/json"})
    assert got.status_code == 413
    assert (
        me.post("/api/texts", content=pieces(), headers={"content-type": "application/json"}).status_code
        == 422
    )


def test_a_text_has_a_limit_and_must_be_text(me: Client) -> None:
    for body, status in (
        ({"text": "x" * 2_000_001}, 422), ({"text": ""}, 400), ({"text": " \n\t"}, 400), ({}, 400),
        ({"text": TEXT, "url": "https://example.org/"}, 400), ({"text": None, "url": None}, 400),
        ({"text": TEXT, "published": "soon"}, 400), ({"text": TEXT, "published": "2019-02-31"}, 400),
        ({"text": ["x"]}, 422), ({"text": TEXT, "title": "x" * 301}, 422),
    ):  # fmt: skip
        got = me.post("/api/texts", json=body)
        assert got.status_code == status, (str(body)[:80], got.text)
    for half in ("\\ud800", "\\udfff a", "a \\ud800\\ud800"):
        got = me.post(
            "/api/texts", content=f'{{"text": "{half}"}}', headers={"content-type": "application/json"}
        )
        assert got.status_code == 422, got.text
        assert got.json()["what"]


@pytest.mark.parametrize("kind", ["gzip", "zip", "wacz", "deep"])
def test_what_unpacks_to_more_than_is_allowed_is_a_sentence(me: Client, kind: str) -> None:
    """Preserve's limits hold here too: a small file must not fill memory or disk."""
    zeros = b"\x00" * 60_000_000
    record = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 60000000\r\n\r\n"
    if kind == "gzip":
        name, data = "bomb.warc.gz", gzip.compress(record + zeros, 9)
    else:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("archive/data.warc" if kind == "wacz" else "a.txt", zeros)
            if kind == "deep":
                archive.writestr("inner.zip", packed.getvalue())
        name, data = f"bomb.{'wacz' if kind == 'wacz' else 'zip'}", packed.getvalue()
    assert len(data) < 500_000
    job = done(me, upload(me, (name, data)).json())
    assert job["error"] is None
    assert job["outcomes"]
    for each in job["outcomes"]:
        assert each["error"], each
        assert "Traceback" not in each["error"]


def test_broken_files_are_kept_with_a_sentence_and_do_not_keep_out_the_others(me: Client) -> None:
    found = outcome(
        me, ("broken.pdf", b"%PDF-1.7 nothing more"), ("empty.txt", b""), ("good.txt", TEXT.encode())
    )
    assert [bool(each["error"]) for each in found] == [True, True, False]
    assert found[-1]["outcome"] == "new"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost:8737/api/session", "http://[::1]/", "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/", "http://192.168.1.1/", "http://0.0.0.0/", "http://2130706433/", "http://0x7f.1/", "http://[::ffff:127.0.0.1]/",
    ],
)  # fmt: skip
def test_this_machine_and_its_network_are_not_asked(me: Client, url: str) -> None:
    """Server-side request forgery: what the server can reach is not for who can paste an address."""
    got = me.post("/api/texts", json={"url": url})
    assert got.status_code == 202
    job = done(me, got.json())
    (one,) = job["outcomes"]
    assert one["outcome"] == "refused"
    assert "SO-220" in one["error"], one


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/",
        "javascript:alert(1)",
        "/etc/passwd",
        "-",
        "data:text/html,x",
    ],
)
def test_only_web_addresses_are_asked(me: Client, url: str) -> None:
    got = me.post("/api/texts", json={"url": url})
    assert (got.status_code, got.json()["what"]) == (400, "that is no web address")


def test_a_job_that_is_not_there_is_a_sentence(me: Client) -> None:
    for name in ("x", "", "../x", "<script>"):
        got = me.get("/api/job", params={"id": name})
        assert got.status_code in {404, 422}


# ---- jobs


class Held(Adder):
    """Adds nothing until it is let."""

    gate = threading.Event()

    def _work(self, job: Job, sources: Any, options: Options) -> None:
        self.gate.wait(10)
        job.done = True


def test_only_so_many_wait_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    adder = Held("nowhere", lambda _: None, lambda: None)
    Held.gate.clear()
    for _ in range(adding.WAITING):
        adder.start(["a"], Options(), "Ada")
    with pytest.raises(StandoffError, match="too many reports"):
        adder.start(["a"], Options(), "Ada")
    Held.gate.set()
    until(lambda: all(each.done for each in adder.jobs()))
    adder.start(["a"], Options(), "Ada")


def test_only_so_much_is_held_in_memory() -> None:
    adder = Held("nowhere", lambda _: None, lambda: None)
    Held.gate.clear()
    large = Upload(name="a", data=bytes(adding.HELD // 2 + 1), where="a")
    adder.start([large], Options(), "Ada")
    with pytest.raises(StandoffError, match="too many reports"):
        adder.start([large], Options(), "Ada")
    adder.start(["a"], Options(), "Ada")
    Held.gate.set()


def test_old_jobs_are_forgotten_and_those_that_run_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adding, "KEPT", 3)
    adder = Held("nowhere", lambda _: None, lambda: None)
    Held.gate.set()
    for _ in range(9):
        job = adder.start(["a"], Options(), "Ada")
        until(lambda job=job: job.done)  # type: ignore[misc]
    assert len(adder.jobs()) <= 4
    assert adder.job(job.id) is job


def test_a_fault_ends_its_job_and_no_other(
    alone: Workbench, me: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit, failed = alone.adder._submit, []

    def failing(*args: Any) -> Any:
        if not failed:
            failed.append(True)
            raise ValueError("inside: hunter2")
        return submit(*args)

    monkeypatch.setattr(alone.adder, "_submit", failing)
    job = done(me, me.post("/api/texts", json={"text": TEXT}).json())
    assert "something broke" in job["error"]
    assert "hunter2" not in job["error"]
    assert done(me, me.post("/api/texts", json={"text": TEXT}).json())["error"] is None


def workers(adder: Adder) -> list[Any]:
    pool = adder._pool
    return list((getattr(pool, "_processes", None) or {}).values()) if pool else []


def test_a_reading_process_that_is_killed_leaves_the_page_up_and_loses_nothing(
    demo_file: Path, tmp_path: Path
) -> None:
    """In the middle of a job, and while it rests."""
    with opened(demo_file, tmp_path, team=True, adder=Adder) as made:
        client = made.client().signed(NAMES["reviewer"])
        lines = b"".join(
            b'{"id": "n%d", "text": "Report %d: at least %d people were killed."}\n' % (n, n, n + 2)
            for n in range(300)
        )
        job = upload(client, ("many.jsonl", lines), ("after.txt", TEXT.encode())).json()
        before = made.situation.record.head().n
        until(lambda: made.situation.record.head().n > before + 6, 90)
        for each in workers(made.adder):
            os.kill(each.pid, signal.SIGKILL)
        told = done(client, job, 90)
        assert "was ended" in told["error"]
        assert "kept" in told["error"]
        assert client.told("overview", at_least=before + 6)["rests_on"]["reports"] > 9
        whole = verify(made.path)
        assert whole.ok, whole.problem
        again = done(client, upload(client, ("many.jsonl", lines)).json(), 120)
        assert again["error"] is None
        outcomes = [each["outcome"] for each in again["outcomes"]]
        assert len(outcomes) == 300
        assert "known" in outcomes, "what had been recorded is not read again"
        for each in workers(made.adder):
            os.kill(each.pid, signal.SIGKILL)
        time.sleep(0.5)
        told = done(client, upload(client, ("last.txt", b"Four people died.")).json(), 90)
        assert told["error"] is None, "a process that ended while it rested is replaced"
        assert told["outcomes"][0]["outcome"] == "new"
        whole = verify(made.path)
        assert whole.ok, whole.problem
        processes = workers(made.adder)
    until(lambda: not any(each.is_alive() for each in processes), 10)
