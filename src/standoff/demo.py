"""The demo: sample reports of an invented event, added, shown and written up as a brief.

The reports are package data (``demo_reports/``): an invented event with invented outlets and people,
as text, Markdown, HTML, PDF and e-mail; one is a reprint, one relays a quotation, one is hostile.
"""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import msgspec
from rich.console import Console

from standoff.errors import InputError, UsageError
from standoff.preserve import Given, Options
from standoff.show import Withhold, print_table, write_brief
from standoff.situation import Situation

REPORTS = Path(__file__).parent / "demo_reports"
FIRST = ("disputes", "ledger", "access")


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the manifest: a file, and what is given beside it."""

    file: str
    publisher: str | None = None
    published: str | None = None


def listed() -> list[Listed]:
    """The demo's reports in the order they are added."""
    rows = tomllib.loads((REPORTS / "manifest.toml").read_text(encoding="utf-8"))["report"]
    return [msgspec.convert(row, Listed) for row in rows]


def build(folder: Path) -> Path:
    """Copy the reports into ``folder/reports`` and add them to ``folder/demo.standoff``.

    A second run adds nothing twice. Raises `UsageError` when ``folder`` cannot be written.
    """
    reports = folder / "reports"
    try:
        reports.mkdir(parents=True, exist_ok=True)
        for row in listed():
            shutil.copyfile(REPORTS / row.file, reports / row.file)
    except OSError as error:
        raise UsageError(
            f"the folder cannot be written ({error.strerror})", where=str(folder), todo="choose another"
        ) from error
    situation = folder / "demo.standoff"
    with Situation.open(situation) as record:
        failed = [name for row in listed() for name in _add(record, reports, row)]
        record.publish()
    for name in failed:
        raise InputError("a demo report could not be taken in", where=name, todo="reinstall standoff")
    return situation


def _add(record: Situation, reports: Path, row: Listed) -> list[str]:
    options = Options(given=Given(publisher=row.publisher, published=row.published))
    return [each.report for each in record.add([str(reports / row.file)], options) if each.error]


def run(folder: Path) -> None:
    """Build the demo, print the tables a person wants first, write the brief, say what to do next."""
    console = Console(highlight=False)
    console.print(f"Reading {len(listed())} reports of an invented event ...", markup=False)
    situation = build(folder)
    with Situation.open(situation, create=False) as record:
        view = record.view()
    for what in FIRST:
        console.print()
        print_table(view, what)
    brief = folder / "brief.html"
    write_brief(view, brief, Withhold.of([], coarsen_km=None, no_text=False))
    console.print(f"\nThe brief: {brief} (open it in a browser; it needs no network)", markup=False)
    console.print("Next:", markup=False)
    example = view.derived.disputes[0].id if view.derived.disputes else "ID"
    for line in (
        f"standoff why {situation} {example}     what a dispute rests on, word for word",
        f"standoff show {situation} timeline     or statements, quantities, parties, agreements ...",
        "standoff add my.standoff FOLDER --publisher NAME     your own reports",
    ):
        console.print(f"  {line}", markup=False, soft_wrap=True)
