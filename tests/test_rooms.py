"""The rooms and which way data flows: every import inside the package is walked and checked."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "standoff"
BASE = {"model", "vocab", "errors"}
MAY_IMPORT = {
    "errors": set(),
    "model": {"errors"},
    "vocab": {"errors"},
    "preserve": BASE | {"hooks"},
    "read": BASE | {"hooks"},
    "resolve": BASE,
    "reconcile": BASE,
    "record": {"model", "errors"},
    "exchange": BASE | {"hooks"},
    "show": BASE,
    "people": {"errors"},
    "web": BASE | {"situation", "reviewing", "show", "exchange", "preserve", "people"},
    "measure": {"model", "errors", "vocab", "read", "preserve", "resolve", "reconcile", "situation"},
    "hooks": {"model", "errors"},
}
NOT_IN = {
    "model": {"spacy", "sqlite3", "httpx", "numpy"},
    "reconcile": {"spacy", "sqlite3", "httpx", "pathlib", "os", "io", "datetime.datetime"},
    "record": {"spacy", "onnxruntime"},
}
ROOMS = sorted(p.name for p in PACKAGE.iterdir() if (p / "__init__.py").exists())
LIMIT = 400


def modules(room: str) -> Iterator[Path]:
    place = PACKAGE / room
    yield from sorted(place.rglob("*.py")) if place.is_dir() else [place.with_suffix(".py")]


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path} imports relatively"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("room", sorted(MAY_IMPORT))
def test_a_room_imports_only_what_it_may(room: str) -> None:
    allowed = MAY_IMPORT[room] | {room}
    for path in modules(room):
        for name in imported(path):
            parts = name.split(".")
            if parts[0] == "standoff" and len(parts) > 1 and parts[1] != "__version__":
                assert parts[1] in allowed, f"{path.relative_to(PACKAGE)} imports {name}"


@pytest.mark.parametrize("room", sorted(NOT_IN))
def test_a_room_keeps_out_what_it_must_not_know(room: str) -> None:
    for path in modules(room):
        for name in imported(path):
            assert name.split(".")[0] not in NOT_IN[room], f"{path.relative_to(PACKAGE)} imports {name}"


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_what_comes_in_what_goes_out_and_what_it_must_not_know(room: str) -> None:
    told = ast.get_docstring(ast.parse((PACKAGE / room / "__init__.py").read_text(encoding="utf-8"))) or ""
    for word in ("In:", "Out:", "Must not know:"):
        assert word in told, f"{room}/__init__.py does not say {word}"


def test_every_room_is_under_the_rules() -> None:
    assert set(ROOMS) <= set(MAY_IMPORT)


def test_no_module_has_become_two_rooms() -> None:
    long = {
        str(path.relative_to(PACKAGE)): lines
        for path in PACKAGE.rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LIMIT
    }
    assert not long
