"""Fit the weights of ``vocab/en/places_weights.toml`` on the development corpora of places.

    python -m training.places --data ../shared/data [--told | --check | --cross-validate]

``alone`` and ``together`` are a softmax over each name's candidates; the target is any candidate within
161 km of the gold point, and names whose gold point no candidate reaches are left out. ``keep`` is a
logistic model over proposed names, ``told`` one over names that no gazetteer has, fitted on the texts and on
copies with some towns renamed (`training.renamed`). Every corpus weighs the same; the penalty is L2. The
texts are read by the packaged encoder, once: ``--cache`` keeps them. ``--check`` fits on two corpora and
scores the third, in turn, and writes nothing. ``--cross-validate`` reads every document with weights fitted
on those of the other four folds and keeps the end-to-end scores in ``measure/crossed.toml``.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import spacy
from scipy.optimize import minimize
from spacy.tokens import Doc, DocBin

import standoff.read.places.keep as keeping
import standoff.read.places.rank as ranking
from standoff.measure.crossed import Crossed, put_crossed
from standoff.measure.folds import FOLDS, fold_of
from standoff.measure.intervals import scored
from standoff.measure.layers.base import Document
from standoff.measure.layers.places import PLACES
from standoff.measure.places import CORPORA, NEAR_KM, Text, kilometres, load
from standoff.model import Context, Place, ReaderInfo, Reading
from standoff.read.host import load_host
from standoff.read.layers import _not_persons
from standoff.read.mentions import find_mentions
from standoff.read.places import find_places
from standoff.read.places.find import find_groups
from standoff.read.places.gazetteer import gazetteer
from standoff.read.places.keep import KEEP, features_keep
from standoff.read.places.lookup import Lookup
from standoff.read.places.page import Page
from standoff.read.places.rank import ALONE, TOGETHER, features_alone, features_together, softmax, worth_of
from standoff.read.places.unknown import TOLD, features_told
from training.renamed import renamed

OUT = Path(__file__).resolve().parents[1] / "src" / "standoff" / "vocab" / "en" / "places_weights.toml"
PENALTY = 2.0
WORTH = 3000
"""What one corpus weighs in ``keep``."""
WORTH_TOLD = 300
"""What one corpus weighs in ``told``, as it is and again with renamed places."""
PRIOR = {
    "bias": -1.5, "kind_of": 2.5, "kind_behind": 1.5, "taken": 2.0, "happening": 1.5, "struck": 1.0,
    "at": 1.0, "speaks": -2.0, "title_before": -2.0, "part_of_person": -2.0, "place_elsewhere": 1.0,
    "kind_elsewhere": 1.0, "sure_elsewhere": 1.0, "at_elsewhere": 0.5, "speaks_elsewhere": -1.5,
    "short": -2.0,
}  # fmt: skip
"""Where the weights of ``told`` stay while a corpus tells nothing: local news has few stormed towns."""
TITLES = {"trnews": "TR-News", "lgl": "LGL", "geovirus": "GeoVirus"}
Weights = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


class Case(NamedTuple):
    """One text as a document, its names and pool; the right candidates, a weight for each group with a place.

    ``is_place`` tells for each name 1 a place, 0 not, -1 not to be learnt from: a gold toponym without
    coordinates, or a demonym or nested name where the corpus does not annotate these. ``again`` marks a text
    with renamed places (`renamed`).
    """

    corpus: str
    doc: Doc
    text: Text
    page: Any
    look: Any
    is_place: np.ndarray
    names: Any
    pool: Any
    right: np.ndarray
    weight: np.ndarray
    again: bool = False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=Path("training/cache"))
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--cross-validate", action="store_true")
    parser.add_argument("--told", action="store_true", help="fit the table ``told`` alone, leave the others")
    args = parser.parse_args()
    cases = read_all(args.data, args.cache)
    if args.cross_validate:
        put_crossed(list(cross_validate(cases)))
        return
    if args.check:
        for held in CORPORA:
            weights = fit([case for case in cases if case.corpus != held])
            own = [case for case in cases if case.corpus == held]
            score([case for case in own if not case.again], weights, held)
            score([case for case in own if case.again], weights, f"{held}, renamed")
        return
    weights = (*ranking.weights(), keeping.weights(), solve_told(cases)) if args.told else fit(cases)
    for name in CORPORA:
        score([case for case in cases if case.corpus == name and not case.again], weights, name)
        score([case for case in cases if case.corpus == name and case.again], weights, f"{name}, renamed")
    OUT.write_text(toml(*weights))


def read_all(data: Path, cache: Path) -> list[Case]:
    """Cases of all corpora."""
    look = Lookup(gazetteer())
    cases = []
    for name in CORPORA:
        texts = load(data / "places" / f"{name}.jsonl")
        cases += read(texts, name, cache)
        cases += read([renamed(text, look) for text in texts], name, cache, "renamed")
    return cases


def parsed(texts: list[Text], path: Path) -> Iterator[Doc]:
    """The texts as the packaged encoder reads them; from the cache when they were read before."""
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        DocBin(docs=load_host().docs(each.text for each in texts)).to_disk(path)
    yield from DocBin().from_disk(path).get_docs(spacy.blank("en").vocab)


def read(texts: list[Text], name: str, cache: Path, kind: str = "places") -> list[Case]:
    """Cases of one corpus; those of ``renamed`` texts teach `keep` alone, of names that nothing knows."""
    docs = parsed(texts, cache / f"{kind}-{name}.spacy")
    cases = []
    for text, doc in zip(texts, docs, strict=True):
        page, look = Page(doc), Lookup(gazetteer())
        names, pool = find_groups(page, look)
        right, weight = np.zeros(len(pool), bool), np.zeros(len(pool.groups))
        for gold in text.toponyms:
            if gold.lat is None or gold.lon is None:
                continue
            for each in names:
                if each.start < gold.end and gold.start < each.end:
                    group = pool.groups[each.group]
                    near = [
                        kilometres(pool.lat[i], pool.lon[i], gold.lat, gold.lon) <= NEAR_KM
                        for i in range(group.start, group.end)
                    ]
                    right[group.start : group.end] |= np.array(near, bool)
                    weight[each.group] += 1 if any(near) and not all(near) else 0
        is_place = judge(names, text, name) if kind == "places" else judge_told(names, text)
        again = kind != "places"
        cases.append(Case(name, doc, text, page, look, is_place, names, pool, right, np.sqrt(weight), again))
    return cases


@contextmanager
def weighing(weights: Weights) -> Iterator[None]:
    """The reader with these weights instead of the packaged ones."""
    kept = ranking.weights, keeping.weights, keeping.weights_told
    ranking.weights, keeping.weights = (lambda: weights[:2]), (lambda: weights[2])
    keeping.weights_told = lambda: weights[3]
    try:
        yield
    finally:
        ranking.weights, keeping.weights, keeping.weights_told = kept


def crossed(cases: list[Case], folds: int = FOLDS) -> Iterator[tuple[Case, list[Place]]]:
    """Every case with its places as weights fitted on the other folds give them."""
    for fold in range(folds):
        rest = [case for case in cases if fold_of(case.text.doc, folds) != fold]
        with weighing(fit(rest)):
            for case in cases:
                if not case.again and fold_of(case.text.doc, folds) == fold:
                    found = find_places(case.doc, Context())
                    yield case, _not_persons(found, find_mentions(case.doc, Context(), found))


def cross_validate(cases: list[Case]) -> Iterator[Crossed]:
    """End-to-end and detection F1 of every corpus by cross-validation."""
    tallies: dict[str, list[Any]] = {name: [] for name in CORPORA}
    for case, found in crossed(cases):
        tallies[case.corpus].append(PLACES.count(*judged(case, found)))
    for name, own in tallies.items():
        scores, intervals = scored(own, PLACES.measures)
        print(f"{name}, {len(own)} documents, {FOLDS} folds: {scores} {intervals}", flush=True)
        for measure, value in scores.items():
            yield Crossed(
                corpus=TITLES[name], measure=measure, folds=FOLDS, score=value,
                interval=intervals[measure], by="python -m training.places --cross-validate",
            )  # fmt: skip


def judged(case: Case, found: list[Place]) -> tuple[Document, Reading]:
    """A case and its places as what is measured."""
    reading = Reading(
        report=case.text.doc, text_sha256="", reader=ReaderInfo(name="fold", version="0"), places=tuple(found)
    )
    return Document(case.text.doc, case.text.text, None, case.text.toponyms), reading


def judge(names: list[Any], text: Text, corpus: str) -> np.ndarray:
    """What the gold says of each proposed name."""
    out = []
    for name in names:
        over = [gold for gold in text.toponyms if name.start < gold.end and gold.start < name.end]
        unplaced = bool(over) and all(gold.lat is None for gold in over)
        unsure = unplaced and name.source != "told"  # these have no coordinates anywhere
        odd = corpus == "geovirus" and name.source in {"demonym", "nested"}
        out.append(-1 if unsure or odd else int(bool(over)))
    return np.array(out, int)


def judge_told(names: list[Any], text: Text) -> np.ndarray:
    """The same for a text with renamed places: only names that nothing knows are learnt from."""
    out = []
    for name in names:
        over = any(name.start < gold.end and gold.start < name.end for gold in text.toponyms)
        out.append(int(over) if name.source == "told" else -1)
    return np.array(out, int)


def fit(cases: list[Case]) -> Weights:
    """Weights of round one, of the later rounds (fitted on what each gives) and of `keep`."""
    alone = [features_alone(case.names, case.pool) for case in cases]
    first = solve(cases, alone, np.zeros(len(ALONE)))
    start = [softmax(case.pool, x @ first) for case, x in zip(cases, alone, strict=True)]
    worth = [worth_of(case.names, case.pool) for case in cases]
    later, kept = np.zeros(len(TOGETHER)), np.zeros(len(KEEP))
    for turn in range(4):
        if turn < 2:
            chance = start
        both = [
            features_together(c.pool, x, p, w) for c, x, p, w in zip(cases, alone, chance, worth, strict=True)
        ]
        later = solve(cases, both, later)
        chance = [softmax(c.pool, x @ later) for c, x in zip(cases, both, strict=True)]
        if turn % 2:
            both = [
                features_together(c.pool, x, p, w)
                for c, x, p, w in zip(cases, alone, chance, worth, strict=True)
            ]
            rows = [keep_rows(c, p, d) for c, p, d in zip(cases, chance, both, strict=True)]
            kept = solve_keep(cases, rows, kept)
    return first, later, kept, solve_told(cases)


def keep_rows(case: Case, chance: np.ndarray, drawn: np.ndarray) -> np.ndarray:
    """Features of `keep` for one text."""
    if not case.names:
        return np.zeros((0, len(KEEP)))
    return features_keep(case.page, case.names, case.pool, case.look, chance, drawn)


def solve_keep(cases: list[Case], rows: list[np.ndarray], start: np.ndarray) -> np.ndarray:
    """Weights of least penalised logistic loss over the names that may be learnt from."""
    may = [learnt(case) & ~told(case) & (not case.again) for case in cases]
    total = {
        name: sum(m.sum() for c, m in zip(cases, may, strict=True) if c.corpus == name) for name in CORPORA
    }
    share = [np.full(m.sum(), WORTH / max(total[c.corpus], 1)) for c, m in zip(cases, may, strict=True)]
    x = np.concatenate([x[m] for x, m in zip(rows, may, strict=True)])
    y = np.concatenate([c.is_place[m] for c, m in zip(cases, may, strict=True)])
    return logistic(x, y, np.concatenate(share), start, np.zeros(len(KEEP)))


def solve_told(cases: list[Case]) -> np.ndarray:
    """The same over names that no gazetteer has, from the texts and from those with renamed places."""
    prior = np.array([PRIOR.get(name, 0.0) for name in TOLD])
    may = [learnt(case)[told(case)] for case in cases]
    total: Counter[tuple[str, bool]] = Counter()
    for case, m in zip(cases, may, strict=True):
        total[case.corpus, case.again] += int(m.sum())
    share = [
        np.full(m.sum(), WORTH_TOLD / max(total[c.corpus, c.again], 1))
        for c, m in zip(cases, may, strict=True)
    ]
    x = np.concatenate([features_told(c.page, c.names)[m] for c, m in zip(cases, may, strict=True)])
    y = np.concatenate([c.is_place[told(c)][m] for c, m in zip(cases, may, strict=True)])
    return logistic(x, y, np.concatenate(share), prior, prior)


def learnt(case: Case) -> np.ndarray:
    """Which names of a text may be learnt from."""
    return np.asarray(case.is_place >= 0)


def told(case: Case) -> np.ndarray:
    """Which names of a text only the words beside them make a place's."""
    return np.array([name.source == "told" for name in case.names], dtype=bool)


def logistic(
    x: np.ndarray, y: np.ndarray, share: np.ndarray, start: np.ndarray, prior: np.ndarray
) -> np.ndarray:
    """Weights (F,) of least weighted logistic loss over rows (N, F), held to ``prior`` by the penalty."""

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        s = x @ w
        value = (share * (np.logaddexp(0, s) - y * s)).sum() + PENALTY * ((w - prior) ** 2).sum()
        return value, x.T @ (share * (1 / (1 + np.exp(-s)) - y)) + 2 * PENALTY * (w - prior)

    return minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 500}).x


def solve(cases: list[Case], features: list[np.ndarray], start: np.ndarray) -> np.ndarray:
    """Weights of least penalised log loss."""
    total = {
        name: sum(c.weight.sum() for c in cases if c.corpus == name) for name in {c.corpus for c in cases}
    }
    parts, owners, rights, weights, count = [], [], [], [], 0
    for case, x in zip(cases, features, strict=True):
        parts.append(x)
        owners.append(case.pool.group + count)
        rights.append(case.right)
        weights.append(case.weight / total[case.corpus] * 1000)
        count += len(case.pool.groups)
    x, owner, right, weight = map(np.concatenate, (parts, owners, rights, weights))

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        s = x @ w
        top = np.full(count, -np.inf)
        np.maximum.at(top, owner, s)
        e = np.exp(s - top[owner])
        p = e / np.bincount(owner, e, count)[owner]
        hit = np.bincount(owner, p * right, count)
        use = (weight > 0) & (hit > 0)
        gain = np.where(use, weight, 0.0)
        value = -(gain * np.log(np.where(use, np.maximum(hit, 1e-12), 1.0))).sum() + PENALTY * (w @ w)
        q = p * right / np.maximum(hit, 1e-12)[owner]
        return value, x.T @ (gain[owner] * (p - q)) + 2 * PENALTY * w

    return minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 300}).x


def score(cases: list[Case], weights: Weights, title: str) -> None:
    """Print end-to-end figures of the held cases with given weights."""
    first, later, kept, unknown = weights
    right = whole = places = found = proposed = 0.0
    for case in cases:
        alone = features_alone(case.names, case.pool)
        chance, worth = softmax(case.pool, alone @ first), worth_of(case.names, case.pool)
        for _ in range(2):
            drawn = features_together(case.pool, alone, chance, worth)
            chance = softmax(case.pool, drawn @ later)
        yes = keep_rows(case, chance, drawn) @ kept > 0
        yes[told(case)] = features_told(case.page, case.names) @ unknown > 0
        for number, group in enumerate(case.pool.groups):
            if case.weight[number]:
                best = group.start + int(np.argmax(chance[group.start : group.end]))
                right += case.weight[number] ** 2 * case.right[best]
                whole += case.weight[number] ** 2
        places += (case.is_place == 1).sum()
        proposed += (yes & (case.is_place >= 0)).sum()
        found += (yes & (case.is_place == 1)).sum()
    print(
        f"{title}: ambiguous names right {100 * right / max(whole, 1):.1f} %; places among proposed names: "
        f"precision {100 * found / proposed:.1f}, recall {100 * found / places:.1f}", flush=True
    )  # fmt: skip


def toml(first: np.ndarray, later: np.ndarray, kept: np.ndarray, unknown: np.ndarray) -> str:
    """The file of weights."""
    lines = [
        "# Weights of read/places/rank.py and keep.py. For: telling namesakes and other names apart.",
        "# Source: ours, fitted by training/places.py on LGL, TR-News and GeoVirus.",
    ]
    for title, names, weights in (
        ("alone", ALONE, first),
        ("together", TOGETHER, later),
        ("keep", KEEP, kept),
        ("told", TOLD, unknown),
    ):
        lines += [
            "",
            f"[{title}]",
            *(f"{name} = {value:.3f}" for name, value in zip(names, weights, strict=True)),
        ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
