"""The contract that every reader keeps, held against ours, other hosts, and the example of the docs."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import spacy
from tests.read.contract_reader import *  # noqa: F403
from tests.read.contract_reader import small_pipeline

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


@pytest.fixture(scope="module", params=["standoff-en", "sentencizer", "pipeline", "example"])
def reader(request: pytest.FixtureRequest) -> Any:
    """Every reader that the contract is held against."""
    if request.param == "standoff-en":
        return default_reader(1)
    if request.param == "sentencizer":
        nlp = spacy.blank("en")
        nlp.add_pipe("sentencizer")
        return SpacyReader(nlp)
    return SpacyReader(small_pipeline()) if request.param == "pipeline" else example().make(None)


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
