"""The scores as tables: on the terminal within 80 columns, and as a Markdown page."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from standoff.measure.calibrated import Calibrated, load_calibrated
from standoff.measure.corpora import CORPORA, Known, Scored
from standoff.measure.crossed import load_crossed
from standoff.measure.floors import Floors, verdict
from standoff.measure.intervals import Interval
from standoff.measure.layers.base import Outcome
from standoff.measure.reliability import bins, calibration_error, separation
from standoff.read.roles.model import FOLDER, MANIFEST, SLOTS

HEADS = ("measure", "score", "95 % interval", "best known", "floor")


class Row(NamedTuple):
    """One measure of one corpus as words."""

    layer: str
    corpus: str
    measure: str
    score: str
    interval: str
    known: str
    floor: str


def rows(scores: Sequence[Scored], floors: Floors) -> Iterator[Row]:
    """The rows of all scores."""
    known: dict[str, Mapping[str, Known]] = {each.name: each.known for each in CORPORA}
    for scored in scores:
        for measure, score in scored.scores.items():
            best = known.get(scored.corpus, {}).get(measure)
            yield Row(
                scored.layer,
                scored.corpus,
                measure,
                f"{score:.1f}",
                between(scored.intervals.get(measure)),
                f"{best.score:.1f} {best.whose}" if best else "–",
                _floor(scored, measure, floors),
            )


def between(interval: Interval | None) -> str:
    """An interval as words."""
    return f"{interval[0]:.1f}–{interval[1]:.1f}" if interval else "–"


def _floor(scored: Scored, measure: str, floors: Floors) -> str:
    floor, stands = floors.of(scored, measure), verdict(floors, scored, measure)
    if floor is None:
        return "other data" if stands == "other data" else "–"
    pinned = f"{floor.score:.1f} − {floor.tolerance:.1f}"
    return pinned if stands in {"holds", "above"} else f"{pinned}: {stands.upper()}"


def print_scores(scores: Sequence[Scored], floors: Floors) -> None:
    """The table on the terminal, a corpus under its own line, and what was read below."""
    console = Console()
    part = "a fixed part of each corpus" if scores and scores[0].part == "quick" else "whole corpora"
    table = Table(
        title=f"Scores in percent, {part}", title_justify="left", box=SIMPLE_HEAD, pad_edge=False,
        show_edge=False, collapse_padding=True,
    )  # fmt: skip
    for head in HEADS:
        table.add_column(
            head, justify="right" if head in HEADS[1:3] else "left", no_wrap=head != "best known"
        )
    before = ""
    for row in rows(scores, floors):
        if row.corpus != before:
            table.add_row(f"[bold]{row.layer}: {row.corpus}[/bold]")
        table.add_row(f" {row.measure}", *row[3:])
        before = row.corpus
    console.print(table)
    for scored in scores:
        speed = f"{scored.words / scored.seconds:,.0f} words/s of this process" if scored.seconds > 1 else ""
        console.print(f"{scored.corpus}: {scored.documents} reports, {scored.words:,} words. {speed}".strip())
        if not floors.same_data(scored):
            console.print(f"{scored.corpus}: other data than the floors were pinned on: no comparison.")


def print_calibration(outcomes: Mapping[str, Sequence[Outcome]]) -> None:
    """ECE of every layer's confidence as it is now, beside the held-out one, and its bins."""
    console = Console()
    held = {each.layer: each for each in load_calibrated()}
    table = Table(title="Confidence", title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for head in ("layer", "judged", "right", "ECE here", "ECE held out", "separation"):
        table.add_column(head, justify="left" if head == "layer" else "right")
    for layer, judged in outcomes.items():
        table.add_row(
            layer,
            f"{len(judged):,}",
            f"{sum(each.right for each in judged) / max(len(judged), 1):.1%}",
            f"{calibration_error(judged):.3f}",
            f"{held[layer].after:.3f}" if layer in held else "–",
            f"{separation(judged):.2f}",
        )
    console.print(table)
    for layer, judged in outcomes.items():
        told = [f"{each.confidence:.2f}→{each.right:.2f}" for each in bins(judged)]
        console.print(f"{layer}, confidence→share right: {'  '.join(told)}", highlight=False)


def markdown(scores: Sequence[Scored], floors: Floors) -> list[str]:
    """The tables as the lines of a Markdown page."""
    return [
        "# Measured",
        "",
        "Every layer on its development corpus, read by the package's own reader, whole reports through all",
        "layers. Scores in percent, each with its 95 % interval (1,000 draws of the corpus's documents, with",
        "repetition, fixed seed); a floor holds within its tolerance. Written by",
        "`python -m standoff.measure --write docs/measured.md`; what is counted stands at the head of each",
        "module of `src/standoff/measure/`.",
        "",
        f"| layer | corpus | {' | '.join(HEADS)} |",
        "| --- | --- | --- | ---: | ---: | --- | --- |",
        *(f"| {' | '.join(row)} |" for row in rows(scores, floors)),
        "",
        "| corpus | reports | words | SHA-256 of the files |",
        "| --- | ---: | ---: | --- |",
        *(f"| {s.corpus} | {s.documents} | {s.words:,} | `{s.digest[:16]}…` |" for s in scores),
        *_crossed(scores),
        *_calibrated(),
    ]


def _crossed(scores: Sequence[Scored]) -> Iterator[str]:
    """Cross-validated scores beside those of all data."""
    held = load_crossed()
    if not held:
        return
    whole = {(s.corpus, name): score for s in scores for name, score in s.scores.items()}
    yield from ("", "## By cross-validation", "")
    yield "Weights fitted on a corpus flatter the score on it. Here each document was read with weights"
    yield "fitted on the documents of the other folds (`measure/folds.py`: by the hash of the document's id)."
    yield from ("", "| corpus | measure | folds | score | 95 % interval | above, all data | command |")
    yield "| --- | --- | ---: | ---: | ---: | ---: | --- |"
    for each in held:
        above = whole.get((each.corpus, each.measure))
        yield (
            f"| {each.corpus} | {each.measure} | {each.folds} | {each.score:.1f} | {between(each.interval)} "
            f"| {'–' if above is None else f'{above:.1f}'} | `{each.by}` |"
        )


def _out_of_fold() -> str:
    """Calibration error of each part of the model of roles, as its training left it."""
    held = json.loads((FOLDER / MANIFEST).read_text(encoding="utf-8"))["out of fold"]
    return ", ".join(f"{slot} {held[slot]['ece']:.3f}" for slot in SLOTS)


def _map(row: Calibrated) -> str:
    """Whether a layer's confidence goes through a map, or comes calibrated out of its model."""
    return "yes" if row.mapped else "its model's own" if row.own else "none"


def _calibrated() -> Iterator[str]:
    """Calibration errors of held-out folds, and what stands in each bin."""
    held = load_calibrated()
    if not held:
        return
    yield from ("", "## Confidence", "")
    yield "Expected calibration error (ECE, 0 to 1) over ten bins of equal mass: before, as the layer's rules"
    yield "or model give it; after, through the map in `vocab/confidence.toml`, on folds of documents that"
    yield "the map was not fitted on. Separation is the chance that a right annotation has more confidence"
    yield "than a wrong one (.5 is a coin). Statements and claims go through no map: their models carry their"
    yield "own calibration. Statements are judged under one fitted on other folds of these documents; the"
    yield "model of roles behind the claims' participants was calibrated on parts scored out of fold in the"
    yield f"reports it was trained on (ECE there: {_out_of_fold()}),"
    yield "and is judged here on others. Written by `python -m training.confidence`."
    yield from ("", "| layer | judged on | judged | right | ECE before | ECE after | separation | map |")
    yield "| --- | --- | ---: | ---: | ---: | ---: | ---: | --- |"
    for each in held:
        yield (
            f"| {each.layer} | {each.corpora} | {each.cases:,} | {100 * each.right:.1f} | {each.before:.3f} "
            f"| {each.after:.3f} | {each.separation:.2f} | {_map(each)} |"
        )
    yield from ("", "| layer | mean confidence of each bin → share right in percent |", "| --- | --- |")
    for each in held:
        told = [f"{100 * said:.0f} → {100 * right:.0f}" for _, said, right in each.bins]
        yield f"| {each.layer} | {', '.join(told)} |"
