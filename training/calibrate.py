"""Fit the confidence of attributions and the decoder's thresholds on PolNeAR dev.

Run as ``python -m training.calibrate --data ../shared/data``.

Settings are chosen on PolNeAR dev; the figure to quote is the cross-validated one, for which weights
and threshold come from other texts than those they are measured on.
"""

from __future__ import annotations

import argparse
import itertools
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from standoff.read.encoder import links
from standoff.read.encoder.weights import FOLDER, load_weights
from standoff.read.host import Host
from training.evaluate import Attribution, as_sets, match, readings
from training.prepare import polnear

FACTS = ("cue", "content", "link", "source", "named")
OPEN = {"keep": 0.0, "weight_bias": 0.0} | {f"weight_{k}": 0.0 for k in FACTS}
Kept = Sequence[tuple[list[str], list[Any], list[Attribution]]]


def candidates(kept: Kept, settings: dict[str, float]) -> list[tuple[np.ndarray, np.ndarray, int]]:
    """For each text: facts of every candidate, whether it is right, and how many gold ones there are."""
    seen: list[list[float]] = []
    original = links.trust

    def spy(facts: dict[str, float], _: dict[str, float]) -> float:
        seen.append([links.logit(facts[k]) for k in FACTS])
        return 1.0

    rows = []
    links.trust = spy
    try:
        for _, parts, gold in kept:
            seen.clear()
            found = as_sets(links.attributions(parts, settings | OPEN))
            right = np.zeros(len(found))
            for i, _j in match(found, gold):
                right[i] = 1.0
            rows.append((np.array(seen).reshape(-1, len(FACTS)), right, len(gold)))
    finally:
        links.trust = original
    return rows


def fit(rows: Sequence[tuple[np.ndarray, np.ndarray, int]]) -> np.ndarray:
    """Logistic weights, the bias first; a little L2."""
    x = np.concatenate([r[0] for r in rows])
    y = np.concatenate([r[1] for r in rows])
    x = np.column_stack([np.ones(len(x)), x])

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        z = x @ w
        p = 1 / (1 + np.exp(-z))
        return float(np.logaddexp(0, z).sum() - y @ z + 0.5 * w[1:] @ w[1:]), x.T @ (p - y) + np.r_[0, w[1:]]

    found: np.ndarray = minimize(loss, np.zeros(x.shape[1]), jac=True).x
    return found


def threshold(rows: Sequence[tuple[np.ndarray, np.ndarray, int]], w: np.ndarray) -> tuple[float, float]:
    """The confidence below which dropping raises F1 most, and that F1 (removals do not rematch)."""
    p = np.concatenate([1 / (1 + np.exp(-(w[0] + r[0] @ w[1:]))) for r in rows])
    y = np.concatenate([r[1] for r in rows])
    gold = sum(r[2] for r in rows)
    best = max(np.arange(0.02, 0.6, 0.01), key=lambda t: 2 * y[p >= t].sum() / ((p >= t).sum() + gold))
    return float(best), float(2 * y[p >= best].sum() / ((p >= best).sum() + gold))


def crossed(kept: Kept, settings: dict[str, float], folds: int = 4) -> float:
    """LINKED F1 with weights and threshold fitted on the other texts."""
    rows = candidates(kept, settings)
    right = found = gold = 0.0
    for n in range(folds):
        rest = [r for k, r in enumerate(rows) if k % folds != n]
        w = fit(rest)
        t, _ = threshold(rest, w)
        for x, y, g in (r for k, r in enumerate(rows) if k % folds == n):
            take = 1 / (1 + np.exp(-(w[0] + x @ w[1:]))) >= t
            right, found, gold = right + y[take].sum(), found + take.sum(), gold + g
    return 2 * right / (found + gold)


def settle(kept: Kept, settings: dict[str, float]) -> dict[str, float]:
    """The settings with weights and threshold fitted on all texts given."""
    rows = candidates(kept, settings)
    w = fit(rows)
    t, _ = threshold(rows, w)
    weights = {f"weight_{k}": round(float(v), 4) for k, v in zip(("bias", *FACTS), w, strict=True)}
    return settings | weights | {"keep": round(t, 3)}


def choose(kept: Kept, settings: dict[str, float]) -> tuple[dict[str, float], float]:
    """The setting of a small grid with the best cross-validated LINKED F1, and that F1."""
    grid = {
        "cue": (0.5, 1.0, 1.5),
        "content": (-0.5, -0.25, 0.0),
        "source": (1.0, 2.0, 3.0),
        "sourceless": (0.5, 1.0),
    }
    tried = [settings | dict(zip(grid, values, strict=True)) for values in itertools.product(*grid.values())]
    return max(((each, crossed(kept, each)) for each in tried), key=lambda pair: pair[1])


def main() -> None:
    """Fit and write into the manifest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--weights", type=Path, default=FOLDER)
    options = parser.parse_args()
    weights = load_weights(options.weights)
    kept = readings(Host(weights), polnear(options.data / "polnear/dev"))
    best, f1 = choose(kept, weights.decode)
    path = options.weights / "weights.json"
    content = json.loads(path.read_text())
    content["decode"] = settle(kept, best)
    content["training"]["linked f1, cross-validated on PolNeAR dev"] = round(f1, 4)
    path.write_text(json.dumps(content, indent=1, sort_keys=True) + "\n")
    print(json.dumps(content["decode"] | {"linked f1 (cross-validated)": round(f1, 4)}))


if __name__ == "__main__":
    main()
