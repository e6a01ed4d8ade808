"""The contract that every reader keeps, held against ours, other hosts, and the example of the docs."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import spacy
from tests.read.contract_reader import *  # noqa: F403
from tests.read.contract_reader import TEXTS, one, small_pipeline
from tests.read.test_readers import GOOD, listening, reader_at

from standoff.read import pool
from standoff.read.foreign import SpacyReader
from standoff.read.reader import default_reader
from standoff.read.threads import one_thread_each

EXAMPLE = Path(__file__).parents[2] / "docs/examples/shouting_reader.py"


def example() -> Any:
    spec = importlib.util.spec_from_file_location("shouting_reader", EXAMPLE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module", params=["standoff-en", "sentencizer", "pipeline", "endpoint", "example"])
def reader(request: pytest.FixtureRequest) -> Iterator[Any]:
    """Every reader that the contract is held against."""
    if request.param == "endpoint":
        with listening() as server:
            server.answers = [(200, GOOD)]
            yield reader_at(server)
    elif request.param == "standoff-en":
        yield default_reader(1)
    elif request.param == "sentencizer":
        nlp = spacy.blank("en")
        nlp.add_pipe("sentencizer")
        yield SpacyReader(nlp)
    else:
        yield SpacyReader(small_pipeline()) if request.param == "pipeline" else example().make(None)


@pytest.mark.parametrize("text", [text for text in TEXTS.values() if text.strip()])
def test_every_reader_of_ours_has_the_reports_own_voice_once(reader: Any, text: str):
    if reader.info.name == "shouting":
        pytest.skip("the example of the docs finds places only")
    assert [s.voice for s in one(reader, text).statements].count("report") == 1


def test_no_more_processes_than_cores_unless_the_reader_waits(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pool, "cores", lambda: 2)
    assert [pool.workers(n) for n in (1, 2, 8)] == [1, 2, 2]
    assert pool.workers(8, waits=True) == 8


def test_a_process_that_is_started_computes_with_one_thread(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    monkeypatch.setenv("MKL_NUM_THREADS", "3")
    with one_thread_each():
        told = [sys.executable, "-c", "import os; print(os.environ['OMP_NUM_THREADS'])"]
        assert subprocess.run(told, capture_output=True, text=True, check=True).stdout.strip() == "1"
        assert os.environ["MKL_NUM_THREADS"] == "3"
    assert "OMP_NUM_THREADS" not in os.environ
