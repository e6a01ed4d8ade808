"""Stopped by Ctrl-C, killed, or run twice at once: the same command goes on, nothing is lost or doubled."""

from __future__ import annotations

import json
import os
import pty
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.story.driver import COMMAND, ok, process, rows

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of another kind")
COUNT = 200


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """200 small reports."""
    path = tmp_path_factory.mktemp("many") / "many.jsonl"
    with path.open("w", encoding="utf-8") as out:
        for n in range(COUNT):
            text = f"Police said on Monday that {n + 2} people were hurt on road {n} near Reefton."
            out.write(json.dumps({"id": f"r{n:03}", "text": text, "published": "2019-05-07"}) + "\n")
    return path


def recorded(situation: Path) -> int:
    """Reports in the log, looked at from outside while the command runs."""
    try:
        with closing(sqlite3.connect(f"file:{situation}?mode=ro", uri=True)) as con:
            return int(con.execute("SELECT count(*) FROM entry WHERE kind = 'report'").fetchone()[0])
    except sqlite3.Error:
        return 0


def wait_for(situation: Path, count: int, running: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 120
    while recorded(situation) < count and running.poll() is None and time.monotonic() < until:
        time.sleep(0.005)


def start(situation: Path, many: Path, *more: str) -> subprocess.Popen[bytes]:
    command = [*COMMAND, "add", str(situation), str(many), *more]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def log(situation: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(situation)) as con:
        return con.execute("SELECT kind, report FROM entry ORDER BY n").fetchall()


def check_whole(situation: Path) -> None:
    ok("verify", situation)
    assert log(situation) == [(kind, f"r{n:03}") for n in range(COUNT) for kind in ("report", "reading")]
    assert [file.name for file in situation.parent.iterdir()] == [situation.name]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_then_the_same_command(tmp_path: Path, many: Path, jobs: str) -> None:
    situation = tmp_path / "s.standoff"
    with start(situation, many, "--jobs", jobs) as running:
        wait_for(situation, 20, running)
        running.send_signal(signal.SIGINT)
        assert running.stderr
        told = running.stderr.read().decode()
        assert running.wait(60) == 130, told
    assert "Traceback" not in told, told
    assert "the same command goes on" in told
    # how often it tells how far it is depends on the machine's speed
    other = [line for line in told.splitlines() if not line.strip().endswith("reports done")]
    assert len(other) <= 2, told
    done = recorded(situation)
    assert 20 <= done < COUNT
    ok("verify", situation)
    assert f"{done} already there" in ok("add", situation, many).err
    check_whole(situation)


def test_ctrl_c_reaching_the_whole_group_of_processes(tmp_path: Path, many: Path) -> None:
    """As a terminal does it: the workers get the signal too."""
    situation = tmp_path / "s.standoff"
    command = [*COMMAND, "add", str(situation), str(many), "--jobs", "2"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True) as running:
        time.sleep(0.2)
        while not situation.exists() and running.poll() is None:
            time.sleep(0.01)
        time.sleep(random.Random(5).random())
        os.killpg(running.pid, signal.SIGINT)
        assert running.stderr
        told = running.stderr.read().decode()
        code = running.wait(60)
    assert code == 130, told
    assert "Traceback" not in told, told
    ok("add", situation, many)
    check_whole(situation)


@pytest.mark.parametrize("seed", range(2))
def test_killed_at_random_points_then_resumed(tmp_path: Path, many: Path, seed: int) -> None:
    situation, chance = tmp_path / "s.standoff", random.Random(seed)
    before = 0
    for _ in range(2):
        with start(situation, many) as running:
            wait_for(situation, before + chance.randrange(1, 60), running)
            time.sleep(chance.random() * 0.03)
            running.kill()
            running.wait(60)
        ok("verify", situation)
        now = recorded(situation)
        assert now >= before
        before = now
    assert 0 < before < COUNT
    ok("add", situation, many)
    check_whole(situation)


def test_two_at_once(tmp_path: Path, many: Path) -> None:
    situation, half = tmp_path / "s.standoff", tmp_path.parent / f"{tmp_path.name}-half.jsonl"
    lines = many.read_text(encoding="utf-8").splitlines(keepends=True)
    half.write_text("".join(lines[COUNT // 2 :] + lines[: COUNT // 4]), encoding="utf-8")
    with start(situation, many) as one, start(situation, half) as two:
        told = [each.communicate(timeout=240)[1].decode() for each in (one, two)]
    assert (one.returncode, two.returncode) == (0, 0), told
    ok("verify", situation)
    reports = [report for kind, report in log(situation) if kind == "report"]
    readings = [report for kind, report in log(situation) if kind == "reading"]
    assert sorted(reports) == sorted(readings) == [f"r{n:03}" for n in range(COUNT)]
    assert len(rows(situation, "reports")) == COUNT
    assert [file.name for file in tmp_path.iterdir()] == ["s.standoff"]


def test_adding_tells_how_far_it_is(tmp_path: Path, many: Path) -> None:
    """Plain lines where there is no terminal, a live line where there is one."""
    plain = ok("add", tmp_path / "s.standoff", many).err.splitlines()
    assert any("100 reports done" in line for line in plain)
    assert "200 reports: 200 new" in plain[-1]
    live = on_a_terminal("add", tmp_path / "t.standoff", many)
    assert "being read" in live
    assert "200 reports: 200 new" in live


def on_a_terminal(*args: object) -> str:
    master, slave = pty.openpty()
    shown = b""
    with subprocess.Popen([*COMMAND, *map(str, args)], stdin=slave, stdout=slave, stderr=slave) as running:
        os.close(slave)
        while True:
            try:
                piece = os.read(master, 65536)
            except OSError:
                break
            if not piece:
                break
            shown += piece
        assert running.wait(60) == 0
    os.close(master)
    return shown.decode("utf-8", "replace")


def test_show_while_another_adds(tmp_path: Path, many: Path) -> None:
    situation = tmp_path / "s.standoff"
    with start(situation, many) as running:
        wait_for(situation, 10, running)
        done = process("show", situation, "reports", "--format", "json")
        assert done.code == 0, done.err
        assert len(done.json()) >= 10
        ok("copy", situation, tmp_path / "copy.standoff")
        assert running.wait(120) == 0
    ok("verify", tmp_path / "copy.standoff")
