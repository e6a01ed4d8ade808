"""Reports through the whole pipeline into a situation that is thrown away, and what became of them."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from standoff.errors import InputError
from standoff.model import View
from standoff.preserve import Given, Options
from standoff.situation import Situation


class Built(msgspec.Struct, frozen=True, kw_only=True):
    """A view with the CPU seconds that taking in and reading, and deriving, took."""

    view: View
    read_seconds: float
    derive_seconds: float


def build(sources: Sequence[Path], published: str | None = None) -> Built:
    """Add files to a new situation and derive everything. Raises `InputError` for one that is not there."""
    for source in sources:
        if not source.exists():
            raise InputError(
                "the development data is not here", where=str(source), todo="give the folder that holds it"
            )
    options = Options(given=Given(published=published))
    with (
        tempfile.TemporaryDirectory() as folder,
        Situation.open(Path(folder) / "measured.standoff") as situation,
    ):
        start = time.process_time()
        outcomes = list(situation.add([str(each) for each in sources], options))
        middle = time.process_time()
        view = situation.view()
        end = time.process_time()
    failed = [each.error for each in outcomes if each.error]
    if failed:
        raise InputError(f"a report could not be read: {failed[0]}")
    return Built(view=view, read_seconds=middle - start, derive_seconds=end - middle)
