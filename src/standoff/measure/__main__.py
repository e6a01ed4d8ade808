"""Scores of every layer on the development corpora against the pinned floors.

    python -m standoff.measure [DATA] [--layer NAME] [--quick] [--errors FILE] [--calibration]
                               [--pin] [--lower REASON] [--write FILE]
    python -m standoff.measure --on FORM=PATH ... [--errors FILE] [--calibration]

DATA is the folder of the development data (``../shared/data`` beside the checkout when not given).
With ``--on`` gold of one's own is measured instead, laid out as the development data are: FORM is
statements (a folder as ``polnear/dev``), times, places, claims (a JSON Lines file as those of ``timeml``,
``places``, ``muc4``), clusters (a folder) or quantities (a JSON Lines file of fully marked stretches).
Ends with 1 when a floor is broken, was pinned on other data, or would have to be lowered.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from standoff.errors import InputError, StandoffError, UsageError
from standoff.measure.corpora import CORPORA, FORMS, Corpus, Scored, See, given, score_corpus
from standoff.measure.floors import load_floors, pin, verdict, write_floors
from standoff.measure.layers.base import Document, Outcome
from standoff.measure.listing import Listing, refuse_inside, write_listings
from standoff.measure.pages import write_page
from standoff.measure.tables import markdown, print_calibration, print_scores
from standoff.model import Reading

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
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
    parser.add_argument(
        "--on",
        action="append",
        metavar="FORM=PATH",
        help=f"measure this gold instead; FORM: {', '.join(FORMS)}",
    )
    parser.add_argument("--quick", action="store_true", help="only a fixed part of each corpus")
    parser.add_argument("--jobs", type=int, default=1, help="processes that read")
    parser.add_argument("--errors", type=Path, metavar="FILE", help="list every error there, by kind")
    parser.add_argument("--calibration", action="store_true", help="whether confidence means something, too")
    parser.add_argument("--pin", action="store_true", help="raise the floors to what was measured")
    parser.add_argument("--lower", metavar="REASON", help="with --pin: floors may fall, for this reason")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the table as Markdown, too")
    return parser.parse_args(arguments)


def _run(options: argparse.Namespace) -> int:
    _refuse(options)
    scores: list[Scored] = []
    listings: list[Listing] = []
    outcomes: dict[str, list[Outcome]] = defaultdict(list)
    for corpus, folder in _chosen(options):
        if options.errors:
            listings.append(Listing(corpus.name, corpus.yardstick, corpus.unread))
        see = _watch(
            corpus,
            listings[-1] if options.errors else None,
            outcomes[corpus.layer] if options.calibration else None,
        )
        scores += score_corpus(corpus, folder, quick=options.quick, jobs=options.jobs, see=see)
    floors = load_floors()
    refused: list[str] = []
    if options.pin:
        floors, refused = pin(floors, scores, options.lower)
        write_floors(floors)
    shown = [each for each in scores if each.part == ("quick" if options.quick else "whole")]
    print_scores(shown, floors)
    if options.calibration:
        print_calibration(outcomes)
    if options.errors:
        write_listings(listings, options.errors)
    if options.write:
        write_page(markdown(shown, floors), options.write)
    for sentence in refused:
        sys.stderr.write(f"{sentence}\n")
    stands = [verdict(floors, each, measure) for each in scores for measure in each.scores]
    return 1 if refused or (not options.on and {"below", "other data"} & set(stands)) else 0


def _watch(corpus: Corpus, listing: Listing | None, outcomes: list[Outcome] | None) -> See:
    """What is kept of every reading while a corpus is scored: its errors and outcomes, where asked for."""

    def see(document: Document, reading: Reading) -> None:
        if listing is not None:
            listing.see(document, reading)
        if outcomes is not None:
            outcomes.extend(corpus.yardstick.outcomes(document, reading))

    return see


def _refuse(options: argparse.Namespace) -> None:
    """Raise before anything is read when the options do not go together."""
    if not options.data.is_dir() and not options.on:
        raise InputError(
            "the development data is not here",
            where=str(options.data),
            todo="give its folder, e.g. python -m standoff.measure ../shared/data",
        )
    if options.on and (options.pin or options.layer or options.quick):
        raise UsageError("gold of one's own has no floors, layers or quick part", where="--on")
    if options.errors:
        refuse_inside(options.errors)


def _chosen(options: argparse.Namespace) -> list[tuple[Corpus, Path]]:
    """The corpora to score, each with the folder it is read from."""
    if not options.on:
        chosen = [each for each in CORPORA if not options.layer or each.layer in options.layer]
        return [(each, options.data) for each in chosen]
    made = []
    for asked in options.on:
        form, given_path, path = asked.partition("=")
        if form not in FORMS or not given_path:
            raise UsageError(f"--on takes FORM=PATH, and FORM is one of {', '.join(FORMS)}", where=asked)
        made.append(given(form, Path(path), options.data))
    return made


if __name__ == "__main__":
    raise SystemExit(main())
