"""A PostgreSQL server of our own for a test session: Debian's binaries, a temporary folder, a socket only."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

USER = "standoff"
OWNERS = ("postgres", "nobody")
"""Whom the server runs as when the tests run as root, which it refuses."""
SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "listen_addresses": "",
            "shared_buffers": "32MB", "max_connections": "60"}  # fmt: skip
HBA = "local all locked scram-sha-256\nlocal all all trust\n"


def binaries() -> Path | None:
    """Folder of the newest server that is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda each: int(each.parts[-3]))
    on_path = shutil.which("initdb")
    last = found[-1] if found else Path(on_path).resolve() if on_path else None
    return last.parent if last else None


def owner() -> dict[str, object]:
    """How a process of the server is started: as somebody else where we are root."""
    if os.geteuid() != 0:
        return {}
    there = {each.pw_name: each for each in pwd.getpwall()}
    found = next(there[name] for name in OWNERS if name in there)
    return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}


@contextmanager
def server() -> Iterator[str]:
    """A running server with one database, ``standoff``; gives its address."""
    bin_ = binaries()
    if bin_ is None:
        pytest.skip("no PostgreSQL server is installed (Debian: apt-get install postgresql)")
    pytest.importorskip("psycopg", reason='no driver is installed (pip install "standoff[postgres]")')
    # A short path: that of a socket may have 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    who = owner()
    try:
        if who:
            os.chown(folder, who["user"], who["group"])  # type: ignore[arg-type]
        with _running(bin_, folder, who):
            address = f"postgresql://{USER}@/postgres?host={folder}"
            _ask(address, "CREATE DATABASE standoff ENCODING 'UTF8' TEMPLATE template0")
            yield address.replace("/postgres?", "/standoff?")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running(bin_: Path, folder: Path, who: dict[str, object]) -> Iterator[None]:
    data = folder / "data"
    quiet = {"stdout": subprocess.DEVNULL, "cwd": folder, **who}
    made = ["-D", data, "-U", USER, "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C"]
    subprocess.run([bin_ / "initdb", *made], check=True, **quiet)  # type: ignore[call-overload]
    (data / "pg_hba.conf").write_text(HBA)
    settings = [
        f"--{name}={value}" for name, value in {**SETTINGS, "unix_socket_directories": folder}.items()
    ]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([bin_ / "postgres", "-D", data, *settings], stderr=log, **quiet)  # type: ignore[call-overload]
    try:
        _wait(folder, process)
        yield
    finally:
        process.send_signal(signal.SIGQUIT)
        process.wait(30)


def _wait(folder: Path, process: subprocess.Popen[bytes]) -> None:
    import psycopg

    until = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(f"postgresql://{USER}@/postgres?host={folder}").close()
        except psycopg.OperationalError:
            assert process.poll() is None, (folder / "log").read_text()
            assert time.monotonic() < until, (folder / "log").read_text()
            time.sleep(0.05)
        else:
            return


def _ask(address: str, sql: str) -> None:
    import psycopg

    with psycopg.connect(address, autocommit=True) as con:
        con.execute(sql)  # type: ignore[call-overload]
