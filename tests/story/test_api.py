"""The Python interface has every WHAT as a method, and gives what the command line gives."""

from __future__ import annotations

import pytest

import standoff
from standoff.show import WHATS
from tests.story.conftest import Demo
from tests.story.driver import rows

pytestmark = pytest.mark.xdist_group("demo")


@pytest.mark.parametrize("what", WHATS)
def test_every_what_is_a_method_with_the_axes(demo: Demo, what: str) -> None:
    with standoff.open(demo.situation) as record:
        method = getattr(record, what)
        shown = rows(demo.situation, what)
        assert list(method()) == (shown if isinstance(shown, list) else [shown])
        assert len(method(known_by="2019-05-06")) <= len(method())
