"""The formats by name, and writing one to a folder."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import cast

from standoff import hooks
from standoff.errors import ExportError, UsageError
from standoff.exchange.acled import acled
from standoff.exchange.geojson import geojson
from standoff.exchange.loss import Export, Written, readable
from standoff.exchange.table import report_table
from standoff.exchange.webannotation import web_annotation
from standoff.model import View

FORMATS: dict[str, Callable[[View], Export]] = {
    "acled": acled,
    "csv": report_table,
    "geojson": geojson,
    "webannotation": web_annotation,
}
"""``acled``: one row per incident in ACLED's columns. ``csv``: one row per account and question, with CSVW
metadata. ``geojson``: incidents and places. ``webannotation``: every annotation and dispute as W3C Web
Annotation."""


def export_to(view: View, to: str, folder: Path) -> Written:
    """Write a view in a format, with its loss report, into a folder.

    Files of the same names are replaced, each at once. Raises `UsageError` for an unknown format,
    `ExportError` when a file cannot be written.
    """
    export = _format(to)(view)
    files = {**export.files, f"{view.name}.{to}.losses.txt": readable(to, export)}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            _replace(folder / name, text)
    except OSError as err:
        raise ExportError(
            f"the export cannot be written: {err.strerror or err}",
            where=str(folder),
            todo="check the folder and the space left",
        ) from err
    return Written(files=tuple(folder / name for name in files), losses=export.losses)


def _format(to: str) -> Callable[[View], Export]:
    """A format of ours, or one that another package offers."""
    offered = hooks.names(hooks.EXPORTERS)
    if to in FORMATS:
        return FORMATS[to]
    if to in offered:
        return cast("Callable[[View], Export]", hooks.load(hooks.EXPORTERS, to))
    there = ", ".join(sorted({*FORMATS, *offered}))
    raise UsageError(f"{to!r} is no export format", where="--to", todo=f"one of {there}")


def _replace(path: Path, text: str) -> None:
    """Write beside, then take the place of what was there: never half a file."""
    handle, draft = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace", newline="") as file:
            file.write(text)
        mask = os.umask(0)
        os.umask(mask)
        Path(draft).chmod(0o666 & ~mask)
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
