"""The demo, built once; workbenches over copies of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from standoff import demo
from tests.people.conftest import cheap as cheap
from tests.web.workbench import NAMES, Client, Workbench, opened


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's situation. Nobody writes to it."""
    return demo.build(tmp_path_factory.mktemp("web"))


@pytest.fixture
def alone(demo_file: Path, tmp_path: Path) -> Iterator[Workbench]:
    """A workbench for one person, of this test alone."""
    with opened(demo_file, tmp_path) as made:
        yield made


@pytest.fixture
def me(alone: Workbench) -> Client:
    """That one person."""
    (owner,) = alone.people.people()
    return alone.client().entered(alone.people.link(owner))


@pytest.fixture
def team(demo_file: Path, tmp_path: Path) -> Iterator[Workbench]:
    """A workbench with accounts, of this test alone."""
    with opened(demo_file, tmp_path, team=True) as made:
        yield made


@pytest.fixture(scope="module")
def shared(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """A workbench with accounts for tests of a module that change nothing in the record."""
    with opened(demo_file, tmp_path_factory.mktemp("shared"), team=True) as made:
        yield made


@pytest.fixture(scope="module")
def reader(shared: Workbench) -> Client:
    return shared.client().signed(NAMES["reader"])


@pytest.fixture(scope="module")
def reviewer(shared: Workbench) -> Client:
    return shared.client().signed(NAMES["reviewer"])


@pytest.fixture(scope="module")
def owner(shared: Workbench) -> Client:
    return shared.client().signed(NAMES["owner"])
