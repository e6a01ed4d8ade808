"""The built page is what its source and its lock give: a rebuild elsewhere gives the same bytes."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "page"
PACKAGE = ROOT / "src" / "standoff"
BUILT = PACKAGE / "web" / "static"
LARGEST = 1_000_000
"""Bytes of the page's scripts and styles, gzipped, without the map's."""


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page built from a copy of its source in another folder, as on another machine."""
    node = Path(sys.executable).parent / "npm"
    if not node.exists():
        pytest.skip("there is no npm in this environment: the dev lock brings it")
    place = tmp_path_factory.mktemp("elsewhere") / "checkout"
    shutil.copytree(PAGE, place / "page", ignore=shutil.ignore_patterns("node_modules"))
    env = {**os.environ, "PATH": f"{node.parent}{os.pathsep}{os.environ['PATH']}", "CI": "true"}
    for step in (("ci", "--ignore-scripts", "--no-audit", "--no-fund"), ("run", "types"), ("run", "check"),
                 ("run", "test"), ("run", "build")):  # fmt: skip
        done = subprocess.run([str(node), *step], cwd=place / "page", env=env, capture_output=True, text=True)
        assert done.returncode == 0, f"npm {' '.join(step)}:\n{done.stdout[-3000:]}{done.stderr[-3000:]}"
    return place / "src" / "standoff"


@pytest.mark.parametrize("part", ["web/static", "show/brief/built"])
def test_a_rebuild_gives_the_same_bytes(rebuilt: Path, part: str) -> None:
    now, committed = files(rebuilt / part), files(PACKAGE / part)
    assert sorted(now) == sorted(committed), "python3 tasks.py page, and commit what it writes"
    assert [name for name in now if now[name] != committed[name]] == []


def test_the_lock_names_no_registry() -> None:
    lock = json.loads((PAGE / "package-lock.json").read_text(encoding="utf-8"))
    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []
    assert all("integrity" in package for name, package in lock["packages"].items() if name)


def test_the_page_holds_nothing_inline_and_nothing_of_others() -> None:
    html = (BUILT / "index.html").read_text(encoding="utf-8")
    assert "<style" not in html
    assert "style=" not in html
    assert html.count("<script") == html.count('<script type="module" crossorigin src="/assets/')
    assert "https://" not in html
    assert "http://" not in html


def test_it_is_small_without_the_map() -> None:
    shipped = {name: body for name, body in files(BUILT).items() if name.endswith((".js", ".css"))}
    packed = {name: len(gzip.compress(body, 9, mtime=0)) for name, body in shipped.items()}
    assert sum(size for name, size in packed.items() if "maplibre" not in name) < LARGEST, packed


def test_the_licence_of_all_that_is_bundled_is_handed_on() -> None:
    lock = json.loads((PAGE / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    told = (BUILT / "licences.txt").read_text(encoding="utf-8")
    bundled = {
        f"{place.rpartition('node_modules/')[2]} {package['version']}"
        for place, package in lock.items()
        if place and not package.get("dev")
    }
    assert [each for each in sorted(bundled) if f"\n{each}," not in told] == [], "python3 page/licences.py"
