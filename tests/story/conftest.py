"""One demo situation for all story tests of a session; nobody writes to it but by a copy."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.story.browsing import Desk, desk_at, on_the_page, served
from tests.story.driver import Done, ok


class Demo(NamedTuple):
    """What `standoff demo` built, and what it said meanwhile."""

    folder: Path
    situation: Path
    said: Done


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The demo, built once."""
    folder = tmp_path_factory.mktemp("story") / "demo"
    said = ok("demo", "--into", folder)
    return Demo(folder, folder / "demo.standoff", said)


@pytest.fixture
def mine(demo: Demo, tmp_path: Path) -> Path:
    """A copy of the demo's situation that a test may write to; it has the same name, as names are shown."""
    return Path(shutil.copy(demo.situation, tmp_path / "demo.standoff"))


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str, bytes], Path]:
    """Makes a file of some bytes."""

    def make(name: str, data: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return make


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, for the built page."""
    with on_the_page() as made:
        yield made


@pytest.fixture
def desk(browser: Any, mine: Path) -> Iterator[Desk]:
    """One person alone with the demo."""
    with served(mine) as (_, url):
        made = desk_at(browser, url, accept_downloads=True)
        yield made
        made.page.context.close()
