"""The two kinds of place a record may lie in; what holds for one holds for the other."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.record.hand import Place

KINDS = ["file", pytest.param("postgres", marks=pytest.mark.xdist_group("postgres"))]


@pytest.fixture(params=KINDS)
def another(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Place]:
    """Makes names of places where nothing is yet: files, and schemas of a database."""
    if request.param == "postgres":
        schema: Callable[[], str] = request.getfixturevalue("schema")
        return schema
    numbers = itertools.count()
    return lambda: tmp_path / f"s{next(numbers) or ''}.standoff"


@pytest.fixture
def place(another: Callable[[], Place]) -> Place:
    """One such place."""
    return another()
