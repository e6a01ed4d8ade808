"""What an export is: files, and what its format could not hold."""

from __future__ import annotations

from pathlib import Path

import msgspec


class Loss(msgspec.Struct, frozen=True, kw_only=True):
    """Something of the record that a format cannot say: what, how many, and why."""

    what: str
    count: int
    why: str

    def __str__(self) -> str:
        return f"{self.count} {self.what}: {self.why}"


class Export(msgspec.Struct, frozen=True, kw_only=True):
    """The files of one export by name (contents are text, UTF-8), and its losses."""

    files: dict[str, str]
    losses: tuple[Loss, ...] = ()


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """An export on disk."""

    files: tuple[Path, ...]
    losses: tuple[Loss, ...] = ()


def losses(*told: tuple[str, int, str]) -> tuple[Loss, ...]:
    """Losses of which there are any."""
    return tuple(Loss(what=what, count=count, why=why) for what, count, why in told if count)


def readable(name: str, export: Export) -> str:
    """The loss report as a text file that goes with the export."""
    lines = [f"What {name} cannot hold of this record:", ""]
    lines += [f"- {loss}" for loss in export.losses] or ["- nothing"]
    return "\n".join(lines) + "\n"
