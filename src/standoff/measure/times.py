"""Time expressions scored as in TempEval-3 (SemEval-2013 task 1, subtask A).

``strict``: same span. ``relaxed``: spans overlap, one to one. ``value``: relaxed matches whose TIMEX3
value is the gold value, to the character, over all predictions and all gold expressions.

    python -m standoff.measure.times FOLDER [--surface] [--errors N]
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
from spacy.tokens import Doc

from standoff.model import Context, Time
from standoff.model.spans import overlap


class Timex(msgspec.Struct, frozen=True):
    """A gold expression: code points ``[start, end)``, TIMEX3 type and value."""

    start: int
    end: int
    type: str
    value: str


class GoldText(msgspec.Struct, frozen=True):
    """A document of the gold: text, document creation date, expressions."""

    doc: str
    text: str
    dct: str
    timex: tuple[Timex, ...]


class TimeScore(msgspec.Struct, frozen=True, kw_only=True):
    """Counts over documents; the F1 figures follow from them."""

    gold: int = 0
    predicted: int = 0
    strict: int = 0
    relaxed: int = 0
    value: int = 0
    type: int = 0

    def __add__(self, other: TimeScore) -> TimeScore:
        return TimeScore(
            **{name: getattr(self, name) + getattr(other, name) for name in self.__struct_fields__}
        )

    def f1(self, matches: int) -> float:
        """Harmonic mean of precision and recall for so many matches; 0 with nothing to find or found."""
        both = self.gold + self.predicted
        return 2 * matches / both if both else 0.0


def load_gold(path: Path) -> list[GoldText]:
    """Documents of a JSON Lines file of gold."""
    decoder = msgspec.json.Decoder(GoldText)
    return [decoder.decode(line) for line in path.read_bytes().splitlines() if line.strip()]


def align(gold: Sequence[Timex], predicted: Sequence[Time]) -> list[tuple[Timex, Time]]:
    """Pairs of overlapping spans, one to one, the largest overlaps first."""
    pairs = [
        (-overlap((g.start, g.end), (p.start, p.end)), i, j)
        for i, g in enumerate(gold)
        for j, p in enumerate(predicted)
        if overlap((g.start, g.end), (p.start, p.end))
    ]
    used_gold: set[int] = set()
    used_predicted: set[int] = set()
    aligned = []
    for _, i, j in sorted(pairs):
        if i not in used_gold and j not in used_predicted:
            used_gold.add(i)
            used_predicted.add(j)
            aligned.append((gold[i], predicted[j]))
    return aligned


def score(gold: Sequence[Timex], predicted: Sequence[Time]) -> TimeScore:
    """Counts for one text."""
    pairs = align(gold, predicted)
    return TimeScore(
        gold=len(gold),
        predicted=len(predicted),
        strict=sum((g.start, g.end) == (p.start, p.end) for g, p in pairs),
        relaxed=len(pairs),
        value=sum(g.value == p.value for g, p in pairs),
        type=sum(g.type == p.type for g, p in pairs),
    )


def _errors(text: str, gold: Sequence[Timex], predicted: Sequence[Time]) -> Iterable[tuple[str, str, str]]:
    pairs = align(gold, predicted)
    for g, p in pairs:
        if g.value != p.value:
            yield "value", f"{text[g.start : g.end]} [{p.text}]", f"gold {g.value} got {p.value}"
    matched_gold, matched = {id(g) for g, _ in pairs}, {id(p) for _, p in pairs}
    for g in gold:
        if id(g) not in matched_gold:
            yield "missed", text[g.start : g.end], g.value
    for p in predicted:
        if id(p) not in matched:
            yield "spurious", p.text, p.value


def main(arguments: Sequence[str] | None = None) -> int:
    """Score every ``*.jsonl`` of a folder and print one line a file."""
    from standoff.read.times import find_times

    parser = argparse.ArgumentParser(description="TempEval-3 scores of the time layer")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--surface", action="store_true", help="tokens only: no tags, no parse")
    parser.add_argument("--errors", type=int, default=0, help="print the N most frequent errors")
    options = parser.parse_args(arguments)
    for path in sorted(options.folder.glob("*.jsonl")):
        total, spent, words = TimeScore(), 0.0, 0
        errors: Counter[tuple[str, str, str]] = Counter()
        golds = load_gold(path)
        for gold, doc in zip(golds, _docs((each.text for each in golds), options.surface), strict=True):
            start = time.process_time()
            found = find_times(doc, Context(published=gold.dct))
            spent += time.process_time() - start
            words += len(gold.text.split())
            total += score(gold.timex, found)
            errors.update(_errors(gold.text, gold.timex, found))
        sys.stdout.write(_line(path.stem, total, words / spent if spent else 0.0))
        for (kind, text, values), count in errors.most_common(options.errors):
            sys.stdout.write(f"  {count:3d} {kind:8} {text!r}: {values}\n")
    return 0


def _line(name: str, total: TimeScore, speed: float) -> str:
    figures = [
        f"{kind} {100 * total.f1(getattr(total, kind)):.1f}"
        for kind in ("strict", "relaxed", "value", "type")
    ]
    counts = f"{total.gold} gold, {total.predicted} found"
    return f"{name}: F1 {', '.join(figures)} ({counts}), {speed:,.0f} words/s\n"


def _docs(texts: Iterable[str], surface: bool) -> Iterable[Doc]:
    if surface:
        import spacy

        return spacy.blank("en").pipe(texts)
    from standoff.read.host import load_host

    return load_host().docs(texts)


if __name__ == "__main__":
    raise SystemExit(main())
