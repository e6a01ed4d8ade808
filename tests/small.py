"""Limits that a handful of reports reaches, as thousands reach those that hold."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest


def limits_that_few_reach(*limits: tuple[ModuleType, str, int]) -> Any:
    """A fixture for a whole module: each limit, by where it stands, is set to a small number."""

    @pytest.fixture(scope="module", autouse=True)
    def small_limits() -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patch:
            for where, name, number in limits:
                patch.setattr(where, name, number)
            yield

    return small_limits
