"""How the story tests use the program: in this process where that will do, else as a process of its own."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

from standoff.cli import main

ROOT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-m", "standoff")


class Done(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        return json.loads(self.out)

    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.split("\n") if line]


def standoff(*args: object, stdin: bytes = b"") -> Done:
    """The command line in this process: quick, since models are loaded once."""
    out, err = io.BytesIO(), io.BytesIO()
    streams = {
        "stdout": io.TextIOWrapper(out, encoding="utf-8", write_through=True),
        "stderr": io.TextIOWrapper(err, encoding="utf-8", write_through=True),
        "stdin": io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"),
    }
    argv = ["standoff", *map(str, args)]
    with mock.patch.multiple(sys, argv=argv, **streams), mock.patch.dict(os.environ, COLUMNS="80"):
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 1
    return Done(code, out.getvalue().decode(), err.getvalue().decode())


def process(
    *args: object,
    stdin: bytes | None = None,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    limit: float = 300,
    **more: Any,
) -> Done:
    """The command line as a process of its own."""
    done = subprocess.run(
        [*COMMAND, *map(str, args)],
        input=stdin if stdin is not None else b"",
        capture_output=True,
        env={**os.environ, **(env or {})},
        cwd=cwd,
        timeout=limit,
        check=False,
        **more,
    )
    return Done(
        done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
    )


@contextmanager
def started(*args: object, **more: Any) -> Iterator[subprocess.Popen[bytes]]:
    """A running command; it is ended when the block is left."""
    running = subprocess.Popen([*COMMAND, *map(str, args)], **more)
    try:
        yield running
    finally:
        if running.poll() is None:
            running.kill()
        for pipe in (running.stdin, running.stdout, running.stderr):
            if pipe is not None:
                pipe.close()
        running.wait(60)


def ok(*args: object, stdin: bytes = b"") -> Done:
    """A command that must succeed."""
    done = standoff(*args, stdin=stdin)
    assert done.code == 0, (args, done.err)
    return done


def refused(done: Done, code: int | None = None) -> str:
    """A command that must have failed with one clear sentence; returns the sentence."""
    assert done.code != 0, done
    assert code is None or done.code == code, done
    told = [line for line in done.err.splitlines() if line.strip()]
    assert "Traceback" not in done.err, done.err
    assert len(told) == 1, done.err
    return told[0]


def rows(situation: Path, what: str, *axes: object) -> Any:
    """Rows of a WHAT as the JSON has them."""
    return ok("show", situation, what, "--format", "json", *axes).json()
