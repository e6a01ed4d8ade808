"""Make the trained encoder narrower without training: ``python -m training.prune training/runs/final.pt``.

Attention heads and inner neurons that the rest can stand in for are taken out one by one, and what is
left is fitted by least squares to what the whole network says on texts of the training set, layer after
layer (optimal brain surgeon, Hassibi and Stork 1993, for whole units as in Frantar and Alistarh 2022).
Writes the checkpoint ``pruned.pt`` beside the given one.
"""

from __future__ import annotations

import argparse
import pickle
import random
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from standoff.read.encoder.pieces import Pieces
from training.export import load
from training.model import HEAD, HIDDEN, Encoder, Layer
from training.train import minilm_folder, save
from training.windows import collate, cut, encode, window

LIMIT = 256
KEPT_HEADS = (8, 9, 9, 10, 10, 12)
KEPT_INNER = (640, 896, 896, 1024, 1024, 1024)
"""What every layer keeps: the later ones, whose loss nothing makes up for, keep more."""
RIDGE = 1e-4
"""Share of the mean of the diagonal that is added to it, so that no unit is fitted to noise."""
STEP = 4
"""Neurons taken out at a time."""
SOURCES = {"polnear-train-1": 0.07, "polnear-train-2": 0.07, "plain": 0.07, "wire": 0.3}
"""Prepared texts that the units are judged on, with the share that is shown in capitals."""


class Fit(NamedTuple):
    """Units that stay, in order, with the least-squares weights from each (and a constant) to the outputs."""

    units: Tensor
    weight: Tensor
    bias: Tensor
    missed: float
    """Share of the outputs' energy that is lost."""


def shown(cache: Path, labels: dict[str, list[str]], windows: int, seed: int) -> list[dict[str, Tensor]]:
    """Windows of each source, unpadded, drawn with a fixed seed."""
    pieces = Pieces(Tokenizer.from_file(str(minilm_folder() / "tokenizer.json")))
    rng = random.Random(seed)
    made = []
    for name, upper in SOURCES.items():
        texts = pickle.loads((cache / f"{name}.pickle").read_bytes())
        chosen = encode(rng.sample(texts, windows), labels, pieces)
        ranges = [(text, a, b) for text in chosen for a, b in cut(text, LIMIT, rng)]
        for text, a, b in rng.sample(ranges, windows):
            batch = collate([window(text, a, b, rng, upper)])
            size = int(batch["mask"].sum())
            made.append({key: batch[key][:, :size] for key in ("ids", "shapes")})
    return made


def fitted(seen: Tensor, wanted: Tensor, keep: int, width: int = 1) -> Fit:
    """The ``keep`` units (of ``width`` columns each) from which the outputs are best had.

    ``seen`` is (N, units * width), ``wanted`` (N, outputs).
    """
    size = seen.shape[1]
    whole = torch.cat([seen, torch.ones(len(seen), 1)], dim=1).double()
    gram, cross = whole.T @ whole, whole.T @ wanted.double()
    gram += torch.eye(size + 1).double() * gram.diagonal().mean() * RIDGE
    alive = _survivors(gram, cross, size // width, keep, width)
    columns = (alive[:, None] * width + torch.arange(width)).flatten()
    chosen = torch.cat([columns, torch.tensor([size])])
    weight = torch.linalg.solve(gram[chosen][:, chosen], cross[chosen])
    missed = (whole[:, chosen] @ weight - wanted).square().sum() / wanted.square().sum()
    return Fit(alive, weight[:-1].T.float(), weight[-1].float(), float(missed))


def _survivors(gram: Tensor, cross: Tensor, units: int, keep: int, width: int) -> Tensor:
    """Units left when those that cost least are taken out, the others making up for them each time."""
    inverse = torch.linalg.inv(gram)
    weight = inverse @ cross
    alive = torch.ones(units, dtype=torch.bool)
    while (left := int(alive.sum()) - keep) > 0:
        cost = torch.full((units,), torch.inf).double()
        for unit in torch.nonzero(alive).flatten().tolist() if width > 1 else ():
            at = slice(unit * width, (unit + 1) * width)
            cost[unit] = (weight[at] * torch.linalg.solve(inverse[at, at], weight[at])).sum()
        if width == 1:
            cost = weight[:units].square().sum(dim=1) / inverse.diagonal()[:units]
            cost[~alive] = torch.inf
        out = cost.argsort()[: min(left, STEP if width == 1 else 1)]
        at = (out[:, None] * width + torch.arange(width)).flatten()
        pull = torch.linalg.solve(inverse[at][:, at], inverse[at])
        weight, inverse = weight - pull.T @ weight[at], inverse - inverse[:, at] @ pull
        weight[at], inverse[at], inverse[:, at] = 0.0, 0.0, 0.0
        inverse[at, at] = 1.0
        alive[out] = False
    return torch.nonzero(alive).flatten()


def attention(layer: Layer, x: Tensor) -> Tensor:
    """What the heads bring together, (pieces, heads * HEAD), before it is mixed."""
    q, k, v = layer.heads_of(x)
    return functional.scaled_dot_product_attention(q, k, v).transpose(1, 2).flatten(2)[0]


def narrow(layer: Layer, told: Sequence[Tensor], given: Sequence[Tensor], heads: int, inner: int) -> Layer:
    """A narrower layer that makes of ``given`` what the whole layer makes of ``told``."""
    made = Layer(0.0, heads, inner).eval()
    middle = [layer.norm1(x + layer.out(attention(layer, x[None]))) for x in told]
    fit = fitted(
        torch.cat([attention(layer, x[None]) for x in given]),
        torch.cat([x + layer.out(attention(layer, x[None])) - y for x, y in zip(told, given, strict=True)]),
        heads, HEAD,
    )  # fmt: skip
    rows = (fit.units[:, None] * HEAD + torch.arange(HEAD)).flatten()
    three = torch.cat([rows + part * HIDDEN for part in range(3)])
    _set(made.qkv, layer.qkv.weight[three], layer.qkv.bias[three])
    _set(made.out, fit.weight, fit.bias)
    made.norm1, made.norm2 = layer.norm1, layer.norm2
    between = [made.norm1(x + made.out(attention(made, x[None]))) for x in given]
    below = fitted(
        torch.cat([functional.gelu(layer.up(x)) for x in between]),
        torch.cat([
            x + layer.down(functional.gelu(layer.up(x))) - y for x, y in zip(middle, between, strict=True)
        ]),
        inner,
    )  # fmt: skip
    _set(made.up, layer.up.weight[below.units], layer.up.bias[below.units])
    _set(made.down, below.weight, below.bias)
    print(f"lost in the heads {fit.missed:.4f}, in the neurons {below.missed:.4f}", flush=True)
    return made


def _set(module: nn.Linear, weight: Tensor, bias: Tensor) -> None:
    module.weight.copy_(weight)
    module.bias.copy_(bias)


def pruned(
    model: Encoder, texts: Sequence[dict[str, Tensor]], heads: Sequence[int], inner: Sequence[int]
) -> Encoder:
    """The encoder with so many heads and inner neurons in each layer."""
    made = Encoder(model.sizes, 0.0, heads, inner).eval()
    state = made.state_dict()
    made.load_state_dict(
        {k: model.state_dict()[k] if not k.startswith("layers") else v for k, v in state.items()}
    )
    with torch.no_grad():
        told = [model.embedded(each["ids"], each["shapes"])[0] for each in texts]
        given = list(told)
        for k, layer in enumerate(model.layers):
            made.layers[k] = narrow(layer, told, given, heads[k], inner[k])
            told = [layer(x[None], None, export=False)[0] for x in told]
            given = [made.layers[k](x[None], None, export=False)[0] for x in given]
    return made


def numbers(told: str) -> tuple[int, ...]:
    """Whole numbers with commas between them, one a layer."""
    return tuple(int(each) for each in told.split(","))


def main() -> None:
    """Prune and save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--cache", type=Path, default=Path("training/cache"))
    parser.add_argument("--heads", type=numbers, default=KEPT_HEADS, help="attention heads kept, by layer")
    parser.add_argument("--inner", type=numbers, default=KEPT_INNER, help="inner neurons kept, by layer")
    parser.add_argument("--windows", type=int, default=100, help="windows of each source to judge by")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    model, kept = load(options.checkpoint)
    texts = shown(options.cache, kept["labels"], options.windows, options.seed)
    made = pruned(model, texts, options.heads, options.inner)
    facts = kept["facts"] | {"pruned to": {"heads": options.heads, "inner": options.inner}}
    save(made, kept["labels"], options.checkpoint.with_name("pruned.pt"), facts)


if __name__ == "__main__":
    main()
