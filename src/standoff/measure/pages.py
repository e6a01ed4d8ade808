"""Pages that are written by a program above a line, and by hand below it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

BY_HAND = "<!-- Below this line is written by hand and kept when the page is written again. -->"


def write_page(lines: Iterable[str], path: Path) -> None:
    """Write a page; what stands below `BY_HAND` in the old one is kept."""
    old = path.read_text(encoding="utf-8") if path.is_file() else ""
    kept = old.split(BY_HAND, 1)[1] if BY_HAND in old else "\n"
    path.write_text("\n".join(lines) + f"\n\n{BY_HAND}{kept}", encoding="utf-8")
