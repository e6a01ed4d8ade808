"""Scores of every layer on the development corpora against the pinned floors.

    python -m standoff.measure [DATA] [--layer NAME] [--quick] [--pin] [--lower REASON] [--write FILE]

DATA is the folder of the development data (``../shared/data`` beside the checkout when not given).
Ends with 1 when a floor is broken, was pinned on other data, or would have to be lowered.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from standoff.errors import InputError, StandoffError
from standoff.measure.corpora import CORPORA, Corpus, Scored, score_corpus
from standoff.measure.floors import Floors, load_floors, pin, verdict, write_floors
from standoff.measure.pages import write_page

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
HEADS = ("layer", "corpus", "measure", "score", "best known", "floor")
LAYERS = tuple(dict.fromkeys(each.layer for each in CORPORA))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    options = _options(arguments)
    try:
        return _run(options)
    except StandoffError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m standoff.measure", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("data", nargs="?", type=Path, default=DATA, help="folder of the development data")
    parser.add_argument("--layer", action="append", choices=LAYERS, help="only this layer (may be repeated)")
    parser.add_argument("--quick", action="store_true", help="only a fixed part of each corpus")
    parser.add_argument("--jobs", type=int, default=1, help="processes that read")
    parser.add_argument("--pin", action="store_true", help="raise the floors to what was measured")
    parser.add_argument("--lower", metavar="REASON", help="with --pin: floors may fall, for this reason")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the table as Markdown, too")
    return parser.parse_args(arguments)


def _run(options: argparse.Namespace) -> int:
    if not options.data.is_dir():
        raise InputError(
            "the development data is not here",
            where=str(options.data),
            todo="give its folder, e.g. python -m standoff.measure ../shared/data",
        )
    chosen = [each for each in CORPORA if not options.layer or each.layer in options.layer]
    scores = [
        scored
        for corpus in chosen
        for scored in score_corpus(corpus, options.data, quick=options.quick, jobs=options.jobs)
    ]
    floors = load_floors()
    refused: list[str] = []
    if options.pin:
        floors, refused = pin(floors, scores, options.lower)
        write_floors(floors)
    shown = [each for each in scores if each.part == ("quick" if options.quick else "whole")]
    _print(shown, floors)
    if options.write:
        write_page(markdown(shown, floors), options.write)
    for sentence in refused:
        sys.stderr.write(f"{sentence}\n")
    stands = [verdict(floors, each, measure) for each in scores for measure in each.scores]
    return 1 if refused or {"below", "other data"} & set(stands) else 0


def rows(scores: Sequence[Scored], floors: Floors) -> Iterator[tuple[str, ...]]:
    """The table's rows as words: one a measure, under the names of `HEADS`."""
    corpora: dict[str, Corpus] = {each.name: each for each in CORPORA}
    for scored in scores:
        for measure, score in scored.scores.items():
            known = corpora[scored.corpus].known.get(measure)
            floor = floors.of(scored, measure)
            stands = verdict(floors, scored, measure)
            pinned = f"{floor.score:.1f} − {floor.tolerance:.1f}" if floor else "not pinned"
            yield (
                scored.layer,
                scored.corpus,
                measure,
                f"{score:.1f}",
                f"{known.score:.1f} {known.whose}" if known else "–",
                pinned if stands in {"holds", "above", "not pinned"} else f"{pinned}: {stands.upper()}",
            )


def _print(scores: Sequence[Scored], floors: Floors) -> None:
    console = Console()
    part = "a fixed part of each corpus" if scores and scores[0].part == "quick" else "whole corpora"
    table = Table(title=f"Scores in percent, {part}", title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for head in HEADS:
        table.add_column(head, justify="right" if head == "score" else "left", overflow="fold")
    before = ("", "")
    for row in rows(scores, floors):
        # a corpus is named once, on its first row
        table.add_row(*(row if row[:2] != before else ("", "", *row[2:])))
        before = (row[0], row[1])
    console.print(table)
    for scored in scores:
        speed = f"{scored.words / scored.seconds:,.0f} words/s of this process" if scored.seconds > 1 else ""
        console.print(f"{scored.corpus}: {scored.documents} reports, {scored.words:,} words. {speed}".strip())
        if not floors.same_data(scored):
            console.print(
                f"{scored.corpus}: these are other data than the floors were pinned on: no comparison."
            )


def markdown(scores: Sequence[Scored], floors: Floors) -> list[str]:
    """The table as the lines of a Markdown page."""
    lines = [
        "# Measured",
        "",
        "Every layer on its development corpus, read by the package's own reader, whole reports through all",
        "layers. Scores in percent; a floor holds within its tolerance. Written by",
        "`python -m standoff.measure --write docs/measured.md`; what is counted stands at the head of each",
        "module of `src/standoff/measure/`.",
        "",
        f"| {' | '.join(HEADS)} |",
        "| --- | --- | --- | ---: | --- | --- |",
    ]
    lines += [f"| {' | '.join(row)} |" for row in rows(scores, floors)]
    lines += ["", "| corpus | reports | words | SHA-256 of the files |", "| --- | ---: | ---: | --- |"]
    lines += [f"| {s.corpus} | {s.documents} | {s.words:,} | `{s.digest[:16]}…` |" for s in scores]
    return lines


if __name__ == "__main__":
    raise SystemExit(main())
