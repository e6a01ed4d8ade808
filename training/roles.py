"""Train the model of roles on MUC-4 `dev`: ``python -m training.roles --data ../shared/data``.

Every noun phrase of a report is a candidate for the five parts of an incident (who did it, their
organisation, things hit, people hit, means); a candidate whose words are an answer key's is a case of
its slot. Thresholds and the calibration of confidence come from five folds over the reports, in which
no report is scored by a model that saw it; the packaged model is then fitted on all.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from scipy.optimize import minimize
from spacy.tokens import Doc
from torch import Tensor, nn
from torch.nn import functional

from standoff.measure.claims import Entities, gold_entities, plain
from standoff.measure.folds import fold_of
from standoff.read.host import load_host
from standoff.read.roles.candidates import candidates
from standoff.read.roles.features import features
from standoff.read.roles.group import Part, parts
from standoff.read.roles.model import FILE, FOLDER, MANIFEST, SLOTS, number
from standoff.read.roles.words import Words

GOLD = ("perp_individual", "perp_organisation", "target", "victim", "weapon")
"""The measure's slots in the order of the model's."""
WIDTH, LEAST, EPOCHS, BATCH, RATE, DECAY, DROPPED = 40, 4, 5, 1024, 2e-3, 2e-5, 0.45
"""Hidden width; reports a feature must stand in; passes; cases a step; step size; L2; features dropped."""
FOLDS, MEMBERS = 5, 3
"""Folds of the cross-validation; nets that differ in their seed alone, whose shares are averaged."""


class Report(NamedTuple):
    """A parsed report with its candidates, their feature keys, their classes (0 none), and the answer key."""

    doc: Doc
    found: list[Any]
    keys: list[np.ndarray]
    classes: np.ndarray
    gold: Entities
    name: str


def prepare(path: Path) -> Iterator[Report]:
    """Parse every report with the packaged encoder and featurise its candidates."""
    host = load_host(2)
    for line in path.open(encoding="utf-8"):
        entry = json.loads(line)
        doc = host.doc(entry["text"])
        words_of = Words(doc)
        found = list(candidates(words_of))
        seen = features(words_of, found)
        keys = [np.array([number(each) for each in seen.of(k)], dtype=np.int64) for k in range(len(found))]
        gold = gold_entities(entry["templates"])
        names = [set().union(*gold[slot]) for slot in GOLD]
        words = [plain(doc[c.first : c.last + 1].text) for c in found]
        classes = np.array([next((k + 1 for k, held in enumerate(names) if w in held), 0) for w in words])
        yield Report(doc, found, keys, classes, gold, entry["doc"])


class Net(nn.Module):
    """A row a feature: a hidden vector and six direct scores."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.hidden = nn.EmbeddingBag(size, WIDTH, mode="sum")
        self.direct = nn.EmbeddingBag(size, 1 + len(SLOTS), mode="sum")
        self.bias = nn.Parameter(torch.zeros(WIDTH))
        self.mix = nn.Linear(WIDTH, 1 + len(SLOTS))
        nn.init.normal_(self.hidden.weight, 0.0, 0.02)
        nn.init.zeros_(self.direct.weight)

    def forward(self, rows: Tensor, offsets: Tensor) -> Tensor:
        """Scores of the cases whose feature rows begin at ``offsets``."""
        weight = torch.ones(len(rows))
        if self.training:
            weight = (torch.rand(len(rows)) > DROPPED).float() / (1.0 - DROPPED)
        bent = functional.relu(self.hidden(rows, offsets, per_sample_weights=weight) + self.bias)
        bent = functional.dropout(bent, 0.3, self.training)
        return self.mix(bent) + self.direct(rows, offsets, per_sample_weights=weight)


class Fitted(NamedTuple):
    """Trained nets that share the feature key of each of their rows, sorted."""

    nets: tuple[Net, ...]
    keys: np.ndarray

    def shares(self, report: Report) -> np.ndarray:
        """Shares of none and the five slots for every candidate of a report, averaged over the nets."""
        if not report.found:
            return np.zeros((0, 1 + len(SLOTS)), dtype=np.float32)
        cases = packed([rows(self.keys, each) for each in report.keys])
        with torch.no_grad():
            return np.mean([torch.softmax(net(*cases), -1).numpy() for net in self.nets], axis=0)


def rows(known: np.ndarray, keys: np.ndarray) -> np.ndarray:
    """Places of the features among the known ones; the others are left out."""
    at = np.searchsorted(known, keys)
    return at[(at < len(known)) & (known[np.minimum(at, len(known) - 1)] == keys)]


def packed(cases: Sequence[np.ndarray]) -> tuple[Tensor, Tensor]:
    """Feature rows of several cases end to end, and where each begins."""
    offsets = np.cumsum([0, *(len(each) for each in cases[:-1])])
    return torch.from_numpy(np.concatenate(cases).astype(np.int64)), torch.from_numpy(offsets)


def fit(reports: Sequence[Report], seed: int) -> Fitted:
    """Train on these reports; features of fewer than `LEAST` reports are left out."""
    each = [np.unique(np.concatenate(r.keys)) for r in reports if r.keys]
    keys, count = np.unique(np.concatenate(each), return_counts=True)
    keys = keys[count >= LEAST]
    cases = [rows(keys, one) for r in reports for one in r.keys]
    classes = torch.from_numpy(np.concatenate([r.classes for r in reports]))
    return Fitted(tuple(member(len(keys), cases, classes, seed + n) for n in range(MEMBERS)), keys)


def member(size: int, cases: Sequence[np.ndarray], classes: Tensor, seed: int) -> Net:
    """One net over ``size`` features."""
    torch.manual_seed(seed)
    order = np.random.default_rng(seed)
    net = Net(size)
    optim = torch.optim.Adam(net.parameters(), lr=RATE)
    steps, step = EPOCHS * (len(cases) // BATCH + 1), 0
    net.train()
    for _ in range(EPOCHS):
        mixed = order.permutation(len(cases))
        for at in range(0, len(cases), BATCH):
            chosen = mixed[at : at + BATCH]
            optim.param_groups[0]["lr"] = RATE * (1 - step / steps)
            scores = net(*packed([cases[k] for k in chosen]))
            loss = functional.cross_entropy(scores, classes[chosen])
            loss = loss + DECAY * sum(w.pow(2).sum() for w in (net.hidden.weight, net.direct.weight))
            optim.zero_grad()
            loss.backward()
            optim.step()
            step += 1
    return net.eval()


def out_of_fold(reports: Sequence[Report], seed: int) -> list[list[Part]]:
    """Raw participants of every report by a model that never saw its fold."""
    made: list[list[Part]] = [[] for _ in reports]
    for fold in range(FOLDS):
        model = fit([r for r in reports if fold_of(r.name) != fold], seed)
        for k, report in enumerate(reports):
            if fold_of(report.name) == fold:
                made[k] = parts(report.doc, report.found, model.shares(report))
        print(f"fold {fold}", flush=True)
    return made


def rights(found: Sequence[Part], slot: int, gold: Entities) -> list[bool]:
    """Which participants of one slot are an answer key's, likeliest first and one to one."""
    mine = [p for p in found if p.slot == SLOTS[slot]]
    free, right = list(gold[GOLD[slot]]), []
    for part in sorted(mine, key=lambda p: -p.share):
        home = next((each for each in free if part.words in each), None)
        if home is not None:
            free.remove(home)
            right.append(part)
    return [part in right for part in mine]


def calibrate(shares: np.ndarray, right: np.ndarray) -> list[float]:
    """Slope and bias of the logistic curve from raw shares to how often they are right."""
    bounded = np.clip(shares, 1e-4, 1 - 1e-4)
    x = np.log(bounded / (1 - bounded))

    def loss(w: np.ndarray) -> float:
        z = w[0] * x + w[1]
        return float(np.logaddexp(0, z).sum() - right @ z)

    return [round(float(v), 4) for v in minimize(loss, np.array([1.0, 0.0])).x]


def curve(shares: np.ndarray, slope: float, bias: float) -> np.ndarray:
    """Calibrated shares."""
    bounded = np.clip(shares, 1e-4, 1 - 1e-4)
    return 1 / (1 + np.exp(-(slope * np.log(bounded / (1 - bounded)) + bias)))


def error(shares: np.ndarray, right: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error over bins of equal mass."""
    order = np.argsort(shares)
    gaps = [abs(shares[b].mean() - right[b].mean()) * len(b) for b in np.array_split(order, bins) if len(b)]
    return float(sum(gaps) / max(1, len(shares)))


def settle(reports: Sequence[Report], made: Sequence[Sequence[Part]]) -> dict[str, Any]:
    """Calibration and the bar of best F1 by slot, with the out-of-fold figures they stand on."""
    out: dict[str, Any] = {"bars": [], "calibration": [], "out of fold": {}}
    total = np.zeros(3)
    for slot, name in enumerate(SLOTS):
        raw = np.array([p.share for found in made for p in found if p.slot == name])
        right = np.array(
            [hit for r, found in zip(reports, made, strict=True) for hit in rights(found, slot, r.gold)],
            float,
        )
        gold = sum(len(r.gold[GOLD[slot]]) for r in reports)
        slope, bias = calibrate(raw, right)
        share = curve(raw, slope, bias)
        bars = np.arange(0.1, 0.7, 0.02)
        scores = [2 * right[share >= bar].sum() / ((share >= bar).sum() + gold) for bar in bars]
        bar = float(bars[int(np.argmax(scores))])
        taken = share >= bar
        total += (right[taken].sum(), taken.sum(), gold)
        out["bars"].append(round(bar, 2))
        out["calibration"].append([slope, bias])
        out["out of fold"][name] = {
            "f1": round(100 * max(scores), 1), "ece": round(crossed_error(reports, made, slot), 3)
        }  # fmt: skip
    out["out of fold"]["micro f1"] = round(200 * total[0] / (total[1] + total[2]), 1)
    return out


def crossed_error(reports: Sequence[Report], made: Sequence[Sequence[Part]], slot: int) -> float:
    """Calibration error with the curve fitted on the other folds."""
    rows = [
        (fold_of(r.name), p.share, hit)
        for r, found in zip(reports, made, strict=True)
        for p, hit in zip(
            [p for p in found if p.slot == SLOTS[slot]], rights(found, slot, r.gold), strict=True
        )
    ]
    folds, raw, right = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    share = np.zeros(len(raw))
    for fold in range(FOLDS):
        inside = folds == fold
        share[inside] = curve(raw[inside], *calibrate(raw[~inside], right[~inside]))
    return error(share, right)


def save(model: Fitted, facts: dict[str, Any], folder: Path) -> None:
    """Write the tables in int8 with a scale a column, and the manifest with their digest."""

    def stacked(read: Callable[[Net], Tensor]) -> np.ndarray:
        return np.stack([read(net).detach().numpy() for net in model.nets])

    table = np.concatenate(
        [*stacked(lambda net: net.hidden.weight), *stacked(lambda net: net.direct.weight)], axis=1
    )
    scale = (np.abs(table).max(axis=0) / 127 + 1e-12).astype(np.float32)
    held = io.BytesIO()
    np.savez_compressed(
        held,
        keys=model.keys.astype(np.uint32),
        table=np.round(table / scale).astype(np.int8),
        scale=scale,
        bias=stacked(lambda net: net.bias),
        mix=stacked(lambda net: net.mix.weight),
        end=stacked(lambda net: net.mix.bias),
    )
    (folder / FILE).write_bytes(held.getvalue())
    facts["sha256"] = hashlib.sha256(held.getvalue()).hexdigest()
    (folder / MANIFEST).write_text(json.dumps(facts, indent=1, sort_keys=True) + "\n")


def main() -> None:
    """Prepare, cross-validate, fit on all, save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--to", type=Path, default=FOLDER)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    began = time.monotonic()
    reports = list(prepare(options.data / "muc4/dev.jsonl"))
    print(f"{len(reports)} reports, {time.monotonic() - began:.0f} s", flush=True)
    facts = settle(reports, out_of_fold(reports, options.seed))
    model = fit(reports, options.seed)
    facts |= {
        "format": 1,
        "seed": options.seed,
        "members": MEMBERS,
        "features": len(model.keys),
        "reports": len(reports),
    }
    facts["minutes"] = round((time.monotonic() - began) / 60, 1)
    save(model, facts, options.to)
    print(json.dumps(facts, indent=1))


if __name__ == "__main__":
    main()
