"""Where the development corpora lie: beside the checkout, never in it."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


def corpus(name: str) -> Path:
    """Path of ``shared/NAME``; skips the test, saying so, where it is not there."""
    found = SHARED / name
    if not found.exists():
        pytest.skip(f"development corpus {name} is not beside this checkout")
    return found
