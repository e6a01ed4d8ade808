"""Make confidence mean something, layer by layer, and say how far it does.

    python -m training.confidence --data ../shared/data

Every annotation that gold can judge is judged under confidences from other documents: statements' from a
logistic model fitted on the other three of four folds of PolNeAR dev, places' from weights fitted on the
other four of five folds, claims' from the model of roles, which was fitted on other reports, times' and
quantities' as their rules give them. Where a layer has no such model and its calibration error is above
.02, a map is fitted: the share right of annotations of one form (times, quantities), or a rising line
(isotonic regression over bins; places). Its error is measured by five-fold cross-validation over
documents, and a map that does not lower it there is not kept; what is written into
``vocab/confidence.toml`` is fitted on all of them. ``measure/calibrated.toml`` keeps the errors.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from standoff.measure.calibrated import Calibrated, put_calibrated
from standoff.measure.corpora import CORPORA, Corpus, _read
from standoff.measure.folds import FOLDS, fold_of
from standoff.measure.layers.base import Outcome
from standoff.measure.layers.places import PLACES
from standoff.measure.layers.statements import STATEMENTS
from standoff.measure.redecode import decoded, read_again, scored
from standoff.measure.reliability import bins, calibration_error, cuts, separation
from standoff.measure.swap import Swap, swapped
from standoff.read.confidence import calibrated, maps, quantity_forms, time_forms
from standoff.read.encoder.weights import FOLDER, load_weights
from standoff.read.host import Host
from training import calibrate, places
from training.evaluate import gold_of
from training.prepare import polnear

OUT = Path(__file__).resolve().parents[1] / "src" / "standoff" / "vocab" / "confidence.toml"
HEADER = """\
# What a layer's own confidence is worth: chances that an annotation is right, on documents with gold.
# forms: share right of annotations of one form; line: corners of a rising line from confidence to share.
# Source: ours, fitted by training/confidence.py; counts and shares only.
"""
POOR = 0.02
"""Calibration error above which a map is fitted."""
ENOUGH = 200
"""Judged annotations below which no map is fitted."""
OFTEN = 8
"""Annotations of a form from which on it has a share of its own."""
PRIOR = 5.0
"""Weight, in annotations, of the coarser form's share."""
LEAST = 40
"""Annotations in a bin of a line, at least."""
STATEMENT_FOLDS = 4
OWN = frozenset({"statements", "claims"})
"""Layers whose model carries its own calibration, fitted where the model was trained."""


class Case(NamedTuple):
    """A judged annotation: its document, corpus, confidence as it would be without a map, and its forms."""

    doc: str
    corpus: str
    outcome: Outcome
    forms: tuple[str, ...] = ()


Table = dict[str, Any]


def main() -> None:
    """Judge, fit, write, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=Path("training/cache"))
    parser.add_argument("--layer", action="append", choices=LAYERS, help="only this layer (may be repeated)")
    options = parser.parse_args()
    tables: dict[str, Table] = dict(maps())
    rows = []
    for layer in options.layer or LAYERS:
        with under({}):
            cases = list(LAYERS[layer](options.data, options.cache))
        row, table = settle(layer, cases)
        rows.append(row)
        tables.pop(layer, None)
        if table:
            tables[layer] = table
        print(told(row), flush=True)
    OUT.write_text(toml(tables), encoding="utf-8")
    put_calibrated(rows)


@contextmanager
def under(tables: dict[str, Table]) -> Iterator[None]:
    """The reader's maps replaced by these while the block runs; without any, confidence is as it was made."""
    with swapped([Swap("confidence", "maps", lambda: tables)]):
        yield


# -- what is judged ---------------------------------------------------------------------------------


def statements(data: Path, _: Path) -> Iterator[Case]:
    """PolNeAR dev, each fold under a logistic model and threshold fitted on the other folds."""
    corpus = _corpus("PolNeAR dev")
    weights = load_weights(FOLDER)
    host = Host(weights)
    documents = list(corpus.load(data))
    texts = list(scored(host, (each.text for each in documents)))
    gold = [
        gold_of(text.doc, text.places, row)
        for text, (_, _, row) in zip(texts, polnear(data / "polnear/dev"), strict=True)
    ]
    kept = [(text.words, text.parts, own) for text, own in zip(texts, gold, strict=True)]
    folds = [fold_of(each.id, STATEMENT_FOLDS) for each in documents]
    for fold in range(STATEMENT_FOLDS):
        rest = [each for each, own in zip(kept, folds, strict=True) if own != fold]
        settings = weights.decode | calibrate.settle(rest, weights.decode)
        for document, text, own in zip(documents, texts, folds, strict=True):
            if own == fold:
                reading = read_again(decoded(text, settings))
                for outcome in STATEMENTS.outcomes(document, reading):
                    yield Case(document.id, corpus.name, outcome)


def placed(data: Path, cache: Path) -> Iterator[Case]:
    """TR-News and LGL, each fold under weights fitted on the other folds of all three corpora."""
    for case, found in places.crossed(places.read_all(data, cache)):
        # GeoVirus marks no demonyms and has other points for countries: right ones would count as wrong
        if case.corpus != "geovirus":
            for outcome in PLACES.outcomes(*places.judged(case, found)):
                yield Case(case.text.doc, places.TITLES[case.corpus], outcome)


def times(data: Path, _: Path) -> Iterator[Case]:
    """TimeBank and AQUAINT; a time's confidence is told by its form."""
    for case in _judged(data, "TimeBank", "AQUAINT"):
        time = case.outcome.item
        yield case._replace(forms=time_forms(time.type, time.value, time.anchor is not None))


def quantities(data: Path, _: Path) -> Iterator[Case]:
    """The marked rows; what a quantity's confidence is worth is told by its form.

    The clusters' rows are left out: not every number there is marked, so that a false alarm is not judged.
    """
    for case in _judged(data, "marked rows"):
        forms = quantity_forms(case.outcome.item.text, case.outcome.confidence)
        yield case._replace(forms=forms)


def claims(data: Path, _: Path) -> Iterator[Case]:
    """MUC-4's development tests: participants of violent claims, whose calibration was fitted on `dev`."""
    return _judged(data, "MUC-4 tst1+tst2")


LAYERS: dict[str, Callable[[Path, Path], Iterable[Case]]] = {
    "statements": statements,
    "times": times,
    "places": placed,
    "quantities": quantities,
    "claims": claims,
}


def _judged(data: Path, *names: str) -> Iterator[Case]:
    for corpus in CORPORA:
        if corpus.name in names:
            for document, reading in _read(list(corpus.load(data)), 1):
                for outcome in corpus.yardstick.outcomes(document, reading):
                    yield Case(document.id, corpus.name, outcome)


def _corpus(name: str) -> Corpus:
    return next(each for each in CORPORA if each.name == name)


# -- maps -------------------------------------------------------------------------------------------


def settle(layer: str, cases: Sequence[Case]) -> tuple[Calibrated, Table]:
    """A layer's row of errors, and its map; an empty one where none is needed or little is judged."""
    raw = [each.outcome for each in cases]
    before = calibration_error(raw)
    held, wanted = raw, False
    if layer not in OWN and before > POOR and len(cases) >= ENOUGH:
        mapped = held_out(layer, cases)
        if wanted := calibration_error(mapped) < before:
            held = mapped
    by_corpus = defaultdict(list)
    for case, outcome in zip(cases, held, strict=True):
        by_corpus[case.corpus].append(outcome)
    for name, own in by_corpus.items():
        print(f"  {layer}, {name}: {len(own)} judged, ECE held out {calibration_error(own):.3f}", flush=True)
    row = Calibrated(
        layer=layer,
        corpora=", ".join(by_corpus),
        cases=len(cases),
        right=round(sum(each.right for each in raw) / max(len(raw), 1), 4),
        folds={"statements": STATEMENT_FOLDS, "claims": 0}.get(layer, FOLDS),
        before=round(before, 4),
        after=round(calibration_error(held), 4),
        separation=round(separation(held), 3),
        mapped=wanted,
        own=layer in OWN,
        bins=tuple((b.cases, round(b.confidence, 3), round(b.right, 3)) for b in bins(held)),
    )
    return row, fit(cases) if wanted else {}


def held_out(layer: str, cases: Sequence[Case], folds: int = FOLDS) -> list[Outcome]:
    """Every case's outcome with the confidence that a map of the other folds gives it, in order."""
    made: dict[int, Outcome] = {}
    for fold in range(folds):
        rest = [each for each in cases if fold_of(each.doc, folds) != fold]
        table = fit(rest)
        with under({layer: table}):
            for number, case in enumerate(cases):
                if fold_of(case.doc, folds) == fold:
                    share = calibrated(layer, case.outcome.confidence, *case.forms)
                    made[number] = Outcome(share, case.outcome.right)
    return [made[number] for number in range(len(cases))]


def fit(cases: Sequence[Case]) -> Table:
    """The map of some cases: by form where they have forms, else a line."""
    return {"forms": forms(cases)} if any(each.forms for each in cases) else {"line": line(cases)}


def forms(cases: Sequence[Case]) -> dict[str, float]:
    """Share right of every form that is frequent enough, drawn towards the share of the coarser one."""
    seen: Counter[str] = Counter()
    right: Counter[str] = Counter()
    coarser: dict[str, str] = {}
    for case in cases:
        seen.update(case.forms)
        right.update(form for form in case.forms if case.outcome.right)
        coarser |= dict(zip(case.forms, case.forms[1:], strict=False))
    whole = sum(each.outcome.right for each in cases) / len(cases)

    def share(form: str) -> float:
        prior = share(coarser[form]) if form in coarser else whole
        return (right[form] + PRIOR * prior) / (seen[form] + PRIOR)

    return {form: round(share(form), 3) for form in sorted(seen) if seen[form] >= OFTEN}


def line(cases: Sequence[Case]) -> list[list[float]]:
    """Corners of the rising line: isotonic regression over bins, every corpus weighing the same."""
    size = Counter(each.corpus for each in cases)
    ordered = sorted(cases, key=lambda each: each.outcome.confidence)
    said = np.array([each.outcome.confidence for each in ordered])
    right = np.array([float(each.outcome.right) for each in ordered])
    weight = np.array([1 / size[each.corpus] for each in ordered])
    blocks: list[list[float]] = []
    for a, b in cuts(said, max(1, min(20, len(ordered) // LEAST))):
        w = weight[a:b].sum()
        blocks.append([w, (weight[a:b] * said[a:b]).sum() / w, (weight[a:b] * right[a:b]).sum() / w])
        while len(blocks) > 1 and blocks[-1][2] <= blocks[-2][2]:
            one, other = blocks.pop(), blocks.pop()
            w = one[0] + other[0]
            blocks.append([w, *((one[0] * one[k] + other[0] * other[k]) / w for k in (1, 2))])
    corners = [[round(float(x), 3), round(float(y), 3)] for _, x, y in blocks]
    # the ends rise a little, too, so that no two confidences become one
    if corners[0][0] > 0:
        corners.insert(0, [0.0, max(0.0, round(corners[0][1] - 0.02, 3))])
    if corners[-1][0] < 1:
        corners.append([1.0, min(1.0, round(corners[-1][1] + 0.01, 3))])
    return corners


def toml(tables: dict[str, Table]) -> str:
    """The file of maps."""
    lines = [HEADER]
    for layer, table in sorted(tables.items()):
        if "line" in table:
            lines.append(f"[{layer}]\nline = {json.dumps(table['line'])}\n")
        if "forms" in table:
            shares = "".join(f"{json.dumps(form)} = {share}\n" for form, share in table["forms"].items())
            lines.append(f"[{layer}.forms]\n{shares}")
    return "\n".join(lines)


def told(row: Calibrated) -> str:
    """A row as a line."""
    how = "mapped" if row.mapped else "by its own model" if row.own else "no map"
    return (
        f"{row.layer}: {row.cases} judged, {row.right:.1%} right, ECE {row.before:.3f} -> {row.after:.3f} "
        f"({how}), separation {row.separation:.2f}"
    )


if __name__ == "__main__":
    main()
