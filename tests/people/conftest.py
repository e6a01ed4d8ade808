"""Passwords are hashed cheaply here: what hashing costs is tested once, by itself."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher

from standoff.people import register


@pytest.fixture(autouse=True, scope="session")
def cheap() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            register, "PasswordHasher", functools.partial(PasswordHasher, time_cost=1, memory_cost=64)
        )
        yield
