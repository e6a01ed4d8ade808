"""A plain install into a fresh environment works from anywhere: no checkout, HOME, locale or network."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.story.driver import ROOT

pytestmark = [
    pytest.mark.xdist_group("install"),
    pytest.mark.skipif(importlib.util.find_spec("pip") is None, reason="pip is not in this environment"),
    pytest.mark.skipif(os.name == "nt", reason="paths of another kind"),
]


PROXIES = ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy")


class Installed(NamedTuple):
    """A fresh environment that holds the package, and nothing but a path to what it depends on."""

    bin: Path
    packages: Path

    def run(
        self, *args: str, stdin: str = "", cwd: Path, more: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """A command of the environment, cut off from network, HOME and locale."""
        closed = "http://127.0.0.1:9"
        env = {"PATH": f"{self.bin}:/usr/bin:/bin", "LC_ALL": "C", "OMP_NUM_THREADS": "1", "TMPDIR": str(cwd)}
        env |= dict.fromkeys(PROXIES, closed) | (more or {})
        return subprocess.run(
            [*offline(), *args], input=stdin, env=env, cwd=cwd, capture_output=True, text=True,
            encoding="utf-8", check=False, timeout=300,
        )  # fmt: skip


def offline() -> list[str]:
    """A prefix that takes the network away altogether, where the system lets us."""
    tool = shutil.which("unshare")
    if tool is None:
        return []
    asked = [tool, "--net"] if os.geteuid() == 0 else [tool, "--user", "--map-current-user", "--net"]
    works = subprocess.run([*asked, "true"], capture_output=True, check=False).returncode == 0
    return asked if works else []


def pip(python: Path, *args: str) -> None:
    isolated = [] if importlib.util.find_spec("hatchling") else None
    build = ["--no-build-isolation"] if isolated is not None else []
    done = subprocess.run(
        [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", *build, *args],
        capture_output=True, text=True, check=False, env={**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"},
    )  # fmt: skip
    if done.returncode and not build:
        pytest.skip("hatchling is not installed here and could not be fetched to build the package")
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    """`pip install .` into a new environment; dependencies are those already here, by path."""
    folder = tmp_path_factory.mktemp("install")
    venv.create(folder / "env", with_pip=False, symlinks=True)
    packages = next((folder / "env").glob("lib/python*/site-packages"))
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    pip(folder / "env/bin/python", "--no-deps", str(ROOT))
    found = [packages, *packages.rglob("*")]
    for path in found:
        path.chmod(path.stat().st_mode & ~0o222)
    yield Installed(folder / "env/bin", packages)
    for path in found:
        path.chmod(path.stat().st_mode | 0o200)


def state(folder: Path) -> dict[str, tuple[int, int]]:
    """Every file with its size and time of change."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in files}


def test_all_of_the_package_is_installed_and_nothing_else(installed: Installed) -> None:
    def files(folder: Path) -> set[str]:
        found = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
        return {path.relative_to(folder).as_posix() for path in found}

    there = files(installed.packages / "standoff")
    ignored = {name for name in files(ROOT / "src/standoff") if name.endswith((".tmp", ".swp"))}
    assert there == files(ROOT / "src/standoff") - ignored
    for needed in ("read/weights/encoder.onnx", "read/weights/tokenizer.json", "vocab/gazetteer/places.bin",
                   "demo_reports/manifest.toml", "demo_reports/04-red-lantern.pdf"):  # fmt: skip
        assert needed in there
    assert any(name.startswith("vocab/en/") and name.endswith(".toml") for name in there)
    folders = {path.name for path in installed.packages.iterdir() if path.is_dir()} - {"__pycache__"}
    assert folders == {"standoff", next(installed.packages.glob("standoff-*.dist-info")).name}


def test_it_is_the_installed_package_that_runs(installed: Installed, tmp_path: Path) -> None:
    done = installed.run("python", "-c", "import standoff; print(standoff.__file__)", cwd=tmp_path)
    assert done.stdout.startswith(str(installed.packages)), done
    version = installed.run("standoff", "--version", cwd=tmp_path)
    assert version.returncode == 0, version.stderr


def test_the_demo_works_with_nothing_around_it(installed: Installed, tmp_path: Path) -> None:
    before = state(installed.packages)
    done = installed.run("standoff", "demo", "--into", "demo", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert (tmp_path / "demo/brief.html").stat().st_size > 0
    shown = installed.run(
        "standoff", "show", "demo/demo.standoff", "disputes", "--format", "json", cwd=tmp_path
    )
    assert {row["kind"] for row in json.loads(shown.stdout)} >= {"access", "number"}
    assert state(installed.packages) == before, "site-packages may be read-only"
    assert [path.name for path in tmp_path.iterdir()] == ["demo"]


def test_reading_from_standard_input(installed: Installed, tmp_path: Path) -> None:
    text = "Le café: at least 12 people were killed in Greymouth on Monday, “police” said."
    done = installed.run("standoff", "read", "-", "--published", "2019-05-07", stdin=text, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    report = json.loads(done.stdout)
    assert report["text"] == text
    assert [row["low"] for row in report["quantities"]] == [12]
    assert [row["edtf"] for row in report["times"]] == ["2019-05-06"]
    assert report["places"][0]["lat"] is not None, "the gazetteer is there"


def test_reading_leaves_no_trace_at_home_and_tells_nobody(installed: Installed, tmp_path: Path) -> None:
    """A library that reports its use keeps what it would send in the home or temporary folder."""
    home, work = tmp_path / "home", tmp_path / "work"
    home.mkdir()
    work.mkdir()
    for command in (("read", "-"), ("add", "s.standoff", "-"), ("show", "s.standoff", "reports")):
        done = installed.run(
            "standoff", *command, stdin="Two people died.", cwd=work, more={"HOME": str(home)}
        )
        assert done.returncode == 0, done.stderr
    assert list(home.rglob("*")) == []
    assert [path.name for path in work.iterdir()] == ["s.standoff"]


def test_two_processes_read_from_the_installed_package(installed: Installed, tmp_path: Path) -> None:
    lines = "".join(json.dumps({"text": f"Police said {n} people were hurt."}) + "\n" for n in range(2, 132))
    command = ("standoff", "read", "-", "--input-format", "jsonl", "--jobs", "2")
    done = installed.run(*command, stdin=lines, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 130
