"""The one loader of vocabulary files. TOML, UTF-8, read once and kept."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from standoff.errors import VocabError

ROOT = Path(__file__).parent


def path(name: str) -> Path:
    """Path of a data file below ``vocab/``, e.g. ``en/reporting_verbs.toml``."""
    found = ROOT / name
    if not found.is_file():
        raise VocabError("a vocabulary file is missing", where=name, todo="reinstall standoff")
    return found


@cache
def load(name: str) -> dict[str, Any]:
    """Contents of ``vocab/NAME.toml``. Callers must not change what they get."""
    return tomllib.loads(path(f"{name}.toml").read_text(encoding="utf-8"))


@cache
def words(name: str, key: str) -> frozenset[str]:
    """The list ``key`` of ``vocab/NAME.toml`` as a set of casefolded words."""
    return frozenset(word.casefold() for word in load(name)[key])
