"""The sample report through the whole pipeline, compared item by item with its gold record.

    python -m standoff.measure.sample [FOLDER] [--write FILE]

FOLDER holds ``report.txt`` and ``gold.json`` (``../shared/seed`` beside the checkout when not given).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from standoff.errors import StandoffError
from standoff.measure.compare import KINDS, Compared, compare
from standoff.measure.pages import write_page
from standoff.measure.pipeline import Built, build

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "seed"


def measure_sample(folder: Path = FOLDER) -> tuple[Compared, Built]:
    """Read the sample and compare. Raises `InputError` when it is not there."""
    report, answers = folder / "report.txt", folder / "gold.json"
    published = json.loads(answers.read_bytes())["report"]["published"] if answers.is_file() else None
    built = build([report], published)
    return compare(json.loads(answers.read_text(encoding="utf-8")), built.view), built


def page(compared: Compared) -> Iterator[str]:
    """The comparison as lines of Markdown."""
    yield "# The sample, item by item"
    yield ""
    yield "What the record holds of the sample report against the hand-made record of the same report: every"
    yield "item is found (all that the gold says of it agrees), partly found (each deviation is named) or"
    yield "missed. Items bear the gold's ids and labels; nothing of the report's text is repeated here."
    yield "Written by `python -m standoff.measure.sample --write docs/sample.md`."
    yield ""
    yield "| kind | gold | found | partly | missed | held beyond the gold |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for kind in KINDS:
        counts = [compared.count(kind, grade) for grade in ("found", "partly", "missed")]
        yield f"| {kind} | {sum(counts)} | {' | '.join(map(str, counts))} | {compared.beyond.get(kind, '')} |"
    for kind in KINDS:
        yield from (
            "",
            f"## {kind.capitalize()}",
            "",
            "| id | what | | what is wrong |",
            "| --- | --- | --- | --- |",
        )
        for item in compared.items:
            if item.kind == kind:
                yield f"| {item.id} | {item.label} | {item.grade} | {'; '.join(item.remarks)} |"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(prog="python -m standoff.measure.sample")
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the page there")
    options = parser.parse_args(arguments)
    try:
        compared, _ = measure_sample(options.folder)
    except StandoffError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    if options.write:
        write_page(page(compared), options.write)
    else:
        sys.stdout.write("\n".join(page(compared)) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
