"""Fit the weights of ``vocab/en/time_weights.toml`` on TimeBank and AQUAINT (TimeML), or cross-validate them.

    python -m training.times --data ../shared/data                      # fit on all, write the weights
    python -m training.times --data ../shared/data --cross-validate     # five folds over documents

A logistic model of named signs (``read/times/weigh.py``), L2 penalty, no random part. It learns on which
side of the day of publication a weekday, a month or a day without a year lies, from those whose gold value
is one of the two in question, and from plain sentences of our own. Every text counts twice, parsed and as
bare tokens, so that the weights hold for either host.

The fold of a document is ``int(sha256(its id)[:8], 16) % 5``. In cross-validation the weights never saw the
fold; the rules and word lists were written by people who had looked at both corpora, whole. A sign must
occur in three documents of the training part.
"""

from __future__ import annotations

import argparse
import calendar
import datetime as dt
import hashlib
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import spacy
from numpy.typing import NDArray
from scipy.optimize import minimize
from spacy.tokens import Doc

from standoff.measure.times import GoldText, TimeScore, Timex, load_gold, score
from standoff.model import Context, Time
from standoff.read.host import load_host
from standoff.read.times.finder import read_scene, scene_of
from standoff.read.times.weights import Weights

Vector = NDArray[np.float64]
OUT = Path(__file__).resolve().parents[1] / "src" / "standoff" / "vocab" / "en" / "time_weights.toml"
CORPORA = ("timebank", "aquaint")
FOLDS = 5
PENALTY = 0.5
SEEN_IN = 3
SMALLEST = 0.02
PLAIN = 0.4
"""Weight of a plain sentence, where one of the corpora counts 1."""
_UNTRAINED = Weights({})
_HEAD = """# Signs around a date named without its year or week: log-odds that the later one is meant.
# For: read/times/weigh.py. Source: ours, fitted by training/times.py on TimeBank and AQUAINT (TimeML).
"""

_BEHIND = (
    "The bridge was closed {0}.",
    "It happened {0}.",
    "The road has been shut since {1}.",
    "No one came back after {1}, the police said.",
    "Soldiers left the town {0}.",
    "Two people were killed {0} when a mine went off.",
    "The court ruled {0} that the road had to be opened.",
    "The minister said {0} that talks had failed.",
    "He had been arrested {0}, the police said.",
    "The hospital, which was hit {0}, has no power.",
)
_AHEAD = (
    "The bridge will be closed {0}.",
    "It will happen {0}.",
    "Soldiers will leave the town {0}.",
    "The talks are to begin {0} in the capital.",
    "The vote is scheduled to be held {0}.",
    "The minister said that the road would be opened {0}.",
    "They are expected to meet {0}, the police said.",
    "The council plans to vote {0}.",
    "Talks resume {0}, officials said.",
    "The ministers meet {0} to sign the accord.",
    "The parties agreed to meet again {0}.",
    "Talks could resume as early as {1}.",
    "They must leave no later than {1}.",
    "The offer holds until {1}.",
    "The work is to be done by {1}.",
)


class Example(NamedTuple):
    """One decision: its document, its signs, whether the later date is right, how much it counts."""

    doc: str
    signs: frozenset[str]
    right: bool
    weight: float = 0.5


class Text(NamedTuple):
    """One document of the gold, parsed and as bare tokens."""

    corpus: str
    gold: GoldText
    docs: tuple[Doc, Doc]


def fold_of(doc: str) -> int:
    """The fold of a document, from the hash of its id."""
    return int(hashlib.sha256(doc.encode()).hexdigest()[:8], 16) % FOLDS


def texts(data: Path) -> Iterator[Text]:
    """Every document of both corpora."""
    bare = spacy.blank("en")
    for corpus in CORPORA:
        golds = load_gold(data / "timeml" / f"{corpus}.jsonl")
        for gold, doc in zip(golds, load_host().docs(each.text for each in golds), strict=True):
            yield Text(corpus, gold, (doc, bare(gold.text)))


def examples(all_texts: Iterable[Text]) -> list[Example]:
    """What the gold says wherever the rules ask for a side."""
    found = []
    for text in all_texts:
        for doc in text.docs:
            scene = scene_of(doc, Context(published=text.gold.dct), _UNTRAINED)
            read_scene(scene, "")
            for asked in scene.asked:
                value = _value_at(text.gold.timex, asked.offset)
                if value.startswith((asked.behind, asked.ahead)):
                    right = value.startswith(asked.ahead)
                    found.append(Example(text.gold.doc, frozenset(asked.signs), right))
    return found


def plain_examples() -> list[Example]:
    """Sentences whose tense leaves no doubt, for every distance: so that it wins over what is usual."""
    bare, host = spacy.blank("en"), load_host()
    found = []
    for number, (written, day) in enumerate(_dates()):
        for is_ahead, patterns in ((False, _BEHIND), (True, _AHEAD)):
            behind = "in" if written in calendar.month_name else "on"
            sentence = patterns[number % len(patterns)].format(f"{behind} {written}", written)
            for doc in (host.doc(sentence), bare(sentence)):
                scene = scene_of(doc, Context(published=day), _UNTRAINED)
                read_scene(scene, "")
                found += [
                    Example(f"plain {number}", frozenset(asked.signs), is_ahead, PLAIN / 2)
                    for asked in scene.asked
                ]
    return found


def _dates() -> Iterator[tuple[str, str]]:
    """A weekday, a month and a day of a month as they are written, with days of publication all around."""
    for step in range(26):
        day = dt.date(2011, 1, 3) + dt.timedelta(days=14 * step)
        for written in (f"{day:%A}", f"{day:%B}", f"{day:%B} {day.day}"):
            for turn in (3, 5):
                weekday = written == f"{day:%A}"
                away = (step * turn) % 6 + 1 if weekday else 31 * ((step * turn) % 11 + 1)
                yield written, (day - dt.timedelta(days=away)).isoformat()


def _value_at(timex: Sequence[Timex], offset: int) -> str:
    return next((gold.value for gold in timex if gold.start <= offset + 3 and offset < gold.end), "")


def fit(rows: Sequence[Example]) -> Weights:
    """Weights of least penalised logistic loss; signs in alphabetical order."""
    seen = Counter(sign for _, sign in {(row.doc, sign) for row in rows for sign in row.signs})
    names = ["bias", *sorted(sign for sign, count in seen.items() if count >= SEEN_IN)]
    index = {name: i for i, name in enumerate(names)}
    x = np.zeros((len(rows), len(names)))
    x[:, 0] = 1
    for i, row in enumerate(rows):
        for sign in row.signs & index.keys():
            x[i, index[sign]] = 1
    y = np.array([row.right for row in rows], float)
    share = np.array([row.weight for row in rows])
    fitted = minimize(_loss, np.zeros(len(names)), (x, y, share), jac=True, method="L-BFGS-B").x
    weights = {name: round(float(w), 2) for name, w in zip(names, fitted, strict=True)}
    return Weights({name: w for name, w in weights.items() if abs(w) >= SMALLEST})


def _loss(w: Vector, x: Vector, y: Vector, share: Vector) -> tuple[float, Vector]:
    """Loss and its slope."""
    s = x @ w
    value = float((share * (np.logaddexp(0, s) - y * s)).sum()) + PENALTY / 2 * float(w @ w)
    return value, x.T @ (share * (1 / (1 + np.exp(-s)) - y)) + PENALTY * w


def read(text: Text, weights: Weights, parsed: bool = True) -> list[Time]:
    """The time layer with other weights."""
    scene = scene_of(text.docs[0 if parsed else 1], Context(published=text.gold.dct), weights)
    return read_scene(scene, "")


def report(all_texts: Sequence[Text], weights_of: Sequence[Weights], title: str) -> None:
    """Print the scores of each corpus; ``weights_of`` has one set a fold."""
    for parsed in (True, False):
        for corpus in CORPORA:
            total = TimeScore()
            for text in all_texts:
                if text.corpus == corpus:
                    weights = weights_of[fold_of(text.gold.doc)]
                    total += score(text.gold.timex, read(text, weights, parsed))
            figures = ", ".join(
                f"{kind} {100 * total.f1(getattr(total, kind)):.1f}"
                for kind in ("relaxed", "strict", "value", "type")
            )
            host = "parsed" if parsed else "bare tokens"
            sys.stdout.write(f"{title}, {host}, {corpus}: F1 {figures}\n")


def toml(weights: Weights) -> str:
    """The file of weights."""
    return "\n".join([_HEAD, "[ahead]", *(f'"{sign}" = {w}' for sign, w in weights.ahead.items())]) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder with timeml/*.jsonl")
    parser.add_argument("--cross-validate", action="store_true", help="score five folds and write nothing")
    options = parser.parse_args()
    all_texts = list(texts(options.data))
    found = [*examples(all_texts), *plain_examples()]
    if options.cross_validate:
        folds = [fit([each for each in found if fold_of(each.doc) != fold]) for fold in range(FOLDS)]
        report(all_texts, folds, "five folds")
        return
    weights = fit(found)
    report(all_texts, [weights] * FOLDS, "all data")
    OUT.write_text(toml(weights), encoding="utf-8")


if __name__ == "__main__":
    main()
