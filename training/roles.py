"""Train the model of roles on MUC-4 `dev`: ``python -m training.roles --data ../shared/data``.

Every noun phrase of a report is a candidate for the five parts of an incident (who did it, their
organisation, things hit, people hit, means); a candidate whose words are an answer key's is a case of
its slot. The bar and the curves of confidence (`roles.weigh`) come from five folds over the reports, in which
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
from torch import Tensor

from standoff.measure.claims import Entities, gold_entities, plain
from standoff.measure.folds import fold_of
from standoff.read.host import load_host
from standoff.read.roles.candidates import candidates
from standoff.read.roles.features import Seen, features
from standoff.read.roles.group import Part, parts
from standoff.read.roles.model import FILE, FOLDER, MANIFEST, SLOTS, number
from standoff.read.roles.weigh import TRAITS, traits
from standoff.read.roles.words import Words
from training.role_net import WIDTH, Fitted, Net, Report, fit

GOLD = ("perp_individual", "perp_organisation", "target", "victim", "weapon")
"""The measure's slots in the order of the model's."""
FOLDS, MEMBERS = 5, 3
"""Folds of the cross-validation; nets that differ in their seed alone, whose shares are averaged."""
OF_HEAD = 4
"""So many groups of a candidate's features are its head's, the report's first."""
STIFF = 30.0
"""How strongly the weights of a curve are drawn to nothing."""


def prepare(path: Path) -> Iterator[Report]:
    """Parse every report with the packaged encoder and featurise its candidates."""
    host = load_host(2)
    for line in path.open(encoding="utf-8"):
        entry = json.loads(line)
        doc = host.doc(entry["text"])
        words_of = Words(doc)
        found = list(candidates(words_of))
        seen = features(words_of, found)
        shared = {c.head: has[1:OF_HEAD] for c, has in zip(found, seen.has, strict=True)}
        place = {head: row for row, head in enumerate(shared)}
        gold = gold_entities(entry["templates"])
        names = [set().union(*gold[slot]) for slot in GOLD]
        words = [plain(doc[c.first : c.last + 1].text) for c in found]
        classes = np.array([next((k + 1 for k, held in enumerate(names) if w in held), 0) for w in words])
        yield Report(
            doc,
            found,
            numbers(seen, seen.has[:1, :1].ravel()),
            [numbers(seen, each) for each in shared.values()],
            np.array([place[c.head] for c in found], dtype=np.int64),
            [numbers(seen, each) for each in seen.has[:, OF_HEAD:]],
            classes.astype(np.int64),
            gold,
            entry["doc"],
        )


def numbers(seen: Seen, groups: np.ndarray) -> np.ndarray:
    """The keys of the features in these groups."""
    return np.array([number(each) for group in groups for each in seen.groups[group]], dtype=np.int64)


def out_of_fold(reports: Sequence[Report], seed: int) -> list[list[Part]]:
    """Raw participants of every report by a model that never saw its fold."""
    made: list[list[Part]] = [[] for _ in reports]
    for fold in range(FOLDS):
        model = fit([r for r in reports if fold_of(r.name) != fold], seed, MEMBERS)
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


class Rows(NamedTuple):
    """All participants of all reports: traits, whether right, slot, fold."""

    traits: np.ndarray
    right: np.ndarray
    slot: np.ndarray
    fold: np.ndarray


def tabled(reports: Sequence[Report], made: Sequence[Sequence[Part]]) -> Rows:
    """The participants in one table."""
    table: list[tuple[np.ndarray, bool, int, int]] = []
    for report, found in zip(reports, made, strict=True):
        hits = [iter(rights(found, slot, report.gold)) for slot in range(len(SLOTS))]
        for part, row in zip(found, traits(report.doc, found), strict=True):
            slot = SLOTS.index(part.slot)
            table.append((row, next(hits[slot]), slot, fold_of(report.name)))
    held, right, slots, folds = zip(*table, strict=True)
    return Rows(np.array(held), np.array(right, dtype=float), np.array(slots), np.array(folds))


def curved(held: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Weights of the logistic curve from traits to how often they are right; the first trait is constant."""
    middle, spread = held.mean(axis=0), held.std(axis=0) + 1e-6
    middle[0], spread[0] = 0.0, 1.0
    scaled = (held - middle) / spread

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        z, tied = scaled @ w, STIFF * np.r_[0.0, w[1:]]
        slope = scaled.T @ (1 / (1 + np.exp(-z)) - right) + tied
        return float(np.logaddexp(0, z).sum() - right @ z + tied @ w / 2), slope

    found = minimize(loss, np.zeros(held.shape[1]), jac=True, method="L-BFGS-B").x / spread
    found[0] -= found[1:] @ middle[1:]
    return found


def crossed(table: Rows, slot: int) -> tuple[np.ndarray, np.ndarray]:
    """Shares of one slot's participants by curves fitted on the other folds, and which are right."""
    mine = table.slot == slot
    held, right, folds = table.traits[mine], table.right[mine], table.fold[mine]
    share = np.zeros(len(right))
    for fold in range(FOLDS):
        inside = folds == fold
        share[inside] = 1 / (1 + np.exp(-held[inside] @ curved(held[~inside], right[~inside])))
    return share, right


def error(shares: np.ndarray, right: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error over bins of equal mass."""
    order = np.argsort(shares)
    gaps = [abs(shares[b].mean() - right[b].mean()) * len(b) for b in np.array_split(order, bins) if len(b)]
    return float(sum(gaps) / max(1, len(shares)))


def settle(reports: Sequence[Report], made: Sequence[Sequence[Part]]) -> dict[str, Any]:
    """Curves by slot and the bar of best micro-F1, with the out-of-fold figures they stand on.

    Shares are calibrated, so one bar serves all slots; a bar of its own for each follows chance.
    """
    table = tabled(reports, made)
    gold = np.array([sum(len(r.gold[slot]) for r in reports) for slot in GOLD])
    judged = [crossed(table, slot) for slot in range(len(SLOTS))]
    share, right = (np.concatenate(column) for column in zip(*judged, strict=True))
    bars = np.arange(0.1, 0.5, 0.01)
    bar = float(bars[int(np.argmax([f1(share, right, gold.sum(), each) for each in bars]))])
    figures: dict[str, Any] = {
        name: {"f1": round(100 * f1(*own, total, bar), 1), "ece": round(error(*own), 3)}
        for name, own, total in zip(SLOTS, judged, gold, strict=True)
    }
    whole = [
        curved(table.traits[table.slot == slot], table.right[table.slot == slot])
        for slot in range(len(SLOTS))
    ]
    return {
        "bar": round(bar, 2),
        "traits": list(TRAITS),
        "curves": [[round(float(each), 4) for each in one] for one in whole],
        "out of fold": figures | {"micro f1": round(100 * f1(share, right, gold.sum(), bar), 1)},
    }


def f1(share: np.ndarray, right: np.ndarray, gold: int, bar: float) -> float:
    """F1 of the participants that reach a bar."""
    taken = share >= bar
    return float(2 * right[taken].sum() / (taken.sum() + gold))


def save(model: Fitted, facts: dict[str, Any], folder: Path) -> None:
    """Write the tables in int8 with a scale a column, and the manifest with their digest."""

    def stacked(read: Callable[[Net], Tensor]) -> np.ndarray:
        return np.stack([read(net).detach().numpy() for net in model.nets])

    members = stacked(lambda net: net.table.weight)
    table = np.concatenate([*members[:, :, :WIDTH], *members[:, :, WIDTH:]], axis=1)
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
    model = fit(reports, options.seed, MEMBERS)
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
