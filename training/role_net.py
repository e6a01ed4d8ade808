"""The net of roles and how it is fitted: rows of features summed, bent and mixed (used by `training.roles`).

A phrase's cuts share the features of their head and of the report, so a step takes whole heads: their
sum is formed once, and the same features are dropped for all the cuts of a head.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from spacy.tokens import Doc
from torch import Tensor, nn
from torch.nn import functional

from standoff.measure.claims import Entities
from standoff.read.roles.model import SLOTS

WIDTH, LEAST, EPOCHS, BATCH, RATE, DECAY, DROPPED = 40, 4, 5, 350, 2e-3, 2e-5, 0.45
"""Hidden width; reports a feature must stand in; passes; heads a step; step size; L2; features dropped."""
CLASSES = 1 + len(SLOTS)


class Report(NamedTuple):
    """A parsed report with its candidates, their feature keys, their classes (0 none), and the answer key.

    ``owner`` is the place in ``heads`` of each candidate's head.
    """

    doc: Doc
    found: list[Any]
    whole: np.ndarray
    heads: list[np.ndarray]
    owner: np.ndarray
    cuts: list[np.ndarray]
    classes: np.ndarray
    gold: Entities
    name: str


class Ragged:
    """Rows of unlike length end to end."""

    def __init__(self, held: Sequence[np.ndarray]) -> None:
        self.length = np.array([len(each) for each in held], dtype=np.int64)
        self.begin = np.concatenate([[0], np.cumsum(self.length)])
        self.flat = np.concatenate(held) if held else np.zeros(0, dtype=np.int64)

    def take(self, chosen: np.ndarray) -> tuple[Tensor, Tensor]:
        """The chosen rows end to end, and where each begins."""
        length = self.length[chosen]
        begins = np.concatenate([[0], np.cumsum(length)])
        at = np.repeat(self.begin[chosen] - begins[:-1], length) + np.arange(begins[-1])
        return torch.from_numpy(self.flat[at]), torch.from_numpy(begins[:-1])


class Cases(NamedTuple):
    """Feature rows by head and by cut, and each cut's head."""

    heads: Ragged
    cuts: Ragged
    owner: np.ndarray


class Net(nn.Module):
    """A row a feature: a hidden vector and six direct scores."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.table = nn.EmbeddingBag(size, WIDTH + CLASSES, mode="sum")
        nn.init.normal_(self.table.weight, 0.0, 0.02)
        with torch.no_grad():
            self.table.weight[:, WIDTH:] = 0.0
        self.bias = nn.Parameter(torch.zeros(WIDTH))
        self.mix = nn.Linear(WIDTH, CLASSES)

    def forward(self, heads: tuple[Tensor, Tensor], cuts: tuple[Tensor, Tensor], owner: Tensor) -> Tensor:
        """Scores of the cuts; ``owner`` is the place of each one's head among ``heads``."""
        total = self._sum(*heads)[owner] + self._sum(*cuts)
        bent = functional.relu(total[:, :WIDTH] + self.bias)
        mixed: Tensor = self.mix(functional.dropout(bent, 0.3, self.training))
        return mixed + total[:, WIDTH:]

    def _sum(self, rows: Tensor, begins: Tensor) -> Tensor:
        """Rows summed; in training without those that are dropped, and the rest for more."""
        if not self.training:
            whole: Tensor = self.table(rows, begins)
            return whole
        kept = torch.rand(len(rows)) > DROPPED
        before = functional.pad(kept.cumsum(0), (1, 0))
        part: Tensor = self.table(rows[kept], before[begins])
        return part / (1.0 - DROPPED)


class Fitted(NamedTuple):
    """Trained nets that share the feature key of each of their rows, sorted."""

    nets: tuple[Net, ...]
    keys: np.ndarray

    def shares(self, report: Report) -> np.ndarray:
        """Shares of none and the five slots for every candidate of a report, averaged over the nets."""
        if not report.found:
            return np.zeros((0, CLASSES), dtype=np.float32)
        cases = cased(self.keys, [report])
        heads, cuts = (each.take(np.arange(len(each.length))) for each in cases[:2])
        owner = torch.from_numpy(cases.owner)
        with torch.no_grad():
            return np.mean([torch.softmax(net(heads, cuts, owner), -1).numpy() for net in self.nets], axis=0)


def rows(known: np.ndarray, keys: np.ndarray) -> np.ndarray:
    """Places of the features among the known ones; the others are left out."""
    at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    return at[known[at] == keys]


def cased(known: np.ndarray, reports: Sequence[Report]) -> Cases:
    """The feature rows of all heads and cuts of these reports."""
    heads = [rows(known, np.concatenate([r.whole, one])) for r in reports for one in r.heads]
    cuts = [rows(known, one) for r in reports for one in r.cuts]
    begins = np.cumsum([0, *(len(r.heads) for r in reports)])
    owner = np.concatenate([r.owner + begin for r, begin in zip(reports, begins[:-1], strict=True)])
    return Cases(Ragged(heads), Ragged(cuts), owner)


def fit(reports: Sequence[Report], seed: int, members: int) -> Fitted:
    """Train nets that differ in their seed alone; features of fewer than `LEAST` reports are left out."""
    each = [np.unique(np.concatenate([r.whole, *r.heads, *r.cuts])) for r in reports if r.heads]
    keys, count = np.unique(np.concatenate(each), return_counts=True)
    keys = keys[count >= LEAST]
    cases = cased(keys, reports)
    classes = torch.from_numpy(np.concatenate([r.classes for r in reports]))
    return Fitted(tuple(member(len(keys), cases, classes, seed + n) for n in range(members)), keys)


def member(size: int, cases: Cases, classes: Tensor, seed: int) -> Net:
    """One net over ``size`` features."""
    torch.manual_seed(seed)
    order = np.random.default_rng(seed)
    net = Net(size)
    held = {"params": [net.table.weight], "weight_decay": 2 * DECAY}
    optim = torch.optim.Adam([held, {"params": [net.bias, *net.mix.parameters()]}], lr=RATE)
    count = len(cases.heads.length)
    cuts_of = Ragged(np.split(np.argsort(cases.owner, kind="stable"), _ends(cases.owner, count)))
    steps, step = EPOCHS * (count // BATCH + 1), 0
    net.train()
    for _ in range(EPOCHS):
        mixed = order.permutation(count)
        for at in range(0, count, BATCH):
            chosen = mixed[at : at + BATCH]
            for group in optim.param_groups:
                group["lr"] = RATE * (1 - step / steps)
            cuts = cuts_of.take(chosen)[0].numpy()
            owner = torch.from_numpy(np.repeat(np.arange(len(chosen)), cuts_of.length[chosen]))
            scores = net(cases.heads.take(chosen), cases.cuts.take(cuts), owner)
            loss = functional.cross_entropy(scores, classes[cuts])
            optim.zero_grad()
            loss.backward()
            optim.step()
            step += 1
    return net.eval()


def _ends(owner: np.ndarray, count: int) -> np.ndarray:
    """Where the cuts of each head but the last end, once they are sorted by head."""
    return np.cumsum(np.bincount(owner, minlength=count))[:-1]
