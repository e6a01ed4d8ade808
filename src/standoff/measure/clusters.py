"""The clusters through the whole pipeline: what disputes and revisions the record holds, and what gold says.

    python -m standoff.measure.clusters [DATA] [--write FILE]

Two clusters have gold. Of its contradictions the *strong* ones are of kind number and not marked weak; those
of kind revision are scored as revisions, those of kind claim and date are listed with the disputes that touch
their reports, for a person to judge. A contradiction is hit when one dispute has accounts on its words on two
sides. A step of a revision series is recognised when two accounts on its words are linked as revised,
corrected or developed. A number dispute that hits no gold contradiction is a false alarm, with its reason.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from standoff.errors import StandoffError
from standoff.measure.clustergold import ClusterScore, score_gold
from standoff.measure.pages import write_page
from standoff.measure.pipeline import Built, build
from standoff.model import Account, Dispute, Question, Side, View

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
NAMES = ("lima97", "kisangani97", "mecca97", "shanxi2006", "somalia2006")
WITH_GOLD = NAMES[:2]
COUNTED = ("reports", "words", "statements", "quantities", "claims", "parties", "incidents", "questions")
TIMED = ("CPU s to read", "CPU s to derive")


def measure_cluster(name: str, data: Path = DATA) -> tuple[Built, ClusterScore | None]:
    """One cluster's record, and its score where it has gold. Raises `InputError` when it is not there."""
    folder = data / "clusters" / name
    built = build([folder / "reports.jsonl"])
    gold = folder / "gold.json"
    return built, score_gold(gold, built.view) if gold.is_file() else None


def counts(view: View) -> Counter[str]:
    """How many of each there are."""
    readings, derived = view.readings, view.derived
    found = Counter(
        reports=len(view.reports),
        words=sum(len(each.text.split()) for each in view.reports),
        statements=sum(s.voice == "source" for each in readings for s in each.statements),
        quantities=sum(len(each.quantities) for each in readings),
        claims=sum(len(each.claims) for each in readings),
        parties=len(view.referents.parties),
        incidents=len(view.referents.incidents),
        questions=len(derived.questions),
        disputes=len(derived.disputes),
    )
    found.update(f"links {link.relation}" for each in derived.questions for link in each.links)
    found.update({"ledger groups": len(derived.ledger.groups), "conflicts": len(derived.ledger.conflicts)})
    found.update(f"equations {each.holds}" for each in derived.ledger.equations)
    return found


def page(built: dict[str, tuple[Built, ClusterScore | None]]) -> Iterator[str]:
    """All clusters as lines of Markdown: numbers, ids and dates only."""
    yield "# The clusters"
    yield ""
    yield "Several reports on one contested event each, through the whole pipeline: what the record holds,"
    yield "scored against hand-read gold where there is any. Numbers, ids and short labels only; none of the"
    yield "texts. Written by `python -m standoff.measure.clusters --write docs/clusters.md`; how it is scored"
    yield "stands in `src/standoff/measure/clusters.py`."
    yield from ("", *_table(built))
    for name, (made, score) in built.items():
        yield from ("", f"## {name}")
        if score:
            yield from ("", *_scored(score))
        yield from ("", *_disputes(made.view, score))


def _table(built: dict[str, tuple[Built, ClusterScore | None]]) -> Iterator[str]:
    tallies = {name: counts(made.view) for name, (made, _) in built.items()}
    keys = [
        *COUNTED,
        "disputes",
        *sorted({key for tally in tallies.values() for key in tally} - {*COUNTED, "disputes"}),
    ]
    yield f"| | {' | '.join(built)} |"
    yield "| --- |" + " ---: |" * len(built)
    for key in keys:
        yield f"| {key} | {' | '.join(f'{tally[key]:,}' for tally in tallies.values())} |"
    for key, field in zip(TIMED, ("read_seconds", "derive_seconds"), strict=True):
        yield f"| {key} | {' | '.join(f'{getattr(made, field):.1f}' for made, _ in built.values())} |"


def _scored(score: ClusterScore) -> Iterator[str]:
    strong = [each for each in score.contradictions if each.strong]
    yield (
        f"Strong contradictions found: {sum(e.found for e in strong)} of {len(strong)}. "
        f"Number disputes that are false alarms: {len(score.alarms)}. "
        f"Revision series recognised: {sum(e.found for e in score.revisions)} of "
        f"{sum(e.scored for e in score.revisions)} with figures. "
        f"Look-alikes wrongly flagged: {sum(e.flagged for e in score.lookalikes)} of {len(score.lookalikes)}."
    )
    yield from ("", "| gold contradiction | kind | | reason |", "| --- | --- | --- | --- |")
    for each in score.contradictions:
        yield f"| {each.about} | {each.kind} | {each.verdict} | {each.reason} |"
    yield from ("", "| gold revision | | steps | reason |", "| --- | --- | --- | --- |")
    for series in score.revisions:
        stands = ("found" if series.found else "missed") if series.scored else "not scored"
        yield f"| {series.about} | {stands} | {series.steps_found} of {series.steps} | {series.reason} |"
    yield from ("", "| look-alike | |", "| --- | --- |")
    for pair in score.lookalikes:
        yield f"| {pair.about} | {'WRONGLY FLAGGED' if pair.flagged else 'not flagged'} |"


def _disputes(view: View, score: ClusterScore | None) -> Iterator[str]:
    if not view.derived.disputes:
        yield "No disputes."
        return
    questions = {each.id: each for each in view.derived.questions}
    reasons = {alarm.dispute: alarm.reason for alarm in score.alarms} if score else {}
    yield from ("| dispute | kind | sides | reports | against gold |", "| --- | --- | --- | --- | --- |")
    for dispute in view.derived.disputes:
        accounts = _accounts(dispute, questions[dispute.question_id])
        reports = sorted({each.report[-13:] for each in accounts})
        sides = " / ".join(_side(side, dispute) for side in dispute.sides)
        told = f"false alarm: {reasons[dispute.id]}" if dispute.id in reasons else ""
        hit = score and dispute.id in {each.dispute for each in score.contradictions if each.found}
        yield (
            f"| {dispute.id} | {dispute.kind} | {sides} | {', '.join(reports)} | {'hit' if hit else told} |"
        )


def _accounts(dispute: Dispute, question: Question) -> list[Account]:
    held = {each for side in dispute.sides for each in side.accounts}
    return [each for each in question.accounts if each.id in held]


def _side(side: Side, dispute: Dispute) -> str:
    """A side as its figures, or as the number of its accounts where it answers in words."""
    if dispute.kind not in {"number", "divergent"}:
        return f"{len(side.accounts)} accounts of {len(side.parties)} parties"
    if side.low == side.high:
        return f"{side.low:,}" if side.low is not None else "not stated"
    return f"{side.low if side.low is not None else '…'} to {side.high if side.high is not None else '…'}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(prog="python -m standoff.measure.clusters")
    parser.add_argument("data", nargs="?", type=Path, default=DATA, help="folder of the development data")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the page there")
    options = parser.parse_args(arguments)
    try:
        lines = page({name: measure_cluster(name, options.data) for name in NAMES})
    except StandoffError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    if options.write:
        write_page(lines, options.write)
    else:
        sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
