"""Every extension point, a line each.

A package offers an extension as an entry point in one of these groups; `load` finds it by name.
"""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import Any

from standoff.errors import UsageError

EXPORTERS = "standoff.exporters"
"""``View -> Export``: a view as files of another tool's format, and what that format cannot hold."""

READERS = "standoff.readers"
"""``argument or None -> Reader``: what `--reader NAME:ARGUMENT` reads with; our own are offered so, too."""


def names(group: str) -> list[str]:
    """Names offered in a group, sorted."""
    return sorted({point.name for point in entry_points(group=group)})


def load(group: str, name: str) -> Any:  # noqa: ANN401  (each group states its own shape)
    """The extension of that name. Raises `UsageError` naming those there are."""
    for point in entry_points(group=group, name=name):
        return point.load()
    there = ", ".join(names(group)) or "none is installed"
    raise UsageError(f"there is no {group.split('.')[1][:-1]} called {name!r}", todo=f"there are: {there}")
