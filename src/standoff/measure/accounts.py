"""What the accounts imply, on clusters labelled by hand: contradictions, series, joins, disputes in words.

    python -m standoff.measure.accounts [DATA] [--gold FOLDER] [--pin] [--lower REASON] [--write FILE]

The same pairs are scored twice: with quantities, their sources and their questions given by hand, and from
the reports alone (see `pairs`); disputes in words from the reports alone (see `disputes`). Ends with 1 when
a floor is broken.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from standoff.errors import StandoffError, UsageError
from standoff.measure import disputes, gold_clusters, pairs
from standoff.measure.corpora import Scored
from standoff.measure.floors import load_floors, pin, verdict, write_floors
from standoff.measure.intervals import Counts, Sums, scored, share
from standoff.measure.pages import write_page
from standoff.measure.tables import HEADS, print_scores, rows
from standoff.model import View

NAME = "clusters by hand"
HEAD = """\
# Accounts

What the record makes of rival reports, on clusters labelled by hand: {names}. Scores in percent with 95 %
intervals (the questions of the clusters drawn again); written by `python -m standoff.measure.accounts --write
docs/accounts.md`, which checks them against pinned floors.

- **given**: quantities, their sources and which question each answers are given by hand; what is measured is
  when two figures contradict each other. **from text**: everything is read and joined by the program.
- *contradictions*: pairs of figures on two sides of a dispute about a number, among {pairs} labelled pairs.
- *steps of series*: figures that one source (or the count of one thing) replaced by the next.
- *joins*: pairs that the record puts into one incident, and that are of one.
- *disputes in words*: who, whether, what, where, why and whether it was right.
""".splitlines()


def score(data: Path = gold_clusters.DATA, gold: Path = gold_clusters.GOLD) -> Scored:
    """Every measure over all clusters of a folder. Raises `InputError` where a cluster's reports are not
    there."""
    names = gold_clusters.names(gold)
    if not names:
        raise UsageError(
            "no cluster lies there", where=str(gold), todo="name a folder of NAME.json with gold"
        )
    known = {name: gold_clusters.gold_of(name, gold) for name in names}
    told = {name: gold_clusters.from_text(name, data, gold).view for name in names}
    given = {name: gold_clusters.from_quantities(name, view, gold) for name, view in told.items()}
    found: dict[str, float] = {}
    between: dict[str, tuple[float, float]] = {}
    for label, views in (("given", given), ("from text", told)):
        for part in (_pairs(known, views, label), _series(known, views, label)):
            found |= part[0]
            between |= part[1]
    found, between = found | (words := _words(known, told))[0], between | words[1]
    del found["joins, precision, given"], between["joins, precision, given"]
    reports = [report for view in told.values() for report in view.reports]
    return Scored(
        corpus=NAME if gold == gold_clusters.GOLD else gold.name,
        layer="accounts",
        part="whole",
        digest=_digest(names, gold),
        scores=found,
        intervals=between,
        documents=len(reports),
        words=sum(len(report.text.split()) for report in reports),
        seconds=0.0,
    )


Gold = dict[str, dict[str, Any]]
Part = tuple[dict[str, float], dict[str, tuple[float, float]]]


def _pairs(known: Gold, views: dict[str, View], label: str) -> Part:
    judged = [each for name, view in views.items() for each in pairs.judge(known[name], view)]
    scores, bounds = scored(pairs.tally(judged), pairs.measures)  # type: ignore[arg-type]
    renamed = {
        "contradictions F1": f"contradictions F1, {label}",
        "precision": f"contradictions, precision, {label}",
        "recall": f"contradictions, recall, {label}",
        "precision of joins": f"joins, precision, {label}",
    }
    return {renamed[k]: v for k, v in scores.items()}, {renamed[k]: v for k, v in bounds.items()}


def _series(known: Gold, views: dict[str, View], label: str) -> Part:
    counted: list[Counts] = [
        Counter(steps=size, right=right)
        for name, view in views.items()
        for _, size, right in pairs.series(known[name], view)
    ]

    def measures(sums: Sums) -> dict[str, object]:
        return {f"steps of series, {label}": share(sums["right"], sums["steps"])}

    return scored(counted, measures)  # type: ignore[arg-type]


def _words(known: Gold, views: dict[str, View]) -> Part:
    counted: list[Counts] = []
    for name, view in views.items():
        mine = disputes.score_disputes(known[name], view)
        strong = [each for each in mine.outcomes if not each.weak]
        counted += [Counter(wanted=1, hit=int(each.hit)) for each in strong]
        counted += [Counter(found=1, right=int(each.stands == "matched")) for each in mine.found]

    def measures(sums: Sums) -> dict[str, object]:
        return {
            "disputes in words, found": share(sums["hit"], sums["wanted"]),
            "disputes in words, precision": share(sums["right"], sums["found"]),
        }

    return scored(counted, measures)  # type: ignore[arg-type]


def _digest(names: Sequence[str], gold: Path) -> str:
    """SHA-256 over the gold files, which hold the digests of the texts that they were made from."""
    whole = hashlib.sha256()
    for name in names:
        whole.update((gold / f"{name}.json").read_bytes())
    return whole.hexdigest()


def page(made: Scored) -> Iterator[str]:
    """The scores as a Markdown page."""
    names = gold_clusters.names()
    labelled = sum(len(gold_clusters.gold_of(name)["pairs"]) for name in names)
    yield from (line.format(names=", ".join(names), pairs=labelled) for line in HEAD)
    yield from ("", f"| {' | '.join(head for head in HEADS if head != 'best known')} |")
    yield "| --- | ---: | ---: | --- |"
    for row in rows([made], load_floors()):
        yield f"| {row.measure} | {row.score} | {row.interval} | {row.floor} |"
    yield f"\n{made.documents} reports, {made.words:,} words; gold `{made.digest[:16]}…`."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(prog="python -m standoff.measure.accounts", description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=gold_clusters.DATA)
    parser.add_argument(
        "--gold", type=Path, default=gold_clusters.GOLD, metavar="FOLDER", help="clusters without floors"
    )
    parser.add_argument("--pin", action="store_true", help="raise the floors to what was measured")
    parser.add_argument("--lower", metavar="REASON", help="with --pin: floors may fall, for this reason")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the table as Markdown, too")
    options = parser.parse_args(arguments)
    if options.pin and options.gold != gold_clusters.GOLD:
        parser.error("--pin is for the clusters that have floors: leave out --gold")
    try:
        made = score(options.data, options.gold)
    except StandoffError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    refused: list[str] = []
    if options.pin:
        floors, refused = pin(load_floors(), [made], options.lower)
        write_floors(floors)
    print_scores([made], load_floors())
    if options.write:
        write_page(page(made), options.write)
    sys.stderr.writelines(f"{sentence}\n" for sentence in refused)
    stands = {verdict(load_floors(), made, measure) for measure in made.scores}
    return 1 if refused or {"below", "other data"} & stands else 0


if __name__ == "__main__":
    raise SystemExit(main())
