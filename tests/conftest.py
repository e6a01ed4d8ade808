"""Settings that hold for all tests."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("OMP_NUM_THREADS", "1")
settings.register_profile(
    "house", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
settings.load_profile("house")

_NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def database() -> Iterator[str]:
    """Address of an empty database of a server of our own; skips where none is installed."""
    from tests.postgres import server

    with server() as address:
        yield address


@pytest.fixture(scope="session")
def schema(database: str) -> Callable[[], str]:
    """Makes the address of a schema that is not there yet."""
    return lambda: f"{database}&schema=s{next(_NUMBERS)}"
