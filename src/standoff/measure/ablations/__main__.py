"""What each part of the reader is worth, layer by layer, on the development corpora.

    python -m standoff.measure.ablations [DATA] [--layer NAME] [--quick] [--write FILE]

Each part is left out or replaced by the plainest thing that could stand there, and the layer it serves is
scored again on the same reports. DATA is the folder of the development data (``../shared/data`` beside the
checkout when not given).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from standoff.errors import InputError, StandoffError
from standoff.measure.__main__ import DATA, LAYERS
from standoff.measure.ablations.cuts import blocks
from standoff.measure.ablations.run import Row, ablate
from standoff.measure.corpora import CORPORA
from standoff.measure.pages import write_page
from standoff.measure.tables import between


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(prog="python -m standoff.measure.ablations")
    parser.add_argument("data", nargs="?", type=Path, default=DATA, help="folder of the development data")
    parser.add_argument("--layer", action="append", choices=LAYERS, help="only this layer (may be repeated)")
    parser.add_argument("--quick", action="store_true", help="only a fixed part of each corpus")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the tables as Markdown, too")
    options = parser.parse_args(arguments)
    try:
        made = []
        for row in rows(options.data, options.layer or LAYERS, quick=options.quick):
            made.append(row)
            sys.stdout.write(told(row) + "\n")
            sys.stdout.flush()
    except StandoffError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    if options.write:
        write_page(page(made), options.write)
    return 0


def rows(data: Path, layers: Sequence[str], *, quick: bool = False) -> Iterator[Row]:
    """The rows of the layers asked for. Raises `InputError` when the data is not there."""
    if not data.is_dir():
        raise InputError(
            "the development data is not here",
            where=str(data),
            todo="give its folder, e.g. python -m standoff.measure.ablations ../shared/data",
        )
    for block in blocks():
        for corpus in CORPORA:
            if block.layer in layers and corpus.name in block.measures:
                yield from ablate(block, corpus, data, quick=quick)


def told(row: Row) -> str:
    """A row as a line of the terminal."""
    return (
        f"{row.corpus}, {row.measure}: {row.whole:.1f} -> {row.without:.1f} "
        f"({_points(row)}) without {row.out}"
    )


def page(made: Sequence[Row]) -> Iterator[str]:
    """The rows as the lines of a Markdown page, a table a layer."""
    yield "# Ablations"
    yield ""
    yield "What each part of the reader is worth: it is left out, or the plainest thing that could be done"
    yield "stands in its place, and the layer that it serves is scored again on the same development corpora."
    yield "Percent with 95 % intervals (1,000 draws of the corpus's documents, with repetition, fixed seed)."
    yield "The difference in points is drawn on the same documents, so it is surer than the two scores: where"
    yield "its interval holds 0, these corpora do not show that the part matters by this measure. Parts that"
    yield "were fitted on a corpus are flattered by it (`measured.md`, *By cross-validation*). Written by"
    yield "`python -m standoff.measure.ablations --write docs/ablations.md`; what is left out and what stands"
    yield "in for it is in `src/standoff/measure/ablations/`."
    for layer, own in groupby(made, key=lambda row: row.layer):
        yield from ("", f"## {layer.capitalize()}", "")
        yield "| what is left out | corpus | measure | whole | without | difference |"
        yield "| --- | --- | --- | ---: | ---: | ---: |"
        yield from map(_line, own)


def _line(row: Row) -> str:
    whole = f"{row.whole:.1f} ({between(row.whole_interval)})"
    without = f"{row.without:.1f} ({between(row.without_interval)})"
    return f"| {row.out} | {row.corpus} | {row.measure} | {whole} | {without} | {_points(row)} |"


def _points(row: Row) -> str:
    """The difference with its interval, with signs."""
    low, high = row.change_interval
    return f"{row.change:+.1f} ({low:+.1f} to {high:+.1f})".replace("-", "−")


if __name__ == "__main__":
    raise SystemExit(main())
